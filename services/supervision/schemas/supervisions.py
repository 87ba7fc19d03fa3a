"""What the operations of supervision are given: special supervisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.supervision.domain import states
from services.supervision.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of, OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

INSPECTION = Answer("inspection", "SupervisionInspection", "监督检查。The inspection.")

WrittenId = Annotated[str, about(Id("Supervision"), "编号，不填则新建。A new one if absent.")]
Form = Annotated[
    states.Form,
    about(Choice(states.Form), "监督形式，默认专项监督。Form.", default=states.Form.SPECIAL),
]
Topic = Annotated[str, about(Text(2, 50), "监督主题，如“河流湖泊生态保护”。Topic.")]
Plan = Annotated[str, about(Text(0, 5000), "监督方案。Plan.", default="")]
PlanBasis = Annotated[
    str, about(Text(0, 200), "年度计划依据。Item of the yearly plan.", default="")
]
Lines = Annotated[
    list[str], about(Many(Text(1, 200), high=50), "检查清单各条。Lines.", default=list)
]
Indicators = Annotated[
    list[str], about(Many(Text(1, 50), high=20), "监督指标。Indicators.", default=list)
]
Leader = Annotated[str, about(Id("Member"), "监督组组长。Leader of the team.")]


class ExpertInput(TypedDict):
    """专家。An expert who is neither a member nor a supervisor."""

    name: Annotated[str, about(Text(1, 50), "姓名。Name.")]
    field: Annotated[str, about(Text(0, 50), "专业。Field.", default="")]
    employer: Annotated[str, about(Id("Organisation"), "任职单位。Employer.")] | None


class OpinionItemInput(TypedDict):
    """一条监督意见。One opinion: problem, basis, measure, unit, due date (5.7)."""

    problem: Annotated[str, about(Text(2, 1000), "问题。Problem.")]
    basis: Annotated[str, about(Text(2, 500), "依据。Basis.")]
    measure: Annotated[str, about(Text(2, 1000), "监督意见。Measure that is suggested.")]
    unit: common.UnitId
    due_at: common.DueAt | None
    findings: Annotated[
        list[str],
        about(Many(Id("SupervisionFinding"), high=50), "所依据的问题。Findings.", default=list),
    ]
    authors: common.Members


class ItemFeedbackInput(TypedDict):
    """对一条监督意见的反馈。What a unit says to one opinion."""

    no: Annotated[int, about(Number(1, 100), "意见序号。Number of the opinion.")]
    adoption: Annotated[states.Adoption, about(Choice(states.Adoption), "采纳情况。Adoption.")]
    result: Annotated[str, about(Text(2, 2000), "整改结果。Result.")]
    reason: Annotated[str, about(Text(0, 500), "未采纳的理由。Why not.", default="")]


class VerdictInput(TypedDict):
    """一条监督意见的回头看结论。Whether one opinion is carried out."""

    no: Annotated[int, about(Number(1, 100), "意见序号。Number of the opinion.")]
    done: Annotated[bool, about(Flag(), "是否整改到位。Whether it is rectified.")]


class LineInput(TypedDict):
    """检查清单一条的结果。Result of a line."""

    no: Annotated[int, about(Number(1, 50), "序号。Number of the line.")]
    result: Annotated[states.CheckResult, about(Choice(states.CheckResult), "结果。Result.")]
    note: Annotated[str, about(Text(0, 500), "说明。Note.", default="")]


Experts = Annotated[
    list[ExpertInput], about(Many(Of(ExpertInput), high=20), "专家。Experts.", default=list)
]
OpinionItems = Annotated[
    list[OpinionItemInput], about(Many(Of(OpinionItemInput), 1, 50), "各条意见。Opinions.")
]
CopyTo = Annotated[
    list[str], about(Many(Id("Organisation"), high=20), "抄送。Copied to.", default=list)
]
Feedback = Annotated[
    list[ItemFeedbackInput], about(Many(Of(ItemFeedbackInput), 1, 50), "逐条反馈。Item by item.")
]
Verdicts = Annotated[
    list[VerdictInput], about(Many(Of(VerdictInput), 1, 50), "逐条结论。Verdicts.")
]
To = Annotated[list[str], about(Many(Id("Organisation"), 1, 5), "主送。Addressees.")]
MainAuthors = Annotated[list[str], about(Many(Id("Member"), 1, 10), "主要执笔人。Main authors.")]
InspectionId = Annotated[str, about(Id("SupervisionInspection"), "监督检查编号。Global id.")]
SiteId = Annotated[str, about(Id("SupervisionSite"), "监督点位。Global id of the site.")]
SheetLines = Annotated[list[LineInput], about(Many(Of(LineInput), 1, 50), "各条结果。Results.")]


class SupervisionFilter(TypedDict, total=False):
    """专项监督筛选条件。All of these must hold."""

    state: (
        Annotated[states.SupervisionState, about(Choice(states.SupervisionState), "状态。State.")]
        | None
    )
    year: common.Year | None
    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Whose.")] | None
    unit: common.UnitId | None
    topic_code: OfTopic | None
    since: Annotated[datetime, about(When(), "此后建立。Made then or later.")] | None
