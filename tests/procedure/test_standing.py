"""First pass: membership and rights on any day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.procedure.standing import Standings, standings
from generator.records.model import Organiser, Person
from tests.procedure.world import d, only_2014, person, small_rules

LOG = (
    ("ask", "2020-10-08"), ("chat", "2020-10-20"), ("choose", "2020-12-01"), ("meet", "2021-12-05"), ("confirm", "2022-01-10"),
    ("turn", "2022-12-08"), ("settle", "2023-01-10", {"outcome": "convert"}),
)  # fmt: skip
WHO = "2021030117"


def of(*people: Person, **more: Any) -> Standings:
    return standings(people, lambda _: small_rules(), **more)


def test_probation_from_the_meeting_and_full_from_the_expiry() -> None:
    found = of(person(*LOG))
    day_of = {day: found.on(WHO, d(day)) for day in ("2021-12-04", "2021-12-05", "2022-12-04", "2022-12-05")}
    assert [(s.probationary, s.full, s.rights) for s in day_of.values()] == [
        (False, False, False), (True, False, False), (True, False, False), (False, True, True),
    ]  # fmt: skip
    assert day_of["2022-12-05"].since == d("2022-12-05")


def test_without_approval_there_is_no_probation() -> None:
    assert not of(person(*LOG[:4])).on(WHO, d("2022-06-01")).probationary
    refused = (*LOG[:4], ("confirm", "2022-01-10", {"result": "failed"}))
    assert not of(person(*refused)).on(WHO, d("2022-06-01")).probationary


def test_what_a_later_day_brought_is_not_known_before() -> None:
    assert not of(person(*LOG), as_of=d("2023-01-01")).on(WHO, d("2022-12-31")).full


def test_leaving_ends_membership() -> None:
    found = of(person(*LOG, ("go", "2024-03-01")))
    assert found.on(WHO, d("2024-02-29")).full
    assert not found.on(WHO, d("2024-03-01")).full


def test_baseline_and_sanctions() -> None:
    base = {"arrived": d("2010-01-01"), "status": "full", "full_since": d("1999-06-01")}
    watched = [{"kind": "留党察看", "from": d("2020-01-01"), "to": d("2021-01-01"), "rights_restored": d("2021-02-01")}]
    found = of(person(baseline=base, sanctions=watched))
    assert [found.on(WHO, d(day)).rights for day in ("2019-12-31", "2020-01-01", "2021-01-15", "2021-02-01")] == [True, False, False, True]
    assert found.on(WHO, d("2020-06-01")).full
    mild = [{"kind": "警告", "from": d("2020-01-01")}]
    assert of(person(baseline=base, sanctions=mild)).on(WHO, d("2020-06-01")).rights
    out = [{"kind": "开除党籍", "from": d("2020-01-01")}]
    assert not of(person(baseline=base, sanctions=out)).on(WHO, d("2020-06-01")).full


def test_a_full_member_without_a_date_counts_from_the_arrival() -> None:
    found = of(person(baseline={"arrived": d("2010-01-01"), "status": "full"}))
    assert not found.on(WHO, d("2009-12-31")).full
    assert found.on(WHO, d("2010-01-01")).full


def test_organisers_and_the_unknown() -> None:
    organiser = Organiser("1995003", "cs", "data/cs/organisers/1995003.yaml", {"full_since": d("2000-01-01")})
    found = of(person(*LOG), organisers=(organiser,))
    assert found.on("1995003", d("2001-01-01")).full
    assert not found.on("nobody", d("2001-01-01")).known
    assert not of(person()).on(WHO, d("2001-01-01")).known


def test_the_real_procedure_makes_members() -> None:
    log = (
        ("apply", "2020-10-08"), ("decide_activist", "2020-12-01"), ("file_activist", "2020-12-20"), ("list_target", "2021-12-25"),
        ("admission_meeting", "2022-05-10"), ("approve_admission", "2022-06-20"), ("conversion_meeting", "2023-05-12"),
        ("approve_conversion", "2023-06-12", {"outcome": "convert", "effective": d("2023-05-10")}),
    )  # fmt: skip
    someone = person(*log)
    found = standings([replace(someone, id="x")], lambda _: only_2014())
    assert found.on("x", d("2022-05-10")).probationary
    assert not found.on("x", d("2023-05-09")).full
    assert found.on("x", d("2023-05-10")).full


def of_the_real(*log: Any) -> Standings:
    base = {"arrived": d("2010-01-01"), "status": "full", "full_since": d("1999-06-01")}
    return standings([replace(person(*log, baseline=base), id="x")], lambda _: only_2014())


def test_who_is_accepted_elsewhere_is_no_member_here_any_more() -> None:
    out = of_the_real(("transfer", "2024-06-10", {"route": "out_prov_in", "accepted": d("2024-07-09")}))
    assert [out.on("x", d(day)).full for day in ("2024-06-11", "2024-07-08", "2024-07-09")] == [True, True, False]
    waiting = of_the_real(("transfer", "2024-06-10", {"route": "out_prov_in"}))
    assert waiting.on("x", d("2026-01-01")).rights
    within = of_the_real(("transfer", "2024-06-10", {"route": "in_school_same", "accepted": d("2024-07-09")}))
    assert within.on("x", d("2026-01-01")).rights


def test_who_cannot_be_found_has_no_vote_until_found() -> None:
    found = of_the_real(
        ("lost_contact", "2024-01-10", {"measure": "listed"}),
        ("lost_contact", "2024-06-10", {"measure": "stopped"}),
        ("lost_contact", "2025-06-10", {"measure": "found"}),
    )
    days = ("2024-06-09", "2024-06-10", "2025-06-09", "2025-06-10")
    assert [found.on("x", d(day)).rights for day in days] == [True, False, False, True]
    assert all(found.on("x", d(day)).full for day in days)
