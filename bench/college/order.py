"""In which order steps of one day happen, and keys of an entry are written."""

from __future__ import annotations

from datetime import date

from bench.college.model import Fields, merged

# fmt: off
STEPS = (
    "apply", "talk", "recommend", "decide_activist", "publicise_activist", "file_activist", "assign_contacts",
    "inspect", "report", "train_activist", "collect_opinions", "propose_target", "consent_target",
    "publicise_target", "list_target", "assign_sponsors", "political_review", "train_target", "committee_review",
    "preview", "publicise_admission", "fill_book", "sponsor_opinion", "admission_meeting", "general_branch_review",
    "superior_talk", "approve_admission", "file_admission", "join_group", "oath", "probation_inspect",
    "probation_report", "apply_conversion", "collect_opinions_conversion", "sponsor_opinion_conversion",
    "committee_review_conversion", "publicise_conversion", "defer_conversion", "conversion_meeting",
    "approve_conversion", "archive", "archive_delay", "suspend", "restore", "adjust_stage", "move", "leave_party",
    "transfer", "follow_up", "lost_contact", "platform_audit", "platform_check", "material_review", "arrival_review", "inspection",
)
# fmt: on
ORDER = {step: number for number, step in enumerate(STEPS)}

# fmt: off
KEYS = (
    "step", "date", "received", "decision", "decided", "method", "route", "platform", "through", "n", "of", "complete",
    "status", "admitted", "full_since", "from_branch", "to_party", "to_branch", "handed_over", "counted_from", "from_stage",
    "to_stage", "category", "to", "start", "days", "hours", "exam", "certificate", "autobiography", "letters",
    "letters_waived", "issued", "serial", "by", "role", "own_account", "on_behalf_of", "stream", "contacts",
    "ended", "sponsors", "body", "place", "host", "recorder", "leader", "due", "present", "excluded", "attendance",
    "secret", "one_by_one", "collective", "-", "objections", "outcome", "extension_months", "votes", "ballots",
    "written", "result", "reason", "next_meeting", "late", "resolution", "reported", "notice", "opinion", "signed",
    "delay_reason", "measure", "last_contact", "letter", "dues_paid_to", "reported_in", "accepted", "receipt",
    "probation", "effective", "monthly_dues", "notified", "problems", "consequence",
    "organiser_signed", "materials", "note",
)
# fmt: on
RANK = {key: number for number, key in enumerate(KEYS)}
MIDDLE = RANK["-"]
"""Where keys go that are not named above."""


def ordered(step: str, day: date, *parts: Fields) -> Fields:
    """One entry, its keys always in the same order."""
    return in_order(merged({"step": step, "date": day}, *parts))


def in_order(fields: Fields) -> Fields:
    return {key: fields[key] for key in sorted(fields, key=lambda key: RANK.get(key, MIDDLE))}
