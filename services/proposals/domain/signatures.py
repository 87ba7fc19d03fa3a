"""Who stands behind a proposal: co-signatures (联名), seal, paper entry; and who wants it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain.states import OPEN_SIGN, SIGNED, SignState
from shared.labels import Labelled


@dataclass
class Cosignature:
    """One member's co-signature; `occurrence_no` counts the invitations of this member.

    `text_no` is the version of the text that was confirmed; None before.
    """

    member_id: str
    state: SignState
    occurrence_no: int
    invited_at: datetime
    answered_at: datetime | None = None
    text_no: int | None = None

    @property
    def signed(self) -> bool:
        return self.state in SIGNED

    @property
    def open(self) -> bool:
        """Waits for the member's answer."""
        return self.state in OPEN_SIGN


class AuthorAnswer(Labelled):
    """被列为执笔人的答复。Answer of a member who was named as main author."""

    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    DECLINED = "DECLINED", "已谢绝", "Declined"


@dataclass
class Naming:
    """A named main author of a collective proposal was asked (B4, decision 45)."""

    member_id: str
    asked_at: datetime
    answer: AuthorAnswer | None = None
    answered_at: datetime | None = None


@dataclass
class Shortfall:
    """Fewer than V6 asks for after submission: the first proposer decides until `decide_by`."""

    opened_at: datetime
    decide_by: datetime


@dataclass
class Withdrawal:
    """A request to withdraw a filed proposal (decision 23); `occurrence_no` counts them."""

    reason: str
    requested_at: datetime
    occurrence_no: int
    open: bool = True
    decide_by: datetime | None = None  # decision 41


@dataclass
class Seal:
    """The confirmation of a collective proposal by its head (V7, V8)."""

    role: str
    scope: dict[str, str]
    requested_at: datetime
    sealed_at: datetime | None = None
    account_id: str | None = None


@dataclass
class Entry:
    """A paper proposal entered on a member's behalf (decision 18)."""

    account_id: str
    scan: str  # file id of the scanned paper
    entered_at: datetime
    confirmed_at: datetime | None = None
