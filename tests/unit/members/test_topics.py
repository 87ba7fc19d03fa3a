"""The taxonomy: two levels, renamed and ended, never deleted (decision 56)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.members.domain.errors import (
    NothingToChange,
    TopicEnded,
    TopicInUse,
    TopicParentUnfit,
)
from services.members.domain.topic import Topic
from services.members.repository.master_data import read
from shared.schemas import TopicCode

FIRST, LATER = date(2017, 1, 1), date(2017, 6, 1)


def area(**changes: Any) -> Topic:
    return Topic(
        **{"id": "ECOLOGY", "name": "生态", "parent": None, "valid_from": "2017-01-01"} | changes
    )


def water() -> Topic:
    return Topic.create("WATER", "水质", area(), FIRST)


def test_a_topic_tells_its_whole_state() -> None:
    assert water().events == [
        (
            "topic_changed",
            {
                "code": "WATER",
                "name": "水质",
                "parent": "ECOLOGY",
                "valid_from": "2017-01-01",
                "valid_to": None,
            },
        )
    ]


def test_there_are_two_levels_and_an_area_in_being() -> None:
    for parent in (water(), area(valid_to="2017-01-01"), area(valid_from="2017-01-02")):
        with pytest.raises(TopicParentUnfit):
            Topic.create("RIVER", "河流", parent, FIRST)


def test_from_the_day_of_its_end_it_may_not_be_chosen() -> None:
    topic = water()
    topic.end(LATER, in_use=False)
    assert (topic.valid_on(date(2017, 5, 31)), topic.valid_on(LATER)) == (True, False)
    assert topic.events[-1][1]["valid_to"] == "2017-06-01"
    with pytest.raises(TopicEnded):
        topic.end(LATER, in_use=False)


def test_an_end_before_the_beginning_is_the_beginning() -> None:
    topic = water()
    topic.end(date(2016, 1, 1), in_use=False)
    assert topic.valid_to == "2017-01-01"


def test_an_area_in_use_stays() -> None:
    with pytest.raises(TopicInUse):
        area().end(LATER, in_use=True)


def test_a_name_is_changed_once() -> None:
    topic = water()
    topic.rename("水环境")
    assert topic.events[-1][1]["name"] == "水环境"
    with pytest.raises(NothingToChange):
        topic.rename("水环境")


def test_the_plan_names_five_areas_and_eight_topics() -> None:
    rows = read("topics")
    areas = [row["name"] for row in rows if "parent" not in row]
    assert areas == [
        "加快经济转型升级",
        "促进城乡统筹发展",
        "加强生态环境建设",
        "保障和改善民生",
        "维护社会和谐稳定",
    ]
    below = [row["name"] for row in rows if "parent" in row]
    assert below == ["就业", "医疗", "教育", "卫生", "社会保障", "空气", "土壤", "水质"]
    for row in rows:
        assert TopicCode().deserialize(row["id"]) == row["id"]
