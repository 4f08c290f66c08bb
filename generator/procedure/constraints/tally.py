"""The numbers of a vote worked out anew: who counts, how many are needed, what there was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.records.model import Entry


@dataclass(frozen=True, slots=True)
class Tally:
    """`due` as minuted, after the exclusions; None for what is not recorded. `written_for` is 0 where written opinions do not count."""

    due: int | None
    present: int | None
    in_room: int | None
    """Votes for, cast in the room."""
    written: int
    written_for: int
    excluded: int

    @property
    def least(self) -> int | None:
        """The smallest number that is more than half of those due."""
        return None if self.due is None else self.due // 2 + 1

    @property
    def total(self) -> int | None:
        """All votes for."""
        return None if self.in_room is None else self.in_room + self.written_for

    @property
    def due_text(self) -> str:
        return f"应到 {self.due} 人" + (f"（已除去不计入的 {self.excluded} 人）" if self.excluded else "")

    @property
    def for_text(self) -> str:
        parts = f"（会场 {self.in_room}、书面 {self.written_for}）" if self.written_for else ""
        return f"赞成 {self.total} 票{parts}"

    def again(self) -> str:
        """What the numbers come to, for a message about one of them; empty when too little is recorded."""
        if self.least is None or (self.present is None and self.total is None):
            return ""
        parts = [f"{self.due_text}，过半须 {self.least}"]
        parts += [f"实到 {self.present} 人"] if self.present is not None else []
        parts += [self.for_text] if self.total is not None else []
        return f"；重算：{'，'.join(parts)}"


def tally(entry: Entry, written_counts: bool) -> Tally:
    """The numbers an entry records. `written_counts`: the version counts written opinions as votes."""
    written, excluded = written_votes(entry), entry.get("excluded")
    return Tally(
        due=number_at(entry, "due"),
        present=number_at(entry, "present"),
        in_room=number_at(entry, "ballots.for"),
        written=len(written),
        written_for=sum(item.get("vote") == "for" for item in written) if written_counts else 0,
        excluded=len(excluded) if isinstance(excluded, list | tuple) else 0,
    )


def number_at(entry: Entry, path: str) -> int | None:
    value = entry.get(path)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def written_votes(entry: Entry) -> list[Any]:
    """Written opinions handed in by absent members."""
    value = entry.get("written")
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []
