"""What the operations of outcomes are given: files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.outcomes.domain import kinds
from shared.operations import Answer, about
from shared.schemas import Choice, CodeText, Id, Many, Number, Text, When

OUTCOME = Answer("outcome", "OutcomeFile", "成果档案。The file afterwards.")
ITEM = Answer("item", "OutcomeItem", "意见。The item afterwards.")

SourceKind = Annotated[kinds.Source, about(Choice(kinds.Source), "来源。What it is of.")]
Reference = Annotated[
    str,
    about(
        CodeText(1, 120),
        "来源的编号或文号，同一来源只有一份档案。Number or id of the source; one file for each.",
    ),
]
FileText = Annotated[str, about(Text(0, 20000), "内容摘要。What it is about.", default="")]
Organisations = Annotated[
    list[str],
    about(Many(Id("Organisation"), high=20), "其他参与组织。Others that take part.", default=list),
]
ItemText = Annotated[str, about(Text(2, 5000), "意见内容。The opinion.")]
InstructionLevel = Annotated[kinds.Level, about(Choice(kinds.Level), "批示层级。Level.")]
Leader = Annotated[str, about(Text(1, 60), "批示领导（职务）。Who instructs, by post.")]
InstructionText = Annotated[str, about(Text(1, 2000), "批示内容。What was written.")]
InstructedOn = Annotated[datetime, about(When(), "批示时间。When.")]
InstructionId = Annotated[str, about(Id(), "批示编号。Id of the instruction.")]
RouteTaken = Annotated[kinds.Route, about(Choice(kinds.Route), "转化途径。Route.")]
ConversionReference = Annotated[
    str, about(CodeText(1, 300), "文号、期号、网址或活动编号。Number, issue, address or id.")
]
ConvertedOn = Annotated[datetime, about(When(), "日期。When.")]
ConversionNo = Annotated[int, about(Number(1, 1000), "转化记录序号。Number of the record.")]
Openness = Annotated[kinds.Disclosure, about(Choice(kinds.Disclosure), "公开方式。How much.")]
