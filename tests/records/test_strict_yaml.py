"""Every trap of YAML gives one clear finding at its place, and scalars stay as they are written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.diagnostics import Severity
from generator.records.codes import CODES
from generator.records.raw_file import MAX_BYTES
from generator.records.yaml_source import read_yaml

# (what, bytes, code, line, column)
TRAPS = [
    ("duplicate key", b"a: 1\nb: 2\na: 3\n", "YML012", 3, 1),
    ("duplicate key with CRLF", b"a: 1\r\nb: 2\r\na: 3\r\n", "YML012", 3, 1),
    ("duplicate in a flow mapping", "名: {a: 1, a: 2}\n".encode(), "YML012", 1, 11),
    ("anchor", b"a: &x 1\n", "YML013", 1, 4),
    ("alias", b"a: 1\nb: *x\n", "YML013", 2, 4),
    ("merge key", b"a:\n  <<: {b: 1}\n", "YML015", 2, 3),
    ("tag", b"a: !!int 3\n", "YML014", 1, 4),
    ("own tag", b"a: !python/object:os.system {}\n", "YML014", 1, 4),
    ("two documents", b"a: 1\n---\nb: 2\n", "YML016", 2, 1),
    ("directive", b"%YAML 1.1\n---\na: 1\n", "YML024", 1, 1),
    ("list as key", b"? [a, b]\n: 1\n", "YML017", 1, 3),
    ("mapping as key", b"a: 1\n? {b: 1}\n: 1\n", "YML017", 2, 3),
    ("key without name", b'a: {"": 2}\n', "YML017", 1, 5),
    ("line without key", b"a: 1\n: 2\n", "YML010", 2, 1),
    ("tab", b"a:\n\tb: 1\n", "YML019", 2, 1),
    ("empty value", b"a: 1\nb:\n", "YML020", 2, 1),
    ("null", b"b: ~\n", "YML020", 1, 1),
    ("empty quotes", b'b: ""\n', "YML020", 1, 1),
    ("empty item", b"a:\n- 1\n-\n", "YML021", 3, 2),
    ("200,000 brackets", b"a: " + b"[" * 200_000, "YML018", 1, 35),
    ("200,000 braces", b"a: " + b"{" * 200_000, "YML018", 1, 35),
    ("200,000 dashes", b"- " * 200_000 + b"a", "YML018", 1, 65),
    ("200,000 question marks", b"? " * 200_000, "YML018", 1, 65),
    ("40 brackets", b"a: " + b"[" * 40 + b"]" * 40, "YML018", 1, 35),
    ("GBK", "name: x\nsex: 男\n".encode("gbk"), "YML001", 2, 6),
    ("UTF-16", "name: 张".encode("utf-16"), "YML001", 1, 1),
    ("Latin-1 rubbish", b"a: \xff\xff\n", "YML001", 1, 4),
    ("NUL", b"a: b\0c\n", "YML002", 1, 5),
    ("control character", b"a: 1\nb: x\x01y\n", "YML002", 2, 5),
    ("escaped NUL", b'a: "x\\0y"\n', "YML002", 1, 4),
    ("line separator", "a: x\u2028y\nb: 1\n".encode(), "YML005", 1, 5),
    ("line separator in quotes", 'a: "x\u2028y"\nb: 1\n'.encode(), "YML005", 1, 6),
    ("next line", "a: 1\nb: x\x85\n".encode(), "YML005", 2, 5),
    ("full-width colon", "姓名：张三\n".encode(), "YML022", 1, 1),
    ("full-width colon in the middle", "name: 张\nsex：男\nborn: x\n".encode(), "YML022", 2, 1),
    ("full-width colon first", "name：张\nborn: x\n".encode(), "YML022", 1, 1),
    ("full-width colon in a list", "log:\n- name：张三\n".encode(), "YML022", 2, 3),
    ("full-width comma in a list", "a: [张三，李四]\n".encode(), "YML023", 1, 5),
    ("enumeration comma in a list", "a: [M01、M02]\n".encode(), "YML023", 1, 5),
    ("full-width comma in a mapping", "log:\n- {step: apply，date: 2021-01-01}\n".encode(), "YML010", 2, 20),
    ("full-width comma and colon", "a: {b: 1，c：2}\n".encode(), "YML023", 1, 8),
    ("full-width space", "a:\u3000 1\n".encode(), "YML006", 1, 3),
    ("empty file", b"", "YML003", 1, 1),
    ("comments only", b"# x\n", "YML003", 1, 1),
    ("list at the top", b"- a\n", "YML011", 1, 1),
    ("text at the top", b"hello\n", "YML011", 1, 1),
    ("open quote", b'a: "x\nb: 1\n', "YML010", 1, 4),
    ("open bracket", b"a: [1, 2\nb: 1\n", "YML010", 2, 2),
    ("wrong indentation", b"a:\n  b: 1\n c: 2\n", "YML010", 3, 2),
    ("two colons", b"a: b: c\n", "YML010", 1, 5),
    ("at sign", b"a: @x\n", "YML010", 1, 4),
    ("bad escape", b'a: "\\q"\n', "YML010", 1, 5),
    ("surrogate escape", b'a: "\\ud800"\n', "YML010", 1, 7),
]


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"), [trap[1:] for trap in TRAPS], ids=[trap[0] for trap in TRAPS]
)
def test_trap(raw: bytes, code: str, line: int, column: int) -> None:
    document = read_yaml("data/x.yaml", raw)
    first = document.diagnostics[0]
    assert first.span is not None
    assert (first.code, first.span.line, first.span.column) == (code, line, column)
    assert first.severity is CODES[code].severity
    assert first.message
    assert first.hint
    assert "{" not in first.message.replace("{", "", first.message.count("“{"))
    if document.broken:
        assert document.data == {}
        assert any(said.severity is Severity.ERROR for said in document.diagnostics)


@pytest.mark.parametrize(
    "text",
    ["no", "on", "NO", "yes", "0123", "0012389", "2023010101", "110000000000000000", "12:30", "1_000", "2024-02-30", "2024-1-5",
     "=", "1e3", "0x1F",
     ".inf", "1.10", "<<", "True", "2024-05-20 08:00:00"],
)  # fmt: skip
def test_scalars_stay_as_written(text: str) -> None:
    document = read_yaml("x.yaml", f"a: {text}\nb: [{text}]\n".encode())
    assert document.data == {"a": text, "b": [text]}
    assert document.diagnostics == []


def test_block_texts_are_allowed() -> None:
    document = read_yaml("x.yaml", "a: |\n  姓名：张三\n  [甲，乙]\nb: >\n  一\n  二\nc: 说明：如上，无误\n".encode())
    assert document.data == {"a": "姓名：张三\n[甲，乙]\n", "b": "一 二\n", "c": "说明：如上，无误"}
    assert document.diagnostics == []


def test_punctuation_in_sentences_is_no_finding() -> None:
    document = read_yaml(
        "x.yaml", '- {a: "甲，乙"}\n'.encode().replace(b"- ", b"k: ") + "t: 好！\nu: 5%\nv: 甲&乙*丙\n".encode()
    )
    assert document.data == {"k": {"a": "甲，乙"}, "t": "好！", "u": "5%", "v": "甲&乙*丙"}
    assert document.diagnostics == []


def test_first_of_two_equal_keys_counts() -> None:
    document = read_yaml("x.yaml", b"a: {b: 1}\na: [2]\na: 3\n")
    assert document.data == {"a": {"b": "1"}}
    assert [said.code for said in document.diagnostics] == ["YML012", "YML012"]
    assert "第 1 行" in document.diagnostics[0].message


def test_duplicate_of_an_empty_key() -> None:
    document = read_yaml("x.yaml", b"a:\na: 3\n")
    assert [said.code for said in document.diagnostics] == ["YML020", "YML012"]


def test_all_deviations_are_reported_at_once() -> None:
    document = read_yaml("x.yaml", "a: 1\na: 2\nb:\nc: [x，y]\n".encode())
    assert [said.code for said in document.diagnostics] == ["YML012", "YML020", "YML023"]


def test_byte_order_mark_is_no_finding() -> None:
    document = read_yaml("x.yaml", b"\xef\xbb\xbfa: 1\n")
    assert document.data == {"a": "1"}
    assert document.diagnostics == []


def test_too_large() -> None:
    document = read_yaml("x.yaml", b"a: " + b"x" * MAX_BYTES)
    assert [said.code for said in document.diagnostics] == ["YML004"]


def test_billion_laughs_is_refused() -> None:
    text = "a: &a [x, x, x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(20))
    document = read_yaml("x.yaml", text.encode())
    assert {said.code for said in document.diagnostics} == {"YML013"}
    assert document.data == {}


def test_deep_nesting_does_not_kill_a_thread() -> None:
    """Threads have smaller stacks; the parser must not be reached with deep nesting there either."""
    code = (
        "import threading\n"
        "from generator.records.yaml_source import read_yaml\n"
        "def work():\n"
        "    for raw in (b'a: ' + b'[' * 499, b'a: ' + b'[' * 499 + b']' * 499, b'- ' * 190 + b'a', b'[' * 100000):\n"
        "        assert read_yaml('x', raw).diagnostics\n"
        "threading.stack_size(512 * 1024)\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join(); print('alive')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr


def test_codes_are_complete() -> None:
    assert len(CODES) > 40
    for code in CODES.values():
        assert code.title
        assert code.message
        assert code.hint
