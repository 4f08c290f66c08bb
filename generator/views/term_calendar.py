"""A year of one branch: terms, holidays, what comes round, and the last days around graduation.

Made from the structure of the organisation and from definitions alone; nobody's own days are in it. What is counted from a person's
day (every six months since …) has no day here: it stands in `running`, and at the end of each natural period there is a day to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from generator.definitions.model import Limit, Step
from generator.definitions.recurring import Recurring, RecurringDuty
from generator.definitions.rules import Rules
from generator.procedure.calendar import WorkCalendar, add_days, add_months
from generator.procedure.days_off import days_off, days_worked
from generator.records.model import Organisation
from generator.views.actors import actor_label
from generator.views.calendar_items import Item, Month, OwnItem, Running, TermCalendar
from generator.views.conditions import Facts, remaining
from generator.views.limits import LOCAL, LimitText, Words
from generator.views.steps import Link
from generator.views.term_gaps import term_gaps

_YEAR = 12


@dataclass(frozen=True)
class CalendarSource:
    """What calendars are made of; the same for all branches of an organisation."""

    organisation: Organisation
    recurring: Recurring
    work: WorkCalendar
    as_of: date
    _holidays: dict[tuple[date, date], tuple[Item, ...]] = field(default_factory=dict)

    def calendar(
        self,
        rules: Rules,
        steps: Mapping[str, Step],
        words: Words,
        facts: Facts,
        link_step: Callable[[str], str],
        bodies: Iterable[tuple[str, Mapping[str, Any]]],
    ) -> TermCalendar:
        """The calendar of a branch. `steps`: those of its manual, by id; `bodies`: whose own `dates` belong to it, each with what
        marks them.
        """
        return _Maker(self, rules, steps, words, facts, link_step, tuple(bodies)).calendar()

    def terms(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(sorted(self.organisation.fields.get("terms") or (), key=lambda term: term["from"]))

    def window(self) -> tuple[date, date]:
        """Twelve months from the beginning of the term that is on, or next; without terms from the first of this month."""
        current = next((term["from"] for term in self.terms() if term["to"] >= self.as_of), None)
        first = current if current and current <= self.as_of else self.as_of.replace(day=1)
        return first, add_days(add_months(first, _YEAR), -1)

    def holidays(self, first: date, last: date) -> tuple[Item, ...]:
        if (first, last) not in self._holidays:
            off = days_off(self.work, first, last)
            found = [
                Item(each.first, each.last, "holiday", f"放假：{each.name}" if each.name else "放假") for each in off
            ]
            found += [Item(day, day, "holiday", "调休上班，计入工作日") for day in days_worked(self.work, first, last)]
            self._holidays[first, last] = tuple(found)
        return self._holidays[first, last]

    def leaving_days(self, rules: Rules, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Last days of those who leave together, within a year of the window, each with why it has to be verified."""
        stated = tuple((term["leaves"], "") for term in self.terms() if "leaves" in term)
        known = {day.year for day, _ in stated}
        leaving = rules.platform.leaving if rules.platform else None
        guessed: Iterable[tuple[date, str]] = ()
        if leaving:
            ends = (_month_end(year, leaving.through_month) for year in range(first.year, last.year + 2))
            why = "校历没有写毕业生离校日期，暂按 {} 月 {} 日推算"
            guessed = ((day, why.format(day.month, day.day)) for day in ends if day.year not in known)
        return tuple(sorted((*stated, *guessed)))


@dataclass(frozen=True)
class _Maker:
    source: CalendarSource
    rules: Rules
    steps: Mapping[str, Step]
    words: Words
    facts: Facts
    link_step: Callable[[str], str]
    bodies: tuple[tuple[str, Mapping[str, Any]], ...]

    def calendar(self) -> TermCalendar:
        first, last = self.source.window()
        found = [
            *self._terms(),
            *self._own(),
            *self.source.holidays(first, last),
            *self._checks(first, last),
            *self._duties(first, last),
            *self._leaving(first, last),
        ]
        order = {"term": 0, "own": 1, "deadline": 2, "check": 3, "holiday": 4}
        kept = sorted(
            (item for item in found if item.first <= last and item.last >= first),
            key=lambda item: (max(item.first, first), order[item.kind], item.title),
        )
        months = groupby(kept, key=lambda item: max(item.first, first).replace(day=1))
        return TermCalendar(
            first,
            last,
            tuple(Month(f"{month.year} 年 {month.month} 月", tuple(items)) for month, items in months),
            self._running(),
            (
                *self._notes(first, last),
                *(f"待本校核实：{why}。" for why in dict.fromkeys(i.verify for i in kept) if why),
            ),
        )

    def _terms(self) -> Iterator[Item]:
        for term in self.source.terms():
            yield Item(term["from"], term["from"], "term", f"{term['name']}开始")
            yield Item(term["to"], term["to"], "term", f"{term['name']}结束")
            if "leaves" in term and self._leave_together:
                yield Item(term["leaves"], term["leaves"], "term", "毕业生离校")

    def _own(self) -> Iterator[Item]:
        """What the branch, or the committee above it, has planned for itself."""
        for whose, fields in self.bodies:
            for each in fields.get("dates") or ():
                first, links = each["date"], self._links(each.get("step", ""))
                last = max(first, each.get("to", first))
                yield OwnItem(first, last, "own", each["title"], each.get("text", ""), layer=whose, steps=links)

    @property
    def _leave_together(self) -> bool:
        return remaining(self.source.recurring.leaving.when, self.facts) == {}

    def _periodic(self) -> Iterator[tuple[Step, tuple[tuple[Limit, LimitText], ...]]]:
        for step in self.steps.values():
            limits = [
                each for each in step.limits if each.rule == "every" and remaining(each.when, self.facts) is not None
            ]
            if limits:
                yield step, tuple((limit, self.words.limit(step.id, limit)) for limit in limits)

    def _running(self) -> tuple[Running, ...]:
        return tuple(
            Running(self._link(step), tuple({text.text: text for _, text in limits}.values()))
            for step, limits in self._periodic()
        )

    def _checks(self, first: date, last: date) -> Iterator[Item]:
        """At the end of every natural period: who is due. Steps of one interval and one layer share a line."""
        together: dict[tuple[int, str], list[Step]] = {}
        for step, limits in self._periodic():
            by_length: dict[int, set[str]] = {}
            for limit, text in limits:
                by_length.setdefault(int(limit.params["months"]), set()).add(text.layer)
            for months, layers in by_length.items():
                together.setdefault((months, "" if "" in layers else "、".join(sorted(layers))), []).append(step)
        for (months, layer), steps in together.items():
            title = f"逐人核对（每 {months} 个月至少一次）"
            for day in self._period_ends(months, first, last):
                yield Item(day, day, "check", title, layer=layer, steps=tuple(map(self._link, steps)))

    def _duties(self, first: date, last: date) -> Iterator[Item]:
        covered = {(step.id, int(limit.params["months"])) for step, limits in self._periodic() for limit, _ in limits}
        profile = self.rules.profile
        for duty in self.source.recurring.duties:
            months = int(profile.settings.get(duty.setting, 0)) if duty.setting else duty.months
            asked = not duty.code or duty.code in profile.enable
            if not months or not asked or (duty.step, months) in covered or remaining(duty.when, self.facts) is None:
                continue
            local = bool(duty.setting or duty.code)
            for day in self._period_ends(months, first, last):
                yield Item(
                    day,
                    day,
                    "check",
                    duty.title,
                    duty.text,
                    actor_label(self.rules.current, duty.actor, self.facts),
                    LOCAL if local else "",
                    duty.basis.cite() if duty.basis and not local else "",
                    _doubt(duty),
                    steps=self._links(duty.step),
                )

    def _leaving(self, first: date, last: date) -> Iterator[Item]:
        if not self._leave_together:
            return
        leaving = self.source.recurring.leaving
        for day, verify in self.source.leaving_days(self.rules, first, last):
            latest = add_months(day, -leaving.window_months)
            at = next((step for step in self.steps.values() if leaving.code in step.pitfalls), None)
            yield Item(
                latest,
                latest,
                "deadline",
                "毕业班接收预备党员的最后一天",
                leaving.text,
                basis=at.basis.cite() if at and at.basis else "",
                verify=verify,
                steps=self._links(at.id if at else ""),
            )
            for each in leaving.before:
                if each.step in self.steps and remaining(each.when, self.facts) == {}:
                    links = self._links(each.step)
                    yield Item(day, day, "deadline", "离校前办完", each.text, verify=verify, steps=links)
            yield from self._of_platform(day.year)
            yield from self._of_profile(day.year)

    def _of_platform(self, year: int) -> Iterator[Item]:
        leaving = self.rules.platform.leaving if self.rules.platform else None
        if leaving is None:
            return
        for day, title, text in (
            (
                _month_end(year, leaving.through_month),
                f"平台记录更新到 {leaving.through_month} 月",
                "当年毕业的积极分子和预备党员，考察和培养记录录到这个月。",
            ),
            (
                date(year, *leaving.register_by),
                "毕业生党员登记表报送",
                f"写明每个人转往哪里；介绍信和转接的有效期 {leaving.letter_days} 天。",
            ),
            (date(year, *leaving.receipts_by), "转接回执录完", "没有收到回执的，向本人和接收党组织催收。"),
        ):
            yield Item(day, day, "deadline", title, text, layer="平台", verify=leaving.remark or "待本校核实")

    def _of_profile(self, year: int) -> Iterator[Item]:
        """Days of the year that a limit names, counted from the day somebody leaves."""
        for step in self.steps.values():
            for limit in step.limits:
                fixed = limit.params.get("month_day")
                of_leaving = any(ref.subject == "person" and ref.field == "leaves" for ref in limit.of)
                if fixed and of_leaving and remaining(limit.when, self.facts) is not None:
                    month, day = map(int, str(fixed).split("-"))
                    text = self.words.limit(step.id, limit)
                    on = date(year, month, day)
                    source = self.rules.profile.source
                    yield Item(
                        on,
                        on,
                        "deadline",
                        "本校截止",
                        limit.hint or text.text,
                        "",
                        text.layer,
                        "",
                        source,
                        (self._link(step),),
                    )

    def _link(self, step: Step) -> Link:
        return Link(step.title, self.link_step(step.id))

    def _links(self, step: str) -> tuple[Link, ...]:
        return (self._link(self.steps[step]),) if step in self.steps else ()

    def _period_ends(self, months: int, first: date, last: date) -> Iterator[date]:
        """The last working day of each natural period; where that lies between terms, the last day of the term before."""
        if _YEAR % months:
            return
        for year in range(first.year, last.year + 1):
            for month in range(months, _YEAR + 1, months):
                day = self._in_term(_month_end(year, month), months)
                if first <= day <= last:
                    yield day

    def _in_term(self, day: date, months: int) -> date:
        begins = add_months(day, -months)
        terms = self.source.terms()
        on = any(term["from"] <= day <= term["to"] for term in terms)
        # Beyond the terms that are known nothing is known.
        if not on and any(term["from"] > day for term in terms):
            ends = [term["to"] for term in terms if begins < term["to"] < day]
            day = ends[-1] if ends else day
        while not self.source.work.is_workday(day).workday:
            day = add_days(day, -1)
        return day

    def _notes(self, first: date, last: date) -> Iterator[str]:
        yield from term_gaps(((term["from"], term["to"]) for term in self.source.terms()), first, last)
        years = range(first.year, last.year + 1)
        guessed = [year for year in years if self.source.work.is_workday(date(year, 12, 31)).provisional]
        if guessed:
            yield f"{'、'.join(map(str, guessed))} 年的放假安排还没有录入，工作日暂按周一至周五计算，公布后重新生成。"
        if any(True for _ in self._periodic()):
            yield (
                "“逐人核对”：看每个人距上一次满了没有，没有办的马上办，写实际日期。所列是自然季度、半年的最后一个工作日，"
                "只作提醒；期限按每个人自己的日期算。"
            )
        leaving = self.rules.platform.leaving if self.rules.platform else None
        if self._leave_together and not (leaving or any("leaves" in term for term in self.source.terms())):
            months = self.source.recurring.leaving.window_months
            yield f"校历没有写毕业生离校日期（terms 的 leaves）：离校前 {months} 个月内一般不办理接收，请自行推算。"


def _doubt(duty: RecurringDuty) -> str:
    """Why a duty has to be verified: what it rests on was not read in the original."""
    settled = duty.basis is None or duty.basis.confidence == "certain"
    return "" if settled else f"{duty.title}的依据出自转述，何时办以上级党委的通知为准"


def _month_end(year: int, month: int) -> date:
    return add_days(add_months(date(year, month, 1), 1), -1)
