"""Profiles and platforms that the records name are there, and profiles name only codes that there are.

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


def require_named(corpus: Corpus, definitions: Definitions) -> None:
    """Raises JishiError with file and line for the first file of the records that names a profile or a platform there is not."""
    platforms = f"可用：{'、'.join(definitions.platforms)}"
    holders: list[Organisation | Committee | Branch] = [corpus.organisation]
    for holder in [*holders, *corpus.committees.values(), *corpus.branches.values()]:
        profile, platform = (str(holder.fields.get(key) or "") for key in ("profile", "platform"))
        if profile and profile not in definitions.profiles:
            raise _unknown(corpus, holder, "profile", f"没有地方规则“{profile}”", definitions.profile_hint(profile))
        if platform and platform not in definitions.platforms:
            raise _unknown(corpus, holder, "platform", f"没有平台“{platform}”", platforms)


def _unknown(corpus: Corpus, holder: Organisation | Committee | Branch, key: str, message: str, hint: str) -> JishiError:
    line = corpus.documents[holder.path].span((key,), False).line
    return JishiError(f"{holder.path} 第 {line} 行：{message}", hint)
