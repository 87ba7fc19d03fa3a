"""A term with a session, members and staff on the running platform, for stories and flows.

Each world has a term of its own, so that numbers begin where its story says: the platform of a
test session is shared, and serial numbers are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shared.actor import Actor, Role
from shared.errors import AppError
from tests.stack import Document, Stack
from tests.waiting import eventually

OFFICE = Actor("account-office", Role.OFFICE)
STAFF = Actor("account-proposal-staff", Role.PROPOSAL_STAFF)
DIRECTOR = Actor("account-proposal-director", Role.PROPOSAL_DIRECTOR)
UNITS = ["unit-zjj", "unit-hygs", "unit-slj"]
SECTORS = [f"{number:02d}" for number in range(1, 35)]

TEXT: Document = {
    "title": "关于加强老旧住宅小区二次供水的建议",
    "situation": "全区仍有一批老旧住宅小区使用屋顶水箱，水质难以保证。",
    "analysis": "产权不清，管理责任不明，改造资金没有着落。",
    "suggestions": [
        "三年内完成老旧小区二次供水改造",
        "改造后的设施移交供水公司统一管理",
        "每季度公布水质检测结果",
    ],
    "category": "URBAN_RURAL",
    "declared": True,
}


@dataclass
class World:
    """`now` is the domain time at which the world begins; the plenary window is open then."""

    stack: Stack
    term: int
    session: int
    now: datetime
    members: dict[str, Actor] = field(default_factory=dict)

    def open(self) -> None:
        """Move the clock, open the term, schedule the session; proposals knows it and the units."""
        self.stack.move_clock(self.now)
        starts_on = (self.now - timedelta(days=36)).isoformat()
        self._once("open_term", no=self.term, starts_on=starts_on, sector_set=SECTORS)
        self._once(
            "schedule_session",
            term=self.term,
            no=self.session,
            opens_at=(self.now - timedelta(days=60)).isoformat(),
            cut_off_at=(self.now + timedelta(days=3, hours=8)).isoformat(),
            plenary_from=(self.now + timedelta(days=1)).isoformat(),
            plenary_to=(self.now + timedelta(days=4, hours=8)).isoformat(),
        )
        sessions = self.stack.db("proposals")["sessions"]
        eventually(lambda: sessions.find_one({"_id": f"{self.term}-{self.session}"}))
        units = self.stack.db("proposals")["units"]
        eventually(lambda: units.count_documents({"_id": {"$in": UNITS}}) == len(UNITS))
        everything = self.stack.db("members")["organisations"].count_documents({})
        for service in ("office", "liaison", "outcomes"):
            known = self.stack.db(service)["organisations"]
            eventually(lambda known=known: known.count_documents({}) == everything)  # type: ignore[misc]

    def start_numbers(self, serial: int, case: int) -> None:
        """Decision 12: the first serial and the first case number."""
        place = {"term": self.term, "session": self.session}
        for kind, first in (("SERIAL", serial), ("PLENARY", case)):
            self.call("set_counter_start", OFFICE, kind=kind, first=first, **place)

    def member(self, name: str, number: int, sector: str = "22", **more: Any) -> Actor:
        """An appointed member, known to proposals and performance."""
        member_no = f"{self.term}-{number:04d}"
        member_id = f"m-{member_no}"
        self._once(
            "nominate_member",
            member_no=member_no,
            term=self.term,
            name=name,
            gender="FEMALE",
            sector=sector,
            affiliation="MASSES",
            phone=f"138{self.term:02d}{number:06d}",
            **more,
        )
        self._once("appoint_member", member_id=member_id, joined_via="TERM_START")
        known = self.stack.db("proposals")["members"]
        eventually(lambda: known.find_one({"_id": member_id}))
        actor = Actor(f"account-{member_id}", Role.MEMBER, {}, f"p-{member_id}", member_id)
        self.members[name] = actor
        return actor

    def call(self, method: str, actor: Actor, **kwargs: Any) -> Any:
        return self.stack.call("proposals", method, actor, **kwargs)

    def draft(self, actor: Actor, **changes: Any) -> Document:
        row: Document = self.call("save_draft", actor, **{**TEXT, **changes})
        return row

    def document(self, proposal_id: str) -> Document:
        found = self.stack.db("proposals")["proposals"].find_one({"_id": proposal_id})
        assert found is not None
        return found

    def published(self, proposal_id: str) -> list[str]:
        """Types of the proposal's events so far, in the order of its writes."""
        log = self.stack.db("proposals")["event_log"].find({"subject": proposal_id})
        return [event["type"] for event in log.sort([("aggregateversion", 1), ("logged_at", 1)])]

    def _once(self, method: str, **kwargs: Any) -> None:
        """Master data of a world may stand from a former test of the session."""
        try:
            self.stack.call("members", method, OFFICE, **kwargs)
        except AppError as error:
            if error.code not in ALREADY:
                raise


ALREADY = {"TERM_EXISTS", "MEMBER_NO_TAKEN", "ALREADY_MEMBER", "MEMBER_STATE_UNFIT", "SESSION_OVER"}
