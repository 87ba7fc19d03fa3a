"""Words as jieba cuts them for search (shared.words)."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from shared.words import dictionary
from shared.words.build import build
from shared.words.cutting import cut
from shared.words.unknown import cut_unknown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "关于加强老旧住宅小区二次供水的建议",
            "关于 加强 老旧 住宅 小区 住宅小区 二次 供水 的 建议",
        ),
        ("水利局", "水利 水利局"),
        ("市水利局工程师", "市 水利 水利局 工程 工程师"),
        (
            "中国人民政治协商会议苏州市吴江区委员会",
            "中国 国人 人民 民政 政治 协商 商会 会议 协商会 中国人民政治协商会议"
            " 苏州 州市 苏州市 吴江 区 委员 委员会",
        ),
        # What no dictionary has.
        ("陆晓芸、钱文彬", "陆晓芸 、 钱文彬"),
        # Likelier as two words, though the dictionary has their one.
        ("的士 高", "的士 高"),
        ("抽检合格率为71%，PM2.5", "抽检 合格 合格率 为 71% ， PM2 PM2.5"),
        ("C++ wi-fi\r\n4S店", "C++ wi fi wi-fi 4S店"),
        ("Ａ座", "Ａ 座"),
        ("", ""),
        (" \n　", ""),
    ],
)
def test_a_text_gives_its_words_and_the_words_within_them(text: str, words: str) -> None:
    assert cut(text) == words.split()


@pytest.mark.parametrize("found_by", ["二次供水", "供水", "住宅小区", "小区", "老旧住宅"])
def test_a_text_holds_the_words_of_what_it_is_found_by(found_by: str) -> None:
    assert set() < set(cut(found_by)) <= set(cut("关于加强老旧住宅小区二次供水的建议"))


@pytest.mark.parametrize(
    ("characters", "words"),
    [
        ("吴", ["吴"]),
        ("钱文彬和沈建华", ["钱文彬", "和", "沈建华"]),
        ("鿕鿖", ["鿕鿖"]),  # never seen anywhere
    ],
)
def test_unknown_characters_become_the_likeliest_words(characters: str, words: list[str]) -> None:
    assert cut_unknown(characters) == words


def test_the_longest_text_of_one_proposal_is_cut_as_its_parts_are() -> None:
    part = "全区仍有一批老旧住宅小区使用屋顶水箱。"
    assert cut(part * 100) == cut(part) * 100


def test_the_word_list_of_jieba_becomes_files_that_are_mapped(tmp_path: Path) -> None:
    source, folder = tmp_path / "jieba", tmp_path / "made"
    (source / "finalseg").mkdir(parents=True)
    (source / "dict.txt").write_text("供水 6 n\n二次 3 m\n供 1 v\n", encoding="utf-8")
    for name, table in {
        "start": {"B": -0.5, "E": -3.14e100, "M": -3.14e100, "S": -1.5},
        "trans": {"B": {"E": -0.25}, "M": {"M": -2}, "E": {"S": -1}, "S": {"B": -4}},
        "emit": {"B": {"陆": -8.5}, "M": {}, "E": {"芸": -6.5}, "S": {"陆": -9.5}},
    }.items():
        (source / f"finalseg/prob_{name}.py").write_text(f"P={table}", encoding="utf-8")

    build(source, folder)
    build(source, folder)  # again, over what is mapped perhaps

    words, scores = dictionary.words(folder), dictionary.scores(folder)
    assert {word: round(10 * math.exp(scores[number]), 3) for word, number in words.items()} == {
        "供水": 6,
        "二次": 3,
        "供": 1,
    }
    assert round(10 * math.exp(scores[-1]), 3) == 1 and len(scores) == 4
    never = dictionary.UNSEEN
    assert dict(dictionary.model(folder).items()) == {
        "first": (-0.5, never, never, -1.5),
        "after B": (never, never, -0.25, never),
        "after M": (never, -2, never, never),
        "after E": (never, never, never, -1),
        "after S": (-4, never, never, never),
        "陆": (-8.5, never, never, -9.5),
        "芸": (never, never, -6.5, never),
    }
    simplified = dictionary.simplified(folder)
    assert {c: simplified.get(ord(c), c) for c in "臺灣水𡑭"} == {
        "臺": "台",
        "灣": "湾",
        "水": "水",
        "𡑭": "𡋗",
    }
    assert sorted(path.name for path in folder.iterdir()) == [
        "simplified.txt",
        "unknown.marisa",
        "words.marisa",
        "words.scores",
    ]


def test_a_missing_dictionary_says_how_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"run python -m shared\.words\.build"):
        dictionary.words(tmp_path)


def test_a_word_longer_than_what_is_looked_at_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dict.txt").write_text(f"{'水' * 17} 1 n\n", encoding="utf-8")
    with pytest.raises(ValueError, match="more than 16 characters"):
        build(tmp_path, tmp_path)
