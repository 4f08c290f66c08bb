"""What one person goes through, phase by phase. Only days and personal outcomes are fixed here; who takes part in a meeting
is decided later, when everybody's course is known.

Entries after the as-of day are dropped, so a course is written as if it ran to its end.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bench.college.days import add_months, add_workdays, next_workday, plus, previous_workday
from bench.college.model import Act, Branch, College, Fields, Person, merged
from bench.college.order import ORDER
from bench.college.seasons import Season, season


class Course:
    """The life of one person in one branch (`branch` may change on the way)."""

    def __init__(self, college: College, person: Person) -> None:
        self.college = college
        self.person = person
        self.branch: Branch = person.branch
        self.random = college.chance("course", person.id)
        self.as_of = college.as_of
        self.activist_since: date | None = None
        self.admitted: date | None = None
        self.applied: date | None = None
        self.listed: date | None = None
        self.reported: date | None = None
        self.transferred = False

    # ---- writing -------------------------------------------------------------------------------------------------

    def act(self, step: str, day: date, home: str = "log", comment: str = "", **own: Any) -> bool:
        """Adds one entry; False when it lies after the as-of day."""
        if day > self.as_of:
            return False
        self.college.acts.append(Act(day, ORDER[step], self.person, self.branch, step, home, merged(own), comment))
        return True

    def season(self, year: int, half: str, lag: int = 0) -> Season:
        return season(year, half, self.branch.committee.index, self.branch.index, lag)

    def audit(self, number: int, step: str, day: date) -> None:
        """One of the eight audits on the platform, a few working days after the step."""
        audited = add_workdays(day, 1 + number % 2)
        self.act("platform_audit", audited, "committee", platform="dengta", n=number, of=step, result="passed")

    # ---- applicant -----------------------------------------------------------------------------------------------

    def apply(self, day: date, talk: bool | int = True, comment: str = "", **own: Any) -> None:
        """Application and talk; `talk` False: not yet held, or the number of days until it."""
        received = next_workday(plus(day, self.random.choice((0, 0, 1, 2))))
        self.applied = day
        self.act("apply", day, comment=comment, **merged({"received": received, "materials": ["M01"]}, own))
        if talk is not False:
            wait = self.random.randrange(8, 25) if talk is True else int(talk)
            self.act("talk", previous_workday(plus(received, wait)), materials=["M02"])

    # ---- activist ------------------------------------------------------------------------------------------------

    def recommend(self, day: date, **own: Any) -> None:
        self.act("recommend", day, "branch", **merged({"materials": ["M10"]}, own))

    def become_activist(self, s: Season, contacts_until: date | None = None, notice: bool = False) -> None:
        """From the recommendation to the contacts and the class; `notice`: with a public notice before the filing."""
        self.recommend(s.recommend)
        self.act("decide_activist", s.decide_activist, "branch", result="passed", materials=["M12"])
        filed = s.file_activist
        if notice:
            first = add_workdays(s.decide_activist, 1)
            last = add_workdays(first, 4)
            filed = max(filed, add_workdays(last, 1))
            self.act("publicise_activist", last, "branch", start=first, result="clear", materials=["M18"])
        self.file_activist(filed)
        self.activist_since = s.decide_activist
        self.act("assign_contacts", max(filed, s.assign_contacts))
        self.person.needs_contacts_until = contacts_until
        self.train_activist(s.decide_activist)

    def file_activist(self, day: date, **own: Any) -> None:
        reported = previous_workday(plus(day, -4))
        fields = merged({"reported": reported, "decision": "filed", "materials": ["M13", "M14"]}, own)
        self.act("file_activist", day, "committee", **fields)
        if fields["decision"] == "filed":
            self.audit(1, "file_activist", day)

    def train_activist(self, since: date, **own: Any) -> None:
        """The class of the half-year after the decision."""
        autumn = since.month < 8
        s = self.season(since.year if autumn else since.year + 1, "autumn" if autumn else "spring")
        start, end = s.activist_class
        number = self.random.randrange(1, 400)
        certificate = f"HDJX-{end.year}-{number:03d}"
        self.act(
            "train_activist",
            end,
            "committee",
            **merged(
                {"start": start, "hours": 24, "exam": "passed", "certificate": certificate, "materials": ["M17"]}, own
            ),
        )

    def educate(self, until: date, *, first: bool = True, since: date | None = None, paused: bool = False) -> None:
        """Half-yearly inspections and quarterly reports from the start as activist up to a day (excluded)."""
        start = since or self.activist_since
        if start is None:
            raise ValueError("not an activist yet")
        paper = [self.transcribed("M15", 6)] if first else None
        for day in self.branch.inspections:
            if start < day < until:
                self.inspect(day, paper)
                paper = None
        titles = REPORTS if self.branch.kind in ("undergraduate", "postgraduate") else WORK_REPORTS
        day = self.reported or start
        if paused and since is not None:  # the first report follows soon after the return
            day = max(day, plus(add_months(since, -3), 25))
        while (day := self._next_report(day)) < until:
            self.reported = day
            self.act(
                "report",
                day,
                title=self.random.choice(titles),
                period=_quarter(day),
                materials=["M16"],
            )

    def inspect(self, day: date, materials: list[Any] | None = None) -> None:
        """The branch's opinion on half a year; no two of one person alike."""
        half = "上" if day.month < 8 else "下"
        words = INSPECTED if self.branch.kind in ("undergraduate", "postgraduate") else WORK_INSPECTED
        self.act(
            "inspect",
            day,
            "branch",
            opinion=f"{day.year}年{half}半年{self.random.choice(words)}",
            materials=materials,
        )

    def transcribed(self, code: str, pages: int) -> Any:
        """A paper; for one person in four with what it states, so that it can be compared."""
        if self.applied is None or self.college.chance("shows", self.person.id).random() >= 0.25:
            return code
        shows = {"name": self.person.name, "born": self.person.fields["born"], "apply.date": self.applied}
        return {"code": code, "kind": "original", "pages": pages, "shows": shows}

    def _next_report(self, day: date) -> date:
        """At most three natural months later, so that every quarter has its report."""
        return plus(add_months(day, 3), -self.random.randrange(0, 7))

    # ---- target --------------------------------------------------------------------------------------------------

    def propose(self, s: Season, **own: Any) -> None:
        opinions = self.opinions(s.collect_opinions, conversion=False)
        self.act("collect_opinions", s.collect_opinions, opinions=opinions, candidate_present=False, materials=["M20"])
        self.act(
            "propose_target", s.propose_target, "branch", **merged({"result": "passed", "materials": ["M21"]}, own)
        )

    def consent(self, s: Season, **own: Any) -> None:
        new = s.consent_target >= date(2026, 5, 18)
        reported = previous_workday(plus(s.consent_target, -3))
        self.act(
            "consent_target",
            s.consent_target,
            "committee",
            **merged({"reported": reported, "decision": "agreed" if new else "filed", "materials": ["M22"]}, own),
        )
        self.audit(2, "consent_target", s.consent_target)

    def publicise_target(self, s: Season, **own: Any) -> None:
        start, end = s.publicise_target
        self.act(
            "publicise_target", end, "branch", **merged({"start": start, "result": "clear", "materials": ["M23"]}, own)
        )

    def list_target(self, s: Season) -> None:
        self.act("list_target", s.list_target, "branch")
        self.listed = s.list_target
        self.act("assign_sponsors", s.assign_sponsors)

    def become_target(self, s: Season) -> None:
        self.propose(s)
        self.consent(s)
        self.publicise_target(s)
        self.list_target(s)
        self.educate_until_listed(s)

    def educate_until_listed(self, s: Season) -> None:
        self.educate(s.list_target)

    def prepare(self, s: Season, **training: Any) -> None:
        """Political review and short training."""
        returned = plus(s.letters_sent, self.random.randrange(14, 24))
        relations = ["父亲", "母亲"]
        letters = [
            {"relation": name, "sent": s.letters_sent, "returned": plus(returned, n), "sealed": True}
            for n, name in enumerate(relations)
        ]
        papers: list[Any] = ["M24", {"code": "M25", "count": 2}, "M26"]
        self.act(
            "political_review",
            s.political_review,
            autobiography=plus(s.letters_sent, 4),
            letters=letters,
            result="passed",
            materials=papers,
        )
        start, end = s.target_class
        number = self.random.randrange(1, 300)
        fields = {
            "start": start,
            "days": 3,
            "hours": 24,
            "exam": "passed",
            "certificate": f"HDFZ-{end.year}-{number:03d}",
            "materials": ["M27"],
        }
        self.act("train_target", end, "committee", **merged(fields, training))
        if fields["exam"] == training.get("exam", "passed"):
            self.audit(3, "train_target", end)
        for day in self.branch.inspections:
            if s.list_target <= day < s.admission_meeting:
                self.inspect(day)

    def preview(self, s: Season, **own: Any) -> None:
        self.act("committee_review", s.committee_review, "branch", result="passed")
        fields = merged(
            {
                "reported": previous_workday(plus(s.preview, -2)),
                "result": "passed",
                "notice": s.preview,
                "materials": ["M29"],
            },
            own,
        )
        self.act("preview", s.preview, "committee", **fields)
        if fields["result"] == "passed":
            self.audit(4, "preview", s.preview)

    # ---- admission -----------------------------------------------------------------------------------------------

    def meet(self, s: Season, **own: Any) -> None:
        start, end = s.publicise_admission
        self.act("publicise_admission", end, "branch", start=start, result="clear", materials=["M33"])
        self.college.books += 1
        serial = f"鲁{s.fill_book.year % 100:02d}-{self.college.books:05d}"
        self.act("fill_book", s.fill_book, issued=s.fill_book, serial=serial, materials=[self.transcribed("M30", 12)])
        signed = previous_workday(plus(s.admission_meeting, -1))
        for number in (0, 1):
            self.act("sponsor_opinion", max(s.fill_book, signed), by=number, opinion="同意发展为预备党员", signed=True)
        self.act(
            "admission_meeting",
            s.admission_meeting,
            "branch",
            **merged({"result": "passed", "materials": ["M31", "M32"]}, own),
        )

    def approve(self, s: Season, **own: Any) -> None:
        if not self.branch.committee.may_approve:
            self.act("general_branch_review", s.general_branch_review, "committee", result="passed")
        self.act("superior_talk", s.superior_talk, opinion="同意接收")
        self.audit(5, "superior_talk", s.superior_talk)
        result = own.get("result", "passed")
        period = (
            {"from": s.admission_meeting, "to": plus(add_months(s.admission_meeting, 12), -1)}
            if result == "passed"
            else None
        )
        dues = Decimal("0.2") if period and self.branch.kind in ("undergraduate", "postgraduate") else None
        self.act(
            "approve_admission",
            s.approve,
            "committee",
            **merged(
                {
                    "reported": plus(s.superior_talk, 0),
                    "result": result,
                    "probation": period,
                    "monthly_dues": dues,
                    "notified": s.notified,
                    "materials": ["M34"],
                },
                own,
            ),
        )
        if result != "passed":
            return
        self.audit(6, "approve_admission", s.approve)
        self.admitted = s.admission_meeting
        self.act("file_admission", s.file_admission, "committee", materials=["M35"])
        self.audit(7, "file_admission", s.file_admission)
        if self.branch.groups:
            self.act("join_group", s.join_group, group=self.random.choice(self.branch.groups))
        else:
            self.act("join_group", s.join_group)
        self.act("oath", s.oath, "committee", materials=["M36"])

    def become_probationary(self, s: Season) -> None:
        self.prepare(s)
        self.preview(s)
        self.meet(s)
        self.approve(s)

    # ---- conversion ----------------------------------------------------------------------------------------------

    def probation(self, start: date, until: date) -> None:
        """Half-yearly inspections and quarterly reports of the probation period."""
        day, paper = start, ["M37"]
        while (day := previous_workday(plus(add_months(day, 6), -(self.branch.index % 3)))) < until:
            half = "上" if day.month < 8 else "下"
            opinion = f"{day.year}年{half}半年{self.random.choice(PROBATION)}"
            self.act("probation_inspect", day, "branch", opinion=opinion, materials=paper or None)
            paper = []
        day = start
        while (day := self._next_report(day)) < until:
            self.act("probation_report", day, period=_quarter(day), materials=["M38"])

    def ask_conversion(self, expiry: date, applied: date | None = None) -> None:
        day = applied or previous_workday(plus(expiry, -self.random.randrange(6, 20)))
        self.act("apply_conversion", day, received=day, materials=["M40"])

    def conversion(self, expiry: date, outcome: str = "convert", wait: int = 1, ask: bool = True, **own: Any) -> date:
        """The meeting on conversion and its approval; returns the day of the approval."""
        if ask:
            self.ask_conversion(expiry)
        meeting = next_workday(plus(expiry, wait))
        ready = previous_workday(plus(expiry, -2))
        opinions = self.opinions(ready, conversion=True)
        self.act("collect_opinions_conversion", ready, opinions=opinions, materials=["M41"])
        for number in (0, 1):
            self.act(
                "sponsor_opinion_conversion",
                ready,
                by=number,
                opinion="同意按期转正" if outcome == "convert" else "建议由大会讨论",
                signed=True,
            )
        self.act("committee_review_conversion", ready, "branch", result="passed")
        notice_end = previous_workday(plus(meeting, -1))
        notice = notice_end
        for _ in range(4):
            notice = previous_workday(plus(notice, -1))
        self.act("publicise_conversion", notice_end, "branch", start=notice, result="clear", materials=["M42"])
        self.act(
            "conversion_meeting",
            meeting,
            "branch",
            **merged({"outcome": outcome, "result": "passed", "materials": ["M43"]}, own),
        )
        approved = add_workdays(meeting, 4)
        effective = expiry if outcome == "convert" else None
        written = self.act(
            "approve_conversion",
            approved,
            "committee",
            outcome=outcome,
            result="passed",
            effective=effective,
            notified=add_workdays(approved, 1),
            materials=["M44"],
        )
        self.audit(8, "approve_conversion", approved)
        if written and outcome == "convert":
            self.person.full_from = approved
        return approved

    # ---- other ---------------------------------------------------------------------------------------------------

    def opinions(self, day: date, conversion: bool) -> Fields:
        heard = ["contacts", "members", "masses"] if not conversion else ["members", "masses"]
        if self.branch.groups:
            heard.insert(0, "group")
        text = "同意按期转正" if conversion else "同意列为发展对象"
        return {
            who: {"date": previous_workday(plus(day, -(number % 2))), "text": text} for number, who in enumerate(heard)
        }

    def archive(self, day: date, category: str, to: str = "学校学生档案室") -> None:
        self.act("archive", day, category=category, to=to, ledger=f"{day.year}-{self.random.randrange(1, 90):03d}")

    def platform_checks(self, until: date) -> None:
        """The yearly verification on the platform, entered up to June."""
        if self.activist_since is None:
            return
        for year in range(self.activist_since.year, until.year + 1):
            day = next_workday(date(year, 6, 22))
            if self.activist_since < day < until:
                self.act("platform_check", day, "committee", platform="dengta", through=f"{year}-06", complete=True)


def _quarter(day: date) -> str:
    return f"{day.year}年第{(day.month + 2) // 3}季度"


INSPECTED = (
    "按时参加集中学习，思想汇报按季提交。",
    "参加党课和志愿服务，能说明学习体会。",
    "学习和工作情况稳定，继续培养。",
    "承担班级事务，群众反映待人诚恳，理论学习还可加深。",
    "情况正常，同意继续培养，以后重点看日常表现。",
)
PROBATION = (
    "按时参加组织生活，继续考察。",
    "履行预备党员义务，按期交纳党费。",
    "完成支部分配的工作，理论学习需更系统。",
)
REPORTS = (
    "学习党章的体会",
    "参加实践活动的思考",
    "一个季度的学习与不足",
    "志愿服务小结",
    "理论学习笔记与认识",
    "班级工作中的收获",
)
WORK_REPORTS = ("学习党章的体会", "岗位工作与差距", "一个季度的学习与不足", "服务师生的一点思考", "理论学习笔记与认识")
WORK_INSPECTED = (
    "按时参加集中学习，思想汇报按季提交。",
    "参加党课，结合岗位谈了学习体会。",
    "完成本职工作，同事反映平稳，继续培养。",
    "主动承担系里事务，理论学习还可加深。",
)
