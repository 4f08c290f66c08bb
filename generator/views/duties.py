"""What is overdue and what falls due, as lines for lists, calendars and spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from generator.audit.agenda import Duty, agenda, committee_agendas
from generator.audit.audit import Audit
from generator.diagnostics import Place
from generator.records.model import Branch, Committee
from generator.views.branch_titles import BranchTitles, Called
from generator.views.sources import Source, sources_of

HORIZONS = (7, 30, 90)
"""Days ahead: each span reaches from behind the one before it to here."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """`person` is empty for a duty of a branch or committee as such, `branch` for one of a committee."""

    uid: str
    """The same in every run, as long as the duty is not done."""
    person: str
    name: str
    branch: str
    committee: str
    unit: str
    """Name of the branch, or of the committee."""
    step: str
    title: str
    state: str
    label: str
    latest: date | None
    provisional: bool
    """The latest day was counted in workdays beyond the known holidays."""
    actor: str
    source: Source

    @property
    def overdue(self) -> bool:
        return self.state == "overdue"

    @property
    def holder(self) -> str:
        """Id of the branch, or of the committee."""
        return self.branch or self.committee

    @property
    def when(self) -> str:
        """The latest day as text."""
        return "未定期限" if self.latest is None else f"{self.latest}{'（暂定）' if self.provisional else ''}"

    @property
    def who(self) -> str:
        return self.name or ("本支部" if self.branch else "党委")


@dataclass(frozen=True, slots=True)
class DutySpan:
    """Duties of one span: overdue, or those that fall due after the span before it."""

    id: str
    title: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class DutyList:
    """Committees first, then branches, each by latest day."""

    title: str
    as_of: date
    days: int
    rows: tuple[DutyRow, ...]

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rows)

    @property
    def people(self) -> int:
        """How many people have something to do."""
        return len({row.person for row in self.rows if row.person})


def duty_list(audit: Audit, branch: str | None, days: int) -> DutyList:
    """Of one branch; without one of all committees and branches. `days`: how far to look ahead."""
    corpus = audit.corpus
    above = committee_rows(audit, days) if branch is None else ()
    branches = [corpus.branches[id] for id in ([branch] if branch is not None else sorted(corpus.branches))]
    below = [(each, agenda(audit, each.id, days)) for each in branches]
    lines = sources_of(corpus, (duty.place for _, duties in below for duty in duties))
    titles = BranchTitles(audit)
    rows = [duty_row(audit, duty, each, lines, titles.of(each)) for each, duties in below for duty in duties]
    unit = branches[0].name if branch is not None else corpus.organisation.name
    return DutyList(list_title(unit), audit.as_of, days, (*above, *rows))


def committee_rows(audit: Audit, days: int) -> tuple[DutyRow, ...]:
    """What the committees as such have to do."""
    above = committee_agendas(audit, days)
    lines = sources_of(audit.corpus, (duty.place for _, duties in above for duty in duties))
    return tuple(duty_row(audit, duty, holder, lines) for holder, duties in above for duty in duties)


def spans_of(rows: Sequence[DutyRow], as_of: date) -> tuple[DutySpan, ...]:
    """A day already past without being overdue counts as today."""
    spans, lower = [DutySpan("overdue", "逾期", tuple(row for row in rows if row.overdue))], -1
    for days in HORIZONS:
        within = (
            row
            for row in rows
            if not row.overdue and row.latest is not None and lower < max((row.latest - as_of).days, 0) <= days
        )
        spans.append(
            DutySpan(f"within-{days}", f"{days} 天内" if lower < 0 else f"{lower + 1}–{days} 天", tuple(within))
        )
        lower = days
    return tuple(spans)


def list_title(unit: str) -> str:
    return f"{unit}到期事项"


def duty_row(
    audit: Audit, duty: Duty, holder: Branch | Committee, lines: Mapping[Place, Source], called: Called = str
) -> DutyRow:
    """`holder`: whose duty it is when it is nobody's in particular. `lines` has the place of the duty."""
    person, branch = duty.person, holder if isinstance(holder, Branch) else None
    return DutyRow(
        _uid(audit.corpus.organisation.name, _lasting(duty) or holder.id, duty.step, duty.which),
        person.id if person else "",
        person.name if person else "",
        branch.id if branch else "",
        branch.committee if branch else holder.id,
        holder.name,
        duty.step,
        called(duty.title),
        duty.state.value,
        duty.label,
        duty.latest.day if duty.latest else None,
        duty.latest.provisional if duty.latest else False,
        called(duty.actor),
        lines.get(duty.place, Source(duty.place.path)),
    )


def _lasting(duty: Duty) -> str:
    """The id a person was first known by: a later one does not make another duty."""
    former = (duty.person.get("former_ids") or ()) if duty.person else ()
    return str(former[0]) if former else duty.person.id if duty.person else ""


def _uid(*parts: str) -> str:
    """A digest: calendars pass identifiers on to their servers, and a 学号 should not stand in one."""
    return sha256("\n".join(parts).encode()).hexdigest()[:32] + "@jishi"
