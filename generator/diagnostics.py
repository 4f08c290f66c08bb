"""What is said about a record: code, severity, place, message, hint, basis.

The lowest layer: everything else may import it, it imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

Pointer = tuple[str | int, ...]
"""Keys and list indexes from the top of a document to a value."""


class Severity(StrEnum):
    """How much a finding weighs. Only the national rule layer is an error by default."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    def __reduce_ex__(self, protocol: object) -> tuple[type[Severity], tuple[str]]:
        # Python 3.11 up to some patch level pickles enums through getattr, which what is kept between runs must not name.
        return Severity, (self.value,)

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text file; lines and columns are 1-based and count characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a file, by pointer. `on_key` means the key in front of the value (used when something is missing).

    `path` is relative to the root of the records repository, with forward slashes.
    """

    path: str
    pointer: Pointer = ()
    on_key: bool = False

    def key(self) -> Place:
        return replace(self, on_key=True)

    def child(self, *keys: str | int) -> Place:
        return Place(self.path, (*self.pointer, *keys))


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first: the earlier of two dates, the other holder of an id."""

    place: Place
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RuleOrigin:
    """The line of a definition file that a finding rests on."""

    file: str
    pointer: Pointer = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `span` is filled by the corpus just before it is shown; `basis` is a short citation such as 《细则》(2014) 第七条."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    basis: str = ""
    person: str | None = None
    step: str | None = None
    rule: RuleOrigin | None = None
    related: tuple[Related, ...] = ()
    span: Span | None = None

    def located(self, span: Span | None, related: tuple[Related, ...], rule: RuleOrigin | None) -> Diagnostic:
        return replace(self, span=span, related=related, rule=rule)


class JishiError(Exception):
    """A fault the user can mend: one clear Chinese message and a hint. Commands turn it into exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is usually rebuilt by calling its class with the finished message, which is not what a constructor of its own takes.
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[JishiError], args: tuple[object, ...]) -> JishiError:
    return kind.__new__(kind, *args)
