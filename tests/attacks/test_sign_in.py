"""Attacks on accounts: guessing, locking others out, taking over who approves, acting on when
stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import orjson
import pika
import pytest

from gateway.ids import global_id
from shared.actor import Actor, Role
from shared.errors import AppError
from shared.ids import new_id
from shared.messaging import topology
from shared.messaging import wire as messaging_wire
from tests import wire
from tests.integration.identity.people import ADMIN, OFFICE, PASSWORD, People
from tests.stack import Stack
from tests.waiting import eventually

Json = dict[str, Any]
GUESS = "Wrong-Guess-1984"
FLOOD = 64  # what identity takes from its queue at once
SIGN_IN = """mutation ($login: String!, $password: String!, $device: String) {
  signIn(input: {login: $login, password: $password, deviceToken: $device}) {
    accessToken deviceToken errors { code message } } }"""


@pytest.fixture
def people(stack: Stack) -> Iterator[People]:
    yield People(stack)
    stack.db("identity")["attempts"].delete_many({})  # what others are known by here is not theirs


class Places:
    """Clients at addresses of their own: Linux lets one choose any of 127.0.0.0/8."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self._url, self._stack = url, stack
        self._clients: dict[int, httpx.Client] = {}

    def at(self, place: int) -> httpx.Client:
        if place not in self._clients:
            transport = httpx.HTTPTransport(local_address=f"127.0.7.{place}")
            client = httpx.Client(base_url=self._url, transport=transport, timeout=30)
            self._clients[place] = self._stack.enter_context(client)
        return self._clients[place]

    def sign_in(
        self, place: int, login: str, password: str = GUESS, device: str | None = None
    ) -> Json:
        variables = {"login": login, "password": password, "device": device}
        body = {"query": SIGN_IN, "variables": variables}
        answer = self.at(place).post("/graphql", json=body).json()
        assert "errors" not in answer, answer
        payload: Json = answer["data"]["signIn"]
        return payload

    def refused(self, place: int, login: str, password: str = GUESS) -> list[str]:
        return [error["code"] for error in self.sign_in(place, login, password)["errors"]]


@pytest.fixture
def places(stack: Stack) -> Iterator[Places]:
    with ExitStack() as open_clients:
        yield Places(stack.url, open_clients)


def acted(people: People, token: str | None, mutation: str, asked: str, **input: Any) -> Json:
    """The whole answer to a mutation."""
    name = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {asked} }} }}"
    return people.stack.graphql(query, {"input": input}, token)


# -- locking out ---------------------------------------------------------------------------


def test_who_guesses_at_the_vice_chair_locks_out_himself(people: People, places: Places) -> None:
    people.load("vice.chair", {"role": "CHAIR_COUNCIL", "scope": {}})
    login = people.login("vice.chair")
    assert [places.refused(66, login) for _ in range(7)] == [
        *[["INVALID_CREDENTIALS"]] * 4,
        *[["ACCOUNT_LOCKED"]] * 3,
    ]
    assert places.refused(66, login, PASSWORD) == ["ACCOUNT_LOCKED"]
    assert places.sign_in(1, login, PASSWORD)["accessToken"]


def test_thirty_guesses_in_one_request_lock_nobody_else_out(people: People, places: Places) -> None:
    """However many of them the gateway lets through."""
    names = [f"staff-{number}" for number in range(6)]
    for name in names:
        people.load(name)
    tries = "".join(
        f'a{n}: signIn(input: {{login: "{people.login(names[n % 6])}", password: "{GUESS}"}}) '
        "{ errors { code } } "
        for n in range(30)
    )
    places.at(66).post("/graphql", json={"query": f"mutation {{ {tries} }}"})
    for name in names:
        assert places.sign_in(1, people.login(name), PASSWORD)["accessToken"]


def test_many_addresses_keep_out_strangers_for_a_while_and_no_known_device(
    people: People, places: Places
) -> None:
    people.load("wang")
    login = people.login("wang")
    device = places.sign_in(1, login, PASSWORD)["deviceToken"]
    for place in range(60, 65):
        for _ in range(4):
            places.refused(place, login)
    assert places.refused(2, login, PASSWORD) == ["ACCOUNT_LOCKED"]
    known = places.sign_in(1, login, PASSWORD, device)
    assert (known["deviceToken"], known["errors"]) == (device, [])
    moved = places.sign_in(3, login, PASSWORD, device)
    assert moved["accessToken"]


def test_a_token_of_ones_own_device_opens_no_other_account(people: People, places: Places) -> None:
    people.load("wang")
    people.load("attacker")
    own = places.sign_in(66, people.login("attacker"), PASSWORD)["deviceToken"]
    login = people.login("wang")
    codes = [
        error["code"] for _ in range(6) for error in places.sign_in(66, login, GUESS, own)["errors"]
    ]
    assert codes == ["INVALID_CREDENTIALS"] * 4 + ["ACCOUNT_LOCKED"] * 2
    assert places.sign_in(1, login, PASSWORD)["accessToken"]


def test_one_address_tries_few_names_and_a_name_that_nobody_has_answers_like_any(
    people: People, places: Places
) -> None:
    people.load("wang")
    for number in range(49):
        assert places.refused(66, f"nobody-{people.key}-{number}") == ["INVALID_CREDENTIALS"]
    assert places.refused(66, people.login("wang")) == ["ACCOUNT_LOCKED"]
    assert places.refused(66, f"nobody-{people.key}") == ["ACCOUNT_LOCKED"]
    assert places.sign_in(1, people.login("wang"), PASSWORD)["accessToken"]


def test_a_flood_of_sign_ins_is_refused_at_once_and_the_rest_goes_on(people: People) -> None:
    people.load("wang")
    token = people.sign_in("wang")["access_token"]
    codes: list[str] = []
    with wire.channel(people.stack.amqp_uri) as opened:

        def heard(_channel: Any, _method: Any, _properties: Any, body: bytes) -> None:
            error = orjson.loads(body)["error"]
            codes.append(error["code"] if error else "OK")

        opened.basic_consume(wire.REPLY_TO, heard, auto_ack=True)
        for number in range(FLOOD):
            _send_sign_in(opened, f"nobody-{people.key}-{number}")
        asked = time.monotonic()
        people.call_with(token, "viewer_account")
        took = time.monotonic() - asked
        eventually(lambda: opened.connection.process_data_events(0.05) or len(codes) == FLOOD)
    assert set(codes) == {"INVALID_CREDENTIALS", "SERVICE_UNAVAILABLE"}
    assert took < 3  # hashing all of them one after the other takes longer


def _send_sign_in(opened: wire.BlockingChannel, login: str) -> None:
    body, headers, expiration = messaging_wire.request(
        {"login": login, "password": GUESS}, token=None, correlation_id=new_id(), timeout=10
    )
    properties = pika.BasicProperties(
        content_type="application/json",
        reply_to=wire.REPLY_TO,
        correlation_id=new_id(),
        expiration=expiration,
        headers=headers,
    )
    opened.basic_publish(topology.RPC_EXCHANGE, "identity.sign_in", body, properties)


# -- taking over ---------------------------------------------------------------------------


def test_one_person_of_the_office_cannot_be_the_second_person_too(
    people: People, places: Places
) -> None:
    people.load("zhang", {"role": "OFFICE", "scope": {}})
    zhang = places.sign_in(1, people.login("zhang"), PASSWORD)["accessToken"]
    li = global_id("Account", people.load("li", {"role": "OFFICE", "scope": {}}))
    alone = acted(people, zhang, "issueResetCode", "code errors { code }", accountId=li)
    assert alone["data"]["issueResetCode"] == {
        "code": None,
        "errors": [{"code": "RESET_NEEDS_TWO"}],
    }
    asked = acted(
        people, zhang, "requestPasswordReset", "errors { code }", accountId=li, reason="遗失密码"
    )
    assert asked["data"]["requestPasswordReset"]["errors"] == []
    own = acted(people, zhang, "approvePasswordReset", "code", accountId=li)
    assert own["errors"][0]["extensions"]["code"] == "FORBIDDEN"


# -- acting on -----------------------------------------------------------------------------


def test_a_calendar_address_rests_while_its_owner_is_disabled(people: People) -> None:
    stack = people.stack
    people.publish(people.member("member_appointed", state="ACTIVE"))
    account = eventually(lambda: people.account_of().get("_id"))
    owner = Actor(account, Role.MEMBER, member_id=f"m-{people.number(1)}")
    opened = acted(people, stack.token(owner), "openCalendarFeed", "feed { path }")
    path = opened["data"]["openCalendarFeed"]["feed"]["path"]

    def shows(status: int) -> bool:
        return stack.http.get(path).status_code == status

    eventually(lambda: shows(200))
    people.call("disable_account", ADMIN, account_id=account, reason="调查")
    eventually(lambda: shows(404))
    people.call("enable_account", ADMIN, account_id=account, reason="恢复")
    eventually(lambda: shows(200))


def test_a_token_of_an_ended_session_opens_no_service_behind_the_gateway(people: People) -> None:
    """Every service hears of the end: who brings such a token past the gateway gains nothing."""
    account = people.load("wang")
    token = people.sign_in("wang")["access_token"]
    services = sorted(people.stack.services)

    def answered(service: str) -> str:
        try:
            wire.call(people.stack.amqp_uri, service, "settings", token, 5.0, {})
        except AppError as error:
            return error.code
        return "OPEN"

    before = {service: answered(service) for service in services}
    assert "UNAUTHENTICATED" not in before.values()
    people.call("disable_account", ADMIN, account_id=account, reason="调查")
    for service in services:
        eventually(lambda service=service: answered(service) == "UNAUTHENTICATED")  # type: ignore[misc]
    people.call("enable_account", ADMIN, account_id=account, reason="恢复")
    token = people.sign_in("wang")["access_token"]
    assert {service: answered(service) for service in services} == before


def test_only_the_gateway_learns_which_sessions_have_ended(people: People) -> None:
    people.load("wang")
    session = people.sign_in("wang")
    people.call_with(session["access_token"], "sign_out")
    since = {"since": "2017-02-06T09:00:00+08:00"}
    gateway = Actor("service:gateway", Role.SYSTEM)
    ended = people.call("ended_sessions", gateway, **since)
    assert len(ended) > 0 and all(isinstance(id, str) for id in ended)
    for other in (OFFICE, Actor("service:members", Role.SYSTEM)):
        with pytest.raises(AppError) as refused:
            people.call("ended_sessions", other, **since)
        assert refused.value.code == "FORBIDDEN"
