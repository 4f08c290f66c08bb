"""The pages of the public site. They are made from definitions and from the files of organisation, committees and branches alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.definitions.model import Phase, Step
from generator.site.calculator import add_calculator, address_for, calculator_of
from generator.site.library import Library
from generator.site.pages import PageSet
from generator.site.platform_pages import add_platforms
from generator.site.reading_matter import MORE, add_reading_matter
from generator.site.roles import ROLES, add_roles, role_pages
from generator.views.actors import actor_label
from generator.views.blank_forms import by_phase
from generator.views.calculator import Calculator
from generator.views.catalogue import catalogue
from generator.views.flow import FlowSource
from generator.views.manual import PhaseView
from generator.views.next_step import NextSteps
from generator.views.profile_pages import ready_profiles, switches
from generator.views.record_fields import without_numbers
from generator.views.rule_pages import layer_label

FLOW, MANUALS, PAPERS, RULES = "发展流程", "支部手册", "材料和表格", "核对规则"
RULES_PAGE = "rules/index.md"
SWITCHES_PAGE = "rules/switches.md"
PROFILES_PAGE = "rules/profiles.md"
_OFTEN = (
    ("流程总览", "procedure/index.md", "全部步骤一图看全，点任何一步直达办法。"),
    ("日期计算", "calculator.md", "填一个日期，看每一步最早、最晚哪一天。"),
    ("支部手册", "manuals/index.md", "按支部的人员类别、是否设支委会和党小组、审批关系裁剪。"),
    ("空白表格", "forms.md", "登记表和公文的空白样式，下载打印。"),
    ("材料目录", "materials.md", "每份材料由谁签名、盖章，原件还是复印件，存在哪里。"),
    ("核对规则", "rules/index.md", "档案审核中反复出现的问题，附错例、对例和依据。"),
    ("新内容", "news.md", "规则、本校设置和手册最近改了什么。"),
    ("新旧版本对照", "versions.md", "新旧细则有哪些不同，看哪个日期适用哪一版。"),
)
_ORDINALS = "一二三四五六七八九十"


def public_pages(library: Library, pages: PageSet) -> None:
    """All pages of the public site."""
    add_home(library, pages)
    add_handbook(library, pages)


def add_home(library: Library, pages: PageSet) -> None:
    roles = role_pages(library)
    pages.add("index.md", "public/home.md.j2", title="首页", roles=roles, often=_OFTEN)
    questions = NextSteps(library.procedure, library.views, library.words()).questions()
    pages.add("next.md", "public/next.md.j2", ROLES, "下一步怎么办", questions=questions)
    add_roles(roles, pages)


def add_handbook(library: Library, pages: PageSet) -> None:
    """Flow, phases, manuals, materials, rules, reference."""
    phases, dates = library.phases, calculator_of(library)
    _add_flow(library, pages, phases)
    _add_manuals(library, dates, pages)
    add_platforms(library, pages)
    sections = catalogue(
        library.general.materials, library.definitions.sections, library.procedure, library.step_page, library.blanks
    )
    pages.add("materials.md", "public/materials.md.j2", PAPERS, "材料目录", sections=sections)
    forms = library.blank_forms
    groups_of_forms, printed = by_phase(forms, library.procedure), any(form.pdf for form in forms)
    pages.add("forms.md", "public/forms.md.j2", PAPERS, "空白表格", groups=groups_of_forms, printed=printed)
    add_calculator(dates, pages)
    groups = library.rule_book.groups
    pages.add(RULES_PAGE, "public/rules.md.j2", RULES, RULES, groups=groups, layer=layer_label)
    for group in groups:
        pages.add(
            group.path,
            "public/rule_group.md.j2",
            RULES,
            group.title,
            page=group,
            layer=layer_label,
            numberless=without_numbers,
            fields=library.rule_fields,
        )
    add_local_rules(library, pages)
    add_reading_matter(library, pages)
    pages.add("about.md", "public/about.md.j2", MORE, "关于本手册", library=library)


def add_local_rules(library: Library, pages: PageSet) -> None:
    """The switches with their values, and the ready profiles with what each switches on."""
    definitions, link = library.definitions, library.rule_book.link
    found = switches(definitions.settings.values(), definitions.raw, definitions.profiles.values(), link)
    pages.add(SWITCHES_PAGE, "public/switches.md.j2", RULES, "口径设置", switches=found)
    ready = ready_profiles(
        definitions.profiles,
        lambda key: definitions.rules_of(None, key),
        definitions.settings,
        library.words(),
        library.step_page,
        link,
    )
    pages.add(PROFILES_PAGE, "public/profiles.md.j2", RULES, "地方规则", profiles=ready)


def _add_flow(library: Library, pages: PageSet, phases: Iterable[PhaseView]) -> None:
    procedure = library.procedure
    numbered = []
    for phase in procedure.phases:
        steps = [procedure.steps[s] for s in phase.steps if procedure.steps[s].number is not None]
        if steps:
            numbered.append((phase, steps))
    source = FlowSource(numbered, library.step_page, library.phase_page, library.words().tag)
    rows = [
        {
            "title": _phase_title(index, phase),
            "href": library.phase_page(phase.id),
            "range": _range(steps),
            "actors": "、".join(dict.fromkeys(actor_label(procedure, step.actor, {}) for step in steps)),
        }
        for index, (phase, steps) in enumerate(numbered)
    ]
    pages.add(
        "procedure/index.md",
        "public/flow.md.j2",
        FLOW,
        FLOW,
        procedure=procedure,
        since=procedure.from_,
        wide=source.wide(),
        narrow=source.narrow(),
        phases=rows,
    )
    order = {phase.id: index for index, (phase, _) in enumerate(numbered)}
    for view in phases:
        title = f"阶段{_ORDINALS[order[view.id]]}　{view.title}" if view.id in order else view.title
        pages.add(library.phase_page(view.id), "public/phase.md.j2", FLOW, title, phase_title=title, steps=view.steps)


def _add_manuals(library: Library, dates: Calculator, pages: PageSet) -> None:
    groups: list[dict[str, Any]] = [
        {
            "id": committee.id,
            "name": committee.name,
            "branches": [
                {
                    "path": library.manual_page(b.id),
                    "name": b.name,
                    "manual": library.manuals[b.id],
                    "dates": address_for(b, dates, library),
                }
                for b in library.branches.values()
                if b.committee == committee.id
            ],
        }
        for committee in library.committees.values()
    ]
    pages.add("manuals/index.md", "public/manuals.md.j2", MANUALS, MANUALS, committees=groups)
    for group in groups:
        for branch in group["branches"]:
            pages.add(
                branch["path"],
                "public/manual.md.j2",
                committee={"id": group["id"], "name": group["name"]},
                manual=branch["manual"],
                dates=branch["dates"],
                step_page=library.step_page,
            )


def _range(steps: list[Step]) -> str:
    numbers = [step.number for step in steps if step.number is not None]
    return f"第 {min(numbers)}–{max(numbers)} 步"


def _phase_title(index: int, phase: Phase) -> str:
    return f"阶段{_ORDINALS[index]}　{phase.title}"
