"""Printing a dossier again, in memory, and comparing: the bytes follow from the records and from what prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import JishiError
from generator.history.commits import Commit
from generator.history.git import Repository
from generator.history.snapshot import snapshot
from generator.os_errors import reason
from generator.prints.compared import differing_pages, pages_with
from generator.prints.dossiers_read import PrintedDossier

if TYPE_CHECKING:
    from generator.prints.sheaf import Sheaf

_SEALED = "（密封）"
_UNPRINTABLE = (JishiError, OSError, ArithmeticError, ValueError)
"""A day that the file states may be beyond what can be reckoned with."""


@dataclass(frozen=True, slots=True)
class Source:
    """Records that a dossier may have been made from: those that lie there (`commit` None) or those of a commit."""

    commit: Commit | None

    @property
    def name(self) -> str:
        return f"提交 {self.commit.short} 的记录" if self.commit else "现在的记录"


@dataclass(frozen=True, slots=True)
class Reprint:
    """What came of printing again from `source`. `bound`: page, style, fonts and programs are those the file says it was made from, so
    that its bytes must be the same. `differ`: pages that are not alike; `sealed`: those that show （密封） when printed without a key.
    """

    source: Source
    bound: bool
    identical: bool
    differ: tuple[int, ...] | None = ()
    sealed: frozenset[int] = frozenset()

    @property
    def unexplained(self) -> tuple[int, ...]:
        return tuple(page for page in self.differ or () if page not in self.sealed)


def sources_of(now: bool, commits: Sequence[Commit], day: date | None) -> list[Source]:
    """Where to print from, likeliest first. `now`: the records that lie there agree; `commits`: those that do, ancestors first.

    A dossier also shows what its slice does not hold, such as the name of a branch; hence the last commit of its day as well.
    """
    then = [commit for commit in commits if day is not None and commit.day <= day]
    wanted = [*([None] if now else []), *commits[-1:], *then[-1:]]
    return [Source(commit) for commit in dict.fromkeys(wanted)]


def reprint(dossier: PrintedDossier, root: Path, sources: Sequence[Source]) -> Reprint:
    """Prints again from the first of `sources` that gives what the file says it was made from, else from the first that can be printed.

    Raises `JishiError` when none can, with the reason and where it lies.
    """
    from generator.prints.made_of import key_of
    from generator.prints.press import print_pdf

    others: list[tuple[Source, Sheaf]] = []
    fault = JishiError("没有相符的记录可以重新打印")
    for source in sources:
        try:
            sheaf = _sheaf(dossier, root, source)
            if key_of(sheaf) == dossier.made_of:
                return _compare(dossier, source, print_pdf(sheaf), bound=True)
            others.append((source, sheaf))
        except _UNPRINTABLE as error:
            fault = _unprintable(source, error)
    for source, sheaf in others:
        try:
            return _compare(dossier, source, print_pdf(sheaf), bound=False)
        except _UNPRINTABLE as error:
            fault = _unprintable(source, error)
    raise fault


def _unprintable(source: Source, error: Exception) -> JishiError:
    if isinstance(error, JishiError):
        why = error.message
    else:
        why = reason(error) if isinstance(error, OSError) else "文件写明的日期超出能计算的范围"
    return JishiError(f"按{source.name}印不出来：{why}")


def _compare(dossier: PrintedDossier, source: Source, made: bytes, bound: bool) -> Reprint:
    if made == dossier.content:
        return Reprint(source, bound, identical=True)
    try:
        differ = differing_pages(dossier.content, made)
    except ValueError:
        return Reprint(source, bound, False, None)
    return Reprint(source, bound, False, differ, frozenset() if bound else pages_with(made, _SEALED))


def _sheaf(dossier: PrintedDossier, root: Path, source: Source) -> Sheaf:
    from generator.audit.afresh import audit_reading
    from generator.commands.dossier_jobs import DossierJobs
    from generator.records.look import look

    if dossier.day is None:
        raise JishiError("文件没有写明所载情况截至哪一天")
    with _folder(root, source) as folder:
        # Past what is kept between runs: nothing of an earlier day or of another commit is worth keeping.
        audit, _ = audit_reading(folder, look(folder, None), dossier.day, True, None)
        person = audit.corpus.person(dossier.person)
        if person is None:
            raise JishiError(f"{source.name}里没有学号或工号为“{dossier.person}”的人")
        (job,) = DossierJobs(audit, folder).dossiers([person])
        return job.sheaf()


@contextmanager
def _folder(root: Path, source: Source) -> Iterator[Path]:
    if source.commit is None:
        yield root
    else:
        with snapshot(Repository.open(root), source.commit.id) as folder:
            yield folder
