"""When things happen in a half-year: one calendar per branch, so that people developed together share meetings and classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from bench.college.days import add_workdays, next_workday, plus


@dataclass(frozen=True)
class Season:
    """The days of one branch in one half-year. Days of the upper committee depend on the committee, the others on the branch."""

    # choosing activists
    recommend: date
    decide_activist: date
    file_activist: date
    assign_contacts: date
    activist_class: tuple[date, date]
    # from target to probationary member
    collect_opinions: date
    propose_target: date
    consent_target: date
    publicise_target: tuple[date, date]
    list_target: date
    assign_sponsors: date
    letters_sent: date
    target_class: tuple[date, date]
    political_review: date
    committee_review: date
    preview: date
    publicise_admission: tuple[date, date]
    fill_book: date
    admission_meeting: date
    general_branch_review: date
    superior_talk: date
    approve: date
    notified: date
    file_admission: date
    join_group: date
    oath: date


@cache
def season(year: int, half: str, committee: int, branch: int, lag: int = 0) -> Season:
    """`half` is spring or autumn; `committee` and `branch` are running numbers that shift the days a little.

    `lag`: days later than usual (negative: earlier).
    """
    spring = half == "spring"
    c, b = committee % 3, branch % 4

    def day(month: int, number: int, shift: int = 0) -> date:
        return next_workday(plus(date(year, month, number), shift + lag))

    recommend = day(4, 7, b) if spring else day(10, 22, b)
    decide = next_workday(plus(recommend, 5))
    filed = day(4, 24, c) if spring else day(11, 9, c)
    class_end = day(5, 20, c) if spring else day(12, 5, c)
    opinions = day(3, 4, b) if spring else day(9, 6, b)
    consent = day(3, 18, c) if spring else day(9, 17, c)
    notice = add_workdays(consent, 1)
    notice_end = add_workdays(notice, 4 + b % 2)
    listed = add_workdays(notice_end, 1)
    training = day(4, 22, c) if spring else day(10, 22, c)
    preview = day(5, 25, c) if spring else day(11, 12, c % 2)
    admission_notice = add_workdays(preview, 1)
    admission_notice_end = add_workdays(admission_notice, 4)
    book = add_workdays(admission_notice_end, 1)
    meeting = add_workdays(book, 2 + b)
    approve = max(add_workdays(meeting, 5), day(6, 19, c) if spring else day(12, 14, c))
    filed_again = add_workdays(approve, 4)
    return Season(
        recommend=recommend,
        decide_activist=decide,
        file_activist=filed,
        assign_contacts=add_workdays(filed, 1 + b % 2),
        activist_class=(next_workday(plus(class_end, -20)), class_end),
        collect_opinions=opinions,
        propose_target=next_workday(plus(opinions, 4)),
        consent_target=consent,
        publicise_target=(notice, notice_end),
        list_target=listed,
        assign_sponsors=add_workdays(listed, 1 + b),
        letters_sent=add_workdays(listed, 2),
        target_class=(training, add_workdays(training, 2)),
        political_review=day(5, 6, b) if spring else day(11, 2, b),
        committee_review=day(5, 19, b) if spring else day(11, 6, b),
        preview=preview,
        publicise_admission=(admission_notice, admission_notice_end),
        fill_book=book,
        admission_meeting=meeting,
        general_branch_review=add_workdays(meeting, 1),
        superior_talk=add_workdays(meeting, 3),
        approve=approve,
        notified=add_workdays(approve, 2),
        file_admission=filed_again,
        join_group=add_workdays(approve, 3),
        oath=next_workday(date(year, 7, 1)) if spring and lag == 0 else add_workdays(approve, 8),
    )


def seasons_from(day: date) -> list[tuple[int, str]]:
    """Half-years that begin on or after a day, for ten years."""
    found = [(year, half) for year in range(day.year, day.year + 10) for half in ("spring", "autumn")]
    return [item for item in found if _begins(*item) >= day]


def _begins(year: int, half: str) -> date:
    return date(year, 2, 20) if half == "spring" else date(year, 8, 25)
