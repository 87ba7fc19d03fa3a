"""What the operations of proposals are given: common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from marshmallow import fields

from shared.operations import Answer, about
from shared.schemas import Day, Id, Many, Number, Text, When

APPRAISAL = Answer("appraisal", "Appraisal", "操作后的评议。The appraisal as it is now.")
PROPOSAL = Answer("proposal", "Proposal", "操作后的提案。The proposal as it is now.")

Title = Annotated[str, about(Text(1, 100), "名称。Title.")]
HeldAt = Annotated[datetime, about(When(), "时间。When.")]
Place = Annotated[str, about(Text(1, 100), "地点。Where.")]
AppraisalId = Annotated[str, about(Id("Appraisal"), "评议编号。Id of the appraisal.", called="id")]
AppraisalReason = Annotated[str, about(Text(1, 1000), "原因。Reason.")]
Code = Annotated[
    str, about(Text(1, 40), "投票码，无账号者用。Voting code, of those without an account.")
]
After = Annotated[str, about(fields.Str(), "从此游标之后开始。Begin after this cursor.")]
Fields = Annotated[list[str], about(Many(Text(1, 40)), hidden=True)]
ProposalId = Annotated[str, about(Id("Proposal"), "提案编号。Id of the proposal.", called="id")]
Reason = Annotated[str, about(Text(0, 1000), "理由。Reason.")]
HeldOn = Annotated[date, about(Day(), "日期。Day.")]
Files = Annotated[list[str], about(Many(Id("File"), high=20), "附件编号。Files.", default=list)]
People = Annotated[str, about(Text(1, 500), "参加人。Who took part.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
Ids = Annotated[list[str], about(Many(Id(), high=100))]
MemberId = Annotated[str, about(Id("Member"), "联名人。The co-signer.")]
