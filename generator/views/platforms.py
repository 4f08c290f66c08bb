"""The operations of a platform for the reader: at a step, and all of them in the order of the platform's own menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.definitions.model import Procedure
from generator.definitions.platform import Operation, Platform
from generator.views.limits import Words


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation. `anchor`: its id on the page that describes it; `path`: everything to click, from the entry on."""

    anchor: str
    title: str
    text: str
    who: str
    path: tuple[str, ...]
    how: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Label and text: what to enter and to upload, what is checked, what follows, what comes first, how often."""
    often: str
    certain: bool
    source: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An operation in the list of its platform: `href` leads to its description, `step` names the step it belongs to."""

    number: int
    operation: OperationView
    href: str
    step: str
    here: bool
    """It belongs to no step, and is described on the page of the platform."""


@dataclass(frozen=True, slots=True)
class MenuPart:
    """A menu with its operations."""

    id: str
    title: str
    path: tuple[str, ...]
    note: str
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a platform asks beyond the national rules, with the step it belongs to."""

    step: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """The page of a platform."""

    id: str
    title: str
    note: str
    menus: tuple[MenuPart, ...]
    asked: tuple[Asked, ...]
    audits: tuple[tuple[int, str, str, str], ...]
    """Number, step, its page, remark."""

    @property
    def path(self) -> str:
        return page_of(self.id)

    @property
    def beside(self) -> tuple[OperationView, ...]:
        """Operations that belong to no step: they are described on this page."""
        return tuple(row.operation for menu in self.menus for row in menu.rows if row.here)


def page_of(platform: str) -> str:
    return f"platforms/{platform}.md"


def anchor_of(platform: str, operation: str) -> str:
    """Names the platform too: a step shows several platforms, and every id stands once on a page."""
    return f"{platform}-{operation}"


def view_operations(platform: Platform) -> Mapping[str, OperationView]:
    """Operation id → what the reader needs, in the order of the file."""
    menus = {menu.id: menu for menu in platform.menus}
    titles = {each.id: each.title for each in platform.operations}
    return {each.id: _view(platform, each, menus[each.menu].path, titles) for each in platform.operations}


def _view(platform: Platform, operation: Operation, path: tuple[str, ...], titles: Mapping[str, str]) -> OperationView:
    facts = (
        ("先做", "、".join(titles[name] for name in operation.after)),
        ("填写", "；".join(operation.enter)),
        ("附件", "；".join(operation.attach)),
        ("平台核对", operation.checks),
        ("办成之后", operation.result),
        ("没有通过", operation.refused),
        ("次数", operation.often),
    )
    return OperationView(
        anchor=anchor_of(platform.id, operation.id),
        title=operation.title,
        text=operation.text,
        who=operation.who,
        path=(*path, *operation.where),
        how=operation.how,
        facts=tuple((label, text) for label, text in facts if text),
        often=operation.often,
        certain=operation.confidence == "certain",
        source=operation.source,
    )


def platform_page(
    platform: Platform, procedure: Procedure, words: Words, link_step: Callable[[str], str]
) -> PlatformPage:
    """All operations of a platform, and what it asks beyond the national rules. An operation at a step is described there."""
    views, numbers = view_operations(platform), {each.id: n for n, each in enumerate(platform.operations, 1)}

    def listed(each: Operation) -> Listed:
        at = each.step if each.step in procedure.steps else None
        page = link_step(at).partition("#")[0] if at else page_of(platform.id)
        title = procedure.steps[at].title if at else ""
        view = views[each.id]
        return Listed(numbers[each.id], view, f"{page}#{view.anchor}", title, at is None)

    menus = (
        MenuPart(m.id, m.title, m.path, m.note, tuple(listed(o) for o in platform.operations if o.menu == m.id))
        for m in platform.menus
    )
    return PlatformPage(
        platform.id,
        platform.title,
        platform.note,
        tuple(menu for menu in menus if menu.rows),
        tuple(_asked(platform, procedure, words, link_step)),
        tuple(
            (n, procedure.steps[step].title, link_step(step), remark)
            for n, step, remark in platform.audits
            if step in procedure.steps
        ),
    )


def _asked(platform: Platform, procedure: Procedure, words: Words, link_step: Callable[[str], str]) -> list[Asked]:
    found = [(step, "全国规定视情况办理，平台每次都要录入。") for step in platform.require]
    found += [(step, "考试合格之后才能继续。") for step in platform.exams]
    for step, limits in platform.limits.items():
        found += [(step, f"{words.limit(step, limit).text}。") for limit in limits]
    return [
        Asked(procedure.steps[step].title, link_step(step), text) for step, text in found if step in procedure.steps
    ]
