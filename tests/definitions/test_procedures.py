"""The procedures as shipped: every step there, in order, with its article, its papers and its guidance."""

from __future__ import annotations

from datetime import date

import pytest

from generator.definitions.load import Definitions, load_definitions
from generator.definitions.model import After, Limit, Procedure, StepMaterial, Transition
from generator.definitions.vocabulary import SUBJECTS

STEPS = (
    "apply talk",
    "recommend decide_activist publicise_activist file_activist assign_contacts inspect report train_activist",
    "collect_opinions propose_target consent_target publicise_target list_target",
    "assign_sponsors political_review train_target",
    "committee_review preview publicise_admission fill_book sponsor_opinion admission_meeting",
    "general_branch_review superior_talk approve_admission file_admission",
    "join_group oath probation_inspect probation_report",
    "apply_conversion collect_opinions_conversion sponsor_opinion_conversion committee_review_conversion publicise_conversion",
    "defer_conversion conversion_meeting approve_conversion archive archive_delay",
    "suspend restore adjust_stage move leave_party transfer follow_up lost_contact "
    "platform_audit platform_check material_review arrival_review inspection",
)
STEP_IDS = " ".join(STEPS).split()
ADMINISTRATIVE = STEPS[-1].split()


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(params=["development-2014", "development-2026"])
def procedure(request: pytest.FixtureRequest, definitions: Definitions) -> Procedure:
    return next(each for each in definitions.procedures if each.id == request.param)


def limit(procedure: Procedure, step: str, name: str) -> Limit:
    return next(each for each in procedure.steps[step].limits if each.id == name)


def test_versions_are_oldest_first_with_their_days(definitions: Definitions) -> None:
    assert [(each.version, each.from_) for each in definitions.procedures] == [
        ("2014", date(2014, 5, 28)),
        ("2026", date(2026, 5, 18)),
    ]
    assert definitions.procedures[0].uncertain_from is None
    assert definitions.procedures[1].uncertain_from == date(2026, 5, 11)


def test_every_step_is_there_in_procedure_order(procedure: Procedure) -> None:
    assert list(procedure.steps) == STEP_IDS


def test_flow_has_all_25_numbers_in_order(procedure: Procedure) -> None:
    numbers = [step.number for step in procedure.steps.values() if step.number is not None]
    assert sorted(set(numbers)) == list(range(1, 26))
    assert numbers == sorted(numbers)


def test_phases_split_the_steps(procedure: Procedure) -> None:
    assert len(procedure.phases) == 6
    assert [step for phase in procedure.phases for step in phase.steps] == list(procedure.steps)
    assert procedure.phases[-1].steps == tuple(ADMINISTRATIVE)


def test_predecessors_stand_earlier_in_the_procedure(procedure: Procedure) -> None:
    pairs = [(after.step, step.id) for step in procedure.steps.values() for after in step.after]
    assert len(pairs) > 40
    for before, after in pairs:
        assert procedure.order(before) < procedure.order(after), (before, after)


def test_anchors_name_steps_or_known_subjects(procedure: Procedure) -> None:
    refs = [ref for step in procedure.steps.values() for each in step.limits for ref in each.of]
    assert refs
    assert {ref.subject for ref in refs} <= set(procedure.steps) | SUBJECTS


def test_limits_have_unique_names_within_a_step_and_a_code(procedure: Procedure) -> None:
    assert sum(len(step.limits) for step in procedure.steps.values()) > 20
    for step in procedure.steps.values():
        names = [each.id for each in step.limits]
        assert len(names) == len(set(names)), step.id
        assert all(each.code.startswith("DEV") and len(each.code) == 6 for each in step.limits)


def test_everything_has_an_origin_that_resolves_to_its_line(definitions: Definitions, procedure: Procedure) -> None:
    texts: dict[str, list[str]] = {}
    seen = 0
    for step in procedure.steps.values():
        parts: list[tuple[str, Limit | After | StepMaterial]] = [
            *((each.id, each) for each in step.limits),
            *((each.step, each) for each in step.after),
            *((each.code, each) for each in step.materials),
        ]
        for name, part in parts:
            assert part.origin is not None
            path = part.origin.file
            lines = texts.setdefault(path, definitions._shelf.find(path).read_text(encoding="utf-8").splitlines())  # type: ignore[union-attr]
            assert name in lines[definitions.origin_line(part.origin) - 1], (step.id, name)
            seen += 1
    assert seen > 100


def test_every_step_is_explained(procedure: Procedure) -> None:
    assert len(procedure.steps) > 30
    for step in procedure.steps.values():
        for field in ("purpose", "guide", "record", "refusal", "date_means"):
            assert getattr(step, field), (step.id, field)
        assert step.guide.startswith("1. "), step.id
        assert step.basis is not None, step.id


def test_steps_of_the_flow_rest_on_articles_unless_they_are_custom(procedure: Procedure) -> None:
    numbered = [step for step in procedure.steps.values() if step.number]
    without = {step.id for step in numbered if step.basis and step.basis.article is None}
    custom = {"publicise_activist", "publicise_admission", "publicise_conversion", "archive_delay"}
    assert without == (custom | {"publicise_target"} if procedure.version == "2014" else custom)
    assert all(step.optional for step in numbered if step.id in without)


def test_administrative_acts_are_never_due(procedure: Procedure) -> None:
    assert len(ADMINISTRATIVE) == 13
    assert all(not procedure.steps[step].duty and procedure.steps[step].optional for step in ADMINISTRATIVE)


def test_stages_are_entered_by_these_steps(procedure: Procedure) -> None:
    entered = {
        transition.stage: (step.id, [str(ref) for ref in transition.since])
        for step in procedure.steps.values()
        for transition in step.transitions
        if transition.stage
    }
    assert entered == {
        "applicant": ("apply", []),
        "activist": ("file_activist", ["decide_activist.date", "own.date"]),
        "target": ("list_target", []),
        "probationary": ("approve_admission", ["admission_meeting.date"]),
        "full": ("approve_conversion", ["own.effective", "probation.expiry"]),
    }


def test_an_extended_probation_ends_in_a_second_discussion(procedure: Procedure) -> None:
    [extending] = [each for each in procedure.steps["approve_conversion"].transitions if each.extends]
    assert str(extending.extends) == "conversion_meeting.extension_months"
    assert {"apply_conversion", "conversion_meeting", "approve_conversion"} <= set(extending.reopens)
    assert all(procedure.steps[step].repeat == "many" for step in extending.reopens)


@pytest.mark.parametrize(
    ("step", "name", "rule", "code", "article", "params"),
    [
        ("apply", "apply-age", "age", "DEV001", 5, {"years": 18}),
        ("talk", "talk-month", "within", "DEV004", 7, {"months": 1}),
        (
            "assign_contacts",
            "contacts-count",
            "count",
            "DEV011",
            9,
            {"field": "contacts", "min": 1, "max": 2, "distinct": True},
        ),
        ("propose_target", "cultivation-year", "not_before", "DEV020", 13, {"months": 12}),
        (
            "assign_sponsors",
            "sponsors-count",
            "count",
            "DEV030",
            14,
            {"field": "sponsors", "min": 2, "max": 2, "distinct": True},
        ),
        ("train_target", "target-training-length", "duration", "DEV027", 17, {"days": 3, "hours": 24}),
        ("approve_admission", "approval-six-months", "within", "DEV052", 26, {"months": 6}),
        ("approve_conversion", "conversion-approval-three-months", "within", "DEV063", 34, {"months": 3}),
    ],
)
def test_figures_of_2014(
    definitions: Definitions, step: str, name: str, rule: str, code: str, article: int, params: dict[str, object]
) -> None:
    found = limit(definitions.procedures[0], step, name)
    assert (found.rule, found.code, dict(found.params)) == (rule, code, params)
    assert found.basis is not None
    assert (found.basis.version, found.basis.article) == ("2014", article)


def test_half_year_inspection_counts_only_the_branch_and_has_fifteen_days_grace(procedure: Procedure) -> None:
    found = limit(procedure, "inspect", "inspect-half-year")
    assert (found.params["months"], found.params["grace_days"]) == (6, 15)
    assert "branch" in found.params["where"]["by"]
    assert "contacts" not in found.params["where"]["by"]


def test_approval_over_six_months_means_starting_again_unless_reported_in_time(procedure: Procedure) -> None:
    found = limit(procedure, "approve_admission", "approval-six-months")
    assert [str(ref) for ref in found.of] == ["own.reported", "admission_meeting.date"]
    assert found.severity is None
    assert found.consequence == "须重新履行入党手续"
    three = limit(procedure, "approve_admission", "approval-three-months")
    assert three.unless == ("delay_reason",)
    assert three.severity is not None
    assert three.severity.value == "warning"


def test_conditions_on_settings_are_resolved(procedure: Procedure) -> None:
    assert any(each.when for step in procedure.steps.values() for each in step.limits)
    for step in procedure.steps.values():
        conditioned: list[Limit | After | Transition] = [*step.limits, *step.after, *step.transitions]
        for part in conditioned:
            assert not [key for key in part.when if key.startswith("profile.")], step.id
        for each in step.limits:
            assert not [value for value in each.params.values() if str(value).startswith("profile.")], each.id


def test_kinds_are_those_of_the_records(definitions: Definitions) -> None:
    from generator.definitions.load import entry_kinds

    kinds = entry_kinds(definitions._shelf)
    assert kinds
    assert set(definitions.step_kinds) == set(STEP_IDS)
    assert set(definitions.step_kinds.values()) <= kinds
