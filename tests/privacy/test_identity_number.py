"""The identity number: shape, region, date, check character, and agreement with the record."""

from __future__ import annotations

from datetime import date

import pytest

from generator.privacy import identity_number as numbers
from generator.privacy.fields import OnRecord, SealedField, disagreements, uncompared
from tests.privacy.invented import MOBILE, NUMBER, REGION, identity_number

ID = SealedField("identity_number", "身份证号", "identity_number")
PHONE = SealedField("mobile", "手机", "mobile")


def test_the_check_character_follows_the_standard() -> None:
    # The worked example of the standard itself, without the digits of a person: weights are 2^i mod 11.
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    digits = NUMBER[:17]
    remainder = sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11
    assert (remainder + (10 if NUMBER[17] == "X" else int(NUMBER[17]))) % 11 == 1
    assert numbers.check_character(digits) == NUMBER[17]


def test_a_proper_number_has_no_fault_and_an_invented_region_is_one_outside_tests() -> None:
    assert list(numbers.faults(NUMBER, {REGION})) == []
    outside = [str(code) for code in range(10, 100)]
    known = {code for code in outside if not list(numbers.faults(NUMBER.replace("99", code, 1), {code}))[1:]}
    assert REGION in known
    assert list(numbers.faults(NUMBER, frozenset())) == ["前两位不是有效的省级代码"]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("", "18 位"),
        (NUMBER[:-1], "18 位"),
        (NUMBER + "1", "18 位"),
        (NUMBER[:-1] + "Y", "18 位"),
        ("0" + NUMBER[1:], "18 位"),
        (identity_number("2001-02-29"), "日期"),
        (identity_number("2001-13-01"), "日期"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "校验位"),
    ],
)
def test_each_fault_is_named_without_the_number(number: str, word: str) -> None:
    said = list(numbers.faults(number))
    assert [one for one in said if word in one]
    assert not [one for one in said if len(number) > 3 and number in one]


def test_every_slip_of_one_digit_and_every_swap_of_neighbours_is_noticed() -> None:
    slips = {NUMBER[:at] + d + NUMBER[at + 1 :] for at in range(17) for d in "0123456789" if d != NUMBER[at]}
    swaps = {NUMBER[:at] + NUMBER[at + 1] + NUMBER[at] + NUMBER[at + 2 :] for at in range(16)} - {NUMBER}
    assert len(slips) == 153
    assert len(swaps) > 5
    assert [n for n in slips | swaps if not list(numbers.faults(n, {n[:2]}))] == []


@pytest.mark.parametrize(
    ("born", "sex", "words"),
    [
        ("2001-03-12", "女", []),
        ("2001-03-13", "女", ["出生日期"]),
        ("2001-03-12", "男", ["性别"]),
        ("2002-03-12", "男", ["出生日期", "性别"]),
        (None, None, []),
    ],
)
def test_the_number_is_compared_with_the_record(born: str | None, sex: str | None, words: list[str]) -> None:
    record = OnRecord(date.fromisoformat(born) if born else None, sex)
    said = list(disagreements({"identity_number": ID}, {"identity_number": NUMBER}, record))
    assert len(said) == len(words)
    assert all(word in one for word, one in zip(words, said, strict=True))
    assert len(list(uncompared({"identity_number": ID}, {"identity_number": NUMBER}, record))) == (0 if born else 2)


@pytest.mark.parametrize(
    "written", [NUMBER, NUMBER.lower(), f" {NUMBER} ", f"{NUMBER[:6]} {NUMBER[6:]}", f"{NUMBER[:6]}-{NUMBER[6:]}"]
)
def test_gaps_and_case_make_no_difference(written: str) -> None:
    assert ID.plain(written) == NUMBER
    assert list(ID.faults(ID.plain(written))) == []


@pytest.mark.parametrize("written", [MOBILE, "160 0000 0000", "+86 160-0000-0000", "０0８６16000000000".translate({})])
def test_a_mobile_number_is_kept_as_eleven_digits(written: str) -> None:
    assert PHONE.plain(written) == MOBILE
    assert list(PHONE.faults(MOBILE)) == []


@pytest.mark.parametrize("written", ["1600000000", "160000000000", "12000000000", "0531-8836000", "abc"])
def test_what_is_no_mobile_number_is_refused(written: str) -> None:
    assert list(PHONE.faults(PHONE.plain(written)))


def test_an_address_may_not_hold_a_line_end() -> None:
    text = SealedField("address", "住址")
    assert list(text.faults("甲\n乙"))
    assert list(text.faults("甲" * 201))
    assert not list(text.faults("甲省乙市"))
