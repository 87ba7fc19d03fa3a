"""Topic groups with an exchange board (13.2) and the friendship association (13.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class CircleKind(Labelled):
    """交流小组种类。Kind of group."""

    TOPIC = "TOPIC", "议题小组", "Topic group"
    ASSOCIATION = "ASSOCIATION", "联谊会", "Friendship association"


class CircleState(Labelled):
    """交流小组状态。State of a group."""

    OPEN = "OPEN", "活动中", "Open"
    CLOSED = "CLOSED", "已结束", "Closed"


@dataclass
class Circle(Aggregate):
    """members: member ids; an association takes in people by its organiser, a topic by wish."""

    id: str
    term: int
    kind: CircleKind
    name: str
    about: str
    topic: str
    organiser: str
    members: tuple[str, ...]
    opened_at: datetime
    state: CircleState = CircleState.OPEN
    topic_codes: tuple[str, ...] = ()  # of the taxonomy

    def open(self) -> None:
        members = list(self.members)
        self.tell(names.CIRCLE_OPENED, circle_id=self.id, title=self.name, members=members)

    def join(self, member_id: str) -> None:
        """A topic group by one's own wish. Raises CircleUnfit."""
        self.require_open()
        if self.kind is CircleKind.ASSOCIATION:
            raise errors.CircleUnfit("联谊会成员由主办单位吸收")
        if member_id in self.members:
            raise errors.CircleUnfit("已是小组成员")
        self.members = (*self.members, member_id)

    def leave(self, member_id: str) -> None:
        self.require_open()
        if member_id not in self.members:
            raise errors.CircleUnfit("不是小组成员")
        self.members = tuple(id for id in self.members if id != member_id)

    def release(self, member_id: str) -> None:
        """Who has left the committee is in it no more."""
        self.members = tuple(id for id in self.members if id != member_id)

    def set_members(self, members: Iterable[str]) -> None:
        self.require_open()
        self.members = tuple(dict.fromkeys(members))

    def close(self) -> None:
        self.require_open()
        self.state = CircleState.CLOSED

    def require_open(self) -> None:
        if self.state is not CircleState.OPEN:
            raise errors.WrongState.of(self.state)


@dataclass
class Post(Aggregate):
    """What a member wrote on the board; a removed one keeps its place, not its words."""

    id: str
    term: int
    circle_id: str
    author: str  # member id
    reply_to: str | None
    text: str
    at: datetime
    removed: bool = False
    reason: str | None = None

    def remove(self, reason: str | None) -> None:
        if self.removed:
            raise errors.WrongState("该留言已移除")
        self.removed, self.text, self.reason = True, "", reason
