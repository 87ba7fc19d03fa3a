"""Work across cases on a real database: written with the case, summed up, built for old data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from services.proposals.domain import extending, handling, returning
from services.proposals.domain.assignments import UrgingWay
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Commitment, CommitmentStatus
from services.proposals.domain.states import SIGNED
from services.proposals.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Proposals,
    Worklists,
)
from shared import settings
from shared.call import Call
from shared.errors import Conflict
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.unit.proposals.samples import NOW, STAFF
from tests.unit.proposals.test_handling import DUE, SLJ, ZJJ, assigned
from tests.unit.proposals.test_judging import replied

SYSTEM = Call.system("proposals")


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    found = Database(client, "proposals", process)
    found.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield found
    client.drop_database(found.db.name)
    client.close()


def kept(database: Database, proposal: Proposal) -> Proposal:
    """As it is after a write."""
    proposal.id, proposal.serial_no, proposal.case_no = new_id(), new_id(), new_id()
    proposal.events.clear()
    store = Proposals(database)
    store.add(SYSTEM, proposal, NOW)
    found = store.get(proposal.id)
    store.save(SYSTEM, found, NOW)
    return store.get(proposal.id)


def rows(database: Database, name: str) -> list[dict[str, Any]]:
    return list(database.collection(name).find().sort("_id", 1))


def test_rows_are_written_with_the_proposal_and_not_where_it_lost_a_race(
    database: Database,
) -> None:
    store, first = Proposals(database), kept(database, assigned())
    [row] = rows(database, "shares")
    assert (row["_id"], row["state"], row["open"]) == (f"{first.id}:1", "PENDING", True)
    second = store.get(first.id)
    handling.receive(first, ZJJ, NOW)
    store.save(SYSTEM, first, NOW)
    assert [row["state"] for row in rows(database, "shares")] == ["RECEIVED"]
    handling.urge(second, ZJJ, UrgingWay.PHONE, "请抓紧", NOW, STAFF)
    with pytest.raises(Conflict):
        store.save(SYSTEM, second, NOW)
    [row] = rows(database, "shares")
    assert (row["state"], row["urgings"]) == ("RECEIVED", [])


def test_the_board_counts_each_unit(database: Database) -> None:
    """Late, due soon and in time; two requests, an urging; of three promises one is due."""
    today = DUE.reply + timedelta(days=2)
    for days in (-2, 5, 60):
        proposal = assigned()
        proposal.assignments[0].due_at = today + timedelta(days=days)
        kept(database, proposal)
    asked = assigned()
    returning.request(asked, ZJJ, "职责不符", NOW, STAFF)
    kept(database, asked)
    more = assigned()
    handling.receive(more, ZJJ, NOW)
    until, longest = (DUE.reply + timedelta(days=days) for days in (20, 90))
    extending.request(more, ZJJ, until, "论证", longest, NOW, STAFF)
    handling.urge(more, ZJJ, UrgingWay.VISIT, "请抓紧", NOW, STAFF)
    kept(database, more)
    done = replied()
    promised = ((ZJJ, 0), (ZJJ, 60), (SLJ, 0))
    done.commitments = [
        Commitment(
            no, unit, 1, "完工", f"{today + timedelta(days=n):%Y-%m-%d}", CommitmentStatus.OPEN, NOW
        )
        for no, (unit, n) in enumerate(promised, start=1)
    ]
    done.commitments[2].settled_at = NOW
    kept(database, done)
    board = Worklists(database).board({}, today, today + timedelta(days=16))
    assert board == {
        ZJJ: {
            "open": 5,
            "due_soon": 1,
            "overdue": 3,
            "return_asked": 1,
            "extension_asked": 1,
            "urged": 1,
            "promises_due": 1,
        }
    }
    assert Worklists(database).board({"unit": SLJ}, today, today) == {}


def test_lists_are_built_for_what_was_assigned_before_there_were_any(database: Database) -> None:
    proposal = kept(database, assigned())
    for name in ("shares", "promises"):
        database.collection(name).delete_many({})
    database.collection("proposals").update_many({}, {"$unset": {"in_groups": "", "holders": ""}})
    for number, migrate in MIGRATIONS:
        if number >= 8:
            migrate(database)
            migrate(database)  # again, after a failure in its middle
    assert [row["proposal_id"] for row in rows(database, "shares")] == [proposal.id]
    [row] = rows(database, "proposals")
    assert "in_groups" in row
    assert row["holders"] == [f"member:{proposal.first_proposer}", *signers(proposal)]


def signers(proposal: Proposal) -> list[str]:
    return [f"member:{s.member_id}" for s in proposal.cosignatures if s.state in SIGNED]
