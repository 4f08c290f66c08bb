"""Imported by the process that every worker is forked from: it makes what each worker would otherwise make for itself.

Nothing here starts a thread or opens a font.
"""

from __future__ import annotations

import generator.prints.press  # noqa: F401
from generator.prints.made_of import drawn_by
from generator.prints.subsets import use_small_subsets
from generator.prints.swift import use_swift_steps
from generator.prints.system_libraries import load_weasyprint

load_weasyprint()
use_small_subsets()
use_swift_steps()
drawn_by()
