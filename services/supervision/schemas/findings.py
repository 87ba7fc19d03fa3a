"""What the operations of supervision are given: sites, findings, checklists."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.supervision.domain import figures, states
from services.supervision.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of, OfTopic
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

SITE = Answer("site", "SupervisionSite", "监督点位。The site.")
FINDING = Answer("finding", "SupervisionFinding", "发现的问题。The finding.")
CHECKLIST = Answer("checklist", "SupervisionChecklist", "检查清单。The checklist.")

WrittenSiteId = Annotated[str, about(Id("SupervisionSite"), "编号，不填则新建。New if absent.")]
SiteId = Annotated[str, about(Id("SupervisionSite"), "点位编号。Global id of the site.")]
SiteKind = Annotated[states.SiteKind, about(Choice(states.SiteKind), "种类。Kind.")]
Name = Annotated[str, about(Text(1, 100), "名称。Name.")]
Town = Annotated[str, about(Id("Organisation"), "所在镇（街道）。Town.")]
Unit = Annotated[str, about(Id("Organisation"), "责任单位。Responsible unit.")]
Keeper = Annotated[str, about(Text(0, 50), "河长、湖长。Who keeps it.", default="")]
Note = Annotated[str, about(Text(0, 1000), "说明。Note.", default="")]
FindingId = Annotated[str, about(Id("SupervisionFinding"), "问题编号。Global id.")]
InspectionId = Annotated[str, about(Id("SupervisionInspection"), "所在监督检查。Inspection.")]
FoundAt = Annotated[datetime, about(When(), "发现时间，不填为现在。When; now if absent.")]
Problem = Annotated[str, about(Text(2, 2000), "问题描述。What is wrong.")]
Photos = Annotated[
    list[str], about(Many(Id("File"), high=9), "整改前照片。Photos before.", default=list)
]
Confirmed = Annotated[bool, about(Flag(), "是否确认为问题。Whether it is a problem.")]
Verified = Annotated[bool, about(Flag(), "是否核实整改到位。Whether it is verified.")]
Reason = Annotated[str, about(Text(2, 500), "不予认定的理由。Why it is none.")]
ChecklistId = Annotated[str, about(Id("SupervisionChecklist"), "编号，不填则新建。New if absent.")]
Rules = Annotated[str, about(Text(0, 5000), "制度依据。Rules it rests on.", default="")]
Lines = Annotated[list[str], about(Many(Text(1, 200), 1, 50), "检查内容。Lines.")]
Active = Annotated[bool, about(Flag(), "是否启用。Whether in use.", default=True)]
By = Annotated[figures.Grouping, about(Choice(figures.Grouping), "分组方式。Grouping.")]


class AfterInput(TypedDict):
    """整改后照片，与整改前照片成对。The photo after, of a pair."""

    no: Annotated[int, about(Number(1, 9), "整改前照片序号。Number of the photo before.")]
    file: Annotated[str, about(Id("File"), "整改后照片。The photo after.")]


After = Annotated[
    list[AfterInput], about(Many(Of(AfterInput), high=9), "整改后照片。Photos.", default=list)
]


class SiteFilter(TypedDict, total=False):
    """监督点位筛选条件。All of these must hold."""

    kind: SiteKind | None
    town: Town | None
    unit: Unit | None


class FindingFilter(TypedDict, total=False):
    """问题筛选条件。All of these must hold."""

    supervision: common.SupervisionId | None
    site: SiteId | None
    unit: Unit | None
    state: Annotated[states.FindingState, about(Choice(states.FindingState), "状态。State.")] | None
    severity: common.Severity | None
    year: common.Year | None


class ChecklistFilter(TypedDict, total=False):
    """检查清单筛选条件。All of these must hold."""

    topic_code: OfTopic | None
