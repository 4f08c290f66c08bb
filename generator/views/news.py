"""What is new, latest first: the rules, the settings of the school and its branches, the handbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.definitions.model import DOUBTS, Procedure
from generator.definitions.reading_matter import NewsItem
from generator.views.steps import Link

_KINDS = {"rules": "全国规定", "handbook": "本手册"}


@dataclass(frozen=True, slots=True)
class News:
    """`whose`: 全国规定, 本手册, or the name of the body whose setting it is. `doubt`: empty where it is certain."""

    day: date
    whose: str
    title: str
    text: str
    links: tuple[Link, ...]
    doubt: str = ""


def news_of(
    items: Iterable[NewsItem],
    procedures: Iterable[Procedure],
    bodies: Iterable[tuple[str, Mapping[str, Any]]],
    titles: Mapping[str, str],
    link_step: Callable[[str], str],
    as_of: date,
) -> tuple[News, ...]:
    """`bodies`: name and fields of each body that may have `news`; `titles`: of the steps. What lies after `as_of` is not yet new."""

    def links(steps: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(titles[step], link_step(step)) for step in steps if step in titles)

    def all_() -> Iterator[News]:
        for procedure in procedures:
            text = f"自 {procedure.from_} 起施行；在此以前办完的步骤不重办。"
            yield News(procedure.from_, _KINDS["rules"], procedure.title, text, (Link("新旧版本对照", "versions.md"),))
        for item in items:
            yield News(item.date, _KINDS[item.kind], item.title, item.text, links(item.steps), DOUBTS[item.confidence])
        for name, fields in bodies:
            for own in fields.get("news") or ():
                yield News(own["date"], name, own["title"], own.get("text", ""), links(own.get("steps") or ()))

    return tuple(sorted((one for one in all_() if one.day <= as_of), key=lambda one: one.day, reverse=True))
