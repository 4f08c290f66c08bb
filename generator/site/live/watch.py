"""Tells which files an editor has changed. Where the system tells nothing of changes, the files are looked at every second."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.atomic import DRAFT
from generator.definitions.shipped import shipped_root

FOLDERS = ("data", "schema", "templates")
_ALONE = "mkdocs.yml"
_PEOPLE = ("people", "events", "organisers")
_TELLING = ("created", "modified", "deleted", "moved", "closed")
_CALM = 0.08
"""Seconds without another event; an editor writes a file in several moves."""


class Watcher:
    """Calls `changed` with paths relative to `root`, once for what happens together. Raises nothing: it falls back to looking."""

    def __init__(self, root: Path, changed: Callable[[Collection[str]], None], polling: bool = False) -> None:
        self._root, self._changed, self._polling = root.resolve(), changed, polling
        self._found: set[str] = set()
        self._lock = threading.Condition()
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        # Of folders that come within a folder which comes, watchdog learns twice, and says so on the terminal of whoever edits.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, "watchdog")
        self._observer = self._watching(PollingObserver(timeout=1) if self._polling else Observer())
        threading.Thread(target=self._tell, daemon=True).start()

    def end(self) -> None:
        if self._observer is not None:
            self._observer.stop()

    def _watching(self, observer: BaseObserver) -> BaseObserver:
        try:
            self._schedule(observer)
            observer.start()
        except OSError:
            # Too many folders for what the system grants.
            observer = PollingObserver(timeout=1)
            self._schedule(observer)
            observer.start()
        return observer

    def _schedule(self, observer: BaseObserver) -> None:
        handler = _Handler(self._event)
        observer.schedule(handler, str(self._root), recursive=False)
        for base in dict.fromkeys((self._root, shipped_root().resolve())):
            for name in FOLDERS if base == self._root else FOLDERS[1:]:
                if (base / name).is_dir():
                    observer.schedule(handler, str(base / name), recursive=True)

    def _event(self, paths: Iterable[Path], folder: bool) -> None:
        found = {name for path in paths if (name := self._name(path)) is not None}
        if folder:
            self._schedule_new(found)
        if found:
            with self._lock:
                self._found |= found
                self._lock.notify()

    def _schedule_new(self, found: Collection[str]) -> None:
        """A repository may be given its own `schema/` or `templates/` meanwhile."""
        for name in found:
            if name in FOLDERS and self._observer is not None and (self._root / name).is_dir():
                self._observer.schedule(_Handler(self._event), str(self._root / name), recursive=True)

    def _name(self, path: Path) -> str | None:
        for base in (self._root, shipped_root().resolve()):
            if path.is_relative_to(base):
                inside = path.relative_to(base)
                watched = inside.parts[:1] and (inside.parts[0] in FOLDERS or inside.parts == (_ALONE,))
                return inside.as_posix() if watched and not is_passing(inside) else None
        return None

    def _tell(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._found)
                while self._lock.wait(_CALM):
                    pass
                found, self._found = self._found, set()
            self._changed(found)


def names_people(path: str) -> bool:
    """Whether a file, relative to the root, is one that the public site never opens."""
    parts = Path(path).parts
    return parts[:1] == ("data",) and any(part in _PEOPLE for part in parts)


def is_passing(path: Path) -> bool:
    """What editors and file managers put down for a moment, and hidden files."""
    name = path.name
    hidden = any(part.startswith(".") for part in path.parts)
    passing = name.endswith(("~", ".swp", ".swx", ".swo", ".tmp", ".bak", ".part")) or name.startswith(
        (DRAFT, "#", "~$")
    )
    return hidden or passing or name == "4913" or name.isspace()


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Callable[[Iterable[Path], bool], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Opening and reading a file is no change; that a folder has one is told with the file."""
        if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
            return
        paths = [Path(_text(path)) for path in (event.src_path, event.dest_path) if path]
        self._tell(paths, event.is_directory)


def _text(path: str | bytes) -> str:
    return path.decode("utf-8", "surrogateescape") if isinstance(path, bytes) else path
