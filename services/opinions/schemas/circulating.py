"""What the operations of opinions are given: circulation, instructions, results."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.opinions.domain import states
from shared.operations import about
from shared.schemas import Choice, CodeText, Id, Many, Number, Text, When

To = Annotated[
    list[str],
    about(Many(Id("Organisation"), 1, 10), "报送的区委办、区政府办。Offices of the leaders."),
]
Leaders = Annotated[
    str, about(Text(0, 200), "呈送的领导，如“区委书记、区长”。Which leaders.", default="")
]
Form = Annotated[states.Form, about(Choice(states.Form), "单篇或综合。Alone or with others.")]
UsedBy = Annotated[
    str, about(Text(2, 100), "采用单位或刊物，如“市政协《社情民意》”。Who uses it, or where.")
]
AdoptedOn = Annotated[datetime, about(When(), "采用时间，不填为现在。When; now if absent.")]
InstructionLevel = Annotated[
    states.InstructionLevel,
    about(Choice(states.InstructionLevel), "批示层级。Level of the leader."),
]
Leader = Annotated[str, about(Text(2, 50), "批示领导。Name and office of the leader.")]
InstructionText = Annotated[str, about(Text(2, 1000), "批示内容。What the leader wrote.")]
InstructedOn = Annotated[datetime, about(When(), "批示时间，不填为现在。When; now if absent.")]
DocumentNo = Annotated[str, about(CodeText(0, 50), "文号。Number of the document.", default="")]
ResponsibleUnit = Annotated[
    str, about(Id("Organisation"), "批示指定的承办单位。Unit that is to deal with it.")
]
InstructionNo = Annotated[int, about(Number(1, 1000), "批示序号。Number of the instruction.")]
Note = Annotated[str, about(Text(0, 500), "说明。Note.", default="")]
DueOn = Annotated[
    datetime, about(When(), "反馈期限，不填按设置。When the result is due; by setting if absent.")
]
Result = Annotated[str, about(Text(5, 5000), "办理结果。What was done about it.")]
Adoption = Annotated[
    states.Adoption, about(Choice(states.Adoption), "采纳情况。What was taken up.")
]
NotAdopted = Annotated[
    str, about(Text(0, 500), "未采纳或部分采纳的理由。Why not, or not all.", default="")
]
