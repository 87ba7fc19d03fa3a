"""What the operations of outcomes are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.outcomes.domain import kinds
from shared.operations import about
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

OutcomeId = Annotated[str, about(Id("OutcomeFile"), "成果档案编号。Global id of the file.")]
ItemId = Annotated[str, about(Id("OutcomeItem"), "意见编号。Global id of the item.")]
Title = Annotated[str, about(Text(2, 200), "标题。Title.")]
Reason = Annotated[str, about(Text(2, 500), "理由。Reason.")]
Opinion = Annotated[str, about(Text(2, 1000), "意见。Opinion.")]
Authors = Annotated[
    list[str],
    about(Many(Id("Member"), high=50), "提出意见的委员。Whose suggestion it is.", default=list),
]
Unit = Annotated[str, about(Id("Organisation"), "责任单位。Responsible unit.")]
KindOfOutcome = Annotated[
    kinds.Kind, about(Choice(kinds.Kind), "成果种类。Kind of outcome: policy, action, project.")
]
Major = Annotated[
    bool, about(Flag(), "是否重大改革举措。Whether a major reform measure.", default=False)
]
DueAt = Annotated[datetime, about(When(), "反馈期限，不填为设置的天数。Due; the setting's days.")]
Files = Annotated[list[str], about(Many(Id("File"), high=20), "佐证材料。Evidence.", default=list)]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
