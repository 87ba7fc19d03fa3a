"""What the operations of publicity are given: manuscripts and channels."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.publicity.domain import states
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Text, When

CONTENT = Answer("content", "PublicityContent", "宣传稿件。The manuscript afterwards.")

ContentId = Annotated[str, about(Id("PublicityContent"), "稿件编号。Global id.")]
Title = Annotated[str, about(Text(2, 64), "标题。Title.")]
Column = Annotated[str, about(Text(2, 30), "栏目，如“委员风采”。Column.")]
Body = Annotated[str, about(Text(2, 20000), "正文，空行分段。Text; blank lines part paragraphs.")]
Byline = Annotated[str, about(Text(0, 60), "署名。Author as shown.", default="")]
PhotoRights = Annotated[
    str, about(Text(0, 300), "图片来源及授权。Whose the photos are.", default="")
]
Members = Annotated[
    list[str], about(Many(Id("Member"), high=50), "介绍的委员。Members shown.", default=list)
]
IsModel = Annotated[bool, about(Flag(), "是否履职典型（F8）。Model of duty.", default=False)]
Event = Annotated[str, about(Text(2, 200), "相关履职活动。Duty event that it tells of.")]
Step = Annotated[
    states.ContentState, about(Choice(states.ContentState), "审次。Which review this is.")
]
Passed = Annotated[bool, about(Flag(), "是否通过。Whether it passes.")]
Words = Annotated[str, about(Text(2, 1000), "审稿意见。Words, or why it is sent back.")]
Agreed = Annotated[bool, about(Flag(), "是否同意。Whether agreed to.")]
Channel = Annotated[states.Channel, about(Choice(states.Channel), "渠道。Channel.")]
PlannedAt = Annotated[datetime, about(When(), "计划发布时间。When to publish.")]
OwnTitle = Annotated[str, about(Text(2, 64), "该渠道标题。The channel's own title.")]
OwnBody = Annotated[str, about(Text(2, 20000), "该渠道正文。The channel's own text.")]
Issue = Annotated[str, about(Text(2, 30), "刊期，如“2017年第1期”。Issue of the magazine.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]


class ContentFilter(TypedDict, total=False):
    """稿件筛选条件。All of these must hold."""

    state: Annotated[states.ContentState, about(Choice(states.ContentState), "状态。State.")] | None
    column: Column | None
