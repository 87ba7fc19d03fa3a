"""What a proposal keeps about being singled out: key case, award, finding of plagiarism."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from shared.labels import Labelled


class KeyState(Labelled):
    """重点提案状态。State of a key proposal."""

    CANDIDATE = "CANDIDATE", "推荐", "Candidate"
    SELECTED = "SELECTED", "已确定", "Selected"
    LED = "LED", "领办督办", "Led"
    MEETING_HELD = "MEETING_HELD", "已开督办会", "Meeting held"
    APPRAISED = "APPRAISED", "已评议", "Appraised"
    DONE = "DONE", "办结", "Done"


K = KeyState
# Every state but DONE leads back to CANDIDATE where plagiarism is found.
KEY_MOVES: dict[KeyState, frozenset[KeyState]] = {
    K.CANDIDATE: frozenset({K.SELECTED}),
    K.SELECTED: frozenset({K.LED, K.CANDIDATE}),
    K.LED: frozenset({K.MEETING_HELD, K.CANDIDATE}),
    K.MEETING_HELD: frozenset({K.APPRAISED, K.CANDIDATE}),
    K.APPRAISED: frozenset({K.DONE, K.CANDIDATE}),
    K.DONE: frozenset({K.CANDIDATE}),
}


class Rank(Labelled, name="LeaderRank"):
    """领办、督办领导。Who leads a key proposal."""

    HEAD = (
        "HEAD",
        "党政主要领导",
        "Head of Party or government",
    )  # the head of the district's Party committee or government
    DEPUTY_HEAD = "DEPUTY_HEAD", "区政府领导", "Deputy head of the district"
    CPPCC_LEADER = "CPPCC_LEADER", "政协领导", "Leader of the CPPCC"


class PlagiarismState(Labelled):
    """抄袭认定状态。State of a finding of plagiarism."""

    REPORTED = "REPORTED", "已反映", "Reported"
    DISMISSED = "DISMISSED", "不认定", "Dismissed"
    CONFIRMED = "CONFIRMED", "已认定", "Confirmed"
    APPEALED = "APPEALED", "申诉中", "Appealed"
    OVERTURNED = "OVERTURNED", "已撤销", "Overturned"


@dataclass(frozen=True)
class Nomination:
    account_id: str | None
    role: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Leader:
    """`member_id` where the leader is a member."""

    name: str
    rank: Rank
    member_id: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting that urges the handling (督办会); `held_on` ISO date, `files` ids."""

    held_on: str
    people: str
    minutes: str
    files: tuple[str, ...]
    recorded_at: datetime
    account_id: str | None


@dataclass
class KeyCase:
    """`doc_no` and `decided_on` (ISO date) name the Chairpersons' Council's decision."""

    state: KeyState = K.CANDIDATE
    nominations: list[Nomination] = field(default_factory=list)
    occurrence_no: int = 0  # of selections
    doc_no: str | None = None
    decided_on: str | None = None
    selected_at: datetime | None = None
    leader: Leader | None = None
    meetings: list[Meeting] = field(default_factory=list)
    appraisal: str | None = None  # id of the democratic appraisal, or what was noted
    appraised_at: datetime | None = None
    done_at: datetime | None = None
    history: list[dict[str, Any]] = field(default_factory=list)

    def require(self, states: Collection[KeyState]) -> None:
        """Raises KeyWrongState outside `states`."""
        if self.state not in states:
            raise errors.KeyWrongState.of(self.state)

    def move(self, to: KeyState, at: datetime) -> None:
        if to not in KEY_MOVES[self.state]:
            raise errors.KeyWrongState.of(self.state)
        self.state = to
        self.history.append({"to": to.value, "at": at})


@dataclass
class Award:
    """Excellent proposal of a year."""

    year: int
    doc_no: str
    decided_on: str
    at: datetime
    occurrence_no: int
    revoked_at: datetime | None = None
    reason: str | None = None


@dataclass
class Plagiarism:
    """`source` is what it was taken from; `upheld` a decision that waits for the second person."""

    source: str
    reason: str
    reported_by: str | None
    reported_at: datetime
    occurrence_no: int = 0  # of confirmed findings
    state: PlagiarismState = PlagiarismState.REPORTED
    statement: str | None = None
    upheld: bool | None = None
    decision: str | None = None
    decided_by: str | None = None
    confirmed_by: str | None = None
    appeal_by: datetime | None = None
    appeal: str | None = None
    decide_by: datetime | None = None  # decision 41
