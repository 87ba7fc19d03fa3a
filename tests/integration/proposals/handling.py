"""Steps of the handling, for tests: whoever acts, on the running services."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from shared.actor import Actor, Role
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World

SUPERVISING = Actor("account-supervision", Role.SUPERVISING_OFFICE)
ZJJ, HYGS, SLJ = "unit-zjj", "unit-hygs", "unit-slj"
NUMBERS = itertools.count(1)  # of replies: a unit uses each once a year
CONTENT: Document = {
    "result_class": "A",
    "body": "您提出的建议收悉，现答复如下。",
    "measures": "三年内分批完成改造。",
    "answers": [
        {"suggestion": 1, "adoption": "ADOPTED"},
        {"suggestion": 2, "adoption": "PARTLY", "note": "先在城区试行"},
        {"suggestion": 3, "adoption": "ADOPTED"},
    ],
    "proof": ["file-proof"],
    "contact_person": "孙工",
    "contact_phone": "0512-63000000",
}
FORM: Document = {
    "heard_by": "VISIT",
    "visited": True,
    "pertinence": "YES",
    "leader_replied": True,
    "comment": "感谢",
}


def officer(unit: str) -> Actor:
    return Actor(f"account-{unit}", Role.UNIT_OFFICER, {"unit": unit})


def leader(unit: str) -> Actor:
    return Actor(f"account-{unit}-leader", Role.UNIT_LEADER, {"unit": unit})


def line(unit: str, result: str, attitude: str = "SATISFIED") -> Document:
    return {"unit_id": unit, "attitude": attitude, "result": result}


@dataclass
class Handling:
    """One proposal and what is done with it."""

    world: World
    key: str
    number: int = field(default_factory=lambda: next(NUMBERS))

    @property
    def content(self) -> Document:
        return {**CONTENT, "doc_no": f"吴住建提复〔2022〕{self.number}号"}

    def do(self, method: str, actor: Actor, **kwargs: Any) -> Document:
        row: Document = self.world.call(method, actor, proposal_id=self.key, **kwargs)
        return row

    def see(self, actor: Actor) -> Document | None:
        rows = self.world.call("proposals_by_ids", actor, ids=[self.key])
        return rows[0] if rows else None

    def evaluations(self, actor: Actor) -> list[Document]:
        found = self.world.call("evaluations_by_proposals", actor, proposal_ids=[self.key])
        rows: list[Document] = found[self.key]
        return rows

    def plan(self, mode: str = "SOLE", **parts: str) -> Document:
        units = [{"unit_id": unit, "part": part} for unit, part in parts.items()]
        return self.do("propose_assignment", STAFF, mode=mode, units=units)

    def assign(self, mode: str = "SOLE", **parts: str) -> Document:
        """`assign("MAIN_CO", **{ZJJ: "MAIN", HYGS: "CO"})`"""
        self.plan(mode, **(parts or {ZJJ: "SOLE"}))
        return self.do("assign_proposal", SUPERVISING)

    def contact(self, unit: str = ZJJ, **changes: Any) -> Document:
        today = self.world.now.date().isoformat()
        met = {"way": "VISIT", "held_on": today, "people": "孙燕、陆晓芸", "content": "看了现场"}
        return self.do("record_contact", officer(unit), **{**met, **changes})

    def ready(self, unit: str = ZJJ, **changes: Any) -> Document:
        """Received, one contact, a whole draft."""
        self.do("receive_assignment", officer(unit))
        self.contact(unit)
        return self.do("save_reply", officer(unit), **{**self.content, **changes})

    def signed(self, unit: str = ZJJ, **changes: Any) -> Document:
        self.ready(unit, **changes)
        self.do("request_sign_off", officer(unit))
        return self.do("sign_reply", leader(unit), signer="赵宏伟", in_charge=True)

    def delivered(self, unit: str = ZJJ, **changes: Any) -> Document:
        self.signed(unit, **changes)
        self.do("check_reply", SUPERVISING, unit_id=unit, passed=True)
        return self.do("deliver_reply", officer(unit))

    def published(self, *expected: str) -> None:
        """Wait until the latest events are these."""
        eventually(lambda: self.world.published(self.key)[-len(expected) :] == list(expected))


def filed(world: World, first: Actor, *cosigners: Actor, **changes: Any) -> Handling:
    """A filed proposal of three suggestions."""
    kind = {"proposer_type": "JOINT" if cosigners else "INDIVIDUAL"}
    key = str(world.draft(first, **{**kind, **changes})["id"])
    for cosigner in cosigners:
        world.call("invite_cosigner", first, proposal_id=key, member_id=cosigner.member_id)
        world.call("confirm_cosignature", cosigner, proposal_id=key)
    world.call("submit_proposal", first, proposal_id=key)
    world.call("start_review", STAFF, proposal_id=key)
    world.call("file_proposal", DIRECTOR, proposal_id=key, review_units=[ZJJ], one_matter=True)
    return Handling(world, key)
