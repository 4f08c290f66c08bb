"""Life courses, each under its name. A scenario says in which year (counted from the present academic year) the person
enrolled or began, and what happens; what lies after the as-of day is left out by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bench.college.course import Course
from bench.college.days import add_months, add_workdays, next_workday, plus
from bench.college.seasons import Season

Run = Callable[[Course, int], None]
"""A course and the calendar year in which the person enrolled (students) or applied (staff)."""


@dataclass(frozen=True)
class Scenario:
    name: str
    run: Run
    who: tuple[str, ...]
    """Kinds of branch: undergraduate, postgraduate, teacher, staff."""
    start: int
    """Years from the present academic year to the year handed to `run`."""
    weight: int = 0
    """Frequency in a college of any size; 0: only where it is asked for by name."""
    clean: bool = True
    committee_approves: bool | None = None


SCENARIOS: dict[str, Scenario] = {}
UG, PG, WORK = ("undergraduate",), ("postgraduate",), ("teacher", "staff")
STUDENTS = UG + PG
ALL = STUDENTS + WORK


def scenario(who: tuple[str, ...], start: int, weight: int = 0, clean: bool = True) -> Callable[[Run], Run]:
    def register(run: Run) -> Run:
        SCENARIOS[run.__name__] = Scenario(run.__name__, run, who, start, weight, clean)
        return run

    return register


def apply_autumn(c: Course, year: int, **own: object) -> None:
    early = c.branch.kind == "postgraduate"
    day = date(year, 9, c.random.randrange(4, 14)) if early else date(year, 10, c.random.randrange(9, 26))
    c.apply(day, **own)  # type: ignore[arg-type]


def apply_spring(c: Course, year: int) -> None:
    c.apply(date(year, 3, c.random.randrange(3, 29)))


def activist_and_target(c: Course, year: int, slow: bool = False) -> tuple[Season, Season]:
    """The usual seasons: undergraduates are chosen in spring, postgraduates in their first autumn."""
    if c.branch.kind == "postgraduate":
        # A month and a half later than the others, because three months must pass after the application.
        return c.season(year, "autumn", 50), c.season(year + 2, "spring")
    if slow:
        return c.season(year + 1, "autumn"), c.season(year + 3, "spring")
    return c.season(year + 1, "spring"), c.season(year + 2, "autumn")


def start(c: Course, year: int, slow: bool = False) -> tuple[Season, Season]:
    """Application up to the activists' class."""
    chosen, target = activist_and_target(c, year, slow)
    if slow and c.branch.kind != "postgraduate":
        apply_spring(c, year + 1)
    else:
        apply_autumn(c, year)
    c.become_activist(chosen, contacts_until=plus(target.assign_sponsors, 1))
    return chosen, target


def whole(c: Course, year: int, slow: bool = False) -> None:
    """From the application to the archive, as far as the as-of day allows."""
    _, target = start(c, year, slow)
    finish(c, target)


def finish(c: Course, target: Season, *, wait: int = 1, admitted: bool = False) -> None:
    """From the proposal as a target (or, `admitted`, from the admission) to the archive; `wait`: days from the expiry to the meeting."""
    if not admitted:
        c.become_target(target)
        c.become_probationary(target)
    expiry = add_months(target.admission_meeting, 12)
    c.probation(target.admission_meeting, next_workday(plus(expiry, wait)))
    approved = c.conversion(expiry, wait=wait)
    c.platform_checks(approved)
    leaves = c.person.fields.get("leaves")
    day = add_workdays(approved, 6)
    c.archive(min(day, leaves) if leaves else day, "member", "学校学生档案室" if leaves else "学校人事档案室")


def this_autumn(c: Course, year: int, lag: int) -> Season:
    """An undergraduate of the third year, or a postgraduate of the second, whose season is the present autumn, some days later."""
    if c.branch.kind == "postgraduate":  # a doctoral student, who stays a year longer
        c.person.fields["leaves"] = c.person.until = date(year + 4, 6, 30)
    apply_autumn(c, year)
    target = c.season(year + 2, "autumn", lag)
    c.become_activist(c.season(year + 1, "spring"), contacts_until=plus(target.assign_sponsors, 1))
    return target


def working_person(c: Course, year: int) -> Season:
    """A teacher or an official up to probation; two and a half years after the application."""
    apply_spring(c, year)
    target = c.season(year + 2, "autumn")
    c.become_activist(c.season(year, "autumn"), contacts_until=plus(target.assign_sponsors, 1))
    c.become_target(target)
    c.become_probationary(target)
    return target


def after_key(fields: dict[str, object], key: str, **more: object) -> dict[str, object]:
    """The same mapping with more keys right behind one."""
    result: dict[str, object] = {}
    for name, value in fields.items():
        result[name] = value
        if name == key:
            result.update(more)
    return result
