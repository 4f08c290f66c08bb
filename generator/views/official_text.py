"""Fills the texts of official documents. Nothing is made up: what is not recorded is room for a hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from generator.definitions.documents import Condition, Piece, Text
from generator.records.model import Entry
from generator.records.schema_fields import Field
from generator.views.lookup import NOTHING, Found, Subject, shown_entry
from generator.views.official_sheet import Line, Run, width_of
from generator.views.wording import Wording

_FOUND = "found"
"""Head of references to what a limit or a constraint of the procedure has found, also where it was waived: `found.DEV102`."""
_CLOSES = "，。、；：！？）》”"
TITLE_WIDTH = 20
"""Characters of a title that go into one line."""

_ROOMS = {
    "date": (Run(blank=4, tail="年"), Run(blank=2, tail="月"), Run(blank=2, tail="日")),
    "number": (Run(blank=4, tail="〔"), Run(blank=3, tail="〕"), Run(blank=2, tail="号")),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list in a record, and what the schema says of it."""

    value: Any
    field: Field | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """One person, and the entry that gives occasion to the document."""

    subject: Subject
    about: Entry | None
    item: Item | None = None
    decided: bool = True
    """Whether the decision that the document tells of is recorded."""

    def matches(self, when: Condition) -> bool:
        """Whether the main entry, and what else is referred to, is so."""
        own = {key: allowed for key, allowed in when.items() if "." not in key}
        others = ((self._fact(key), allowed) for key, allowed in when.items() if "." in key)
        return entry_is(self.about, own) and all(_is_one_of(value, allowed) for value, allowed in others)

    def _fact(self, ref: str) -> Any:
        """What decides on the wording, also where it is recorded for several at once and is not told of one."""
        head, _, rest = ref.partition(".")
        if head == _FOUND:
            return any(found.code == rest for found in self.subject.progress.findings)
        step = self.subject.progress.steps.get(head)
        entry = shown_entry(step) if step is not None else None
        return entry.get(rest) if entry is not None else self.find(ref)[0]

    def find(self, ref: str) -> Found:
        head, _, rest = ref.partition(".")
        if head == "about":
            return self.subject.of_entry(self.about, rest) if self.about is not None else NOTHING
        if head == "item":
            return _of_item(self.item, rest)
        return self.subject.find(ref)


def entry_is(entry: Entry | None, when: Condition) -> bool:
    """Whether each of the fields has one of the values; what is not recorded, or not there at all, counts as `false`."""
    return all(_is_one_of(entry.get(key) if entry is not None else None, allowed) for key, allowed in when.items())


def _is_one_of(value: Any, allowed: Sequence[str]) -> bool:
    # A number of nothing, such as the months of an extension that never was, is nothing.
    if value is None or value is False or (isinstance(value, int) and value == 0):
        return "false" in allowed
    return "true" in allowed or str(value) in allowed


def _of_item(item: Item | None, key: str) -> Found:
    if item is None or not isinstance(item.value, dict):
        return NOTHING
    return item.value.get(key), item.field.child(key) if item.field else None


@dataclass(frozen=True, slots=True)
class TextFiller:
    """Fills texts for several people at once. `derived(ref)`: what is worked out from the organisation, "" when it cannot be."""

    people: Sequence[Concerned]
    wording: Wording
    derived: Callable[[str], str]

    def of(self, people: Sequence[Concerned]) -> TextFiller:
        return TextFiller(people, self.wording, self.derived)

    def line(self, text: Text) -> Line:
        return tuple(_joined(self._runs(text)))

    def lacks(self, text: Text) -> bool:
        """Whether a place of the text has nothing recorded."""
        return any(piece.refs and not self._value(piece) for piece in text)

    def _words(self, piece: Piece) -> str:
        is_open = piece.open is not None and not all(one.decided for one in self.people)
        return piece.open or "" if is_open else piece.words

    def words(self, text: Text) -> str:
        """The text where it goes into a cell: places without a value are nothing at all."""
        return "".join(self._words(piece) or self._value(piece) for piece in text)

    def title(self, phrases: Sequence[Text]) -> tuple[Line, ...]:
        """The title in as few lines as its width asks for, as even as the phrases allow. A phrase too long for a line is parted before
        the name in it."""
        lines = [line for phrase in phrases for line in self._parted(phrase)]
        return tuple(tuple(_joined(iter(line))) for line in _broken(lines))

    def _parted(self, phrase: Text) -> list[Line]:
        whole = self.line(phrase)
        before = next((index for index, piece in enumerate(phrase) if piece.refs), 0)
        if width_of(whole) <= TITLE_WIDTH or not before:
            return [whole]
        return [self.line(phrase[:before]), self.line(phrase[before:])]

    def _runs(self, text: Text) -> Iterator[Run]:
        for piece in text:
            if words := self._words(piece):
                yield Run(words)
            elif piece.open is not None:
                continue
            elif value := self._value(piece):
                yield Run(value)
            else:
                yield from _room(piece)

    def _value(self, piece: Piece) -> str:
        for label, ref in zip_longest(piece.labels, piece.refs, fillvalue=""):
            if value := self._reference(ref, piece):
                return label + value
        return ""

    def _reference(self, ref: str, piece: Piece) -> str:
        if ref in ("people", "names", "count"):
            return self._named(ref)
        if derived := self.derived(ref):
            return derived
        said = [text for one in self.people if (text := self._said(one, ref, piece))]
        if piece.blank == "date" and (len(set(said)) > 1 or len(said) < len(self.people)):
            # A day stands for all or for none: two days would say that everything happened twice.
            return ""
        return "、".join(dict.fromkeys(said))

    def _said(self, one: Concerned, ref: str, piece: Piece) -> str:
        value, field = one.find(ref)
        return self.wording.text(value, field, piece.shape)

    def _named(self, ref: str) -> str:
        names = [one.subject.person.name for one in self.people]
        if not names or ref == "count":
            return str(len(names)) if names else ""
        if len(names) == 1:
            return f"{names[0]}同志"
        return f"{names[0] if ref == 'people' else '、'.join(names)}等{len(names)}名同志"


def _room(piece: Piece) -> Iterator[Run]:
    if piece.labels:
        yield Run(piece.labels[0])
    if isinstance(piece.blank, str):
        yield from _ROOMS[piece.blank]
    else:
        yield Run(blank=piece.blank)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbouring words become one run; punctuation after room for a hand stays with it, as it must not begin a line."""
    last: Run | None = None
    for run in runs:
        if last is None:
            last = run
        elif run.blank or (last.blank and not run.text.startswith(tuple(_CLOSES))):
            yield last
            last = run
        elif last.blank:
            yield Run(blank=last.blank, tail=last.tail + run.text[0])
            last = Run(run.text[1:])
        else:
            last = Run(last.text + run.text)
    if last is not None:
        yield last


def _broken(phrases: list[Line]) -> list[Line]:
    widths = [width_of(phrase) for phrase in phrases]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(phrases) + 1):
        choices = []
        for start in range(end):
            width = sum(widths[start:end])
            if end - start == 1 or width <= TITLE_WIDTH:
                choices.append((best[start][0] + 1, best[start][1] + width * width, start))
        best.append(min(choices))
    lines: list[Line] = []
    end = len(phrases)
    while end:
        start = best[end][2]
        lines.insert(0, tuple(run for phrase in phrases[start:end] for run in phrase))
        end = start
    return lines
