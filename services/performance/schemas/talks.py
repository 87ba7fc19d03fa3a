"""What the operations of performance are given: talks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Id, Text, When

TALK = Answer("talk", "PerformanceTalk", "谈话事项。The talk afterwards.")

TalkId = Annotated[str, about(Id("PerformanceTalk", 200), "谈话事项编号。Global id of the talk.")]
HeldOn = Annotated[datetime, about(When(), "谈话时间。When it was held.")]
Note = Annotated[str, about(Text(1, 2000), "谈话记录。Record of the talk.")]
