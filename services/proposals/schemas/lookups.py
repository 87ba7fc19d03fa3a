"""What the operations of proposals are given: lookups."""

from __future__ import annotations

from typing import Annotated, TypedDict

from shared.operations import about
from shared.operations.arguments import Of, TopicCodes
from shared.schemas import Id, Many, Number, Text

Besides = Annotated[
    str, about(Id("Proposal"), "不与此提案比较。Leave this one out of the comparison.")
]
Before = Annotated[int, about(Number(1, 10000), "前一版本号。Number of the former version.")]
Later = Annotated[int, about(Number(1, 10000), "后一版本号。Number of the later version.")]


class DraftTextInput(TypedDict):
    """起草中的内容，不必已保存。A text as it stands, saved or not."""

    title: Annotated[str, about(Text(0, 200), "案由。Title.", default="")]
    situation: Annotated[str, about(Text(0, 20000), "情况。Situation.", default="")]
    analysis: Annotated[str, about(Text(0, 20000), "分析。Analysis.", default="")]
    suggestions: Annotated[
        list[str], about(Many(Text(0, 20000), high=100), "建议条目。Suggestions.", default=list)
    ]


class DraftDetailsInput(TypedDict):
    """与内容一起填写的。What is filled in beside the text."""

    topics: Annotated[list[str], about(Many(Text(1, 40), high=10), "主题。Topics.", default=list)]
    topic_codes: TopicCodes
    advised_units: Annotated[
        list[str],
        about(Many(Id("Organisation"), high=20), "建议承办单位。Units advised.", default=list),
    ]


NOTHING_BESIDE: DraftDetailsInput = {"topics": [], "topic_codes": [], "advised_units": []}

DraftText = Annotated[DraftTextInput, about(Of(DraftTextInput), "内容。The text.")]
Details = Annotated[
    DraftDetailsInput,
    about(Of(DraftDetailsInput), "其他内容。What is beside it.", default=NOTHING_BESIDE),
]
