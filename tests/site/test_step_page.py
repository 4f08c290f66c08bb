"""A step on its page: all its parts, in the order in which they are needed, and one next thing to do."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.definitions.load import load_definitions
from generator.definitions.model import After
from generator.site.library import Library
from generator.site.open_library import open_structure
from generator.views.limits import CUSTOM, cited
from generator.views.steps import StepView
from generator.views.timing import begins
from tests.procedure import world
from tests.site.pages import DAY
from tests.site.repository import PROJECT

ORDER = ("办之前", "怎样办", "怎样记录", "平台操作", "没有通过怎么办", "新旧版本", "常见错误")
WITHOUT = {
    "平台操作": {
        "publicise_activist": "两个平台都没有这一项",
        "train_activist": "手头的平台手册都没有单列",
        "fill_book": "纸质志愿书，不在平台填写",
        "sponsor_opinion": "写在纸质志愿书上",
        "general_branch_review": "平台手册没有总支审议",
        "join_group": "手头的平台手册都没有单列",
        "probation_report": "手头的平台手册只在积极分子阶段写了思想汇报",
        "committee_review_conversion": "平台手册没有单列",
        "publicise_conversion": "两个平台都没有这一项",
        "archive_delay": "向档案部门报备，不在平台办",
        "move": "平台手册没有单列",
        "leave_party": "平台手册没有单列",
        "follow_up": "线下联系",
        "lost_contact": "线下处置",
        "material_review": "纸质材料的审核",
        "inspection": "线下检查",
    },
    "常见错误": {
        "leave_party": "没有以它为对象的规则",
        "archive_delay": "没有以它为对象的规则",
    },
}
"""Part → steps without it, and why."""


@cache
def library() -> Library:
    return open_structure(PROJECT, DAY)


@cache
def views() -> dict[str, StepView]:
    return {step.id: step for phase in library().phases for step in phase.steps}


@cache
def sections() -> dict[str, str]:
    """Step id → its section on the page of its phase."""
    import tempfile
    from pathlib import Path

    from tests.site.pages import public_markdown
    from tests.site.repository import TINY, write_records

    with tempfile.TemporaryDirectory() as folder:
        pages = public_markdown(write_records(Path(folder), TINY))
    found: dict[str, str] = {}
    for name, text in pages.items():
        if name.startswith("procedure/") and name != "procedure/index.md":
            for part in re.split(r"(?m)^(?=## )", text)[1:]:
                key = re.search(r"\{: #([a-z_]+) ", part.splitlines()[0])
                assert key, part[:80]
                found[key[1]] = part
    assert found
    return found


def headings(text: str) -> list[str]:
    return re.findall(r'<h3 class="part">([^<]+)</h3>', text)


def test_every_step_has_its_section() -> None:
    assert set(sections()) == set(load_definitions(PROJECT).procedures[-1].steps)
    assert len(sections()) > 45


def test_parts_stand_in_the_order_in_which_they_are_needed() -> None:
    for key, text in sections().items():
        found = headings(text)
        assert found == [title for title in ORDER if title in found], key


def test_every_part_is_there_or_it_is_said_why_not() -> None:
    for title in ORDER:
        lacking = {key for key, text in sections().items() if title not in headings(text)}
        assert lacking == set(WITHOUT.get(title, ())), title


def test_who_and_when_are_answered_in_the_table() -> None:
    for key, text in sections().items():
        rows = re.findall(r'<th scope="row">([^<]+)</th>', text)
        assert {"谁来办", "最早", "最迟", "记录日期", "依据"} <= set(rows), key
        assert rows == list(dict.fromkeys(rows)), key


def test_every_step_of_the_procedure_but_the_last_names_one_next() -> None:
    numbered = {key: view for key, view in views().items() if view.number is not None and view.need.startswith("必经")}
    assert len(numbered) > 20
    assert [key for key, view in numbered.items() if view.next is None] == ["archive"]
    for view in numbered.values():
        if view.next:
            assert view.next.href.split("#")[1] in numbered


def test_an_entry_and_the_meaning_of_its_fields_are_shown() -> None:
    for key, text in sections().items():
        assert f"    - step: {key}\n" in text, key
        assert len(re.findall(r"(?m)^    \| `[a-z_]+` \| [^|]+ \|$", text)) >= 1, key


def test_both_versions_are_compared() -> None:
    changed = same = 0
    for view in views().values():
        assert view.versions == ("2014", "2026")
        assert view.articles, view.id
        changed += bool(view.differences)
        same += not view.differences
    assert changed > 20
    assert same > 10
    meeting = views()["admission_meeting"]
    assert (meeting.articles[0].older, meeting.articles[0].current) == ("第 20 条", "第 19 条")
    vote = next(row for row in meeting.articles if "赞成票" in row.what)
    assert (vote.older, vote.current) == ("第 21 条", "第 20 条")
    talk = sections()["talk"]
    assert "做法没有变化。" in talk


def test_every_limit_that_only_one_version_has_is_laid_to_its_article() -> None:
    procedures = {p.version: p for p in library().general.procedures}
    older, newer = procedures["2014"], procedures["2026"]
    words, checked = library().words(), []
    for step in newer.steps.values():
        old = older.steps.get(step.id)
        known = {limit.id for limit in old.limits} if old else set()
        rows = {row.what: row for row in views()[step.id].articles}
        for limit in step.limits:
            if old and limit.layer == "national" and limit.id not in known:
                row = rows[words.limit(step.id, limit).text]
                assert row.older == ""
                assert row.current == cited(limit.basis)
                checked.append(f"{step.id} {row.current}")
    assert {"admission_meeting 第 19 条", "publicise_target 第 13 条", "oath 第 29 条（待核实）"} <= set(checked)


def test_a_doubtful_demand_is_said_with_its_doubt() -> None:
    assert "2026 年版新增要求：“上级党委审批预备党员”之日起 1 个月内完成（待核实）。" in views()["oath"].differences


def test_a_national_limit_keeps_its_article_where_a_local_one_says_the_same() -> None:
    manual = {step.id: step for step in library().manuals["cs-ug1"].steps}
    for step, start, cite in (
        ("admission_meeting", "“上级党委预审”之日起 1 个月内", "第 19 条"),
        ("publicise_target", "时间不少于 5 个工作日", "第 13 条"),
    ):
        rows = [row for row in manual[step].articles if row.what.startswith(start)]
        assert [(row.older, row.current) for row in rows] == [("另按校内规定（示例）", cite)]
        told = [text for text in manual[step].differences if start in text]
        assert len(told) == 1
        assert told[0].startswith("2014 年版没有、原为学校规定的要求，2026 年版列为全国规定：")
    local = [row for row in manual["publicise_admission"].articles if "5 个工作日" in row.what]
    assert [(row.older, row.current) for row in local] == [("另按校内规定（示例）",) * 2]


def test_a_name_of_the_older_version_is_quoted_as_it_stands_and_only_where_it_is_another() -> None:
    manual = {step.id: step for step in library().manuals["fa-t1"].steps}
    assert manual["decide_activist"].title == "支部党员大会确定入党积极分子"
    for step in ("decide_activist", "committee_review"):
        assert [text for text in manual[step].differences if "年版称" in text] == []
    assert "2014 年版称“支委会讨论发展对象人选”。" in manual["propose_target"].differences
    assert "2014 年版称“支委会确定入党积极分子”。" in views()["decide_activist"].differences


def test_papers_are_named_with_their_signers() -> None:
    with_papers = [key for key, view in views().items() if view.papers]
    assert len(with_papers) > 25
    assert all("形成材料" in sections()[key] for key in with_papers)
    assert any(paper.signers for view in views().values() for paper in view.papers)


def test_what_a_numbered_step_waits_for_is_said_of_its_parts_too() -> None:
    opinions, committee = views()["collect_opinions"], views()["propose_target"]
    assert [limit.text for limit in opinions.earliest] == [limit.text for limit in committee.earliest]
    assert "12 个月" in opinions.earliest[0].text
    # Opinions on the conversion are heard before the probation period is over.
    assert not views()["collect_opinions_conversion"].earliest


def test_no_word_of_a_record_stands_in_a_sentence() -> None:
    consent = views()["consent_target"]
    assert [limit.text for limit in consent.limits] == ["备案结论应为“同意”或“退回”"]
    texts = [limit.text for view in views().values() for limit in (*view.earliest, *view.latest, *view.limits)]
    texts += [text for view in views().values() for text in (*view.differences, *(row.what for row in view.articles))]
    assert len(texts) > 100
    assert [text for text in texts if re.search(r"[a-z]{3,}", text)] == []


def test_the_ordinary_term_stands_before_the_longest() -> None:
    months = [re.search(r"起 (\d+) 个月内", limit.text) for limit in views()["approve_admission"].latest]
    assert [int(each[1]) for each in months if each] == [3, 6, 6]


def test_what_is_usual_is_not_laid_to_an_article() -> None:
    limits = [(view.id, limit) for view in views().values() for limit in (*view.earliest, *view.latest, *view.limits)]
    usual = [(step, limit) for step, limit in limits if limit.layer == CUSTOM]
    assert {"conversion_meeting", "apply_conversion", "train_activist", "train_target"} <= {step for step, _ in usual}
    assert [step for step, limit in usual if limit.basis or limit.article] == []


def test_the_day_after_an_optional_step_binds_only_those_who_do_it() -> None:
    assert views()["list_target"].begins == "“发展对象公示”的次日起"
    said = views()["admission_meeting"].begins
    assert "同一天也可以；办“接收预备党员公示”的，从其次日起" in said


def test_steps_that_a_rule_keeps_apart_are_not_said_to_share_a_day() -> None:
    definitions, checked = load_definitions(), 0
    for procedure in definitions.raw:
        for step in procedure.steps.values():
            apart = [procedure.steps[after.step].title for after in step.after if after.apart]
            for later in (False, True):
                said = begins(step, step.after, procedure, apart=later)
                checked += len(apart)
                assert not apart or later or all(title in said.split("的次日起")[0] for title in apart)
                assert not later or "同一天也可以" not in said
    assert checked
    # What the page says of the meeting is what DEV072 says of it.
    assert views()["admission_meeting"].begins.startswith("“发展对象短期集中培训”、“上级党委预审”的次日起（同一天的会有提醒）；其他各步")


def test_a_reminder_is_promised_only_where_a_rule_gives_it() -> None:
    """Any step may state `apart`; it is the rule on the same day that listens."""
    stated = [step for procedure in load_definitions().raw for step in procedure.steps.values() if any(a.apart for a in step.after)]
    assert stated
    assert [step.id for step in stated if step.kind != "members_meeting" or "DEV072" not in step.pitfalls] == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ((After("a", apart=True),), "“步骤a”的次日起（同一天的会有提醒）"),
        ((After("a", apart=True), After("b")), "“步骤a”的次日起（同一天的会有提醒）；其他各步办完之后，同一天也可以"),
        ((After("a", apart=True), After("b", strict=True)), "“步骤b”的次日起；“步骤a”的次日起（同一天的会有提醒）"),
        ((After("a", apart=True), After("c", strict=True)), "“步骤a”的次日起（同一天的会有提醒）；办“步骤c”的，从其次日起"),
        ((After("b"), After("c", apart=True)), "先要完成的各步办完之后，同一天也可以；办“步骤c”的，从其次日起（同一天的会有提醒）"),
    ],
)
def test_each_step_before_is_said_to_bind_as_it_does(after: tuple[After, ...], said: str) -> None:
    steps = (world.step("a", None), world.step("b", None), world.step("c", None, optional=True), world.step("last", None, after=after))
    assert begins(steps[-1], after, world.procedure(*steps)) == said


def test_an_address_in_a_table_is_valid_html() -> None:
    import tempfile
    from pathlib import Path

    from tests.site.pages import public_markdown
    from tests.site.repository import TINY, write_records

    with tempfile.TemporaryDirectory() as folder:
        pages = public_markdown(write_records(Path(folder), TINY))
    manual = next(text for name, text in pages.items() if re.fullmatch(r"manuals/(?!index).+", name))
    addresses = re.findall(r'href="([^"]*calculator/\?[^"]*)"', manual)
    assert any("step=" in address and "rules=" in address for address in addresses)
    assert [address for address in addresses if re.search(r"&(?!amp;|#)", address)] == []
