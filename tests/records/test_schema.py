"""Every kind of record: the least and the most it may hold is accepted, and each bad value is reported where it stands."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, JishiError, Place
from generator.records.load import check_text
from generator.records.schema import KINDS, RecordSchemas
from generator.records.schema_fast import compile_field
from generator.records.schema_fields import Field
from tests.records.samples import SCHEMA_FOLDER, STEP_KINDS, TREE, schemas

SCHEMAS = schemas()
SCHEMAS_PLACE = Place("x.yaml")


def said(kind: str, text: str) -> list[tuple[str, int, int]]:
    found: list[Diagnostic] = check_text(kind, text, SCHEMAS)
    return [(one.code, one.span.line, one.span.column) for one in found if one.span is not None]


def full(field: Field, depth: int = 0) -> Any:
    """A value with everything a field may hold, in the text form of YAML data."""
    if field.fields is not None and "dict" in field.types:
        return {key: full(child, depth + 1) for key, child in field.fields.items()}
    if "list" in field.types and field.item is not None:
        return [full(field.item, depth + 1)]
    if field.part is not None:
        key = field.part_key.sample.strip('"') if field.part_key is not None else "a"
        return {key: full(field.part, depth + 1)}
    return field.sample.strip('"')


def test_every_kind_of_the_design_is_there() -> None:
    names = (
        "apply talk recommend committee_meeting filing assign_contacts inspect report training opinions "
        "publicity listing assign_sponsors political_review preview fill_book sponsor_opinion members_meeting "
        "review_body superior_talk approval join_group oath apply_conversion deferral archive archive_delay "
        "status_change stage_change move transfer follow_up lost_contact platform_audit platform_check dossier_review "
    )
    assert set(SCHEMAS.kinds) == set(names.split())
    assert set(STEP_KINDS.values()) == set(SCHEMAS.kinds)


@pytest.mark.parametrize("step", STEP_KINDS)
def test_dates_alone_are_a_valid_entry(step: str) -> None:
    assert said("person", f"name: 张三\nlog:\n- {{step: {step}, date: 2024-05-20}}\n") == []
    assert said("event", f'step: {step}\ndate: 2024-05-20\npeople: {{"1": {{}}}}\n') == []


@pytest.mark.parametrize("step", STEP_KINDS)
def test_everything_a_step_may_hold_is_accepted(step: str) -> None:
    """Also shows that every example in the schemas is itself right."""
    shape = SCHEMAS.entry(step)
    assert shape is not None
    entry = full(shape.field)
    entry["step"] = step
    assert len(entry) >= 5
    checked = SCHEMAS.check("person", {"name": "张三", "log": [entry]}, "x.yaml")
    assert checked.diagnostics == ()
    assert set(checked.entries[0][1]) == set(entry)
    part = {key: value for key, value in entry.items() if key not in ("step", "date")}
    event = SCHEMAS.check("event", {**entry, "people": {"2021030117": part}}, "x.yaml")
    assert event.diagnostics == ()
    assert set(event.people["2021030117"]) == set(part)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "event"])
def test_everything_a_document_may_hold_is_accepted(kind: str) -> None:
    data = full(SCHEMAS.document(kind).field)
    data.pop("log", None)
    checked = SCHEMAS.check(kind, data, "x.yaml")
    assert checked.diagnostics == ()
    assert set(checked.fields) == set(data)


def labels(field: Field) -> list[Field]:
    below = [
        *(field.fields or {}).values(),
        *(child for child in (field.item, field.part, field.part_key) if child is not None),
    ]
    return [field, *(found for child in below for found in labels(child))]


def test_every_field_has_a_chinese_label() -> None:
    fields = [found for kind in KINDS for found in labels(SCHEMAS.document(kind).field)]
    for step in STEP_KINDS:
        shape = SCHEMAS.entry(step)
        assert shape is not None
        fields += labels(shape.field)
    assert len(fields) > 300
    for field in fields:
        assert any("一" <= char <= "鿿" for char in field.label), field
        assert all(any("一" <= char <= "鿿" for char in text) for text in field.values.values()), field


def test_values_are_typed() -> None:
    text = TREE["data/cs/ug-1/events/2024-05-20-admission_meeting.yaml"]
    assert said("event", text) == []
    checked = SCHEMAS.check(
        "person",
        {
            "name": "0123",
            "born": "2003-05-17",
            "log": [
                {
                    "step": "approve_admission",
                    "date": "2024-06-18",
                    "monthly_dues": "0.2",
                    "collective": "true",
                    "body": "cs",
                },
                {"step": "train_target", "date": "2024-06-18", "hours": "24", "certificate": "0012"},
            ],
        },
        "x.yaml",
    )
    assert checked.fields == {"name": "0123", "born": datetime.date(2003, 5, 17)}
    first, second = (entry for _, entry in checked.entries)
    assert first["monthly_dues"] == Decimal("0.2")
    assert first["collective"] is True
    assert first["date"] == datetime.date(2024, 6, 18)
    assert second["hours"] == Decimal(24)
    assert second["certificate"] == "0012"


# (what, kind, text, code, line, column)
_ENTRY = "name: 张三\nlog:\n- {step: apply, date: 2021-10-08, "
FAULTS = [
    ("impossible date", "person", "name: 张三\nborn: 2003-02-30\n", "SCH004", 2, 7),
    ("short date", "person", "name: 张三\nborn: 2003-2-3\n", "SCH004", 2, 7),
    ("compact date", "person", "name: 张三\nborn: 20030203\n", "SCH004", 2, 7),
    ("week date", "person", "name: 张三\nborn: 2003-W02-3\n", "SCH004", 2, 7),
    ("full-width date", "person", "name: 张三\nborn: ２００３-02-03\n", "SCH004", 2, 7),
    ("date of another age", "person", "name: 张三\nborn: 0203-02-03\n", "SCH004", 2, 7),
    ("date with a line end", "person", 'name: 张三\nborn: "2003-02-03\\n"\n', "SCH004", 2, 7),
    ("unknown key", "person", "name: 张三\nsexe: 男\n", "SCH001", 2, 1),
    ("missing key", "person", "sex: 男\n", "SCH002", 1, 1),
    ("missing key below", "person", "name: 张三\nsanctions:\n- {kind: 警告}\n", "SCH002", 3, 4),
    ("missing key of a mapping", "person", "name: 张三\nbaseline: {arrived: 2010-09-01}\n", "SCH002", 2, 1),
    ("value not allowed", "person", "name: 张三\nsex: 汉\n", "SCH008", 2, 6),
    ("text for a list", "person", "name: 张三\nformer_names: 李四\n", "SCH003", 2, 15),
    ("text for a mapping", "person", "name: 张三\nleague: 2017-05-04\n", "SCH003", 2, 9),
    ("mapping for text", "person", "name: {a: 1}\n", "SCH003", 1, 7),
    ("list for a log entry", "person", "name: 张三\nlog:\n- [a]\n", "SCH003", 3, 3),
    ("text for the log", "person", "name: 张三\nlog: x\n", "SCH003", 2, 6),
    ("id with a blank", "person", "name: 张三\nformer_ids: [20 1]\n", "SCH007", 2, 14),
    ("full-width id", "person", "name: 张三\nformer_ids: [２０１７]\n", "SCH007", 2, 14),
    ("material code", "person", _ENTRY + "materials: [X01]}\n", "SCH011", 3, 47),
    ("material code in the long form", "person",
     "name: 张三\nlog:\n- step: apply\n  date: 2021-10-08\n  materials:\n  - {code: M1, pages: 2}\n", "SCH011", 6, 12),
    ("pages", "person", _ENTRY + "materials: [{code: M01, pages: ０４}]}\n", "SCH005", 3, 66),
    ("zero pages", "person", _ENTRY + "materials: [{code: M01, pages: 0}]}\n", "SCH009", 3, 66),
    ("defect", "person", _ENTRY + "materials: [{code: M01, defects: [old]}]}\n", "SCH008", 3, 69),
    ("unknown step", "person", "name: 张三\nlog:\n- {step: aply, date: 2021-10-08}\n", "SCH012", 3, 10),
    ("entry without step", "person", "name: 张三\nlog:\n- {date: 2021-10-08}\n", "SCH002", 3, 4),
    ("entry without date", "person", "name: 张三\nlog:\n- {step: apply}\n", "SCH002", 3, 4),
    ("field of another kind", "person", _ENTRY + "ballots: {for: 3}}\n", "SCH001", 3, 35),
    ("negative ballots", "event", 'step: admission_meeting\ndate: 2024-05-20\npeople: {"1": {ballots: {for: -1}}}\n', "SCH009", 3, 31),
    ("leading zero", "event", "step: admission_meeting\ndate: 2024-05-20\ndue: 023\npeople: {a: {}}\n", "SCH005", 3, 6),
    ("yes for true", "event", "step: admission_meeting\ndate: 2024-05-20\nsecret: yes\npeople: {a: {}}\n", "SCH006", 3, 9),
    ("person without name", "event", "step: admission_meeting\ndate: 2024-05-20\nhost: {unit: x}\npeople: {a: {}}\n", "SCH002", 3, 1),
    ("list for a person", "event", "step: admission_meeting\ndate: 2024-05-20\nhost: [a]\npeople: {a: {}}\n", "SCH003", 3, 7),
    ("bad id of a person", "event", "step: apply\ndate: 2024-05-20\npeople: {张三: {}}\n", "SCH007", 3, 10),
    ("date in a person's part", "event", "step: apply\ndate: 2024-05-20\npeople: {a: {date: 2024-05-21}}\n", "SCH001", 3, 14),
    ("event without people", "event", "step: apply\ndate: 2024-05-20\n", "SCH002", 1, 1),
    ("event without step", "event", "date: 2024-05-20\npeople: {a: {}}\n", "SCH002", 1, 1),
    ("step as list", "event", "step: [a]\ndate: 2024-05-20\npeople: {a: {}}\n", "SCH012", 1, 7),
    ("month", "person", "name: 张三\nlog:\n- {step: platform_check, date: 2021-10-08, through: 2025-13}\n", "SCH011", 3, 53),
    ("key of shows", "person", _ENTRY + "materials: [{code: M01, shows: {出生: x}}]}\n", "SCH011", 3, 67),
    ("branch kind", "branch", "name: 支部\nkind: 本科生\n", "SCH008", 2, 7),
    ("committee type missing", "committee", "name: 党委\n", "SCH002", 1, 1),
    ("quota", "committee", "name: 党委\ntype: party_committee\nplans: [{year: 24, quota: 1}]\n", "SCH009", 3, 16),
    ("organiser type", "organiser", "name: 李四\ntype: 专职\n", "SCH008", 2, 7),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "code", "line", "column"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_fault_is_reported_where_it_stands(kind: str, text: str, code: str, line: int, column: int) -> None:
    assert said(kind, text) == [(code, line, column)]


def test_all_faults_at_once() -> None:
    text = "nam: 张三\nborn: x\nlog:\n- {step: apply, date: x, received: y}\n- {step: talk, date: 2021-10-08, by: 2008017}\n"
    assert sorted(said("person", text)) == [
        ("SCH001", 1, 1),
        ("SCH002", 1, 1),
        ("SCH003", 5, 38),
        ("SCH004", 2, 7),
        ("SCH004", 4, 23),
        ("SCH004", 4, 36),
    ]


def hint(kind: str, text: str) -> str:
    found = check_text(kind, text, SCHEMAS)
    assert len(found) == 1
    return found[0].hint


def test_hints_name_what_was_probably_meant() -> None:
    assert "name（姓名）" in check_text("person", "naem: 张三\n", SCHEMAS)[0].hint
    assert "native_place" in hint("person", "name: 张三\n籍贯: 山东\n")
    assert "2003-05-07" in hint("person", "name: 张三\nborn: 2003年5月7日\n")
    assert hint("branch", "name: 支部\nkind: 本科生\n").startswith("可填：undergraduate")
    assert "apply" in hint("person", "name: 张三\nlog:\n- {step: aply, date: 2021-10-08}\n")


def test_a_single_value_is_shown_as_a_list() -> None:
    assert hint("person", _ENTRY.replace("apply", "talk") + "by: 2008017}\n") == '例如 by: ["2008017"]'


def test_findings_name_person_and_step() -> None:
    found = check_text("event", 'step: apply\ndate: 2024-05-20\npeople: {"2021030117": {received: x}}\n', SCHEMAS)
    assert [(one.person, one.step) for one in found] == [("2021030117", "apply")]


def test_what_does_not_fit_is_left_out_of_the_result() -> None:
    data = {
        "name": "张三",
        "born": "x",
        "unknown": "x",
        "former_ids": ["1", "一", "2"],
        "sanctions": [{"kind": "警告", "from": "2022-03-01"}, {"kind": "警告"}, {"kind": "?", "from": "2022-03-01"}],
        "log": [
            {"step": "apply", "date": "?"},
            {"step": "apply", "date": "2021-10-08", "received": "?", "reason": "x"},
        ],
    }
    checked = SCHEMAS.check("person", data, "x.yaml")
    assert checked.fields == {
        "name": "张三",
        "former_ids": ["1", "2"],
        "sanctions": [{"kind": "警告", "from": datetime.date(2022, 3, 1)}],
    }
    assert checked.entries == ((1, {"step": "apply", "date": datetime.date(2021, 10, 8), "reason": "x"}),)
    assert data["born"] == "x"


def test_the_fast_path_and_cerberus_agree() -> None:
    """What the fast path lets pass, Cerberus lets pass too, with the same values."""
    for step in STEP_KINDS:
        shape = SCHEMAS.entry(step)
        assert shape is not None
        entry = {**full(shape.field), "step": step}
        amiss: list[bool] = []
        typed = compile_field(shape.field)(entry, amiss)
        found: list[Diagnostic] = []
        assert not amiss
        shape.check_fully(typed, SCHEMAS_PLACE, found)
        assert found == []


def test_labels_for_products() -> None:
    assert SCHEMAS.label("admission_meeting", "ballots.for") == "赞成"
    assert SCHEMAS.label("admission_meeting", "written.0.vote") == "意见"
    assert SCHEMAS.label("admission_meeting", "nothing") == "nothing"
    assert SCHEMAS.value_label("apply", "decision", "accepted") == "受理"


def test_step_fields_extend_a_single_step() -> None:
    extended = RecordSchemas.load([SCHEMA_FOLDER], STEP_KINDS, {"oath": {"flag": {"label": "党旗", "type": "bool"}}})
    text = "name: 张三\nlog:\n- {{step: {}, date: 2021-10-08, flag: true}}\n"
    assert check_text("person", text.format("oath"), extended) == []
    assert [one.code for one in check_text("person", text.format("talk"), extended)] == ["SCH001"]


def test_rules_of_cerberus_work_beside_ours() -> None:
    rules = {
        "a": {"label": "甲", "type": "text", "maxlength": 2, "dependencies": ["b"]},
        "b": {"label": "乙", "type": "text", "excludes": "c"},
        "c": {"label": "丙", "type": "list", "minlength": 2, "schema": {"type": "int"}},
    }
    extended = RecordSchemas.load([SCHEMA_FOLDER], STEP_KINDS, {"oath": rules})

    def codes(entry: str) -> list[str]:
        return sorted(
            one.code
            for one in check_text(
                "person", f"name: 张三\nlog:\n- {{step: oath, date: 2021-10-08, {entry}}}\n", extended
            )
        )

    assert codes("a: x, b: y") == []
    assert codes("a: x") == ["SCH013"]
    assert codes("a: xyz, b: y") == ["SCH010"]
    assert codes("b: y, c: [1, 2]") == ["SCH014"]
    assert codes("c: [1]") == ["SCH010"]


@pytest.mark.parametrize(
    "fields",
    [
        {"a": {"type": "nothing"}},
        {"a": {"type": "text", "colour": "red"}},
        {"a": "text"},
        {"a": {"type": "dict", "schema": ["x"]}},
    ],
)
def test_faulty_definitions_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(JishiError):
        RecordSchemas.load([SCHEMA_FOLDER], STEP_KINDS, {"oath": fields})


def test_unknown_kind_of_step_is_refused() -> None:
    with pytest.raises(JishiError, match="nothing"):
        RecordSchemas.load([SCHEMA_FOLDER], {"apply": "nothing"})


def test_files_beside_the_records_come_first(tmp_path: Path) -> None:
    text = (SCHEMA_FOLDER / "branch.yaml").read_text(encoding="utf-8")
    (tmp_path / "branch.yaml").write_text(text + "  colour: {label: 颜色, type: text}\n", encoding="utf-8")
    own = RecordSchemas.load([tmp_path, SCHEMA_FOLDER], STEP_KINDS)
    assert check_text("branch", "name: 支部\nkind: mixed\ncolour: 红\n", own) == []
    with pytest.raises(JishiError):
        RecordSchemas.load([tmp_path], STEP_KINDS)


@pytest.mark.parametrize("text", ["- a\n", "fields: [\n", "fields: {}\nfields: {}\n"])
def test_a_faulty_schema_file_is_named_as_the_user_knows_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "committee.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(JishiError) as own:
        RecordSchemas.load([tmp_path, SCHEMA_FOLDER], STEP_KINDS)
    assert "schema/records/committee.yaml" in own.value.message
    assert "随程序安装" not in own.value.message
    assert str(tmp_path) not in own.value.message


def test_a_shipped_schema_file_is_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in SCHEMA_FOLDER.glob("*.yaml"):
        (folder / path.name).write_text("- a\n", encoding="utf-8")
    with pytest.raises(JishiError, match=r"^schema/records/[a-z]+\.yaml（随程序安装）"):
        RecordSchemas.load([tmp_path / "own", folder], STEP_KINDS)


def test_a_field_defined_twice_in_a_schema_file_is_refused(tmp_path: Path) -> None:
    text = (SCHEMA_FOLDER / "committee.yaml").read_text(encoding="utf-8")
    (tmp_path / "committee.yaml").write_text(text + "  note: {label: 备注, type: text}\n", encoding="utf-8")
    with pytest.raises(JishiError, match=r"committee\.yaml:\d+:3：.*note"):
        RecordSchemas.load([tmp_path, SCHEMA_FOLDER], STEP_KINDS)
