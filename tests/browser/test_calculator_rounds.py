"""An extended probation period and a second application in the date calculator: as the engine takes them from a record."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from generator.definitions.rules import Rules
from generator.procedure.calendar import add_months
from generator.procedure.progress import Progress, StepState
from generator.records.model import Person
from tests.browser.test_calculator import PROJECT, absent, cases, checked, days, field_keys, origins, rules_of
from tests.procedure.world import World, person, run

__all__ = ["days", "field_keys"]

ROUNDS = PROJECT / "templates" / "theme" / "assets" / "jishi" / "calculator-rounds.js"
MONTHS = "conversion_meeting.extension_months"
STARTS = ("2023-02-28", "2023-08-31", "2024-02-28", "2024-02-29", "2024-11-30", "2024-12-31", "2025-03-15", "2025-05-31", "2025-06-06")
Log = list[tuple[str, str, dict[str, Any]]]
Entered = list[tuple[str, str | int]]
Wrong = tuple[str, str, str, str]
"""Step, field, day, code."""

HELPERS = """() => {
  const J = jishiDays, iso = day => day === null || day === undefined ? null : J.iso(day);
  const plain = value => typeof value === "number" ? value : J.parse(value);
  globalThis.sortedOf = (profile, entered) =>
    jishiEntries.sorted(bookOf(profile), entered.map(([key, value], at) => ({key, value: plain(value), at})), data.rounds);
  globalThis.faultsOf = (profile, entered) => {
    const {rules, known} = sortedOf(profile, entered);
    return J.broken(rules, known, null).filter(each => each.doubt !== "reminded").map(each => ({
      step: jishiEntries.base(each.id), field: each.field, day: iso(each.day), doubt: each.doubt,
      limit: each.bound.limit ? each.bound.limit.id : null, after: each.bound.after ? jishiEntries.base(each.bound.after.step) : null,
    }));
  };
  globalThis.daysOf = (profile, entered, as_of, steps) => {
    const {rules, known, left} = sortedOf(profile, entered), version = J.on(rules, J.parse(as_of)), get = J.reader(known, null);
    return {left, days: steps.map(id => {
      const {lows, highs} = J.planned(rules, version, id, get);
      return [J.latest(lows.filter(low => low.limit)), J.soonest(highs)].map(bound => bound && iso(bound.day));
    })};
  };
  globalThis.rowsOf = (profile, entered, floor) => {
    const {rules, known} = sortedOf(profile, entered), plan = J.plan(rules, known, floor ? J.parse(floor) : undefined);
    return {
      expiry: plan.probation && iso(plan.probation.expiry), missed: plan.missed.map(each => [each.title, iso(each.day)]),
      rows: plan.rows.map(({id, state, day, from, to, fields}) =>
        ({id, state, day: iso(day), from: iso(from), to: iso(to), fields: fields.map(each => each.key)})),
      series: Object.fromEntries(plan.rows.filter(r => r.series).map(r => [r.id, [iso(r.series.next), Boolean(r.series.overdue)]])),
    };
  };
}"""


@pytest.fixture(scope="module", autouse=True)
def rounds(days: Any) -> None:
    days.add_script_tag(path=str(ROUNDS))
    days.evaluate(HELPERS)


def shifted(day: date, by: int) -> str:
    return (day + timedelta(days=by)).isoformat()


def extended(dice: random.Random, start: date, months: int) -> Log:
    """A record from the admission on, extended once, up to some step of the second time."""
    first, last = add_months(start, 12), add_months(start, 12 + months)

    def once(end: date, fields: dict[str, Any], outcome: dict[str, Any], before: date = start) -> Log:
        applied = end - timedelta(days=dice.choice((0, 5, 28, 29, 30, 31, 32)))
        if dice.random() < 0.15 and before > start:
            applied = before + timedelta(days=1)
        met = max(end + timedelta(days=dice.choice((-1, 0, 0, 1, 2, 27, 30, 31, 32))), applied)
        heard = applied + timedelta(days=dice.randrange((met - applied).days + 1))
        approved = met + timedelta(days=dice.choice((0, 1, 4, 30, 89, 90, 92, 93)))
        return [
            ("apply_conversion", applied.isoformat(), {}),
            ("collect_opinions_conversion", heard.isoformat(), {}),
            ("committee_review_conversion", min(shifted(heard, dice.choice((0, 0, 1, -1))), met.isoformat()), {}),
            ("conversion_meeting", met.isoformat(), fields),
            ("approve_conversion", approved.isoformat(), outcome),
        ]

    effective = {"effective": last + timedelta(days=dice.choice((0, 0, 0, -1, 1)))} if dice.random() < 0.5 else {}
    log: Log = [("admission_meeting", start.isoformat(), {}), ("approve_admission", shifted(start, dice.choice((1, 20))), {})]
    log += once(first, {"outcome": "extend", "extension_months": months}, {"outcome": "extend"})
    approved = date.fromisoformat(log[-1][1])
    return log + once(last, {"outcome": "convert"}, {"outcome": "convert", **effective}, approved)[: dice.choice((0, 1, 3, 4, 5, 5))]


def entered(log: Log) -> Entered:
    found: Entered = [(f"{step}.date", day) for step, day, _ in log]
    for step, _, fields in log:
        told = [(f"{step}.{key}", value) for key, value in fields.items() if key != "outcome"]
        found += [(key, value.isoformat() if isinstance(value, date) else value) for key, value in told]
    return found


def extensions(seed: int, count: int) -> list[Log]:
    dice = random.Random(seed)
    starts = [*STARTS, *(shifted(date(2019, 1, 31), dice.randrange(2800)) for _ in range(6))]
    return [extended(dice, date.fromisoformat(start), months) for start in starts for months in range(6, 13) for _ in range(count)]


def someone(log: Log) -> Person:
    return person(*log, born=date(1960, 1, 1))


def told(progress: Progress, rules: Rules, log: Log) -> set[Wrong]:
    known, found = origins(rules), set()
    for finding in progress.findings:
        what = known.get((finding.step or "", finding.rule)) if finding.rule is not None else None
        if what is None or absent(finding) or finding.code in ("DEV104", "DEV105", "DEV106") or len(finding.place.pointer) < 3:
            continue
        _, index, field = finding.place.pointer[:3]
        step, day, fields = log[int(index)]
        found.add((step, str(field), day if field == "date" else fields[str(field)].isoformat(), what[2]))
    return found


def said(faults: Iterable[dict[str, Any]], rules: Rules) -> set[Wrong]:
    codes = {(key[0], what[0], what[1]): what[2] for key, what in origins(rules).items()}
    named = [(each, ("limit", each["limit"]) if each["limit"] else ("after", each["after"])) for each in faults if not each["doubt"]]
    return {(each["step"], each["field"], each["day"], codes[each["step"], *what]) for each, what in named}


def all_faults(days: Any, profile: str, given: list[Entered]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = days.evaluate("([profile, cases]) => cases.map(each => faultsOf(profile, each))", [profile, given])
    return found


@pytest.mark.parametrize("profile", ["national", "campus"])
def test_both_times_are_judged_as_the_engine_judges_them(days: Any, profile: str) -> None:
    dice, rules, logs = random.Random(21), rules_of(profile), extensions(20, 2)
    given = [dice.sample(all_, len(all_)) for all_ in (entered(log) for log in logs)]
    wrong = right = 0
    for log, faults in zip(logs, all_faults(days, profile, given), strict=True):
        progress = run(someone(log), rules, "2060-01-01", World(), explicit=True)
        here, there = said(faults, rules), told(progress, rules, log)
        assert here == there, log
        wrong += bool(here)
        right += not here
    assert wrong > 30
    assert right > 30


HIDDEN = (
    ("approve_conversion",), ("conversion_meeting",), ("apply_conversion", "collect_opinions_conversion", "committee_review_conversion"),
    ("conversion_meeting", "approve_conversion"),
)  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_was_done_the_first_time_need_not_all_be_filled_in(days: Any, hidden: tuple[str, ...]) -> None:
    """The second time of a step alone: nothing is held against it that the engine, which knows the first, does not find."""
    rules = rules_of("national")
    logs = [log for log in extensions(22, 2) if len(log) == 12]
    left_out = [[(f"{step}.date", day) for step, day, _ in log[:7] if step in hidden] for log in logs]
    given = [[pair for pair in entered(log) if pair not in out] for log, out in zip(logs, left_out, strict=True)]
    tried = 0
    for log, faults, known in zip(logs, all_faults(days, "national", given), given, strict=True):
        there = told(run(someone(log), rules, "2060-01-01", World(), explicit=True), rules, log)
        if there:
            continue
        assert said(faults, rules) == set(), (log, known)
        tried += 1
    assert tried > 4


def test_what_is_to_be_done_again_has_the_days_that_the_engine_gives_it(days: Any) -> None:
    """Whether all is filled in, the meeting and the months, or the months alone."""
    rules, seen = rules_of("national"), 0
    for log in (each[:7] for each in extensions(23, 1)):
        as_of = shifted(date.fromisoformat(log[-1][1]), 1)
        progress = run(someone(log), rules, as_of, World(), explicit=True)
        waiting = (StepState.WAITING, StepState.DUE, StepState.OVERDUE)
        wanted = {
            step: each for step, each in progress.steps.items()
            if each.state in waiting and each.entries and (each.earliest or each.latest)
        }  # fmt: skip
        assert len(wanted) >= 2
        everything = entered(log)
        decided = ("conversion_meeting.date", log[5][1])
        alone = [*everything[:2], (MONTHS, log[5][2]["extension_months"])]
        for given in (everything, [*alone, decided], alone):
            found = days.evaluate("asked => daysOf(...asked)", ["national", given, as_of, list(wanted)])["days"]
            for each, (low, high) in zip(wanted.values(), found, strict=True):
                assert (each.earliest and each.earliest.day.isoformat()) == low, (log, given, each.step.id)
                assert (each.latest and each.latest.day.isoformat()) == high, (log, given, each.step.id)
                seen += 1
    assert seen > 200


def test_after_an_extension_the_plan_has_the_first_time_and_the_second(days: Any) -> None:
    log: Log = [
        ("admission_meeting", "2025-06-06", {}), ("approve_admission", "2025-06-20", {}),
        ("conversion_meeting", "2026-06-08", {"outcome": "extend", "extension_months": 6}),
    ]  # fmt: skip
    plan = days.evaluate("asked => rowsOf(...asked)", ["national", entered(log), None])
    rows = {row["id"]: row for row in plan["rows"]}
    assert plan["expiry"] == "2026-12-06"
    assert rows["conversion_meeting~1"]["state"] == "known"
    assert (rows["approve_conversion~1"]["from"], rows["approve_conversion~1"]["to"]) == ("2026-06-08", "2026-09-08")
    assert (rows["conversion_meeting"]["from"], rows["conversion_meeting"]["to"]) == ("2026-12-06", "2027-01-06")
    assert rows["apply_conversion"]["from"] == "2026-11-06"
    # An extension makes nobody a full member: no day for that the first time.
    assert (rows["approve_conversion~1"]["fields"], rows["approve_conversion"]["fields"]) == ([], ["approve_conversion.effective"])
    assert [row["id"] for row in plan["rows"]].index("approve_conversion~1") < [row["id"] for row in plan["rows"]].index("apply_conversion")
    both = days.evaluate("asked => rowsOf(...asked)", ["national", [("conversion_meeting.date", "2026-12-10"), *entered(log)], None])
    states = {row["id"]: (row["state"], row["day"]) for row in both["rows"]}
    assert states["conversion_meeting"] == ("known", "2026-12-10")
    assert states["conversion_meeting~1"] == ("known", "2026-06-08")
    alone = [*entered(log)[:2], (MONTHS, 6)]
    assert not [row for row in days.evaluate("asked => rowsOf(...asked)", ["national", alone, None])["rows"] if "~1" in row["id"]]


@pytest.mark.parametrize("profile", ["national", "campus"])
def test_instalments_go_on_and_run_out_as_in_the_engine(days: Any, profile: str) -> None:
    """… as long as nothing has ended the stage, and longer when the probation period was extended."""
    dice, rules = random.Random(24), rules_of(profile)
    dates = [[(key[:-5], day) for key, day in known.items() if key.endswith(".date")] for known in cases(25, profile, 40)]
    logs: list[Log] = [[(step, day, {}) for step, day in known] for known in dates]
    logs += [log[:7] for log in extensions(26, 1)[::4]]
    series = [step.id for step in rules.current.steps.values() if any(limit.rule == "every" for limit in step.limits)]
    seen, overdue = 0, 0
    for log in logs:
        last = date.fromisoformat(max(day for _, day, _ in log))
        begun = run(someone(log), rules, last.isoformat(), World(), explicit=True).steps
        running = [step for step in series if step in begun and begun[step].latest]
        log += [(step, shifted(last, -dice.randint(0, 60)), {}) for step in running if dice.random() < 0.6]
        as_of = shifted(last, dice.choice((0, 1, 40, 200)))
        progress = run(someone(log), rules, as_of, World(), explicit=True)
        found = days.evaluate("asked => rowsOf(...asked)", [profile, entered(log), as_of])["series"]
        for step in series:
            each = progress.steps.get(step)
            if each is None or each.state not in (StepState.DUE, StepState.OVERDUE, StepState.RUNNING) or not each.latest:
                assert not found.get(step, [None, False])[1], (log, as_of, step)
                continue
            late = each.state is StepState.OVERDUE
            assert found[step] == [each.latest.day.isoformat(), late], (log, as_of, step)
            overdue += late
            seen += 1
    assert seen > 20
    assert overdue > 5


def test_a_second_application_begins_anew(days: Any) -> None:
    dice, rules, tried = random.Random(27), rules_of("national"), 0
    for start in STARTS:
        first, again = date.fromisoformat(start), date.fromisoformat(start) + timedelta(days=dice.randint(40, 400))
        log: Log = [
            ("apply", start, {"received": first + timedelta(days=2)}), ("talk", shifted(first, 9), {}),
            ("apply", again.isoformat(), {"received": again + timedelta(days=dice.choice((0, 2)))}),
        ]  # fmt: skip
        as_of = shifted(again, 3)
        progress = run(someone(log), rules, as_of, World(), explicit=True)
        ahead = {step: each.latest for step, each in progress.steps.items() if each.latest and each.state is not StepState.DONE}
        given = entered(log)
        found = days.evaluate("asked => daysOf(...asked)", ["national", dice.sample(given, len(given)), as_of, list(ahead)])
        assert [high for _, high in found["days"]] == [each.day.isoformat() for each in ahead.values()]
        assert [each["why"] for each in found["left"]] == ["older"] * 3
        tried += len(ahead)
    assert tried >= len(STARTS)


def test_one_application_is_no_second(days: Any) -> None:
    """What lies before the only application is out of order, not of an earlier attempt."""
    known: dict[str, str] = {"apply.date": "2025-03-15", "talk.date": "2025-03-01"}
    faults = all_faults(days, "national", [list(known.items())])[0]
    assert [each["step"] for each in faults] == ["talk"]
    assert checked(known, "national").findings
