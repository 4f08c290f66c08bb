"""Two versions of a step side by side: on which articles each rests, and what the newer one says otherwise."""

from __future__ import annotations

from generator.definitions.model import Basis, Procedure, Step
from generator.views.conditions import Facts, remaining
from generator.views.limits import CUSTOM, LimitText, Words, article, cited
from generator.views.steps import Article

_STEP = "本步"


def articles(step: Step, old: Step | None, words: Words, facts: Facts) -> tuple[Article, ...]:
    """The article of the step, then of each limit that rests on another one than the step."""
    found = [Article(_STEP, _cite(old.basis if old else None), _cite(step.basis))]
    before, now = (
        {key: each for key, each in _bases(one, words, facts).items() if each[0].layer != CUSTOM} if one else {}
        for one in (old, step)
    )
    for key, (text, basis) in now.items():
        older = before[key][1] if key in before else None
        if _cite(basis) != found[0].current or (key in before and _cite(older) != found[0].older):
            found.append(Article(text.text, _cite(older), _cite(basis)))
    found += [
        Article(text.text, _cite(basis), "")
        for key, (text, basis) in before.items()
        if key not in now
    ]
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


def changes(
    step: Step, old: Step | None, older: Procedure | None, procedure: Procedure, words: Words, facts: Facts
) -> tuple[str, ...]:
    """What the older version says otherwise, derived from the two definitions; the sentence of the definition first."""
    if older is None:
        return ()
    if old is None:
        return (f"{older.version} 年版没有这一步，{procedure.version} 年版新增。",)
    found = [step.changed] if step.changed and step.changed != old.changed else []
    new_limits = {key: text for key, (text, _) in _bases(step, words, facts).items()}
    old_limits = {key: text for key, (text, _) in _bases(old, words, facts).items()}
    for key, text in new_limits.items():
        if key not in old_limits:
            found.append(f"{procedure.version} 年版新增要求：{text.text}。")
        elif old_limits[key].text != text.text:
            found.append(f"{older.version} 年版：{old_limits[key].text}；{procedure.version} 年版：{text.text}。")
    found += [
        f"{older.version} 年版的要求“{t.text}”不再适用。" for key, t in old_limits.items() if key not in new_limits
    ]
    if old.optional and not step.optional:
        found.append(f"{older.version} 年版中视情况办理，{procedure.version} 年版为必经步骤。")
    if old.title != step.title:
        found.append(f"{older.version} 年版称“{old.title}”。")
    return tuple(found)


def _bases(step: Step, words: Words, facts: Facts) -> dict[str, tuple[LimitText, Basis | None]]:
    return {
        limit.id: (words.limit(step.id, limit), limit.basis)
        for limit in step.limits
        if remaining(limit.when, facts) is not None
    }


def _cite(basis: Basis | None) -> str:
    """The article with its doubt, short: the version is the head of the column; a basis without an article by its name."""
    if basis is None:
        return ""
    return cited(basis) or basis.regulation + basis.doubt
