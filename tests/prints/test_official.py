"""Official documents say what the records say of the people concerned, and leave the rest to a hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.audit.read import load_schemas
from generator.definitions.document_files import BUILT_IN, load_documents
from generator.definitions.documents import DocumentForm, DocumentPart, Piece, RosterBlock, Text, TextBlock
from generator.definitions.load import load_definitions
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.records.schema import RecordSchemas
from generator.records.schema_fields import Field
from generator.views.official import Lack, OfficialDesk, blank_official
from generator.views.official_parts import in_chinese, numbered
from generator.views.official_sheet import Official, Paragraph, Run, plain_text, text_of, width_of
from generator.views.official_text import TITLE_WIDTH
from tests.prints.college import LONG, MEETING, NAMES, NOTHING, OTHER, SECRET_NOTE, WHOLE, person_file, write
from tests.prints.official_college import (
    APPROVED,
    AS_OF,
    BRANCH_TWO,
    ELSEWHERE,
    EXTENDED,
    FILED,
    REFUSED,
    SHARED_REASON,
    STRANGE,
    desk_of,
    make_official_college,
)

DEFINITIONS = load_definitions(None)
DOCUMENTS = load_documents(shelf_for(None))
GOLDEN = Path(__file__).parent / "official_golden"
OTHERWISE = (
    "reply_admission_refused",
    "request_cancellation",
    "reply_cancellation",
    "reply_extension",
    "request_target",
)
CODES = "M12", "M14", "M18", "M21", "M22", "M23", "M25", "M26", "M29", "M31", "M33", "M34", "M42", "M43", "M44"
OUTSIDE = ("person", "branch", "committee", "organisation", "since", "probation", "item", "about")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> OfficialDesk:
    return desk_of(make_official_college(tmp_path_factory.mktemp("official")))


def document(id: str) -> DocumentForm:
    return next(each for each in DOCUMENTS if each.id == id)


def one(made: tuple[Official, ...]) -> Official:
    (official,) = made
    return official


def texts(part: DocumentPart) -> Iterator[Text]:
    yield from (*part.title, part.addressee, part.issuer, part.date, part.note, part.number)
    for block in part.blocks:
        if isinstance(block, TextBlock):
            yield block.text
        elif isinstance(block, RosterBlock):
            yield from (column.text for column in block.columns)


def places(each: DocumentForm) -> list[Piece]:
    return [piece for part in (each.main, *each.parts) for text in texts(part) for piece in text if not piece.words]


def test_every_paper_that_is_a_document_has_one() -> None:
    codes = {each.code for each in DOCUMENTS}
    assert codes == set(CODES)
    assert len({each.id for each in DOCUMENTS}) == len(DOCUMENTS) == 25


@pytest.mark.parametrize("each", DOCUMENTS, ids=lambda each: each.id)
def test_places_name_known_steps_and_fields(each: DocumentForm) -> None:
    schemas = load_schemas(Path(), DEFINITIONS)
    assert each.code in DEFINITIONS.materials
    assert {occasion.step for occasion in each.about} <= set(DEFINITIONS.steps)
    refs = [ref for piece in places(each) for ref in piece.refs if ref not in BUILT_IN]
    assert refs
    for ref in refs:
        head, _, rest = ref.partition(".")
        if head == "about":
            assert any(field_of(schemas, occasion.step, rest) for occasion in each.about), ref
        elif head == "item":
            listed = field_of(schemas, *(each.items or "political_review.letters").split("."))
            assert listed is not None
            assert listed.item is not None
            assert listed.item.at((rest,)), ref
        elif head not in OUTSIDE:
            assert field_of(schemas, head, rest), ref
    for occasion in each.about:
        for key, values in occasion.when.items():
            field = field_of(schemas, occasion.step, key)
            assert field is not None
            assert set(values) - {"false"} <= set(field.values), key


def test_conditions_on_findings_name_codes_of_the_procedure() -> None:
    said = {
        key.partition(".")[2]
        for each in DOCUMENTS
        for part in (each.main, *each.parts)
        for block in part.blocks
        if isinstance(block, TextBlock)
        for key in block.when
        if key.startswith("found.")
    }
    assert said
    assert said <= {limit.code for each in DEFINITIONS.procedures for step in each.steps.values() for limit in step.limits}


def field_of(schemas: RecordSchemas, step: str, path: str) -> Field | None:
    shape = schemas.entry(step)
    # Of the votes of absent people documents show the number.
    return shape.field.at(tuple(path.replace("written.count", "written").split("."))) if shape is not None else None


@pytest.mark.parametrize("id", [each.id for each in DOCUMENTS])
def test_text(desk: OfficialDesk, id: str, request: pytest.FixtureRequest) -> None:
    # What was decided of the first person is not what these five tell of.
    assert (desk.lack(document(id), WHOLE) is not None) == (id in OTHERWISE)
    whole = () if id in OTHERWISE else desk.for_person(document(id), WHOLE)
    second = REFUSED if id == "reply_admission_refused" else ELSEWHERE
    group = () if desk.lack(document(id), second) else desk.for_group(document(id), second)
    made = [*whole, *group, blank_official(document(id), AS_OF)]
    shown = "".join(f"[{official.file}]\n{plain_text(official)}\n" for official in made)
    path = GOLDEN / f"{id}.txt"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_everybody_of_an_event_is_named(desk: OfficialDesk) -> None:
    official = one(desk.for_event(document("request_admission"), MEETING))
    said = plain_text(official)
    assert official.people == (WHOLE, OTHER)
    assert f"1.{NAMES[WHOLE]}，" in said
    assert f"2.{STRANGE}，" in said
    assert "赞成16票" in said
    assert "赞成13票" in said
    assert f"接收{NAMES[WHOLE]}、{STRANGE}等2名同志" in said


def test_a_group_is_who_shares_the_event(desk: OfficialDesk) -> None:
    assert one(desk.for_group(document("request_admission"), OTHER)).people == (WHOLE, OTHER)
    # The own file gives the occasion: nobody else is concerned.
    assert one(desk.for_group(document("report_target"), WHOLE)).people == (WHOLE,)


def test_one_person_alone_says_nothing_of_others(desk: OfficialDesk) -> None:
    made = one(desk.for_person(document("request_admission"), WHOLE))
    said = plain_text(made)
    assert NAMES[WHOLE] in said
    assert "赞成16票" in said
    for other in (STRANGE, "赞成13票", SECRET_NOTE, "外派挂职", "等2名"):
        assert other not in said
    extracts = desk.for_event(document("minutes_admission"), MEETING)
    assert [official.people for official in extracts] == [(WHOLE,), (OTHER,)]
    assert STRANGE not in plain_text(extracts[0])
    assert NAMES[WHOLE] not in plain_text(extracts[1])


def test_each_branch_has_its_own_answer(desk: OfficialDesk) -> None:
    first, second = desk.for_event(document("reply_activist"), FILED)
    assert first.people == (WHOLE, OTHER)
    assert second.people == (ELSEWHERE,)
    assert "本科生第一党支部：" in plain_text(first)
    assert "本科生第二党支部：" in plain_text(second)
    assert "宗政青黛" not in plain_text(first)
    assert NAMES[WHOLE] not in plain_text(second)
    assert plain_text(second).startswith("备〔2021〕5 号\n")
    assert "你支部2021年3月24日的备案报告" in plain_text(second)
    # Two days in one place would say that it was reported twice.
    assert "你支部　　　　年　　月　　日的备案报告" in plain_text(first)


def test_who_was_refused_is_not_among_those_admitted(desk: OfficialDesk) -> None:
    admitted = one(desk.for_event(document("reply_admission"), APPROVED))
    refused = one(desk.for_event(document("reply_admission_refused"), APPROVED))
    assert (admitted.people, refused.people) == ((ELSEWHERE,), (REFUSED,))
    assert "澹台砚北" not in plain_text(admitted)
    assert "预备期自2022年10月20日至2023年10月19日" in plain_text(admitted)
    # What was recorded as an opinion is not called a reason.
    assert "意见：材料不全。" in plain_text(refused)
    assert "理由" not in plain_text(refused)
    assert not desk.applies(document("reply_admission"), REFUSED)
    with pytest.raises(JishiError, match="记录里没有这一决定：接收预备党员批复（2020000022）"):
        desk.for_person(document("reply_admission"), REFUSED)
    assert desk.applies(document("reply_admission_refused"), REFUSED)


def test_what_may_speak_of_others_stays_out(desk: OfficialDesk) -> None:
    official = one(desk.for_event(document("request_extension"), EXTENDED))
    said = plain_text(official)
    assert official.people == (WHOLE, OTHER)
    assert SHARED_REASON not in said
    first, second = (line for line in said.splitlines() if line[:2] in ("1.", "2."))
    assert first.startswith(f"1.{NAMES[WHOLE]}，")
    assert "延长预备期6个月，理由：　" in first
    assert "延长预备期　　个月，理由：　" in second


def test_a_meeting_that_decided_otherwise_gives_no_occasion(desk: OfficialDesk) -> None:
    assert desk.applies(document("request_extension"), OTHER)
    assert not desk.applies(document("request_cancellation"), OTHER)
    with pytest.raises(JishiError, match="没有可以写入"):
        desk.for_event(document("request_cancellation"), EXTENDED)


def test_of_documents_with_one_code_only_those_that_may_be_meant_are_made(desk: OfficialDesk) -> None:
    def meant(code: str, person: str) -> list[str]:
        return [each.id for each in desk.of_code(code) if desk.lack(each, person) is None]

    assert meant("M34", WHOLE) == ["reply_admission", "request_admission"]
    assert meant("M34", REFUSED) == ["reply_admission_refused"]
    assert meant("M44", OTHER) == ["reply_conversion", "request_conversion", "request_extension"]
    assert meant("M44", NOTHING) == meant("M34", NOTHING) == []


def test_whether_a_branch_reports_or_asks_follows_the_version_of_the_day(desk: OfficialDesk, tmp_path: Path) -> None:
    def meant(of: OfficialDesk, person: str) -> list[str]:
        return [each.id for each in of.of_code("M22") if of.lack(each, person) is None]

    assert meant(desk, WHOLE) == ["reply_target", "report_target"]
    assert meant(desk, NOTHING) == []
    with pytest.raises(JishiError, match="没有这一决定"):
        desk.for_person(document("request_target"), WHOLE)
    root = make_official_college(tmp_path)
    file = root / f"data/cs/{BRANCH_TWO}/people/{ELSEWHERE}.yaml"
    later = "- {step: propose_target, date: 2026-09-14, result: passed}\n"
    file.write_text(file.read_text(encoding="utf-8") + later, encoding="utf-8")
    today = desk_of(root, AS_OF.replace(year=2026, month=10))
    assert meant(today, ELSEWHERE) == ["request_target"]
    # What was decided under the earlier version is still told in its words.
    assert meant(today, WHOLE) == ["reply_target", "report_target"]


def test_a_letter_for_each_relative(desk: OfficialDesk) -> None:
    letters = desk.for_person(document("letter"), WHOLE)
    assert [official.file for official in letters] == [f"M25-letter-{WHOLE}-1", f"M25-letter-{WHOLE}-2"]
    assert "了解其父亲　" in plain_text(letters[0])
    assert "了解其母亲　" in plain_text(letters[1])
    assert len(desk.for_person(document("letter"), ELSEWHERE)) == 1


AHEAD = (
    ("report_activist", date(2021, 3, 15), "会议决定，将／不将", "会议决定，将林"),
    ("reply_activist", date(2021, 3, 22), "准予／不予备案", "准予备案。"),
    ("report_target", date(2022, 4, 13), "拟列为／不列为发展对象", "，拟列为发展对象。"),
    ("reply_target", date(2022, 4, 18), "予以备案（同意）／退回", "（同意）。"),
    ("request_preview", date(2022, 9, 15), "合格／不合格，同意／不同意报请预审", "合格，同意报请预审"),
    ("request_admission", date(2022, 10, 27), "会议决议，接收／不接收", "会议决议，接收林"),
    ("reply_admission", date(2022, 11, 20), "同意／不同意接收", "，同意接收"),
    ("request_conversion", date(2023, 11, 1), "会议决议，同意／不同意", "会议决议，林"),
    ("reply_conversion", date(2023, 11, 10), "同意／不同意", "，同意林"),
)


@pytest.mark.parametrize(("id", "day", "choice", "decided"), AHEAD, ids=[each[0] for each in AHEAD])
def test_a_decision_still_to_come_is_a_choice_for_the_hand(
    tmp_path: Path, id: str, day: date, choice: str, decided: str
) -> None:
    desk = desk_of(make_official_college(tmp_path), day)
    assert not desk.applies(document(id), WHOLE)
    said = plain_text(one(desk.for_group(document(id), WHOLE)))
    assert f"{NAMES[WHOLE]}同志" in said
    assert choice in said
    assert decided not in said
    # A blank document keeps its words.
    assert "／" not in plain_text(blank_official(document(id), AS_OF))


def test_where_nothing_is_recorded_there_is_room(tmp_path: Path) -> None:
    desk = desk_of(make_official_college(tmp_path), date(2022, 10, 27))
    said = plain_text(one(desk.for_group(document("request_admission"), WHOLE)))
    assert "赞成　　票" in said
    assert "　　　　年　　月　　日，本科生第一党支部召开" in said


def test_before_its_step_no_document_is_made(desk: OfficialDesk, tmp_path: Path) -> None:
    assert {desk.lack(each, NOTHING) for each in DOCUMENTS} == {Lack.AHEAD}
    early = desk_of(make_official_college(tmp_path), date(2022, 10, 27))
    assert early.lack(document("reply_admission"), WHOLE) is Lack.AHEAD
    with pytest.raises(JishiError, match="尚未办到这一步：接收预备党员批复"):
        early.for_person(document("reply_admission"), WHOLE)
    # A refusal is never made ahead of the decision, nor is anything that was not the outcome of the meeting.
    late = desk_of(make_official_college(tmp_path / "late"), date(2022, 11, 20))
    assert late.lack(document("reply_admission"), WHOLE) is None
    assert late.lack(document("reply_admission_refused"), WHOLE) is Lack.UNDECIDED


@pytest.mark.parametrize(
    ("step", "words", "refused", "ids"),
    [
        ("admission_meeting", "result: failed", date(2022, 11, 20), ("request_admission", "reply_admission")),
        ("consent_target", "decision: returned", date(2022, 5, 10), ("reply_target", "notice_target")),
        ("file_activist", "decision: returned", date(2021, 4, 10), ("reply_activist",)),
    ],
)
def test_nothing_is_approved_for_whoever_was_refused(
    tmp_path: Path, step: str, words: str, refused: date, ids: tuple[str, ...]
) -> None:
    root = make_official_college(tmp_path)
    days = {"admission_meeting": "2022-10-28", "consent_target": "2022-04-25", "file_activist": "2021-03-30"}
    head, _, log = (root / person_file(LONG)).read_text(encoding="utf-8").partition("log:\n")
    whole = (root / person_file(WHOLE)).read_text(encoding="utf-8").partition("log:\n")[2].splitlines()
    before = [line for line in whole if line.partition("date: ")[2][:10] < days[step]]
    lines = [*before, f"- {{step: {step}, date: {days[step]}, {words}}}"]
    assert log
    write(root, person_file(LONG), head + "log:\n" + "\n".join(lines) + "\n")
    desk = desk_of(root, refused)
    assert desk.lack(document("minutes_activist"), LONG) is None
    for id in ids:
        assert desk.lack(document(id), LONG) is not None, id
        with pytest.raises(JishiError, match="没有生成"):
            desk.for_person(document(id), LONG)


def converted(root: Path, *entries: str) -> OfficialDesk:
    """The first person admitted on 2022-10-28, and what then was decided on the probation."""
    path = root / person_file(WHOLE)
    text = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if "conversion" not in line and "archive" not in line]
    (root / EXTENDED).unlink()
    path.write_text("\n".join([*kept, *entries]) + "\n", encoding="utf-8")
    return desk_of(root, date(2024, 8, 1))


def meeting(day: str, words: str) -> str:
    return f"- {{step: conversion_meeting, date: {day}, due: 21, present: 19, result: passed, {words}}}"


def approval(day: str, words: str) -> str:
    return f"- {{step: approve_conversion, date: {day}, body: cs, result: passed, {words}}}"


def test_who_was_extended_is_not_converted_on_time(tmp_path: Path) -> None:
    desk = converted(
        tmp_path_college(tmp_path),
        meeting("2023-11-03", "outcome: extend, extension_months: 6"),
        approval("2023-12-01", "outcome: extend"),
        meeting("2024-05-06", "outcome: convert"),
        approval("2024-06-03", "outcome: convert, effective: 2024-04-28"),
    )
    for id in ("request_conversion", "reply_conversion"):
        said = plain_text(one(desk.for_person(document(id), WHOLE)))
        assert "延长预备期满，同意" in said
        assert "按期" not in said


def test_who_was_discussed_late_is_not_converted_on_time(tmp_path: Path) -> None:
    late = "outcome: convert, late: {cause: organisation, reason: 支部换届}"
    desk = converted(
        tmp_path_college(tmp_path),
        meeting("2024-03-06", late),
        approval("2024-04-03", "outcome: convert, effective: 2023-10-28"),
    )
    for id in ("request_conversion", "reply_conversion"):
        said = plain_text(one(desk.for_person(document(id), WHOLE)))
        assert f"同意{NAMES[WHOLE]}同志转为中共正式党员" in said
        assert "按期" not in said
        assert "延长" not in said


def test_who_was_discussed_late_without_a_reason_is_left_to_the_hand(tmp_path: Path) -> None:
    desk = converted(
        tmp_path_college(tmp_path),
        meeting("2024-03-06", "outcome: convert"),
        approval("2024-04-03", "outcome: convert, effective: 2023-10-28"),
    )
    for id in ("request_conversion", "reply_conversion"):
        official = one(desk.for_person(document(id), WHOLE))
        assert "按期" not in plain_text(official)
        minutes = one(desk.for_person(document("minutes_conversion"), WHOLE))
        assert "决定：转正" in plain_text(minutes)
        assert "按期" not in plain_text(minutes)
        (line,) = (block.runs for block in official.parts[0].blocks if isinstance(block, Paragraph)
                   if text_of(block.runs).endswith("转为中共正式党员。"))
        assert [run.blank for run in line if run.blank] == [4]


def test_who_was_discussed_in_time_is_converted_on_time(tmp_path: Path) -> None:
    desk = converted(
        tmp_path_college(tmp_path),
        meeting("2023-11-03", "outcome: convert"),
        approval("2023-12-01", "outcome: convert, effective: 2023-10-28"),
    )
    for id in ("request_conversion", "reply_conversion"):
        assert f"{NAMES[WHOLE]}同志按期转为" in plain_text(one(desk.for_person(document(id), WHOLE)))


def tmp_path_college(folder: Path) -> Path:
    return make_official_college(folder / "college")


def test_whoever_moved_takes_only_their_own_part_along(tmp_path: Path) -> None:
    root = make_official_college(tmp_path)
    there = root / f"data/cs/{BRANCH_TWO}/people/{OTHER}.yaml"
    (root / person_file(OTHER)).rename(there)
    desk = desk_of(root)
    made = one(desk.for_group(document("request_admission"), OTHER))
    assert made.people == (OTHER,)
    assert NAMES[WHOLE] not in plain_text(made)
    # It was the first branch that decided, on both of them.
    assert "本科生第一党支部召开" in plain_text(made)
    assert one(desk.for_group(document("request_admission"), WHOLE)).people == (WHOLE, OTHER)


def test_what_happened_later_is_not_known_yet(tmp_path: Path) -> None:
    early = desk_of(make_official_college(tmp_path), AS_OF.replace(year=2022, month=6))
    assert not early.applies(document("request_admission"), WHOLE)
    with pytest.raises(JishiError, match="没有可以写入"):
        early.for_event(document("request_admission"), MEETING)


def test_nobody_is_left_out_of_a_list_in_silence(tmp_path: Path) -> None:
    root = make_official_college(tmp_path)
    write(root, person_file(OTHER), "name: [\n")
    with pytest.raises(JishiError, match=f"写了 {OTHER}，但没有读到"):
        desk_of(root).for_event(document("request_admission"), MEETING)


def test_a_blank_document_names_nobody(desk: OfficialDesk) -> None:
    for each in DOCUMENTS:
        empty, of_branch = blank_official(each, AS_OF), desk.blank(each, BRANCH_TWO)
        assert empty.people == of_branch.people == ()
        assert any(run.blank for part in empty.parts for run in _runs(part))
        assert not any(name in plain_text(of_branch) for name in (*NAMES.values(), STRANGE, "宗政青黛"))
        assert "党支部" not in text_of(empty.parts[0].addressee)
    assert "本科生第二党支部" in plain_text(desk.blank(document("report_activist"), BRANCH_TWO))
    assert "召开支部党员大会研究" in plain_text(desk.blank(document("report_activist"), BRANCH_TWO))


def _runs(part: object) -> Iterator[Run]:
    for block in getattr(part, "blocks"):  # noqa: B009
        if isinstance(block, Paragraph):
            yield from block.runs


def test_titles_break_between_phrases(desk: OfficialDesk) -> None:
    checked = 0
    for each in DOCUMENTS:
        for official in desk.for_person(each, WHOLE) if desk.lack(each, WHOLE) is None else ():
            for part in official.parts:
                for line in part.title:
                    assert width_of(line) <= TITLE_WIDTH or NAMES[WHOLE] in text_of(line)
                    checked += 1
    assert checked > 30


@pytest.mark.parametrize("id", ["request_admission", "reply_admission"])
def test_a_name_too_long_for_its_phrase_has_a_line_of_its_own(tmp_path: Path, id: str) -> None:
    root = make_official_college(tmp_path)
    path = root / person_file(WHOLE)
    path.write_text(path.read_text(encoding="utf-8").replace(NAMES[WHOLE], NAMES[NOTHING]), encoding="utf-8")
    official = one(desk_of(root).for_person(document(id), WHOLE))
    title = [text_of(line) for line in official.parts[0].title]
    assert f"{NAMES[NOTHING]}同志" in title
    assert title[-1] == f"为预备党员的{document(id).name[-2:]}"


def test_numbers_of_levels() -> None:
    assert [numbered(depth, 2) for depth in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    assert [in_chinese(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("body: ['{nonsense}']", "第 5 行：不认识的引用“nonsense”"),
        ("body: ['{sealed.mobile}']", "封存"),
        ("body: ['{about.date|99}']", "不认识的留空“99”"),
        ("body: ['{about.date']", "花括号不成对"),
        ("bodies: []", "不认识的键 bodies"),
        ("body: [{level: '7', text: 一}]", "不认识的 level“7”"),
    ],
)
def test_faults_of_a_document_file_have_a_line(tmp_path: Path, wrong: str, message: str) -> None:
    write(tmp_path, "schema/documents/own.yaml", f"id: own\ncode: M14\nname: 自拟\nabout: [talk]\n{wrong}\n")
    with pytest.raises(JishiError, match=r"schema/documents/own\.yaml") as caught:
        load_documents(shelf_for(tmp_path))
    assert message in caught.value.message


def test_a_further_file_is_a_further_document(tmp_path: Path) -> None:
    root = make_official_college(tmp_path)
    own = 'id: own\ncode: M02\nname: 谈话通知\nabout: [talk]\ntitle: [谈话通知]\nbody: ["{person.name}于{about.date|date}谈话。"]\n'
    write(root, "schema/documents/own.yaml", own)
    desk = desk_of(root)
    (added,) = desk.of_code("M02")
    assert "林知远于2020年11月5日谈话。" in plain_text(one(desk.for_person(added, WHOLE)))
