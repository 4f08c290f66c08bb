"""Puts one function in the place of another, wherever WeasyPrint has imported it to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def swap(original: Callable[..., Any], other: Callable[..., Any]) -> None:
    """From now on, in this process, the modules of WeasyPrint call `other`."""
    name = original.__name__
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] == "weasyprint" and getattr(module, name, None) is original:
            setattr(module, name, other)
