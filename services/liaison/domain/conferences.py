"""Joint conference of parties, federation and non-party persons (11.1–11.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class ConferenceState(Labelled, name="JointConferenceState"):
    """联席会议状态。State of a joint conference."""

    PLANNED = "PLANNED", "已安排", "Planned"
    NOTIFIED = "NOTIFIED", "已通知", "Announced"
    HELD = "HELD", "已召开", "Held"
    CLOSED = "CLOSED", "已形成纪要", "Closed with its minutes"
    CANCELLED = "CANCELLED", "已取消", "Called off"


C = ConferenceState
ORDER = (C.PLANNED, C.NOTIFIED, C.HELD, C.CLOSED)


@dataclass
class Conference(Aggregate):
    """participants: ids of the organisations that take part; invited: ids of members.

    taken: the office's facts that were taken in; followed: the version of its meeting that was
    told of last.
    """

    id: str
    term: int
    year: int
    no: int
    title: str
    organiser: str
    held_at: datetime
    ends_at: datetime | None
    place: str
    participants: tuple[str, ...]
    invited: tuple[str, ...]
    agenda: tuple[str, ...]
    state: ConferenceState = C.PLANNED
    reason: str | None = None
    present: dict[str, int] = field(default_factory=dict)  # member id → record number, 0 absent
    attended: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    followed: int = 0
    minutes: str | None = None

    def plan(self) -> None:
        """Ask the office for the meeting (decision 30). Raises ConferenceUnfit."""
        if self.ends_at is not None and self.ends_at <= self.held_at:
            raise errors.ConferenceUnfit("结束时间应晚于开始时间", field="endsAt")
        if len(set(self.participants)) != len(self.participants):
            raise errors.ConferenceUnfit("参加单位重复", field="participants")
        ends = {"ends_at": self.ends_at} if self.ends_at else {}
        told = {
            "meeting_id": self.id,
            "kind": "JOINT_CONFERENCE",
            "organiser": self.organiser,
            "title": self.title,
            "held_at": self.held_at,
            **ends,
            "place": self.place,
            "mandatory": False,
            "half_days": 1,
            "invited": [{"member_id": id, "role": "PARTICIPANT"} for id in self.invited],
            "units": list(self.participants),
        }
        self.tell(names.CONFERENCE_PLANNED, **told)

    def set_agenda(self, agenda: Sequence[str]) -> None:
        self._require({C.PLANNED, C.NOTIFIED})
        self.agenda = tuple(agenda)

    def follow(
        self, to: ConferenceState, held_at: datetime, reason: str | None, version: int
    ) -> bool:
        """What the office tells of the meeting's `version`; late news change nothing."""
        if self.state in (C.CANCELLED, C.CLOSED) or version < self.followed:
            return False
        self.followed = version
        ahead = to is C.CANCELLED or ORDER.index(to) > ORDER.index(self.state)
        moved = self.state in (C.PLANNED, C.NOTIFIED) and held_at != self.held_at
        if not (ahead or moved):
            return False
        if ahead:
            self.state, self.reason = to, reason
        self.held_at = held_at
        return True

    def take_presence(self, fact: str, rows: Sequence[tuple[str, int, bool]]) -> bool:
        """rows: (member id, number of the record that the row makes, present)."""
        if fact in self.taken:
            return False
        self.taken = (*self.taken, fact)
        standing = dict(self.present)
        came = set(self.attended)
        for member_id, no, present in rows:
            if no > standing.get(member_id, 0):
                standing[member_id] = no
                (came.add if present else came.discard)(member_id)
        self.present, self.attended = standing, tuple(sorted(came))
        if self.state in (C.PLANNED, C.NOTIFIED):
            self.state = C.HELD
        return True

    def release(self, member_id: str) -> None:
        """Who has left the committee is expected no more."""
        self.invited = tuple(id for id in self.invited if id != member_id)

    def close(self, minutes: str) -> None:
        self._require({C.HELD})
        self.state, self.minutes = C.CLOSED, minutes

    def _require(self, states: Collection[ConferenceState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)


class ItemKind(Labelled, name="ConferenceItemKind"):
    """联席会议事项种类。Kind of item."""

    ITEM = "ITEM", "议题", "An item"  # 议题、意见建议
    # of the committee's own work (11.3)
    IMPROVEMENT = "IMPROVEMENT", "改进政协工作的意见", "An opinion on the committee's own work"


class ItemState(Labelled, name="ConferenceItemState"):
    """联席会议事项状态。State of an item."""

    RAISED = "RAISED", "已提出", "Raised"
    ACCEPTED = "ACCEPTED", "已受理", "Accepted"
    ANSWERED = "ANSWERED", "已答复", "Answered"
    CLOSED = "CLOSED", "已办结", "Closed"


I = ItemState  # noqa: E741


@dataclass
class Item(Aggregate):
    """Raised by an organisation; with an owner and a date once it is accepted.

    conference_id: none for an opinion given outside of a conference; owner: organisation id.
    """

    id: str
    term: int
    year: int
    kind: ItemKind
    conference_id: str | None
    organisation: str
    title: str
    text: str
    raised_by: str
    raised_at: datetime
    state: ItemState = I.RAISED
    owner: str | None = None
    due_at: datetime | None = None
    overdue: bool = False
    answer: str | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    satisfied: bool | None = None
    comment: str | None = None

    def raise_(self) -> None:
        self.tell(names.CONFERENCE_ITEM_RAISED)

    def accept(self, owner: str, due_at: datetime, at: datetime) -> None:
        """Raises ItemUnfit for a date that has passed."""
        self._require({I.RAISED})
        if due_at <= at:
            raise errors.ItemUnfit("办理期限应在今后", field="dueAt")
        self.state, self.owner, self.due_at = I.ACCEPTED, owner, due_at
        self.tell(names.CONFERENCE_ITEM_ACCEPTED, due_at=due_at)

    def pass_to(self, owner: str, heir: str | None) -> bool:
        """Whether it was `owner`'s to answer, and is the heir's now; without an heir the office
        finds another, as when it was raised."""
        if self.state is not I.ACCEPTED or self.owner != owner:
            return False
        self.owner = heir
        if heir is not None:
            self.tell(names.CONFERENCE_ITEM_ACCEPTED, due_at=self.due_at)
            return True
        self.state, self.due_at, self.overdue = I.RAISED, None, False
        self.tell(names.CONFERENCE_ITEM_RAISED)
        return True

    def reply(self, answer: str, at: datetime) -> None:
        self._require({I.ACCEPTED})
        self.state, self.answer, self.answered_at = I.ANSWERED, answer, at
        self.tell(names.CONFERENCE_ITEM_ANSWERED, due_at=self.due_at)

    def close(self, satisfied: bool, comment: str | None, at: datetime) -> None:
        """By whoever raised it: silence is no consent, so nobody else says satisfied."""
        self._require({I.ANSWERED})
        self.state, self.closed_at = I.CLOSED, at
        self.satisfied, self.comment = satisfied, comment
        self.tell(names.CONFERENCE_ITEM_CLOSED)

    def pass_due(self) -> None:
        """The date is over without an answer: said once."""
        self.overdue = True
        self.tell(names.CONFERENCE_ITEM_OVERDUE, due_at=self.due_at)

    def header(self) -> dict[str, Any]:
        return {
            "item_id": self.id,
            "conference_id": self.conference_id,
            "organisation": self.organisation,
            "owner": self.owner,
            "title": self.title,
        }

    def _require(self, states: Collection[ItemState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)
