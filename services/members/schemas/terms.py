"""What changes of terms and sessions are given."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.members.schemas.common import SectorCode, Texts
from shared.operations import Answer, about
from shared.schemas import Number, When

TERM = Answer("term", "Term", "届。The term afterwards.")
MOST_SECTORS = 99

NewNo = Annotated[int, about(Number(1, 99), "届次，如 15。Number of the term.")]
No = Annotated[int, about(Number(), "届次。Number of the term.")]
StartsOn = Annotated[datetime, about(When(), "开始时间。Beginning.")]
SectorSet = Annotated[
    list[str],
    about(Texts(SectorCode(), MOST_SECTORS), "本届界别代码。Codes of its sectors."),
]


class SessionDates(TypedDict):
    """A session and its dates."""

    no: Annotated[int, about(Number(1, 20), "第几次会议。Number of the session.")]
    opens_at: Annotated[datetime, about(When(), "大会提案开始征集。Proposals from here.")]
    cut_off_at: Annotated[datetime, about(When(), "大会提案截止。Proposals until here.")]
    plenary_from: Annotated[datetime, about(When(), "会议开始。Beginning of the plenary.")]
    plenary_to: Annotated[datetime, about(When(), "会议结束。End of the plenary.")]
