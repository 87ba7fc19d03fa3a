"""What a client may take of the event loop, and how many streams it may hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from time import perf_counter, sleep
from typing import Any

import pytest

from gateway import budgets, client, slots
from gateway.budgets import BURST_SECONDS, REQUEST_SECONDS, Budgets, RateLimited
from gateway.errors import RequestError
from gateway.execution import Operation, _paid
from gateway.slots import Slots, TooManyStreams
from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.unit.gateway.sample import gateway, request

LU, GUAN = (Actor(f"account-{name}", Role.MEMBER) for name in ("lu", "guan"))
SHARE = 0.25
SAVED = SHARE * BURST_SECONDS


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def budget(time: Time) -> Budgets:
    return Budgets(SHARE, time)


def come_from(address: str) -> None:
    client.note({"type": "http", "client": (address, 1)}, 0)


def test_who_has_spent_its_share_waits_until_it_is_earned_again(
    budget: Budgets, time: Time
) -> None:
    budget.require(LU)
    budget.spend(LU, SAVED - REQUEST_SECONDS)
    budget.require(LU)  # to the last of it
    with pytest.raises(RateLimited):
        budget.require(LU)
    time.now += REQUEST_SECONDS / SHARE
    budget.require(LU)
    budget.require(GUAN)


def test_a_debt_is_told_in_whole_seconds(budget: Budgets, time: Time) -> None:
    budget.spend(LU, SAVED + 1.0)
    with pytest.raises(RateLimited) as caught:
        budget.require(LU)
    assert caught.value.seconds == 4
    assert caught.value.errors[0].extensions == {"code": "RATE_LIMITED", "retryAfter": 4}
    time.now += 3.9
    with pytest.raises(RateLimited) as caught:
        budget.require(LU)
    assert caught.value.seconds == 1
    time.now += 0.1
    budget.require(LU)


def test_no_more_is_saved_than_a_burst(budget: Budgets, time: Time) -> None:
    budget.require(LU)
    time.now += 10_000
    budget.spend(LU, SAVED + 0.001)
    with pytest.raises(RateLimited):
        budget.require(LU)


def test_visitors_are_told_apart_by_address_and_accounts_are_not(budget: Budgets) -> None:
    come_from("10.0.0.1")
    budget.spend(PUBLIC_ACTOR, 5)
    budget.spend(LU, 5)
    come_from("10.0.0.2")
    budget.require(PUBLIC_ACTOR)
    with pytest.raises(RateLimited):
        budget.require(LU)
    come_from("10.0.0.1")
    with pytest.raises(RateLimited):
        budget.require(PUBLIC_ACTOR)
    budget.require(GUAN)


def test_a_share_of_nothing_limits_nobody() -> None:
    budget = Budgets(0)
    budget.spend(LU, 1_000)
    budget.require(LU)
    assert budget._balances == {}


def test_balances_are_bounded(budget: Budgets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MOST_CLIENTS", 2)
    for name in ("a", "b", "a", "c"):
        budget.spend(Actor(name, Role.MEMBER), 1)
    assert list(budget._balances) == ["a", "c"]


def test_fields_cost(budget: Budgets) -> None:
    budget.spend_fields(LU, 1_000)
    assert budget._balance(LU).seconds == pytest.approx(SAVED - 0.003)


def test_new_texts_of_visitors_go_one_after_the_other_and_leave_time_after_each_slice() -> None:
    """Two texts of two slices of 10 ms each, and twice as much for others after each."""
    budget, spans = Budgets(100.0), []

    async def prepare() -> None:
        async with budget.lane(PUBLIC_ACTOR) as rest:
            work()
            await rest()
            work()

    def work() -> None:
        """Which lets nobody else in."""
        started = perf_counter()
        while perf_counter() < started + 0.01:
            pass
        spans.append((started, perf_counter()))

    async def story() -> None:
        await asyncio.gather(*(prepare() for _ in range(2)))

    asyncio.run(story())
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    assert len(gaps) == 3 and all(gap >= 0.019 for gap in gaps), gaps


def test_who_has_come_into_debt_while_it_waited_is_refused_at_its_turn(budget: Budgets) -> None:
    async def prepare() -> bool:
        try:
            async with budget.lane(PUBLIC_ACTOR):
                budget.spend(PUBLIC_ACTOR, SAVED + 1)
                return True
        except RateLimited:
            return False

    async def story() -> list[bool]:
        return await asyncio.gather(*(prepare() for _ in range(3)))

    come_from("10.0.0.9")
    assert asyncio.run(story()) == [True, False, False]


def test_a_full_lane_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MOST_IN_LANE", 1)
    budget = Budgets(SHARE)

    async def story() -> None:
        async with budget.lane(PUBLIC_ACTOR):
            with pytest.raises(RateLimited):
                async with budget.lane(PUBLIC_ACTOR):
                    raise AssertionError
            async with budget.lane(LU):  # who is signed in waits for no visitor
                pass
        async with budget.lane(PUBLIC_ACTOR):
            pass

    asyncio.run(story())


def test_refusals_are_late_and_a_bounded_number_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "LATE_SECONDS", 10.0)
    monkeypatch.setattr(budgets, "MOST_LATE", 1)
    budget = Budgets(SHARE)

    async def story() -> None:
        late = asyncio.create_task(budget.be_late())
        await asyncio.sleep(0)
        await asyncio.wait_for(budget.be_late(), 1)  # one waits already: at once
        assert not late.done()
        late.cancel()
        await asyncio.gather(late, return_exceptions=True)
        assert budget._late == 0

    asyncio.run(story())


def test_a_request_too_many_is_answered_429(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "LATE_SECONDS", 0.0)
    served = gateway(share=str(SHARE))
    ask: Callable[..., Any] = lambda **more: request(  # noqa: E731
        served, "POST", json={"query": "{ __typename }"}, **more
    )
    assert ask().status_code == 200
    come_from("127.0.0.1")
    served._budgets.spend(PUBLIC_ACTOR, 100)
    answer = ask()
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
        429,
        "RATE_LIMITED",
    )
    assert int(answer.headers["retry-after"]) == pytest.approx(396, abs=5)
    stream = request(
        served,
        "POST",
        json={"query": "subscription { heartbeat(count: 1) }"},
        headers={"accept": "text/event-stream"},
    )
    assert stream.status_code == 429
    for path in ("/calendar/x.ics", "/files/x"):
        assert request(served, "GET", path).status_code == 429
    # Who is signed in is another client; a token that does not hold is the address's.
    assert ask(headers={"authorization": "Bearer good"}).status_code == 200
    assert ask(headers={"authorization": "Bearer forged"}).status_code == 429


def test_streams_are_counted_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_OF_ADDRESS", 2)
    monkeypatch.setattr(slots, "MOST_OF_ACCOUNT", 1)
    monkeypatch.setattr(slots, "MOST", 3)
    found = Slots()
    come_from("10.0.0.1")
    with found.of_address(), found.of_address(), found.of_account("lu"), found.of_account(None):
        with pytest.raises(TooManyStreams, match="address"), found.of_address():
            pass
        with pytest.raises(TooManyStreams, match="account"), found.of_account("lu"):
            pass
        come_from("10.0.0.2")
        with found.of_address():
            come_from("10.0.0.3")
            with pytest.raises(TooManyStreams, match="process"), found.of_address():
                pass
    assert found._taken == {}


def test_streams_of_an_account_are_limited_on_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_OF_ACCOUNT", 0)
    answer = request(
        gateway(),
        "POST",
        json={"query": "subscription { heartbeat(count: 1) }"},
        headers={"accept": "text/event-stream", "authorization": "Bearer good"},
    )
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
        429,
        "TOO_MANY_STREAMS",
    )


@pytest.mark.parametrize("variables", [{}, {"many": ["x"] * 500}], ids=["few", "many"])
@pytest.mark.parametrize("refused", [False, True])
def test_typing_the_variables_is_paid_for_even_if_they_are_refused(
    budget: Budgets, time: Time, refused: bool, variables: dict[str, Any]
) -> None:
    class Slow(Operation):
        def __init__(self) -> None:
            """Of no document."""

        def coerce(self, variables: Any) -> dict[str, Any]:
            sleep(0.02)
            if refused:
                raise RequestError([])
            return {}

        def cost(self, variables: Any) -> int:
            return 0

    budget.spend(LU, SAVED - 0.01)
    with suppress(RequestError):
        asyncio.run(_paid(Slow(), variables, budget.purse(LU)))
    with pytest.raises(RateLimited):
        budget.require(LU)
    budget.require(GUAN)
