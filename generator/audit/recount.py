"""What remains of a vote without those who ought not to have voted."""

from __future__ import annotations

from generator.procedure.constraints.tally import tally, written_votes
from generator.records.model import Entry


def counted_for(entry: Entry, path: str) -> bool:
    """Whether the place of a voter, or of anything said of one, is a written opinion in favour: `written.1.person`."""
    kind, _, rest = path.partition(".")
    index, votes = rest.partition(".")[0], written_votes(entry)
    return kind == "written" and index.isdigit() and int(index) < len(votes) and votes[int(index)].get("vote") == "for"


def recount(entry: Entry, room: int, written_for: int, written_counts: bool) -> str:
    """The numbers without `room` people present and `written_for` written votes; empty when too little is recorded.

    How somebody in the room voted is secret: the votes for are what is left at the least.
    """
    sums = tally(entry, written_counts)
    if sums.least is None or not (room or written_for):
        return ""
    said, quorate, carried = [f"{sums.due_text}，过半须 {sums.least}"], True, True
    if sums.present is not None and room:
        left = sums.present - room
        quorate = left >= sums.least
        said.append(f"实到 {left} 人")
    if sums.total is not None:
        left = sums.total - room - (written_for if written_counts else 0)
        carried = left >= sums.least
        said.append(f"赞成{'最少 ' if room else ' '}{left} 票")
    if len(said) == 1:
        return ""
    short = "不能确定过半，须重新表决" if room else "不过半，须重新表决"
    outcome = "到会不过半，须重新开会" if not quorate else "仍过半" if carried else short
    return f"除去后重算：{'，'.join(said)}，{outcome}。"
