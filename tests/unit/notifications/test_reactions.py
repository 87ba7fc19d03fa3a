"""Facts take effect once, whatever their order, repetition or new event ids (AC-13, AC-14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from services.notifications import reactions
from services.notifications.domain.channels import Message
from services.notifications.domain.todos import EVERYONE, Todo, TodoKey, TodoKind
from shared.call import Call
from shared.clock import FixedClock
from shared.contracts import sample_event
from shared.messaging.events import Event

NOW = datetime.fromisoformat("2017-02-06T10:00:00+08:00")
INVITED, FIRST = "member:m-15-0031", "member:m-15-0088"


@dataclass
class MemoryChannel:
    outward: bool = False
    delivered: dict[str, tuple[Message, datetime]] = field(default_factory=dict)

    def deliver(self, call: Call, messages: Sequence[Message], at: datetime) -> None:
        for message in messages:
            self.delivered.setdefault(message.id, (message, at))


@dataclass
class MemoryTodos:
    todos: dict[TodoKey, Todo] = field(default_factory=dict)

    def add(self, call: Call, todo: Todo, at: datetime) -> None:
        self.todos.setdefault(todo.key, todo)

    def change(
        self, call: Call, key: TodoKey, term: int, change: Callable[[Todo, int], None], at: datetime
    ) -> bool:
        shared, todo = self.todos.get(key.of(EVERYONE)), self.todos.setdefault(key, Todo(key, term))
        before = replace(todo)
        change(todo, shared.closed if shared else 0)
        return todo != before

    def open_keys(self, kind: TodoKind, subject: str) -> list[TodoKey]:
        return [
            key
            for key, todo in self.todos.items()
            if (key.kind, key.subject) == (kind, subject) and todo.is_open
        ]

    def open_ids(self) -> set[str]:
        return {key.id for key, todo in self.todos.items() if todo.is_open}


@dataclass
class MemoryDeps:
    inbox: MemoryChannel = field(default_factory=MemoryChannel)
    wechat: MemoryChannel = field(default_factory=lambda: MemoryChannel(outward=True))
    todos: MemoryTodos = field(default_factory=MemoryTodos)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))

    @property
    def channels(self) -> list[MemoryChannel]:
        return [self.inbox, self.wechat]


def proposal(event_type: str, version: int, **changes: Any) -> Event:
    return sample_event("proposals", event_type, version=version, **changes)


def after(*events: Event) -> MemoryDeps:
    deps = MemoryDeps()
    for event in events:
        reactions.apply(event, deps)
    return deps


def test_a_message_carries_the_fact_the_link_and_the_time_of_delivery() -> None:
    deps = after(proposal("proposal_filed", 9))
    message, at = deps.inbox.delivered[f"proposal_filed:proposal-1:9:{FIRST}"]
    assert at == NOW
    assert message == Message(
        id="proposal_filed:proposal-1:9:member:m-15-0088",
        recipient="member:m-15-0088",
        template="PROPOSAL_FILED",
        category=message.category.PROPOSAL,
        title="提案已立案",
        text="您提交的提案《关于加强老旧住宅小区二次供水的建议》已立案，提案号15-1-023。",
        params={"title": "关于加强老旧住宅小区二次供水的建议", "case_no": "15-1-023"},
        link_kind="PROPOSAL",
        link_id="proposal-1",
        occurred_on=datetime.fromisoformat("2017-02-06T09:00:00+08:00"),
        term=15,
        fact="proposal_filed:proposal-1:9",
    )


def test_the_same_fact_under_a_new_event_id_tells_once() -> None:
    event = proposal("proposal_filed", 9)
    deps = after(event, event, replace(event, id="E1-prime"))
    assert sorted(deps.inbox.delivered) == [
        f"proposal_filed:proposal-1:9:{INVITED}",
        f"proposal_filed:proposal-1:9:{FIRST}",
        "proposal_filed:proposal-1:9:member:m-15-0140",
    ]


def test_two_parts_of_one_write_are_two_messages() -> None:
    deps = after(
        proposal("proposal_cosign_declined", 4, member_id="m-15-0031"),
        proposal("proposal_cosign_declined", 4, member_id="m-15-0140"),
        proposal("proposal_cosign_declined", 8, member_id="m-15-0031"),
    )
    assert len(deps.inbox.delivered) == 3


def test_each_ledger_entry_is_one_message() -> None:
    posted = sample_event("performance", "performance_entry_posted", subject="ledger-1")
    other = sample_event(
        "performance", "performance_entry_posted", subject="ledger-1", entry_id="F1:x:m-15-0031:1"
    )
    deps = after(posted, posted, other)
    assert [m.title for m, _ in deps.inbox.delivered.values()] == ["履职积分增加"] * 2


def test_on_replay_nothing_goes_outward() -> None:
    deps = after(proposal("proposal_filed", 9, replay="r1"))
    assert len(deps.inbox.delivered) == 3
    assert deps.wechat.delivered == {}
    assert len(after(proposal("proposal_filed", 9)).wechat.delivered) == 3


def story() -> list[Event]:
    """AC-01 to filing, with one invited member who never answers."""
    return [
        proposal("proposal_cosign_invited", 2, member_id="m-15-0031"),
        proposal("proposal_cosign_invited", 2, member_id="m-15-0140"),
        proposal("proposal_cosign_confirmed", 3, member_id="m-15-0031"),
        proposal("proposal_submitted", 4),
        proposal("proposal_review_started", 5),
    ]


IN_REVIEW = {
    "FIRST_REVIEW:proposal-1:role:PROPOSAL_STAFF",
    "COMMITTEE_COMMENT:proposal-1:role:COMMITTEE_STAFF@committee:com-urban",
    "COMMITTEE_COMMENT:proposal-1:role:COMMITTEE_DIRECTOR@committee:com-urban",
    "FILING_DECISION:proposal-1:role:PROPOSAL_DIRECTOR",
}


def test_any_order_leaves_only_what_the_review_waits_for() -> None:
    for events in permutations(story()):
        deps = after(*events)
        assert deps.todos.open_ids() == IN_REVIEW


def test_step_by_step() -> None:
    deps = MemoryDeps()
    steps = [
        {f"COSIGN_ANSWER:proposal-1:{INVITED}"},
        {f"COSIGN_ANSWER:proposal-1:{INVITED}", "COSIGN_ANSWER:proposal-1:member:m-15-0140"},
        {"COSIGN_ANSWER:proposal-1:member:m-15-0140"},
        {"REVIEW:proposal-1:role:PROPOSAL_STAFF"},
        IN_REVIEW,
    ]
    for event, expected in zip(story(), steps, strict=True):
        reactions.apply(event, deps)
        assert deps.todos.open_ids() == expected


def test_a_member_invited_again_after_the_return_is_asked_again() -> None:
    deps = after(
        *story(),
        proposal("proposal_returned", 6),
        proposal("proposal_cosign_invited", 7, occurrence_no=2),
    )
    assert deps.todos.open_ids() == {
        f"RESUBMIT:proposal-1:{FIRST}",
        f"COSIGN_ANSWER:proposal-1:{INVITED}",
    }


def test_a_shortfall_waits_for_its_due_date_and_ends_with_the_decision() -> None:
    deps = after(proposal("proposal_cosign_shortfall_opened", 6))
    key = TodoKey(TodoKind.SHORTFALL_DECISION, "proposal-1", FIRST)
    assert deps.todos.todos[key].due_at == datetime.fromisoformat("2017-02-09T09:00:00+08:00")
    assert deps.todos.todos[key].opened_at == NOW - timedelta(hours=1)
    reactions.apply(proposal("proposal_cosign_shortfall_decided", 7), deps)
    assert deps.todos.open_ids() == set()


@pytest.mark.parametrize("closing", ["proposal_returned", "proposal_filed", "proposal_withdrawn"])
def test_a_shortfall_ends_with_every_other_way_out(closing: str) -> None:
    deps = after(proposal("proposal_cosign_shortfall_opened", 6))
    assert deps.todos.open_ids() == {f"SHORTFALL_DECISION:proposal-1:{FIRST}"}
    reactions.apply(proposal(closing, 7), deps)
    assert not any(todo.startswith("SHORTFALL_DECISION") for todo in deps.todos.open_ids())


def test_a_role_request_waits_for_the_office() -> None:
    asked = sample_event("identity", "account_role_requested", subject="account-1", version=3)
    deps = after(asked)
    assert deps.todos.open_ids() == {"ROLE_APPROVAL:grant-1:role:OFFICE"}
    granted = sample_event("identity", "account_role_granted", subject="account-1", version=4)
    reactions.apply(granted, deps)
    assert deps.todos.open_ids() == set()


def test_an_event_without_a_row_is_an_error() -> None:
    with pytest.raises(KeyError):
        after(sample_event("members", "term_opened"))
