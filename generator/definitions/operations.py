"""The operations of a platform, and the menus they are found under."""

from __future__ import annotations

from typing import Any

from generator.definitions.parts import condition
from generator.definitions.platform import Menu, Operation
from generator.definitions.source import Source


def build_menus(source: Source, data: dict[str, Any]) -> tuple[Menu, ...]:
    """The menus, in the platform's order. Raises JishiError for a name given twice."""
    seen: set[str] = set()
    for index, each in enumerate(data["menus"]):
        if each["id"] in seen:
            raise source.fault(("menus", index, "id"), f"菜单“{each['id']}”写了两次")
        seen.add(each["id"])
    return tuple(
        Menu(each["id"], each["title"], tuple(each["path"]), each.get("note", "").strip()) for each in data["menus"]
    )


def build_operations(source: Source, data: dict[str, Any]) -> tuple[Operation, ...]:
    """The operations, in the order of the file. Raises JishiError for a name given twice, an unknown menu, or a
    predecessor that does not stand further up: the order of the file is an order in which they can be done."""
    menus = {each["id"] for each in data["menus"]}
    found: dict[str, Operation] = {}
    for index, each in enumerate(data["operations"]):
        place = ("operations", index)
        if each["id"] in found:
            raise source.fault((*place, "id"), f"操作“{each['id']}”写了两次")
        if each["menu"] not in menus:
            raise source.fault((*place, "menu"), f"没有菜单“{each['menu']}”", f"可用：{'、'.join(sorted(menus))}")
        for number, name in enumerate(each.get("after", [])):
            if name not in found:
                raise source.fault((*place, "after", number), f"前面没有操作“{name}”", "检查拼写，或者把它移到前面")
        found[each["id"]] = _operation(each)
    return tuple(found.values())


def _operation(data: dict[str, Any]) -> Operation:
    return Operation(
        id=data["id"],
        title=data["title"],
        text=data["text"].strip(),
        menu=data["menu"],
        how=tuple(text.strip() for text in data["how"]),
        step=data.get("step"),
        who=data.get("who", ""),
        where=tuple(data.get("where", [])),
        enter=tuple(data.get("enter", [])),
        attach=tuple(data.get("attach", [])),
        checks=data.get("checks", "").strip(),
        result=data.get("result", "").strip(),
        refused=data.get("refused", "").strip(),
        often=data.get("often", "").strip(),
        after=tuple(data.get("after", [])),
        when=condition(data.get("when", {})),
        confidence=data.get("confidence", "certain"),
        source=data.get("source", ""),
    )
