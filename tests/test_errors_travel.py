"""A fault that a worker process meets arrives in the process that started it, with its message, its hint and all it says."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import generator
from generator.diagnostics import JishiError
from generator.prints.fonts import FACES, Face

VALUES = {
    str: "甲",
    Path: Path("a"),
    OSError: OSError(28, "full", "x"),
    tuple[str, ...]: ("☃",),
    tuple[Face, ...]: FACES[:1],
}


def below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


@cache
def ours() -> tuple[type[BaseException], ...]:
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {kind for kind in below(BaseException) if kind.__module__.split(".")[0] == "generator"}
    return tuple(sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}"))


def made(kind: type[BaseException]) -> BaseException:
    hints = get_type_hints(kind.__init__)
    names = list(inspect.signature(kind.__init__).parameters)[1:]
    return kind(*(VALUES[hints[name]] for name in names if name in hints))


def test_they_are_found() -> None:
    assert len(ours()) >= 10
    assert sum("__init__" in vars(kind) for kind in ours()) >= 5
    assert sum(issubclass(kind, JishiError) for kind in ours()) >= 10


@pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_each_arrives_as_it_left(kind: type[BaseException], protocol: int) -> None:
    left: Any = made(kind)
    arrived = pickle.loads(pickle.dumps(left, protocol))
    assert type(arrived) is kind
    assert vars(arrived) == vars(left)
    assert not isinstance(arrived, JishiError) or arrived.message
    assert (str(arrived), arrived.args) == (str(left), left.args)
