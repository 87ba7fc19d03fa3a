"""What becomes of a message after each try, what the office reads of it, and how the senders go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.notifications.commands.sending import MOST_AT_ONCE, Pace, send_due
from services.notifications.domain.deliveries import (
    KEPT_TRYING,
    Address,
    Delivery,
    DeliveryReason,
    Outlet,
    Receipt,
    Result,
    Verdict,
    figures,
    settled,
)
from shared.call import Call
from shared.clock import FixedClock
from shared.errors import Unavailable

NINE = datetime.fromisoformat("2017-02-06T09:00:00+08:00")
CALL = Call.system("notifications")
DELAYS = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)]


def delivery(number: int = 1, **changes: Any) -> Delivery:
    made = Delivery(
        id=f"fact-{number}:account-{number}:SMS",
        key=f"key-{number}",
        account_id=f"account-{number}",
        outlet=Outlet.SMS,
        title="会议改期",
        text="改期",
        occurred_on=NINE,
        attempts=1,
        unclear=False,
        expires_at=NINE + KEPT_TRYING,
    )
    return replace(made, **changes)


def test_what_was_sent_is_at_its_end() -> None:
    fields = settled(delivery(), Result(Verdict.SENT, provider_id="9000^0"), NINE, DELAYS)
    assert (fields["state"], fields["provider_id"], fields["reason"]) == ("SENT", "9000^0", None)


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Result(Verdict.UNREACHABLE, reason=DeliveryReason.NOT_BOUND), "UNREACHABLE"),
        (Result(Verdict.REFUSED, reason=DeliveryReason.REFUSED, code="40037"), "FAILED"),
    ],
)
def test_what_will_never_be_taken_is_tried_no_more(result: Result, state: str) -> None:
    fields = settled(delivery(), result, NINE, DELAYS)
    assert (fields["state"], fields["reason"]) == (state, result.reason)
    assert "next_at" not in fields


def test_tries_come_later_and_later_and_then_end() -> None:
    busy = Result(Verdict.RETRY, code="-1")
    waits = []
    for attempts in (1, 2, 3):
        fields = settled(delivery(attempts=attempts), busy, NINE, DELAYS)
        waits.append(fields["next_at"] - NINE)
        assert fields["attempts"] == attempts
    assert waits == DELAYS
    last = settled(delivery(attempts=4), busy, NINE, DELAYS)
    assert (last["state"], last["reason"], last["code"]) == ("FAILED", "EXHAUSTED", "-1")


def test_a_limit_of_the_provider_costs_no_try() -> None:
    fields = settled(delivery(attempts=4), Result(Verdict.LATER, code="45009"), NINE, DELAYS)
    assert (fields["next_at"], fields["attempts"]) == (NINE + timedelta(hours=1), 3)


def test_what_is_two_days_old_is_no_news() -> None:
    late = NINE + KEPT_TRYING - timedelta(minutes=30)
    fields = settled(delivery(), Result(Verdict.LATER), late, DELAYS)
    assert (fields["state"], fields["reason"]) == ("FAILED", "EXPIRED")


def test_a_try_that_may_have_been_taken_stays_unclear_until_it_is_known() -> None:
    assert settled(delivery(), Result(Verdict.UNCLEAR), NINE, DELAYS)["unclear"]
    assert not settled(delivery(), Result(Verdict.RETRY), NINE, DELAYS)["unclear"]
    # A refusal of this try says nothing of the one before.
    assert settled(delivery(unclear=True), Result(Verdict.RETRY), NINE, DELAYS)["unclear"]


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (None, "DELIVERED"),
        (DeliveryReason.NOT_SUBSCRIBED, "UNREACHABLE"),
        (DeliveryReason.NOT_DELIVERED, "FAILED"),
    ],
)
def test_what_a_receipt_means(reason: DeliveryReason | None, state: str) -> None:
    assert Receipt(Outlet.WECHAT, "1", reason, "").state == state


def test_figures_of_a_broadcast() -> None:
    def row(outlet: str, state: str, count: int, reason: str | None = None) -> dict[str, Any]:
        return {"outlet": outlet, "state": state, "count": count, "reason": reason}

    assert figures(
        [
            row("SMS", "SENT", 3),
            row("SMS", "FAILED", 1, "REFUSED"),
            row("WECHAT", "DELIVERED", 5),
            row("WECHAT", "SENT", 2),
            row("WECHAT", "WAITING", 4),
            row("WECHAT", "GATHERED", 1),
            row("WECHAT", "UNREACHABLE", 6, "NOT_BOUND"),
            row("WECHAT", "UNREACHABLE", 1, "NOT_SUBSCRIBED"),
        ]
    ) == [
        {
            "outlet": "WECHAT",
            "total": 19,
            "reached": 7,
            "delivered": 5,
            "waiting": 5,
            "unreachable": 7,
            "failed": 0,
            "reasons": [
                {"reason": "NOT_BOUND", "count": 6},
                {"reason": "NOT_SUBSCRIBED", "count": 1},
            ],
        },
        {
            "outlet": "SMS",
            "total": 4,
            "reached": 3,
            "delivered": 0,
            "waiting": 0,
            "unreachable": 0,
            "failed": 1,
            "reasons": [{"reason": "REFUSED", "count": 1}],
        },
    ]


# -- the senders ------------------------------------------------------------------------------


@dataclass
class Memory:
    """Deliveries that are due, handed out once each; and what was noted of them."""

    due: list[Delivery]
    settled: dict[str, dict[str, Any]] = field(default_factory=dict)
    rounds: list[int] = field(default_factory=list)
    caught_up: list[str] = field(default_factory=list)

    def claim(self, outlet: Outlet, at: datetime, until: datetime, most: int) -> list[Delivery]:
        claimed, self.due = self.due[:most], self.due[most:]
        self.rounds.append(len(claimed))
        return claimed

    def settle(self, delivery: Delivery, fields: dict[str, Any]) -> None:
        self.settled[delivery.id] = fields

    def catch_up(self, outlet: Outlet, provider_ids: list[str]) -> None:
        self.caught_up += provider_ids


@dataclass
class Told:
    """A provider that answers by the account's number."""

    outlet: Outlet = Outlet.SMS
    answers: Callable[[Delivery], Result] = lambda _: Result(Verdict.SENT, provider_id="1")
    phones: list[str | None] = field(default_factory=list)

    def send(self, delivery: Delivery, address: Address) -> Result:
        self.phones.append(address.phone)
        return self.answers(delivery)


@dataclass
class Deps:
    deliveries: Memory
    away: bool = False
    pace: Pace = field(default_factory=lambda: Pace(DELAYS, timedelta(minutes=1)))
    clock: FixedClock = field(default_factory=lambda: FixedClock(NINE))
    outcomes: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> Callable[[Call, Outlet, list[str]], dict[str, Address]]:
        def of(call: Call, outlet: Outlet, account_ids: list[str]) -> dict[str, Address]:
            if self.away:
                raise Unavailable
            return {id: Address(phone=f"phone of {id}") for id in account_ids}

        return of

    @property
    def together(self) -> Callable[[Callable[[Delivery], None], Iterable[Delivery]], None]:
        def one_by_one(work: Callable[[Delivery], None], all_of: Iterable[Delivery]) -> None:
            for each in all_of:
                work(each)

        return one_by_one

    @property
    def counted(self) -> Callable[[Outlet, str], None]:
        return lambda _outlet, outcome: self.outcomes.append(outcome)


def test_all_that_is_due_goes_in_rounds() -> None:
    deps = Deps(Memory([delivery(number) for number in range(MOST_AT_ONCE + 5)]))
    provider = Told()
    send_due(CALL, provider, deps)
    assert deps.deliveries.rounds == [MOST_AT_ONCE, 5, 0]
    assert provider.phones[0] == "phone of account-0"
    assert {fields["state"] for fields in deps.deliveries.settled.values()} == {"SENT"}
    assert len(deps.deliveries.caught_up) == MOST_AT_ONCE + 5


def test_one_that_fails_holds_up_no_other() -> None:
    def answers(each: Delivery) -> Result:
        bad = each.account_id == "account-2"
        return Result(Verdict.UNCLEAR) if bad else Result(Verdict.SENT, provider_id="1")

    deps = Deps(Memory([delivery(number) for number in (1, 2, 3)]))
    send_due(CALL, Told(answers=answers), deps)
    states = [fields.get("state") for fields in deps.deliveries.settled.values()]
    assert states == ["SENT", None, "SENT"]
    assert deps.outcomes == ["SENT", "UNCLEAR", "SENT"]


def test_while_nobody_knows_the_addresses_all_are_tried_later() -> None:
    deps = Deps(Memory([delivery(1, unclear=True), delivery(2)]), away=True)
    provider = Told()
    send_due(CALL, provider, deps)
    assert provider.phones == []
    first, second = deps.deliveries.settled.values()
    assert first["next_at"] == second["next_at"] == NINE + DELAYS[0]
    assert (first["unclear"], second["unclear"]) == (True, False)
