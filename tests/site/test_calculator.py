"""The data of the date calculator: made from the definitions alone, and no step named in its code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from generator.definitions.load import load_definitions
from generator.procedure.book import book_of
from generator.site.build import write_tree
from generator.site.calculator import DATA, address_for, calculator_of, rule_sets
from generator.site.open_library import open_structure
from generator.site.pages import PageSet
from generator.site.public import public_pages
from generator.site.settings import SiteFolders
from generator.views.calculator_extension import extension_of
from generator.views.calculator_steps import DAYS
from tests.site.pages import DAY
from tests.site.repository import PROJECT, TINY, write_records

CODE = (
    "templates/theme/assets/jishi/calculator.js",
    "templates/theme/assets/jishi/calculator-page.js",
    "templates/theme/assets/jishi/calculator-rounds.js",
    "generator/views/calculator.py",
    "generator/views/calculator_extension.py",
    "generator/views/calculator_steps.py",
    "generator/views/calculator_table.py",
    "generator/views/calculator_versions.py",
    "generator/site/calculator.py",
)


def test_the_script_is_the_data(tmp_path: Path) -> None:
    library = open_structure(write_records(tmp_path, TINY), DAY)
    pages, folders = PageSet(), SiteFolders(tmp_path, "public")
    public_pages(library, pages)
    write_tree(folders, library, pages)
    text = (folders.docs / DATA).read_text(encoding="utf-8")
    found = re.search(r"^globalThis\.jishiProcedure = (.*);$", text, re.MULTILINE)
    assert found
    assert json.loads(found[1]) == json.loads(json.dumps(calculator_of(library).data))
    assert "卓书言" not in text
    assert "</" not in text


def test_every_limit_that_sets_a_day_is_there(tmp_path: Path) -> None:
    made = calculator_of(open_structure(write_records(tmp_path, TINY), DAY))
    seen = 0
    for version, procedure in zip(made.data["versions"], load_definitions().procedures, strict=True):
        steps = {step["id"]: step for step in version["steps"]}
        for step in procedure.steps.values():
            wanted = [limit.id for limit in step.limits if limit.rule in DAYS]
            assert step.number is None or [limit["id"] for limit in steps[step.id]["limits"]] == wanted
            seen += len(wanted)
    assert seen > 30


def test_what_an_extension_does_again_is_data() -> None:
    procedures, made = load_definitions().procedures, calculator_of(open_structure(PROJECT, DAY))
    final = 0
    for version, procedure in zip(made.data["versions"], procedures, strict=True):
        done = [(step.id, each) for step in procedure.steps.values() for each in step.transitions if each.extends]
        assert [step for step, _ in done] == [version["extension"]["confirmed"]]
        assert version["extension"]["decided"] == str(procedure.probation.extended_by).partition(".")[0]
        assert set(version["extension"]["reopens"]) == set(done[0][1].reopens)
        order = [step["id"] for step in version["steps"]]
        assert version["extension"]["reopens"] == sorted(version["extension"]["reopens"], key=order.index)
        for step in version["steps"]:
            limits = {limit.id: limit for limit in procedure.steps[step["id"]].limits}
            for limit in step["limits"]:
                outcomes = limits[limit["id"]].when.get("outcome")
                assert limit.get("final", False) == (outcomes is not None and "extend" not in outcomes)
                final += limit.get("final", False)
    assert final >= 2


def test_where_nothing_says_what_is_done_again_it_is_what_the_engine_takes() -> None:
    """… the entry that names the months, and all that follows it."""
    rules = load_definitions().rules_of(None, "national")
    procedure = rules.current
    silent = {
        key: replace(step, transitions=tuple(replace(each, reopens=()) for each in step.transitions))
        for key, step in procedure.steps.items()
    }
    bare = {key: replace(step, transitions=()) for key, step in procedure.steps.items()}
    named = str(procedure.probation.extended_by).partition(".")[0]
    for steps in (silent, bare):
        edition = book_of(replace(rules, procedures=(replace(procedure, steps=steps),))).editions[0]
        found = extension_of(edition)
        assert found is not None
        assert found.decided == named
        assert {step for step in {named} | edition.dependents[named] if steps[step].number is not None} == set(found.reopens)
        assert edition.extends == (found.confirmed != named)
    none = replace(procedure, steps=bare, probation=replace(procedure.probation, extended_by=None))
    assert extension_of(book_of(replace(rules, procedures=(none,))).editions[0]) is None


def test_predecessors_come_first_in_the_order_of_the_steps() -> None:
    """A plan is made in one pass through the steps."""
    for procedure in load_definitions().procedures:
        order = list(procedure.steps)
        pairs = [(after.step, step.id) for step in procedure.steps.values() for after in step.after]
        assert pairs
        assert [pair for pair in pairs if order.index(pair[0]) > order.index(pair[1])] == []


def test_what_branches_here_go_by_can_be_chosen_first() -> None:
    sets = rule_sets(open_structure(PROJECT, DAY))
    assert sets[0].id == "national"
    local = [each for each in sets if each.local]
    assert local
    assert sets[1 : 1 + len(local)] == local


def test_rules_that_set_all_steps_apart_do_so_in_the_manual_too(tmp_path: Path) -> None:
    profile = tmp_path / "schema/profiles/ours.yaml"
    profile.parent.mkdir(parents=True)
    profile.write_text("id: ours\ntitle: 本校规定\nsettings: {same_day: warn}\n", encoding="utf-8")
    files = {**TINY, "wx/wx-ug/branch.yaml": TINY["wx/wx-ug/branch.yaml"] + "profile: ours\n"}
    library = open_structure(write_records(tmp_path, files), DAY)
    assert {key for key, each in library.definitions.profiles.items() if each.sets_apart} == {"ours"}
    said = {each["id"]: each["apart"] for each in calculator_of(library).data["sets"]}
    assert {key for key, apart in said.items() if apart} == {"ours", "dengta+ours"}
    begun = [step.begins for step in library.manuals["wx-ug"].steps]
    assert any("从次日起（同一天的会有提醒）" in text for text in begun)
    assert not any("同一天也可以" in text for text in begun)


@pytest.mark.parametrize("path", CODE)
def test_no_step_is_named_in_the_code(path: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    named = [step for step in load_definitions().steps if "_" in step and step in text]
    assert named == []
    assert not re.search(r"[\"'](apply|talk|oath|archive|inspect|preview|recommend)[\"'.]", text)


def test_a_branch_is_sent_to_its_own_rules_and_circumstances() -> None:
    library = open_structure(PROJECT, DAY)
    made = calculator_of(library)
    sent = {branch: address_for(each, made, library) for branch, each in library.branches.items()}
    chosen = {branch: dict(parse_qsl(address)) for branch, address in sent.items()}
    assert len(chosen) > 5
    assert {said["rules"] for said in chosen.values()} <= {each.id for each in made.sets}
    assert chosen["fa-t1"] == {
        "rules": "dengta+campus", "committee.type": "general_branch", "branch.has_committee": "false",
    }  # fmt: skip
    assert "branch.has_committee" not in chosen["cs-ug1"]
