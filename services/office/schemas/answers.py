"""What the operations of office are given: answers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.office.domain import answers
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Many, ProperName, Text

Coming = Annotated[bool, about(Flag(), "是否参加。Whether one comes.")]
ReasonKind = Annotated[answers.LeaveReason, about(Choice(answers.LeaveReason), "请假事由。Why.")]
Reason = Annotated[str, about(Text(2, 500), "请假说明。In words.")]
Granted = Annotated[bool, about(Flag(), "是否准假。Whether it is granted.")]
Opinion = Annotated[str, about(Text(1, 500), "审批意见。Opinion.")]


class MeetingAttendeeInput(TypedDict):
    """单位参会人员。Somebody who comes in an organisation's name."""

    name: Annotated[str, about(ProperName(1, 40), "姓名。Name.")]
    post: Annotated[str, about(Text(0, 60), "职务。Post.", default="")]


Attendees = Annotated[
    list[MeetingAttendeeInput],
    about(Many(Of(MeetingAttendeeInput), 1, 50), "参会人员，全部。All who come."),
]
