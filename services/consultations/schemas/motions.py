"""What the operations of consultations are given: suggestion motions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.consultations.domain import states
from services.consultations.schemas import common
from shared.operations import about
from shared.operations.arguments import OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

MotionId = Annotated[str, about(Id("Motion"), "编号。Global id of the motion.")]
WrittenMotionId = Annotated[
    str, about(Id("Motion"), "编号，不填则列题。Global id; a new one if absent.")
]
Organiser = Annotated[str, about(Id("Organisation"), "起草单位。Committee that drafts it.")]
Priorities = Annotated[
    list[str],
    about(Many(Text(2, 100), high=10), "围绕的党委重点。Priorities that it serves.", default=list),
]
MotionText = Annotated[str, about(Text(0, 20000), "正文。Text.", default="")]
Main = Annotated[
    list[str], about(Many(Id("Organisation"), high=20), "主送。Addressees.", default=list)
]
CopyTo = Annotated[
    list[str], about(Many(Id("Organisation"), high=50), "抄送。Copies.", default=list)
]
MeetingId = Annotated[str, about(Id("Meeting"), "通过的常委会议。Meeting that adopted it.")]
AdoptedOn = Annotated[datetime, about(When(), "通过时间。When it was adopted.")]
Entitled = Annotated[int, about(Number(1, 1000), "应到人数。All members of the committee.")]
InFavour = Annotated[int, about(Number(0, 1000), "赞成票。For.")]
Against = Annotated[int, about(Number(0, 1000), "反对票。Against.")]
Abstained = Annotated[int, about(Number(0, 1000), "弃权票。Abstained.")]


class MotionFilter(TypedDict, total=False):
    """建议案的筛选。Filter of motions."""

    states: Annotated[
        list[states.MotionState],
        about(Many(Choice(states.MotionState), 1, 12), "状态之一。In one of these states."),
    ]
    organiser: Annotated[str, about(Id("Organisation"), "起草单位。Who drafts it.")] | None
    topic_code: OfTopic | None
    year: common.Year | None
    own: Annotated[bool, about(Flag(), "只看本人执笔的。One's own only.")] | None
