"""An extension of a procedure: it holds only its differences, the rest comes from the version it extends."""

from __future__ import annotations

from typing import Any

from generator.definitions.raw import LISTS, Item, RawStep, items, raw_step
from generator.definitions.shapes import STEP_NEEDS
from generator.definitions.short_forms import WHOLE
from generator.definitions.source import Source
from generator.diagnostics import JishiError

HEAD_KEYS = ("regulation", "stages", "phases", "actors", "probation", "written_votes_count", "written_votes_settled")
"""What an extension inherits when it does not say it itself."""


def extend(base: tuple[RawStep, ...], source: Source, data: dict[str, Any]) -> tuple[RawStep, ...]:
    """The steps of the extension, in order. Raises JishiError for a name that the extended version does not have."""
    steps = {step.id: step.copy() for step in base}
    for index, step_id in enumerate(data.get("remove", [])):
        if step_id not in steps:
            raise source.fault(("remove", index), f"没有步骤“{step_id}”可删", "检查拼写")
        del steps[step_id]
    for step in steps.values():
        _renumber(step, source, data)
    for index, change in enumerate(data.get("steps", [])):
        pointer = ("steps", index)
        if change["id"] in steps:
            steps[change["id"]] = _change(steps[change["id"]], source, pointer, change)
        else:
            steps = _insert(steps, source, pointer, change)
    return tuple(steps.values())


def _renumber(step: RawStep, source: Source, data: dict[str, Any]) -> None:
    """Inherited articles get the numbers of the new text; an article that is gone leaves the regulation alone."""
    for basis in step.bases():
        renumber(basis, data.get("articles", {}))


def renumber(basis: dict[str, Any], articles: dict[str, str]) -> None:
    """Puts the new number of an article of the procedure's own regulation into a basis."""
    if "regulation" in basis or "article" not in basis:
        return
    number = articles.get(str(basis["article"]), str(basis["article"]))
    if number == "-":
        del basis["article"]
    else:
        basis["article"] = int(number)


def _change(step: RawStep, source: Source, pointer: tuple[str | int, ...], change: dict[str, Any]) -> RawStep:
    if "place" in change:
        raise source.fault((*pointer, "place"), "已有的步骤不能移动", "删除后重新加入")
    data = {**step.item.data, **{key: value for key, value in change.items() if key not in (*LISTS, "transitions")}}
    if "guide_more" in data:
        data["guide"] = f"{data.get('guide', '').strip()}\n\n{data.pop('guide_more')}"
    lists = dict(step.lists)
    for key, name in (*LISTS.items(), ("transitions", "")):
        if key in change:
            lists[key] = _edit(lists[key], source, (*pointer, key), change[key], name)
    # The step as a whole now rests on the extension; untouched parts keep their own place.
    return RawStep(Item(data, source, pointer), lists)


def _edit(
    old: tuple[Item, ...], source: Source, pointer: tuple[str | int, ...], change: Any, name: str
) -> tuple[Item, ...]:
    whole = change if isinstance(change, list) else change.get(WHOLE)
    if whole is not None:
        return items(source, pointer, whole, name)
    found = {str(item.data[name]): item for item in old}
    for index, gone in enumerate(change.get("remove", [])):
        if found.pop(gone, None) is None:
            raise source.fault((*pointer, "remove", index), f"没有“{gone}”可删", "检查拼写")
    for item in items(source, (*pointer, "replace"), change.get("replace", []), name):
        if str(item.data[name]) not in found:
            raise item.fault(f"没有“{item.data[name]}”可替换", "新增的写在 add 之下")
        found[str(item.data[name])] = item
    for item in items(source, (*pointer, "add"), change.get("add", []), name):
        if str(item.data[name]) in found:
            raise item.fault(f"“{item.data[name]}”已有", "要改动的写在 replace 之下")
        found[str(item.data[name])] = item
    return tuple(found.values())


def _insert(
    steps: dict[str, RawStep], source: Source, pointer: tuple[str | int, ...], data: dict[str, Any]
) -> dict[str, RawStep]:
    missing = [key for key in STEP_NEEDS if key not in data]
    if missing or "place" not in data:
        raise source.fault(
            (*pointer, "id"),
            f"没有步骤“{data['id']}”",
            f"若是新步骤，请补上 {'、'.join([*missing, 'place'])}；若不是，检查拼写",
        )
    if len(data["place"]) != 1:
        raise source.fault((*pointer, "place"), "新步骤的位置写 after 或 before 之一")
    [(side, anchor)] = data["place"].items()
    if anchor not in steps:
        raise source.fault((*pointer, "place"), f"没有步骤“{anchor}”", "检查拼写")
    for key in LISTS:
        if WHOLE not in data.get(key, {WHOLE: []}):
            raise source.fault((*pointer, key), "新步骤要写出整个列表", "去掉 add、replace、remove")
    whole = {key: data[key][WHOLE] for key in LISTS if key in data}
    new = raw_step(source, pointer, {**{key: value for key, value in data.items() if key != "place"}, **whole})
    order = list(steps)
    order.insert(order.index(anchor) + (side == "after"), new.id)
    return {step_id: steps.get(step_id, new) for step_id in order}


def inherit(head: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """The head of the extension, completed from the version it extends; renumbered where it rests on an article."""
    result = {**{key: base[key] for key in HEAD_KEYS if key in base}, **head}
    probation = dict(result["probation"])
    if "probation" not in head and "basis" in probation:
        probation["basis"] = dict(probation["basis"])
        renumber(probation["basis"], head.get("articles", {}))
    result["probation"] = probation
    return result


def mark_confidence(steps: tuple[RawStep, ...], data: dict[str, Any]) -> None:
    """Sets how sure an article is, where the basis does not say it itself."""
    known = {article: word for word, articles in data.get("confidence", {}).items() for article in articles}
    for step in steps:
        for basis in step.bases():
            if "regulation" not in basis and "confidence" not in basis and basis.get("article") in known:
                basis["confidence"] = known[basis["article"]]


def order(sources: dict[str, tuple[Source, dict[str, Any]]]) -> list[str]:
    """Ids of the procedures, each after the one it extends. Raises JishiError for an unknown or circular `extends`."""
    done: list[str] = []
    waiting = dict(sources)
    while waiting:
        ready = [key for key, (_, data) in waiting.items() if data.get("extends") in (None, *done)]
        if not ready:
            source, data = next(iter(waiting.values()))
            raise _broken_chain(source, data, sources)
        for key in ready:
            done.append(key)
            del waiting[key]
    return done


def _broken_chain(
    source: Source, data: dict[str, Any], sources: dict[str, tuple[Source, dict[str, Any]]]
) -> JishiError:
    if data["extends"] in sources:
        return source.fault(("extends",), "extends 互相引用", "至少有一份程序要写完整")
    return source.fault(("extends",), f"没有程序“{data['extends']}”", f"可用：{'、'.join(sorted(sources))}")
