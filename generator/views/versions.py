"""Two versions of a step side by side: on which articles each rests, and what the newer one says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.definitions.model import Basis, Procedure, Step
from generator.views.conditions import Facts, remaining
from generator.views.limits import CUSTOM, LimitText, Words, article, cited
from generator.views.steps import Article, Former

_STEP = "本步"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A limit of a version with what it rests on."""

    text: LimitText
    basis: Basis | None

    @property
    def national(self) -> bool:
        return not self.text.layer

    @property
    def sentence(self) -> str:
        """With the doubt of its source, since the sentence may stand where no article does."""
        return self.text.text + (self.basis.doubt if self.basis else "")

    @property
    def cite(self) -> str:
        """What is not national stands beside either version and belongs to none."""
        return _cite(self.basis) if self.national else f"另按{_cite(self.basis)}"


def articles(step: Step, old: Step | None, words: Words, facts: Facts) -> tuple[Article, ...]:
    """The article of the step, then of each limit that rests on another one than the step or that only one version has."""
    found = [Article(_STEP, _cite(old.basis if old else None), _cite(step.basis))]
    before, now = (
        {key: each for key, each in _asked(one, words, facts).items() if each.text.layer != CUSTOM} if one else {}
        for one in (old, step)
    )
    for key, each in now.items():
        older = _same(key, each, before)
        rests = older.cite if older else "", each.cite
        if rests[1] != found[0].current or (rests[0] != found[0].older if older else old is not None):
            found.append(Article(each.text.text, *rests))
    found += [Article(each.text.text, each.cite, "") for key, each in before.items() if not _same(key, each, now)]
    return tuple(dict.fromkeys(found)) if any(row.older or row.current for row in found) else ()


def differences(
    step: Step, old: Step | None, older: Procedure | None, procedure: Procedure, words: Words, facts: Facts
) -> tuple[str, ...]:
    """What the older version says otherwise, and the number of the article where it is another."""
    found = list(changes(step, old, older, procedure, words, facts))
    before, after = article(old.basis if old else None), article(step.basis)
    if older is not None and before and after and before != after:
        found.append(f"条文序号由 {older.version} 年版{before}改为 {procedure.version} 年版{after}。")
    return tuple(found)


def former(step: Step, old: Step | None, older: Procedure | None) -> Former | None:
    """What the older version calls the step; None where it has the same name or is not there."""
    if older is None or old is None or old.title == step.title:
        return None
    return Former(older.version, old.title, old.title, step.title)


def changes(
    step: Step, old: Step | None, older: Procedure | None, procedure: Procedure, words: Words, facts: Facts
) -> tuple[str, ...]:
    """What the older version says otherwise, its name apart, derived from the two definitions; the sentence of the definition first."""
    if older is None:
        return ()
    if old is None:
        return (f"{older.version} 年版没有这一步，{procedure.version} 年版新增。",)
    found = [step.changed] if step.changed and step.changed != old.changed else []
    now, before = _asked(step, words, facts), _asked(old, words, facts)
    for key, each in now.items():
        other = _same(key, each, before)
        if other is None:
            found.append(f"{procedure.version} 年版新增要求：{each.sentence}。")
        elif other.text.text != each.text.text:
            found.append(f"{older.version} 年版：{other.sentence}；{procedure.version} 年版：{each.sentence}。")
        elif each.national and not other.national:
            found.append(
                f"{older.version} 年版没有、原为{other.text.layer}的要求，{procedure.version} 年版列为全国规定：{each.sentence}。"
            )
    found += [
        f"{older.version} 年版的要求“{each.text.text}”不再适用。"
        for key, each in before.items()
        if not _same(key, each, now)
    ]
    if old.optional and not step.optional:
        found.append(f"{older.version} 年版中视情况办理，{procedure.version} 年版为必经步骤。")
    return tuple(found)


def _asked(step: Step, words: Words, facts: Facts) -> dict[str, _Asked]:
    """The limits by id. Of those that read the same one stands: what is asked for everywhere rests on the national article,
    whatever a local rule repeats."""
    found: dict[str, tuple[str, _Asked]] = {}
    for limit in step.limits:
        if remaining(limit.when, facts) is None:
            continue
        each = _Asked(words.limit(step.id, limit), limit.basis)
        said = found.get(each.text.text)
        if said is None or (each.national and not said[1].national):
            found[each.text.text] = (limit.id, each)
    return dict(found.values())


def _same(key: str, each: _Asked, others: Mapping[str, _Asked]) -> _Asked | None:
    """The limit of the other version that is this one: under the same id, or one that reads the same."""
    return others.get(key) or next((other for other in others.values() if other.text.text == each.text.text), None)


def _cite(basis: Basis | None) -> str:
    """The article with its doubt, short: the version is the head of the column; a basis without an article by its name."""
    if basis is None:
        return ""
    return cited(basis) or basis.regulation + basis.doubt
