"""The arithmetic of the date calculator against the engine's: the page and `check` must never say different days."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from generator.audit.register import all_rules
from generator.audit.subject import Subject, Today
from generator.definitions.load import load_definitions
from generator.definitions.model import Procedure
from generator.definitions.rules import Rules
from generator.diagnostics import Diagnostic, RuleOrigin
from generator.procedure.calendar import WorkCalendar, add_months, add_months_over
from generator.procedure.progress import Progress
from generator.site.calculator import calculator_of
from generator.site.open_library import open_structure
from tests.procedure.world import World, person, run

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "templates" / "theme" / "assets" / "jishi" / "calculator.js"
PROFILES = ("national", "campus", "publicity-7-days", "committee-10-workdays", "archive-7-days")
JUDGED = ("within", "not_before", "age", "workdays", "span")
EDGES = tuple(
    date.fromisoformat(text)
    for text in (
        "2024-01-31", "2024-02-28", "2024-02-29", "2023-02-28", "2023-08-31", "2024-12-31", "2025-01-01", "2025-08-31", "2025-10-09",
        "2026-01-31", "2026-02-14", "2026-05-09", "2026-05-10", "2026-05-11", "2026-05-17", "2026-05-18", "2026-05-19", "2026-10-10",
        "2026-12-31", "2027-01-01", "2014-05-27", "2014-05-28", "2028-02-29",
    )
)  # fmt: skip
Known = dict[str, str]


@pytest.fixture(scope="module")
def days(browser: Any) -> Iterator[Any]:
    """A blank page with the arithmetic and the data."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(path=str(SCRIPT))
    made = calculator_of(open_structure(PROJECT, date(2026, 11, 21)))
    page.evaluate("data => { globalThis.data = data }", made.data)
    page.evaluate(HELPERS)
    yield page
    page.close()


HELPERS = """() => {
  const J = globalThis.jishiDays;
  globalThis.books = {};
  globalThis.bookOf = profile => books[profile] = books[profile] || J.book(data, profile, {});
  globalThis.toDays = known => Object.fromEntries(Object.entries(known).map(([k, v]) => [k, typeof v === "number" ? v : J.parse(v)]));
  const fault = each => each.doubt !== "reminded";
  globalThis.brokenOf = (profile, known) => J.broken(bookOf(profile), toDays(known), null).filter(fault).map(each => ({
    step: each.id, field: each.field, side: each.side, doubt: each.doubt,
    limit: each.bound.limit ? each.bound.limit.id : null, after: each.bound.after ? each.bound.after.step : null,
  }));
  globalThis.remindedOf = (profile, known) => J.broken(bookOf(profile), toDays(known), null)
    .filter(each => !fault(each)).map(each => [each.id, each.bound.before]);
  const iso = day => day === null || day === undefined ? null : J.iso(day);
  // By the limits that set a day for an absent step; what only lies before it sets none in the engine.
  globalThis.limitsOf = (profile, known, as_of, steps) => {
    const b = bookOf(profile), version = J.on(b, J.parse(as_of)), get = J.reader(toDays(known), null);
    return steps.map(id => {
      const {lows, highs} = J.planned(b, version, id, get);
      const set = lows.filter(x => x.limit ? !["workdays", "span"].includes(x.limit.rule) : x.after.strict);
      return [J.latest(set), J.soonest(highs)].map(bound => bound && J.iso(bound.day));
    });
  };
  globalThis.planOf = (profile, known, floor) => {
    const plan = J.plan(bookOf(profile), toDays(known), floor ? J.parse(floor) : undefined);
    return {
      assumed: Object.fromEntries(Object.entries(plan.assumed).map(([k, v]) => [k, iso(v)])),
      series: Object.fromEntries(plan.rows.filter(r => r.state === "series").map(r => [r.id, r.series.days.map(iso)])),
      rows: plan.rows.map(r => ({id: r.id, state: r.state, from: iso(r.from), to: iso(r.to), doubts: r.doubts || []})),
    };
  };
  globalThis.reachOf = (profile, known) => {
    const b = bookOf(profile), all = toDays(known), {assumed} = J.soon(b, all, J.FIRST, J.passed(b, all));
    return {
      ok: !J.broken(b, all, assumed).some(each => each.side === "early" && (!each.doubt || !fault(each))),
      all: Object.fromEntries(Object.entries({...assumed, ...all}).map(([k, v]) => [k, iso(v)])),
    };
  };
}"""


def random_days(seed: int, count: int) -> list[date]:
    dice = random.Random(seed)
    near = [day + timedelta(days=dice.randint(-2, 2)) for day in EDGES for _ in range(4)]
    return near + [date(2003, 1, 1) + timedelta(days=dice.randrange(9500)) for _ in range(count)]


def test_months_are_natural_months(days: Any) -> None:
    dice = random.Random(1)
    cases = [(day, dice.choice((-12, -1, 1, 3, 6, 12, 18, dice.randint(-60, 60)))) for day in random_days(1, 800)]
    found = days.evaluate(
        """cases => cases.map(([day, months]) => {
          const {parse, iso, addMonths, addMonthsOver, weekday} = jishiDays, at = parse(day);
          return [iso(addMonths(at, months)), iso(addMonthsOver(at, months)), weekday(at)];
        })""",
        [(day.isoformat(), months) for day, months in cases],
    )
    assert len(found) > 800
    for (day, months), (natural, over, weekday) in zip(cases, found, strict=True):
        expected = add_months(day, months).isoformat(), add_months_over(day, months).isoformat(), day.weekday()
        assert (natural, over, weekday) == expected, (day, months)


def test_working_days_are_those_of_the_work_calendar(days: Any) -> None:
    dice, calendar = random.Random(2), WorkCalendar.with_holidays(load_definitions().holidays)
    cases = [(day, dice.randint(0, 15), dice.randint(0, 40)) for day in random_days(2, 500)]
    found = days.evaluate(
        """cases => { const c = jishiDays.workCalendar(data.calendar); return cases.map(([day, count, length]) => {
          const at = jishiDays.parse(day), sum = c.addWorkdays(at, count), counted = c.workdays(at, at + length);
          return [...c.isWorkday(at), jishiDays.iso(sum.day), sum.provisional, counted.days, counted.provisional];
        }) }""",
        [(day.isoformat(), count, length) for day, count, length in cases],
    )
    guessed = 0
    for (day, count, length), said in zip(cases, found, strict=True):
        status, end = calendar.is_workday(day), calendar.add_workdays(day, count)
        counted = calendar.workdays(day, day + timedelta(days=length))
        guessed += end.provisional
        assert said == [*status, end.day.isoformat(), end.provisional, *counted], (day, count, length)
    assert guessed > 10
    assert any(not calendar.is_workday(day).workday and day.weekday() < 5 for day, _, _ in cases), "no public holiday among the days"
    assert any(calendar.is_workday(day).workday and day.weekday() >= 5 for day, _, _ in cases), "no 调休 day among the days"


@pytest.mark.parametrize("text", ["", "2025-02-29", "2025-13-01", "2025-1-1", "0000-01-01", "abc", "2025-04-31"])
def test_what_is_no_day_is_none(days: Any, text: str) -> None:
    assert days.evaluate("text => jishiDays.parse(text)", text) is None


# ---- the engine's view of a plan


def rules_of(profile: str) -> Rules:
    return load_definitions().rules_of(None, profile)


def numbered(procedure: Procedure) -> list[str]:
    return [step.id for step in procedure.steps.values() if step.number is not None]


def records(known: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Known days as entries of a record."""
    fields: dict[str, dict[str, Any]] = {}
    for key, value in known.items():
        step, _, field = key.partition(".")
        if step != "person" and field != "date":
            fields.setdefault(step, {})[field] = date.fromisoformat(value) if isinstance(value, str) else value
    log = [(key.partition(".")[0], value) for key, value in known.items() if key.endswith(".date")]
    return [(step, day, fields.get(step, {})) for step, day in log]


def checked(known: Mapping[str, Any], profile: str, as_of: str = "2060-01-01") -> Progress:
    return run(person(*records(known), born=date(1960, 1, 1)), rules_of(profile), as_of, World(), explicit=True)


def origins(rules: Rules) -> dict[tuple[str, RuleOrigin], tuple[str, str, str]]:
    """(step, line of the definition) → what stands there: (limit | after, id, code)."""
    found: dict[tuple[str, RuleOrigin], tuple[str, str, str]] = {}
    for procedure in rules.procedures:
        for step in procedure.steps.values():
            for limit in step.limits:
                if limit.rule in JUDGED and limit.origin is not None:
                    found[step.id, limit.origin] = "limit", limit.id, limit.code
            for after in step.after:
                if after.origin is not None:
                    found[step.id, after.origin] = "after", after.step, after.order
    return found


def told(progress: Progress, rules: Rules) -> set[tuple[str, str, str, bool]]:
    """Findings about the days of recorded steps as (step, field, code, doubtful)."""
    known = origins(rules)
    recorded = {entry.step for entry in progress.timeline}
    found = set()
    for finding in progress.findings:
        what = known.get((finding.step or "", finding.rule)) if finding.rule is not None else None
        if what is None or finding.step not in recorded or "DEV106" in finding.code or absent(finding):
            continue
        found.add((finding.step or "", str(finding.place.pointer[-1]), what[2], finding.code in ("DEV104", "DEV105")))
    return found


def absent(finding: Diagnostic) -> bool:
    return "缺少" in finding.message or "未见" in finding.message


def said(broken: list[dict[str, Any]], rules: Rules) -> set[tuple[str, str, str, bool]]:
    """The same from the page."""
    codes = {(key[0], what[0], what[1]): what[2] for key, what in origins(rules).items()}
    found = set()
    for each in broken:
        what = ("limit", each["limit"]) if each["limit"] else ("after", each["after"])
        found.add((each["step"], each["field"], codes[each["step"], *what], bool(each["doubt"])))
    return found


FIELDS = {"received": (0, 5), "reported": (-20, 0), "start": (-9, 0), "issued": (-3, 0)}
"""Other dates of an entry: days before or after its date."""


def some_record(dice: random.Random, rules: Rules, start: date) -> Known:
    """A record up to some step, its days in order."""
    known: Known = {}
    day, steps = start, numbered(rules.current)
    series = {s.id for s in rules.current.steps.values() if any(limit.rule == "every" for limit in s.limits)}
    for step_id in steps[: dice.randrange(1, len(steps))]:
        procedure = rules.version_on(day) or rules.procedures[0]
        step = procedure.steps.get(step_id)
        if step is None or step_id in series or not step.duty or step.when.get("committee.type"):
            continue
        if step.optional and dice.random() < 0.7:
            continue
        day += timedelta(days=dice.choice((0, 0, 1, dice.randint(2, 40), dice.randint(2, 40), dice.randint(150, 400))))
        known[f"{step_id}.date"] = day.isoformat()
        for name in {key.partition(".")[2] for key in FIELD_KEYS if key.startswith(f"{step_id}.")} & FIELDS.keys():
            if dice.random() < 0.6:
                known[f"{step_id}.{name}"] = (day + timedelta(days=dice.randint(*FIELDS[name]))).isoformat()
    return known


FIELD_KEYS: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def field_keys(days: Any) -> None:
    FIELD_KEYS[:] = days.evaluate("() => Object.keys(data.labels)")


def cases(seed: int, profile: str, count: int) -> list[Known]:
    dice, rules = random.Random(seed), rules_of(profile)
    starts = [dice.choice((*EDGES, date(2013, 1, 1) + timedelta(days=dice.randrange(5500)))) for _ in range(count)]
    return [known for start in starts if (known := some_record(dice, rules, start - timedelta(days=dice.choice((0, 0, 31, 365, 500)))))]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_record_breaks_is_the_same_here_and_there(days: Any, profile: str) -> None:
    rules, records_ = rules_of(profile), cases(3, profile, 130)
    found = days.evaluate("([profile, cases]) => cases.map(known => brokenOf(profile, known))", [profile, records_])
    broken = doubtful = 0
    for known, each in zip(records_, found, strict=True):
        here, there = said(each, rules), told(checked(known, profile), rules)
        assert here == there, known
        broken += len(here)
        doubtful += sum(item[3] for item in here)
    assert len(records_) > 100
    assert broken > 40
    assert doubtful > 3


@pytest.mark.parametrize("profile", PROFILES)
def test_the_first_and_last_days_are_where_the_check_turns(days: Any, profile: str) -> None:
    """The step at the end of each record is put one day before, on and after each end of the range that the page gives it."""
    rules, turned, inside = rules_of(profile), 0, 0
    records_ = cases(4, profile, 60)
    last = [next(key for key in reversed(known) if key.endswith(".date")) for known in records_]
    ranges = days.evaluate(
        """([profile, cases]) => cases.map(([known, key]) => {
          const rest = toDays(known), end = day => [jishiDays.FIRST, jishiDays.LAST].includes(day) ? null : jishiDays.iso(day);
          delete rest[key];
          return jishiDays.windows(bookOf(profile), key.split(".")[0], jishiDays.reader(rest, null)).map(w => [end(w.from), end(w.to)]);
        })""",
        [profile, list(zip(records_, last, strict=True))],
    )  # fmt: skip
    tries: list[Known] = []
    for known, key, windows in zip(records_, last, ranges, strict=True):
        for edge in {text for window in windows for text in window if text}:
            around = (date.fromisoformat(edge) + timedelta(days=shift) for shift in (-1, 0, 1))
            tries += [{**known, key: day.isoformat()} for day in around]
    said_here = days.evaluate("([profile, cases]) => cases.map(known => brokenOf(profile, known))", [profile, tries])
    for known, each in zip(tries, said_here, strict=True):
        here, there = said(each, rules), told(checked(known, profile), rules)
        assert here == there, known
        turned += bool(here)
        inside += not here
    assert turned > 50
    assert inside > 30


@pytest.mark.parametrize("profile", PROFILES)
def test_open_steps_have_the_days_that_the_engine_gives_them(days: Any, profile: str) -> None:
    rules, seen = rules_of(profile), {"earliest": 0, "latest": 0}
    for known in cases(5, profile, 60):
        as_of = max(value for value in known.values())
        progress = checked(known, profile, as_of)
        if any(key.endswith(".date") and value > as_of for key, value in known.items()):
            continue
        wanted = {
            step: each
            for step, each in progress.steps.items()
            if not each.entries and (each.earliest or each.latest) and each.step.number is not None
            and not any(limit.rule == "every" for limit in each.step.limits)
        }  # fmt: skip
        found = days.evaluate(
            "asked => limitsOf(...asked)",
            [profile, known, as_of, list(wanted)],
        )
        for (step, each), (low, high) in zip(wanted.items(), found, strict=True):
            assert (each.earliest and each.earliest.day.isoformat()) == low or each.state.value == "missing", (known, step)
            assert (each.latest and each.latest.day.isoformat()) == high, (known, step)
            seen["earliest"] += each.earliest is not None
            seen["latest"] += each.latest is not None
    assert min(seen.values()) > 3, seen
    assert rules.procedures


def planned(days: Any, profile: str, asked: list[tuple[Known, str | None]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = days.evaluate(
        "([profile, cases]) => cases.map(([known, floor]) => planOf(profile, known, floor))", [profile, asked]
    )
    return found


def whole(known: Known, plan: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Everything planned as if it had been done, the instalments of a series on their last days."""
    log = records({**plan["assumed"], **known})
    return log + [(step, day, {}) for step, instalments in plan["series"].items() for day in instalments]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_plan_that_is_followed_passes_the_check(days: Any, profile: str) -> None:
    """… and nothing in it could be a day earlier than the check allows."""
    dice, rules = random.Random(6), rules_of(profile)
    asked: list[tuple[Known, str | None]] = []
    for start in random_days(7, 30):
        if start >= date(2014, 6, 1):
            floor = dice.choice((None, (start + timedelta(days=dice.randint(0, 300))).isoformat()))
            asked.append(({"apply.date": start.isoformat()}, floor))
    steps, late = 0, 0
    for (known, floor), plan in zip(asked, planned(days, profile, asked), strict=True):
        progress = run(person(*whole(known, plan), born=date(1960, 1, 1)), rules, "2060-01-01", World(), explicit=True)
        known_origins = origins(rules)
        days_wrong = [
            finding.message
            for finding in progress.findings
            if finding.code not in ("DEV104", "DEV106")
            and ((finding.step or "", finding.rule) in known_origins or any(w in finding.message for w in ("缺少", "间隔过长")))
        ]
        tight = [row for row in plan["rows"] if row["to"] and row["from"] and row["from"] > row["to"]]
        late += bool(tight)
        if not tight:
            assert not days_wrong, (known, floor, days_wrong)
        steps += len(plan["assumed"])
    assert steps > 1000
    assert late < len(asked)


def test_a_day_more_than_the_plan_gives_is_too_late(days: Any) -> None:
    profile, rules, tried = "national", rules_of("national"), 0
    starts = [day.isoformat() for day in random_days(8, 10) if day >= date(2026, 6, 1)]
    asked: list[tuple[Known, str | None]] = [({"apply.date": day}, None) for day in starts]
    for (known, _), plan in zip(asked, planned(days, profile, asked), strict=True):
        done = {**plan["assumed"], **known}
        for row in plan["rows"]:
            if row["state"] != "open" or not row["to"] or row["doubts"]:
                continue
            for extra, wrong in ((0, False), (1, True)):
                day = (date.fromisoformat(row["to"]) + timedelta(days=extra)).isoformat()
                found = told(checked({**done, f"{row['id']}.date": day}, profile), rules)
                codes = {limit.code for limit in rules.current.steps[row["id"]].limits if limit.rule == "within"}
                assert any(step == row["id"] and code in codes for step, _, code, _ in found) == wrong, (known, row, day)
                tried += 1
    assert tried > 30


def test_backwards_the_last_day_is_the_last_that_reaches_the_goal(days: Any) -> None:
    profile, tried = "national", 0
    goals = ("admission_meeting.date", "approve_conversion.date", "list_target.date")
    asked: list[tuple[Known, str | None]] = [
        ({goal: day.isoformat()}, None) for goal in goals for day in random_days(9, 2)[::9] if day > date(2016, 1, 1)
    ]
    for (known, _), plan in zip(asked, planned(days, profile, asked), strict=True):
        behind = [row for row in plan["rows"] if row["state"] == "behind"]
        assert len(behind) > 5
        for row in behind[::4]:
            assert row["to"], (known, row)
            key = f"{row['id']}.date"
            ends = [(date.fromisoformat(row["to"]) + timedelta(days=extra)).isoformat() for extra in (0, 1)]
            reached = [days.evaluate("asked => reachOf(...asked)", [profile, {**known, key: end}]) for end in ends]
            assert [each["ok"] for each in reached] == [True, False], (known, row)
            wrong = told(checked(reached[0]["all"], profile), rules_of(profile))
            assert not [each for each in wrong if not each[3]], (known, row, wrong)
            tried += 1
    assert tried > 20


def test_what_leads_up_to_a_step_is_planned_for_when_that_step_may_be(days: Any) -> None:
    """Opinions about an activist are heard when the year is over; where the meeting is known, nothing is said of an earlier day."""
    known: Known = {"decide_activist.date": "2025-03-31", "file_activist.date": "2025-04-10"}
    held = {**known, "collect_opinions.date": "2026-02-01", "propose_target.date": "2026-04-01"}
    open_, done = planned(days, "national", [(known, None), (held, None)])
    first = {row["id"]: row["from"] for row in open_["rows"]}
    assert first["collect_opinions"] == first["propose_target"] == "2026-03-31"
    assert days.evaluate("asked => brokenOf(...asked)", ["national", held]) == []
    assert "collect_opinions" in {row["id"] for row in done["rows"] if row["state"] == "known"}


@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize("day", ["2025-04-01", "2026-09-01"])
def test_steps_better_done_on_two_days_are_planned_for_two(days: Any, day: str, shift: int) -> None:
    """What the check reminds of is no fault here; as the manual says, the next day is the earliest."""
    rules, tried, known_day = rules_of("national"), 0, date.fromisoformat(day)
    version = rules.version_on(known_day)
    assert version
    for step in version.steps.values():
        for after in (each for each in step.after if each.apart):
            first, later = f"{after.step}.date", f"{step.id}.date"
            windows = days.evaluate(
                """([first, step, name]) => jishiDays.windows(bookOf("national"), step, jishiDays.reader(toDays(first), null))
                  .filter(window => window.version.name === name).map(window => jishiDays.iso(window.from))""",
                [{first: day}, step.id, version.version],
            )
            assert windows == [(known_day + timedelta(days=1)).isoformat()]
            known = {first: day, later: (known_day + timedelta(days=shift)).isoformat()}
            titles = [[step.id, version.steps[after.step].title]] if shift == 0 else []
            assert days.evaluate("known => remindedOf('national', known)", known) == titles == reminders(known, rules)
            assert said(days.evaluate("known => brokenOf('national', known)", known), rules) == told(checked(known, "national"), rules)
            tried += 1
    assert tried >= 2


def reminders(known: Known, rules: Rules) -> list[list[str]]:
    """Step, and the title of the one on the same day, as the rule on it finds them."""
    someone, nothing = person(*records(known), born=date(1960, 1, 1)), cast(Any, None)
    progress = run(someone, rules, "2060-01-01", World(), explicit=True)
    subject = Subject(someone, progress, nothing, rules, nothing, Today(date(2060, 1, 1)), explicit=True)
    found = all_rules()["DEV072"].run(subject)
    return [[finding.step or "", other.message] for finding in found for other in finding.related]


@pytest.mark.parametrize("start", ["2023-02-28", "2023-08-31", "2024-02-29", "2025-12-31", "2026-03-15"])
@pytest.mark.parametrize("months", [6, 9, 12])
def test_an_extended_probation_period_ends_on_the_engines_day(days: Any, start: str, months: int) -> None:
    rules, begun = rules_of("national"), date.fromisoformat(start)
    first = add_months(begun, 12).isoformat()
    log: list[tuple[str, str, dict[str, Any]]] = [
        ("admission_meeting", start, {}), ("approve_admission", start, {}), ("apply_conversion", first, {}),
        ("conversion_meeting", first, {"outcome": "extend", "extension_months": months}),
        ("approve_conversion", first, {"outcome": "extend"}),
    ]  # fmt: skip
    progress = run(person(*log), rules, first, World(), explicit=True)
    assert progress.probation is not None
    known = {"admission_meeting.date": start, "conversion_meeting.extension_months": months}
    expiry = days.evaluate("known => jishiDays.iso(jishiDays.plan(bookOf('national'), toDays(known)).probation.expiry)", known)
    assert expiry == progress.probation.expiry.isoformat()


@pytest.mark.parametrize("leaves", ["2027-06-20", "2028-02-29"])
@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_fixed_day_of_the_year_of_leaving(days: Any, leaves: str, shift: int) -> None:
    """… which is asked of students only: a circumstance that the reader states."""
    profile, known = "graduation-cutoff", {"person.leaves": leaves}
    limit = next(limit for limit in rules_of(profile).current.steps["approve_admission"].limits if "month_day" in limit.params)
    last = date.fromisoformat(f"{leaves[:4]}-{limit.params['month_day']}")
    known["approve_admission.date"] = (last + timedelta(days=shift)).isoformat()
    someone = person(*records(known), born=date(1960, 1, 1), leaves=date.fromisoformat(leaves), category="undergraduate")
    progress = run(someone, rules_of(profile), "2060-01-01", World(), explicit=True)
    there = any(finding.rule == limit.origin for finding in progress.findings)
    for category, expected in (("undergraduate", there), ("", False)):
        found = days.evaluate(
            """([profile, known, category]) => {
              const book = jishiDays.book(data, profile, {"person.category": category});
              return jishiDays.broken(book, toDays(known), null).map(each => each.bound.limit && each.bound.limit.id);
            }""",
            [profile, known, category],
        )
        assert (limit.id in found) == expected
    assert there == (shift > 0)


@pytest.mark.parametrize("shift", [-1, 0])
def test_a_wait_after_a_vote_that_failed(days: Any, shift: int) -> None:
    profile, failed = "failed-vote-6-months", "2025-08-31"
    again = (date(2026, 2, 28) + timedelta(days=shift)).isoformat()
    log = [("admission_meeting", failed, {"result": "failed"}), ("admission_meeting", again, {})]
    there = any("满六个月" in f.hint for f in run(person(*log), rules_of(profile), "2060-01-01", World(), explicit=True).findings)
    here = days.evaluate(
        "([profile, known]) => brokenOf(profile, known).map(each => each.limit)",
        [profile, {"refused.admission_meeting": failed, "admission_meeting.date": again}],
    )
    assert there == (shift < 0)
    assert ("local-failed-vote" in here) == there


@pytest.mark.parametrize(("overflow", "reached"), [(False, "2026-02-28"), (True, "2026-03-01")])
def test_the_end_of_a_month_is_read_as_the_profile_says(days: Any, overflow: bool, reached: str) -> None:
    limit = {"rule": "within", "months": 6, **({"overflow": True} if overflow else {})}
    asked = "limit => jishiDays.iso(jishiDays.reach(limit, jishiDays.parse('2025-08-31'), null).day)"
    assert days.evaluate(asked, limit) == reached
