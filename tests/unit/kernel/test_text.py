"""What nobody sees makes no difference, and nothing else goes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  老旧小区  ", "老旧小区"),
        ("\u3000老旧\u3000小区\u00a0", "老旧\u3000小区"),  # inner ones stay
        ("\u200b", ""),
        ("关于加快电梯改造的建议\u200b", "关于加快电梯改造的建议"),
        ("李\u0000明", "李明"),
        ("a\u202eb", "ab"),
        ("一\r\n二\r三\u2028四", "一 二 三 四"),
        ("e\u0301", "é"),
        ("\ufe0f\u3164\u2800", ""),
        ("葛\U000e0100", "葛\U000e0100"),  # how it is written is part of a name
        ("王𬭚", "王𬭚"),
        ("𲎯", "𲎯"),  # of a later Unicode than Python's
        ("15-0998\n", "15-0998"),
        ("A+B　模式", "A+B　模式"),
    ],
)
def test_clean(given: str, expected: str) -> None:
    assert text.clean(given) == expected


def test_line_breaks_and_tabs_stay_in_long_texts() -> None:
    given = " 一\r\n\t二\u2029三\x0b\x1b "
    assert text.clean(given, lines=True) == "一\n\t二\n三"


def test_every_format_and_control_character_goes() -> None:
    for code in range(0x110000):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cf" or (category == "Cc" and char not in "\t\n\r\x85"):
            assert text.clean(f"一{char}二", lines=True) == "一二", hex(code)


@given(st.text())
def test_clean_is_done_once(given: str) -> None:
    for lines in (True, False):
        once = text.clean(given, lines=lines)
        assert text.clean(once, lines=lines) == once
        assert once == once.strip()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("１５－０９９９", "15-0999"),
        ("1３８００１３８００１", "13800138001"),
        ("ＡＢｃ（）", "ABc()"),
    ],
)
def test_narrow(given: str, expected: str) -> None:
    assert text.narrow(given) == expected


def test_chinese_punctuation_stays_within_texts() -> None:
    assert text.narrow_words("〔２０１７〕１２号（ＰＭ２．５，甲）") == "〔2017〕12号（PM2.5，甲）"


@pytest.mark.parametrize("dot", "•‧∙⋅・･·")
def test_names_have_one_dot(dot: str) -> None:
    assert text.name(f"阿卜杜{dot}某某") == "阿卜杜\u00b7某某"


def test_names_are_the_same_without_inner_blanks() -> None:
    assert text.same_name("王　芳") == text.same_name("王芳") == text.same_name(" 王 芳\u200b")
    assert text.same_name("阿卜杜•某某") == text.same_name("阿卜杜·某某")
    assert text.same_name("王芳") != text.same_name("王方")
