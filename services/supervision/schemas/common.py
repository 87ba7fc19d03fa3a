"""What the operations of supervision are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.supervision.domain import states
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Amount, Choice, Flag, Id, Many, Number, Text, When

SUPERVISION = Answer("supervision", "Supervision", "专项民主监督。The supervision afterwards.")

SupervisionId = Annotated[str, about(Id("Supervision"), "专项监督编号。Global id.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
Words = Annotated[str, about(Text(2, 1000), "意见。Words of who decides.")]
Title = Annotated[str, about(Text(2, 100), "标题。Title.")]
LongText = Annotated[str, about(Text(2, 5000), "内容。Text.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
UnitId = Annotated[str, about(Id("Organisation"), "单位。Global id of the unit.")]
Units = Annotated[
    list[str], about(Many(Id("Organisation"), 0, 50), "被监督单位。Supervised units.")
]
SiteIds = Annotated[
    list[str], about(Many(Id("SupervisionSite"), 0, 100), "监督点位。Sites.", default=list)
]
Files = Annotated[list[str], about(Many(Id("File"), high=9), "附件。Files.", default=list)]
DueAt = Annotated[datetime, about(When(), "期限，不填按设置。Due date; by setting if absent.")]
HeldAt = Annotated[datetime, about(When(), "开始时间。Beginning.")]
EndsAt = Annotated[datetime, about(When(), "结束时间。End.")]
Place = Annotated[str, about(Text(2, 200), "地点。Place.")]
Approved = Annotated[bool, about(Flag(), "是否同意。Whether it is agreed to.")]
Members = Annotated[list[str], about(Many(Id("Member"), high=100), "委员。Members.", default=list)]
SupervisorIds = Annotated[
    list[str], about(Many(Id("Supervisor"), high=50), "民主监督员。Supervisors.", default=list)
]


class PointInput(TypedDict):
    """坐标（WGS 84）。A place, in degrees."""

    latitude: Annotated[float, about(Amount(-90, 90), "纬度。Latitude.")]
    longitude: Annotated[float, about(Amount(-180, 180), "经度。Longitude.")]


class ValueInput(TypedDict):
    """监测数值及限值。A measured value and its limit."""

    indicator: Annotated[str, about(Text(1, 50), "指标，如“总磷”。Indicator.")]
    value: Annotated[float, about(Amount(-1e9, 1e9), "数值。Value.")]
    unit: Annotated[str, about(Text(1, 20), "单位，如“mg/L”。Unit.")]
    limit: Annotated[float, about(Amount(-1e9, 1e9), "限值。Limit it has to keep to.")] | None


Place2D = Annotated[PointInput, about(Of(PointInput), "坐标。Place on the map.")]
Values = Annotated[
    list[ValueInput], about(Many(Of(ValueInput), high=20), "监测数值。Values.", default=list)
]
Severity = Annotated[
    states.Severity, about(Choice(states.Severity), "严重程度。How serious it is.")
]
