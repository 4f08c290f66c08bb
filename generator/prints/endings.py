"""How a command that prints ends when it is told to: in order, at once, and without words of the machinery."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TO_END = (signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,)
_ALL = (signal.SIGINT, *_TO_END)


class Ended(SystemExit):
    """By a request to end; the code is 128 and the number of the signal."""


@contextmanager
def ended_in_order() -> Iterator[None]:
    """A request to end runs what tidies up, instead of stopping on the spot: raises `Ended`."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended(128 + number)

    with _handled(_TO_END, end):
        yield


@contextmanager
def endings_held() -> Iterator[None]:
    """Ctrl-C and requests to end take effect when this is over: for what must not be broken off."""
    held: list[int] = []
    with _handled(_ALL, lambda number, frame: held.append(number)):
        yield
    for number in held:
        signal.raise_signal(number)


@contextmanager
def endings_ignored() -> Iterator[None]:
    """While a command is being ended already, another request changes nothing."""
    with _handled(_ALL, signal.SIG_IGN):
        yield


@contextmanager
def _handled(numbers: tuple[signal.Signals, ...], handler: object) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        # Signals are told to the main thread alone.
        yield
        return
    before = {number: signal.signal(number, handler) for number in numbers}  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old if old is not None else signal.SIG_DFL)
