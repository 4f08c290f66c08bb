"""The processes behind `jishi serve`: `python -m generator.commands.serve_worker ROOT DAY (pages|public|internal)`.

`pages` answers requests, a line of JSON each, until nobody asks any more; the others build a site once and say how it went. What names
people is for its owner alone, so everything is.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from generator.audit.audit import run_audit
from generator.commands.duty_formats import EXPORTS
from generator.commands.site_forms import BLANKS
from generator.diagnostics import JishiError
from generator.site.build import build_site
from generator.site.internal import internal_pages
from generator.site.live.desk import DraftingDesk
from generator.site.live.findings import Trouble
from generator.site.live.folders import PreviewFolders, make_room
from generator.site.open_library import open_audit, open_structure
from generator.site.pages import PageSet
from generator.site.public import public_pages
from generator.site.settings import Audience
from generator.views.blank_forms import FOLDER


def main(argv: list[str]) -> None:
    root, as_of = Path(argv[0]), date.fromisoformat(argv[1]) if argv[1] else None
    answers = _own_output()
    os.umask(0o077)
    make_room(root)
    if argv[2] == "pages":
        _answer(root, as_of, answers)
    else:
        _tell(answers, {"fault": [each.plain() for each in _build(root, as_of, argv[2])]})


def _answer(root: Path, as_of: date | None, answers: IO[str]) -> None:
    desk = DraftingDesk(root, as_of, lambda: kept_blanks(root))
    for line in sys.stdin:
        asked = json.loads(line)
        answer = desk.answer(asked["audience"], asked["url"], asked["changed"])
        fault, findings = ([each.plain() for each in part] for part in (answer.fault, answer.findings))
        _tell(answers, {"html": answer.html, "fault": fault, "findings": findings})
        gc.collect()


def _build(root: Path, as_of: date | None, audience: str) -> tuple[Trouble, ...]:
    """Everything that a page drawn for itself has not: search index, files for download, pages nobody looks at now."""
    os.nice(10)
    try:
        _whole(root, as_of, "internal" if audience == "internal" else "public")
    except JishiError as error:
        return (Trouble.of(error),)
    except Exception as error:
        return (Trouble("", f"网站没有生成完：{type(error).__name__}：{' '.join(str(error).split())}"),)
    return ()


def _whole(root: Path, as_of: date | None, audience: Audience) -> None:
    pages, folders = PageSet(), PreviewFolders(root, audience)
    if audience == "public":
        library = replace(open_structure(root, as_of or date.today()), published=kept_blanks(root))
        public_pages(library, pages)
    else:
        audit = run_audit(root, as_of)
        library = replace(open_audit(root, audit), published=kept_blanks(root))
        internal_pages(library, audit, pages, EXPORTS)
    build_site(folders, library, pages, lambda text: None)


def kept_blanks(root: Path) -> Mapping[str, Path]:
    """Blank forms as `jishi site` printed them last; the preview prints none."""
    found = sorted(path for ending in ("pdf", "docx") for path in (root / BLANKS).glob(f"*/*.{ending}"))
    return {f"{FOLDER}/{path.name}": path for path in found}


def _own_output() -> IO[str]:
    """Where answers go; what a library prints must not come between them."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _tell(answers: IO[str], plain: dict[str, Any]) -> None:
    answers.write(json.dumps(plain, ensure_ascii=False) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
