"""What is written for several people at once about one of them is in nobody else's prints, and in no list of the office."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.audit.audit import run_audit
from generator.definitions.source import shelf_for
from generator.prints.fonts import FOLDERS_VARIABLE, fandol_folder
from generator.views.cut import Cut, OwnPart
from generator.views.details import Details
from tests.audit.case_files import PERSON
from tests.commands.college import SOMEBODY, college, jishi

OTHER = str(int(SOMEBODY) + 1)
NAME = "鲍未樾"
SHARED = {
    "preview": f"opinion: {NAME}材料不全\ndelay_reason: {NAME}函调迟到\nresult: passed\n",
    "inspect": f"by: branch\nopinion: {NAME}还须考察\nrating: {NAME}一般\n",
    "admission_meeting": f"late: {{cause: person, reason: {NAME}延误}}\nplace: 大家的会议室\n"
    "ballots: {issued: 97, returned: 96, for: 95, against: 1, abstain: 0, invalid: 0}\n",
    "publicise_admission": f"start: 2023-12-01\napproval: {{opinion: {NAME}可以}}\n",
    "report": f"title: {NAME}的体会\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = college(tmp_path_factory.mktemp("shared") / "records")
    text = (root / PERSON).read_text(encoding="utf-8")
    (root / PERSON).with_stem(OTHER).write_text(text, encoding="utf-8")
    events = (root / PERSON).parents[1] / "events"
    events.mkdir(exist_ok=True)
    for step, fields in SHARED.items():
        people = f'people: {{"{SOMEBODY}": {{}}, "{OTHER}": {{}}}}\n'
        path = events / f"2024-01-02-{step}.yaml"
        path.write_text(f"step: {step}\ndate: 2024-01-02\n{fields}{people}", encoding="utf-8")
    return root


def test_no_print_shows_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(fandol_folder()))
    words = ("--as-of", "2024-01-10")
    assert jishi("dossier", SOMEBODY, *words, root=root).exit_code == 0
    assert jishi("form", "M29", "M32", "M15", "M21", "M31", SOMEBODY, *words, root=root).exit_code == 0
    prints = [path for path in (root / "build").rglob("*.pdf") if "审核单" not in path.name]
    assert len(prints) > 4
    shown = ""
    for path in prints:
        reader = PdfReader(path)
        text = "".join("".join(page.extract_text().split()) for page in reader.pages)
        text += "".join(one.decode("utf-8") for contents in reader.attachments.values() for one in contents)
        assert NAME not in text, path.name
        assert "97票" not in text, path.name
        assert "returned: '96'" not in text, path.name
        shown += text
    assert "大家的会议室" in shown


def test_no_list_of_the_office_shows_it(root: Path) -> None:
    audit = run_audit(root, None)
    own = OwnPart(Cut.parse(shelf_for(root).read("schema/slice.yaml").data), audit.corpus.events)
    details = Details(audit.corpus.schemas, lambda kind, id: None, own.fields)
    entries = [entry for entry in audit.corpus.people[SOMEBODY].entries if entry.event is not None]
    lines = [details.line(entry) for entry in entries if entry.date.isoformat() == "2024-01-02"]
    assert len(lines) == len(SHARED)
    assert NAME not in "".join(lines)
    assert "地点：大家的会议室" in "".join(lines)
    without = Details(audit.corpus.schemas, lambda kind, id: None, lambda entry: entry.fields)
    assert NAME in "".join(map(without.line, entries))
