"""The files are what an archive takes: PDF/A-3a and PDF/UA-1, with the records they were made from inside."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import page as validator
import pikepdf
import pytest
import yaml
from pypdf import PdfReader
from pypdf.generic import Destination

from tests.prints.college import NAMES, OTHER, PRINTED, SECRET_NOTE, WHOLE, printed


@pytest.mark.parametrize("person", PRINTED)
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(college: Path, person: str, profile: str) -> None:
    result = validator.validate_pdf(str(printed(college, person)), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("person", PRINTED)
def test_slice_is_attached_as_source(college: Path, person: str) -> None:
    with pikepdf.open(printed(college, person)) as pdf:
        (spec,) = (pdf.attachments[name] for name in pdf.attachments)
        assert spec.filename == f"{person}.yaml"
        assert spec.obj.AFRelationship == "/Source"
        content = spec.get_file().read_bytes()
    record = yaml.safe_load(content)
    assert record["person"] == person
    assert record["record"]["name"] == NAMES[person]
    footer = PdfReader(printed(college, person)).pages[1].extract_text()
    assert hashlib.sha256(content).hexdigest()[:16] in footer


def test_slice_holds_the_own_part_of_an_event_alone(college: Path) -> None:
    with pikepdf.open(printed(college, WHOLE)) as pdf:
        text = next(iter(pdf.attachments.values())).get_file().read_bytes().decode()
    (event,) = yaml.safe_load(text)["events"]
    assert list(event["record"]["people"]) == [WHOLE]
    assert event["record"]["people"][WHOLE]["ballots"]["for"] == "16"
    assert event["record"]["due"] == "20"
    for secret in (OTHER, NAMES[OTHER], SECRET_NOTE, "外派挂职", "attendance"):
        assert secret not in text


@pytest.mark.parametrize("person", PRINTED)
def test_fonts_are_embedded(college: Path, person: str) -> None:
    listed = subprocess.run(["pdffonts", printed(college, person)], capture_output=True, text=True, check=True).stdout
    fonts = [line.split() for line in listed.splitlines()[2:]]
    assert fonts
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_properties_name_nobody(college: Path) -> None:
    for person in PRINTED:
        with pikepdf.open(printed(college, person)) as pdf:
            properties = " ".join(str(value) for value in pdf.docinfo.values())
            packet = pdf.Root.Metadata.read_bytes().decode()
            assert str(pdf.Root.Lang) == "zh-CN"
        assert person in properties
        assert person in packet
        assert NAMES[person] not in properties + packet


def test_bookmarks_lead_to_the_sheets(college: Path, texts: dict[str, list[str]]) -> None:
    reader = PdfReader(printed(college, WHOLE))
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    found = [(str(mark.title), reader.get_destination_page_number(mark)) for mark in marks]
    assert len(found) >= 6
    assert found[0] == ("封面", 0)
    for title, number in found[1:]:
        assert title in texts[WHOLE][number or 0][:30]


def test_cells_name_their_heads(college: Path) -> None:
    with pikepdf.open(printed(college, WHOLE)) as pdf:
        heads = {bytes(item.ID) for item in cells(pdf, "/TH")}
        named = [bytes(head) for item in cells(pdf, "/TD") for head in item.A.get("/Headers", [])]
        bare = [item for item in cells(pdf, "/TD") if len(item.A.get("/Headers", [])) == 0]
    assert len(named) > 500
    assert set(named) <= heads
    assert not bare


def cells(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind and "/A" in item
    ]
