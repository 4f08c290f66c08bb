"""What stands on printed forms, blank and filled; how they go on over pages; that an archive takes them."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import page as validator
import pikepdf
import pytest
from pypdf import PdfReader

from generator.definitions.form_files import load_forms
from generator.definitions.forms import Form, RoomForm
from generator.definitions.source import shelf_for
from tests.prints.college import AS_OF, LONG, NAMES, NOTHING, OTHER
from tests.prints.forms_college import EVERY, NAME, SUMMARY_END, blank, filled, form, make_forms_college

FORMS = load_forms(shelf_for(None))
IDS = [each.id for each in FORMS]
GOLDEN = Path(__file__).parent / "form_golden"


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_forms_college(tmp_path_factory.mktemp("forms"))
    for words in ((*IDS, "--blank"), (*IDS, EVERY), ("activist_register", LONG, NOTHING), ("talk_record", NOTHING)):
        result = form(root, *words, as_of=None if "--blank" in words else AS_OF)
        assert result.exit_code == 0, result.output
    return root


def pages(path: Path) -> list[str]:
    """The text of each page as lines without blanks."""
    texts = (page.extract_text().splitlines() for page in PdfReader(path).pages)
    return ["\n".join(filter(None, ("".join(line.split()) for line in lines))) for lines in texts]


def joined(path: Path) -> list[str]:
    return [page.replace("\n", "") for page in pages(path)]


def compare(path: Path, expected: Path, update: bool) -> None:
    text = "\n\f\n".join(pages(path)) + "\n"
    if update:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    golden = expected.read_text(encoding="utf-8")
    assert text == golden, "\n".join(unified_diff(golden.splitlines(), text.splitlines(), lineterm=""))


@pytest.mark.parametrize("name", IDS)
def test_blank(root: Path, name: str, request: pytest.FixtureRequest) -> None:
    compare(blank(root, name), GOLDEN / "blank" / f"{name}.txt", request.config.getoption("--update-golden"))


@pytest.mark.parametrize("name", IDS)
def test_filled(root: Path, name: str, request: pytest.FixtureRequest) -> None:
    compare(filled(root, EVERY, name), GOLDEN / "filled" / f"{name}.txt", request.config.getoption("--update-golden"))


def test_blank_forms_are_all_compared() -> None:
    assert len(IDS) >= 20
    for folder in ("blank", "filled"):
        assert sorted(path.stem for path in (GOLDEN / folder).glob("*.txt")) == sorted(IDS)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", ["process_record", "publicity_target", "integrity_review"])
def test_conforms(root: Path, profile: str, name: str) -> None:
    for path in (blank(root, name), filled(root, EVERY, name)):
        result = validator.validate_pdf(str(path), profile=profile)
        assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


def rooms(each: Form) -> list[RoomForm]:
    return [section for section in each.sections if isinstance(section, RoomForm) and section.signatures]


def assert_signatures_stay(path: Path, each: Form) -> int:
    """Each page has as many signature lines as its frames ask for. Gives their number."""
    seen = 0
    for page in joined(path):
        asked: dict[str, int] = {}
        for room in rooms(each):
            if room.title and room.title in page:
                for line in room.signatures:
                    asked[line.label] = asked.get(line.label, 0) + 1
        for label, count in asked.items():
            assert page.count(f"{label}：") == count, (path.name, label)
            seen += count
    return seen


@pytest.mark.parametrize("person", [LONG, NOTHING, EVERY])
def test_signatures_are_not_split_from_what_they_sign(root: Path, person: str) -> None:
    (register,) = (each for each in FORMS if each.id == "activist_register")
    assert assert_signatures_stay(filled(root, person, register.id), register) == 4


def test_signatures_of_every_form_stay(root: Path) -> None:
    checked = 0
    for each in FORMS:
        titled = sum(len(room.signatures) for room in rooms(each) if room.title)
        assert assert_signatures_stay(blank(root, each.id), each) == titled, each.id
        if each.id != "talk_record":  # Its first frame is longer than a page: see below.
            assert assert_signatures_stay(filled(root, EVERY, each.id), each) == titled, each.id
        checked += titled
    assert checked > 30


def test_frame_longer_than_a_page_keeps_its_signature_with_its_end(root: Path) -> None:
    texts = joined(filled(root, EVERY, "talk_record"))
    assert len(texts) >= 3
    (last,) = (text for text in texts if SUMMARY_END in text)
    assert "谈话对象签字：" in last


def test_log_of_forty_entries_repeats_its_head(root: Path) -> None:
    texts = joined(filled(root, LONG, "activist_register"))
    holding = [text for text in texts if "次汇报所写的题目" in text]
    assert len(holding) >= 2
    assert all("日期题目所属时期收件人签字" in text for text in holding)
    assert sum(text.count("次汇报所写的题目") for text in holding) == 40


def test_empty_log_leaves_room(root: Path) -> None:
    text = "".join(joined(filled(root, NOTHING, "activist_register")))
    assert NAMES[NOTHING] in text
    assert "日期题目所属时期收件人签字" in text
    for word in ("缺", "未记录", "无记录"):
        assert word not in text


def test_pages_are_counted(root: Path) -> None:
    for path in (filled(root, LONG, "activist_register"), blank(root, "integrity_review")):
        texts = joined(path)
        assert len(texts) > 1
        for number, text in enumerate(texts, 1):
            assert f"第{number}页共{len(texts)}页" in text


def test_nothing_of_others_and_no_name_in_the_properties(root: Path) -> None:
    for name in IDS:
        path = filled(root, EVERY, name)
        text = "".join(joined(path))
        assert NAME in text or name == "minutes_extracts" or "".join(NAME.split()) in text
        assert NAMES[OTHER] not in text
        assert OTHER not in text
        with pikepdf.open(path) as pdf:
            assert NAME not in " ".join(str(value) for value in pdf.docinfo.values())
            assert NAME not in pdf.Root.Metadata.read_bytes().decode()


def test_blank_forms_hold_their_definition_and_nobody(root: Path) -> None:
    for name in IDS:
        with pikepdf.open(blank(root, name)) as pdf:
            (attached,) = (pdf.attachments[key] for key in pdf.attachments)
            assert attached.filename.endswith(".yaml")
            assert b"sections:" in attached.get_file().read_bytes()
        text = "".join(joined(blank(root, name)))
        assert "2020000" not in text
        assert "缺（" not in text
