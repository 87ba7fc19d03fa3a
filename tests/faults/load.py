"""People at work while things break: each files proposals, and sends again what got no answer.

A client behaves as a good one does: one command id for each command, and the same command again
after any answer that does not say whether it was done.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.base import global_id, local_id
from shared.actor import Actor
from shared.ids import new_id
from tests.stack import Document, Stack
from tests.world import DIRECTOR, STAFF, TEXT

# Answers after which nobody knows whether the command was done, or which say: later.
AGAIN = {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"}
PAUSE = 0.1  # seconds before the same is sent again
PATIENCE = 90.0  # seconds until a command that is never answered counts as refused
UNIT = global_id("Organisation", "unit-zjj")


@dataclass(frozen=True)
class Filed:
    """What the client was told: a proposal of this member is filed under these numbers."""

    proposal_id: str
    member_id: str
    serial_no: str
    case_no: str


@dataclass
class Worker:
    """One member with the committee behind them, filing one proposal after the other."""

    stack: Stack
    member: Actor
    stop: threading.Event
    filed: list[Filed] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)  # must stay empty
    unanswered: list[Any] = field(default_factory=list)  # what did not say whether it was done

    def run(self) -> None:
        with httpx.Client(base_url=self.stack.url, timeout=15) as http:
            while not self.stop.is_set() and not self.refused:
                self._file_one(http)

    def _file_one(self, http: httpx.Client) -> None:
        draft = {
            key: TEXT[key] for key in ("title", "situation", "analysis", "suggestions", "category")
        }
        row = self._do(http, self.member, "saveDraft", **draft, declared=True)
        steps: list[tuple[Actor, str, Document]] = [
            (self.member, "submitProposal", {}),
            (STAFF, "startReview", {}),
            (DIRECTOR, "fileProposal", {"reviewUnits": [UNIT], "oneMatter": True}),
        ]
        key = row and row["id"]
        for actor, mutation, given in steps:
            row = row and self._do(http, actor, mutation, id=key, **given)
        if row:
            proposal_id = local_id(row["id"], "Proposal")
            member_id = str(self.member.member_id)
            self.filed.append(Filed(proposal_id, member_id, row["serialNo"], row["caseNo"]))

    def _do(self, http: httpx.Client, actor: Actor, mutation: str, **given: Any) -> Document | None:
        """The proposal after the command, sent until it is answered; None if it was refused."""
        name = mutation[0].upper() + mutation[1:]
        query = (
            f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) "
            "{ proposal { id serialNo caseNo } errors { reason message } } }"
        )
        body = {"query": query, "variables": {"input": {**given, "commandId": new_id()}}}
        headers = {"Authorization": f"Bearer {self.stack.token(actor)}"}
        until = time.monotonic() + PATIENCE
        while True:
            answer = _answer(http, body, headers)
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            payload = (answer.get("data") or {}).get(mutation)
            if payload and not payload["errors"]:
                proposal: Document = payload["proposal"]
                return proposal
            if codes <= AGAIN and not payload and time.monotonic() < until:
                self.unanswered.append((mutation, answer))
                time.sleep(PAUSE)
                continue
            self.refused.append(answer)
            return None


def _answer(http: httpx.Client, body: Document, headers: dict[str, str]) -> Document:
    try:
        answer: Document = http.post("/graphql", json=body, headers=headers).json()
    except (httpx.HTTPError, ValueError):
        return {}  # the gateway is away: nobody knows
    return answer


class Load:
    """Several workers at once, for the time of a `with` block."""

    def __init__(self, stack: Stack, members: list[Actor]) -> None:
        self._stop = threading.Event()
        self.workers = [Worker(stack, member, self._stop) for member in members]
        self._threads = [threading.Thread(target=worker.run) for worker in self.workers]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Each worker ends what it has begun."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def filed(self) -> list[Filed]:
        return [filed for worker in self.workers for filed in worker.filed]

    @property
    def unanswered(self) -> list[Any]:
        """Answers that did not say whether the command was done, of all workers."""
        return [answer for worker in self.workers for answer in worker.unanswered]

    @property
    def refused(self) -> list[Any]:
        return [answer for worker in self.workers for answer in worker.refused]
