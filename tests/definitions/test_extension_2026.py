"""The version of 2026 states only its differences; these are all of them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from generator.definitions.load import load_definitions
from generator.definitions.model import After, Basis, Limit, Procedure, Step

OLD, NEW = load_definitions().procedures


def plain(part: After | Limit) -> tuple[object, ...]:
    """A part without where it stands and which edition it cites."""
    return tuple(
        getattr(part, each.name)
        if each.name not in ("params", "when")
        else sorted(getattr(part, each.name).items(), key=str)
        for each in fields(part)
        if each.name not in ("origin", "basis")
    )


def changed(of: str) -> set[str]:
    return {
        step
        for step in OLD.steps
        if [plain(part) for part in getattr(OLD.steps[step], of)]
        != [plain(part) for part in getattr(NEW.steps[step], of)]
    }


def test_limits_differ_exactly_here() -> None:
    assert changed("limits") == {"consent_target", "publicise_target", "admission_meeting", "oath"}


def test_order_differs_exactly_here() -> None:
    assert changed("after") == {"publicise_target", "list_target"}


def test_one_step_became_a_duty() -> None:
    assert {step for step in OLD.steps if OLD.steps[step].optional != NEW.steps[step].optional} == {"publicise_target"}
    assert not NEW.steps["publicise_target"].optional


def test_publicity_comes_after_consent_and_before_listing() -> None:
    [consent] = NEW.steps["publicise_target"].after
    assert consent.step == "consent_target"
    listing = next(after for after in NEW.steps["list_target"].after if after.step == "publicise_target")
    assert listing.strict
    assert listing.severity is None
    assert listing.order == "DEV025"
    old = next(after for after in OLD.steps["list_target"].after if after.step == "publicise_target")
    assert old.severity is not None
    workdays = next(each for each in NEW.steps["publicise_target"].limits if each.rule == "workdays")
    assert (workdays.params["min"], workdays.code) == (5, "DEV024")


def test_meeting_within_a_month_of_the_preview() -> None:
    [new] = [each for each in NEW.steps["admission_meeting"].limits if each.code == "DEV041"]
    assert (new.params["months"], str(new.of[0])) == (1, "preview.date")
    assert not [each for each in OLD.steps["admission_meeting"].limits if each.code == "DEV041"]


def test_what_the_sources_leave_open_needs_checking() -> None:
    """Marked as such is whatever the version itself states without being sure of it, and of nothing older."""
    own = [limit for step in NEW.steps.values() for limit in step.limits if limit.origin and limit.origin.file == NEW.path]
    assert len(own) > 5
    unsure = {limit.id for limit in own if limit.basis is not None and limit.basis.confidence == "unsure"}
    assert unsure
    doubtful = {limit.id for step in NEW.steps.values() for limit in step.limits if limit.doubtful}
    assert doubtful == unsure | {"consent-is-agreement"}
    assert not [limit for step in OLD.steps.values() for limit in step.limits if limit.doubtful]
    assert OLD.written_votes_settled
    assert not NEW.written_votes_settled


def test_oath_within_a_month_is_marked_unsure() -> None:
    [oath] = NEW.steps["oath"].limits
    assert oath.basis is not None
    assert oath.basis.confidence == "unsure"


def bases(procedure: Procedure) -> dict[str, Basis]:
    def own(step: Step) -> list[tuple[str, Basis | None]]:
        return [(step.id, step.basis), *((f"{step.id}/{each.id}", each.basis) for each in step.limits)]

    return {name: basis for step in procedure.steps.values() for name, basis in own(step) if basis and basis.article}


def test_articles_from_19_on_are_one_lower() -> None:
    old, new = bases(OLD), bases(NEW)
    both = [name for name in old if name in new and name != "publicise_target"]
    assert len(both) > 40
    for name in both:
        before, after = old[name].article, new[name].article
        assert before is not None
        assert after == (before - 1 if before > 18 else before), name
        assert new[name].version == "2026"


@pytest.mark.parametrize(("step", "confidence"), [("talk", "certain"), ("join_group", "likely"), ("oath", "unsure")])
def test_second_hand_articles_are_marked(step: str, confidence: str) -> None:
    assert bases(NEW)[step].confidence == confidence
    assert bases(OLD)[step].confidence == "certain"


def test_probation_rests_on_the_new_article() -> None:
    assert OLD.probation.basis is not None
    assert NEW.probation.basis is not None
    assert (OLD.probation.basis.article, NEW.probation.basis.article) == (32, 31)
    assert NEW.probation.months == 12


def test_extended_guidance_keeps_the_old_text() -> None:
    assert NEW.steps["admission_meeting"].guide.startswith(OLD.steps["admission_meeting"].guide)
    assert "一个月内" in NEW.steps["admission_meeting"].guide


def test_untouched_steps_point_at_the_file_they_come_from() -> None:
    talk, oath = NEW.steps["talk"], NEW.steps["oath"]
    assert talk.origin is not None
    assert oath.origin is not None
    assert talk.origin.file.endswith("development-2014.yaml")
    assert oath.origin.file.endswith("development-2026.yaml")
