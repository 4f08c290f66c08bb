"""交接登记台账: who hands over which papers of whom; what the records do not say is left blank for the hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.audit.assessment import Journey
from generator.definitions.forms import Form
from generator.definitions.ledger import LedgerColumn, LedgerForm
from generator.definitions.papers import Material
from generator.procedure.progress import PaperState, Progress, StepState
from generator.views.chosen_forms import to_be_signed
from generator.views.dossier import stage_title
from generator.views.enclosed import belongs, is_there
from generator.views.wording import in_full

_ELSEWHERE = "来本单位之前形成的材料以原档案为准"
_COPIES, _TIMES, _SOME, _UNSIGNED = "（复", "×", "已记", "待签"
_READING = (
    (_COPIES, f"“{_COPIES}）”为复印件，其中有数字的是复印件份数。"),
    (_TIMES, f"“{_TIMES}”后为总份数，未注明的为一份。"),
    (_SOME, f"“{_SOME}”指只有部分材料登记了页数。"),
    (_UNSIGNED, f"“{_UNSIGNED}”指所用的表已印在档案里，尚未签字，不计入份数，也不算缺件。"),
)
_BY_HAND = "空格和横线处由交接双方填写。"
_NO_COMMIT = "无（没有可用的 git 提交）"
Recorded = Callable[[Progress, str], str]
"""What was recorded at a reference step.field, in words; empty when nothing was."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One person; `cells` in the order of the columns."""

    person: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody whose dossier could not be made, and why."""

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """`legend`: code and title of every paper named in a row."""

    title: str
    unit: str
    branches: tuple[str, ...]
    as_of: date
    as_of_text: str
    commit: str
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    legend: tuple[tuple[str, str], ...]
    left_out: tuple[LeftOut, ...]
    signatures: tuple[str, ...]
    note: str
    """How to read the cells: what is in any of them and no more."""

    @property
    def shares(self) -> tuple[str, ...]:
        """CSS widths of the columns, which fill the line whatever their sum."""
        total = sum(column.width for column in self.columns)
        return tuple(f"{column.width / total:.4%}" for column in self.columns)

    @property
    def legend_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The legend three to a line; the last line is filled up."""
        padded = [*self.legend, *[("", "")] * (-len(self.legend) % 3)]
        return tuple(tuple(padded[at : at + 3]) for at in range(0, len(padded), 3))


@dataclass(frozen=True, slots=True)
class Holding:
    """The papers of one person that go into the dossier, in the order of the catalogue."""

    here: tuple[PaperState, ...]
    missing: tuple[PaperState, ...]
    unsigned: tuple[PaperState, ...]
    """Neither here nor missing: the form is printed in the dossier, to be signed."""
    elsewhere: bool
    """The person came with a history whose papers these records do not know."""

    @classmethod
    def of(cls, progress: Progress, materials: Mapping[str, Material], forms: Sequence[Form] = ()) -> Holding:
        """`forms`: all there are, of which the dossier has some."""
        printed = to_be_signed(progress, forms)
        known = [
            (material, progress.papers[material.code])
            for material in sorted(materials.values(), key=lambda material: material.order)
            if material.code in progress.papers and belongs(material)
        ]
        return cls(
            tuple(state for material, state in known if is_there(material, state)),
            tuple(state for _, state in known if state.state == "missing" and state.code not in printed),
            tuple(state for _, state in known if state.code in printed),
            any(step.state is StepState.UNKNOWN for step in progress.steps.values()),
        )

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(state.code for state in self.here)

    @property
    def papers(self) -> str:
        return " ".join(map(_in_short, self.here)) or "（无）"

    @property
    def amount(self) -> str:
        """Pages are those recorded; where none are, a line for the hand."""
        count = sum(state.originals + state.copies for state in self.here)
        if not count:
            return "0份"
        pages = [state.pages for state in self.here if state.pages is not None]
        if not pages:
            return f"{count}份\n＿＿页"
        return f"{count}份\n{'' if len(pages) == len(self.here) else _SOME}{sum(pages)}页"

    @property
    def kinds(self) -> str:
        return f"{sum(state.originals for state in self.here)}/{sum(state.copies for state in self.here)}"

    @property
    def gaps(self) -> str:
        said = []
        if self.missing:
            said.append("缺 " + "、".join(state.code for state in self.missing))
        if self.unsigned:
            said.append(f"{_UNSIGNED} " + "、".join(state.code for state in self.unsigned))
        said += [f"{state.code} {'、'.join(state.problems)}" for state in self.here if state.state == "defective"]
        if self.elsewhere:
            said.append(_ELSEWHERE)
        return "；".join(said) or "无"


def _in_short(state: PaperState) -> str:
    total = state.originals + state.copies
    count = f"{_TIMES}{total}" if total > 1 else ""
    copies = "" if not state.copies else f"{_COPIES}）" if not state.originals else f"{_COPIES}{state.copies}）"
    return f"{state.code}{count}{copies}"


def compile_ledger(
    form: LedgerForm,
    journeys: Sequence[Journey],
    materials: Mapping[str, Material],
    recorded: Recorded,
    *,
    unit: str,
    branches: Iterable[str],
    as_of: date,
    commit: str,
    left_out: Iterable[LeftOut],
    forms: Sequence[Form] = (),
) -> Ledger:
    """One row a person, in the order given. `commit`: empty when none can be seen. `forms`: those that dossiers are made of."""
    rows, named = [], set()
    for number, journey in enumerate(journeys, 1):
        holding = Holding.of(journey.progress, materials, forms)
        named |= {state.code for state in (*holding.here, *holding.missing, *holding.unsigned)}
        cells = tuple(_cell(column, number, journey, holding, recorded) for column in form.columns)
        rows.append(LedgerRow(journey.person.id, cells))
    ordered = sorted(materials.values(), key=lambda material: material.order)
    return Ledger(
        title=form.title,
        unit=unit,
        branches=tuple(branches),
        as_of=as_of,
        as_of_text=in_full(as_of),
        commit=commit or _NO_COMMIT,
        columns=form.columns,
        rows=tuple(rows),
        legend=tuple((material.code, material.title) for material in ordered if material.code in named),
        left_out=tuple(left_out),
        signatures=form.signatures,
        note=_note(rows),
    )


def _note(rows: Iterable[LedgerRow]) -> str:
    text = "\n".join(cell for row in rows for cell in row.cells)
    return "".join(said for mark, said in _READING if mark in text) + _BY_HAND


def _cell(column: LedgerColumn, number: int, journey: Journey, holding: Holding, recorded: Recorded) -> str:
    match column.shows:
        case "":
            return next((text for ref in column.refs if (text := recorded(journey.progress, ref))), "")
        case "number":
            return str(number)
        case "name":
            return journey.person.name
        case "id":
            return journey.person.id
        case "stage":
            return stage_title(journey.progress) or "尚未申请"
        case "papers":
            return holding.papers
        case "amount":
            return holding.amount
        case "kinds":
            return holding.kinds
        case "sealed":
            return "□是\n□否"
        case "gaps":
            return holding.gaps
        case "sign":
            return ""
