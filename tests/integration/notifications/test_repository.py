"""Inbox and to-dos in a real MongoDB: indexes, idempotence, races, own marks only."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from services.notifications import reactions, repository
from services.notifications.domain.channels import Message
from services.notifications.domain.recipients import Reader, reader
from services.notifications.domain.templates import Category
from services.notifications.domain.todos import TodoKey, TodoKind
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.clock import FixedClock
from shared.contracts import sample_event
from shared.errors import CommandIdReused, InvalidInput, NotFound
from shared.persistence import Database
from shared.persistence.database import replaying
from tests.integration.notifications.plans import Recorder, stages

NINE = datetime.fromisoformat("2017-02-06T09:00:00+08:00")
CALL = Call.system("notifications", "correlation-1")
OWNER = reader("account-1", ["m-15-0088"], "MEMBER", {})
OTHER = reader("account-2", ["m-15-0031"], "MEMBER", {})
HEAD_A = reader("account-3", (), "ORG_HEAD", {"organisation": "org-minjian"})
HEAD_B = reader("account-4", (), "ORG_HEAD", {"organisation": "org-minjian"})
ORG_KEY = "role:ORG_HEAD@organisation:org-minjian"


class Deps:
    """The service's own parts on a test database."""

    def __init__(self, database: Database) -> None:
        self.inbox = repository.Inbox(database)
        self.todos = repository.Todos(database)
        self.channels = [self.inbox]
        self.clock = FixedClock(NINE)


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def client(mongo_uri: str, recorder: Recorder) -> Iterator[MongoClient[dict[str, Any]]]:
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True, event_listeners=[recorder]) as made:
        yield made


@pytest.fixture
def database(client: MongoClient[dict[str, Any]]) -> Iterator[Database]:
    made = Database(client, "notifications", settings.read({"DB_PREFIX": "repository_test_"}))
    made.prepare(repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX)
    yield made
    for name in {*repository.INDEXES}:
        made.collection(name).drop()


@pytest.fixture
def told(database: Database) -> list[dict[str, Any]]:
    """The events that are told and not kept."""
    heard: list[dict[str, Any]] = []
    database.tell = heard.append
    return heard


@pytest.fixture
def deps(database: Database) -> Deps:
    return Deps(database)


def message(number: int, recipient: str = "member:m-15-0088") -> Message:
    return Message(
        id=f"proposal_filed:proposal-{number}:9:{recipient}",
        recipient=recipient,
        template="PROPOSAL_FILED",
        category=Category.PROPOSAL,
        title="提案已立案",
        text=f"提案号15-1-{number:03}",
        params={},
        link_kind="PROPOSAL",
        link_id=f"proposal-{number}",
        occurred_on=NINE,
        term=15,
        fact=f"proposal_filed:proposal-{number}:9",
    )


def by(owner: Reader, command_id: str, fingerprint: str = "f1") -> Call:
    actor = Actor(owner.account_id, Role.MEMBER)
    return Call(actor, "c1", command=CommandId(owner.account_id, command_id, fingerprint))


def texts(deps: Deps, owner: Reader, unread_only: bool = False) -> list[str]:
    return [row["text"] for row in deps.inbox.page(owner, unread_only, 100, None)["rows"]]


def open_ids(deps: Deps, owner: Reader) -> list[str]:
    return [row["id"] for row in deps.todos.page(owner, None, 100, None)["rows"]]


def test_a_message_is_stored_and_told_once(
    deps: Deps, database: Database, told: list[dict[str, Any]]
) -> None:
    for delay in range(3):
        deps.inbox.deliver(CALL, [message(1)], NINE + timedelta(hours=delay))
    (stored,) = database.collection("messages").find()
    assert (stored["delivered_at"], stored["pending_events"]) == (NINE, [])
    (event,) = told
    assert (event["type"], event["term"], event["data"]) == (
        "notification_created",
        15,
        {
            "notification_id": "proposal_filed:proposal-1:9:member:m-15-0088",
            "recipient": "member:m-15-0088",
            "kind": "PROPOSAL_FILED",
            "occurred_on": "2017-02-06T09:00:00+08:00",
        },
    )


def test_a_page_is_newest_first_and_goes_on_after_the_cursor(deps: Deps) -> None:
    for number in (2, 1, 3):
        deps.inbox.deliver(CALL, [message(number)], NINE + timedelta(hours=number))
    first = deps.inbox.page(OWNER, False, 2, None)
    assert [row["text"] for row in first["rows"]] == ["提案号15-1-003", "提案号15-1-002"]
    assert first["has_next"] is True
    rest = deps.inbox.page(OWNER, False, 2, first["rows"][-1]["cursor"])
    cursor = rest["rows"][0].pop("cursor")
    assert isinstance(cursor, str)
    assert rest == {
        "rows": [
            {
                "id": "proposal_filed:proposal-1:9:member:m-15-0088",
                "category": "PROPOSAL",
                "title": "提案已立案",
                "text": "提案号15-1-001",
                "link_kind": "PROPOSAL",
                "link_id": "proposal-1",
                "occurred_on": NINE,
                "delivered_at": NINE + timedelta(hours=1),
                "unread": True,
                "read_at": None,
            }
        ],
        "has_next": False,
    }


@pytest.mark.parametrize("first", [0, 101])
def test_a_page_has_1_to_100_rows(deps: Deps, first: int) -> None:
    with pytest.raises(InvalidInput):
        deps.inbox.page(OWNER, False, first, None)
    with pytest.raises(InvalidInput):
        deps.todos.page(OWNER, None, first, None)


def test_reading_marks_the_own_messages_once(deps: Deps) -> None:
    for number in (1, 2):
        deps.inbox.deliver(CALL, [message(number)], NINE)
    ids = [message(1).id]
    deps.inbox.mark_read(by(OWNER, "k1"), OWNER, ids, NINE + timedelta(hours=1))
    deps.inbox.mark_read(by(OWNER, "k2"), OWNER, ids, NINE + timedelta(hours=2))
    (row,) = deps.inbox.by_ids(OWNER, ids)
    assert (row["unread"], row["read_at"]) == (False, NINE + timedelta(hours=1))
    assert "reads" not in row and "_id" not in row
    assert texts(deps, OWNER, unread_only=True) == ["提案号15-1-002"]
    assert (deps.inbox.count(OWNER, False), deps.inbox.count(OWNER, True)) == (2, 1)


def test_another_ones_message_is_not_found_and_nothing_is_marked(deps: Deps) -> None:
    deps.inbox.deliver(CALL, [message(1)], NINE)
    deps.inbox.deliver(CALL, [message(2, "member:m-15-0031")], NINE)
    with pytest.raises(NotFound):
        deps.inbox.mark_read(by(OTHER, "k1"), OTHER, [message(1).id], NINE)
    mixed = [message(1).id, message(2, "member:m-15-0031").id]
    with pytest.raises(NotFound):
        deps.inbox.mark_read(by(OTHER, "k2"), OTHER, mixed, NINE)
    assert deps.inbox.count(OWNER, True) == 1
    assert deps.inbox.count(OTHER, True) == 1
    assert deps.inbox.by_ids(OTHER, mixed) != []
    assert [row["id"] for row in deps.inbox.by_ids(OTHER, mixed)] == mixed[1:]


def test_mark_all_leaves_what_came_after_the_last_look(deps: Deps) -> None:
    for number in (1, 2, 3):
        deps.inbox.deliver(CALL, [message(number)], NINE + timedelta(hours=number))
    deps.inbox.deliver(CALL, [message(4, "member:m-15-0031")], NINE)
    deps.inbox.mark_all_read(by(OWNER, "k1"), OWNER, NINE + timedelta(hours=2), NINE)
    assert texts(deps, OWNER, unread_only=True) == ["提案号15-1-003"]
    assert deps.inbox.count(OTHER, True) == 1


def test_a_message_to_a_role_is_read_by_each_holder_for_himself(deps: Deps) -> None:
    deps.inbox.deliver(CALL, [message(1, ORG_KEY)], NINE)
    deps.inbox.mark_all_read(by(HEAD_A, "k1"), HEAD_A, NINE, NINE)
    assert (deps.inbox.count(HEAD_A, True), deps.inbox.count(HEAD_B, True)) == (0, 1)
    assert deps.inbox.page(HEAD_B, False, 1, None)["rows"][0]["read_at"] is None
    assert texts(deps, OWNER) == []


def test_a_command_id_marks_once_and_refuses_other_content(deps: Deps, database: Database) -> None:
    for number in (1, 2):
        deps.inbox.deliver(CALL, [message(number)], NINE)
    deps.inbox.mark_read(by(OWNER, "k1", "f1"), OWNER, [message(1).id], NINE)
    deps.inbox.mark_read(by(OWNER, "k1", "f1"), OWNER, [message(1).id], NINE)
    with pytest.raises(CommandIdReused):
        deps.inbox.mark_read(by(OWNER, "k1", "f2"), OWNER, [message(2).id], NINE)
    assert database.collection("marks").count_documents({}) == 1
    assert deps.inbox.count(OWNER, True) == 1


def test_todos_come_by_due_date_then_age(deps: Deps) -> None:
    due = {"decide_by": "2017-02-09T09:00:00+08:00"}
    facts = [
        ("proposal_cosign_invited", "p-young", "2017-02-06T12:00:00+08:00", {}),
        ("proposal_cosign_invited", "p-old", "2017-02-06T08:00:00+08:00", {}),
        ("proposal_cosign_shortfall_opened", "p-later", "2017-02-06T08:00:00+08:00", due),
        (
            "proposal_cosign_shortfall_opened",
            "p-first",
            "2017-02-06T10:00:00+08:00",
            {"decide_by": "2017-02-07T09:00:00+08:00"},
        ),
    ]
    for event_type, proposal, at, changes in facts:
        event = sample_event(
            "proposals",
            event_type,
            subject=proposal,
            proposal_id=proposal,
            occurred_on=at,
            member_id="m-15-0088",
            **changes,
        )
        reactions.apply(event, deps)
    pages, after = [], None
    for _ in range(4):
        found = deps.todos.page(OWNER, None, 1, after)
        pages += [row["link_id"] for row in found["rows"]]
        after = found["rows"][-1]["cursor"]
    assert pages == ["p-first", "p-later", "p-old", "p-young"]
    assert deps.todos.count(OWNER, None) == 4
    assert deps.todos.count(OWNER, TodoKind.COSIGN_ANSWER) == 2
    assert deps.todos.counts(OWNER) == [
        {"kind": "COSIGN_ANSWER", "count": 2},
        {"kind": "SHORTFALL_DECISION", "count": 2},
    ]
    (row,) = deps.todos.page(OWNER, TodoKind.SHORTFALL_DECISION, 1, None)["rows"]
    del row["cursor"]
    assert row == {
        "id": "SHORTFALL_DECISION:p-first:member:m-15-0088",
        "assignee": "member:m-15-0088",
        "kind": "SHORTFALL_DECISION",
        "text": "请决定是否改为个人提案：《关于加强老旧住宅小区二次供水的建议》",
        "link_kind": "PROPOSAL",
        "link_id": "p-first",
        "due_at": datetime.fromisoformat("2017-02-07T09:00:00+08:00"),
        "opened_at": datetime.fromisoformat("2017-02-06T10:00:00+08:00"),
    }


def test_what_is_for_a_former_membership_is_for_its_person(deps: Deps) -> None:
    """Decision 40: in the inbox, the to-dos and their counts, unread until the account reads it."""
    again = reader("account-1", ["m-16-0301", "m-15-0088"], "MEMBER", {})
    new = reader("account-9", ["m-16-0088"], "MEMBER", {})
    invited: dict[str, Any] = {"member_id": "m-15-0088"}
    reactions.apply(sample_event("proposals", "proposal_cosign_invited", **invited), deps)
    deps.inbox.deliver(CALL, [message(2, "member:m-16-0301")], NINE)
    assert (len(texts(deps, again)), deps.inbox.count(again, True)) == (2, 2)
    assert deps.todos.counts(again) == [{"kind": "COSIGN_ANSWER", "count": 1}]
    [waiting] = open_ids(deps, again)
    assert [row["id"] for row in deps.todos.by_ids(again, [waiting])] == [waiting]
    deps.inbox.mark_all_read(by(again, "k1"), again, NINE, NINE)
    assert deps.inbox.count(again, True) == deps.inbox.count(OWNER, True) == 0
    assert (texts(deps, new), open_ids(deps, new), deps.todos.counts(new)) == ([], [], [])


def test_a_title_full_of_operators_is_text(deps: Deps) -> None:
    title = "$where{title}{0.__class__}的建议"
    event = sample_event("proposals", "proposal_cosign_invited", title=title)
    reactions.apply(event, deps)
    (row,) = deps.todos.page(OTHER, None, 1, None)["rows"]
    assert row["text"] == f"请确认或谢绝联名：《{title}》"


def test_changes_of_a_todo_are_told_once(
    deps: Deps, database: Database, told: list[dict[str, Any]]
) -> None:
    invited = sample_event("proposals", "proposal_cosign_invited", version=2)
    confirmed = sample_event("proposals", "proposal_cosign_confirmed", version=3)
    for event in (invited, invited, confirmed, confirmed):
        reactions.apply(event, deps)
    stored = database.collection("todos").find_one(
        {"_id": "COSIGN_ANSWER:proposal-1:member:m-15-0031"}
    )
    assert stored is not None
    states = [e["data"]["state"] for e in told if e["type"] == "todo_changed"]
    assert states == ["OPEN", "DONE"]
    assert (stored["version"], stored["pending_events"]) == (2, [])


def test_openings_and_closings_at_the_same_moment_end_closed(deps: Deps) -> None:
    """Two replicas work on one proposal's events side by side; the closing is for everyone."""
    proposals = [f"proposal-{number}" for number in range(12)]
    facts = [
        sample_event(
            "proposals", event_type, subject=proposal, proposal_id=proposal, version=version
        )
        for proposal in proposals
        for event_type, version in (
            ("proposal_cosign_invited", 2),
            ("proposal_submitted", 3),
            ("proposal_withdrawn", 4),
        )
    ]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda event: reactions.apply(event, deps), facts * 2))
    assert open_ids(deps, OTHER) == []
    assert open_ids(deps, reader("account-9", (), "PROPOSAL_STAFF", {})) == []


def test_while_a_projection_is_rebuilt_the_inbox_rests(
    deps: Deps, database: Database, told: list[dict[str, Any]]
) -> None:
    event = sample_event("proposals", "proposal_cosign_invited", version=2)
    with replaying("r1"):
        reactions.apply(replace(event, replay="r1"), deps)
    assert database.collection("messages").count_documents({}) == 0
    assert database.collection("todos").count_documents({}) == 0
    assert told == []
    (fresh,) = database.collection("todos__r1").find()
    assert (fresh["open"], fresh["pending_events"]) == (True, [])
    database.collection("todos__r1").drop()


def many(deps: Deps) -> None:
    for number in range(40):
        recipient = f"member:m-15-{number % 4:04}"
        deps.inbox.deliver(CALL, [message(number, recipient)], NINE + timedelta(minutes=number))
        event = sample_event(
            "proposals",
            "proposal_cosign_invited",
            subject=f"proposal-{number}",
            proposal_id=f"proposal-{number}",
            member_id=f"m-15-{number % 4:04}",
        )
        reactions.apply(event, deps)


def test_every_query_is_served_by_an_index_and_none_sorts(
    deps: Deps, database: Database, recorder: Recorder
) -> None:
    many(deps)
    owner = reader("account-1", ["m-17-0009", "m-16-0003", "m-15-0001"], "MEMBER", {})
    key = TodoKey(TodoKind.COSIGN_ANSWER, "proposal-1", "member:m-15-0001")
    inbox, todos = deps.inbox, deps.todos
    inbox_cursor = inbox.page(owner, False, 5, None)["rows"][-1]["cursor"]
    todo_cursor = todos.page(owner, None, 5, None)["rows"][-1]["cursor"]
    newest = "IXSCAN recipient_1_delivered_at_-1__id_-1"
    by_due, of_subject = "IXSCAN open_by_due", "IXSCAN open_of_subject"
    queries: list[tuple[Any, str]] = [
        (lambda: inbox.page(owner, False, 5, None), newest),
        (lambda: inbox.page(owner, False, 5, inbox_cursor), newest),
        (lambda: inbox.page(owner, True, 5, None), newest),
        (lambda: inbox.count(owner, True), newest),
        (lambda: inbox.count(owner, False), newest),
        (lambda: inbox.by_ids(owner, [message(1, "member:m-15-0001").id]), "IXSCAN _id_"),
        (lambda: inbox.mark_all_read(by(owner, "k1"), owner, NINE, NINE), newest),
        (lambda: todos.page(owner, None, 5, None), by_due),
        (lambda: todos.page(owner, TodoKind.COSIGN_ANSWER, 5, None), by_due),
        (lambda: todos.count(owner, None), by_due),
        (lambda: todos.count(owner, TodoKind.COSIGN_ANSWER), by_due),
        (lambda: todos.counts(owner), by_due),
        (lambda: todos.open_keys(TodoKind.COSIGN_ANSWER, "proposal-1"), of_subject),
        (lambda: todos.change(CALL, key, 15, lambda todo, closed: None, NINE), "IXSCAN _id_"),
    ]
    for query, index in queries:
        with recorder.recording() as commands:
            query()
        used = [stages(database.db, c) for c in commands if "marks" not in c.values()]
        assert used and all(index in found for found in used), (index, used)
        assert not any({"COLLSCAN", "SORT"} & found for found in used), used
    with recorder.recording() as commands:
        todos.page(owner, None, 5, todo_cursor)
    # After a cursor the planner may read each branch of the keyset by itself and merge by sorting.
    (found,) = [stages(database.db, command) for command in commands]
    assert by_due in found and "COLLSCAN" not in found
