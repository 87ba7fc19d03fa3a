"""The own inbox only: reading, marking, refusals (section 3, duty separation 1)."""

from __future__ import annotations

from typing import Any

import pytest

from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import (
    CommandIdReused,
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Unauthenticated,
)
from shared.ids import new_id
from tests.integration.notifications.case import Case
from tests.stack import Stack
from tests.waiting import eventually

METHODS: list[tuple[str, dict[str, Any]]] = [
    ("list_notifications", {}),
    ("count_notifications", {}),
    ("notifications_by_ids", {"ids": ["x"]}),
    ("list_todos", {}),
    ("count_todos", {}),
    ("todo_counts", {}),
    ("mark_read", {"ids": ["x"]}),
    ("mark_all_read", {"before": "2017-02-06T09:00:00+08:00"}),
]
FAR = "2070-01-01T00:00:00+08:00"


@pytest.fixture
def case(stack: Stack) -> Case:
    """Member 2 has been invited twice, the first proposer told of a refusal."""
    made = Case(stack)
    made.publish(
        made.event("proposal_cosign_invited", 2),
        made.event("proposal_cosign_declined", 3, 3),
        made.event("proposal_cosign_invited", 5),
    )
    eventually(lambda: len(made.inbox(made.actor(2))) == 2 and len(made.inbox(made.actor(1))) == 1)
    return made


def ids(case: Case, number: int) -> list[str]:
    return [row["id"] for row in case.inbox(case.actor(number))]


def marked(answer: dict[str, Any]) -> tuple[list[str], int]:
    """Ids of the marked messages, all of which are read now, and how many are still unread."""
    assert not any(row["unread"] for row in answer["notifications"])
    return [row["id"] for row in answer["notifications"]], answer["unread_count"]


def test_reading_one_leaves_the_others_unread(case: Case) -> None:
    owner = case.actor(2)
    first, second = ids(case, 2)
    assert case.call("count_notifications", owner, unread_only=True) == 2
    assert marked(case.call("mark_read", owner, ids=[first])) == ([first], 1)
    assert case.call("count_notifications", owner, unread_only=True) == 1
    assert [row["id"] for row in case.inbox(owner, unread_only=True)] == [second]
    (row,) = case.call("notifications_by_ids", owner, ids=[first])
    assert row["unread"] is False and row["read_at"] is not None
    assert case.call("count_notifications", owner) == 2
    assert case.call("count_notifications", case.actor(1), unread_only=True) == 1


def test_all_until_a_moment(case: Case) -> None:
    owner = case.actor(2)
    past = "2000-01-01T00:00:00+08:00"
    assert case.call("mark_all_read", owner, before=past) == 2
    assert case.call("count_notifications", owner, unread_only=True) == 2
    case.call("mark_all_read", owner, before=FAR)
    assert case.call("count_notifications", owner, unread_only=True) == 0
    assert case.call("count_notifications", case.actor(1), unread_only=True) == 1


def test_pages_follow_each_other(case: Case) -> None:
    owner = case.actor(2)
    first = case.call("list_notifications", owner, first=1)
    assert first["has_next"] is True
    rest = case.call("list_notifications", owner, first=1, after=first["rows"][0]["cursor"])
    assert rest["has_next"] is False
    assert [row["id"] for row in first["rows"] + rest["rows"]] == ids(case, 2)


def test_the_same_command_twice_gives_the_same_answer(case: Case) -> None:
    owner, command_id = case.actor(2), new_id()
    first, second = ids(case, 2)
    for _ in range(2):
        answer = case.call("mark_read", owner, ids=[first], command_id=command_id)
        assert marked(answer) == ([first], 1)
    with pytest.raises(DomainError) as refusal:
        case.call("mark_read", owner, ids=[second], command_id=command_id)
    assert refusal.value.code == CommandIdReused.code
    assert case.call("count_notifications", owner, unread_only=True) == 1


@pytest.mark.parametrize(("method", "arguments"), METHODS, ids=[name for name, _ in METHODS])
def test_a_visitor_is_sent_to_sign_in_and_a_service_is_refused(
    case: Case, method: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(Unauthenticated):
        case.call(method, PUBLIC_ACTOR, **arguments)
    with pytest.raises(Forbidden):
        case.call(method, Actor("service:gateway", Role.SYSTEM), **arguments)


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.PUBLIC, Role.SYSTEM}])
def test_nobody_reads_or_marks_anothers_message(case: Case, role: Role) -> None:
    curious = Actor(f"account-{case.key}-{role}", role, member_id=case.member(9))
    theirs = ids(case, 2)
    assert case.inbox(curious) == []
    assert case.todos(curious) == []
    assert case.call("notifications_by_ids", curious, ids=theirs) == []
    with pytest.raises(NotFound):
        case.call("mark_read", curious, ids=theirs)
    case.call("mark_all_read", curious, before=FAR)
    assert case.call("count_notifications", case.actor(2), unread_only=True) == 2


def test_a_message_among_others_that_is_not_the_own_marks_none(case: Case) -> None:
    with pytest.raises(NotFound):
        case.call("mark_read", case.actor(2), ids=[*ids(case, 2), *ids(case, 1)])
    assert case.call("count_notifications", case.actor(2), unread_only=True) == 2


def test_the_acting_role_decides_not_the_roles_one_has(case: Case) -> None:
    """The director's to-dos are there while acting as director; the own inbox always is."""
    case.publish(case.event("proposal_review_started", 8))
    director = case.actor(2, Role.PROPOSAL_DIRECTOR)
    # By their due dates; the review has been due first.
    eventually(lambda: case.todos(director) == ["FILING_DECISION", "COSIGN_ANSWER"])
    assert case.todos(case.actor(2)) == ["COSIGN_ANSWER"]
    assert len(case.inbox(director)) == 2


@pytest.mark.parametrize(
    ("method", "arguments", "field"),
    [
        ("list_notifications", {"unread_only": {"$ne": True}}, "unreadOnly"),
        ("list_notifications", {"filter": {"recipient": "member:m-15-0088"}}, "filter"),
        ("list_notifications", {"recipient": {"$ne": ""}}, "recipient"),
        ("list_notifications", {"first": {"$gt": 0}}, "first"),
        ("list_notifications", {"first": 101}, "first"),
        ("list_notifications", {"after": {"$gt": ""}}, "after"),
        ("list_notifications", {"after": "not-a-cursor"}, "after"),
        ("list_todos", {"kind": {"$in": ["REVIEW"]}}, "kind"),
        ("list_todos", {"$where": "1"}, "$where"),
        ("count_todos", {"assignee": "role:OFFICE"}, "assignee"),
        ("notifications_by_ids", {"ids": [{"$ne": ""}]}, "ids.0"),
        ("mark_read", {"ids": {"$gt": ""}}, "ids"),
        ("mark_read", {"ids": [{"$ne": ""}]}, "ids.0"),
        ("mark_all_read", {"before": {"$gt": ""}}, "before"),
        ("mark_all_read", {}, "before"),
    ],
)
def test_operators_and_unknown_arguments_are_refused(
    case: Case, method: str, arguments: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        case.call(method, case.actor(2), **arguments)
    assert refusal.value.field == field
    assert case.call("count_notifications", case.actor(2), unread_only=True) == 2


def test_refusals_are_audited(case: Case) -> None:
    service = Actor("service:gateway", Role.SYSTEM)
    with pytest.raises(Forbidden):
        case.call("todo_counts", service)
    audit = case.stack.db("notifications")["audit"]
    refused = {"account_id": "service:gateway", "action": "todo_counts"}
    entries = eventually(lambda: list(audit.find(refused)))
    assert {(entry["outcome"], entry["code"]) for entry in entries} == {("REFUSED", "FORBIDDEN")}


def test_counts_by_kind(case: Case) -> None:
    owner = case.actor(2)
    assert case.call("todo_counts", owner) == [{"kind": "COSIGN_ANSWER", "count": 1}]
    assert case.call("count_todos", owner) == 1
    assert case.call("count_todos", owner, kind="REVIEW") == 0
    assert case.call("todo_counts", case.actor(1)) == []
