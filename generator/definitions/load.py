"""The entry of this layer: everything in schema/, loaded once, checked, and put together for a branch."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.definitions import conditions
from generator.definitions.fold import fold
from generator.definitions.holidays import Holidays, load_holidays
from generator.definitions.kept import kept_or_made
from generator.definitions.layers import NATIONAL, load_platforms, load_profiles
from generator.definitions.materials import Catalogue, load_materials
from generator.definitions.model import Condition, Procedure, Step
from generator.definitions.papers import Look, Material
from generator.definitions.platform import Platform
from generator.definitions.procedures import load_procedures
from generator.definitions.profile import Profile, Setting
from generator.definitions.recurring import Recurring, load_recurring
from generator.definitions.rules import Rules
from generator.definitions.source import Edition, Shelf, Source, shelf_for
from generator.definitions.tailoring import Tailoring, load_tailoring
from generator.diagnostics import JishiError, RuleOrigin
from generator.records.model import Branch, Committee, Organisation
from generator.records.store import Store


class Definitions:
    """What schema/ says. Read-only; one instance per records repository and process, as long as its files stay as they are."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._catalogue: Catalogue = load_materials(shelf)
        self.raw: tuple[Procedure, ...] = load_procedures(shelf, self._catalogue.materials, entry_kinds(shelf))
        steps = frozenset(key for procedure in self.raw for key in procedure.steps)
        self.platforms: Mapping[str, Platform] = load_platforms(shelf, steps)
        self.profiles: Mapping[str, Profile]
        self.settings: Mapping[str, Setting]
        self.profiles, self.settings = load_profiles(shelf, steps)
        self.holidays: Holidays = load_holidays(shelf)
        self._rules: dict[tuple[str | None, str], Rules] = {}
        self._sources: dict[str, Source] = {}
        self.procedures: tuple[Procedure, ...] = self.rules_of(None, NATIONAL).procedures
        """National rules only, oldest first. `raw`: the same before any setting is filled in."""

    @cached_property
    def tailoring(self) -> Tailoring:
        """What the manual of one branch says otherwise. Raises JishiError for a fault in its file."""
        return load_tailoring(self._shelf)

    @cached_property
    def recurring(self) -> Recurring:
        """What recurs in a year and is nobody's step. Raises JishiError for a fault in its file."""
        return load_recurring(self._shelf, self.raw)

    @property
    def materials(self) -> Mapping[str, Material]:
        """Papers by code, in the order of the dossier."""
        return self._catalogue.materials

    @property
    def sections(self) -> Mapping[str, str]:
        """Section id → Chinese title, in the order of the dossier."""
        return self._catalogue.sections

    @property
    def look(self) -> tuple[Look, ...]:
        """What to look for in a folder as a whole; what to look for in one paper is with the paper."""
        return self._catalogue.look

    @property
    def paper_sources(self) -> Mapping[str, str]:
        """Short names in `Material.seen_in` → what they are."""
        return self._catalogue.sources

    @property
    def steps(self) -> Mapping[str, Step]:
        """All steps of all versions; a step that several versions have as the latest says it."""
        return {key: step for procedure in self.procedures for key, step in procedure.steps.items()}

    @property
    def step_kinds(self) -> Mapping[str, str]:
        """Step id → kind of its entries, over all versions."""
        return {key: step.kind for key, step in self.steps.items()}

    def rules_for(self, organisation: Organisation, committee: Committee, branch: Branch | None = None) -> Rules:
        """All versions and layers that hold for a branch, or for a committee as such.

        Raises JishiError for a platform or profile that does not exist.
        """
        holders = (branch, committee, organisation) if branch is not None else (committee, organisation)
        platform = _first(holders, "platform")
        profile = _first(holders, "profile")
        if platform and platform[1] not in self.platforms:
            raise JishiError(f"{platform[0]}：没有平台“{platform[1]}”", f"可用：{'、'.join(self.platforms)}")
        if profile and profile[1] not in self.profiles:
            raise JishiError(f"{profile[0]}：没有地方规则“{profile[1]}”", self.profile_hint(profile[1]))
        return self.rules_of(platform[1] if platform else None, profile[1] if profile else NATIONAL)

    def profile_hint(self, name: str) -> str:
        """What to do about a profile that there is not: names like it, and where all of them are listed."""
        near = get_close_matches(name, self.profiles, n=3, cutoff=0.6)
        listed = f"现成的 {len(self.profiles)} 种见手册“地方规则”一页；自己的写在 schema/profiles/ 里，id 与这里所写相同"
        return f"相近的：{'、'.join(near)}；{listed}" if near else listed

    def rules_of(self, platform: str | None, profile: str) -> Rules:
        """The rules of a platform and a profile by id."""
        key = platform, profile
        if key not in self._rules:
            chosen, local = self.platforms[platform] if platform else None, self.profiles[profile]
            procedures = tuple(fold(procedure, chosen, local) for procedure in self.raw)
            self._rules[key] = Rules(procedures, self.materials, chosen, local)
        return self._rules[key]

    def matches(self, condition: Condition, attributes: Mapping[str, Any]) -> bool:
        """Whether a condition of a definition holds; see `conditions.matches`."""
        return conditions.matches(condition, attributes)

    def origin_line(self, origin: RuleOrigin) -> int:
        """1-based line of a place in a definition file."""
        if origin.line is not None:
            return origin.line
        if origin.file not in self._sources:
            self._sources[origin.file] = self._shelf.read(origin.file)
        return self._sources[origin.file].line(origin.pointer)


def _first(holders: tuple[Branch | Committee | Organisation, ...], key: str) -> tuple[str, str] | None:
    """The nearest holder that states the key: its path, and the value."""
    return next(((holder.path, str(holder.fields[key])) for holder in holders if holder.fields.get(key)), None)


def entry_kinds(shelf: Shelf) -> frozenset[str]:
    """Kinds that schema/records/entries.yaml defines; empty when it is not there."""
    name = "schema/records/entries.yaml"
    return frozenset(shelf.read(name).data.get("kinds", {})) if shelf.find(name) else frozenset()


_LOADED: dict[Shelf, tuple[Edition, Definitions]] = {}


def load_definitions(root: Path | None = None, store: Store | None = None) -> Definitions:
    """The definitions of a records repository as its files are now; without `root` the shipped ones. `store`: where they may be kept
    between runs; its key must be `kept.key_of(root)`.

    Raises JishiError, in Chinese with file and line, for the first fault in a definition file.
    """
    shelf = shelf_for(root)
    # The preview lives through many edits: what it found with older definitions must not be kept as found with these.
    edition = shelf.edition()
    if shelf not in _LOADED or _LOADED[shelf][0] != edition:
        _LOADED[shelf] = edition, kept_or_made(store, "definitions", lambda: Definitions(shelf))
    return _LOADED[shelf][1]
