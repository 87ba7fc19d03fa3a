"""A full replay of the producers' logs gives the identical ledger (decision 6)."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from deploy.local.options import ROOT
from shared.ids import new_id
from tests.integration.performance.platform import OFFICE, Case
from tests.stack import Document, Stack
from tests.waiting import eventually


@pytest.fixture
def case(stack: Stack) -> Case:
    return Case(stack)


def members(case: Case) -> list[Document]:
    mine = {"_id": {"$regex": f"^m-{case.key}-"}}
    return list(case.stack.db("performance")["members"].find(mine).sort("_id", 1))


def told_by(case: Case, proposal: int) -> set[str]:
    """The ids of the events that a proposal's entries name."""
    ref = f"proposal/{case.key}-{proposal}/filed"
    return {e["source_event_id"] for e in case.entries() if e["source_ref"] == ref}


def published(case: Case) -> bool:
    return all(entry["pending_events"] == [] for entry in case.entries())


def test_a_full_replay_gives_the_identical_ledger(case):
    stack = case.stack
    joint = case.filed(1, 1, kind="JOINT", cosigners=(case.person(2), case.person(3)))
    again = [
        case.filed(2, 2, occurrence=1),
        case.undone("proposal_filing_revoked", 2, 3),
        case.filed(2, 4, occurrence=2),
    ]
    withdrawn = [case.filed(3, 5), case.undone("proposal_withdrawn", 3, 6)]
    people = [
        case.appointed(1, version=1),
        case.appointed(1, "member_profile_changed", version=2, not_scored=True),
        case.appointed(2, version=1),
    ]
    republished = replace(joint, id=new_id())
    facts = [joint, *again, *withdrawn, *people]
    stack.log_as_published(*facts, republished)
    case.publish(joint)
    case.publish(*reversed(facts), republished)
    eventually(lambda: len(case.entries()) == 8 and published(case))
    eventually(lambda: told_by(case, 1) == {min(joint.id, republished.id)})
    eventually(lambda: [row["version"] for row in members(case)] == [2, 1])
    ledger, people_before, score = case.entries(), members(case), case.score(1, OFFICE)
    announced = case.announced(8)

    # What no fact stands behind does not survive.
    forged = {**ledger[0], "_id": "forged", "source_event_id": "forged", "occurrence_no": 9}
    stack.db("performance")["ledger"].insert_one(forged)
    stack.replay("performance")

    assert case.entries() == ledger
    assert members(case) == people_before
    assert case.score(1, OFFICE) == score
    assert case.announced(8) == announced


def test_facts_that_come_during_a_replay_are_kept(case):
    stack = case.stack
    facts = [case.filed(n, n, first=case.person(n)) for n in range(1, 20)]
    stack.log_as_published(*facts)
    case.publish(*facts[:10])
    running = subprocess.Popen(
        [sys.executable, "-m", "shared.messaging.replay", "performance"],
        cwd=ROOT,
        env={**os.environ, **stack.environment},
    )
    case.publish(*facts[10:])
    assert running.wait(60) == 0
    eventually(lambda: len(case.entries()) == 19)
    case.announced(19)
    assert published(case)
