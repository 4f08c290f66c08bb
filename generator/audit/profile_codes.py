"""Profiles that the records name are there, and name only codes that there are.

A code that is misspelt would switch nothing on, and nobody would notice.
"""

from __future__ import annotations

from generator.audit.register import all_rules, nearest_codes
from generator.definitions.load import Definitions
from generator.definitions.profile import Profile
from generator.diagnostics import JishiError
from generator.records.corpus import Corpus
from generator.records.model import Branch, Committee, Organisation


def require_codes(profile: Profile, definitions: Definitions) -> None:
    """Raises JishiError with file and line for the first code of the profile that is not registered."""
    for code, place in profile.named.items():
        if code not in all_rules():
            near = nearest_codes(code)
            hint = f"相近的：{'、'.join(near)}" if near else "全部代码见 jishi rules"
            raise JishiError(f"{place.file} 第 {definitions.origin_line(place)} 行：没有代码 {code}", hint)


def require_profiles(corpus: Corpus, definitions: Definitions) -> None:
    """Raises JishiError with file and line for the first file of the records that names a profile there is not."""
    holders: list[Organisation | Committee | Branch] = [corpus.organisation]
    for holder in [*holders, *corpus.committees.values(), *corpus.branches.values()]:
        name = holder.fields.get("profile")
        if name and name not in definitions.profiles:
            line = corpus.documents[holder.path].span(("profile",), False).line
            raise JishiError(f"{holder.path} 第 {line} 行：没有地方规则“{name}”", definitions.profile_hint(str(name)))
