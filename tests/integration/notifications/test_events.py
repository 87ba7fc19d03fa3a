"""Events in, inbox and to-dos out, through the running service (AC-01, AC-13, AC-14)."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.integration.notifications.case import DIRECTOR, STAFF, TITLE, Case
from tests.stack import Stack
from tests.waiting import eventually

FIRST_TITLES = [
    "提案已提交",
    "提案已立案",
    "提案开始审查",
    "有委员确认联名",
    "有委员确认联名",
]
COSIGNER_TITLES = ["联名提案已提交", "联名提案已立案", "联名邀请"]


@pytest.fixture
def case(stack: Stack) -> Case:
    return Case(stack)


def complete(case: Case) -> bool:
    """Everything that the story tells has arrived, and nothing twice."""
    return (case.titles(1), case.titles(2), case.titles(3)) == (
        FIRST_TITLES,
        COSIGNER_TITLES,
        COSIGNER_TITLES,
    )


def only_the_assignment_is_open(case: Case) -> bool:
    """What filing leaves to be done: the committee proposes the units."""
    readers = [DIRECTOR, *(case.actor(number) for number in (1, 2, 3))]
    others = any(case.todos(reader) for reader in readers)
    return case.todos(STAFF) == ["ASSIGNMENT_PLAN"] and not others


def test_a_joint_proposal_from_invitation_to_filing(case: Case) -> None:
    story = case.story()
    case.publish(*story[:2])
    eventually(lambda: case.todos(case.actor(2)) == ["COSIGN_ANSWER"])
    eventually(lambda: case.todos(case.actor(3)) == ["COSIGN_ANSWER"])
    case.publish(story[2])
    eventually(lambda: case.todos(case.actor(2)) == [])
    assert case.todos(case.actor(3)) == ["COSIGN_ANSWER"]
    case.publish(*story[3:5])
    eventually(lambda: case.todos(case.actor(3)) == [] and case.todos(STAFF) == ["REVIEW"])
    case.publish(story[5])
    eventually(
        lambda: (
            case.todos(STAFF) == ["FIRST_REVIEW"] and case.todos(DIRECTOR) == ["FILING_DECISION"]
        )
    )
    case.publish(story[6])
    eventually(lambda: complete(case) and only_the_assignment_is_open(case))
    (filed,) = [row for row in case.inbox(case.actor(2)) if row["title"] == "联名提案已立案"]
    assert filed["text"] == f"您联名的提案《{TITLE}》已立案，提案号15-1-023。"
    assert filed["category"] == "PROPOSAL"
    assert (filed["link_kind"], filed["link_id"]) == ("PROPOSAL", case.proposal)
    assert filed["occurred_on"] == "2017-02-06T09:00:00+08:00"
    assert (filed["unread"], filed["read_at"]) == (True, None)


def test_the_same_fact_twice_and_under_a_new_event_id_is_one_message(case: Case) -> None:
    filed = case.event("proposal_filed", 7)
    case.publish(filed, filed, replace(filed, id=new_id()))
    last = case.event("proposal_withdrawn", 8)
    case.publish(last, replace(last, id=new_id()))
    told = ["联名提案已撤案", "联名提案已立案"]
    eventually(lambda: case.titles(1) == ["提案已撤案", "提案已立案"])
    eventually(lambda: (case.titles(2), case.titles(3)) == (told, told))
    eventually(lambda: len(case.told("notification_created")) == 6)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_with_repetitions_leaves_the_same_inbox_and_todos(case: Case, seed: int) -> None:
    facts = case.story()
    mixed = facts + [replace(fact, id=new_id()) for fact in facts]
    random.Random(seed).shuffle(mixed)
    case.publish(*mixed)
    eventually(lambda: complete(case) and only_the_assignment_is_open(case))


def test_a_closing_that_comes_before_its_opening_leaves_it_closed(case: Case) -> None:
    case.publish(case.event("proposal_cosign_confirmed", 3), case.event("proposal_submitted", 4))
    eventually(lambda: len(case.titles(1)) == 2)
    case.publish(case.event("proposal_cosign_invited", 2))
    eventually(lambda: "联名邀请" in case.titles(2))
    assert case.todos(case.actor(2)) == []
    case.publish(case.event("proposal_cosign_invited", 6, occurrence_no=2))
    eventually(lambda: case.todos(case.actor(2)) == ["COSIGN_ANSWER"])


def test_changes_are_told_and_not_kept(case: Case) -> None:
    case.publish(case.event("proposal_cosign_invited", 2))
    eventually(lambda: case.todos(case.actor(2)))
    case.publish(case.event("proposal_cosign_declined", 3))
    eventually(lambda: len(case.told("todo_changed")) == 2)
    assert [e["data"]["state"] for e in case.told("todo_changed")] == ["OPEN", "DONE"]
    assignees = {e["data"]["assignee"] for e in case.told("todo_changed")}
    assert assignees == {f"member:{case.member(2)}"}
    eventually(lambda: len(case.told("notification_created")) == 2)
    assert [
        (e["data"]["kind"], e["data"]["recipient"]) for e in case.told("notification_created")
    ] == [
        ("COSIGN_INVITED", f"member:{case.member(2)}"),
        ("COSIGN_DECLINED", f"member:{case.member(1)}"),
    ]
    log = case.stack.db("notifications")["event_log"]
    assert log.find_one({"subject": {"$regex": f":{case.proposal}:"}}) is None


def test_a_shortfall_waits_with_its_due_date(case: Case) -> None:
    case.publish(case.event("proposal_cosign_shortfall_opened", 6))
    eventually(lambda: case.todos(case.actor(1)) == ["SHORTFALL_DECISION"])
    (row,) = case.call("list_todos", case.actor(1))["rows"]
    assert row["due_at"] == "2017-02-09T09:00:00+08:00"
    assert row["text"] == f"请决定是否改为个人提案：《{TITLE}》"
    case.publish(case.event("proposal_cosign_shortfall_decided", 7))
    eventually(lambda: case.todos(case.actor(1)) == [])


def test_points_are_told_once_for_each_entry(case: Case) -> None:
    entries = [
        sample_event(
            "performance",
            "performance_entry_posted",
            id=new_id(),
            subject=case.member(2),
            member_id=case.member(2),
            entry_id=f"{rule}:{case.key}:1",
            rule_code=rule,
            points=points,
        )
        for rule, points in (("B3", 2.0), ("F1", 1.0))
    ]
    case.publish(*entries, *entries)
    rows = eventually(
        lambda: (
            (page := case.call("list_notifications", case.actor(2)))["rows"][1:] and page["rows"]
        )
    )
    assert sorted((row["text"], row["link_kind"], row["link_id"]) for row in rows) == [
        (
            "您的履职积分增加：按规则B3记2分，年度总分按先后次序和分项上限计算。",
            "PERFORMANCE_ENTRY",
            f"B3:{case.key}:1",
        ),
        (
            "您的履职积分增加：按规则F1记1分，年度总分按先后次序和分项上限计算。",
            "PERFORMANCE_ENTRY",
            f"F1:{case.key}:1",
        ),
    ]


def test_a_collective_proposal_waits_for_the_head_of_its_own_organisation(case: Case) -> None:
    scope = {"organisation": f"org-{case.key}"}
    case.publish(
        case.event("proposal_seal_requested", 2, organisation=scope["organisation"], scope=scope)
    )
    head = Actor(f"account-{case.key}-head", Role.ORG_HEAD, {**scope, "party": "04"})
    eventually(lambda: case.todos(head) == ["SEAL"])
    assert [row["title"] for row in case.inbox(head)] == ["集体提案待确认"]
    other = Actor(f"account-{case.key}-other", Role.ORG_HEAD, {"organisation": "org-other"})
    staff = Actor(f"account-{case.key}-staff", Role.ORG_STAFF, scope)
    for outsider in (other, staff, STAFF):
        assert case.todos(outsider) == []
        assert case.inbox(outsider) == []


def test_a_role_request_waits_for_the_office_and_its_refusal_goes_back(case: Case) -> None:
    office = Actor("account-office", Role.OFFICE)
    grant = {"grant_id": f"grant-{case.key}", "account_id": f"account-{case.key}"}

    def event(event_type: str, version: int):
        return sample_event(
            "identity",
            event_type,
            id=new_id(),
            subject=grant["account_id"],
            version=version,
            **grant,
        )

    def waiting() -> list[str]:
        rows = case.call("list_todos", office, kind="ROLE_APPROVAL", first=100)["rows"]
        return [row["text"] for row in rows if row["link_id"] == grant["grant_id"]]

    case.publish(event("account_role_requested", 3))
    eventually(lambda: waiting() == ["请审批角色授权：提案委工作人员"])
    case.publish(event("account_role_refused", 4))
    eventually(lambda: waiting() == [])
    admin = Actor("account-admin", Role.SYSTEM_ADMIN)
    rows = case.call("list_notifications", admin, first=100)["rows"]
    assert [r["title"] for r in rows if r["link_id"] == grant["account_id"]] == ["授权申请未获同意"]


@pytest.mark.parametrize("body", [b"\xff\x00 not json", b"[]", b'{"type": "proposal_filed"}'])
def test_poison_is_buried_and_stops_nothing(case: Case, body: bytes) -> None:
    before = case.stack.queue_depth("notifications.dead")
    case.stack.publish_raw("proposals", "proposal_filed", body)
    eventually(lambda: case.stack.queue_depth("notifications.dead") == before + 1)
    case.publish(case.event("proposal_filed", 7))
    eventually(lambda: case.titles(1) == ["提案已立案"])


def test_an_event_that_breaks_its_contract_is_buried_at_once(case: Case) -> None:
    before = case.stack.queue_depth("notifications.dead")
    case.publish(case.event("proposal_filed", 7, case_no=None))
    eventually(lambda: case.stack.queue_depth("notifications.dead") == before + 1)
    assert case.inbox(case.actor(1)) == []


def test_what_happens_while_the_service_is_down_arrives_afterwards(case: Case) -> None:
    case.stack.stop("notifications")
    try:
        case.publish(*case.story())
    finally:
        case.stack.start("notifications")
    eventually(lambda: complete(case) and only_the_assignment_is_open(case))


def test_a_service_that_dies_loses_nothing(case: Case) -> None:
    case.publish(*case.story())
    case.stack.kill("notifications")
    case.stack.start("notifications")
    eventually(lambda: complete(case) and only_the_assignment_is_open(case))
