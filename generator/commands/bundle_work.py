"""Putting a bundle together from prints that are there; loaded while other processes get ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.audit.assessment import Journey
from generator.audit.audit import Audit
from generator.audit.papers import papers_of
from generator.commands.bundling import Account, Content, ScanNote, join_prints, write_bundle
from generator.commands.dossier_jobs import DossierJobs
from generator.commands.printing import template_folders
from generator.definitions.form_files import load_forms
from generator.definitions.ledger import load_ledger
from generator.definitions.source import shelf_for
from generator.history.head import read_head
from generator.prints.bundle_sheets import BundleSheets, printed_meanwhile
from generator.prints.fonts import activate_fonts
from generator.prints.meanwhile import done_meanwhile
from generator.prints.page import PrintTemplates
from generator.prints.review_names import review_name
from generator.prints.run import Job, Report
from generator.prints.store import PrintStore
from generator.records.model import Entry, Person
from generator.views.bundle_desk import BundleDesk
from generator.views.ledger import LeftOut


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for. `people`: those whose dossier is among `printed`, in the order of the whole; name of a print → where it lies."""

    audit: Audit
    root: Path
    name: str
    people: Sequence[Person]
    printed: Mapping[str, Path]
    jobs_of: DossierJobs
    per_box: int
    duplex: bool


def make_bundle(order: Order, report: Report, folder: Path, store: PrintStore, workers: int) -> tuple[Content, int]:
    """Fills an empty folder; returns what went in, and the pages of the print. Raises `OSError` and `JishiError`.

    `report`: what came of the dossiers; `store`: where ledger and labels are kept.
    """
    content = _content(order)
    with done_meanwhile(partial(join_prints, folder, content), workers) as joined:
        account, sheets = _account(order, report)
        with printed_meanwhile(sheets, store, workers) as there:
            return content, write_bundle(folder, content, account, joined, there)


def _content(order: Order) -> Content:
    people, printed = order.people, order.printed
    branches = order.audit.corpus.branches
    return Content(
        name=order.name,
        root=order.root,
        branches={person.branch: branches[person.branch].name for person in people},
        dossiers=[(person, printed[person.id]) for person in people],
        reviews=[(person, printed[sheet]) for person in people if (sheet := review_name(person.id)) in printed],
        as_of=order.audit.as_of,
        duplex=order.duplex,
    )


def _account(order: Order, report: Report) -> tuple[Account, Sequence[Job]]:
    """With the ledger and the labels that are still to be printed."""
    audit, shelf, head = order.audit, shelf_for(order.root), read_head(order.root)
    whole = BundleDesk(audit, load_ledger(shelf), load_forms(shelf))
    journeys = [audit.journeys[person.id] for person in order.people]
    left_out = [LeftOut(id, message) for id, message, _ in sorted(report.failed)]
    ledger = whole.ledger(journeys, head.text if head else "", left_out)
    sheets = BundleSheets(PrintTemplates(template_folders(shelf)), activate_fonts().fingerprint)
    account = Account(ledger, _scans(journeys, order.jobs_of), head.commit if head else "")
    return account, sheets.jobs(order.name, ledger, whole.labels(journeys, order.per_box))


def _scans(people: Sequence[Journey], jobs_of: DossierJobs) -> dict[str, list[ScanNote]]:
    """Of those whose records name any."""
    named = [each for each in people if any(_names_scan(entry) for entry in each.person.entries.having("materials"))]
    return {
        each.person.id: [ScanNote(leaf.code, leaf.path, leaf.digest) for leaf in jobs_of.work.desk.scans_of(each)]
        for each in named
    }


def _names_scan(entry: Entry) -> bool:
    return any(paper.fields.get("scan") for paper in papers_of(entry))
