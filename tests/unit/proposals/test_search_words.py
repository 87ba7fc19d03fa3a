"""What is searched for finds what stands there, however the two are spelt."""

from __future__ import annotations

import pytest

from services.proposals.repository.documents import text_words
from shared.words.searching import query_words

BODY = "现状：水库周边的A+B模式试点由𬭚某负责。"


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("关于２０１７年ＰＭ２．５治理的建议", "2017"),
        ("关于２０１７年ＰＭ２．５治理的建议", "２０１７"),
        ("关于２０１７年ＰＭ２．５治理的建议", "pm2.5"),
        ("关于推广A+B模式的建议", "A+B"),
        ("关于大桥维修的建议", "桥"),
        ("关于大桥维修的建议", "大桥 维修"),
        ("关于臺灣同胞投資的建议", "台湾"),
        ("关于台湾同胞投资的建议", "臺灣"),
        ("关于维修的建议", "𬭚"),
        ("关于维修的建议", "A+B"),
        ("关于维修的建议", "水库"),
    ],
)
def test_it_is_found(title: str, asked: str) -> None:
    assert set(query_words(asked)) <= set(text_words(title, BODY))


@pytest.mark.parametrize("asked", ["山", "库", "pm10", "大 学"])
def test_it_is_not_found(asked: str) -> None:
    """A common character alone is looked for in titles only."""
    assert not set(query_words(asked)) <= set(text_words("关于大桥维修的建议", BODY))


@pytest.mark.parametrize("asked", ["，", "+", "。。"])
def test_signs_alone_find_only_themselves(asked: str) -> None:
    assert query_words(asked) == [asked.replace("，", ",").replace("。。", "。。")]
