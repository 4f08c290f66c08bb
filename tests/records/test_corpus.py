"""The tree: ids, references, events merged into people, private numbers, and files that cannot be read."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from generator.diagnostics import JishiError, Place, Severity
from generator.records.corpus import Corpus, load_corpus, load_structure, load_texts
from generator.records.nearest import Nearest
from tests.records.samples import MEETING, PERSON, TEACHER, TREE, schemas, write_tree

SCHEMAS = schemas()
PERSON_PATH = "data/cs/ug-1/people/2021030117.yaml"
EVENT_PATH = "data/cs/ug-1/events/2024-05-20-admission_meeting.yaml"
OTHER_BRANCH = {"data/office/st-1/branch.yaml": "name: 机关支部\nkind: staff\n"}


def corpus(*changes: dict[str, str]) -> Corpus:
    tree = dict(TREE)
    for change in changes:
        tree.update(change)
    return load_texts({path: text.encode() for path, text in tree.items()}, SCHEMAS)


def said(found: Corpus) -> list[tuple[str, str, int, int]]:
    located = [found.locate(one) for one in found.findings]
    return [(one.code, one.place.path, one.span.line, one.span.column) for one in located if one.span is not None]


def test_a_sound_tree_has_no_finding(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)
    found = load_corpus(tmp_path, SCHEMAS)
    assert found.findings == ()
    assert found.files == len(TREE)
    assert set(found.people) == {"2008017", "2010022", "2021030117"}
    assert set(found.branches) == {"ug-1"}
    assert set(found.committees) == {"cs", "office"}
    assert set(found.organisers) == {"1995003"}
    assert [event.step for event in found.events] == ["approve_admission", "admission_meeting"]
    assert found.organisation.name == "云河大学党委"
    assert found.committees["cs"].may_approve
    assert not found.committees["office"].may_approve
    assert found.person_path("2021030117") == found.person_path("2017030101") == PERSON_PATH
    assert found.person_path("1") is None
    assert found.documents[PERSON_PATH].lines[1] == "name: 林知远"


def test_events_are_merged_with_the_own_log() -> None:
    person = corpus().people["2021030117"]
    assert len(person.entries) == 7
    meeting = next(entry for entry in person.entries if entry.step == "admission_meeting")
    assert meeting.date == date(2024, 5, 20)
    assert meeting.get("due") == 23
    assert meeting.get("ballots.for") == 18
    assert "people" not in meeting.fields
    assert meeting.event == EVENT_PATH
    assert meeting.place() == Place(EVENT_PATH, ("people", "2021030117"))
    assert meeting.place("due") == Place(EVENT_PATH, ("due",))
    assert meeting.place("date") == Place(EVENT_PATH, ("date",))
    assert meeting.place("ballots.for") == Place(EVENT_PATH, ("people", "2021030117", "ballots", "for"))
    assert meeting.place("attendance.voting.1") == Place(EVENT_PATH, ("attendance", "voting", 1))
    own = next(entry for entry in person.entries if entry.step == "talk")
    assert own.place("by.0") == Place(PERSON_PATH, ("log", 1, "by", 0))
    assert own.event is None


def test_the_persons_part_overrides_the_event() -> None:
    found = corpus({EVENT_PATH: MEETING.replace("    result: passed", "    result: passed\n    due: 22")})
    meeting = next(entry for entry in found.people["2021030117"].entries if entry.step == "admission_meeting")
    assert meeting.get("due") == 22
    assert meeting.place("due") == Place(EVENT_PATH, ("people", "2021030117", "due"))


def test_events_may_use_a_former_id() -> None:
    found = corpus({EVENT_PATH: MEETING.replace('"2021030117"', '"2017030101"')})
    assert found.findings == ()
    meeting = next(entry for entry in found.people["2021030117"].entries if entry.step == "admission_meeting")
    assert meeting.place("result") == Place(EVENT_PATH, ("people", "2017030101", "result"))


def test_a_person_named_by_two_ids_counts_once() -> None:
    found = corpus({EVENT_PATH: MEETING + '  "2017030101": {result: failed}\n'})
    assert said(found) == [("REF010", EVENT_PATH, 16, 3)]
    assert len(found.people["2021030117"].entries) == 7


def test_slips_in_ids_are_recognised_among_many() -> None:
    many = Nearest(f"20210{group}{number:03}" for group in range(10, 60) for number in range(100))
    assert many("2021035017") == "2021035017"
    assert many("2021935017") == "2021035017"
    assert many("9021035017") == "2021035017"
    assert many("xyz") is None


# (what, changed files, findings)
FAULTS = [
    ("unknown person in the log", {PERSON_PATH: PERSON.replace('by: ["2008017"]', 'by: ["2008071"]')}, [("REF001", PERSON_PATH, 17, 39)]),
    ("unknown person who waives", {PERSON_PATH: PERSON.replace('by: "1995003"', 'by: "1995004"')}, [("REF001", PERSON_PATH, 14, 74)]),
    ("unknown host", {EVENT_PATH: MEETING.replace('host: "2008017"', "host: x")}, [("REF001", EVENT_PATH, 4, 7)]),
    ("unknown voter", {EVENT_PATH: MEETING.replace('observers: ["1995003"]', "observers: [x]")}, [("REF001", EVENT_PATH, 8, 58)]),
    ("unknown writer", {EVENT_PATH: MEETING.replace('person: "2010022"', "person: x")}, [("REF001", EVENT_PATH, 13, 24)]),
    ("unknown subject", {EVENT_PATH: MEETING.replace('"2021030117"', '"2021030118"')}, [("REF003", EVENT_PATH, 11, 3)]),
    ("event without subjects",
     {EVENT_PATH: "step: oath\ndate: 2024-05-20\npeople: {}\n"},
     [("REF005", EVENT_PATH, 2, 7), ("REF009", EVENT_PATH, 3, 1)]),
    ("event of another name", {EVENT_PATH: MEETING.replace("date: 2024-05-20\n", "date: 2024-05-21\n")}, [("REF005", EVENT_PATH, 2, 7)]),
    ("unknown branch in a plan", {"data/cs/committee.yaml": TREE["data/cs/committee.yaml"].replace("ug-1", "ug-9")},
     [("REF007", "data/cs/committee.yaml", 6, 30)]),
    ("unknown approving body", {"data/office/committee.yaml": TREE["data/office/committee.yaml"].replace("through: cs", "through: ca")},
     [("REF008", "data/office/committee.yaml", 4, 19)]),
    ("unknown step of a waiver", {PERSON_PATH: PERSON.replace("step: talk, date: 2021-11", "step: tolk, date: 2021-11")},
     [("SCH012", PERSON_PATH, 14, 32)]),
    ("unknown platform of an account", {PERSON_PATH: PERSON.replace("platform: exianfeng", "platform: exianfang")},
     [("REF013", PERSON_PATH, 12, 23)]),
    ("person twice", {**OTHER_BRANCH, "data/office/st-1/people/2021030117.yaml": "name: 林知远\n"},
     [("REF002", "data/office/st-1/people/2021030117.yaml", 1, 1)]),
    ("former id of somebody else", {PERSON_PATH: PERSON.replace("2017030101", "2008017")}, [("REF002", PERSON_PATH, 3, 14)]),
    ("branch twice", {"data/office/ug-1/branch.yaml": "name: 支部\nkind: staff\n"}, [("REF006", "data/office/ug-1/branch.yaml", 1, 1)]),
    ("event of a branch the person was never in",
     {**OTHER_BRANCH, "data/office/st-1/events/2023-05-20-oath.yaml": 'step: oath\ndate: 2023-05-20\npeople: {"2021030117": {}}\n'},
     [("REF004", "data/office/st-1/events/2023-05-20-oath.yaml", 3, 10)]),
    ("event of a committee the person was never under",
     {"data/office/events/2023-05-20-oath.yaml": 'step: oath\ndate: 2023-05-20\npeople: {"2021030117": {}}\n'},
     [("REF004", "data/office/events/2023-05-20-oath.yaml", 3, 10)]),
    ("mobile number", {PERSON_PATH: PERSON.replace("native_place: 山东潍坊", "native_place: 联系 13800000000")},
     [("SEC002", PERSON_PATH, 7, 18)]),
    ("mobile number in a comment", {PERSON_PATH: PERSON.replace("# 本科生", "# 13800000000")}, [("SEC002", PERSON_PATH, 1, 3)]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_fault_between_records(change: dict[str, str], expected: list[tuple[str, str, int, int]]) -> None:
    found = corpus(change)
    assert said(found) == expected
    assert all(one.hint and one.message for one in found.findings)


def test_an_unreadable_person_is_still_known() -> None:
    """One broken file gives one finding, not one more for every reference to the person."""
    found = corpus({PERSON_PATH: "name: [\n"})
    assert [one.code for one in found.findings] == ["YML010"]
    assert found.findings[0].person == "2021030117"
    assert len(found.people["2021030117"].entries) == 2
    assert found.unread == {"2021030117"}
    assert corpus().unread == frozenset()


def test_identity_number_in_plain_text_is_found_and_not_repeated() -> None:
    # A made-up number: region 000000 does not exist, the check digit is computed.
    body = "10000019000101000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    found = corpus({PERSON_PATH: PERSON + f"- {{step: oath, date: 2024-06-01, place: 证件 {number}}}\n"})
    assert [one.code for one in found.findings] == ["SEC001"]
    assert number not in repr(found.findings)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    mistyped = corpus({PERSON_PATH: PERSON + f"- {{step: oath, date: 2024-06-01, place: 编号 {wrong}}}\n"})
    assert [one.code for one in mistyped.findings] == ["SEC001"]


@pytest.mark.parametrize("id", ["2021030117", "13021030117", "202103011799", "S13021030117"])
def test_student_numbers_are_no_private_numbers(id: str) -> None:
    change = {
        f"data/cs/ug-1/people/{id}.yaml": TEACHER,
        "data/cs/ug-1/events/2023-05-20-talk.yaml": f'step: talk\ndate: 2023-05-20\nby: ["{id}"]\npeople: {{"2021030117": {{}}}}\n',
    }
    assert corpus(change).findings == ()


def test_a_person_who_moved_may_be_named_where_they_were() -> None:
    event = "data/office/st-1/events/2023-05-20-oath.yaml"
    above = "data/office/events/2023-06-20-approve_admission.yaml"
    change = {
        **OTHER_BRANCH,
        event: 'step: oath\ndate: 2023-05-20\npeople: {"2021030117": {}}\n',
        above: 'step: approve_admission\ndate: 2023-06-20\npeople: {"2021030117": {}}\n',
        PERSON_PATH: PERSON + "- {step: move, date: 2023-09-01, from_branch: st-1, to_branch: ug-1}\n",
    }
    assert corpus(change).findings == ()


def test_related_places_are_located() -> None:
    found = corpus({**OTHER_BRANCH, "data/office/st-1/people/2021030117.yaml": "name: 林知远\n"})
    (one,) = (found.locate(one) for one in found.findings)
    assert one.related[0].place.path == PERSON_PATH
    assert one.related[0].span is not None
    assert found.line(PERSON_PATH, one.related[0].span) == "name: 林知远"


def test_structure_is_read_without_opening_personal_folders(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)
    whole = load_structure(tmp_path, SCHEMAS)
    for folder in ("data/cs/events", "data/cs/organisers", "data/cs/ug-1/people", "data/cs/ug-1/events"):
        # Whoever opened one of these, even as root, would find something that is no record.
        (tmp_path / folder / "trap.yaml").mkdir()
        (tmp_path / folder).chmod(0)
    try:
        shut = load_structure(tmp_path, SCHEMAS)
    finally:
        for folder in ("data/cs/events", "data/cs/organisers", "data/cs/ug-1/people", "data/cs/ug-1/events"):
            (tmp_path / folder).chmod(0o755)
    for found in (whole, shut):
        assert found.findings == ()
        assert set(found.branches) == {"ug-1"}
        assert set(found.committees) == {"cs", "office"}
        assert found.people == {}
        assert found.events == ()
        assert found.files == 4


def test_unreadable_things_are_findings(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)
    people = tmp_path / "data/cs/ug-1/people"
    (people / "folder.yaml").mkdir()
    (people / "loop.yaml").symlink_to("loop.yaml")
    (people / "gone.yaml").symlink_to("nowhere")
    (people / "circle").symlink_to("../people")
    os.mkfifo(people / "pipe.yaml")
    (people / "a\nb.yaml").write_text("name: 张三\n", encoding="utf-8")
    (people / "张三.yaml").write_text("name: 张三\n", encoding="utf-8")
    (people / "old.yml").write_text("name: 张三\n", encoding="utf-8")
    (tmp_path / "data/cs/ug-1/stray.yaml").write_text("name: 张三\n", encoding="utf-8")
    (people / "2021030117.age").write_bytes(b"\xff")
    with open(os.fsencode(people) + b"/\xff\xfe.yaml", "wb") as file:  # noqa: PTH123
        file.write(b"name: x\n")
    found = load_corpus(tmp_path, SCHEMAS)
    codes = {(one.place.path.rsplit("/", 1)[-1], one.code) for one in found.findings}
    assert ("folder.yaml", "YML031") in codes
    assert [one.code for one in found.findings if "circle" in one.place.path] == ["YML031"]
    assert ("loop.yaml", "YML030") in codes
    assert ("gone.yaml", "YML030") in codes
    assert ("pipe.yaml", "YML031") in codes
    assert ("张三.yaml", "YML033") in codes
    assert ("a\\nb.yaml", "YML033") in codes
    assert ("old.yml", "YML034") in codes
    assert ("stray.yaml", "YML034") in codes
    assert ("\\xff\\xfe.yaml", "YML032") in codes
    assert set(found.people) - found.unread == {"2008017", "2010022", "2021030117"}
    for one in found.findings:
        found.locate(one)
        (one.message + one.hint + one.place.path).encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file_is_a_finding(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)
    (tmp_path / PERSON_PATH).chmod(0)
    found = load_corpus(tmp_path, SCHEMAS)
    assert [(one.code, one.place.path) for one in found.findings] == [("YML030", PERSON_PATH)]


def test_missing_files_are_named(tmp_path: Path) -> None:
    tree = {
        path: text
        for path, text in TREE.items()
        if not path.endswith(("branch.yaml", "organisation.yaml", "cs/committee.yaml"))
    }
    write_tree(tmp_path, tree)
    found = load_corpus(tmp_path, SCHEMAS)
    missing = [one.place.path for one in found.findings if one.code == "YML035"]
    assert missing == ["data/cs/committee.yaml", "data/cs/ug-1/branch.yaml", "data/organisation.yaml"]
    assert found.branches["ug-1"].committee == "cs"
    assert all(one.severity is Severity.ERROR for one in found.findings)


def test_no_records_at_all(tmp_path: Path) -> None:
    with pytest.raises(JishiError):
        load_corpus(tmp_path, SCHEMAS)


def test_a_file_changed_meanwhile_is_located_as_far_as_possible(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, PERSON_PATH: PERSON.replace("2003-05-17", "2003-02-30")})
    found = load_corpus(tmp_path, SCHEMAS)
    (tmp_path / PERSON_PATH).write_text("name: x\n", encoding="utf-8")
    (one,) = found.findings
    assert found.locate(one).span is not None


def test_only_a_few_documents_stay_in_memory() -> None:
    change = {f"data/cs/ug-1/people/{number}.yaml": TEACHER for number in range(1000, 1100)}
    found = corpus(change)
    for path in found.documents:
        assert found.documents[path].text
    assert len(found.documents._kept) < 50 < len(found.documents)
