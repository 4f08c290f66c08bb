"""Answers one request after the other: this page of this audience, after these files have changed."""

from __future__ import annotations

import gc
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.diagnostics import JishiError
from generator.site.live.findings import Trouble, to_show
from generator.site.live.folders import AUDIENCES
from generator.site.live.single import SinglePages
from generator.site.live.sources import Published, Sources
from generator.site.settings import Audience


@dataclass(frozen=True, slots=True)
class Answer:
    """`html` None: there is no such page, or (with `fault`) it cannot be made now."""

    html: str | None
    fault: tuple[Trouble, ...] = ()
    findings: tuple[Trouble, ...] = ()


class DraftingDesk:
    """Keeps what the last edit left valid. A fault of the program is told like one of the user's, and the next page is tried again."""

    def __init__(self, root: Path, as_of: date | None, published: Published) -> None:
        self._sources = Sources(root, as_of, published)
        self._pages = {audience: SinglePages(root, audience) for audience in AUDIENCES}
        self._edited: set[str] = set()

    def answer(self, audience: Audience, url: str, changed: Collection[str]) -> Answer:
        self._edited |= set(changed)
        self._sources.changed(changed)
        if any(path.startswith("templates") or path == "mkdocs.yml" for path in changed):
            for pages in self._pages.values():
                pages.templates_changed()
        gc.disable()
        try:
            return self._answer(audience, url)
        except JishiError as error:
            return Answer(None, (Trouble.of(error),))
        except Exception as error:
            text = f"内部错误：{type(error).__name__}：{' '.join(str(error).split())}"
            return Answer(None, (Trouble("", text, "运行 jishi check 和 jishi site 查看。"),))
        finally:
            gc.enable()

    def _answer(self, audience: Audience, url: str) -> Answer:
        everything = self._sources.public() if audience == "public" else self._sources.internal()
        audit = everything.audit
        findings = tuple(to_show(audit.findings, self._edited)) if audit is not None else ()
        page = everything.page(url)
        if page is None:
            return Answer(None, (), findings)
        try:
            return Answer(self._pages[audience].html(everything, page), (), findings)
        except JishiError as error:
            return Answer(None, (Trouble.of(error),), findings)
