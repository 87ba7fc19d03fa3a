"""What the operations of consultations are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.consultations.domain import states
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, CodeText, Flag, Id, Many, Number, Text, When

CONSULTATION = Answer("consultation", "Consultation", "协商。The consultation afterwards.")
PLAN = Answer("plan", "ConsultationPlan", "年度协商计划。The plan afterwards.")
RESEARCH = Answer("research", "ResearchProject", "调研课题。The project afterwards.")
MOTION = Answer("motion", "Motion", "建议案。The motion afterwards.")
VIEW = Answer("view", "PublicView", "群众意见。The view afterwards.")

ConsultationId = Annotated[str, about(Id("Consultation"), "编号。Global id of the consultation.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
WhyNot = Annotated[
    str, about(Text(0, 500), "不通过的理由。Reason, if it is not passed.", default="")
]
Passed = Annotated[bool, about(Flag(), "是否通过。Whether it passes.")]
Title = Annotated[str, about(Text(2, 100), "题目。Title.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
Files = Annotated[list[str], about(Many(Id("File"), high=20), "附件。Files.", default=list)]
DocumentNo = Annotated[str, about(CodeText(2, 50), "党委文件文号。Number of the document.")]
DecidedOn = Annotated[datetime, about(When(), "审定时间。When it was decided.")]
Departments = Annotated[
    list[str],
    about(Many(Id("Organisation"), high=30), "参加部门。Departments that are heard.", default=list),
]
Members = Annotated[list[str], about(Many(Id("Member"), high=400), "委员。Members.", default=list)]
MainAuthors = Annotated[
    list[str], about(Many(Id("Member"), high=3), "执笔人。Named main authors.", default=list)
]
FeedbackText = Annotated[str, about(Text(2, 10000), "采纳和反馈情况。What became of it.")]
FeedbackNo = Annotated[str, about(CodeText(0, 50), "反馈文号。Its document number.", default="")]
FeedbackOn = Annotated[datetime, about(When(), "反馈时间，不填为现在。When; now if absent.")]


class ConsultationOpinionInput(TypedDict):
    """一条意见。An opinion, handed over to the adoption archive."""

    text: Annotated[str, about(Text(2, 2000), "内容。Text.")]
    kind: (
        Annotated[states.OpinionKind, about(Choice(states.OpinionKind), "策、举、事。Kind.")] | None
    )
    unit: Annotated[str, about(Id("Organisation"), "建议办理单位。Unit that it is for.")] | None
    authors: Annotated[
        list[str], about(Many(Id("Member"), high=20), "提出人。Whose it is.", default=list)
    ]


Items = Annotated[
    list[ConsultationOpinionInput],
    about(Many(Of(ConsultationOpinionInput), high=50), "意见建议。Opinions.", default=list),
]
