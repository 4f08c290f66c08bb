"""The state of the preview: which edition of which page is there, what is wrong, and who has to be told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import JishiError
from generator.site.live.clerk import Clerk, WholeBuild
from generator.site.live.desk import Answer
from generator.site.live.findings import Trouble
from generator.site.live.folders import AUDIENCES, PreviewFolders
from generator.site.live.watch import names_people
from generator.site.settings import Audience
from generator.site.swap import swap

_PATIENCE = 30.0
"""Seconds a request waits for its page before it is given what there is."""
_QUIET = 0.5
"""Seconds without an edit or a page being drawn before the whole is built."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its HTML, None when there is no such page, and what is wrong with the records or the page."""

    html: bytes | None
    troubles: tuple[Trouble, ...]
    current: bool


@dataclass(slots=True)
class _Side:
    """One of the two sites. `active`: somebody has looked at it; before that nobody's file is opened for it."""

    folders: PreviewFolders
    active: bool = False
    edition: int = 0
    """How many edits have concerned it."""
    drawn: dict[str, tuple[int, Answer]] = field(default_factory=dict)
    """Address → edition and answer, since the last whole build."""
    whole: int = -1
    """The edition of the last whole build that was tried."""
    good: int = -1
    """The edition of the last one that succeeded."""
    fault: tuple[Trouble, ...] = ()
    findings: tuple[Trouble, ...] = ()
    told: int = -1
    """The edition that the findings are of."""
    open: Counter[str] = field(default_factory=Counter)
    """Addresses that are open in a browser."""
    wanted: dict[str, None] = field(default_factory=dict)


class Preview:
    """Shared by the threads of the server, of the watcher and its own two. `told` is called with each edit that is visible."""

    def __init__(self, root: Path, command: Sequence[str], told: Callable[[str], None] = lambda text: None) -> None:
        self._sides = {audience: _Side(PreviewFolders(root, audience)) for audience in AUDIENCES}
        self._command, self._told = command, told
        self._changed: set[str] = set()
        self._clerk = Clerk(command)
        self._building: WholeBuild | None = None
        self._drawing = self._ended = False
        self._lock = threading.Condition()

    def start(self) -> None:
        """The public home page is drawn before anybody asks for it."""
        self._sides["public"].active = True
        self._sides["public"].wanted[""] = None
        for work in (self._draw_pages, self._build_sites):
            threading.Thread(target=work, daemon=True).start()

    def end(self) -> None:
        """At once; nothing is left running."""
        with self._lock:
            self._ended = True
            self._lock.notify_all()
            if self._building is not None:
                self._building.end()
        self._clerk.end()

    def changed(self, paths: Collection[str]) -> None:
        """These files, relative to the root, were written, came or went. Pages open in a browser come first."""
        with self._lock:
            self._changed |= set(paths)
            for audience, side in self._sides.items():
                # No public page knows of people: an edit of theirs need not even be looked at.
                if audience == "internal" or not all(names_people(path) for path in paths):
                    side.edition += 1
                    side.wanted.update(dict.fromkeys(side.open))
                    if self._building is not None and self._building.audience == audience:
                        self._building.end()
            self._lock.notify_all()

    def page(self, audience: Audience, url: str) -> Shown:
        """The page as of the last edit; waits for it."""
        side = self._sides[audience]
        with self._lock:
            side.active = True
            if not self._current(side, url):
                side.wanted[url] = None
                self._lock.notify_all()
                self._lock.wait_for(lambda: self._ended or self._current(side, url), _PATIENCE)
            return self._shown(side, url)

    def folder(self, audience: Audience) -> Path:
        """Where the files of the last whole site lie."""
        return self._sides[audience].folders.shown

    def opened(self, audience: Audience, url: str, by: int) -> None:
        """A browser shows the page (`by` 1) or no longer does (-1)."""
        with self._lock:
            side = self._sides[audience]
            side.open[url] += by
            if side.open[url] <= 0:
                del side.open[url]
            elif not self._current(side, url):
                side.wanted[url] = None
                self._lock.notify_all()

    def next(self, audience: Audience, url: str, seconds: float) -> Shown | None:
        """After something has happened, or after so many seconds: the page, when it is as of the last edit."""
        with self._lock:
            self._lock.wait(seconds)
            side = self._sides[audience]
            return self._shown(side, url) if self._current(side, url) and not self._ended else None

    def _current(self, side: _Side, url: str) -> bool:
        built = side.good == side.edition == side.told
        return built or (url in side.drawn and side.drawn[url][0] == side.edition)

    def _shown(self, side: _Side, url: str) -> Shown:
        edition, answer = side.drawn.get(url, (-1, None))
        current = self._current(side, url)
        troubles = side.findings
        if answer is not None and edition == side.edition:
            troubles = (*answer.fault, *troubles)
        if side.whole == side.edition and side.fault:
            troubles = (*(each for each in side.fault if each not in troubles), *troubles)
        if answer is not None and answer.html is not None:
            return Shown(answer.html.encode(), troubles, current)
        gone = answer is not None and edition == side.edition and not answer.fault
        return Shown(None if gone else _read(side.folders.shown / url / "index.html"), troubles, current)

    def _draw_pages(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._ended or any(side.wanted for side in self._sides.values()))
                if self._ended:
                    return
                audience, side = next((a, s) for a, s in self._sides.items() if s.wanted)
                url = next(iter(side.wanted))
                del side.wanted[url]
                if self._current(side, url):
                    continue
                edition, changed, self._changed = side.edition, self._changed, set()
                self._drawing = True
            answer = self._clerk.ask(audience, url, changed)
            with self._lock:
                self._drawing = False
                before = side.drawn.get(url, (-1, None))[1]
                if answer.html is None and answer.fault and before is not None:
                    # What could be seen before stays to be seen, below what is wrong.
                    answer = Answer(before.html, answer.fault, answer.findings)
                side.drawn[url], side.told = (edition, answer), edition
                if not answer.fault:
                    side.findings = answer.findings
                if edition != side.edition:
                    side.wanted[url] = None
                self._lock.notify_all()
            if changed:
                self._told("、".join(sorted(changed)[:3]))

    def _build_sites(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._ended or self._behind() is not None)
                if self._ended:
                    return
                if self._waited_for_another():
                    continue
                audience = self._behind()
                if audience is None:
                    continue
                edition = self._sides[audience].edition
                build = self._building = WholeBuild(self._command, audience)
            while build.running(0.2):
                pass
            with self._lock:
                self._building = None
                if self._ended or edition != self._sides[audience].edition:
                    continue
                self._take(self._sides[audience], build.fault(), edition)
                self._lock.notify_all()

    def _waited_for_another(self) -> bool:
        """Whether an edit came, or the end, in the time of quiet."""
        before = [side.edition for side in self._sides.values()]
        return self._lock.wait_for(
            lambda: self._ended or before != [side.edition for side in self._sides.values()], _QUIET
        )

    def _behind(self) -> Audience | None:
        if self._drawing or any(side.wanted for side in self._sides.values()):
            return None
        return next((a for a, s in self._sides.items() if s.active and s.whole != s.edition), None)

    def _take(self, side: _Side, fault: tuple[Trouble, ...], edition: int) -> None:
        side.whole = edition
        if not fault:
            try:
                swap(side.folders.site, side.folders.shown, side.folders.build / ".shown-old")
            except JishiError as error:
                fault = (Trouble.of(error),)
        side.fault = fault
        if not fault:
            side.good = edition
            # Who looks at a page drawn for this edition has it already: nothing is to be shown anew.
            side.drawn = {url: drawn for url, drawn in side.drawn.items() if drawn[0] == edition and not drawn[1].fault}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
