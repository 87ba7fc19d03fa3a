"""What the operations of performance are given: appeals."""

from __future__ import annotations

from typing import Annotated

from services.performance.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Flag, Id, Many, Text

APPEAL = Answer("appeal", "PointsAppeal", "申诉。The appeal afterwards.")

AppealId = Annotated[str, about(Id("PointsAppeal"), "申诉编号。Global id of the appeal.")]
AppealText = Annotated[str, about(Text(1, 2000), "申诉内容。What is wrong or missing.")]
EntryIds = Annotated[
    list[str],
    about(
        Many(Id("LedgerEntry", 500), high=50),
        "涉及的账目。Global ids of ledger entries.",
        default=list,
    ),
]
Upheld = Annotated[bool, about(Flag(), "是否成立。Whether it is upheld.")]
Grounds = Annotated[str, about(Text(1, 2000), "答复理由。Reason of the answer.")]
Credits = Annotated[
    list[common.PointsCreditInput],
    about(Many(Of(common.PointsCreditInput), high=20), "补记。Facts to credit.", default=list),
]
Strikes = Annotated[
    list[str],
    about(
        Many(Id("LedgerEntry", 500), high=20),
        "冲销的账目。Entries to take back.",
        default=list,
    ),
]
