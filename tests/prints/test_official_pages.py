"""Official documents on paper: the grid of GB/T 9704, the place of name, day and page number, an archive's format."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import page as validator
import pdfplumber
import pikepdf
import pytest

from generator.definitions.document_files import load_documents
from generator.definitions.documents import DocumentForm, RosterBlock
from generator.definitions.source import shelf_for
from generator.prints.fonts import activate_fonts
from generator.prints.official import OfficialPrinter
from generator.prints.page import PrintTemplates
from generator.prints.press import print_pdf
from generator.views.official import OfficialDesk, blank_official
from generator.views.official_parts import closing_of
from generator.views.official_sheet import Block, Official, Paragraph, Part, Run, plain_text
from tests.prints.college import MEETING, NAMES, OTHER, WHOLE
from tests.prints.official_college import AS_OF, ELSEWHERE, STRANGE, desk_of, make_official_college

SHELF = shelf_for(None)
DOCUMENTS = {each.id: each for each in load_documents(SHELF)}
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
LINE, CHAR = 225 / 22 * MM, 156 / 28 * MM
ISSUER, DAY = "中共某大学委员会", "2024年5月20日"


@cache
def printer() -> OfficialPrinter:
    folders = tuple(root / "templates" / "print" for root in SHELF.roots)
    return OfficialPrinter(PrintTemplates(folders), activate_fonts().fingerprint)


def printed(official: Official) -> bytes:
    return print_pdf(printer().sheaf(official))


def letter(blocks: Sequence[Block], issuer: str = "", day: str = DAY, **more: Any) -> Official:
    closing = closing_of((Run(issuer),), (Run(day),), ()) if issuer else None
    part = Part(title=((Run("关于某事的请示"),),), blocks=tuple(blocks), closing=closing, **more)
    return Official("own", "M34", "请示", "own", "某党委", AS_OF, (part,))


def text(count: int) -> Paragraph:
    """A paragraph of so many full-width characters."""
    return Paragraph("flush", (Run("纪实" * (count // 2)),))


def pages(pdf: bytes) -> list[list[dict[str, Any]]]:
    """The characters of each page, without the page number."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [[char for char in page.chars if char["text"].strip()] for page in opened.pages]


def in_body(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for char in chars if char["top"] < BOTTOM]


def words(chars: Sequence[dict[str, Any]]) -> str:
    return "".join(char["text"] for char in chars)


def lines(chars: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for char in chars:
        rows.setdefault(round(char["top"]), []).append(char)
    return [rows[top] for top in sorted(rows)]


def test_a_page_has_22_lines_of_28_characters() -> None:
    made = pages(printed(letter([text(28 * 22 * 3)])))
    full = lines(in_body(made[1]))
    assert len(full) == 22
    assert Counter(len(line) for line in full) == {28: 22}
    assert min(char["x0"] for line in full for char in line) == pytest.approx(LEFT, abs=0.5)
    assert max(char["x1"] for line in full for char in line) == pytest.approx(RIGHT, abs=0.5)
    tops = [line[0]["top"] for line in full]
    assert [b - a for a, b in pairwise(tops)] == pytest.approx([LINE] * 21, abs=0.1)
    # The characters stand in the middle of their lines, and the lines fill the page from margin to margin.
    middles = [float(line[0]["top"] + line[0]["bottom"]) / 2 for line in (full[0], full[-1])]
    assert middles == pytest.approx([TOP + LINE / 2, BOTTOM - LINE / 2], abs=1.5)
    assert {round(char["size"]) for line in full for char in line} == {16}


def test_title_and_body_share_the_grid() -> None:
    first = lines(in_body(pages(printed(letter([text(28 * 30)])))[0]))
    title, body = first[0], first[1:]
    assert {round(char["size"]) for char in title} == {22}
    assert "Song-Bold" in title[0]["fontname"]
    assert "Fang" in body[0][0]["fontname"]
    assert sum(char["x0"] for char in (title[0],)) + title[-1]["x1"] == pytest.approx(LEFT + RIGHT, abs=1)
    # Title, an empty line, and twenty lines of text.
    assert len(body) == 20


def test_page_numbers_stand_outside() -> None:
    made = pages(printed(letter([text(28 * 22 * 3)])))
    assert len(made) >= 3
    for number, chars in enumerate(made[:3], 1):
        foot = [char for char in chars if char["top"] > BOTTOM]
        assert words(foot) == f"—{number}—"
        assert foot[0]["top"] - BOTTOM == pytest.approx(7 * MM, abs=1.5)
        assert {round(char["size"]) for char in foot} == {14}
        edge = RIGHT - foot[-1]["x1"] if number % 2 else foot[0]["x0"] - LEFT
        assert edge == pytest.approx(14, abs=1)


def closing(official: Official, issuer: str, day: str = DAY) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    found = lines(in_body(pages(printed(official))[-1]))
    name = next(line for line in found if words(line) == issuer)
    return name, next(line for line in found if words(line) == day)


def middle(line: list[dict[str, Any]]) -> float:
    return float(line[0]["x0"] + line[-1]["x1"]) / 2


def test_the_day_stands_four_characters_from_the_edge_and_the_name_above_its_middle() -> None:
    name, day = closing(letter([text(28)], ISSUER), ISSUER)
    assert RIGHT - day[-1]["x1"] == pytest.approx(4 * CHAR, abs=CHAR / 2)
    assert middle(name) == pytest.approx(middle(day), abs=1)
    assert day[0]["top"] - name[0]["top"] == pytest.approx(LINE, abs=0.1)


def test_a_long_name_keeps_two_characters_of_room() -> None:
    long = "某某大学材料科学与工程学院研究生第三党支部"
    name, day = closing(letter([text(28)], long), long)
    assert RIGHT - name[-1]["x1"] == pytest.approx(2 * CHAR, abs=2)
    assert middle(name) == pytest.approx(middle(day), abs=1)


def test_the_seal_has_room_above_the_name() -> None:
    found = lines(in_body(pages(printed(letter([text(28)], ISSUER)))[0]))
    body, name = found[-3], found[-2]
    assert words(name) == ISSUER
    assert name[0]["top"] - body[0]["top"] == pytest.approx(3 * LINE, abs=0.5)


@pytest.mark.parametrize("full", [14, 16, 18, 19, 20])
def test_a_closing_never_stands_alone(full: int) -> None:
    made = pages(printed(letter([text(28 * full)], ISSUER)))
    last = lines(in_body(made[-1]))
    assert words(last[-2]) == ISSUER
    assert words(last[-1]) == DAY
    assert words(last[0]).startswith(("纪实", "关于"))


def test_a_roster_repeats_its_head() -> None:
    made = pages(printed(blank_official(with_many_rows(), AS_OF)))
    heads = ["序号姓名" in words(chars) for chars in made]
    assert heads[1:3] == [True, True]


def with_many_rows() -> DocumentForm:
    document = DOCUMENTS["report_activist"]
    (annex,) = document.parts
    (roster,) = annex.blocks
    assert isinstance(roster, RosterBlock)
    return replace(document, parts=(replace(annex, blocks=(replace(roster, blank=40),)),))


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> OfficialDesk:
    return desk_of(make_official_college(tmp_path_factory.mktemp("official-pages")))


@pytest.fixture(scope="session")
def files(desk: OfficialDesk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Official, Path]]:
    """One of each kind of layout, filled and blank."""
    folder = tmp_path_factory.mktemp("official-files")
    made = {
        "group": desk.for_event(DOCUMENTS["request_admission"], MEETING)[0],
        "annex": desk.for_person(DOCUMENTS["report_activist"], OTHER)[0],
        "slip": desk.for_person(DOCUMENTS["letter"], WHOLE)[0],
        "rooms": desk.for_person(DOCUMENTS["political_review"], WHOLE)[0],
        "minutes": desk.for_person(DOCUMENTS["minutes_admission"], WHOLE)[0],
        "blank": blank_official(DOCUMENTS["reply_activist"], AS_OF),
    }
    found = {}
    for name, official in made.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(printed(official))
        found[name] = (official, path)
    return found


@pytest.mark.parametrize("name", ["group", "annex", "slip", "rooms", "minutes", "blank"])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(files: dict[str, tuple[Official, Path]], name: str, profile: str) -> None:
    result = validator.validate_pdf(str(files[name][1]), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("name", ["group", "annex", "slip", "minutes", "blank"])
def test_the_page_says_all_that_the_document_says(files: dict[str, tuple[Official, Path]], name: str) -> None:
    official, path = files[name]
    said = "".join(words(in_body(chars)) for chars in pages(path.read_bytes()))
    lines = plain_text(official).replace("　", "\n").replace("\t", "\n").splitlines()
    assert len(lines) > 3
    for line in lines:
        assert "".join(line.split()) in said


def test_a_name_is_never_read_as_a_template(files: dict[str, tuple[Official, Path]]) -> None:
    shown = "".join(STRANGE.split())
    for name in ("group", "annex"):
        said = "".join(words(chars) for chars in pages(files[name][1].read_bytes()))
        assert shown in said
        assert "49" not in said


def test_minutes_of_one_person_fit_one_page(files: dict[str, tuple[Official, Path]]) -> None:
    assert len(pages(files["minutes"][1].read_bytes())) == 1


def test_the_slip_is_a_page_of_its_own(files: dict[str, tuple[Official, Path]]) -> None:
    made = [words(chars) for chars in pages(files["slip"][1].read_bytes())]
    assert len(made) == 2
    assert made[1].startswith("回函")


def test_nobody_else_is_in_the_file(files: dict[str, tuple[Official, Path]]) -> None:
    for name in ("slip", "rooms", "minutes"):
        with pikepdf.open(files[name][1]) as pdf:
            attached = [pdf.attachments[key].get_file().read_bytes().decode() for key in pdf.attachments]
            properties = (
                " ".join(str(value) for value in pdf.docinfo.values()) + pdf.Root.Metadata.read_bytes().decode()
            )
        said = "".join(words(chars) for chars in pages(files[name][1].read_bytes())) + "".join(attached)
        assert NAMES[WHOLE] in said
        assert NAMES[WHOLE] not in properties
        assert not any(other in said for other in (STRANGE, "宗政青黛", "外派挂职"))


def test_same_document_same_bytes(desk: OfficialDesk) -> None:
    official = desk.for_person(DOCUMENTS["reply_admission"], ELSEWHERE)[0]
    assert printed(official) == printed(official)
