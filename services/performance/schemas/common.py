"""What the operations of performance are given: common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from shared.operations import about
from shared.schemas import Id, Number, Text, When

MemberId = Annotated[str, about(Id("Member"), "委员编号。Global id of the member.")]
MemberOrSelf = Annotated[
    str,
    about(
        Id("Member"),
        "委员编号，默认本人在该年度的委员资格。The member; oneself, as of that year, unless told.",
    ),
]
Year = Annotated[int, about(Number(2000, 2100), "年度。Year.")]
OfYear = Annotated[
    int, about(Number(2000, 2100), "年度，默认今年。Year; the current one unless told.")
]
Reason = Annotated[str, about(Text(1, 1000), "理由。Reason.")]
EntryId = Annotated[str, about(Id("LedgerEntry", 500), "账目编号。Global id of the ledger entry.")]


class PointsCreditInput(TypedDict):
    """补记一件事实。A fact to credit under a rule."""

    rule_code: Annotated[str, about(Text(2, 4), "规则代码，如 C1。Code of the rule.")]
    variant: Annotated[
        str,
        about(Text(0, 40), "情形，规则分情形时填写。Case, where the rule has several.", default=""),
    ]
    quantity: Annotated[
        int,
        about(Number(1, 60), "出席半天数，仅全体会议。Half-days present, plenary only.", default=1),
    ]
    out_of: Annotated[
        int,
        about(
            Number(1, 60), "应出席半天数，仅全体会议。Half-days required, plenary only.", default=1
        ),
    ]
    happened_on: Annotated[datetime, about(When(), "发生时间。When it happened.")]
