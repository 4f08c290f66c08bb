"""Quorum, majority and arithmetic of a vote."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.definitions.model import Limit
from generator.procedure.progress import Progress
from tests.procedure.world import codes, found, person, procedure, run, small_rules

BEFORE = (("ask", "2020-10-08"), ("chat", "2020-10-20"), ("choose", "2020-12-01"), ("look", "2021-05-01"), ("look", "2021-10-25"))
VOTES = {"DEV043", "DEV044", "DEV045", "DEV046"}


def meeting(rules: Any = None, **fields: Any) -> Progress:
    return run(person(*BEFORE, ("meet", "2021-12-10", {"result": "passed", **fields})), rules or small_rules(), "2021-12-20")


def ballots(for_: int, against: int = 0, abstain: int = 0, invalid: int = 0, **more: int) -> dict[str, int]:
    total = for_ + against + abstain + invalid
    return {"issued": total, "returned": total, "for": for_, "against": against, "abstain": abstain, "invalid": invalid, **more}


def test_a_proper_vote_is_clean() -> None:
    progress = meeting(due=23, present=20, ballots=ballots(18, 1, 1), secret=True, one_by_one=True)
    assert not codes(progress) & VOTES
    assert progress.steps["meet"].completed is not None


@given(st.integers(1, 200), st.data())
def test_both_halves_are_measured_by_those_due(due: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, due))
    for_ = data.draw(st.integers(0, present))
    progress = meeting(due=due, present=present, ballots=ballots(for_, present - for_))
    assert ("DEV043" in codes(progress)) == (present * 2 <= due)
    assert ("DEV044" in codes(progress)) == (for_ * 2 <= due)
    assert "DEV045" not in codes(progress)


def test_exactly_half_fails() -> None:
    progress = meeting(due=20, present=10, ballots=ballots(10))
    assert {"DEV043", "DEV044"} <= codes(progress)
    message = found(progress, "DEV044")[0].message
    assert "赞成 10 票" in message
    assert "应到 20 人" in message
    assert "至少 11 票" in message
    assert found(progress, "DEV044")[0].place.pointer == ("log", 5, "ballots", "for")


@given(st.integers(0, 10))
def test_written_votes_count_as_votes_and_never_as_presence(written: int) -> None:
    slips = [{"person": f"p{n}", "vote": "for"} for n in range(written)]
    progress = meeting(due=30, present=15, ballots=ballots(12, 3), written=slips)
    assert "DEV043" in codes(progress)
    assert ("DEV044" in codes(progress)) == (12 + written <= 15)


def test_written_votes_do_not_count_where_the_version_says_so() -> None:
    slips = [{"person": "p1", "vote": "for"}]
    rules = small_rules(procedure(written_votes_count=False))
    assert "DEV044" not in codes(meeting(due=23, present=20, ballots=ballots(11, 9), written=slips))
    assert "DEV044" in codes(meeting(rules, due=23, present=20, ballots=ballots(11, 9), written=slips))


def test_a_refusal_that_had_the_majority_is_a_warning() -> None:
    progress = meeting(result="failed", due=23, present=20, ballots=ballots(18, 2))
    assert [f.severity.value for f in found(progress, "DEV044")] == ["warning"]
    assert "DEV044" not in codes(meeting(result="failed", due=23, present=20, ballots=ballots(11, 9)))


@pytest.mark.parametrize(
    "fields",
    [
        {"due": 23, "present": 24},
        {"due": 23, "present": 20, "ballots": ballots(18, 1, issued=21)},
        {"due": 23, "present": 20, "ballots": ballots(18, 1, returned=20)},
        {"due": 23, "present": 20, "ballots": {"issued": 19, "returned": 20}},
        {"due": 23, "present": 20, "ballots": {"returned": 18, "for": 19}},
        {"due": 23, "present": 20, "ballots": {"for": 21}},
        {"due": 23, "present": 20, "ballots": ballots(21, -1)},
        {"due": 23, "present": 22, "written": [{"vote": "for"}, {"vote": "for"}]},
    ],
)
def test_numbers_that_do_not_add_up(fields: dict[str, Any]) -> None:
    assert "DEV045" in codes(meeting(**fields))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_numbers_that_add_up_are_never_blamed(for_: int, against: int, abstain: int, invalid: int) -> None:
    total = for_ + against + abstain + invalid
    assert "DEV045" not in codes(meeting(due=total, present=total, ballots=ballots(for_, against, abstain, invalid)))


def test_open_and_joint_votes_are_found() -> None:
    assert "DEV046" in codes(meeting(secret=False))
    assert "DEV044" in codes(meeting(one_by_one=False)), "without a code of its own the limit's code is used"


def test_nothing_recorded_nothing_judged() -> None:
    assert not codes(meeting()) & VOTES
    assert isinstance(small_rules().procedures[0].steps["meet"].limits[1], Limit)
