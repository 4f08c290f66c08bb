"""Completes everybody's entries in the order of time, so that whoever is named is a full member, or holds the office, on that very day."""

from __future__ import annotations

from bench.college.model import Act, College, Event, Fields, merged
from bench.college.order import ordered
from bench.college.roles import FILLERS, Scene

# Fields that are one and the same for everybody at an event, so that they are written once.
COMMON = {
    "file_activist": ("reported", "decision"),
    "consent_target": ("reported", "decision"),
    "publicise_activist": ("start", "result"),
    "publicise_target": ("start", "result"),
    "publicise_admission": ("start", "result"),
    "publicise_conversion": ("start", "result"),
    "train_activist": ("start", "hours"),
    "train_target": ("start", "days", "hours"),
    "preview": ("reported", "notice"),
    "approve_admission": ("notified",),
    "approve_conversion": ("notified",),
    "platform_audit": ("result",),
    "material_review": ("codes",),
    "inspection": ("codes",),
    "platform_check": ("platform", "through", "complete"),
}


def fill(college: College) -> None:
    """Completes every entry, in the order of time, and puts it into a log or an event."""
    for act in sorted(college.acts, key=lambda one: (one.day, one.order, one.person.id)):
        key = (act.home, act.branch.id if act.home != "committee" else act.branch.committee.id, act.step, act.day)
        scene = Scene(
            college, act, college.chance("event", *key), college.chance("act", act.person.id, act.step, act.day)
        )
        filler = FILLERS.get(act.step)
        shared, own = filler(scene) if filler else ({}, {})
        for name in act.own.pop("omit", ()):
            shared.pop(name, None)
        common = {name: act.own[name] for name in COMMON.get(act.step, ()) if name in act.own}
        if common.get("notified", act.day) > college.as_of:
            del common["notified"]
        personal = {**{name: value for name, value in act.own.items() if name not in common}, **own}
        _place(college, act, merged(common, shared), merged(personal))


def _place(college: College, act: Act, shared: Fields, own: Fields) -> None:
    for paper in own.get("materials", ()):
        code, count = (paper["code"], paper.get("count", 1)) if isinstance(paper, dict) else (paper, 1)
        act.person.papers[code] = act.person.papers.get(code, 0) + count
    if act.home == "log" or act.person.own_log_only:
        act.person.log.append((act.day, act.order, ordered(act.step, act.day, shared, own), act.comment))
        return
    folder = act.branch.committee.id if act.home == "committee" else f"{act.branch.committee.id}/{act.branch.id}"
    variant = f"{act.step}/{own.get('n', '')}/{sorted((name, str(value)) for name, value in shared.items())}"
    event = college.events.setdefault((folder, variant, act.day), Event(folder, act.step, act.day, act.order, shared))
    if act.person.id in event.parts:
        raise AssertionError(f"{act.person.id}: {act.step} twice on {act.day}")
    event.parts[act.person.id] = own
    event.owners[act.person.id] = act.person
