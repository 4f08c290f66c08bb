"""Kinds of limit that look at one entry: count, standing, workdays, duration, age."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.procedure.calendar import WorkCalendar
from tests.procedure.world import World, d, limit, person, procedure, run, small_rules, step

WEEK: Any = {"min": 5, "from": "start", "to": "date"}
WORLD = World(
    members={"a": d("2015-06-01"), "b": d("2016-06-01"), "c": d("2022-06-01")}, probationary={"p"}, suspended={"b"}
)


def judged(rule: str, fields: dict[str, Any], day: str = "2022-01-10", world: World = WORLD, /, **params: Any) -> list[Diagnostic]:
    rules = small_rules(procedure(step("act", None, limits=(limit("x", rule, "DEV999", **params),))))
    return list(run(person(("act", day, fields)), rules, "2030-01-01", world).findings)


@pytest.mark.parametrize(
    ("contacts", "wrong"),
    [(["a"], False), (["a", "b"], False), ([], True), (["a", "b", "c"], True), (["a", "a"], False), (None, True)],
)
def test_count(contacts: list[str] | None, wrong: bool) -> None:
    fields = {} if contacts is None else {"contacts": contacts}
    found = judged("count", fields, field="contacts", min=1, max=2, distinct=True)
    assert [f.code for f in found] == (["DEV999"] if wrong else [])
    if contacts is None:
        assert found[0].place.on_key
        assert found[0].place.pointer == ("log", 0)


def test_the_same_person_twice_is_one() -> None:
    found = judged("count", {"sponsors": [{"person": "a"}, {"person": "a"}]}, field="sponsors", min=2, max=2, distinct=True)
    assert [f.place.pointer for f in found] == [("log", 0, "sponsors", 1, "person")]


@pytest.mark.parametrize(
    ("who", "severity"),
    [
        ("a", None),
        ("b", "warning"),
        ("c", "error"),
        ("p", "error"),
        ("nobody", "warning"),
        ("2021030117", "error"),
        ({"name": "外人", "unit": "某单位", "full_since": d("2010-01-01")}, None),
        ({"name": "外人", "unit": "某单位", "full_since": d("2022-02-01")}, "error"),
        ({"name": "外人", "unit": "某单位"}, "warning"),
    ],
)
def test_standing(who: Any, severity: str | None) -> None:
    found = judged("standing", {"contacts": ["a", who]}, field="contacts", rights="warning", not_self=True, same_committee=True)
    assert [f.severity.value for f in found] == ([severity] if severity else [])
    assert all(f.place.pointer[:4] == ("log", 0, "contacts", 1) for f in found)


def test_rights_weigh_as_the_limit_says() -> None:
    fields = {"sponsors": [{"person": "b"}]}
    assert [f.severity.value for f in judged("standing", fields, field="sponsors", rights="error")] == ["error"]
    assert not judged("standing", fields, field="sponsors", rights="ignore")


def test_another_committee_is_a_warning() -> None:
    world = World(members={"a": d("2015-06-01")}, elsewhere={"a": "law"})
    found = judged("standing", {"contacts": ["a"]}, "2022-01-10", world, field="contacts", same_committee=True)
    assert [f.severity.value for f in found] == ["warning"]


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2024-05-13", "2024-05-17", False),
        ("2024-05-14", "2024-05-19", True),
        ("2024-04-28", "2024-05-06", True),
        ("2024-04-28", "2024-05-07", False),
        ("2024-05-17", "2024-05-13", True),
    ],
)
def test_workdays(start: str, end: str, wrong: bool) -> None:
    found = judged("workdays", {"start": d(start)}, end, **WEEK)
    assert [f.code for f in found] == (["DEV999"] if wrong else [])


def test_workdays_of_unknown_years_say_so() -> None:
    found = judged("workdays", {"start": d("2029-05-14")}, "2029-05-18", min=5)
    assert [(f.code, f.severity.value) for f in found] == [("DEV106", "info")]
    world = World(calendar=WorkCalendar({d("2029-05-15"): "holiday"}, (2029,)))
    assert [f.code for f in judged("workdays", {"start": d("2029-05-14")}, "2029-05-18", world, min=5)] == ["DEV999"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"days": 3}, False),
        ({"hours": Decimal(24)}, False),
        ({"days": 2, "hours": Decimal("23.5")}, True),
        ({"days": 2, "hours": 24}, False),
        ({"days": 2}, True),
        ({"start": d("2022-01-08")}, False),
        ({"start": d("2022-01-09")}, True),
        ({}, False),
        ({"days": 1, "exemption": "援外"}, False),
    ],
)
def test_duration(fields: dict[str, Any], wrong: bool) -> None:
    found = judged("duration", fields, days=3, hours=24, unless=("exemption",))
    assert [f.code for f in found] == (["DEV999"] if wrong else [])


@pytest.mark.parametrize(("day", "wrong"), [("2021-05-16", True), ("2021-05-17", False)])
def test_age(day: str, wrong: bool) -> None:
    found = judged("age", {}, day, years=18)
    assert [f.code for f in found] == (["DEV999"] if wrong else [])
    if wrong:
        assert "17 周岁" in found[0].message
        assert "2021-05-17" in found[0].message
