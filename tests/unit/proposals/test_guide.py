"""The yearly guide of topics, and hints while drafting (rows 2.5 and 14.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.proposals.domain import errors
from services.proposals.domain.details import Details
from services.proposals.domain.guide import Topic, TopicGuide, guide_id, hints
from services.proposals.domain.states import Category
from services.proposals.domain.text import Text
from shared.contracts import names
from tests.unit.proposals.samples import LATER, NOW

WATER = Topic(Category.URBAN_RURAL, "老旧住宅小区二次供水", "设施改造与管理")
TRUST = Topic(Category.ECONOMIC, "企业诚信体系")


def guide() -> TopicGuide:
    return TopicGuide(guide_id(2017), 2017, 15)


def test_what_is_written_is_read_once_it_is_published() -> None:
    written = guide()
    written.save([WATER])
    assert (written.published, written.edition) == ((), 0)
    written.publish(NOW)
    assert (written.published, written.published_at, written.edition) == ((WATER,), NOW, 1)
    written.save([WATER, TRUST])
    assert written.published == (WATER,)
    written.publish(LATER)
    assert [data for _, data in written.events] == [
        {"guide_id": "guide-2017", "year": 2017, "edition": 1, "topics": 1},
        {"guide_id": "guide-2017", "year": 2017, "edition": 2, "topics": 2},
    ]
    assert {event for event, _ in written.events} == {names.TOPIC_GUIDE_PUBLISHED}


def test_an_empty_guide_and_one_without_a_change_are_not_published() -> None:
    written = guide()
    with pytest.raises(errors.GuideEmpty):
        written.publish(NOW)
    written.save([WATER])
    written.publish(NOW)
    with pytest.raises(errors.GuidePublished):
        written.publish(LATER)


GOOD: dict[str, Any] = {
    "title": "关于加强老旧住宅小区二次供水的建议",
    "situation": "全区现有老旧住宅小区126个，其中83个仍使用屋顶水箱，"
    "去年水质抽检合格率为71%，居民投诉412件，涉及住户3.2万户，反映集中在水黄和水压不足两方面。",
    "analysis": "产权不清，管理责任不明。",
    "suggestions": ("由区住建局牵头三年内分批完成二次供水设施改造",),
}
CONTACT: dict[str, Any] = {"contact_person": "陆晓芸", "contact_phone": "13812345678"}
CHOSEN = Details(topics=("二次供水",), advised_units=("unit-zjj",), **CONTACT)


def codes(details: Details = CHOSEN, likeness: float = 0.0, **changes: Any) -> list[str]:
    text = Text(**{**GOOD, **changes})
    return [f"{h.code} {h.field}" for h in hints(text, details, [WATER], likeness)]


def test_a_good_text_gets_no_hint() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "二次供水"}, "TITLE_FORM title"),
        ({"title": "关于供水和道路和停车的建议"}, "ONE_MATTER title"),
        ({"situation": "水质不好，有3个小区。"}, "SITUATION_SHORT situation"),
        ({"situation": "仍有小区使用屋顶水箱，水质难以保证，" * 5}, "NO_FIGURES situation"),
        ({"analysis": " "}, "NO_ANALYSIS analysis"),
        ({"suggestions": ("尽快改造",)}, "SUGGESTION_SHORT suggestions.0"),
        (
            {"suggestions": (GOOD["suggestions"][0], "区级部门要高度重视二次供水管理工作")},
            "SUGGESTION_VAGUE suggestions.1",
        ),
        ({"suggestions": (GOOD["suggestions"][0],) * 6}, "MANY_SUGGESTIONS suggestions"),
    ],
)
def test_each_hint_says_where(changes: dict[str, Any], expected: str) -> None:
    assert codes(**changes) == [expected]


def test_units_topics_and_similar_ones() -> None:
    nothing = Details(**CONTACT)
    assert codes(nothing) == ["UNITS advisedUnits"]  # the title names a topic of the guide
    assert codes(nothing, title="关于发展乡村旅游的建议") == ["UNITS advisedUnits", "TOPIC topics"]
    assert codes(likeness=0.5) == ["SIMILAR title"]
    assert codes(likeness=0.49) == []


@pytest.mark.parametrize("missing", ["contact_person", "contact_phone"])
def test_without_a_contact_the_unit_cannot_call(missing: str) -> None:
    """The unit sees whom to call if the proposer has said so for this matter (section 3)."""
    assert codes(replace(CHOSEN, **{**CONTACT, missing: None})) == ["CONTACT contactPhone"]


def test_an_empty_form_is_not_scolded() -> None:
    empty: dict[str, Any] = {"title": "", "situation": "", "analysis": "", "suggestions": ()}
    assert codes(**empty) == []
