"""Rule pages: every field a rule names has its Chinese label beside it, as the record schemas have it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from generator.audit.read import load_schemas
from generator.audit.register import all_rules
from generator.definitions.load import load_definitions
from generator.views.rule_fields import RuleFields
from tests.site.pages import public_markdown
from tests.site.repository import PROJECT, TINY, write_records

DEFINITIONS = load_definitions()
FIELDS = RuleFields(load_schemas(PROJECT, DEFINITIONS), DEFINITIONS.raw[-1], DEFINITIONS.settings)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return public_markdown(write_records(tmp_path_factory.mktemp("rules"), TINY))


@pytest.mark.parametrize(
    ("page", "code", "said"),
    [
        ("admission", "dev042", "毕业生离校日期 `leaves`"),
        ("admission", "dev043", "例中：应到人数 `due`，实到人数 `present`"),
        ("admission", "dev046", "（`secret: false`）"),
        ("admission", "dev072", "上级党委预审 `preview`"),
        ("other", "dev073", "以有效天数`valid_days`为准"),
        ("general", "dev108", "豁免 `waivers`"),
        ("general", "dev123", "问题代码 `code`"),
    ],
)
def test_a_field_is_called_by_its_label(pages: dict[str, str], page: str, code: str, said: str) -> None:
    text = pages[f"rules/{page}.md"]
    section = re.search(rf"^## [^\n]*#{code} .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section
    assert said in unescape(section[0])


def test_no_rule_names_a_field_by_its_identifier_alone() -> None:
    told = 0
    for rule in all_rules().values():
        for text in (rule.text.what, rule.text.why, rule.text.reason):
            bare = "".join(piece.text for piece in FIELDS.pieces(rule, text) if not piece.code)
            left = re.findall(r"(?<![\w.])[a-z]+_[a-z_]+", bare)
            assert not left, (rule.code, left)
            told += sum(piece.code for piece in FIELDS.pieces(rule, text))
    assert told > 20


def test_a_waiver_is_explained_as_a_waiver() -> None:
    legend = FIELDS.legend(all_rules()["DEV109"])
    assert (legend["code"], legend["until"]) == ("豁免的代码", "有效期至")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("DEV108", {"code": "豁免的代码", "step": "所涉步骤或步骤", "date": "所涉记录的日期或日期"}),
        ("DEV124", {"code": "材料代码或问题代码", "date": "日期", "corrected": "整改日期"}),
        ("DEV123", {"code": "问题代码"}),
    ],
)
def test_a_key_in_several_places_has_the_names_of_all(code: str, names: dict[str, str]) -> None:
    legend = FIELDS.legend(all_rules()[code])
    assert {key: legend[key] for key in names} == names


@pytest.mark.parametrize("text", ["有效天数 valid_days", "有效天数（valid_days）"])
def test_a_label_that_already_stands_before_the_field_is_not_said_twice(text: str) -> None:
    pieces = FIELDS.pieces(all_rules()["DEV073"], text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.code] == ["valid_days"]
