"""What commands that print have in common: whom to print, whom not, where to, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.audit.audit import Audit
from generator.audit.left_out import LostEvents
from generator.commands.selection import nearest_hint
from generator.definitions.source import Shelf
from generator.diagnostics import JishiError, Severity
from generator.os_errors import reason, remedy
from generator.owner_only import owner_only
from generator.prints.review_names import review_name
from generator.prints.run import Report
from generator.prints.sealed_store import clear_drafts
from generator.prints.store import PrintStore
from generator.records.branches import branch_named
from generator.records.model import Person

if TYPE_CHECKING:
    from generator.audit.assessment import Assessment

PRINTS = Path("build") / "print"
"""Below the root; names stand in what is printed."""
LISTED = 20
"""Up to so many files are named one by one."""


def chosen_people(audit: Audit, ids: Sequence[str], branch: str | None, what: str = "档案") -> list[Person]:
    """The people of a branch, those named, or everybody, by branch and id. Raises `JishiError` when there is nobody."""
    corpus = audit.corpus
    if branch is not None:
        branch = branch_named(corpus.branches, branch)
        people = [person for person in corpus.people.values() if person.branch == branch]
        if not people:
            raise JishiError(f"支部“{branch}”没有人员记录，没有可生成的{what}")
    elif ids:
        people = []
        for id in dict.fromkeys(ids):
            person = corpus.person(id)
            if person is None:
                raise JishiError(f"没有学号或工号为“{id}”的人", nearest_hint(audit, id))
            people.append(person)
    else:
        people = list(corpus.people.values())
        if not people:
            raise JishiError(f"没有人员记录，没有可生成的{what}")
    return sorted(people, key=lambda person: (person.branch, person.id))


def prints_folder(root: Path, below: str = "") -> Path:
    """Where prints lie, or a folder in it; drafts of opened values that a killed run left are cleared. Raises `JishiError`."""
    clear_drafts(root)
    prints = prepare_folder(root / PRINTS)
    return prepare_folder(prints / below) if below else prints


def prepare_folder(folder: Path, private: bool = True) -> Path:
    """The folder, made when it is not there. `private`: closed to all but its owner, since names stand in it. Raises `JishiError`."""
    try:
        if private:
            owner_only(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JishiError(f"无法建立文件夹 {folder}：{reason(error)}", remedy(error)) from error
    return folder


def clear_departed(store: PrintStore, people: Sequence[Person], whole_branches: bool) -> None:
    """Deletes what we printed in another branch for those whose prints are here now.

    `whole_branches`: `people` are all there are in theirs; then also what we printed there for anybody else.
    """
    here: dict[str, list[str]] = {}
    for person in people:
        here.setdefault(person.branch, []).extend((person.id, review_name(person.id)))
    for branch, names in here.items():
        for name in names:
            if store.path(branch, name).exists():
                store.drop_elsewhere(branch, name)
        if whole_branches:
            store.drop_others(branch, names)


def assessment_in_full(audit: Audit, person: Person, lost: LostEvents) -> Assessment:
    """Raises `JishiError` when not all that is written about the person could be read."""
    found = audit.assessments.get(person.id)
    if found is None:
        raise JishiError(f"{person.path} 无法读取，没有生成", f"运行 jishi check {person.id} 查看原因。")
    refuse_what_was_left_out(audit, person, lost)
    return found


def refuse_what_was_left_out(audit: Audit, person: Person, lost: LostEvents) -> None:
    """What is written but could not be read would be printed as missing: a false statement in an archive."""
    left_out = [
        said
        for said in audit.findings_of(person.id)
        if said.severity is Severity.ERROR and said.code.startswith(("YML", "SCH"))
    ]
    if left_out:
        first = left_out[0]
        line = f":{first.span.line}" if first.span else ""
        raise JishiError(
            f"记录有 {len(left_out)} 处格式错误，没有生成；第一处在 {first.place.path}{line}",
            f"运行 jishi check {person.id} 查看，改正后重新生成。",
        )
    if events := lost.that_may_name(person):
        raise JishiError(
            f"有 {len(events)} 个会议文件没有读出，可能涉及此人，没有生成；第一个是 {events[0]}",
            f"运行 jishi check {events[0]} 查看，改正后重新生成。",
        )


def template_folders(shelf: Shelf) -> tuple[Path, ...]:
    """Where print templates are looked for, in order."""
    return tuple(folder for root in shelf.roots if (folder := root / "templates" / "print").is_dir())


def tell_report(report: Report, root: Path, output: Path) -> None:
    """Says what failed and why, which files there are now, and how many. `output`: the folder named when they are many."""
    tell_failed(report)
    done = sorted([*report.made, *report.unchanged])
    if len(done) <= LISTED:
        for path in done:
            click.echo(shown_path(path, root) + ("（未变）" if path in report.unchanged else ""))
    else:
        click.echo(f"{shown_path(output, root)}/")
    failed = f"，失败 {len(report.failed)} 份" if report.failed else ""
    click.echo(f"生成 {len(report.made)} 份，未变 {len(report.unchanged)} 份{failed}")


def tell_failed(report: Report) -> None:
    """Says what failed and why, and what was broken off and made again."""
    for name in sorted(report.again):
        click.echo(f"{name}：打印进程中途被终止，已重新打印", err=True)
    for name, message, hint in report.failed:
        click.echo(f"{name}：{message}" + (f"\n  提示：{hint}" if hint else ""), err=True)


def shown_path(path: Path, root: Path) -> str:
    """As told to the user: relative to the repository when it is below."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
