"""Slices, periods and wording: the parts a dossier is put together from."""

from __future__ import annotations

from datetime import date

import yaml

from generator.definitions.source import shelf_for
from generator.diagnostics import Place
from generator.records.model import Entry
from generator.records.schema_fields import Field
from generator.views.cut import Cut
from generator.views.periods import periods
from generator.views.slice import cut_slice
from generator.views.wording import Wording, span_of

CUT = Cut.parse(shelf_for(None).read("schema/slice.yaml").data)


def test_part_under_a_former_id_is_found() -> None:
    assert CUT.event(["2", "1"], {"people": {"1": {"result": "passed"}, "3": {}}})["people"] == {
        "1": {"result": "passed"}
    }


def test_slice_is_canonical_yaml() -> None:
    own = {"name": "㛃𬭎", "born": "2003-05-17", "n": "no", "long": "字" * 300}
    events: list[tuple[str, dict[str, object]]] = [("b", {"people": {"1": {}}}), ("a", {"people": {"1": {}}})]
    made = cut_slice(["1"], "data/x.yaml", own, events, CUT)
    assert made.text == cut_slice(["1"], "data/x.yaml", own, reversed(events), CUT).text
    assert "\r" not in made.text
    assert "㛃𬭎" in made.text
    assert yaml.safe_load(made.text)["record"] == own
    assert [event["file"] for event in yaml.safe_load(made.text)["events"]] == ["a", "b"]


def assignment(day: str, people: list[object], **other: object) -> Entry:
    return Entry("1", "assign", date.fromisoformat(day), {"people": people, **other}, (Place("x"),))


def test_each_entry_states_the_whole_set() -> None:
    entries = [
        assignment("2022-01-01", ["a", "b"]),
        assignment(
            "2023-03-01", ["b", {"name": "外", "unit": "某校"}], ended=[{"person": "a", "date": date(2023, 2, 1)}]
        ),
    ]
    found = [
        (p.person if isinstance(p.person, str) else p.unit, p.from_, p.to) for p in periods(entries, "people", "ended")
    ]
    assert found == [
        ("a", date(2022, 1, 1), date(2023, 2, 1)),
        ("b", date(2022, 1, 1), None),
        ("某校", date(2023, 3, 1), None),
    ]


def test_days_do_not_repeat_what_they_share() -> None:
    assert span_of(date(2024, 9, 19), date(2024, 9, 26)) == "2024年9月19日至26日"
    assert span_of(date(2024, 9, 19), date(2024, 10, 8)) == "2024年9月19日至10月8日"
    assert span_of(date(2024, 12, 31), date(2025, 1, 2)) == "2024年12月31日至2025年1月2日"
    assert span_of(date(2024, 9, 19), date(2024, 9, 19)) == "2024年9月19日"


def test_values_are_worded_by_their_schema() -> None:
    wording = Wording(lambda kind, id: "甲" if (kind, id) == ("person", "7") else None)
    person = Field("by", "", ("id",), ref="person")
    assert (
        wording.text(["7", {"name": "乙", "unit": "某校"}, "8"], Field("by", "", ("list",), item=person)) == "甲、乙、8"
    )
    assert wording.text("passed", Field("result", "", ("id",), values={"passed": "通过"})) == "通过"
    assert wording.text(True) == "是"
    assert wording.text([1, 2], None, "count") == "2"
    assert wording.text(date(2024, 3, 5), None, "month") == "2024年3月"
    assert wording.text(None) == ""
