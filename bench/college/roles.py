"""Who takes part in a step: hosts, recorders, contacts, sponsors, voters; each of them a full member, or in office, on that day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.college.days import add_workdays, plus, previous_workday
from bench.college.model import Act, Branch, College, Fields, Person, merged

Shared = Fields
Own = Fields
SCHOOL = "school"


@dataclass
class Scene:
    """One entry being completed."""

    college: College
    act: Act
    random: Random
    """The same for everybody at the same meeting."""
    personal: Random

    @property
    def day(self) -> date:
        return self.act.day

    @property
    def branch(self) -> Branch:
        return self.act.branch

    @property
    def person(self) -> Person:
        return self.act.person

    def officer(self, function: str) -> str:
        return self.branch.officer(function, self.day).id

    def organiser(self) -> str:
        return self.branch.committee.organiser(self.day).id

    def signed(self) -> Fields:
        return {"by": self.organiser(), "date": min(add_workdays(self.day, 1), self.college.as_of)}


def committee_meeting(scene: Scene) -> tuple[Shared, Own]:
    """支委会; where there is none, the general meeting decides."""
    if scene.branch.has_committee:
        members = {officer.person.id for officer in scene.branch.in_office(scene.day)}
        due = len(members)
        body, present = "committee", due - (1 if due > 3 and scene.random.random() < 0.2 else 0)
    else:
        due = len(scene.branch.voters(scene.day))
        body, present = "general_meeting", due - (1 if due > 3 and scene.random.random() < 0.3 else 0)
    return merged(
        {
            "body": body,
            "place": scene.random.choice(ROOMS),
            "host": scene.officer("secretary"),
            "recorder": scene.officer("organisation"),
            "due": due,
            "present": present,
        }
    ), {}


def minuted_committee_meeting(scene: Scene) -> tuple[Shared, Own]:
    """A committee meeting whose minutes the organiser signs."""
    shared, own = committee_meeting(scene)
    return {**shared, "organiser_signed": scene.signed()}, own


def members_meeting(scene: Scene) -> tuple[Shared, Own]:
    """支部党员大会 with its ballots."""
    voters = [one.id for one in scene.branch.voters(scene.day)]
    officers = {officer.person.id for officer in scene.branch.in_office(scene.day)}
    away = [number for number in voters if number not in officers]
    roll = scene.random.random()
    excluded = written = None
    if roll < 0.1 and len(away) > 3:
        ill = scene.random.choice(away)
        voters.remove(ill)
        away.remove(ill)
        excluded = [{"person": ill, "reason": "因病长期请假", "approved_by_upper": True, "approved_by_meeting": True}]
    due = len(voters)
    slack = min(max(0, (due - 1) // 6), 3, len(away))
    absent = scene.random.sample(away, scene.random.randint(0, slack))
    present = due - len(absent)
    if absent and roll > 0.6:
        written = [{"person": absent[0], "date": previous_workday(plus(scene.day, -2)), "vote": "for"}]
    attendance = {"voting": [number for number in voters if number not in absent]} if 0.3 < roll < 0.45 else None
    shared = merged(
        {
            "place": scene.random.choice(ROOMS),
            "host": scene.officer("secretary"),
            "recorder": scene.officer("organisation"),
            "due": due,
            "present": present,
            "excluded": excluded,
            "attendance": attendance,
            "secret": True,
            "one_by_one": True,
            "organiser_signed": scene.signed(),
        }
    )
    passed = scene.act.own.get("result", "passed") == "passed"
    against = scene.personal.randint(0, 1) if present - 2 > due // 2 + 1 else 0
    abstain = scene.personal.randint(0, 1) if present - 2 > due // 2 + 1 else 0
    favour = present - against - abstain
    if not passed:
        favour = due // 2 - scene.personal.randint(0, 1)
        abstain = min(2, present - favour)
        against = present - favour - abstain
    ballots = {
        "issued": present,
        "returned": present,
        "for": favour,
        "against": against,
        "abstain": abstain,
        "invalid": 0,
    }
    resolution = {"date": scene.day, "signed_by": scene.officer("secretary"), "sealed": True}
    return shared, {"ballots": ballots, "written": written if passed else None, "resolution": resolution}


def talk(scene: Scene) -> tuple[Shared, Own]:
    who = [scene.officer(scene.personal.choice(("secretary", "organisation")))]
    return {}, {
        "by": who,
        "place": scene.personal.choice(("党员活动室", "谈心室", "支部办公室")),
        "summary": scene.personal.choice(TALKS),
    }


def recommend(scene: Scene) -> tuple[Shared, Own]:
    person, voters = scene.person, scene.branch.voters(scene.day)
    born, league = person.fields["born"], person.fields.get("league")
    age = scene.day.year - born.year - ((scene.day.month, scene.day.day) < (born.month, born.day))
    if league and age <= 28 and scene.day <= league.get("left", scene.day):
        due = scene.random.randint(22, 34)
        present = due - scene.random.randint(0, 3)
        return {"method": "league", "place": "团支部活动室", "due": due, "present": present}, _votes(scene, present, 5)
    due = len(voters)
    shared = {
        "method": "members",
        "place": scene.random.choice(ROOMS),
        "host": scene.officer("secretary"),
        "due": due,
        "present": due,
    }
    return shared, _votes(scene, due, 1)


def _votes(scene: Scene, cast: int, doubts: int) -> Own:
    abstain = scene.personal.randint(0, doubts)
    return {
        "votes": {
            "issued": cast,
            "returned": cast,
            "for": cast - abstain,
            "against": 0,
            "abstain": abstain,
            "invalid": 0,
        }
    }


def assign_contacts(scene: Scene) -> tuple[Shared, Own]:
    """One or two members with the fewest people in their care who stay long enough."""
    person = scene.person
    until = person.needs_contacts_until or scene.day
    before = person.contacts
    fixed = scene.act.own.get("contacts")
    if fixed is None:
        able = [
            one
            for one in scene.branch.voters(scene.day)
            if one is not person and one.barred is None and one.stays_until(until)
        ]
        able.sort(key=lambda one: (one.load, one.id))
        number = 1 if scene.personal.random() < 0.12 else 2
        fixed = able[:number]
        for one in fixed:
            one.load += 1
    person.contacts = list(fixed)
    reason = scene.act.own.get("ended_reason")
    ended = (
        [{"person": one.id, "date": scene.day, "reason": reason} for one in before if one not in fixed]
        if reason
        else None
    )
    return {}, {"contacts": [one.id for one in fixed], "ended": ended, "ended_reason": None}


def assign_sponsors(scene: Scene) -> tuple[Shared, Own]:
    """The contacts, as far as they stay; else other members."""
    until = plus(scene.day, 560)
    voters = [one for one in scene.branch.voters(scene.day) if one is not scene.person and one.barred is None]
    chosen = [one for one in scene.person.contacts if one in voters and one.stays_until(until)]
    others = sorted(
        (one for one in voters if one not in chosen and one.stays_until(until)), key=lambda one: (one.load, one.id)
    )
    chosen = (chosen + others)[:2]
    for one in chosen:
        one.load += 1
    scene.person.sponsors = chosen
    return {}, {"sponsors": [{"person": one.id, "consent": True} for one in chosen]}


def inspect(scene: Scene) -> tuple[Shared, Own]:
    return {"by": "branch", "stream": "education"}, {}


def sponsor_opinion(scene: Scene) -> tuple[Shared, Own]:
    return {}, {"by": scene.person.sponsors[scene.act.own["by"]].id}


def publicity(scene: Scene) -> tuple[Shared, Own]:
    return {"place": scene.random.choice(BOARDS)}, {}


def superior_talk(scene: Scene) -> tuple[Shared, Own]:
    officers = [officer.person.id for officer in scene.branch.committee.in_office(scene.day)]
    if scene.personal.random() < 0.75 or not officers or not scene.branch.committee.may_approve:
        return {}, {"by": [scene.organiser()], "role": "organiser"}
    return {}, {"by": [scene.personal.choice(officers)], "role": "committee_member"}


def approval(scene: Scene) -> tuple[Shared, Own]:
    committee = scene.branch.committee
    return {"body": committee.id if committee.may_approve else SCHOOL, "collective": True, "one_by_one": True}, {}


def general_branch(scene: Scene) -> tuple[Shared, Own]:
    return {"body": scene.branch.committee.id}, {}


def oath(scene: Scene) -> tuple[Shared, Own]:
    committee = scene.branch.committee
    return {
        "place": scene.random.choice(("校史馆", "学院报告厅", "学校烈士纪念广场")),
        "leader": committee.in_office(scene.day)[0].person.id,
    }, {}


def audit(scene: Scene) -> tuple[Shared, Own]:
    return {
        "platform": "dengta",
        "by": scene.organiser(),
        "own_account": True,
        "on_behalf_of": scene.branch.committee.id,
    }, {}


def check(scene: Scene) -> tuple[Shared, Own]:
    return {}, {}


def review(scene: Scene) -> tuple[Shared, Own]:
    return {"by": scene.organiser()}, {}


def inspection(scene: Scene) -> tuple[Shared, Own]:
    return {"by": scene.branch.committee.in_office(scene.day)[0].person.id}, {}


def archive(scene: Scene) -> tuple[Shared, Own]:
    tally = {**scene.person.papers, "M00": 1, "M45": 1}
    items = [
        {"code": code, "kind": "copy" if code in MINUTES else "original", "count": tally[code]}
        for code in sorted(tally)
        if code not in KEPT_ELSEWHERE
    ]
    own = {
        "items": items,
        "handed_by": scene.officer("organisation"),
        "received_by": {"name": "隋广余", "unit": "学校档案馆"},
    }
    return {}, {**own, "materials": ["M00", "M45", "M52"]}


FILLERS: dict[str, Callable[[Scene], tuple[Shared, Own]]] = {
    "talk": talk,
    "recommend": recommend,
    "decide_activist": minuted_committee_meeting,
    "propose_target": minuted_committee_meeting,
    "committee_review": committee_meeting,
    "committee_review_conversion": committee_meeting,
    "assign_contacts": assign_contacts,
    "assign_sponsors": assign_sponsors,
    "inspect": inspect,
    "probation_inspect": inspect,
    "publicise_activist": publicity,
    "publicise_target": publicity,
    "publicise_admission": publicity,
    "publicise_conversion": publicity,
    "sponsor_opinion": sponsor_opinion,
    "sponsor_opinion_conversion": sponsor_opinion,
    "admission_meeting": members_meeting,
    "conversion_meeting": members_meeting,
    "general_branch_review": general_branch,
    "superior_talk": superior_talk,
    "approve_admission": approval,
    "approve_conversion": approval,
    "oath": oath,
    "platform_audit": audit,
    "archive": archive,
    "material_review": review,
    "inspection": inspection,
}

MINUTES = ("M12", "M21", "M31", "M43")
"""Minutes: the original stays with the branch, a copy goes into the dossier."""
KEPT_ELSEWHERE = ("M04", "M05", "M11", "M14", "M18", "M2A", "M32", "M34", "M35", "M36", "M44", "M52")
ROOMS = ("党员活动室", "学院会议室", "教学楼会议室", "支部活动室", "图书馆研讨室")
BOARDS = ("学院公告栏", "学院公告栏和网站", "支部公示栏")
TALKS = (
    "了解入党动机，介绍发展党员的程序。",
    "说明党员的义务和权利，要求先把专业学好。",
    "询问家庭和学习情况，鼓励参加党章学习。",
    "谈入党动机和对党的认识，提出今后努力方向。",
)
