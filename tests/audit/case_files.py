"""Expands the cases of tests/cases into records repositories. The format is described in tests/cases/README.md."""

from __future__ import annotations

import atexit
import re
import shutil
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from generator.audit.afresh import audit_corpus
from generator.audit.audit import Audit
from generator.audit.read import load_schemas
from generator.audit.written_late import with_history
from generator.definitions.load import Definitions, load_definitions
from generator.records.corpus import load_corpus
from generator.records.schema import RecordSchemas
from tests.history.git_tree import GitTree

CASES = Path(__file__).parents[1] / "cases"
COLLEGE = CASES / "_college"
PERSON = "data/cs/ug-1/people/2020000001.yaml"
MARK = re.compile(r"#! *(?P<codes>[A-Z]{3}[0-9]{3}.*)$")

Expected = Counter[tuple[str, int, str, str]]
"""(path, line, code, severity or "") → how often."""


@dataclass(frozen=True)
class Case:
    """One case of one code, as written."""

    code: str
    name: str
    raw: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple(
        Case(path.stem, name, raw or {})
        for path in sorted(CASES.glob("*.yaml"))
        for name, raw in yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader).items()
    )


def build(case: Case, root: Path) -> tuple[date | None, Expected]:
    """Writes the records repository of a case; gives its as-of date and the findings expected."""
    unknown = set(case.raw) - {
        "until", "drop", "change", "add", "head", "mark", "person", "files", "enable", "settings", "platform", "as_of", "story",
        "commits", "profile",
    }  # fmt: skip
    assert not unknown, f"{case}: unknown keys {unknown}"
    shutil.copytree(COLLEGE / "data", root / "data")
    files = {PERSON: case.raw.get("person") or _story(case.raw), **case.raw.get("files", {})}
    _settings(case.raw, files)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if "commits" in case.raw:
        _commit(case.raw, root, files[PERSON])
    return _as_of(case.raw, files[PERSON]), _expected(root)


def audit_of(root: Path, as_of: date | None) -> Audit:
    """As `run_audit`; definitions are loaded once for all cases that change the same in the same way."""
    own = sorted(path for path in (root / "schema").rglob("*") if path.is_file())
    definitions, schemas = _definitions(tuple((path.relative_to(root).as_posix(), path.read_bytes()) for path in own))
    audit = audit_corpus(root, load_corpus(root, schemas), definitions, as_of)
    return with_history(audit) if (root / ".git").is_dir() else audit


def _commit(raw: dict[str, Any], root: Path, person: str) -> None:
    """A git history in which the person's file grew as `commits` says."""
    git = GitTree(root)
    for day, last in raw["commits"].items():
        text = person if last == "all" else _story({**raw, "until": last, "mark": {}})
        git.commit(day, {PERSON: text})
    git.write({PERSON: person})


@cache
def _definitions(own: tuple[tuple[str, bytes], ...]) -> tuple[Definitions, RecordSchemas]:
    """`own`: files that come before the shipped ones. They lie where they stay, since some are read only when asked for."""
    root = Path(mkdtemp())
    atexit.register(shutil.rmtree, root)
    for name, content in own:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    definitions = load_definitions(root)
    return definitions, load_schemas(root, definitions)


def _settings(raw: dict[str, Any], files: dict[str, str]) -> None:
    organisation = (COLLEGE / "data" / "organisation.yaml").read_text(encoding="utf-8")
    if "enable" in raw or "settings" in raw:
        given = "".join(f"{key}: {_flow(raw[key])}\n" for key in ("enable", "settings") if key in raw)
        files["schema/profiles/case.yaml"] = f"id: case\ntitle: 本校规定\n{given}"
        organisation += "profile: case\n"
    if "profile" in raw:
        organisation += f"profile: {raw['profile']}\n"
    if "platform" in raw:
        organisation += f"platform: {raw['platform']}\n"
    files.setdefault("data/organisation.yaml", organisation)


def _as_of(raw: dict[str, Any], person: str) -> date | None:
    if raw.get("as_of") == "today":
        return None
    if "as_of" in raw:
        return date.fromisoformat(raw["as_of"])
    return max(date.fromisoformat(day) for day in re.findall(r"date: '?([0-9]{4}-[0-9]{2}-[0-9]{2})", person))


def _story(raw: dict[str, Any]) -> str:
    name = f"story-{raw['story']}.yaml" if "story" in raw else "story.yaml"
    story = deepcopy(_parsed(name))
    marks = dict(raw.get("mark", {}))
    log = _named(story.pop("log"))
    if "until" in raw:
        until = raw["until"].removesuffix(".1")
        named = raw["until"] != until or "." in until
        last = max(i for i, (name, _) in enumerate(log) if until == (name if named else name.partition(".")[0]))
        log = log[: last + 1]
    for step in raw.get("drop", ()):
        kept = [
            (name, entry)
            for name, entry in log
            if step not in (name.partition(".")[0], name if "." in name else f"{name}.1")
        ]
        assert len(kept) < len(log), f"nothing to drop: {step}"
        log = kept
    log = _named([entry for _, entry in log] + list(raw.get("add", ())))
    entries = dict(log)
    for name, fields in raw.get("change", {}).items():
        for path, value in fields.items():
            _put(entries[name], path, value)
    for path, value in raw.get("head", {}).items():
        _put(story, path, value)
    lines = [f"{key}: {_flow(value)}" + _marked(marks, f"head.{key}") for key, value in story.items()]
    lines += ["log:" + _marked(marks, "log")] + [f"- {_flow(e)}" + _marked(marks, n) for n, e in entries.items()]
    assert not marks, f"marks at nothing: {marks}"
    return "\n".join(lines) + "\n"


@cache
def _parsed(name: str) -> dict[str, Any]:
    story: dict[str, Any] = yaml.load((COLLEGE / name).read_text(encoding="utf-8"), yaml.CBaseLoader)
    return story


def _named(entries: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The first entry of a step is called after it, the second `step.2`, and so on."""
    seen: Counter[str] = Counter()
    named = []
    for entry in entries:
        seen[entry["step"]] += 1
        number = seen[entry["step"]]
        named.append((entry["step"] if number == 1 else f"{entry['step']}.{number}", entry))
    return named


def _put(fields: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for key in parents:
        fields = fields.setdefault(key, {})
    if value in ("~", "null", ""):
        del fields[last]
    else:
        fields[last] = value


def _flow(value: Any) -> str:
    return (
        yaml.dump(
            value, None, yaml.CSafeDumper, default_flow_style=True, width=10**6, allow_unicode=True, sort_keys=False
        )
        .removesuffix("...\n")
        .rstrip()
    )


def _marked(marks: dict[str, Any], name: str) -> str:
    codes = marks.pop(name, None)
    return "" if codes is None else "  #! " + (codes if isinstance(codes, str) else ", ".join(codes))


def _expected(root: Path) -> Expected:
    found: Expected = Counter()
    for path in sorted((root / "data").rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if mark := MARK.search(line):
                for each in mark["codes"].split(","):
                    code, _, severity = each.strip().partition(" ")
                    found[path.relative_to(root).as_posix(), number, code, severity] += 1
    return found
