"""The names behind the ids that records refer by: one place for every page and print."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from generator.audit.audit import Audit
from generator.records.corpus import Corpus


class Names:
    """Called with a kind and an id: the name, None when there is none such. Kinds as in `Field.ref` (person, branch, committee,
    step, platform), and `unit`: the branch of a person.
    """

    def __init__(self, audit: Audit) -> None:
        self._corpus = audit.corpus
        self._definitions = audit.definitions

    def __call__(self, kind: str, id: str) -> str | None:
        corpus = self._corpus
        if kind == "person":
            person = corpus.person(id)
            if person is not None:
                return person.name
            organiser = corpus.organisers.get(id)
            return str(organiser.fields["name"]) if organiser is not None and "name" in organiser.fields else None
        if kind == "unit":
            member = corpus.person(id)
            return corpus.branches[member.branch].name if member is not None else None
        if kind == "branch":
            branch = corpus.branches.get(id)
            return branch.name if branch is not None else None
        if kind == "platform":
            platform = self._definitions.platforms.get(id)
            return platform.title if platform is not None else None
        return {"committee": self._bodies, "step": self._steps}.get(kind, {}).get(id)

    @cached_property
    def _steps(self) -> Mapping[str, str]:
        return {key: step.title for key, step in self._definitions.steps.items()}

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        return body_names(self._corpus)


def body_names(corpus: Corpus) -> dict[str, str]:
    """Id of a Party body → its name: all committees, the organisation and the bodies above it."""
    organisation = corpus.organisation
    upper = organisation.fields.get("upper_bodies") or ()
    bodies = {str(body["id"]): str(body["name"]) for body in upper if "id" in body and "name" in body}
    if "id" in organisation.fields:
        bodies[str(organisation.fields["id"])] = organisation.name
    return {**bodies, **{committee.id: committee.name for committee in corpus.committees.values()}}
