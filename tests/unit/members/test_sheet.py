"""Chinese words of a sheet → values; every problem of a row at once."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.enums import labels_of
from gateway.members import enums
from services.members.domain import wording
from services.members.domain.organisation import Kind
from services.members.domain.rows import Words
from services.members.schemas.sheet import COLUMNS, read_row

WORDS = Words(
    {"22": "22", "经济界": "22", "经济": "22"},
    {
        Kind.COMMITTEE: {"提案委员会": "com-proposals", "经济科技委员会": "com-economy"},
        Kind.SECTOR_GROUP: {"民革、民盟、台盟界别活动小组": "group-02"},
        Kind.TOWN_COMMITTEE: {"黎里镇工委": "town-lili", "黎里镇": "town-lili"},
        Kind.HANDLING_UNIT: {"区水利局": "unit-slj"},
    },
)
NUMBER = {"member_no": "15-0088"}


def read(**cells: str) -> Any:
    return read_row(2, {**NUMBER, **cells}, WORDS)


def problems(**cells: str) -> list[tuple[str | None, str, str]]:
    found = read_row(2, {**NUMBER, **cells}, WORDS).problems
    return [(item["field"], item["code"], item["message"]) for item in found]


def test_a_whole_row() -> None:
    row = read(
        name=" 陆晓芸 ",
        gender="女",
        ethnic_group="汉族",
        birth_date="1970年5月1日",
        affiliation="民建",
        sector="经济",
        sector_group="民革、民盟、台盟界别活动小组",
        town="黎里镇",
        committee_1="提案委员会",
        committee_2="经济科技委员会",
        posts="常委、专委会主任（提案委员会）",
        work_unit="华源自来水",
        work_unit_id="区水利局",
        title="",
        inside_system="体制内",
        overseas="否",
        skills="水处理，法律、水处理",
        terms_served="2",
        phone="13812340088",
        not_scored="是",
        joined_via="增补",
        joined_on="2017/2/3",
    )
    assert (row.number, row.problems) == (2, ())
    assert row.values == {
        "member_no": "15-0088",
        "name": "陆晓芸",
        "gender": "FEMALE",
        "ethnic_group": "汉族",
        "birth_date": "1970-05-01",
        "affiliation": "MINJIAN",
        "sector": "22",
        "sector_group": "group-02",
        "town": "town-lili",
        "committees": ["com-proposals", "com-economy"],
        "posts": [
            {"post": "STANDING_MEMBER"},
            {"post": "COMMITTEE_DIRECTOR", "organisation": "com-proposals"},
        ],
        "work_unit": "华源自来水",
        "work_unit_id": "unit-slj",
        "inside_system": True,
        "overseas": False,
        "skills": ["水处理", "法律"],
        "terms_served": 2,
        "phone": "13812340088",
        "not_scored": True,
        "joined_via": "CO_OPTED",
        "joined_on": "2017-02-03T00:00:00+08:00",
    }


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"posts": "镇（街道）委员小组组长"}, {"post": "TOWN_GROUP_HEAD"}),
        (
            {"posts": "镇（街道）委员小组组长(黎里镇)"},
            {"post": "TOWN_GROUP_HEAD", "organisation": "town-lili"},
        ),
        (
            {"posts": "界别活动小组召集人（民革、民盟、台盟界别活动小组）"},
            {"post": "CONVENER", "organisation": "group-02"},
        ),
    ],
)
def test_posts_with_brackets_and_commas_in_their_names(cells: Any, value: Any) -> None:
    assert read(**cells).values["posts"] == [value]


def test_none_empties_a_field() -> None:
    row = read(town="无", committee_1="无", posts="无", skills="无", religion="无")
    assert row.problems == ()
    assert row.values == {
        **NUMBER,
        "town": None,
        "committees": [],
        "posts": [],
        "skills": [],
        "religion": None,
    }


def test_one_of_two_committees_may_be_none() -> None:
    assert read(committee_1="无", committee_2="提案委员会").values["committees"] == [
        "com-proposals"
    ]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"member_no": "88"}, ("memberNo", "INVALID_INPUT", "委员证号格式应为 15-0088")),
        ({"member_no": ""}, ("memberNo", "INVALID_INPUT", "此项必填")),
        ({"member_no": "无"}, ("memberNo", "INVALID_INPUT", "此项不能为空")),
        ({"sector": "商界"}, ("sector", "SECTOR_UNFIT", "没有名为“商界”的界别")),
        ({"town": "平望镇"}, ("town", "GROUP_UNFIT", "没有名为“平望镇”的镇（街道）工委")),
        (
            {"committee_2": "学习委"},
            ("committees", "GROUP_UNFIT", "没有名为“学习委”的专委会"),
        ),
        ({"posts": "局长"}, ("posts", "POST_UNFIT", "没有名为“局长”的政协职务")),
        (
            {"posts": "常委（提案委员会）"},
            ("posts", "POST_UNFIT", "此职务不属于某一组织，请删去“（提案委员会）”"),
        ),
        ({"gender": "先生"}, ("gender", "INVALID_INPUT", "应为：男、女")),
        ({"gender": "无"}, ("gender", "INVALID_INPUT", "此项不能为空")),
        ({"overseas": "对"}, ("overseas", "INVALID_INPUT", "应为：是、否")),
        ({"birth_date": "1970-2-30"}, ("birthDate", "INVALID_INPUT", "日期格式应为 2017-02-06")),
        ({"joined_on": "昨天"}, ("joinedOn", "INVALID_INPUT", "日期格式应为 2017-02-06")),
        ({"terms_served": "两"}, ("termsServed", "INVALID_INPUT", "应为整数")),
        ({"terms_served": "30"}, ("termsServed", "INVALID_INPUT", "应在1至20之间")),
        ({"phone": "110"}, ("phone", "INVALID_INPUT", "手机号应为11位数字")),
    ],
)
def test_what_is_not_understood(cells: dict[str, str], found: tuple[str, str, str]) -> None:
    assert problems(**cells) == [found]


def test_all_problems_of_a_row_are_named() -> None:
    fields = [field for field, _, _ in problems(gender="x", sector="x", phone="x", name="长" * 41)]
    assert sorted(str(field) for field in fields) == ["gender", "name", "phone", "sector"]


def test_the_words_are_those_that_the_roster_prints() -> None:
    def first(words: Any) -> dict[str, str]:
        printed: dict[str, str] = {}
        for word, code in words.items():
            printed.setdefault(getattr(code, "value", code), word)
        return printed

    assert first(wording.AFFILIATIONS) == labels_of(enums.Affiliation)
    assert first(wording.POSTS) == labels_of(enums.MemberPost)
    assert first(wording.GENDERS) == labels_of(enums.Gender)
    assert first(wording.JOINED) == labels_of(enums.JoinedVia)
    assert {"committee_1", "committee_2"} < COLUMNS
