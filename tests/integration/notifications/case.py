"""One test's own proposal and people: the platform is shared by all tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests import wire
from tests.stack import Document, Stack

STAFF = Actor("account-staff", Role.PROPOSAL_STAFF)
DIRECTOR = Actor("account-director", Role.PROPOSAL_DIRECTOR)
TITLE = "关于加强老旧住宅小区二次供水的建议"


@dataclass
class Case:
    stack: Stack
    key: str = field(default_factory=lambda: new_id()[:8])

    def __post_init__(self) -> None:
        self._followed = wire.follow(self.stack.amqp_uri, "notifications")
        self._told: list[Document] = []
        # What other files told whole roles would stand in the inbox of every new member.
        told = self.stack.db("notifications")["messages"]
        told.delete_many({"recipient": {"$regex": "^role:"}})

    @property
    def proposal(self) -> str:
        return f"proposal-{self.key}"

    def member(self, number: int) -> str:
        return f"m-{self.key}-{number}"

    def actor(self, number: int, role: Role = Role.MEMBER, **scope: str) -> Actor:
        """The account of member `number`; 1 is the first proposer."""
        return Actor(f"account-{self.key}-{number}", role, scope, member_id=self.member(number))

    def event(self, event_type: str, version: int, number: int = 2, **changes: Any) -> Event:
        """An event of the proposal, under an event id of its own; about member `number`."""
        data = {
            "proposal_id": self.proposal,
            "first_proposer": self.member(1),
            "member_id": self.member(number),
            "cosigners": [self.member(2), self.member(3)],
        }
        envelope = {"id": new_id(), "subject": self.proposal, "version": version}
        return sample_event("proposals", event_type, **{**data, **envelope, **changes})

    def story(self) -> list[Event]:
        """AC-01: two are invited and confirm, she submits, review files it."""
        return [
            self.event("proposal_cosign_invited", 2, 2),
            self.event("proposal_cosign_invited", 2, 3),
            self.event("proposal_cosign_confirmed", 3, 2),
            self.event("proposal_cosign_confirmed", 4, 3, confirmed_count=2),
            self.event("proposal_submitted", 5),
            self.event("proposal_review_started", 6),
            self.event("proposal_filed", 7),
        ]

    def publish(self, *events: Event) -> None:
        for event in events:
            self.stack.publish(event)

    def call(self, method: str, actor: Actor, **kwargs: Any) -> Any:
        return self.stack.call("notifications", method, actor, **kwargs)

    def inbox(self, actor: Actor, unread_only: bool = False) -> list[Document]:
        page = self.call("list_notifications", actor, unread_only=unread_only, first=100)
        return [row for row in page["rows"] if row["link_id"] == self.proposal]

    def titles(self, number: int) -> list[str]:
        """The titles in the inbox of member `number`, in a fixed order."""
        return sorted(row["title"] for row in self.inbox(self.actor(number)))

    def todos(self, actor: Actor) -> list[str]:
        """The kinds of the open to-dos about this proposal."""
        page = self.call("list_todos", actor, first=100)
        return [row["kind"] for row in page["rows"] if row["link_id"] == self.proposal]

    def told(self, event_type: str) -> list[Document]:
        """What notifications has told about this proposal since the case began, oldest first."""
        self._told += wire.heard(self.stack.amqp_uri, self._followed)
        about = f":{self.proposal}:"
        return [e for e in self._told if e["type"] == event_type and about in e["subject"]]
