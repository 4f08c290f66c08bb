"""Loads what the handbook says besides the procedure: its terms (schema/glossary.yaml) and what is new (schema/news.yaml)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from generator.definitions.model import Confidence
from generator.definitions.source import Shelf, Source
from generator.definitions.typed import typed
from generator.diagnostics import Pointer

GLOSSARY = "schema/glossary.yaml"
NEWS = "schema/news.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """`steps`: where the handbook tells how it is done."""

    term: str
    text: str
    steps: tuple[str, ...] = ()
    confidence: Confidence = "certain"


@dataclass(frozen=True, slots=True)
class TermSection:
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something new since a day: of the rules, or of the handbook."""

    date: date
    kind: Literal["rules", "handbook"]
    title: str
    text: str = ""
    steps: tuple[str, ...] = ()
    confidence: Confidence = "certain"


def load_glossary(shelf: Shelf, steps: Collection[str]) -> tuple[TermSection, ...]:
    """Raises JishiError with file and line, also for a term that stands twice and for a step that there is not."""
    source = shelf.read(GLOSSARY)
    seen: set[str] = set()
    found = []
    for number, section in enumerate(typed(source, "GLOSSARY")["sections"]):
        for index, each in enumerate(section["terms"]):
            at: Pointer = ("sections", number, "terms", index)
            if each["term"] in seen:
                raise source.fault((*at, "term"), f"术语“{each['term']}”写了两次")
            seen.add(each["term"])
            _known(source, at, each, steps)
        terms = (
            Term(each["term"], each["text"], tuple(each.get("steps", [])), each.get("confidence", "certain"))
            for each in section["terms"]
        )
        found.append(TermSection(section["title"], tuple(terms)))
    return tuple(found)


def load_news(shelf: Shelf, steps: Collection[str]) -> tuple[NewsItem, ...]:
    """In the order of the file. Raises JishiError with file and line."""
    source = shelf.read(NEWS)
    data = typed(source, "NEWS")
    for index, each in enumerate(data["news"]):
        _known(source, ("news", index), each, steps)
    return tuple(
        NewsItem(
            each["date"],
            each["kind"],
            each["title"],
            each.get("text", ""),
            tuple(each.get("steps", [])),
            each.get("confidence", "certain"),
        )
        for each in data["news"]
    )


def _known(source: Source, at: Pointer, each: Mapping[str, Any], steps: Collection[str]) -> None:
    for index, step in enumerate(each.get("steps", [])):
        if step not in steps:
            raise source.fault((*at, "steps", index), f"没有步骤“{step}”", "步骤见 schema/procedures/")
