"""What the operations of consultations are given: research projects."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.consultations.domain import states
from services.consultations.schemas import common
from shared.operations import about
from shared.operations.arguments import Of, OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

ResearchId = Annotated[str, about(Id("ResearchProject"), "编号。Global id of the project.")]
WrittenResearchId = Annotated[
    str, about(Id("ResearchProject"), "编号，不填则新建。Global id; a new one if absent.")
]
Organiser = Annotated[str, about(Id("Organisation"), "牵头单位。Who carries it.")]
Outline = Annotated[str, about(Text(0, 5000), "调研提纲。Outline.", default="")]
TeamLeader = Annotated[str, about(Id("Member"), "组长。Leader of the team.")]
ForMotion = Annotated[str, about(Id("Motion"), "所为的建议案。Motion that it is for.")]
ForConsultation = Annotated[
    str, about(Id("Consultation"), "所为的协商。Consultation that it is for.")
]
VisitedOn = Annotated[datetime, about(When(), "调研时间。When.")]
Place = Annotated[str, about(Text(2, 100), "地点。Place.")]
Came = Annotated[list[str], about(Many(Id("Member"), high=100), "参加的委员。Who took part.")]
Notes = Annotated[str, about(Text(0, 5000), "记录。Notes.", default="")]
VisitNo = Annotated[int, about(Number(1, 1000), "调研记录序号。Number of the visit.")]


class ResearchFindingInput(TypedDict):
    """一条发现的问题。A finding."""

    text: Annotated[str, about(Text(2, 2000), "内容。Text.")]
    visit_no: (
        Annotated[int, about(Number(1, 1000), "出自哪次调研。The visit that it is from.")] | None
    )


Findings = Annotated[
    list[ResearchFindingInput],
    about(Many(Of(ResearchFindingInput), high=100), "发现的问题。Findings."),
]
ReportText = Annotated[str, about(Text(2, 50000), "报告正文。Text of the report.")]
Accepted = Annotated[bool, about(Flag(), "是否采用。Whether it is accepted.")]


class ResearchFilter(TypedDict, total=False):
    """调研课题的筛选。Filter of research projects."""

    states: Annotated[
        list[states.ResearchState],
        about(Many(Choice(states.ResearchState), 1, 5), "状态之一。In one of these states."),
    ]
    organiser: Annotated[str, about(Id("Organisation"), "牵头单位。Who carries it.")] | None
    topic_code: OfTopic | None
    year: common.Year | None
    own: Annotated[bool, about(Flag(), "只看本人参加的。One's own only.")] | None
