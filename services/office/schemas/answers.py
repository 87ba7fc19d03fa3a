"""What the operations of office are given: answers."""

from __future__ import annotations

from typing import Annotated

from services.office.domain import answers
from shared.operations import about
from shared.schemas import Choice, Flag, Text

Coming = Annotated[bool, about(Flag(), "是否参加。Whether one comes.")]
ReasonKind = Annotated[answers.LeaveReason, about(Choice(answers.LeaveReason), "请假事由。Why.")]
Reason = Annotated[str, about(Text(2, 500), "请假说明。In words.")]
Granted = Annotated[bool, about(Flag(), "是否准假。Whether it is granted.")]
Opinion = Annotated[str, about(Text(1, 500), "审批意见。Opinion.")]
