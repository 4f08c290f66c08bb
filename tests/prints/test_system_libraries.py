"""The libraries of the system: found without looking for them, where their names are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_SEARCH = "import ctypes.util\ndef search(name): raise SystemExit(f'{name} was looked for')\nctypes.util.find_library = search\n"
ONLY_SEARCHED = """\
import cffi, ctypes.util
opened, found = cffi.FFI.dlopen, ctypes.util.find_library
def only_searched(ffi, name, flags=0):
    if ctypes.util.find_library is not found:
        raise OSError(name)
    return opened(ffi, name, flags)
cffi.FFI.dlopen = only_searched
"""
LOADED = """
from generator.prints.system_libraries import load_weasyprint
load_weasyprint()
import weasyprint
print(weasyprint.HTML(string='<p>字').write_pdf()[:5])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are not told apart")
@pytest.mark.parametrize(
    "before", [NO_SEARCH, ONLY_SEARCHED], ids=["without a search", "where they must be looked for"]
)
def test_weasyprint_is_loaded(before: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", before + LOADED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("b'%PDF-'", 0), done.stderr
