"""The pages of switches and of ready profiles say everything the definitions say, and are found from the rules."""

from __future__ import annotations

import re
from html import unescape

import pytest

from generator.audit.register import all_rules
from generator.definitions.load import load_definitions
from tests.site.pages import public_markdown
from tests.site.repository import TINY, write_records

DEFINITIONS = load_definitions()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return public_markdown(write_records(tmp_path_factory.mktemp("local"), TINY))


def read(page: str) -> str:
    """The text as a reader sees it."""
    return unescape(page)


def part(page: str, anchor: str) -> str:
    """One section of a page, by the id of its heading."""
    found = re.search(rf"^## [^\n]*\{{: #{re.escape(anchor)} \}}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, anchor
    return read(found[1])


@pytest.mark.parametrize("switch", sorted(DEFINITIONS.settings))
def test_a_switch_is_explained(pages: dict[str, str], switch: str) -> None:
    setting = DEFINITIONS.settings[switch]
    text = part(pages["rules/switches.md"], switch)
    assert f"`{switch}`，默认 `{setting.default}`" in text
    for value, meaning in setting.values.items():
        assert f"`{value}`" in text
        assert meaning in text
    assert setting.values or f"{setting.least} 到 {setting.most} 的整数" in text
    assert setting.note in text


@pytest.mark.parametrize(
    ("switch", "codes"),
    [
        ("talk_clock", {"DEV004"}),
        ("approval_clock", {"DEV052"}),
        ("activist_start", {"DEV014", "DEV016", "DEV018", "DEV020"}),
        ("publicity_days", {"DEV024"}),
        ("inspection_grace_days", {"DEV014"}),
        ("conversion_overdue_months", {"DEV060"}),
        ("probation_report_months", {"DEV057"}),
        ("probation_end", {"DEV054"}),
    ],
)
def test_a_switch_names_the_codes_it_bears_upon(pages: dict[str, str], switch: str, codes: set[str]) -> None:
    assert codes <= set(re.findall(r"\[([A-Z]{3}[0-9]{3})\]", part(pages["rules/switches.md"], switch)))


def test_codes_of_switches_are_registered() -> None:
    named = {code for setting in DEFINITIONS.settings.values() for code in setting.codes}
    assert named
    assert named <= all_rules().keys()


@pytest.mark.parametrize("profile", sorted(DEFINITIONS.profiles.keys() - {"national"}))
def test_a_profile_says_what_it_switches_on(pages: dict[str, str], profile: str) -> None:
    found = DEFINITIONS.profiles[profile]
    text = part(pages["rules/profiles.md"], profile)
    assert f"`profile: {profile}`" in text
    assert found.source in text
    assert found.note in text
    assert found.conflict in text
    assert all(each in text for each in found.unchecked)
    assert sum(len(limits) for limits in found.limits.values()) == len(re.findall(r"（(?:警告|提示)，\[DEV", text))
    assert text.count("/procedure/") >= len(found.limits) + len(found.require)
    assert all(f"[{code} " in text for code in found.enable)
    assert found.limits or found.require or found.enable


def test_they_are_found_from_the_rules(pages: dict[str, str]) -> None:
    assert "(switches.md)" in pages["rules/index.md"]
    assert "(profiles.md)" in pages["rules/index.md"]


def test_yaml_to_copy_is_not_mangled(pages: dict[str, str]) -> None:
    blocks = re.findall(r"``` yaml\n(.*?)```", pages["rules/switches.md"] + pages["rules/profiles.md"], re.DOTALL)
    assert len(blocks) == 2
    assert not any("&#" in block for block in blocks)
    spans = re.findall(r"`([^`\n]+)`", pages["rules/switches.md"] + pages["rules/profiles.md"])
    assert len(spans) > 50
    assert not any("&" in span for span in spans)
