"""From an audit to what goes with a bundle of dossiers: the ledger and the labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.audit.assessment import Journey
from generator.audit.audit import Audit
from generator.definitions.forms import Form
from generator.definitions.ledger import LedgerForm
from generator.procedure.progress import Progress
from generator.views.labels import Labels, compile_labels
from generator.views.ledger import Ledger, LeftOut, compile_ledger
from generator.views.lookup import shown_entry
from generator.views.names import Names
from generator.views.wording import Wording


@dataclass(frozen=True, slots=True)
class BundleDesk:
    """Compiles what concerns all people of a bundle; `people` everywhere in the order of the print."""

    audit: Audit
    form: LedgerForm
    forms: Sequence[Form]
    """Those that dossiers are made of."""

    def ledger(self, people: Sequence[Journey], commit: str, left_out: Iterable[LeftOut]) -> Ledger:
        corpus = self.audit.corpus
        names = self.names(people)
        units = dict.fromkeys(unit for _, unit in names.values())
        return compile_ledger(
            self.form,
            people,
            self.audit.definitions.materials,
            self._recorded,
            unit="、".join(units) or corpus.organisation.name,
            branches=(branch for branch, _ in names.values()),
            as_of=self.audit.as_of,
            commit=commit,
            left_out=left_out,
            forms=self.forms,
        )

    def labels(self, people: Sequence[Journey], per_box: int) -> Labels:
        return compile_labels(people, self.audit.definitions.materials, self.names(people), self.audit.as_of, per_box)

    def names(self, people: Sequence[Journey]) -> dict[str, tuple[str, str]]:
        """Branch id → names of the branch and of its committee."""
        corpus = self.audit.corpus
        branches = dict.fromkeys((each.person.branch, each.person.committee) for each in people)
        return {id: (corpus.branches[id].name, corpus.committees[committee].name) for id, committee in branches}

    def _recorded(self, progress: Progress, ref: str) -> str:
        step, _, path = ref.partition(".")
        state = progress.steps.get(step)
        entry = shown_entry(state) if state else None
        if entry is None:
            return ""
        path = path or "date"
        shape = self.audit.corpus.schemas.entry(step)
        field = shape.field.at(tuple(path.split("."))) if shape else None
        return Wording(Names(self.audit)).text(entry.get(path), field)
