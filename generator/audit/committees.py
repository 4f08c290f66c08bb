"""What a rule about a committee is given: the committee, its rules, and the entries of its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from generator.audit.subject import Today
from generator.definitions.load import Definitions
from generator.definitions.model import Step
from generator.definitions.profile import Profile
from generator.procedure.calendar import add_days
from generator.records.corpus import Corpus
from generator.records.model import Committee, Entry


@dataclass(frozen=True)
class CommitteeSubject:
    """One committee (党委 or 党总支). Rules read it, they never change it."""

    committee: Committee
    profile: Profile
    steps: Mapping[str, Step]
    today: Today
    all_entries: Callable[[], Sequence[Entry]]
    """Those of events of the committee and of its branches, and of the logs of people who are there now."""

    def passed(self, day: date) -> bool:
        """As `Subject.passed`."""
        return self.today.passed(day)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Entries up to the as-of day, oldest first."""
        known = sorted(self.all_entries(), key=lambda entry: entry.date)
        return tuple(entry for entry in known if self.passed(add_days(entry.date, -1)))

    def at(self, code: str) -> Iterator[Entry]:
        """Entries of the steps whose `pitfalls` name the code, oldest first."""
        return (e for e in self.entries if e.step in self.steps and code in self.steps[e.step].pitfalls)


def committee_subjects(corpus: Corpus, definitions: Definitions, today: Today) -> Iterator[CommitteeSubject]:
    """Every committee, by id. The entries are looked up when the first rule asks for them."""
    entries: dict[str, list[Entry]] = {}
    steps = definitions.steps

    def of(committee: str) -> Sequence[Entry]:
        if not entries:
            entries.update(_by_committee(corpus))
        return entries.get(committee, ())

    for id, committee in sorted(corpus.committees.items()):
        profile = definitions.rules_for(corpus.organisation, committee).profile
        yield CommitteeSubject(committee, profile, steps, today, partial(of, id))


def _by_committee(corpus: Corpus) -> Mapping[str, list[Entry]]:
    events = {event.path: event.committee for event in corpus.events}
    found: dict[str, list[Entry]] = defaultdict(list)
    for person in corpus.people.values():
        for entry in person.entries:
            found[events.get(entry.event or "", person.committee)].append(entry)
    return found
