"""Facts in, points out, through the broker and the running service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.ids import new_id
from shared.messaging.events import dump
from shared.messaging.topology import dead_queue
from tests import wire
from tests.integration.performance.platform import Case
from tests.stack import Stack
from tests.waiting import eventually


@pytest.fixture
def case(stack: Stack) -> Case:
    return Case(stack)


@pytest.fixture
def dead_letters(stack: Stack) -> Iterator[str]:
    """The name of performance's dead letters, emptied before and after."""
    name = dead_queue("performance").name

    def purge() -> None:
        with wire.channel(stack.amqp_uri) as channel:
            channel.queue_purge(name)

    purge()
    yield name
    purge()


def signs(case: Case) -> list[tuple[str, str, int]]:
    """(rule, member, quantity) of each entry."""
    return sorted((e["rule_code"], e["member_id"], e["quantity"]) for e in case.entries())


def test_a_joint_proposal_filed(case):
    """AC-01: +8, +2, +2, each with its event."""
    cosigners = (case.person(2), case.person(3))
    case.publish(case.filed(1, kind="JOINT", cosigners=cosigners))
    eventually(lambda: len(case.entries()) == 3)
    assert [case.total(n) for n in (1, 2, 3)] == [8, 2, 2]
    events = case.announced(3)
    assert sorted((e["type"], e["data"]["rule_code"], e["data"]["points"]) for e in events) == [
        ("performance_entry_posted", "B2", 8),
        ("performance_entry_posted", "B3", 2),
        ("performance_entry_posted", "B3", 2),
    ]


def test_the_score_is_explained(case):
    case.publish(case.filed(1, 1), case.filed(2, 2))
    eventually(lambda: len(case.entries()) == 2)
    sheet = case.score(1)
    [proposals] = [c for c in sheet["categories"] if c["code"] == "B"]
    assert (sheet["total"], sheet["grade"], sheet["grade_label"]) == (14, "TO_IMPROVE", "待改进")
    assert (proposals["label"], proposals["cap"], proposals["raw"], proposals["points"]) == (
        "提交提案",
        20,
        14,
        14,
    )
    assert proposals["lines"][1] == {
        "entry_id": f"B1:proposal/{case.key}-2/filed:{case.person(1)}:1",
        "rule_code": "B1",
        "rule_label": "个人提案立案",
        "points": 4,
        "reason": "首件10分，后续每件4分；本件为第2件，计4分",
        "reversed": False,
        "event_type": "proposal_filed",
        "source_ref": f"proposal/{case.key}-2/filed",
        "occurrence_no": 1,
        "occurred_on": "2017-03-02T09:00:00+08:00",
    }


def test_the_same_event_twice_and_the_same_fact_again(case):
    """AC-13: one entry and one event, whatever comes again."""
    first = case.filed(1, kind="JOINT", cosigners=(case.person(2),))
    case.publish(first, first, replace(first, id=new_id()), first)
    case.publish(case.filed(2, first=case.person(9)))
    eventually(lambda: len(case.entries()) == 3)
    assert signs(case) == [
        ("B1", case.person(9), 1),
        ("B2", case.person(1), 1),
        ("B3", case.person(2), 1),
    ]
    assert {e["type"] for e in case.announced(3)} == {"performance_entry_posted"}


@pytest.mark.parametrize("event_type", ["proposal_withdrawn", "proposal_filing_revoked"])
def test_an_undone_filing(case, event_type):
    case.publish(case.filed(1, kind="JOINT", cosigners=(case.person(2),)))
    eventually(lambda: case.total(2) == 2)
    case.publish(case.undone(event_type, 1))
    eventually(lambda: case.total(1) == 0 and case.total(2) == 0)
    assert signs(case) == [
        ("B2", case.person(1), -1),
        ("B2", case.person(1), 1),
        ("B3", case.person(2), -1),
        ("B3", case.person(2), 1),
    ]
    events = case.announced(4)
    points = [(e["type"], e["data"]["points"]) for e in events]
    assert sorted(points) == [
        ("performance_entry_posted", 2),
        ("performance_entry_posted", 8),
        ("performance_entry_reversed", -8),
        ("performance_entry_reversed", -2),
    ]


def test_a_reversal_that_comes_first(case):
    """AC-14: parked, and nothing is left of the points when the original comes."""
    case.publish(case.undone("proposal_withdrawn", 1))
    parked = {"_id": f"proposal/{case.key}-1/filed:1"}
    eventually(lambda: case.stack.db("performance")["cancellations"].find_one(parked))
    assert case.entries() == []
    case.publish(case.filed(1))
    eventually(lambda: len(case.entries()) == 2)
    assert signs(case) == [("B1", case.person(1), -1), ("B1", case.person(1), 1)]
    assert case.total(1) == 0


def test_a_case_filed_again_earns_again(case):
    case.publish(
        case.filed(1, 5, occurrence=2),
        case.undone("proposal_filing_revoked", 1, 4),
        case.filed(1, 3),
    )
    eventually(lambda: len(case.entries()) == 3)
    assert case.total(1) == 10


def test_poison_and_malformed_events_are_dead_and_stop_nothing(case, dead_letters):
    """AC-14: to the dead letters at once; the queue goes on."""
    fact = case.filed(1)
    malformed = replace(fact, id=new_id(), data={**fact.data, "cosigners": "nobody"})
    case.stack.publish_raw("proposals", "proposal_filed", b"\xff not an event")
    case.stack.publish_raw("proposals", "proposal_filed", dump(malformed.to_document()))
    case.publish(fact)
    eventually(lambda: case.total(1) == 10)
    eventually(lambda: case.stack.queue_depth(dead_letters) == 2)
    assert len(case.entries()) == 1


def test_events_of_an_hour_without_the_service(case):
    """AC-14: performance is stopped; its queues keep what comes, in whatever order."""
    case.stack.stop("performance")
    case.publish(case.undone("proposal_withdrawn", 1), case.filed(1), case.filed(2, 3))
    case.stack.start("performance")
    eventually(lambda: len(case.entries()) == 3)
    assert case.total(1) == 10
