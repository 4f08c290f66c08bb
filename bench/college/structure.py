"""The frame of a college: the school, its committees and branches, the members who came with a history, and who holds which office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from bench.college.days import add_months, next_workday, plus, previous_workday
from bench.college.model import Branch, College, Committee, Fields, Officer, Organiser, Person, merged
from bench.college.names import Namer

TERMS = (date(2013, 6, 18), date(2016, 6, 20), date(2019, 6, 17), date(2022, 6, 20), date(2025, 6, 16))
"""First days of the terms of branch committees, three years each."""
FULL_COMMITTEE = ("secretary", "organisation", "publicity", "discipline", "deputy")
ROMAN = "一二三四五六七八九十"


@dataclass
class Builder:
    """Hands out names and numbers while a college is being put together."""

    college: College
    random: Random
    namer: Namer
    staff_numbers: dict[int, int] = field(default_factory=dict)
    student_numbers: dict[tuple[int, str], int] = field(default_factory=dict)

    # ---- people --------------------------------------------------------------------------------------------------

    def staff_id(self, year: int) -> str:
        number = self.staff_numbers[year] = self.staff_numbers.get(year, 0) + self.random.randint(1, 3)
        return f"{year}{number:03d}"

    def student_id(self, year: int, branch: Branch) -> str:
        prefix = f"{branch.committee.index + 1:02d}{branch.committee.branches.index(branch) + 1:02d}"
        number = self.student_numbers[year, prefix] = self.student_numbers.get((year, prefix), 0) + 1
        return f"{year}{prefix}{number:02d}"

    def person(
        self, branch: Branch, number: str, born: date, category: str, *, notable: bool = False, **more: Any
    ) -> Person:
        identity = self.namer.identity(born.year, notable)
        fields = merged(
            {
                "name": identity.name,
                "former_names": None,
                "former_ids": None,
                "sex": identity.sex,
                "ethnicity": identity.ethnicity,
                "born": born,
                "native_place": identity.native_place,
                "category": category,
            },
            more,
        )
        person = Person(number, identity.name, branch, fields)
        branch.people.append(person)
        return person

    def member(
        self,
        branch: Branch,
        arrived: date,
        full_since: date,
        category: str,
        *,
        until: date | None = None,
        sparse: bool = False,
        notable: bool = False,
        **more: Any,
    ) -> Person:
        """Somebody who was a full member on arrival."""
        born = plus(add_months(full_since, -12 * self.random.randint(22, 27)), -self.random.randrange(300))
        number = (
            self.staff_id(arrived.year)
            if category not in ("undergraduate", "postgraduate")
            else self.student_id(arrived.year, branch)
        )
        admitted = add_months(full_since, -12)
        history: Fields = {"arrived": arrived, "status": "full", "full_since": full_since}
        if not sparse:
            applied = add_months(plus(admitted, -self.random.randrange(20)), -self.random.randint(26, 38))
            activist = add_months(applied, 5)
            history = {
                "arrived": arrived,
                "status": "full",
                "applied": applied,
                "activist_since": activist,
                "target_since": plus(admitted, -self.random.randrange(50, 90)),
                "admitted": admitted,
                "probation": {"from": admitted, "to": plus(full_since, -1)},
                "full_since": full_since,
            }
        person = self.person(branch, number, born, category, notable=notable, baseline=history, **more)
        person.full_from = max(arrived, full_since)
        person.until = until
        person.scenario = "full_old_baseline"
        return person

    def veteran(self, branch: Branch, category: str = "teacher", sparse: bool = False) -> Person:
        """A member of long standing, in the branch since before 2013."""
        full = date(self.random.randint(1992, 2006), self.random.choice((5, 6, 11, 12)), self.random.randint(1, 28))
        arrived = date(max(full.year + 1, self.random.randint(2003, 2011)), self.random.choice((3, 7, 9)), 1)
        return self.member(branch, arrived, full, category, sparse=sparse)

    def young_member(self, branch: Branch, enrolled: int, notable: bool = False) -> Person:
        """A postgraduate who became a full member as an undergraduate elsewhere."""
        arrived = date(enrolled, 9, 1)
        full = previous_workday(date(enrolled, 5, self.random.randint(8, 28)))
        leaves = date(enrolled + 3, 6, 30)
        person = self.member(
            branch, arrived, full, "postgraduate", until=leaves, notable=notable, enrolled=arrived, leaves=leaves
        )
        born = date(enrolled - 22, self.random.randint(1, 8), self.random.randint(1, 28))
        person.fields["born"] = born
        applied = date(enrolled - 4, 10, self.random.randint(9, 28))
        admitted = add_months(full, -12)
        person.fields["baseline"].update(
            applied=applied,
            activist_since=date(enrolled - 3, 4, self.random.randint(8, 28)),
            target_since=plus(admitted, -50),
        )
        day = next_workday(date(enrolled, 9, self.random.randint(12, 25)))
        if day <= self.college.as_of:
            person.log.append(
                (
                    day,
                    99,
                    {
                        "step": "arrival_review",
                        "date": day,
                        "by": branch.committee.organiser(day).id,
                        "codes": list(HISTORY),
                        "result": "passed",
                    },
                    "",
                )
            )
        return person

    # ---- bodies --------------------------------------------------------------------------------------------------

    def committee(self, folder: str, name: str, subject: str, may_approve: bool = True) -> Committee:
        kind = "party_committee" if may_approve else "general_branch"
        fields = merged(
            {
                "name": name,
                "type": kind,
                "may_approve": may_approve,
                "approves_through": None if may_approve else "school",
            }
        )
        committee = Committee(folder, name, subject, len(self.college.committees), fields, may_approve)
        self.college.committees.append(committee)
        return committee

    def branch(
        self,
        committee: Committee,
        folder: str,
        name: str,
        kind: str,
        *,
        veterans: int,
        groups: tuple[str, ...] = (),
        has_committee: bool = True,
        office: str = "",
        contact: str = "",
    ) -> Branch:
        index = sum(len(other.branches) for other in self.college.committees)
        branch = Branch(folder, name, kind, committee, index, {}, has_committee, groups)
        committee.branches.append(branch)
        branch.inspections = _inspection_days(index)
        category = "staff" if kind == "staff" else "teacher"
        people = [self.veteran(branch, category, sparse=number >= 5) for number in range(veterans)]
        _appoint_branch(branch, people)
        branch.fields = merged(
            {
                "name": name,
                "kind": kind,
                "has_committee": has_committee,
                "has_groups": bool(groups),
                "groups": list(groups) or None,
                "office": merged({"room": office or None, "contact": contact or None}) or None,
                "elected": TERMS[-1],
            }
        )
        return branch

    def staff_committee(self, committee: Committee) -> None:
        """Officers and organisers of the committee, from the members of long standing in its branches."""
        pool = [
            branch.people[number]
            for number in (5, 4, 6)
            for branch in committee.branches
            if len(branch.people) > number
        ]
        pool += [branch.people[1] for branch in committee.branches]
        functions = ("secretary", "deputy", "organisation")
        committee.officers = [
            Officer(function, pool[number % len(pool)], TERMS[0]) for number, function in enumerate(functions)
        ]
        first, second = pool[-1], pool[-2] if len(pool) > 1 else pool[-1]
        change = date(2021, 3, 1)
        committee.organisers = [
            _organiser(first, "part_time", date(2013, 6, 18), plus(change, -1)),
            _organiser(second, "full_time", change, None),
        ]


def _organiser(person: Person, kind: str, appointed: date, left: date | None) -> Organiser:
    fields = merged(
        {
            "name": person.name,
            "type": kind,
            "level": "college",
            "committee": person.branch.committee.id,
            "person": person.id,
            "full_since": person.fields["baseline"]["full_since"],
            "appointed": appointed,
            "account_platform": "dengta",
            "left": left,
        }
    )
    return Organiser(person, fields)


def _appoint_branch(branch: Branch, people: list[Person]) -> None:
    functions = FULL_COMMITTEE[: 5 if len(people) >= 9 else 3] if branch.has_committee else ("secretary", "deputy")
    ends = [plus(start, -1) for start in TERMS[1:]] + [None]
    for term, (start, end) in enumerate(zip(TERMS, ends, strict=True)):
        for number, function in enumerate(functions):
            # The secretary serves two terms, the others rotate.
            holder = people[(term // 2) % 2] if number == 0 else people[2 + (number + term) % (len(people) - 2)]
            taken = {officer.person for officer in branch.officers if officer.start == start}
            if holder in taken:
                holder = next(one for one in people if one not in taken)
            branch.officers.append(Officer(function, holder, start, end))


def _inspection_days(index: int) -> list[date]:
    """Twice a year, in June and December, each at most six natural months after the one before."""
    day = previous_workday(date(2013, 6, 27 - index % 3))
    days = [day]
    while day.year < 2040:
        day = previous_workday(add_months(day, 6))
        days.append(day)
    return days


def organisation(as_of: date) -> Fields:
    terms = []
    for year in range(as_of.year - 1, as_of.year + 1):
        terms.append({"name": f"{year - 1}—{year}学年第二学期", "from": date(year, 2, 23), "to": date(year, 7, 10)})
        terms.append({"name": f"{year}—{year + 1}学年第一学期", "from": date(year, 8, 31), "to": date(year + 1, 1, 16)})
    year = as_of.year + 1
    coming = {"from": date(year, 2, 22), "to": date(year, 7, 9), "leaves": date(year, 6, 30)}
    terms.append({"name": f"{year - 1}—{year}学年第二学期", **coming})
    return {
        "name": "海岱理工学院",
        "platform": "dengta",
        "profile": "campus",
        "terms": terms,
        "upper_bodies": [
            {
                "id": "school",
                "name": "海岱理工学院党委",
                "role": "审批党总支上报的预备党员和转正事项",
                "office": {"room": "行政楼 301", "contact": "内线 6001"},
            },
            {"id": "upper", "name": "海岱理工学院党委组织部", "role": "再上一级组织部门"},
        ],
    }


HISTORY = ("M01", "M15", "M26", "M30", "M37", "M40")
