"""The stack that all integration and end-to-end tests stand on."""

from __future__ import annotations

import datetime as dt

import pytest

from deploy.local import programs
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI, Clock
from shared.errors import Forbidden, Unauthenticated, Unavailable
from shared.settings import read
from tests.stack import Stack
from tests.waiting import eventually

SYSTEM = Actor("service:demo", Role.SYSTEM)


def test_every_service_answers_and_the_gateway_says_so(stack: Stack) -> None:
    expected = {name: "ok" for name in programs.services()}
    answer = eventually(lambda: stack.http.get("/services"))
    assert (answer.status_code, answer.json()["services"]) == (200, expected)
    for name in programs.services():
        health = stack.call(name, "health", PUBLIC_ACTOR)
        assert (health["service"], health["pid"]) == (name, stack.pid(name))


def test_graphql_answers(stack: Stack) -> None:
    assert stack.graphql("{ __typename }") == {"data": {"__typename": "Query"}}


def test_a_token_carries_the_actor_and_a_visitor_has_none(stack: Stack) -> None:
    [first, *_] = programs.services()
    assert stack.token(PUBLIC_ACTOR) is None
    with pytest.raises(Unauthenticated):
        stack.call(first, "settings", PUBLIC_ACTOR)
    [setting, *_] = stack.call(first, "settings", Actor("account-1", Role.OFFICE))
    assert "key" in setting
    with pytest.raises(Forbidden):  # another service's own word opens nothing
        stack.call(first, "settings", SYSTEM)
    assert stack.call(first, "settings", Actor(f"service:{first}", Role.SYSTEM))


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_process_that_is_away_and_back(stack: Stack, end: str) -> None:
    [first, *_] = programs.services()
    before = stack.pid(first)
    getattr(stack, end)(first)
    assert stack.pid(first) is None
    assert stack.http.get("/services").status_code == 503
    stack.start(first)
    assert stack.pid(first) not in (None, before)
    eventually(lambda: stack.http.get("/services").status_code == 200)


def test_calls_while_the_broker_is_away_are_refused_and_come_back(stack: Stack) -> None:
    [first, *_] = programs.services()
    stack.kill("broker")
    with pytest.raises(Unavailable):
        stack.call(first, "health", PUBLIC_ACTOR)
    stack.start("broker")
    eventually(lambda: stack.http.get("/services").status_code == 200, timeout=30)


def test_the_clock_moves_for_all(stack: Stack) -> None:
    target = dt.datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
    clock = Clock(stack.mongo, read(stack.environment))
    former = clock.now()
    stack.move_clock(target)
    try:
        assert dt.timedelta(0) <= clock.now() - target < dt.timedelta(seconds=5)
    finally:
        stack.move_clock(former)


def test_an_unknown_queue_is_an_error_and_not_an_empty_one(stack: Stack) -> None:
    with pytest.raises(LookupError, match="no queue nobody"):
        stack.queue_depth("nobody")
