"""Who belongs to a college: a college of any size, by weight of the scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from bench.college import beginnings as beginnings
from bench.college import flaws as flaws
from bench.college import members as members
from bench.college import special as special
from bench.college import targets as targets
from bench.college.course import Course
from bench.college.days import plus
from bench.college.departures import depart
from bench.college.fill import fill
from bench.college.model import Branch, College, Person
from bench.college.names import Namer
from bench.college.scenarios import SCENARIOS, Scenario
from bench.college.structure import ROMAN, Builder, organisation

KINDS = (
    "undergraduate",
    "postgraduate",
    "undergraduate",
    "teacher",
    "undergraduate",
    "postgraduate",
    "staff",
    "undergraduate",
)
TITLES = {"undergraduate": "本科生", "postgraduate": "研究生", "teacher": "教师", "staff": "机关"}
SUBJECTS = (
    "信息",
    "经管",
    "艺术",
    "材料",
    "化工",
    "土木",
    "外语",
    "数理",
    "生命",
    "海洋",
    "法学",
    "教育",
    "医学",
    "交通",
    "能源",
    "环境",
)


def builder(seed: int, as_of: date) -> Builder:
    random = Random(f"{seed}/college")
    return Builder(College(seed, as_of, organisation(as_of)), random, Namer(random))


def academic_year(as_of: date) -> int:
    """The year in which the present academic year began."""
    return as_of.year if as_of.month >= 9 else as_of.year - 1


def live(
    build: Builder, branch: Branch, scenario: Scenario, *, notable: bool = False, start: int | None = None
) -> Person:
    """One more person in a branch, going through a scenario."""
    year = academic_year(build.college.as_of) + (scenario.start if start is None else start)
    student = branch.kind in ("undergraduate", "postgraduate")
    person = _student(build, branch, year, notable) if student else _employee(build, branch, year, notable)
    person.scenario = scenario.name
    person.until = person.fields.get("leaves")
    course = Course(build.college, person)
    scenario.run(course, year)
    depart(course)
    return person


def _student(build: Builder, branch: Branch, year: int, notable: bool) -> Person:
    postgraduate = branch.kind == "postgraduate"
    born = plus(date(year - (24 if postgraduate else 19), 1, 1), build.random.randrange(364))
    fields: dict[str, Any] = {
        "league": {"joined": date(born.year + 15, build.random.choice((5, 12)), 4)},
        "enrolled": date(year, 9, 1),
        "leaves": date(year + (3 if postgraduate else 4), 6, 30),
        "unit": f"{branch.committee.subject}{'研' if postgraduate else ''}{year % 100:02d}{build.random.randint(1, 4):02d}班",
    }
    return build.person(branch, build.student_id(year, branch), born, branch.kind, notable=notable, **fields)


def _employee(build: Builder, branch: Branch, year: int, notable: bool) -> Person:
    joined = year - build.random.randint(1, 3)
    born = plus(date(joined - build.random.randint(27, 38), 1, 1), build.random.randrange(364))
    return build.person(
        branch,
        build.staff_id(joined),
        born,
        branch.kind,
        notable=notable,
        enrolled=date(joined, 7, build.random.randint(1, 12)),
    )


def finish(build: Builder) -> College:
    fill(build.college)
    return build.college


def any_size(people: int, branches: int, seed: int, as_of: date, clean: bool = True) -> College:
    """A college of about that many people; a committee for every eight branches, every third of them a 党总支."""
    build = builder(seed, as_of)
    sizes = [people // branches + (number < people % branches) for number in range(branches)]
    for first in range(0, branches, len(KINDS)):
        number = first // len(KINDS)
        subject = SUBJECTS[number % len(SUBJECTS)] + (
            str(number // len(SUBJECTS) + 1) if number >= len(SUBJECTS) else ""
        )
        general = number % 3 == 2
        committee = build.committee(
            f"c{number + 1:02d}", f"{subject}{'系党总支' if general else '学院党委'}", subject, not general
        )
        seen: dict[str, int] = {}
        members: list[tuple[Branch, int]] = []
        for offset, size in enumerate(sizes[first : first + len(KINDS)]):
            kind = KINDS[offset]
            ordinal = seen[kind] = seen.get(kind, 0) + 1
            name = f"{TITLES[kind]}第{ROMAN[ordinal - 1]}党支部"
            veterans = min(max(8, size // 5), 16)
            branch = build.branch(
                committee,
                f"{committee.id}-{kind[:2]}{ordinal}",
                name,
                kind,
                veterans=veterans,
                groups=("第一党小组", "第二党小组") if offset % 2 == 0 else (),
                office=f"综合楼{100 + first + offset}室",
            )
            members.append((branch, size - veterans))
        build.staff_committee(committee)
        for branch, rest in members:
            for scenario in _draw(build.random, branch.kind, rest, clean):
                live(build, branch, scenario, notable=build.random.random() < 0.05)
    return finish(build)


def _draw(random: Random, kind: str, number: int, clean: bool) -> Sequence[Scenario]:
    fitting = [one for one in SCENARIOS.values() if kind in one.who and one.weight and (one.clean or not clean)]
    return random.choices(fitting, [one.weight for one in fitting], k=max(0, number))
