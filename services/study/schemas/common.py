"""What the operations of study are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.study.domain import sessions
from shared.operations import about
from shared.schemas import Choice, Id, Number, Text, When

Organiser = Annotated[str, about(Id("Organisation"), "组织单位。Global id of who organises it.")]
Track = Annotated[sessions.Track, about(Choice(sessions.Track), "课程方向。Course track.")]
MaterialId = Annotated[str, about(Id("StudyMaterial"), "编号。Global id of the material.")]
Opinion = Annotated[str, about(Text(1, 1000), "意见。Opinion.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
Title = Annotated[str, about(Text(2, 100), "名称。Title.")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
EndsAt = Annotated[datetime, about(When(), "结束时间。End.")]
Place = Annotated[str, about(Text(1, 100), "地点。Place.")]
SessionId = Annotated[str, about(Id("StudySession"), "编号。Global id of the session.")]
ClassId = Annotated[str, about(Id("RotationClass"), "编号。Global id of the class.")]
MemberId = Annotated[str, about(Id("Member"), "委员编号。Global id of the member.")]
