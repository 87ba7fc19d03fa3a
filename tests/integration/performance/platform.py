"""Performance as a running process: people and proposals of one test, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.performance.domain.ledger import SHANGHAI
from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests.stack import Document, Stack
from tests.unit.performance.facts import filed, undone
from tests.waiting import eventually

OFFICE = Actor("account-office", Role.OFFICE)


def member(member_id: str, role: Role = Role.MEMBER, **scope: str) -> Actor:
    return Actor(f"account-{member_id}", role, scope, member_id=member_id)


@dataclass
class Case:
    """One test's own people and proposals: the platform is shared by all tests."""

    stack: Stack
    year: int = 2017
    key: str = field(default_factory=lambda: new_id()[:8])

    def person(self, number: int) -> str:
        return f"m-{self.key}-{number}"

    def on(self, day: int) -> datetime:
        return datetime(self.year, 3, day, 9, tzinfo=SHANGHAI)

    def filed(self, proposal: int, day: int = 1, **changes: Any) -> Event:
        """A filing of proposal `proposal`; the first proposer is person 1 unless told."""
        changes = {"first": self.person(1), "event_id": new_id(), **changes}
        return filed(f"{self.key}-{proposal}", on=self.on(day), **changes)

    def undone(self, event_type: str, proposal: int, day: int = 2, **changes: Any) -> Event:
        changes = {"event_id": new_id(), **changes}
        return undone(event_type, f"{self.key}-{proposal}", on=self.on(day), **changes)

    def appointed(self, number: int, event_type: str = "member_appointed", **changes: Any) -> Event:
        id = self.person(number)
        return sample_event(
            "members",
            event_type,
            **{"id": new_id(), "subject": id, "member_id": id, "person_id": f"p-{id}", **changes},
        )

    def publish(self, *events: Event) -> None:
        for event in events:
            self.stack.publish(event)

    def score(self, number: int, actor: Actor | None = None) -> Document:
        id = self.person(number)
        answer: Document = self.stack.call(
            "performance", "score", actor or member(id), member_id=id, year=self.year
        )
        return answer

    def total(self, number: int) -> float:
        return float(self.score(number)["total"])

    def entries(self) -> list[Document]:
        """The case's ledger, raw, in the order of ids."""
        mine = {"source_ref": {"$regex": f"^proposal/{self.key}-"}}
        return list(self.stack.db("performance")["ledger"].find(mine).sort("_id", 1))

    def announced(self, count: int) -> list[Document]:
        """The events of the case that performance has published, once there are `count`."""
        mine = {"data.source_ref": {"$regex": f"^proposal/{self.key}-"}}
        log = self.stack.db("performance")["event_log"]

        def published() -> list[Document]:
            found = list(log.find(mine))
            assert len(found) == count
            return found

        return eventually(published)
