"""Papers, platforms and profiles, and how they join the national rules of a branch."""

from __future__ import annotations

import pytest

from generator.definitions.load import Definitions, load_definitions
from generator.definitions.model import Basis
from generator.records.model import Branch, Committee, Organisation

CODES = (
    [f"M{n:02}" for n in range(6)]
    + [f"M{n}" for n in range(10, 19)]
    + [f"M{n}" for n in range(20, 30)]
    + ["M2A"]
    + [f"M{n}" for n in range(30, 39)]
    + [f"M{n}" for n in range(40, 46)]
    + ["M50", "M51", "M52"]
)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def test_catalogue_is_complete_and_in_dossier_order(definitions: Definitions) -> None:
    assert list(definitions.materials) == CODES
    assert len(CODES) == 44
    assert [each.order for each in definitions.materials.values()] == list(range(44))


def test_national_core(definitions: Definitions) -> None:
    core = {each.code for each in definitions.materials.values() if each.requirement == "national"}
    assert core == {"M01", "M15", "M26", "M30", "M37", "M40"}


def test_every_paper_arises_at_a_step(definitions: Definitions) -> None:
    assert len(definitions.procedures) >= 2
    for procedure in definitions.procedures:
        used = {paper.code for step in procedure.steps.values() for paper in step.materials}
        assert used == set(CODES)


def test_optional_papers_are_not_asked_for(definitions: Definitions) -> None:
    papers = {paper.code: paper for step in definitions.procedures[0].steps.values() for paper in step.materials}
    assert papers["M30"].required
    assert papers["M02"].required
    assert not papers["M36"].required


def test_dengta_has_eight_audits_to_be_confirmed(definitions: Definitions) -> None:
    audits = definitions.platforms["dengta"].audits
    assert [n for n, _, _ in audits] == list(range(1, 9))
    assert {remark for _, _, remark in audits} == {"待本校核实"}
    assert {step for _, step, _ in audits} <= set(definitions.steps)


@pytest.mark.parametrize("platform", ["dengta", "exianfeng"])
def test_platforms_have_operations_at_steps_and_beside_them(definitions: Definitions, platform: str) -> None:
    operations = definitions.platforms[platform].operations
    assert len(operations) > 10
    assert len({each.id for each in operations}) == len(operations)
    assert {each.step is None for each in operations} == {True, False}


def test_dengta_signs_four_minutes(definitions: Definitions) -> None:
    signed = {each.step for each in definitions.platforms["dengta"].operations if each.id.startswith("sign-")}
    assert signed == {"decide_activist", "propose_target", "admission_meeting", "conversion_meeting"}


def rules(definitions: Definitions, organisation: dict[str, str], branch: dict[str, str]) -> object:
    return definitions.rules_for(
        Organisation("data/organisation.yaml", organisation),
        Committee("cs", "data/cs/committee.yaml", {}),
        Branch("ug-1", "cs", "data/cs/ug-1/branch.yaml", branch),
    )


def test_nearest_profile_counts_and_national_is_the_default(definitions: Definitions) -> None:
    assert (
        definitions.rules_for(
            Organisation("o", {"profile": "campus"}),
            Committee("c", "c", {}),
            Branch("b", "c", "b", {"profile": "national"}),
        ).profile.id
        == "national"
    )
    assert rules(definitions, {}, {}).profile.id == "national"  # type: ignore[attr-defined]
    assert rules(definitions, {"platform": "dengta"}, {}).platform.id == "dengta"  # type: ignore[attr-defined]


def test_unknown_profile_or_platform_names_the_file(definitions: Definitions) -> None:
    from generator.diagnostics import JishiError

    with pytest.raises(JishiError, match=r"branch\.yaml：没有地方规则“nowhere”"):
        rules(definitions, {}, {"profile": "nowhere"})
    with pytest.raises(JishiError, match=r"organisation\.yaml：没有平台“nowhere”"):
        rules(definitions, {"platform": "nowhere"}, {})


def test_profile_and_platform_join_the_steps(definitions: Definitions) -> None:
    folded = definitions.rules_of("exianfeng", "campus").procedures[0]
    target = folded.steps["publicise_target"]
    assert (target.optional, target.layer) == (False, "local")
    assert folded.steps["sponsor_opinion_conversion"].layer == "platform"
    layers = {each.layer for each in folded.steps["inspect"].limits}
    assert layers == {"national", "platform"}
    local = next(each for each in folded.steps["report"].limits if each.id == "report-quarterly")
    assert (local.layer, local.basis) == ("local", Basis("校内规定（示例）"))
    national = definitions.procedures[0]
    assert national.steps["publicise_target"].optional
    assert not national.steps["report"].limits


def test_every_switch_is_explained(definitions: Definitions) -> None:
    assert len(definitions.settings) > 10
    for setting in definitions.settings.values():
        assert setting.title
        assert not setting.allowed or setting.default in setting.allowed
    assert definitions.profiles["national"].settings["talk_clock"] == "received"
    assert definitions.profiles["campus"].settings.keys() == definitions.settings.keys()


def test_citations(definitions: Definitions) -> None:
    first, second = definitions.procedures
    assert first.steps["talk"].basis is not None
    assert first.steps["talk"].basis.cite() == "《中国共产党发展党员工作细则》（2014）第7条"
    assert second.steps["join_group"].basis is not None
    assert second.steps["join_group"].basis.cite() == "《中国共产党发展党员工作细则》（2026）第28条（据转述）"
    assert Basis("本校规定").cite() == "本校规定"


def test_conditions(definitions: Definitions) -> None:
    assert definitions.matches({}, {})
    assert definitions.matches({"branch.has_committee": (True,)}, {"branch.has_committee": True})
    assert not definitions.matches({"branch.has_committee": (True,)}, {})
    assert definitions.matches({"branch.has_committee": (False,)}, {})
    assert definitions.matches({"outcome": ("convert", False)}, {"outcome": None})
    assert not definitions.matches({"outcome": ("convert", False)}, {"outcome": "cancel"})
    assert definitions.matches({"branch.kind": ("teacher", "staff")}, {"branch.kind": "staff"})
    assert not definitions.matches({"branch.kind": ("teacher",), "a": ("1",)}, {"branch.kind": "teacher", "a": 2})


def test_lists_compared_are_named(definitions: Definitions) -> None:
    seen = {short for each in definitions.materials.values() for short in each.seen_in}
    assert seen
    assert seen == set(definitions.paper_sources)
