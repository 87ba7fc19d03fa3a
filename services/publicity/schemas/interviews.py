"""What the operations of publicity are given: interviews."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.publicity.domain import states
from shared.operations import Answer, about
from shared.schemas import Choice, Id, Many, Matching, Text, When

INTERVIEW = Answer("interview", "ProposalInterview", "提案访谈。The interview afterwards.")

InterviewId = Annotated[str, about(Id("ProposalInterview"), "访谈编号。Global id.")]
ProposalId = Annotated[str, about(Id("Proposal"), "访谈的提案。The case.")]
Title = Annotated[str, about(Text(2, 100), "访谈题目。Title.")]
Medium = Annotated[states.Medium, about(Choice(states.Medium), "媒体。Medium.")]
Station = Annotated[str, about(Text(2, 60), "台、报名称及栏目。Station or paper.")]
PlannedAt = Annotated[datetime, about(When(), "计划时间。When planned.")]
Guests = Annotated[
    list[str], about(Many(Id("Member"), high=20), "受访委员。Members who speak.", default=list)
]
RecordedAt = Annotated[datetime, about(When(), "录制时间。When recorded.")]
Notes = Annotated[str, about(Text(0, 2000), "录制情况。Notes.", default="")]
AiredAt = Annotated[datetime, about(When(), "播出或刊出时间。When aired or printed.")]
Url = Annotated[
    str, about(Matching(r"https?://[^\s<>\"]{3,300}", "请填写网址"), "链接。Link to it.")
]


class InterviewFilter(TypedDict, total=False):
    """提案访谈筛选条件。All of these must hold."""

    state: (
        Annotated[states.InterviewState, about(Choice(states.InterviewState), "状态。State.")]
        | None
    )
    proposal: ProposalId | None
