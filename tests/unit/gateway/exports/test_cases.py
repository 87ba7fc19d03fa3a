"""What a document says of a proposal: names and labels, and nothing that its reader may not see."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.exports.cases import FIELDS
from gateway.exports.wording import chinese, day_of, lines, plain, session_of, written
from services.proposals.queries.proposals import ROW_FIELDS
from tests.unit.gateway.exports.samples import case, cases, reply, row, signature


def test_ids_become_names_and_values_their_labels() -> None:
    shown = case()
    assert (shown["proposer"], shown["cosigners"]) == ("陆晓芸", ["沈建国"])
    assert (shown["session"], shown["mark"], shown["kind"]) == (
        "十五届一次会议",
        "大会提案",
        "联名",
    )
    assert (shown["category"], shown["category_no"], shown["state"]) == ("城乡建设", 2, "已答复")
    assert shown["review_units"] == ["区住建局"]


def test_a_unit_that_handed_the_case_back_is_not_its_unit() -> None:
    assert case()["units"] == [
        {"name": "区住建局", "part": "主办"},
        {"name": "区水利局", "part": "会办"},
    ]


def test_a_collective_proposal_is_its_organisations() -> None:
    shown = case(
        first_proposer=None, organisation={"kind": "party", "id": "party-mj"}, cosignatures=[]
    )
    assert (shown["proposer"], shown["collective"]) == ("民建吴江总支", True)


def test_what_the_reader_may_not_see_is_empty() -> None:
    hidden = {"cosignatures", "review_opinion", "review_units", "attitude", "replies"}
    (shown,) = cases({name: value for name, value in row().items() if name not in hidden})
    assert (shown["cosigners"], shown["review_opinion"], shown["review_units"]) == ([], "", [])
    assert (shown["attitude"], shown["result"], shown["replies"]) == ("", "", [])


def test_only_delivered_replies_are_shown_in_their_order() -> None:
    second = reply(round=2, doc_no="吴住建提复〔2017〕9号")
    draft = reply(unit="unit-slj", doc_no="草稿", delivered_at=None, sign_off=None)
    shown = case(replies=[second, draft, reply()])["replies"]
    assert [each["doc_no"] for each in shown] == ["吴住建提复〔2017〕6号", "吴住建提复〔2017〕9号"]
    assert shown[0]["answers"][1] == {"suggestion": 2, "adoption": "未采纳", "note": "权属未定"}


def test_the_recognised_class_comes_before_the_units_own() -> None:
    assert case()["class"] == "B"
    assert case(recognised_class="C")["class"] == "C"


def test_people_of_whom_the_members_service_says_nothing_have_no_name() -> None:
    assert case(first_proposer="m-gone")["proposer"] == "（姓名不详）"
    unknown = case(cosignatures=[signature("m-gone")])
    assert unknown["cosigners"] == ["（姓名不详）"]


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_one_that_the_proposals_service_has(kind: str) -> None:
    assert set(FIELDS[kind]) <= ROW_FIELDS


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (15, "十五"), (20, "二十"), (42, "四十二")],
)
def test_numbers_of_sessions_are_chinese(number: int, text: str) -> None:
    assert chinese(number) == text


def test_a_draft_belongs_to_no_session() -> None:
    assert session_of(15, None) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-03-05T23:30:00+00:00", "2017年3月6日"),  # in China
        ("2017-03-05T23:30:00+08:00", "2017年3月5日"),
        ("2017-12-31", "2017年12月31日"),
        (None, ""),
        ("", ""),
    ],
)
def test_days_are_those_of_china(text: Any, day: str) -> None:
    assert written(text) == day
    assert (day_of(text) is None) is (day == "")


def test_text_is_made_fit_for_documents() -> None:
    assert plain(" 一\x00二\x0b三\ud800\ufffe \r\n四\t五 ") == "一二三 \n四\t五"
    assert lines("一\n\n \r\n 二 ") == ["一", "二"]
    assert plain(None) == ""
