"""Turns the steps of a procedure into step views, for one branch or for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.definitions.model import Procedure, Step
from generator.definitions.papers import Material
from generator.definitions.platform import Operation, Platform
from generator.definitions.profile import Profile
from generator.views.actors import actor_label
from generator.views.conditions import Facts, in_words, remaining
from generator.views.limits import LOCAL, Words
from generator.views.platforms import OperationView, page_of, view_operations
from generator.views.rule_pages import codes_of
from generator.views.steps import (
    NEEDED,
    Blank,
    FieldNote,
    Link,
    Note,
    Paper,
    PlatformPart,
    StepView,
    form_of,
    signers_of,
)
from generator.views.timing import begins, shared_earliest, timing
from generator.views.versions import articles, differences, former


@dataclass(frozen=True)
class Handbook:
    """What all step views share. `platforms` and `profile` are those of the reader: one branch's, or all of them."""

    procedure: Procedure
    older: Procedure | None
    materials: Mapping[str, Material]
    platforms: tuple[Platform, ...]
    profile: Profile | None
    words: Words
    link_step: Callable[[str], str]
    link_rule: Callable[[str], Link | None]
    example: Callable[[Step], str]
    fields: Callable[[Step], tuple[FieldNote, ...]]
    blanks: Mapping[str, tuple[Blank, ...]]
    """Code of a material → its blank forms, as files of the site."""

    def steps(self, facts: Facts) -> tuple[Step, ...]:
        """The steps that may apply to the reader, in procedure order."""
        dropped = set(self.profile.drop) if self.profile else set()
        return tuple(
            s for s in self.procedure.steps.values() if s.id not in dropped and remaining(s.when, facts) is not None
        )

    def view(self, step: Step, facts: Facts) -> StepView:
        """One step for a reader of whom `facts` are known."""
        present = {s.id: s for s in self.steps(facts)}
        before = [a for a in step.after if a.step in present and remaining(a.when, facts) is not None]
        when = timing(step, self.words, facts)
        return StepView(
            id=step.id,
            number=step.number,
            title=step.title,
            actor=actor_label(self.procedure, step.actor, facts),
            need=self._need(step),
            applies=in_words(remaining(step.when, facts) or {}),
            before=tuple(self._before(self.procedure.steps[a.step]) for a in before),
            earliest=when.earliest or shared_earliest(step, present.values(), self.words, facts),
            begins=begins(step, before, self.procedure, apart=self.profile is not None and self.profile.sets_apart),
            latest=when.latest,
            limits=when.others,
            next=self._next(step, tuple(present.values()), facts),
            previous=self._next(step, tuple(reversed(present.values())), facts),
            total=self._total,
            page=self.link_step(step.id),
            prepare=step.prepare,
            papers=tuple(self._papers(step, facts)),
            platforms=tuple(p for platform in self.platforms if (p := self._platform_part(platform, step.id, facts))),
            notes=tuple(
                Note(in_words(rest), v.text) for v in step.variants if (rest := remaining(v.when, facts)) is not None
            ),
            citations=self._citations(step),
            purpose=step.purpose,
            date_means=step.date_means,
            guide=step.guide,
            record=step.record,
            example=self.example(step),
            fields=self.fields(step),
            refusal=step.refusal,
            again=step.again,
            told=step.told,
            pitfalls=tuple(link for code in self._codes(step) if (link := self.link_rule(code))),
            articles=articles(step, self._old(step), self.words, facts),
            versions=(self.older.version, self.procedure.version) if self.older else (),
            changed=differences(step, self._old(step), self.older, self.procedure, self.words, facts),
            former=former(step, self._old(step), self.older),
        )

    def _old(self, step: Step) -> Step | None:
        return self.older.steps.get(step.id) if self.older else None

    def _next(self, step: Step, present: tuple[Step, ...], facts: Facts) -> Link | None:
        """The next step that everybody of this kind has to do, in the order given; nothing follows what is recorded as it happens."""
        if not step.duty or step.number is None:
            return None
        later = (s for s in present[present.index(step) + 1 :] if s.number is not None and s.duty and not s.optional)
        found = next((s for s in later if not remaining(s.when, facts)), None)
        return Link(found.title, self.link_step(found.id)) if found else None

    def _before(self, step: Step) -> Link:
        return Link(step.title + ("（办理的）" if step.optional else ""), self.link_step(step.id))

    def _need(self, step: Step) -> str:
        if not step.duty:
            return "发生时记录"
        asked_by = {"platform": "平台要求", "local": LOCAL}.get(step.layer, "必经")
        return ("视情况" if step.optional else asked_by) + ("，可多次" if step.repeat == "many" else "")

    def _papers(self, step: Step, facts: Facts) -> Iterable[Paper]:
        for paper in step.materials:
            rest = remaining(paper.when, facts)
            material = self.materials.get(paper.code)
            if rest is None or material is None:
                continue
            need = "视情况" if not paper.required else "一般要有" if material.requirement == "required" else NEEDED
            yield Paper(
                material.code,
                material.title,
                need + (f"（{in_words(rest)}）" if rest else ""),
                signers_of(material),
                form_of(material),
                self.blanks.get(material.code, ()),
            )

    def _codes(self, step: Step) -> tuple[str, ...]:
        """What goes wrong at a step; the general rules on order where it has none of its own."""
        general = tuple(dict.fromkeys(code for a in step.after for code in (a.order, a.missing)))
        return tuple(dict.fromkeys((*step.pitfalls, *codes_of(step)))) or general

    def _citations(self, step: Step) -> tuple[str, ...]:
        older = self.older.steps.get(step.id) if self.older else None
        cited = [s.basis.cite() for s in (step, older) if s is not None and s.basis is not None]
        return tuple(dict.fromkeys(cited))

    @cached_property
    def _total(self) -> int:
        return max((s.number for s in self.procedure.steps.values() if s.number is not None), default=0)

    @cached_property
    def _operations(self) -> Mapping[tuple[str, str], tuple[tuple[Operation, OperationView], ...]]:
        """Platform and step → what is done there."""
        found: dict[tuple[str, str], tuple[tuple[Operation, OperationView], ...]] = {}
        for platform in self.platforms:
            views = view_operations(platform)
            for each in platform.operations:
                key = (platform.id, each.step or "")
                found[key] = (*found.get(key, ()), (each, views[each.id]))
        return found

    def _platform_part(self, platform: Platform, step: str, facts: Facts) -> PlatformPart | None:
        known = self._operations.get((platform.id, step), ())
        operations = tuple(view for each, view in known if remaining(each.when, facts) is not None)
        audits = tuple(
            f"平台第 {n} 次审核" + (f"（{remark}）" if remark else "")
            for n, at, remark in platform.audits
            if at == step
        )
        if not operations and not audits:
            return None
        return PlatformPart(platform.id, platform.title, page_of(platform.id), operations, audits)
