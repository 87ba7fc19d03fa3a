"""What the operations of liaison are given: briefings."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Id, Many, Text

BRIEFING = Answer("briefing", "WorkBriefing", "工作通报。The briefing afterwards.")

BriefingText = Annotated[str, about(Text(1, 50000), "内容。Text.")]
Recipients = Annotated[
    list[str], about(Many(Id("Organisation"), 1, 60), "接收单位。Organisations.")
]
BriefingId = Annotated[str, about(Id("WorkBriefing"), "工作通报编号。Global id of the briefing.")]
