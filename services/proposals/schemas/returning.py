"""What the operations of proposals are given: returning."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.proposals.domain import assignments
from shared.operations import about
from shared.schemas import Choice, CodeText, Day, Flag, Id, Text

Statement = Annotated[str, about(Text(1, 10000), "书面说明。The statement.")]
ProposalSigner = Annotated[str, about(Text(1, 40), "签署人。Who signs.")]
UnitId = Annotated[str, about(Id("Organisation"), "申请退办的单位。The unit that asks.")]
Accepted = Annotated[bool, about(Flag(), "是否同意退办。Whether it may hand it back.")]
NewUnitId = Annotated[
    str,
    about(
        Id("Organisation"),
        "同意时由谁承办，会办件可不指定。Who takes it; a co-handling share may end.",
    ),
]
DissolvedId = Annotated[
    str, about(Id("Organisation"), "已撤销的单位。The dissolved unit.", called="unitId")
]
TakerId = Annotated[str, about(Id("Organisation"), "承接的单位。Who takes it over.")]
ProposalReason = Annotated[str, about(Text(0, 2000), "理由。Reason.")]
ReturningDocNo = Annotated[str, about(CodeText(1, 60), "裁定文号。Number of the decision.")]
ProposalDecidedOn = Annotated[date, about(Day(), "裁定日期。Day of the decision.")]
ObjectedTo = Annotated[
    assignments.ObjectionAbout,
    about(Choice(assignments.ObjectionAbout), "异议所对的决定。What is objected to."),
]
Upheld = Annotated[bool, about(Flag(), "异议是否成立。Whether it is upheld.")]
Until = Annotated[date, about(Day(), "延至哪天。The new due day.")]
ReturningUnitId = Annotated[str, about(Id("Organisation"), "申请单位。The unit.")]
Granted = Annotated[bool, about(Flag(), "是否同意。Whether granted.")]
ReturningReason = Annotated[
    str, about(Text(0, 2000), "理由，不同意时必填。Reason; needed where refused.", default="")
]
