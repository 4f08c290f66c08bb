"""A step as the reader of a manual needs it: who, when, which papers, which platform operations, what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

from generator.definitions.papers import Material
from generator.views.limits import LimitText
from generator.views.platforms import OperationView

NEEDED = "必备"
"""The need of a paper that nothing excuses."""


@dataclass(frozen=True, slots=True)
class Link:
    """A title and where it leads, relative to the root of the site; no `href` when there is no such page."""

    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A form to be filled in by hand; `pdf`, `docx`: files of the site, empty where there is none."""

    title: str
    pdf: str
    docx: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A material that arises at a step."""

    code: str
    title: str
    need: str
    signers: str
    form: str
    blanks: tuple[Blank, ...] = ()
    """Its blank forms."""

    @property
    def caveat(self) -> str:
        """Its need, unless it must always be there."""
        return "" if self.need == NEEDED else self.need


@dataclass(frozen=True, slots=True)
class PlatformPart:
    """What a platform asks at a step. `audits`: numbers of the platform's own audits with their remarks; `page`: the platform's."""

    id: str
    title: str
    page: str
    operations: tuple[OperationView, ...]
    audits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What a duty rests on in either version; empty where that version says nothing of it."""

    what: str
    older: str
    current: str


@dataclass(frozen=True, slots=True)
class Former:
    """What an older version calls a step. `verbatim`: its name as it stands there, which is quoted; `read` and `now`: this name and
    the present one as they are said to the reader, for whom they may be the same."""

    version: str
    verbatim: str
    read: str
    now: str

    @property
    def said(self) -> tuple[str, ...]:
        """One sentence, or none where the reader knows both by one name."""
        return (f"{self.version} 年版称“{self.verbatim}”。",) if self.read != self.now else ()


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A field of an entry: how it is written, what it means. `rare`: written in some cases only, and left out of the example."""

    name: str
    meaning: str
    rare: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph for some branches only; `when` is empty where the condition is known to hold."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    id: str
    number: int | None
    title: str
    actor: str
    need: str
    """必经, 视情况 or 可多次 …"""
    applies: str
    """For whom, when not for everybody."""
    before: tuple[Link, ...]
    earliest: tuple[LimitText, ...]
    """Limits before which it must not be done."""
    begins: str
    """From when on, where no limit says it: in words, from the predecessors."""
    latest: tuple[LimitText, ...]
    """Limits by which it must be done, or how often."""
    limits: tuple[LimitText, ...]
    """All other limits: numbers, votes, who may do it."""
    next: Link | None
    """What comes after it, for a reader who has done it."""
    previous: Link | None
    """What comes before it in the same way."""
    total: int
    """The highest number of a step."""
    page: str
    """Where it is described."""
    prepare: tuple[str, ...]
    papers: tuple[Paper, ...]
    platforms: tuple[PlatformPart, ...]
    notes: tuple[Note, ...]
    citations: tuple[str, ...]
    purpose: str
    date_means: str
    guide: str
    record: str
    example: str
    fields: tuple[FieldNote, ...]
    refusal: str
    again: str
    told: str
    pitfalls: tuple[Link, ...]
    articles: tuple[Article, ...]
    """The articles of both versions, of the step first, then of limits that rest on another article."""
    versions: tuple[str, ...]
    """The two versions compared, the older one first; empty where there is only one."""
    changed: tuple[str, ...]
    """What the version taught says otherwise than the older one, the name apart."""
    former: Former | None
    """Its name in the older version, where that is another."""

    @property
    def differences(self) -> tuple[str, ...]:
        """All that the version taught says otherwise than the older one; empty: the same."""
        return (*self.changed, *(self.former.said if self.former else ()))


def signers_of(material: Material) -> str:
    """Who signs and seals, in words."""
    parts = [f"签名：{'、'.join(material.signers)}"] if material.signers else []
    parts += [f"盖章：{'、'.join(material.seals)}"] if material.seals else []
    return "；".join(parts)


def form_of(material: Material) -> str:
    """原件 or 复印件, handwritten, how often."""
    form = "或".join({"original": "原件", "copy": "复印件"}[f] for f in material.form)
    return "，".join([form, *(["本人手写"] if material.handwritten else []), *(["可多份"] if material.repeats else [])])
