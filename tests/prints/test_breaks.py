"""Where a line must not end: the dot of a name, figures and what they count."""

from __future__ import annotations

from generator.prints.breaks import dotted, unbroken

KEPT = '<span style="white-space:nowrap">{}</span>'


def test_dot_of_a_name_stays_with_what_stands_before_it() -> None:
    assert dotted("买买提·艾力") == f"买买{KEPT.format('提·')}艾力"
    assert dotted("周立<b>") == "周立<b>"
    assert dotted("买·<b>") == f"{KEPT.format('买·')}&lt;b&gt;"


def test_figures_stay_with_what_they_count() -> None:
    assert unbroken("于2024年收回6张。") == f"于{KEPT.format('2024年')}收回{KEPT.format('6张')}。"
    assert unbroken("第 3 <次>") == "第 3 &lt;次&gt;"
