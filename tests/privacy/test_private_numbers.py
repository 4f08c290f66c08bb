"""Private numbers in plain text are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

from itertools import product

import pytest

from generator.records.private_numbers import hide_number, plain_number, private_numbers
from tests.privacy.invented import MOBILE, NUMBER, identity_number
from tests.records.test_corpus import corpus

WITH_X = next(
    number
    for month, day in product(range(1, 13), range(1, 29))
    if (number := identity_number(f"2001-{month:02}-{day:02}")).endswith("X")
)


def mistyped(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


WRONG = mistyped(NUMBER)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
FOUND = {
    "plain": ("SEC001", NUMBER),
    "with X": ("SEC001", WITH_X),
    "with small x": ("SEC001", WITH_X.lower()),
    "full-width": ("SEC001", WITH_X.translate(WIDE)),
    "full-width small x": ("SEC001", WITH_X[:-1].translate(WIDE) + "ｘ"),
    "in groups": ("SEC001", f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"),
    "in fours": ("SEC001", " ".join(NUMBER[at : at + 4] for at in range(0, 18, 4))),
    "with hyphens": ("SEC001", f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}"),
    "with full-width blanks": ("SEC001", f"{NUMBER[:6]}　{NUMBER[6:]}"),
    "with dashes": ("SEC001", f"{NUMBER[:6]}—{NUMBER[6:]}"),
    "digits apart": ("SEC001", " ".join(NUMBER)),
    "mobile": ("SEC002", MOBILE),
    "mobile in groups": ("SEC002", "160 0000 0000"),
    "mobile with hyphens": ("SEC002", "160-0000-0000"),
    "full-width mobile": ("SEC002", MOBILE.translate(WIDE)),
    "mobile with country code": ("SEC002", f"+86{MOBILE}"),
    "mobile with spaced country code": ("SEC002", f"+86 {MOBILE}"),
    "mobile with 86-": ("SEC002", f"86-{MOBILE}"),
    "mobile with 0086": ("SEC002", f"0086{MOBILE}"),
    "mobile with 86 in front": ("SEC002", f"86{MOBILE}"),
    "mobile with country code, in groups": ("SEC002", "+86-160 0000 0000"),
    "mobile with country code in brackets": ("SEC002", f"(+86){MOBILE}"),
    "mobile in wide groups": ("SEC002", "160 - 0000 - 0000"),
    "mobile in 4-4-3": ("SEC002", "1600 0000 000"),
    "mobile in 3-3-5": ("SEC002", "160-000-00000"),
    "mobile in a word": ("SEC002", f"tel{MOBILE}"),
    "mobile as a name": ("SEC002", f"wx_{MOBILE}"),
    "mobile with a letter behind": ("SEC002", f"{MOBILE}A"),
    "mobile between two letters of digests": ("SEC002", f"abc{MOBILE}def"),
    "identity number in a word": ("SEC001", f"ID{NUMBER}"),
    "identity number in a small word": ("SEC001", f"sfz{NUMBER}"),
    "identity number behind a letter of digests": ("SEC001", f"A{NUMBER}"),
    "identity number with letters behind": ("SEC001", f"{NUMBER}abc"),
    "identity number mistyped": ("SEC001", WRONG),
    "identity number mistyped, in groups": ("SEC001", f"{WRONG[:6]} {WRONG[6:14]} {WRONG[14:]}"),
    "identity number with the wrong letter": ("SEC001", NUMBER[:-1] + "X"),
    "private key": ("SEC007", "AGE-SECRET-KEY-1" + "Q" * 58),
}
PLACES = {
    "value": "place: {}",
    "key": "{}: x",
    "comment": "place: x  # {}",
    "note in Chinese": "note: 联系{}本人",
    "behind a number": "note: 5 {}",
    "in brackets": "note: （{}）",
    "certificate": "certificate: {}",
    "certificate in a flow": "{{step: train_activist, certificate: {}, hours: 24}}",
    "code": 'code: "{}"',
    "notice": "notice: {}",
    "serial": "serial: {}",
    "ledger": "ledger: {}",
    "quoted": 'note: "{}"',
    "list": "by: [{}]",
}
CLEAN = {
    "学号": "2021030117 20210301170 202103011799",
    "dates": "from: 2021-10-08, to: 2021-11-09, 2021-12-10 2022-01-11",
    "days in a row": "2010-10-19 2010-05-17 2010-10-05",
    "dotted days": "2021.03.12 2021.10.08",
    "志愿书编号": "serial: 37000120210300012345",
    "certificate that begins with a year": "certificate: " + identity_number(region="202199"),
    "social credit code": "91370000MA3C0Y0X0L",
    "longer number": NUMBER + "0",
    "sixteen digits": "9900002001031202",
    "nineteen digits": "9900002001031200220",
    "sixteen digits in groups": "9900 0020 0103 1202",
    "nineteen digits in groups": "9900 0020 0103 1200 220",
    "ten and twelve digits": "1600000000 160000000000",
    "number of a paper parted in another place": "serial: 16000-000000",
    "file of a camera": "scan: scans/IMG_20240520_101530_1234.jpg",
    "picture of a telephone": "scan: scans/mmexport1600000000000.jpg",
    "list of small numbers": "".join(f"{digit}{' .'[at % 2]}" for at, digit in enumerate(NUMBER)).strip(" ."),
    "times": "2024-05-20 10:15:30, 20240520101530123",
    "mistyped and parted anywhere": " ".join(WRONG),
    "no such day": mistyped(identity_number("2001-02-30")),
    "no such month": identity_number("2001-13-12"),
    "landline": "0531-88360000",
    "votes": "issued: 20, returned: 20, for: 18, against: 1, abstain: 1",
    "hash": "f7c0a16000000000b",
    "digest": "sha256: 0b6f16000000000c" + "a1" * 20,
    "digest with an identity number": "9f3e" + NUMBER + "ab2c4d",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", FOUND)
def test_a_private_number_is_found_however_it_is_written(way: str, place: str) -> None:
    code, written = FOUND[way]
    text = f"name: 甲\n{PLACES[place].format(written)}\n"
    found = list(private_numbers(text))
    assert [one[0] for one in found] == [code]
    assert written in text[found[0][1] : found[0][2]] or text[found[0][1] : found[0][2]] in written


@pytest.mark.parametrize("what", CLEAN)
def test_other_numbers_are_left_alone(what: str) -> None:
    assert list(private_numbers(f"name: 甲\n{CLEAN[what]}\n")) == []


def test_two_numbers_in_one_line_are_both_found() -> None:
    assert sorted(code for code, *_ in private_numbers(f"{NUMBER} {MOBILE}, {WITH_X}")) == [
        "SEC001",
        "SEC001",
        "SEC002",
    ]


@pytest.mark.parametrize("written", ["160 0000 0000", "+86-160-0000-0000", "0086 16000000000", MOBILE.translate(WIDE)])
def test_the_plain_form_of_a_number_has_digits_only(written: str) -> None:
    assert plain_number(written) == MOBILE


def test_a_number_is_hidden_however_it_is_written() -> None:
    text = f"甲 {MOBILE}、160-0000-0000、{MOBILE.translate(WIDE)} 乙"
    hidden = hide_number(text, MOBILE)
    assert "0000" not in hidden
    assert "０" not in hidden
    assert hidden.startswith("甲 ")
    assert hidden.endswith(" 乙")
    assert hide_number("没有号码", MOBILE) == "没有号码"


def test_no_finding_about_the_file_repeats_the_number() -> None:
    person = f"name: 林知远\nborn: {NUMBER}\nsex: 男\n"
    found = corpus(
        {"data/cs/ug-1/people/2021030117.yaml": person, "data/cs/ug-1/events/2024-05-20-admission_meeting.yaml": ""}
    )
    codes = {one.code for one in found.findings}
    assert {"SEC001", "SCH004"} <= codes
    assert NUMBER not in repr(found.findings)
