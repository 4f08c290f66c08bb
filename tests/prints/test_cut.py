"""What of an event is one person's: nothing that speaks of the others gets into a slice, a form or a checklist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.audit.read import load_schemas
from generator.definitions.load import load_definitions
from generator.definitions.source import shelf_for
from generator.diagnostics import Place
from generator.records.model import Entry, Event
from generator.records.schema_fields import Field
from generator.views.cut import Cut, OwnPart
from generator.views.slice import cut_slice

CUT = Cut.parse(shelf_for(None).read("schema/slice.yaml").data)
SECRET = "某人的事"
TWO: dict[str, Any] = {"1": {}, "2": {}}


def cut(shared: dict[str, Any], people: dict[str, Any] | None = None, *ids: str) -> dict[str, Any]:
    return CUT.event(ids or ("1",), {**shared, "people": TWO if people is None else people})


# Every field is thought of


def leaves(field: Field, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every place of a value; below what refers to somebody or something nothing else is looked at."""
    if field.ref:
        yield path
    elif field.fields:
        for key, child in field.fields.items():
            yield from leaves(child, (*path, key))
    elif field.item is not None:
        yield from leaves(field.item, path)
    else:
        yield path


def covers(declared: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(declared) <= len(path) and all(a in ("*", b) for a, b in zip(declared, path, strict=False))


def every_field() -> list[tuple[str, tuple[str, ...]]]:
    schemas = load_schemas(Path(), load_definitions(Path()))
    found = []
    for step in schemas.step_kinds:
        shape = schemas.entry(step)
        assert shape is not None
        found += [(step, path) for key, child in (shape.field.fields or {}).items() for path in leaves(child, (key,))]
    return found


def test_every_field_of_the_schema_is_declared() -> None:
    """Shared by all the people of an event, or somebody's own: whoever adds a field says which, in schema/slice.yaml."""
    fields = every_field()
    assert len(fields) > 300
    special = {*CUT.about_somebody, *CUT.counted, *CUT.never}
    missing = {
        ".".join(path)
        for step, path in fields
        if path[0] not in special
        and not any(covers(one, path) for one in (*CUT.shared, *CUT.own, *CUT.shared_in.get(step, ())))
    }
    assert missing == set()


def test_nothing_is_declared_that_is_no_field() -> None:
    fields = every_field()
    known = {path for _, path in fields} | {("materials", "-"), ("materials",)}
    declared = [*CUT.shared, *CUT.own, *(path for paths in CUT.shared_in.values() for path in paths)]
    unknown = [one for one in declared if not any(covers(one, path) for path in known)]
    assert unknown == []
    assert set(CUT.shared_in) <= {step for step, _ in fields}


def test_nothing_is_declared_both_ways() -> None:
    assert not set(CUT.shared) & set(CUT.own)


def test_no_free_text_about_somebody_is_shared() -> None:
    """Text that is shared is the name of a place, a class, a group or a paper: a short list, looked through by hand."""
    schemas = load_schemas(Path(), load_definitions(Path()))
    shared = set()
    for step, path in every_field():
        shape = schemas.entry(step)
        found = shape.field.at(path) if shape else None
        if found is not None and (found.item or found).types == ("text",):
            value = [SECRET] if found.item else SECRET
            kept = CUT.shared_part(("1",), step, nest(path, value), alone=False)
            if SECRET in str(kept):
                shared.add(".".join(path))
    assert shared == {"place", "number", "group", "period", "title", "to", "asked_bodies"}


def nest(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    head, *rest = path
    return {head: nest(tuple(rest), value) if rest else value}


def test_a_field_that_nobody_declared_is_somebodys_own() -> None:
    assert "brand_new" not in cut({"step": "talk", "brand_new": SECRET})
    assert cut({"step": "talk", "brand_new": SECRET}, {"1": {}})["brand_new"] == SECRET
    assert cut({"step": "talk"}, {"1": {"brand_new": "own"}, "2": {}})["people"] == {"1": {"brand_new": "own"}}


# What is shared, and what is not

PRIVATE: dict[str, dict[str, Any]] = {
    "note": {"step": "talk", "note": SECRET},
    "opinion of a preview": {"step": "preview", "opinion": SECRET},
    "delay of a preview": {"step": "preview", "delay_reason": SECRET},
    "opinion of an inspection": {"step": "inspect", "opinion": SECRET, "rating": SECRET},
    "late": {"step": "conversion_meeting", "late": {"cause": "person", "reason": SECRET}},
    "ballots": {"step": "admission_meeting", "ballots": {"for": SECRET}},
    "votes": {"step": "recommend", "votes": {"for": SECRET}},
    "written": {"step": "admission_meeting", "written": [{"person": "9", "vote": SECRET}]},
    "approval": {"step": "publicise_target", "approval": {"opinion": SECRET}},
    "objections": {"step": "publicise_target", "objections": [{"matter": SECRET}]},
    "opinions": {"step": "collect_opinions", "opinions": {"masses": {"text": SECRET}}},
    "resolution": {"step": "admission_meeting", "resolution": {"text": SECRET}},
    "letters": {"step": "political_review", "letters": [{"relation": SECRET}], "letters_waived": SECRET},
    "consequence": {"step": "material_review", "consequence": SECRET},
    "problem without a person": {"step": "platform_audit", "problems": [SECRET]},
    "problem of another person": {"step": "material_review", "problems": [{"person": "2", "code": SECRET}]},
    "problem of nobody": {"step": "material_review", "problems": [{"code": SECRET}]},
    "excluded": {"step": "admission_meeting", "excluded": [{"person": "2", "reason": SECRET}]},
    "attendance": {"step": "admission_meeting", "attendance": {"voting": [SECRET]}},
    "attendance of a forum": {"step": "collect_opinions", "attendance": [SECRET]},
    "materials": {
        "step": "talk",
        "materials": [{"code": "M02", "note": SECRET, "scan": SECRET, "place": SECRET, "shows": {"born": SECRET}}],
    },
    "certificate": {"step": "train_target", "certificate": SECRET, "exemption": SECRET},
    "title of a report": {"step": "report", "title": SECRET},
    "serial": {"step": "fill_book", "serial": SECRET},
}


@pytest.mark.parametrize("what", PRIVATE)
def test_what_speaks_of_somebody_is_kept_from_the_others(what: str) -> None:
    assert SECRET not in str(cut(PRIVATE[what]))


SHARED: dict[str, Any] = {
    "step": "admission_meeting",
    "date": "2024-05-20",
    "place": "会议室",
    "host": {"name": "某人", "unit": "某处"},
    "recorder": "9",
    "due": "23",
    "present": "20",
    "secret": "true",
    "one_by_one": "true",
    "organiser_signed": {"by": "9", "date": "2024-05-21"},
    "resolution": {"date": "2024-05-20", "sealed": "true"},
    "materials": ["M21", {"code": "M31", "pages": "2"}],
}


def test_what_is_the_same_for_everybody_is_kept() -> None:
    assert cut(SHARED) == {**SHARED, "people": {"1": {}}}
    assert cut({"step": "train_target", "title": "第 12 期"})["title"] == "第 12 期"
    assert cut({"step": "assign_contacts", "ended": [{"person": "9", "reason": SECRET}]})["ended"] == [{"person": "9"}]
    dates = {"step": "collect_opinions", "opinions": {"masses": {"date": "2024-01-01", "text": SECRET}}}
    assert cut(dates)["opinions"] == {"masses": {"date": "2024-01-01"}}


@pytest.mark.parametrize("what", [what for what in PRIVATE if what.partition(" ")[0] not in ("attendance", "written")])
def test_alone_in_an_event_everything_is_the_persons_own(what: str) -> None:
    people: dict[str, Any] = {"2": {}} if what in ("excluded", "problem of another person") else {"1": {}}
    ids = ("2",) if "2" in people else ("1",)
    assert SECRET in str(cut(PRIVATE[what], people, *ids))


def test_the_own_part_stays_whatever_it_is() -> None:
    assert cut({"step": "preview"}, {"1": {"opinion": "本人的"}, "2": {"opinion": SECRET}})["people"] == {
        "1": {"opinion": "本人的"}
    }


def test_items_on_the_person_stay_under_any_id() -> None:
    event = {"step": "admission_meeting", "excluded": [{"person": "2"}, {"person": "1"}, {"person": "former"}]}
    assert cut(event, None, "1", "former")["excluded"] == [{"person": "1"}, {"person": "former"}]


# Votes of absent people


def voters(*votes: str) -> list[dict[str, str]]:
    return [{"person": str(n), "date": "2024-05-18", "vote": vote} for n, vote in enumerate(votes, 900)]


def test_votes_of_absent_people_are_numbers() -> None:
    for votes in (("for", "against", "for"), ("against", "for", "for")):
        own = cut({}, {"1": {"written": voters(*votes)}})["people"]["1"]
        assert own["written"] == {"count": 3, "against": 1, "for": 2}


def test_a_single_vote_of_somebody_absent_is_not_told() -> None:
    assert cut({}, {"1": {"written": voters("against")}})["people"]["1"]["written"] == {"count": 1}


def test_a_meeting_in_the_own_log_names_no_voter_either() -> None:
    log = [{"step": "admission_meeting", "written": voters("for"), "attendance": {"voting": [SECRET]}, "note": "own"}]
    made = cut_slice(["1"], "data/x.yaml", {"name": "甲", "log": log}, [], CUT)
    assert "note: own" in made.text
    assert "count: 1" in made.text
    assert "'900'" not in made.text
    assert SECRET not in made.text


# The same decision for what is printed


def test_an_entry_tells_what_the_slice_tells() -> None:
    for what, event in PRIVATE.items():
        fields = {key: value for key, value in event.items() if key != "step"}
        one = Event("e.yaml", event["step"], date(2024, 1, 1), "cs", None, fields, TWO)
        entry = Entry(
            "1", one.step, one.date, fields, (Place("e.yaml", ("people", "1")), Place("e.yaml")), {}, one.path
        )
        told = OwnPart(CUT, [one])(entry)
        assert SECRET not in str(told.fields), what
        assert OwnPart(CUT, [one])(told) == told
        assert {"step": one.step, **told.fields} == {k: v for k, v in cut(event).items() if k != "people"}
