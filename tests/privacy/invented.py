"""Values that nobody has: region 99 does not exist, and no operator was given 160."""

from __future__ import annotations

from generator.privacy.identity_number import check_character

REGION = "99"
MOBILE = "16000000000"
OTHER_MOBILE = "16000000001"
ADDRESS = "示例省虚构市无名路０号"


def identity_number(born: str = "2001-03-12", sex: str = "女", region: str = "990000") -> str:
    """A number of the invented region with a right check character; born YYYY-MM-DD."""
    digits = region + born.replace("-", "") + ("02" + ("1" if sex == "男" else "2"))
    return digits + check_character(digits)


NUMBER = identity_number()
