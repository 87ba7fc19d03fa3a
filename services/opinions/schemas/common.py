"""What the operations of opinions are given: common."""

from __future__ import annotations

from typing import Annotated

from services.opinions.domain import states
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Number, Text

OPINION = Answer("opinion", "Opinion", "社情民意信息。The item afterwards.")

OpinionId = Annotated[str, about(Id("Opinion"), "编号。Global id of the item.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
Title = Annotated[str, about(Text(2, 60), "标题，如“关于…的建议”。Title.")]
Facts = Annotated[str, about(Text(0, 5000), "情况反映。What is the matter.", default="")]
Suggestion = Annotated[str, about(Text(0, 5000), "意见建议。What is suggested.", default="")]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
Level = Annotated[states.Level, about(Choice(states.Level), "层级。Level above the district.")]
UnitId = Annotated[str, about(Id("Organisation"), "承办单位。Global id of the unit.")]
Files = Annotated[list[str], about(Many(Id("File"), high=9), "附件。Files.", default=list)]
Selected = Annotated[bool, about(Flag(), "是否评为优秀信息。Whether it is selected.")]
