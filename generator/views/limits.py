"""Limits in words: one short Chinese sentence for each constraint kind, whatever the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.model import Basis, Limit, Procedure, Ref, Step

LOCAL = "学校规定"
CUSTOM = "参考"
"""The layer of what is usual: it rests on no article, whatever article its step rests on."""
_LAYERS = {"national": "", "platform": "平台", "local": LOCAL, "guidance": CUSTOM}
_TAG = 12
_STAGE_SINCE = "成为{stage}之日"


@dataclass(frozen=True, slots=True)
class LimitText:
    """A limit for the reader. `layer` is empty for the national rules, else 平台, 学校规定 or 参考."""

    id: str
    text: str
    short: str
    """For diagrams, e.g. ≤1个月; empty when it has no short form."""
    layer: str
    basis: str
    article: str
    """第 n 条 with its doubt, or empty."""
    code: str


class Words:
    """Names of the fields of records, needed to put limits into words. `labels`: (step id, field) → Chinese label;
    `values`: (step id, field, value) → the value in words."""

    def __init__(
        self,
        procedure: Procedure,
        labels: Callable[[str, str], str],
        values: Callable[[str, str, str], str] = lambda step, name, value: value,
    ) -> None:
        self._procedure = procedure
        self._labels = labels
        self._values = values

    def limit(self, step: str, limit: Limit) -> LimitText:
        """One limit in words."""
        sentence, short = _SENTENCES[limit.rule](self, step, limit)
        if limit.unless:
            sentence += f"（写明{'、'.join(self.field(step, name) for name in limit.unless)}的除外）"
        if limit.consequence:
            sentence += f"；否则{limit.consequence}"
        basis = limit.basis if limit.layer != "guidance" else None
        return LimitText(
            limit.id,
            sentence,
            short,
            _LAYERS[limit.layer],
            basis.cite() if basis else "",
            cited(basis),
            limit.code,
        )

    def tag(self, step: Step) -> str:
        """The one limit that a diagram shows: the shortest term if there are several, else the first with a short form."""
        terms = [limit for limit in step.limits if limit.rule == "within" and "months" in limit.params and limit.of]
        chosen = sorted(terms, key=lambda limit: float(limit.params["months"])) or list(step.limits)
        texts = (self.limit(step.id, limit).short for limit in chosen if limit.layer == "national")
        return next((text for text in texts if text and len(text) <= _TAG), "")

    def field(self, step: str, name: str) -> str:
        return self._labels(step, name)

    def value(self, step: str, name: str, value: str) -> str:
        return self._values(step, name, value)

    def anchor(self, step: str, refs: tuple[Ref, ...]) -> str:
        """The day a limit counts from; of several, the first is the rule and the others stand in for it."""
        if not refs:
            return "上一步"
        instead = "".join(f"（没有记录的，从{self._instead(step, refs[0], ref)}）" for ref in refs[1:2])
        return self._ref(step, refs[0]) + instead

    def _instead(self, step: str, first: Ref, ref: Ref) -> str:
        """The same step is not named twice: its date goes by what it means there."""
        known = self._procedure.steps.get(ref.subject)
        if known and ref.field == "date" and ref.subject == first.subject and known.date_means:
            return known.date_means.split("；")[0]
        return self._ref(step, ref)

    def _ref(self, step: str, ref: Ref) -> str:
        if ref.subject == "own":
            return f"本步{_as_day(self.field(step, ref.field))}"
        if ref.subject == "since":
            stage = next((s.title for s in self._procedure.stages if s.id == ref.field), ref.field)
            return _STAGE_SINCE.format(stage=stage)
        if ref.subject == "probation":
            return {"start": "预备期起算之日", "expiry": "预备期满之日"}.get(ref.field, "预备期")
        if ref.subject == "refused":
            known = self._procedure.steps.get(ref.field)
            return f"上次“{known.title if known else ref.field}”未通过之日"
        if ref.subject == "person":
            return {"born": "出生之日", "leaves": "预计离校（离职）之日"}.get(ref.field, self.field("", ref.field))
        known = self._procedure.steps.get(ref.subject)
        title = known.title if known else ref.subject
        return f"“{title}”之日" if ref.field == "date" else f"“{title}”的{_as_day(self.field(ref.subject, ref.field))}"


def _as_day(label: str) -> str:
    """A label as the name of a day: 推迟至 becomes 推迟至日期."""
    return label if label.endswith(("日期", "之日")) else f"{label}日期"


def article(basis: Basis | None) -> str:
    return f"第 {basis.article} 条" if basis and basis.article is not None else ""


def cited(basis: Basis | None) -> str:
    """The article with its doubt: 第 n 条（待核实）; empty without an article."""
    return article(basis) + basis.doubt if basis and basis.article is not None else ""


def amount(params: Mapping[str, Any]) -> str:
    """The length of a limit with its unit: 1 个月, 5 个工作日."""
    for key, unit in (
        ("months", "个月"),
        ("workdays", "个工作日"),
        ("days", "天"),
        ("hours", "学时"),
        ("years", "周岁"),
    ):
        if key in params:
            return f"{params[key]} {unit}"
    return ""


def _on(words: Words, step: str, limit: Limit) -> str:
    name = str(limit.params.get("on", "date"))
    return "" if name == "date" else f"（以{_as_day(words.field(step, name))}为准）"


def _within(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    length = amount(limit.params)
    if "month_day" in limit.params:
        month, day = str(limit.params["month_day"]).split("-")
        return f"不晚于{words.anchor(step, limit.of)}所在年份的 {int(month)} 月 {int(day)} 日{_on(words, step, limit)}", ""
    if not any(limit.params.get(key) for key in ("months", "days", "workdays")):
        return f"不晚于{words.anchor(step, limit.of)}{_on(words, step, limit)}", ""
    return f"{words.anchor(step, limit.of)}起 {length}内完成{_on(words, step, limit)}", f"{length}内".replace(" ", "")


def _not_before(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    anchor, on = words.anchor(step, limit.of), _on(words, step, limit)
    number = next((limit.params[key] for key in ("months", "days", "workdays") if key in limit.params), 0)
    if number > 0:
        length = amount(limit.params)
        return f"{anchor}起满 {length}后方可进行{on}", f"满{length}".replace(" ", "")
    if number < 0:
        early = amount({key: -value for key, value in limit.params.items() if key in ("months", "days")})
        return f"{anchor}前 {early}起{on}", ""
    return f"{'须晚于' if limit.params.get('strict') else '不早于'}{anchor}{on}", ""


def _every(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    length, what = amount(limit.params), str(limit.params.get("what", ""))
    sentence = f"自{words.anchor(step, limit.of)}起，每 {length}至少一次"
    return f"{what}：{sentence}" if what else sentence, f"每{length}".replace(" ", "")


def _count(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    low, high = limit.params.get("min"), limit.params.get("max")
    if low is not None and high is not None:
        number = f"{low} 名" if low == high else f"{low} 至 {high} 名"
    else:
        number = f"不少于 {low} 名" if low is not None else f"不超过 {high} 名"
    name = words.field(step, str(limit.params.get("field", "")))
    return f"{name}须为 {number}", f"{low}人" if low == high else f"{low}–{high}人"


def _standing(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    text = f"{words.field(step, str(limit.params.get('field', '')))}当日须为正式党员"
    if limit.params.get("not_self"):
        text += "，且不得为本人"
    return text, ""


def _vote(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    return "到会有表决权的党员须超过应到人数的一半；赞成票须超过应到人数的一半方为通过", "过半数"


def _workdays(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    low = limit.params.get("min")
    ends = _ends(limit)
    return f"时间不少于 {low} 个工作日（{ends}，按国家放假调休安排计算）", f"≥{low}个工作日"


def _ends(limit: Limit) -> str:
    return "首日不计，末日计入" if limit.params.get("after_start") else "首尾两日均计入"


def _span(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    low = limit.params.get("min")
    return f"时间不少于 {low} 天（{_ends(limit)}，含周末和节假日）", f"≥{low}天"


def _value(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    name = str(limit.params.get("field", ""))
    allowed = [f"“{words.value(step, name, str(value))}”" for value in limit.params.get("allowed", ())]
    return f"{words.field(step, name)}应为{'或'.join(allowed)}", ""


def _duration(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    parts = [f"{limit.params[key]} {unit}" for key, unit in (("days", "天"), ("hours", "学时")) if key in limit.params]
    return f"时间不少于 {'或 '.join(parts)}，满足其一即可" if len(parts) > 1 else f"时间不少于 {parts[0]}", (
        "≥" + "或".join(parts).replace(" ", "")
    )


def _age(words: Words, step: str, limit: Limit) -> tuple[str, str]:
    years = limit.params.get("years")
    return f"当日须年满 {years} 周岁", f"满{years}周岁"


_SENTENCES: Mapping[str, Callable[[Words, str, Limit], tuple[str, str]]] = {
    "within": _within,
    "not_before": _not_before,
    "every": _every,
    "count": _count,
    "standing": _standing,
    "vote": _vote,
    "workdays": _workdays,
    "span": _span,
    "value": _value,
    "duration": _duration,
    "age": _age,
}
