"""What a rule is: a code, a title, a layer, how it is checked, and a text in five parts for `jishi explain` and the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from inspect import cleandoc

from generator.audit.committees import CommitteeSubject
from generator.audit.subject import Found, Subject
from generator.definitions.model import Layer
from generator.diagnostics import Diagnostic, Severity

Check = Callable[[Subject], Iterator[Found]]
SecondLook = Callable[[Subject, Sequence[Diagnostic]], Iterator[Found]]
"""Given everything else that is found about the person and not waived."""
CommitteeCheck = Callable[[CommitteeSubject], Iterator[Found]]

LAYER_LABELS = {"national": "全国", "platform": "平台", "local": "本校", "guidance": "参考"}


class How(StrEnum):
    """Who finds it. `history`: only `check --history`, from git. `paper`: structured data cannot show it, a person looks at the paper."""

    DECLARED = "declared"
    PYTHON = "python"
    RECORDS = "records"
    HISTORY = "history"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return {
            "declared": "按程序文件核对",
            "python": "按规则程序核对",
            "records": "读取记录时核对",
            "history": "按版本历史核对（check --history）",
            "paper": "须看原件",
        }[self.value]

    @property
    def works(self) -> bool:
        return self in (How.DECLARED, How.PYTHON, How.RECORDS, How.HISTORY)


SECTIONS = {"what": "查什么", "why": "为什么", "basis": "依据", "wrong": "错例", "right": "对例", "reason": "说明"}
"""Part of a rule's text → the heading that begins it. `reason` says why a code is on paper only."""
EXAMPLES = ("wrong", "right")
"""The parts that are YAML; the others are prose."""


@dataclass(frozen=True)
class RuleText:
    """The docstring of a rule, taken apart; a part that is not there is empty. Prose is one line each."""

    what: str = ""
    why: str = ""
    basis: str = ""
    wrong: str = ""
    right: str = ""
    reason: str = ""

    @classmethod
    def parse(cls, docstring: str) -> RuleText:
        headings = {heading: part for part, heading in SECTIONS.items()}
        pieces = re.split(rf"^({'|'.join(headings)})：", cleandoc(docstring), flags=re.MULTILINE)
        written = {headings[h]: cleandoc(text).strip() for h, text in zip(pieces[1::2], pieces[2::2], strict=True)}
        return cls(**{part: text if part in EXAMPLES else _one_line(text) for part, text in written.items()})


def _one_line(text: str) -> str:
    """Chinese needs no blank where lines meet."""
    return "".join(line.strip() for line in text.splitlines())


@dataclass(frozen=True)
class Rule:
    """One entry of the register. `check` is given for rules checked in Python only.

    A rule of the layer `local` runs only where the profile enables its code. `timeless`: rests on no version of the rules,
    so it also holds for what happened before the oldest one known. `absence`: it finds that something is not recorded.
    `second_look` and `about_committee` stand in place of `check`.
    """

    code: str
    title: str
    layer: Layer
    severity: Severity
    how: How
    docstring: str
    check: Check | None = None
    timeless: bool = False
    absence: bool = False
    second_look: SecondLook | None = None
    about_committee: CommitteeCheck | None = None

    @cached_property
    def text(self) -> RuleText:
        return RuleText.parse(self.docstring)

    def applies_to(self, subject: Subject) -> bool:
        return self.check is not None and (self.layer != "local" or self.code in subject.rules.profile.enable)

    def run(self, subject: Subject) -> Iterator[Diagnostic]:
        """Every finding of this rule about one person, with the severity of the rule where the check gives no other."""
        for found in self.check(subject) if self.check is not None else ():
            yield self._said(found, subject)

    def look_again(self, subject: Subject, findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """What the other findings about one person let this rule find."""
        for found in self.second_look(subject, findings) if self.second_look is not None else ():
            yield self._said(found, subject)

    def run_above(self, subject: CommitteeSubject) -> Iterator[Diagnostic]:
        """Every finding of this rule about a committee."""
        for found in self.about_committee(subject) if self.about_committee is not None else ():
            yield self._weighed(found)

    def _said(self, found: Found, subject: Subject) -> Diagnostic:
        step = subject.progress.steps.get(found.step or "")
        return replace(self._weighed(found), person=subject.person.id, rule=step.step.origin if step else None)

    def _weighed(self, found: Found) -> Diagnostic:
        return Diagnostic(
            code=self.code,
            severity=found.severity or self.severity,
            place=found.place,
            message=found.message,
            hint=found.hint,
            basis=found.basis or self.text.basis.removesuffix("。"),
            step=found.step,
            related=found.related,
        )
