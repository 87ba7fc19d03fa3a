"""What the operations of proposals are given: review."""

from __future__ import annotations

from typing import Annotated

from services.proposals.domain import labels, refusal, states, verdicts
from services.proposals.schemas.merging import Against as Against
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Number, Text

START = Answer("start", "CounterStart", "编号起始。The series and its first number.")

ReviewComment = Annotated[str, about(Text(1, 1000), "意见。Comment.")]
ReviewUnits = Annotated[
    list[str], about(Many(Id("Organisation"), high=20), "审查意见承办单位。Units suggested.")
]
ReviewOpinion = Annotated[str, about(Text(0, 2000), "审查意见。Opinion.")]
OneMatter = Annotated[bool, about(Flag(), "确认一事一案。One matter, confirmed.")]
ReviewReason = Annotated[
    refusal.NotFiledReason, about(Choice(refusal.NotFiledReason), "理由。Reason.")
]
Disposition = Annotated[
    refusal.Disposition, about(Choice(refusal.Disposition), "处理方式。Disposition.")
]
NotFileProposalComment = Annotated[str, about(Text(1, 2000), "说明。Comment.")]
ReferenceUnits = Annotated[
    list[str],
    about(Many(Id("Organisation"), high=20), "送阅单位，限送参阅。Who gets it for reference."),
]
ReferralAgreed = Annotated[bool, about(Flag(), "是否同意。Whether agreed.")]
ReferralComment = Annotated[str, about(Text(0, 1000), "说明。Comment.", default="")]
Verdict = Annotated[verdicts.Verdict, about(Choice(verdicts.Verdict), "拟结论。Verdict.")]
FiledCategory = Annotated[
    states.Category, about(Choice(states.Category), "审定类别。Category as reviewed.")
]
FirstOpinion = Annotated[str, about(Text(0, 2000), "初审意见。Opinion.", default="")]
CommitteeText = Annotated[str, about(Text(1, 4000), "意见。The comment.")]
Agreed = Annotated[bool, about(Flag(), "是否同意重新审查。Whether agreed.")]
ProposalConfirmed = Annotated[bool, about(Flag(), "是否确认。Whether confirmed.")]
WithdrawProposalReason = Annotated[str, about(Text(0, 1000), "理由。Reason.", default="")]
ProposalAgreed = Annotated[bool, about(Flag(), "是否同意。Whether agreed.")]
DecideWithdrawalReason = Annotated[
    str, about(Text(0, 1000), "不同意的理由。Reason of a refusal.", default="")
]
StartKind = Annotated[
    labels.CounterKind, about(Choice(labels.CounterKind), "编号种类。Kind of series.")
]
StartTerm = Annotated[int, about(Number(1, 99), "届次。Term.")]
StartSession = Annotated[int, about(Number(1, 99), "会议次数。Session.")]
FirstNumber = Annotated[int, about(Number(1, 9999), "起始号。First number.")]
