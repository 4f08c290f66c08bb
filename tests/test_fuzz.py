"""20,000 malformed records through reading, schema and merging: findings, never an exception."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Place, Severity
from generator.records.assemble import Assembly
from generator.records.codes import CODES
from generator.records.load import Loaded, load_bytes
from generator.records.schema import RecordSchemas
from generator.records.walk import RecordFile, classify
from generator.records.yaml_source import read_yaml
from tests.records.samples import TREE, schemas

INPUTS = 20_000
CHUNKS = 20
SEED = 20241121

VALUES = [
    "", "~", "null", "no", "yes", "true", "false", "0", "-1", "0123", "12:30", "1e9", "999999999999", "３",
    "2024-02-30", "2024-13-01", "0000-00-00", "2024-5-1", "2024/05/01", "２０２４-05-01", "9999-12-31", "张三", "：",
    "，", "𠀀", "[]", "{}", "[[]]", "[{}]", "{a: 1}", "[a, b]", "*x", "&x 1", "!!int 3", "<<", "'", "\"", "|",
    ">", "@", "`", "%", "- a", "a: b", "#", "\\", "\"\\0\"", "\"\\ud800\"", "\u2028", "\u0000", "\u007f",
    "\ufeff", "\u3000", "2021030117", "2008017", "ug-1", "cs", "apply", "move", "admission_meeting", "passed",
    "M01", "M0", "x" * 300,
]  # fmt: skip
KEYS = [
    "step",
    "date",
    "people",
    "log",
    "name",
    "by",
    "from",
    "materials",
    "ballots",
    "姓名",
    "former_ids",
    "officers",
    "x",
    "for",
    "result",
]

_SCALAR = re.compile(r"(?<=[ \[])[^\s\[\]{},:#\"']+(?=[\s,\]}]|$)|\"[^\"\n]*\"", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_0-9]+(?=:(?: |$))", re.MULTILINE)

Mutation = Callable[[random.Random, str], str]


def _replace(pattern: re.Pattern[str], pool: list[str]) -> Mutation:
    def mutate(rng: random.Random, text: str) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        match = rng.choice(found)
        return text[: match.start()] + rng.choice(pool) + text[match.end() :]

    return mutate


def _swap_scalars(rng: random.Random, text: str) -> str:
    found = list(_SCALAR.finditer(text))
    if len(found) < 2:
        return text
    first, second = sorted(rng.sample(found, 2), key=lambda match: match.start())
    return (
        text[: first.start()]
        + second.group()
        + text[first.end() : second.start()]
        + first.group()
        + text[second.end() :]
    )


def _swap_keys(rng: random.Random, text: str) -> str:
    return _replace(_KEY, [match.group() for match in _KEY.finditer(text)] or [""])(rng, text)


def _drop_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _repeat_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "".join(lines)


def _swap_lines(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def _digit(rng: random.Random, text: str) -> str:
    found = [index for index, char in enumerate(text) if char.isdigit()]
    if not found:
        return text
    index = rng.choice(found)
    return text[:index] + rng.choice("0123456789") + text[index + 1 :]


def _drop_pair(rng: random.Random, text: str) -> str:
    return re.sub(r"[a-z_]+: [^,{}\[\]\n]+, ", "", text, count=rng.randint(1, 3))


KEEPING: list[Mutation] = [
    _replace(_SCALAR, VALUES),
    _replace(_KEY, KEYS),
    _swap_scalars,
    _swap_keys,
    _drop_line,
    _repeat_line,
    _swap_lines,
    _digit,
    _drop_pair,
]


def _insert(rng: random.Random, text: str) -> str:
    index = rng.randrange(len(text) + 1)
    return (
        text[:index]
        + rng.choice(
            [*VALUES, "\t", "\r", "\n", "  ", "[" * 5000, "{" * 600, "- " * 3000, "---\n", "...\n", ": ", "]", "}"]
        )
        + text[index:]
    )


def _cut(rng: random.Random, text: str) -> str:
    first, second = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
    return text[:first] + text[second:] if rng.random() < 0.5 else text[:first]


def _reindent(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    index = rng.randrange(len(lines))
    lines[index] = " " * rng.randrange(6) + lines[index].lstrip(" ")
    return "".join(lines)


BREAKING: list[Mutation] = [_insert, _cut, _reindent]


def _bytes(rng: random.Random, text: str) -> bytes:
    """Damage below the level of characters, or a foreign encoding; mostly none."""
    kind = rng.random()
    if kind < 0.9:
        return text.encode("utf-8", errors="surrogatepass")
    if kind < 0.93:
        return text.encode(rng.choice(["gb18030", "utf-16", "utf-8-sig", "utf-32"]), errors="replace")
    raw = bytearray(text.encode("utf-8", errors="surrogatepass"))
    for _ in range(rng.randint(1, 4)):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


@cache
def bases() -> dict[str, str]:
    """Valid records to start from: the sample tree, one full example of every step, and some of the demo records."""
    found = dict(TREE)
    samples = schemas()
    for number, step in enumerate(samples.step_kinds):
        shape = samples.entry(step)
        assert shape is not None
        entry = "\n".join(
            f"{key}: {field.sample}" for key, field in (shape.field.fields or {}).items() if key not in ("step", "date")
        )
        day = f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
        found[f"data/cs/ug-1/events/{day}-{step}.yaml"] = (
            f'step: {step}\ndate: {day}\n{entry}\npeople: {{"2021030117": {{}}, "2008017": {{}}}}\n'
        )
    demo = Path(__file__).parents[1]
    paths = sorted((demo / "data").rglob("*.yaml"))
    for path in paths[:: max(1, len(paths) // 30)]:
        found.setdefault(path.relative_to(demo).as_posix(), path.read_text(encoding="utf-8"))
    return found


@cache
def _tree() -> tuple[RecordSchemas, dict[str, Loaded]]:
    made = schemas()
    files = {path: classify(path) for path in TREE}
    return made, {path: load_bytes(file, TREE[path].encode(), made) for path, file in files.items() if file is not None}


def run(path: str, raw: bytes) -> tuple[Loaded, list[Diagnostic]]:
    """One file through reading, schema and merging with the rest of the sample tree."""
    made, rest = _tree()
    file = classify(path) or RecordFile("person", path)
    loaded = load_bytes(file, raw, made)
    others = [one for other, one in rest.items() if other != path]
    assembly = Assembly([*others, loaded], made, follow=True)
    return loaded, assembly.findings


def check(path: str, raw: bytes) -> tuple[Loaded, list[Diagnostic]]:
    """The same, with every finding looked at: known code, message, a place inside the text."""
    loaded, findings = run(path, raw)
    if any(said.place.path == path for said in findings):
        document = read_yaml(path, raw)
    for said in findings:
        assert said.code in CODES
        assert said.message
        assert "Traceback" not in said.message
        if said.place.path == path:
            span = said.span or document.span(said.place.pointer, said.place.on_key)
            assert 1 <= span.line <= span.end_line <= len(document.lines) + 1
            assert span.column >= 1
            assert (span.end_line, span.end_column) > (span.line, span.column)
    if loaded.broken:
        assert any(said.severity is Severity.ERROR for said in loaded.diagnostics)
    return loaded, findings


def fits(loaded: Loaded) -> None:
    """What is passed on fits the schema, whatever the file said."""
    made, _ = _tree()
    found: list[Diagnostic] = []
    for _, entry in loaded.checked.entries:
        shape = made.entry(entry["step"])
        assert shape is not None
        shape.check_fully(dict(entry), Place("x"), found)
    assert [said for said in found if said.code != "SCH002"] == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_malformed_records_give_findings(chunk: int) -> None:
    rng = random.Random(SEED + chunk)
    start = sorted(bases().items())
    kept = with_findings = 0
    for number in range(INPUTS // CHUNKS):
        path, text = rng.choice(start)
        keeping = number % 4 != 3
        for _ in range(rng.randint(1, 3)):
            text = rng.choice(KEEPING if keeping else BREAKING)(rng, text) or "x"
        raw = text.encode("utf-8", errors="surrogatepass") if keeping else _bytes(rng, text)
        loaded, findings = check(path, raw)
        kept += keeping and not loaded.broken
        with_findings += bool(findings)
        if number % 20 == 0:
            fits(loaded)
    assert kept > INPUTS // CHUNKS / 2, "at least half keep their structure"
    assert with_findings > INPUTS // CHUNKS / 2


def test_bases_are_sound() -> None:
    """Mutations start from records that have no finding of reading or schema."""
    assert len(bases()) > 45
    for path, text in bases().items():
        loaded, _ = run(path, text.encode())
        assert loaded.diagnostics == (), (path, loaded.diagnostics)
