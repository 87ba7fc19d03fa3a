"""What the operations of proposals are given: handling."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import assignments, rounds
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Number, Text

Mode = Annotated[assignments.Mode, about(Choice(assignments.Mode), "交办方式。Mode.")]
Note = Annotated[str, about(Text(0, 1000), "说明。Note.", default="")]
No = Annotated[int, about(Number(1, 10000), "联系记录序号。Number of the record.")]
HandlingReason = Annotated[
    str, about(Text(1, 1000), "理由，1至1000字。Reason, 1 to 1000 characters.")
]
AddedUnitId = Annotated[str, about(Id("Organisation"), "增加的单位。The unit that is added.")]
UrgedUnitId = Annotated[str, about(Id("Organisation"), "被催办的单位。The unit that is urged.")]
Way = Annotated[
    assignments.UrgingWay, about(Choice(assignments.UrgingWay), "催办方式。Way of urging.")
]
UrgingText = Annotated[str, about(Text(1, 1000), "催办内容。What is said.")]
SwappedUnitId = Annotated[
    str, about(Id("Organisation"), "改为主办的会办单位。The unit that is to be the main one.")
]
SwapAgreed = Annotated[bool, about(Flag(), "是否同意。Whether agreed.")]
SwapReason = Annotated[
    str, about(Text(0, 1000), "理由，不同意时必填。Reason; needed where refused.", default="")
]
ProposalText = Annotated[str, about(Text(1, 10000), "会办意见。The opinion.")]


class AssignmentUnitInput(TypedDict):
    """一家承办单位。One unit of an assignment."""

    unit_id: Annotated[str, about(Id("Organisation"), "承办单位。The unit.")]
    part: Annotated[assignments.Part, about(Choice(assignments.Part), "承办角色。What it does.")]


class RecordContact(TypedDict):
    """What `RecordContact` is given."""

    way: Annotated[rounds.ContactWay, about(Choice(rounds.ContactWay), "方式。Way.")]
    reached: Annotated[
        bool, about(Flag(), "是否联系上，默认是。Whether reached; true unless told.", default=True)
    ]
    people: Annotated[str, about(Text(1, 200), "参加人。Who took part.")]
    content: Annotated[str, about(Text(0, 4000), "内容。What was said.", default="")]


Units = Annotated[
    list[AssignmentUnitInput], about(Many(Of(AssignmentUnitInput), 1, 20), "承办单位。The units.")
]
