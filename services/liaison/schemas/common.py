"""What the operations of liaison are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.liaison.domain import leads
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Amount, Choice, Id, Many, Number, Text, When
from shared.schemas import Phone as AnyPhone

PHONE = AnyPhone()

HeldAt = Annotated[datetime, about(When(), "开始时间。Beginning.")]
EventName = Annotated[str, about(Text(2, 100), "名称。Title.")]
Topic = Annotated[str, about(Text(0, 60), "议题。Topic.", default="")]
EndsAt = Annotated[datetime, about(When(), "结束时间。End.")]
Place = Annotated[str, about(Text(1, 100), "地点。Place.")]
Files = Annotated[list[str], about(Many(Id("File"), high=20), "附件。Files.", default=list)]
Opinion = Annotated[str, about(Text(1, 1000), "意见。Opinion.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
Organiser = Annotated[str, about(Id("Organisation"), "主办单位。Organiser.")]
Title = Annotated[str, about(Text(2, 100), "标题。Title.")]
AnswerText = Annotated[str, about(Text(1, 5000), "答复。Answer.")]
LinkId = Annotated[str, about(Id("ContactLink"), "联系关系编号。Global id of the link.")]
On = Annotated[datetime, about(When(), "日期。When.")]
MaybePlace = Annotated[str, about(Text(0, 100), "地点。Place.", default="")]
ForwardedTo = Annotated[leads.Target, about(Choice(leads.Target), "去向。Where to.")]
DossierTopic = Annotated[
    str, about(Text(0, 60), "议题，如二次供水。Topic of the dossier.", default="")
]
LeadText = Annotated[str, about(Text(2, 5000), "内容，不含个人信息。Text, without personal data.")]
Phone = Annotated[str, about(PHONE, "电话。Phone.", default="")]
ShortName = Annotated[str, about(Text(2, 60), "名称。Name.")]
CircleId = Annotated[str, about(Id("Circle"), "交流小组编号。Global id of the group.")]
HomeId = Annotated[str, about(Id("MembersHome"), "委员之家编号。Global id of the home.")]
OfTown = Annotated[str, about(Id("Organisation"), "镇（街道）。Of this town.")]
OfHome = Annotated[str, about(Id("MembersHome"), "委员之家。Of this home.")]
OnTopic = Annotated[str, about(Text(1, 60), "议题。On this topic.")]
Client = Annotated[str, about(Text(0, 128), default="", hidden=True)]


class MapPointInput(TypedDict):
    """坐标（WGS 84）。A place on the map, in degrees."""

    latitude: Annotated[float, about(Amount(-90, 90), "纬度。Latitude.")]
    longitude: Annotated[float, about(Amount(-180, 180), "经度。Longitude.")]


Location = Annotated[MapPointInput, about(Of(MapPointInput), "坐标。Place on the map.")]
