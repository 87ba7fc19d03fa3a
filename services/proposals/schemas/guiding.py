"""What the operations of proposals are given: guiding."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import states
from shared.operations import Answer, about
from shared.operations.arguments import Of, TopicCodes
from shared.schemas import Choice, Many, Text

GUIDE = Answer("guide", "TopicGuide", "操作后的指南。The guide as it is now.")


class GuideTopicInput(TypedDict):
    """一个选题。One topic."""

    category: Annotated[states.Category, about(Choice(states.Category), "类别。Category.")]
    title: Annotated[str, about(Text(2, 100), "选题。The topic.")]
    note: Annotated[str, about(Text(0, 1000), "说明。Note.", default="")]
    topic_codes: TopicCodes
    themes: Annotated[
        list[str],
        about(Many(Text(1, 100), high=5), "年度主题。Themes of the year's plan.", default=list),
    ]


GuideTopics = Annotated[
    list[GuideTopicInput], about(Many(Of(GuideTopicInput), high=200), "选题。The topics.")
]
