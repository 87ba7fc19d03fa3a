"""The members service as a running process: one test's own people on the shared platform."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from typing import Any

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.errors import DomainError
from tests.stack import Document, Stack
from tests.waiting import eventually

OFFICE = Actor("account-office", Role.OFFICE)
PUBLIC = Actor(None, Role.PUBLIC)
SECTORS = [f"{number:02d}" for number in range(1, 35)]
# Before any other term, so that opening it stands in nobody's way.
OWN_TERM = 3
_numbers = itertools.count(5000)  # other files of the session keep to lower ones and to 8100–8199


@dataclass
class People:
    """`term`: the tests' own, or the latest one if other tests of the session came first."""

    stack: Stack
    number: int = field(default_factory=lambda: next(_numbers))
    term: int = OWN_TERM

    def __post_init__(self) -> None:
        starts_on = "1990-01-01T00:00:00+08:00"
        with contextlib.suppress(DomainError):
            self.call("open_term", no=OWN_TERM, starts_on=starts_on, sector_set=SECTORS)
        terms = self.call("list_terms")
        present = [row["no"] for row in terms if row["state"] == "OPEN"]
        self.term = OWN_TERM if OWN_TERM in present else present[0]

    @property
    def member_no(self) -> str:
        return f"{self.term}-{self.number:04d}"

    @property
    def id(self) -> str:
        return f"m-{self.member_no}"

    @property
    def global_id(self) -> str:
        return global_id("Member", self.id)

    def call(self, method: str, actor: Actor = OFFICE, **kwargs: Any) -> Any:
        return self.stack.call("members", method, actor, **kwargs)

    def nominate(self, **changes: Any) -> Document:
        given = {
            "member_no": self.member_no,
            "term": self.term,
            "name": "陆晓芸",
            "gender": "FEMALE",
            "sector": "22",
            "affiliation": "MASSES",
            "phone": "13812340088",
            **changes,
        }
        row: Document = self.call("nominate_member", **given)
        return row

    def appoint(self) -> Document:
        row: Document = self.call("appoint_member", member_id=self.id, joined_via="TERM_START")
        return row

    def member(self, **changes: Any) -> Document:
        self.nominate(**changes)
        return self.appoint()

    def graphql(self, query: str, actor: Actor = OFFICE, **variables: Any) -> Document:
        return self.stack.graphql(query, variables, self.stack.token(actor))

    def ask(self, query: str, actor: Actor = OFFICE, **variables: Any) -> Any:
        """The data of an answer that has no errors."""
        answer = self.graphql(query, actor, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def published(self, count: int) -> list[Document]:
        """The published events of the member, once there are `count`, in order."""
        log = self.stack.db("members")["event_log"]

        def found() -> list[Document]:
            events = list(log.find({"subject": self.id}).sort("aggregateversion", 1))
            assert len(events) == count
            return events

        return eventually(found)
