"""Sealed files seen together: each has a person beside it and is sealed for those on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic, Place, Span
from generator.privacy.armor import SUFFIX
from generator.privacy.recipients import FILE
from generator.records.codes import finding
from generator.records.load import Loaded

_TOP = Span(1, 1, 1, 2)


def sealed_beside(by_kind: Mapping[str, Sequence[Loaded]]) -> Iterator[Diagnostic]:
    """What is wrong between sealed files, people and the list of recipients."""
    sealed = by_kind.get("sealed", ())
    if not sealed:
        return
    people = {one.file.path: one.file.id for one in by_kind.get("person", ())}
    where = {id: path for path, id in people.items()}
    lists = by_kind.get("recipients", ())
    expected = lists[0].checked.fields.get("recipients", 0) if lists else 0
    if not lists:
        problem = f"有 {len(sealed)} 个密封文件，却没有 {FILE}"
        yield finding("SEC008", Place(FILE), problem=problem)
    for one in sealed:
        beside = one.file.path.removesuffix(SUFFIX) + ".yaml"
        if beside not in people:
            name = beside.rpartition("/")[2]
            hint = "请删除它；人员改了编号的，由能打开的人重新密封"
            if one.file.id in where:
                hint = f"此人的文件在 {where[one.file.id]}，请把密封文件移到那里"
            said = finding("SEC003", Place(one.file.path), name=name, hint=hint)
            yield said.located(_TOP, (), None)
        found = one.checked.fields.get("recipients", 0)
        if found and expected and found != expected:
            said = finding("SEC006", Place(one.file.path), person=one.file.id, found=found, expected=expected)
            yield said.located(_TOP, (), None)
