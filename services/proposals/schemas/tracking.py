"""What the operations of proposals are given: tracking."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.proposals.domain import evaluation, replies
from services.proposals.schemas import common
from shared.operations import about
from shared.schemas import Choice, Day, Flag, Number, Text

ProposalResultClass = Annotated[
    replies.ReplyClass, about(Choice(replies.ReplyClass), "认定类别。The class.")
]
TrackingReason = Annotated[
    str, about(Text(0, 2000), "理由，C、D类必填。Reason; needed for C and D.", default="")
]
ProposalNo = Annotated[int, about(Number(1, 10000), "承诺序号。Number of the promise.")]
SupplementNo = Annotated[int, about(Number(1, 1000), "补充意见序号。Number of the opinion.")]
Kept = Annotated[bool, about(Flag(), "是否兑现。Whether it is kept.")]
DueOn = Annotated[date, about(Day(), "新的完成日期。The new date.")]
Kind = Annotated[
    evaluation.CloseKind, about(Choice(evaluation.CloseKind), "办结方式。How it is closed.")
]


class RecordMediation(TypedDict):
    """What `RecordMediation` is given."""

    leader: Annotated[str, about(Text(1, 40), "主持人。Who led it.")]
    people: common.People
    minutes: Annotated[str, about(Text(1, 20000), "会议纪要。Minutes.")]
