"""The libraries that come with the machine and not with Python: they lay text out, choose fonts and pack."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import zlib
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from io import StringIO

_LIBRARIES = (
    ("pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0"), "pango_version_string", ctypes.c_char_p),
    ("harfbuzz", ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0"), "hb_version_string", ctypes.c_char_p),
    ("fontconfig", ("libfontconfig.so.1", "libfontconfig.dylib", "libfontconfig-1"), "FcGetVersion", ctypes.c_int),
)
"""Under the names by which WeasyPrint opens them; opened here, since WeasyPrint takes half a second to load."""


def load_weasyprint() -> None:
    """Imports WeasyPrint with them. Raises `OSError` where one is missing.

    WeasyPrint opens each by the names that it has on one system after the other, and for every wrong one a compiler is started to look for
    it, half a second in all. On Linux the right name opens without.
    """
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        search, ctypes.util.find_library = ctypes.util.find_library, _found_nowhere
        try:
            with suppress(OSError), redirect_stdout(StringIO()):
                import weasyprint
        finally:
            ctypes.util.find_library = search
    import weasyprint  # noqa: F401


def _found_nowhere(name: str) -> None:
    return None


def versions() -> Iterator[str]:
    """Name and version of each; a library that is not there has none, and nothing can be printed without it."""
    for name, files, function, result in _LIBRARIES:
        yield f"{name} {_version(files, function, result)}"
    yield f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


def _version(files: tuple[str, ...], function: str, result: type[ctypes.c_char_p] | type[ctypes.c_int]) -> str:
    for file in files:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(file), function)
            ask.restype, ask.argtypes = result, ()
            said = ask()
            return said.decode() if isinstance(said, bytes) else str(said)
    return "?"
