"""Members who graduate: the transfer of their relation to the organisation where they go, as far as the as-of day knows of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bench.college.course import Course
from bench.college.days import add_workdays, next_workday, plus, previous_workday
from bench.college.model import merged


def depart(c: Course) -> None:
    """Adds the transfer of somebody who was admitted and leaves; the letter is used in time and the receipt comes back."""
    leaves = c.person.fields.get("leaves")
    if c.transferred or c.admitted is None or not isinstance(leaves, date) or c.admitted > leaves:
        return
    chance = c.college.chance("depart", c.person.id)
    day = previous_workday(plus(leaves, -chance.randrange(10, 22)))
    within = chance.random() < 0.6
    issued = add_workdays(day, 3)
    reported = next_workday(plus(leaves, chance.randrange(5, 25)))
    accepted = add_workdays(reported, chance.randrange(0, 4))
    returned = accepted if within else next_workday(plus(accepted, chance.randrange(10, 25)))
    party, branch = chance.choice(WITHIN if within else BEYOND)
    transfer(
        c,
        day,
        route="out_prov_in" if within else "out_other_prov",
        reason=f"{leaves.year}届毕业生",
        to_party=party,
        to_branch=branch,
        letter=_known(
            c,
            {
                "issued": issued,
                "number": None if within else f"{day.year}-{chance.randrange(1, 400):03d}",
                "valid_days": 90,
            },
        ),
        dues_paid_to=f"{leaves.year}-06",
        reported_in=reported,
        accepted=accepted,
        receipt=_known(
            c,
            {
                "type": "electronic" if within else "paper",
                "received": returned,
                "entered": None if within else returned,
            },
        ),
    )


def transfer(c: Course, day: date, **fields: Any) -> None:
    """One transfer; days that the as-of day does not know yet are left out."""
    c.transferred = True
    c.act("transfer", day, **merged({key: None if _later(c, value) else value for key, value in fields.items()}))


def _known(c: Course, fields: dict[str, Any]) -> dict[str, Any] | None:
    """The mapping, or nothing while any of its days is still to come."""
    return None if any(_later(c, value) for value in fields.values()) else merged(fields)


def _later(c: Course, value: object) -> bool:
    return isinstance(value, date) and value > c.as_of


WITHIN = (
    ("中共云岭市青河街道工作委员会", "中共青河街道第三社区支部委员会"),
    ("中共澜湾市人才交流服务中心委员会", "中共澜湾市人才交流服务中心第七支部委员会"),
    ("中共云岭精工机械公司委员会", "中共云岭精工机械公司技术部支部委员会"),
)
BEYOND = (
    ("中共望川市委组织部", "中共望川市软件园第二支部委员会"),
    ("中共石门关市委教育工作委员会", "中共石门关大学研究生院第五支部委员会"),
    ("中共长堤区委组织部", "中共长堤区松林街道流动党员支部委员会"),
)
