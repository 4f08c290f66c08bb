"""`python -m bench [NAME] [ARGUMENTS…]`: runs one benchmark or tool of this folder, or without a name every benchmark.

A module with a function `main(argv)` is one; it is run without a name too when it sets `BENCHMARK = True`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from types import ModuleType

import bench


def modules() -> dict[str, ModuleType]:
    """Name → module, of everything here that can be run."""
    found = {}
    for info in pkgutil.iter_modules(bench.__path__):
        if not info.name.startswith("_"):
            module = importlib.import_module(f"bench.{info.name}")
            if callable(getattr(module, "main", None)):
                found[info.name] = module
    return found


def describe(found: dict[str, ModuleType]) -> str:
    """One line for each: name and first line of its description."""
    return "\n".join(f"  {name:<12} {(module.__doc__ or '').strip().splitlines()[0]}" for name, module in found.items())


def run(argv: list[str]) -> int:
    # The program is compiled once, as on any machine in use, whatever this one is set to.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found = modules()
    if argv and argv[0] in ("-h", "--help", "list"):
        print(__doc__)
        print(describe(found))
        return 0
    if argv:
        if argv[0] not in found:
            print(f"unknown benchmark {argv[0]!r}; there are:\n{describe(found)}", file=sys.stderr)
            return 2
        return int(found[argv[0]].main(argv[1:]) or 0)
    worst = 0
    for name, module in found.items():
        if getattr(module, "BENCHMARK", False):
            print(f"== {name}", flush=True)
            worst = max(worst, int(module.main([]) or 0))
    return worst


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
