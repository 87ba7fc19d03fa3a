"""Alarms on a real database: several replicas, a crash, a change at the same moment (DL1–DL10)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pytest

from services.proposals.commands import tracking
from services.proposals.domain import extending, handling
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.record import Proposal
from services.proposals.repository import INDEXES, MIGRATIONS, OUTBOX, PROJECTIONS, Proposals
from shared import settings
from shared.call import Call
from shared.clock import FixedClock
from shared.errors import Conflict
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.unit.proposals.samples import AUTHOR, NOW
from tests.unit.proposals.test_handling import DUE, ZJJ, assigned

SYSTEM = Call.system("proposals")
LATE = DUE.reply + timedelta(days=1)
CASES = 12


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    found = Database(client, "proposals", process)
    found.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield found
    client.drop_database(found.db.name)
    client.close()


class Desk(SimpleNamespace):
    def schedule(self, at: datetime) -> Schedule:
        return Schedule()

    def decision_by(self, at: datetime) -> datetime:
        return at + timedelta(days=7)

    def side_of(self, proposal: Proposal) -> None:
        return None

    def save(self, call: Call, proposal: Proposal, at: datetime) -> None:
        self.proposals.save(call, proposal, at)


@pytest.fixture
def desk(database: Database) -> Any:
    store = Proposals(database)
    store.aggregates.collection.delete_many({})
    return Desk(proposals=store, clock=FixedClock(NOW))


def received(desk: Any) -> str:
    """Handled since NOW, looked at until then."""
    proposal: Proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    proposal.id, proposal.serial_no, proposal.case_no = new_id(), new_id(), new_id()
    proposal.events.clear()
    desk.proposals.add(SYSTEM, proposal, NOW)
    return proposal.id


def facts(desk: Any, key: str) -> list[str]:
    """Types of what waits for the relay, in order."""
    row = desk.proposals.aggregates.collection.find_one({"_id": key})
    return [event["type"] for event in row["pending_events"]]


def look_at(desk: Any, key: str) -> datetime | None:
    row = desk.proposals.aggregates.collection.find_one({"_id": key})
    found: datetime | None = row["look_at"]
    return found


def test_several_replicas_let_each_alarm_go_off_once(desk: Any) -> None:
    keys = [received(desk) for _ in range(CASES)]
    desk.clock.advance(LATE - NOW)

    def look(_: int) -> list[str]:
        try:
            return tracking.ring_alarms(SYSTEM, desk)
        except Conflict:
            return []

    with ThreadPoolExecutor(4) as pool:
        rung = list(chain(*pool.map(look, range(8))))
    assert sorted(rung) == sorted(keys)
    for key in keys:
        assert facts(desk, key) == ["proposal_reminder_due", "proposal_overdue"]


def test_a_quiet_look_sets_the_next_one(desk: Any) -> None:
    key = received(desk)
    assert tracking.ring_alarms(SYSTEM, desk) == []
    assert look_at(desk, key) == DUE.reply - timedelta(days=30)
    assert desk.proposals.watched(NOW) == []


def test_what_a_dead_replica_had_claimed_is_looked_at_again(desk: Any) -> None:
    key = received(desk)
    assert desk.proposals.claim_look(key, NOW, NOW + tracking.RETRY)
    assert desk.proposals.watched(NOW) == []
    desk.clock.advance(tracking.RETRY)
    assert tracking.ring_alarms(SYSTEM, desk) == []
    assert look_at(desk, key) == DUE.reply - timedelta(days=30)


def test_a_change_at_the_same_moment_is_looked_at(desk: Any) -> None:
    """What a look found out is not written over what has changed since."""
    key = received(desk)
    seen = desk.proposals.get(key)
    changed = desk.proposals.get(key)
    extending.request(
        changed, ZJJ, LATE + timedelta(days=30), "需会商", LATE + timedelta(days=90), NOW, AUTHOR
    )
    desk.proposals.save(SYSTEM, changed, NOW)
    desk.proposals.look_again(key, seen.version, None)
    assert look_at(desk, key) == NOW


def test_years_pass_in_seconds(desk: Any) -> None:
    """Weekly reminders of a case that nobody answers, and no fact of it twice."""
    key = received(desk)
    for _ in range(3 * 12):
        desk.clock.advance(timedelta(days=30))
        while tracking.ring_alarms(SYSTEM, desk):
            pass
    told = facts(desk, key)
    for fact in ("overdue", "supervision_notice_issued", "overdue_escalated"):
        assert told.count(f"proposal_{fact}") == 1
    assert told.count("proposal_reminder_due") > 30


def test_what_waited_before_decisions_had_a_day_is_looked_at(desk: Any, database: Database) -> None:
    """Decision 41: a request held the alarms of its share, so nothing looked at it any more."""
    proposals = database.collection("proposals")
    held, appealed, done = (received(desk) for _ in range(3))
    closed = {"state": "CLOSED", "look_at": None}
    waiting = {"state": "NOT_FILED", "look_at": None, "appeal": {"settled": False}}
    for key, fields in ((held, {"look_at": None}), (appealed, waiting), (done, closed)):
        proposals.update_one({"_id": key}, {"$set": fields})
    migration = dict(MIGRATIONS)[5]
    for _ in range(2):
        migration(database)
        assert sorted(desk.proposals.watched(NOW)) == sorted([held, appealed])
        assert look_at(desk, done) is None
