"""What the operations of proposals are given: honouring."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.proposals.domain import honour_records
from services.proposals.schemas import common
from shared.operations import about
from shared.schemas import Choice, CodeText, Day, Flag, Id, ProperName, Text

DocNo = Annotated[str, about(CodeText(1, 60), "决定文号。Number of the decision.")]
DecidedOn = Annotated[date, about(Day(), "决定日期。Day of the decision.")]
Name = Annotated[str, about(ProperName(1, 40), "姓名。Name.")]
Rank = Annotated[honour_records.Rank, about(Choice(honour_records.Rank), "领导类别。Rank.")]
ProposalMemberId = Annotated[
    str, about(Id("Member"), "是委员的，其委员编号。The member, where it is one.")
]
ProposalNote = Annotated[str, about(Text(1, 2000), "评议情况。What came of it.")]
Source = Annotated[str, about(Text(1, 500), "抄袭来源。What it was taken from.")]
HonouringReason = Annotated[str, about(Text(1, 2000), "理由。Reason.")]
ProposalStatement = Annotated[str, about(Text(1, 20000), "陈述或申诉。Statement or appeal.")]
Upheld = Annotated[bool, about(Flag(), "是否认定。Whether it is plagiarism.")]
Confirmed = Annotated[bool, about(Flag(), "是否确认。Whether it is confirmed.")]


class RecordKeyMeeting(TypedDict):
    """What `RecordKeyMeeting` is given."""

    people: common.People
    minutes: Annotated[str, about(Text(1, 20000), "纪要。Minutes.")]
