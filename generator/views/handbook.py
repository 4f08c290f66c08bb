"""Turns the steps of a procedure into step views, for one branch or for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.definitions.model import Material, Platform, Procedure, Profile, Step
from generator.views.actors import actor_label
from generator.views.conditions import Facts, in_words, remaining
from generator.views.limits import LimitText, Words, article
from generator.views.steps import Link, Note, Paper, PlatformPart, StepView, form_of, signers_of


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

    def steps(self, facts: Facts) -> tuple[Step, ...]:
        """The steps that may apply to the reader, in procedure order."""
        dropped = set(self.profile.drop) if self.profile else set()
        return tuple(
            s for s in self.procedure.steps.values() if s.id not in dropped and remaining(s.when, facts) is not None
        )

    def view(self, step: Step, facts: Facts) -> StepView:
        """One step for a reader of whom `facts` are known."""
        present = {s.id for s in self.steps(facts)}
        before = [a for a in step.after if a.step in present and remaining(a.when, facts) is not None]
        return StepView(
            id=step.id,
            number=step.number,
            title=step.title,
            actor=actor_label(self.procedure, step.actor, facts),
            need=self._need(step),
            applies=in_words(remaining(step.when, facts) or {}),
            before=tuple(self._before(self.procedure.steps[a.step]) for a in before),
            limits=tuple(self._limits(step, facts)),
            papers=tuple(self._papers(step, facts)),
            platforms=tuple(p for platform in self.platforms if (p := _platform_part(platform, step.id))),
            notes=tuple(
                Note(in_words(rest), v.text) for v in step.variants if (rest := remaining(v.when, facts)) is not None
            ),
            citations=self._citations(step),
            purpose=step.purpose,
            date_means=step.date_means,
            guide=step.guide,
            record=step.record,
            example=self.example(step),
            refusal=step.refusal,
            pitfalls=tuple(link for code in step.pitfalls if (link := self.link_rule(code))),
            differences=self._differences(step, facts),
        )

    def _before(self, step: Step) -> Link:
        return Link(step.title + ("（办理的）" if step.optional else ""), self.link_step(step.id))

    def _need(self, step: Step) -> str:
        if not step.duty:
            return "发生时记录"
        asked_by = {"platform": "平台要求", "local": "本校要求"}.get(step.layer, "必经")
        return ("视情况" if step.optional else asked_by) + ("，可多次" if step.repeat == "many" else "")

    def _limits(self, step: Step, facts: Facts) -> Iterable[LimitText]:
        said = set()
        for limit in step.limits:
            text = self.words.limit(step.id, limit)
            if remaining(limit.when, facts) is not None and text.text not in said:
                said.add(text.text)
                yield text

    def _papers(self, step: Step, facts: Facts) -> Iterable[Paper]:
        for paper in step.materials:
            rest = remaining(paper.when, facts)
            material = self.materials.get(paper.code)
            if rest is None or material is None:
                continue
            need = "视情况" if not paper.required else "一般要有" if material.requirement == "required" else "必备"
            yield Paper(
                material.code,
                material.title,
                need + (f"（{in_words(rest)}）" if rest else ""),
                signers_of(material),
                form_of(material),
            )

    def _citations(self, step: Step) -> tuple[str, ...]:
        older = self.older.steps.get(step.id) if self.older else None
        cited = [s.basis.cite() for s in (step, older) if s is not None and s.basis is not None]
        return tuple(dict.fromkeys(cited))

    def _differences(self, step: Step, facts: Facts) -> tuple[str, ...]:
        """What the older version says otherwise, derived from the two definitions."""
        if self.older is None:
            return ()
        old = self.older.steps.get(step.id)
        if old is None:
            return (f"{self.older.version} 年版没有这一步，{self.procedure.version} 年版新增。",)
        found = []
        new_limits = {
            limit.id: self.words.limit(step.id, limit)
            for limit in step.limits
            if remaining(limit.when, facts) is not None
        }
        old_limits = {
            limit.id: self.words.limit(step.id, limit)
            for limit in old.limits
            if remaining(limit.when, facts) is not None
        }
        for key, text in new_limits.items():
            if key not in old_limits:
                found.append(f"{self.procedure.version} 年版新增期限：{text.text}。")
            elif old_limits[key].text != text.text:
                found.append(
                    f"{self.older.version} 年版：{old_limits[key].text}；{self.procedure.version} 年版：{text.text}。"
                )
        found += [
            f"{self.older.version} 年版的期限“{text.text}”不再适用。"
            for key, text in old_limits.items()
            if key not in new_limits
        ]
        if old.optional and not step.optional:
            found.append(f"{self.older.version} 年版中视情况办理，{self.procedure.version} 年版为必经步骤。")
        if old.title != step.title:
            found.append(f"{self.older.version} 年版称“{old.title}”。")
        before, after = article(old.basis), article(step.basis)
        if before and after and before != after:
            found.append(f"条文序号由 {self.older.version} 年版{before}改为 {self.procedure.version} 年版{after}。")
        return tuple(found)


def _platform_part(platform: Platform, step: str) -> PlatformPart | None:
    operations = tuple(o for o in platform.operations if o.step == step)
    audits = tuple(
        f"平台第 {n} 次审核" + (f"（{remark}）" if remark else "") for n, at, remark in platform.audits if at == step
    )
    return PlatformPart(platform.title, operations, audits) if operations or audits else None
