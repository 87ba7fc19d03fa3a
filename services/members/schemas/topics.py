"""What the operations on topics are given."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Day, ProperName, TopicCode

TOPIC = Answer("topic", "Topic", "主题。The topic afterwards.")

Code = Annotated[str, about(TopicCode(), "主题代码，如 WATER。Code of the topic.")]
Name = Annotated[str, about(ProperName(2, 30), "名称。Name in Chinese.")]
Parent = Annotated[
    str, about(TopicCode(), "所属领域代码，一级领域不填。Code of its area; none for an area.")
]
ValidFrom = Annotated[
    date,
    about(Day(), "启用日期，默认当日。First day on which it may be chosen; today unless told."),
]
EndsOn = Annotated[
    date,
    about(Day(), "停用日期，自该日起不能再选，默认当日。No more from this day; today unless told."),
]
ParentOnly = Annotated[str, about(TopicCode(), "只看该领域下的。Only those of this area.")]
On = Annotated[date, about(Day(), "该日有效的，默认当日。Valid on this day; today unless told.")]
