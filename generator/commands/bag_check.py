"""What `jishi verify` looks for in a bag of our own beyond what any bag must fulfil: dossier and record of everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import yaml

from generator.diagnostics import JishiError
from generator.exchange.bag import BagReport
from generator.history.git import Repository
from generator.prints.bundle_file import attachments
from generator.prints.dossiers_read import PrintedDossier, read_dossier
from generator.prints.print_kinds import Kind
from generator.views.slice import without_scans

PARTS = ("dossiers", "records", "ledger")
COMMIT = "Internal-Sender-Identifier"
_LEDGER = "ledger/ledger.pdf"
_TABLE = "ledger/ledger.xlsx"


def is_ours(folder: Path) -> bool:
    """Known by its parts: what it says of itself may have been taken out."""
    return any((folder / "data" / part).is_dir() for part in PARTS)


def own_faults(folder: Path, report: BagReport) -> Iterator[str]:
    """One Chinese line each. Raises `OSError`."""
    data = folder / "data"
    yield from (f"缺少文件夹：data/{part}" for part in PARTS if not (data / part).is_dir())
    if "Payload-Oxum" not in report.info:
        yield "bag-info.txt 没有写明文件总数（Payload-Oxum）"
    listed = _listed(data / _LEDGER)
    if listed is None:
        yield f"data/{_LEDGER} 不在或已损坏，读不出人员"
    if not (data / _TABLE).is_file():
        yield f"缺少文件：data/{_TABLE}"
    dossiers = {path.stem for path in (data / "dossiers").glob("*.pdf")}
    records = {path.stem for path in (data / "records").glob("*.yaml")}
    for person in sorted(dossiers | records | (listed or set())):
        if listed is not None and person not in listed:
            yield f"{person} 不在台账上"
        if person not in dossiers:
            yield f"缺少 {person} 的档案：data/dossiers/{person}.pdf"
        if person not in records:
            yield f"缺少 {person} 的记录：data/records/{person}.yaml"
        if person in dossiers:
            yield from _dossier_faults(data, person, with_record=person in records)
    scans = {path.name for path in (data / "scans").glob("*") if path.is_dir()}
    yield from (f"{person} 有扫描件，没有档案" for person in sorted(scans - dossiers))


def commit_fault(report: BagReport, root: Path | None) -> str:
    """Empty when the commit that the bag names is in the repository, and when that cannot be seen."""
    commit = report.info.get(COMMIT, "")
    if not commit or root is None:
        return ""
    try:
        repository = Repository.open(root)
    except JishiError:
        return ""
    try:
        repository.output("cat-file", "-e", f"{commit}^{{commit}}")
    except JishiError:
        return "" if repository.boundary else f"bag-info.txt 写明的提交 {commit[:10]} 不在记录仓库 {root} 里"
    return ""


def _listed(path: Path) -> set[str] | None:
    """The people of the ledger, as attached to it; None when it cannot be read."""
    import pikepdf

    try:
        rows = yaml.safe_load(attachments(path)["ledger.yaml"])["rows"]
        return {next(str(cell) for label, cell in row.items() if "学号" in label) for row in rows}
    except (OSError, pikepdf.PdfError, yaml.YAMLError, KeyError, TypeError, ValueError, StopIteration, AttributeError):
        return None


def _dossier_faults(data: Path, person: str, with_record: bool) -> Iterator[str]:
    name = f"data/dossiers/{person}.pdf"
    try:
        dossier = read_dossier(data / "dossiers" / f"{person}.pdf")
    except JishiError as error:
        yield f"{name}：{error.message}"
        return
    if dossier.kind is not Kind.DOSSIER or dossier.person != person:
        yield f"{name} 是 {dossier.person} 的{dossier.kind.value}"
        return
    if not dossier.sound:
        yield f"{name} 前后不一致，运行 jishi verify {name} 查看"
    if with_record and (data / "records" / f"{person}.yaml").read_bytes() != dossier.text:
        yield f"data/records/{person}.yaml 与 {name} 所附的不同"
    yield from _scan_faults(data / "scans" / person, dossier)


def _scan_faults(folder: Path, dossier: PrintedDossier) -> Iterator[str]:
    _, scans = without_scans(dossier.text.replace(b"\r\n", b"\n"))
    there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*") if path.is_file()}
    bound = {scan.sha256: scan.file for scan in scans}
    yield from (f"{dossier.person} 的扫描件 {bound[digest]} 不在包里" for digest in bound.keys() - there)
    if there - bound.keys():
        yield f"data/scans/{dossier.person} 里有 {len(there - bound.keys())} 件扫描件不是档案里装入的"
