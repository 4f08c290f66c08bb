"""Official documents say what the records say of the people concerned, and leave the rest to a hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.audit.afresh import load_schemas
from generator.definitions.document_files import BUILT_IN, load_documents
from generator.definitions.documents import DocumentForm, DocumentPart, Piece, RosterBlock, Text, TextBlock
from generator.definitions.load import load_definitions
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.records.schema import RecordSchemas
from generator.records.schema_fields import Field
from generator.views.official import OfficialDesk, blank_official
from generator.views.official_parts import in_chinese, numbered
from generator.views.official_sheet import Official, Paragraph, Run, plain_text, text_of, width_of
from generator.views.official_text import TITLE_WIDTH
from tests.prints.college import MEETING, NAMES, NOTHING, OTHER, SECRET_NOTE, WHOLE, person_file, write
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


def field_of(schemas: RecordSchemas, step: str, path: str) -> Field | None:
    shape = schemas.entry(step)
    # Of the votes of absent people documents show the number.
    return shape.field.at(tuple(path.replace("written.count", "written").split("."))) if shape is not None else None


@pytest.mark.parametrize("id", [each.id for each in DOCUMENTS])
def test_text(desk: OfficialDesk, id: str, request: pytest.FixtureRequest) -> None:
    # What was decided of the first person is not what these five tell of.
    whole = () if id in OTHERWISE else desk.for_person(document(id), WHOLE)
    second = REFUSED if id == "reply_admission_refused" else ELSEWHERE
    made = [*whole, *desk.for_group(document(id), second), blank_official(document(id), AS_OF)]
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
    assert "理由：材料不全。" in plain_text(refused)
    assert not desk.applies(document("reply_admission"), REFUSED)
    with pytest.raises(JishiError, match="与 2020000022 的记录不符"):
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
        return [each.id for each in desk.of_code(code) if not desk.is_beside(each, person)]

    assert meant("M34", WHOLE) == ["reply_admission", "request_admission"]
    assert meant("M34", REFUSED) == ["reply_admission_refused", "request_admission"]
    assert meant("M44", OTHER) == ["reply_conversion", "request_conversion", "request_extension"]
    assert meant("M44", NOTHING) == ["reply_conversion", "request_conversion"]


def test_whether_a_branch_reports_or_asks_follows_the_version_of_the_day(desk: OfficialDesk, tmp_path: Path) -> None:
    def meant(of: OfficialDesk, person: str) -> list[str]:
        return [each.id for each in of.of_code("M22") if not of.is_beside(each, person)]

    assert meant(desk, WHOLE) == meant(desk, NOTHING) == ["reply_target", "report_target"]
    with pytest.raises(JishiError, match="记录不符"):
        desk.for_person(document("request_target"), WHOLE)
    root = make_official_college(tmp_path)
    file = root / f"data/cs/{BRANCH_TWO}/people/{ELSEWHERE}.yaml"
    later = "- {step: propose_target, date: 2026-09-14, result: passed}\n"
    file.write_text(file.read_text(encoding="utf-8") + later, encoding="utf-8")
    today = desk_of(root, AS_OF.replace(year=2026, month=10))
    assert meant(today, ELSEWHERE) == meant(today, NOTHING) == ["reply_target", "request_target"]
    # What was decided under the earlier version is still told in its words.
    assert meant(today, WHOLE) == ["reply_target", "report_target"]


def test_a_letter_for_each_relative(desk: OfficialDesk) -> None:
    letters = desk.for_person(document("letter"), WHOLE)
    assert [official.file for official in letters] == [f"M25-letter-{WHOLE}-1", f"M25-letter-{WHOLE}-2"]
    assert "了解其父亲　" in plain_text(letters[0])
    assert "了解其母亲　" in plain_text(letters[1])
    assert len(desk.for_person(document("letter"), ELSEWHERE)) == 1


def test_without_an_occasion_the_person_is_there_and_the_rest_is_room(desk: OfficialDesk) -> None:
    said = plain_text(one(desk.for_group(document("request_admission"), NOTHING)))
    assert f"接收{NAMES[NOTHING]}同志" in said
    assert "赞成　　票" in said
    assert "　　　　年　　月　　日，本科生第一党支部召开" in said


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
        for official in desk.for_person(each, NOTHING):
            for part in official.parts:
                for line in part.title:
                    assert width_of(line) <= TITLE_WIDTH or NAMES[NOTHING] in text_of(line)
                    checked += 1
    assert checked > 40


def test_a_name_too_long_for_its_phrase_has_a_line_of_its_own(desk: OfficialDesk) -> None:
    title = [text_of(line) for line in one(desk.for_person(document("request_admission"), NOTHING)).parts[0].title]
    assert f"{NAMES[NOTHING]}同志" in title
    assert title[-1] == "为预备党员的请示"


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
