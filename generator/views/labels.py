"""Labels to be cut out: one for the spine of each dossier, one for each box they go into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from generator.audit.assessment import Journey
from generator.definitions.papers import Material
from generator.procedure.progress import Progress
from generator.views import headings
from generator.views.ledger import Holding
from generator.views.wording import in_full

_LEFT, _TOP, _WIDTH, _HEIGHT = 15, 28, 180, 240
"""Where the labels lie on A4, in millimetres."""
_SPINES, _BOXES = (6, 2), (2, 2)
"""Labels across and down a sheet."""
_SIZES = ((4, "large"), (8, "middle"), (14, "small"))
"""A text of so many characters is set in this size; a longer one in the smallest."""
_STRIP = 22
"""Characters of the branch's name that one strip of a spine has room for."""
Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a long name, set from top to bottom; `left` in millimetres from the edge of the label."""

    left: float
    text: str


@dataclass(frozen=True, slots=True)
class Spine:
    """`years`: first and last year of the story; `codes`: first and last paper of the catalogue that lies in the dossier."""

    name: str
    size: str
    id: str
    branch: tuple[Strip, ...]
    years: str
    codes: str


@dataclass(frozen=True, slots=True)
class Box:
    """`ids`: first and last of those inside; `number`: which of how many of the branch."""

    unit: str
    branch: str
    years: str
    ids: str
    count: str
    number: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A short line in the margin; millimetres from the corner of the sheet."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed(Generic[Label]):
    """A label and where on the sheet it begins, in millimetres."""

    left: int
    top: int
    label: Label


@dataclass(frozen=True, slots=True)
class Labels:
    """Sheets of labels: spines, then boxes; and the marks by which they are cut out."""

    title: str
    heading: str
    as_of: date
    as_of_text: str
    spines: tuple[tuple[Placed[Spine], ...], ...]
    boxes: tuple[tuple[Placed[Box], ...], ...]
    spine_marks: tuple[Mark, ...]
    box_marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    journey: Journey
    branch: str
    unit: str
    years: tuple[int, ...]


def compile_labels(
    journeys: Sequence[Journey],
    materials: Mapping[str, Material],
    names: Mapping[str, tuple[str, str]],
    as_of: date,
    per_box: int,
) -> Labels:
    """In the order given. `names`: branch id → names of the branch and of its committee; `per_box`: dossiers in one box."""
    stories = [_story(journey, names) for journey in journeys]
    spines = [_spine(story, materials) for story in stories]
    boxes = [
        box for branch in names for box in _boxes([s for s in stories if s.journey.person.branch == branch], per_box)
    ]
    return Labels(
        title="档案标签",
        heading=headings.DOSSIER,
        as_of=as_of,
        as_of_text=in_full(as_of),
        spines=_sheets(spines, *_SPINES),
        boxes=_sheets(boxes, *_BOXES),
        spine_marks=_marks(*_SPINES),
        box_marks=_marks(*_BOXES),
    )


def _sheets(labels: Sequence[Label], across: int, down: int) -> tuple[tuple[Placed[Label], ...], ...]:
    """Row by row, as many to a sheet as there is room for."""
    size = across * down
    return tuple(
        tuple(
            Placed(_LEFT + number % across * _WIDTH // across, _TOP + number // across * _HEIGHT // down, label)
            for number, label in enumerate(labels[at : at + size])
        )
        for at in range(0, len(labels), size)
    )


def _marks(across: int, down: int) -> tuple[Mark, ...]:
    """At both ends of every cut, outside the labels."""
    columns = [_LEFT + number * _WIDTH // across for number in range(across + 1)]
    rows = [_TOP + number * _HEIGHT // down for number in range(down + 1)]
    upright = [Mark(x - 0.1, y, 0.2, 5) for x in columns for y in (rows[0] - 7, rows[-1] + 2)]
    level = [Mark(x, y - 0.1, 5, 0.2) for y in rows for x in (columns[0] - 7, columns[-1] + 2)]
    return (*upright, *level)


def _story(journey: Journey, names: Mapping[str, tuple[str, str]]) -> _Story:
    branch, unit = names[journey.person.branch]
    return _Story(journey, branch, unit, _years(journey.progress))


def _years(progress: Progress) -> tuple[int, ...]:
    """Of what is told up to the day; entries of steps that were planned later are not part of the story yet."""
    return tuple(entry.date.year for entry in progress.timeline if entry.date <= progress.as_of)


def _spine(story: _Story, materials: Mapping[str, Material]) -> Spine:
    person = story.journey.person
    codes = Holding.of(story.journey.progress, materials).codes
    return Spine(
        name=person.name,
        size=next((size for length, size in _SIZES if len(person.name) <= length), "tiny"),
        id=person.id,
        branch=_strips(story.branch),
        years=_range(story.years),
        codes=_range(codes),
    )


def _strips(text: str) -> tuple[Strip, ...]:
    """Of even length, from right to left."""
    number = -(-len(text) // _STRIP) or 1
    size = -(-len(text) // number)
    return tuple(Strip(8.5 - 4 * at, text[at * size : (at + 1) * size]) for at in range(number))


def _boxes(stories: Sequence[_Story], per_box: int) -> list[Box]:
    packed = [stories[at : at + per_box] for at in range(0, len(stories), per_box)]
    return [
        Box(
            unit=inside[0].unit,
            branch=inside[0].branch,
            years=_range(sorted(year for story in inside for year in story.years)),
            ids=_range([story.journey.person.id for story in inside]),
            count=f"{len(inside)}册",
            number=f"第{number}盒　共{len(packed)}盒",
        )
        for number, inside in enumerate(packed, 1)
    ]


def _range(values: Sequence[object]) -> str:
    """First and last; one alone where they are the same; a dash for the hand where there is none."""
    if not values:
        return ""
    first, last = values[0], values[-1]
    return str(first) if first == last else f"{first}—{last}"
