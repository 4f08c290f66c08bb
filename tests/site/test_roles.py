"""The pages by role: whose steps they are follows from the procedure, what no source gives to one function is the branch's to divide."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site.library import Library
from generator.site.open_library import open_structure
from generator.site.roles import role_pages
from generator.views.roles import SHARED, RolePage, RoleStep
from tests.site.pages import DAY
from tests.site.repository import copy_demo


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_structure(copy_demo(tmp_path_factory.mktemp("roles")), DAY)


@pytest.fixture(scope="module")
def roles(library: Library) -> dict[str, RolePage]:
    return {page.role.id: page for page in role_pages(library)}


def steps_of(page: RolePage) -> dict[str, RoleStep]:
    return {step.view.id: step for stage in page.stages for step in stage.steps}


def test_there_is_a_page_for_each_role(roles: dict[str, RolePage]) -> None:
    assert list(roles) == [
        "applicant", "activist", "contacts", "sponsors", "secretary", "organisation", "organiser", "superior",
    ]  # fmt: skip


def test_every_numbered_duty_is_somebodys(library: Library, roles: dict[str, RolePage]) -> None:
    theirs = {step for page in roles.values() for step in steps_of(page)}
    duties = {s.id for s in library.procedure.steps.values() if s.number is not None and s.duty}
    assert len(duties) > 25
    # Groups of the masses recommend; they have no page of their own.
    assert {library.procedure.steps[step].actor for step in duties - theirs} <= {"league"}


def test_who_does_a_step_has_it_on_the_page_with_its_papers(library: Library, roles: dict[str, RolePage]) -> None:
    checked = 0
    for page in roles.values():
        for key, step in steps_of(page).items():
            if library.procedure.steps[key].actor in page.role.actors:
                checked += 1
                if not page.role.own:
                    assert [paper.code for paper in step.papers] == [paper.code for paper in library.views[key].papers]
                assert step.ready
    assert checked > 20


def test_a_paper_that_is_not_always_there_says_so_as_on_the_page_of_the_step(
    library: Library, roles: dict[str, RolePage]
) -> None:
    papers = {paper.code: paper for paper in steps_of(roles["secretary"])["talk"].papers}
    assert papers["M03"].caveat == papers["M03"].need == "视情况"
    always = [paper for view in library.views.values() for paper in view.papers if paper.need == "必备"]
    assert always
    assert {paper.caveat for paper in always} == {""}


def test_who_is_admitted_sees_the_own_papers_only(roles: dict[str, RolePage]) -> None:
    assert [paper.code for paper in steps_of(roles["applicant"])["apply"].papers] == ["M01"]
    assert [paper.code for paper in steps_of(roles["activist"])["apply_conversion"].papers] == ["M40"]


def test_the_first_thing_is_first_in_the_order_of_the_procedure_and_told_once(roles: dict[str, RolePage]) -> None:
    first = {stage.id: stage.first.view.id for stage in roles["secretary"].stages}
    assert first["activist"] == "assign_contacts"
    assert first["target"] == "assign_sponsors"
    stages = [stage for page in roles.values() for stage in page.stages]
    assert len(stages) > 20
    for stage in stages:
        before = stage.steps[: stage.steps.index(stage.first)]
        assert all(step.optional for step in before)
        assert len(stage.rest) == len(stage.steps) - 1
        assert stage.first not in stage.rest


def test_what_no_article_says_is_told_as_custom(roles: dict[str, RolePage]) -> None:
    steps = [step for page in roles.values() for step in steps_of(page).values()]
    sources = {part.source for step in steps for part in step.parts if part.label == "要做"}
    assert "通行做法" in sources
    known = {"细则", "流程图", "E先锋操作手册", "学校工作要求", "归档目录", "党章", "通行做法"}
    assert {word for source in sources for word in source.partition("，")[0].split("、")} <= known


def test_signing_follows_from_the_catalogue(roles: dict[str, RolePage]) -> None:
    secretary = steps_of(roles["secretary"])
    assert any(part.label == "签名" for part in secretary["political_review"].parts)
    assert any(part.label == "签名" for part in steps_of(roles["applicant"])["talk"].parts)
    assert "fill_book" not in secretary, "the application form is signed at a later step"


def test_what_no_source_settles_is_the_branchs_to_divide(roles: dict[str, RolePage]) -> None:
    for id in ("secretary", "organisation"):
        steps = steps_of(roles[id])
        shared = {key for key, step in steps.items() if not step.settled}
        assert "list_target" in shared
        assert "talk" not in shared
        parts = [part for key in shared for part in steps[key].parts]
        assert parts
        assert all(part.label == SHARED for part in parts)


def test_a_person_sees_the_own_stages_only(roles: dict[str, RolePage]) -> None:
    assert [stage.id for stage in roles["applicant"].stages] == ["applicant"]
    assert [stage.id for stage in roles["activist"].stages] == ["activist", "target", "probationary"]
    assert [stage.first.view.id for stage in roles["activist"].stages][1] == "political_review"


def test_the_half_year_binds_the_branch_and_the_platform_the_contacts(roles: dict[str, RolePage]) -> None:
    assert any(duty.asked_by == "全国规定" and "6 个月" in duty.text for duty in roles["secretary"].recurring)
    asked = {duty.asked_by for duty in roles["contacts"].recurring}
    assert asked
    assert "全国规定" not in asked
    assert any(duty.step.title == "思想汇报" and "3 个月" in duty.text for duty in roles["activist"].recurring)


def test_faults_are_those_of_the_own_steps(library: Library, roles: dict[str, RolePage]) -> None:
    for page in roles.values():
        named = {link.title[:6] for link in page.never}
        own = {code for key in steps_of(page) for code in library.procedure.steps[key].pitfalls}
        assert named <= own
    assert {"DEV043", "DEV044"} <= {link.title[:6] for link in roles["secretary"].never}
    assert not {"DEV043", "DEV044"} & {link.title[:6] for link in roles["sponsors"].never}


def test_the_audits_of_the_platform_are_the_organisers(roles: dict[str, RolePage]) -> None:
    audits = [p for step in steps_of(roles["organiser"]).values() for p in step.parts if p.label == "平台审核"]
    assert len(audits) == 8


def test_an_own_role_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    root = copy_demo(tmp_path)
    (root / "schema").mkdir()
    text = "roles:\n- {id: clerk, title: 经办人, duty: 录入。, actors: [branch]}\n"
    (root / "schema" / "roles.yaml").write_text(text, encoding="utf-8")
    assert [page.role.title for page in role_pages(open_structure(root, DAY))] == ["经办人"]
