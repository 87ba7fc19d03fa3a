"""What the operations of outcomes are given: items."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.outcomes.domain import kinds
from services.outcomes.schemas.files import ITEM as ITEM
from shared.operations import about
from shared.schemas import Choice, Flag, Number, Text, When

AdoptionGiven = Annotated[
    kinds.Adoption, about(Choice(kinds.Adoption), "是否采纳。Whether it is adopted.")
]
Result = Annotated[str, about(Text(2, 5000), "答复内容。The answer.")]
CarriedOutBy = Annotated[
    datetime, about(When(), "落实期限，不填为设置的天数。Until when it is carried out.")
]
DoneBy = Annotated[
    datetime, about(When(), "重新落实的期限，不填为设置的天数。Until when it is to be done.")
]
Accepted = Annotated[bool, about(Flag(), "是否认可理由。Whether the reason is accepted.")]
ProgressText = Annotated[str, about(Text(2, 5000), "进展情况。How far it is.")]
Percent = Annotated[int, about(Number(0, 100), "完成比例（%）。Done, in percent.")]
Done = Annotated[bool, about(Flag(), "是否已经落实。Whether it is done.", default=False)]
Verified = Annotated[bool, about(Flag(), "核实是否通过。Whether it is verified.")]
VisitText = Annotated[str, about(Text(2, 5000), "回访情况。What was found.")]
IsMajor = Annotated[bool, about(Flag(), "是否重大改革举措。Whether a major reform measure.")]
