"""What the operations of liaison are given: circles."""

from __future__ import annotations

from typing import Annotated

from services.liaison.domain import circles
from shared.operations import Answer, about
from shared.schemas import Choice, Id, Many, Text

CIRCLE = Answer("circle", "Circle", "交流小组。The group afterwards.")
POST = Answer("id", "ID", "发言编号。Global id of the post.", of="CirclePost")

CircleKind = Annotated[circles.CircleKind, about(Choice(circles.CircleKind), "种类。Kind.")]
About = Annotated[str, about(Text(0, 2000), "说明。About.", default="")]
FirstMembers = Annotated[
    list[str], about(Many(Id("Member"), high=500), "成员。Members.", default=list)
]
AllMembers = Annotated[list[str], about(Many(Id("Member"), high=500), "全部成员。All of them.")]
ReplyTo = Annotated[str, about(Id("CirclePost"), "回复的发言。The post that it answers.")]
PostText = Annotated[str, about(Text(1, 5000), "内容。Text.")]
PostId = Annotated[str, about(Id("CirclePost"), "发言编号。Global id of the post.")]
RemovalReason = Annotated[str, about(Text(1, 500), "理由。Reason.")]
