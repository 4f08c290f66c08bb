"""Phrases that read otherwise in some branches: each is there to be found, and none is in the way of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.audit.register import all_rules
from generator.audit.rules.before_leaving import before_leaving
from generator.definitions.load import load_definitions
from generator.definitions.recurring import load_recurring
from generator.definitions.source import Shelf, shelf_for
from generator.definitions.tailoring import load_tailoring
from generator.diagnostics import JishiError


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def test_every_phrase_stands_in_some_text() -> None:
    definitions = load_definitions()
    known = "\n".join(
        [
            *_strings(definitions.raw),
            *_strings(dict(definitions.platforms)),
            *_strings(dict(definitions.materials)),
            *_strings(dict(definitions.sections)),
            *(rule.title for rule in all_rules().values()),
        ]
    )
    # What the manual puts before the seals of a paper.
    known += "\n" + "\n".join(f"盖章：{'、'.join(m.seals)}" for m in definitions.materials.values() if m.seals)
    phrases = [phrase for each in definitions.tailoring.wording for phrase in each.instead]
    assert len(phrases) > 40
    assert [phrase for phrase in phrases if phrase not in known] == []


def test_reminders_and_wording_hold_for_somebody_only() -> None:
    tailoring = load_definitions().tailoring
    assert tailoring.reminders
    assert tailoring.wording
    assert all(reminder.when for reminder in tailoring.reminders)
    assert all(wording.when for wording in tailoring.wording)


def test_months_before_leaving_are_those_of_the_rule() -> None:
    leaving = load_definitions().recurring.leaving
    assert leaving.code == "DEV042"
    source = Path(before_leaving.__code__.co_filename).read_text(encoding="utf-8")
    assert re.findall(r"add_months\(leaves, -(\d+)\)", source) == [str(leaving.window_months)] * 2


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("recurring.yaml", "step: archive", "step: archived", "没有步骤“archived”"),
        ("recurring.yaml", "actor: applicant", "actor: nobody", "没有办事人“nobody”"),
        ("recurring.yaml", "  months: 12\n", "", "months 和 setting 写一个"),
        ("tailoring.yaml", "without:", "withot:", "不认识的键“withot”"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    shipped = shelf_for(None)
    text = (shipped.roots[0] / "schema" / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    shelf = Shelf((tmp_path, *shipped.roots))
    with pytest.raises(JishiError, match=rf"schema/{file} 第 \d+ 行：.*{said}"):
        load_tailoring(shelf) if file == "tailoring.yaml" else load_recurring(shelf, load_definitions().raw)
