"""Sessions that have ended: asked for when needed, once for all; open while identity is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from gateway.revocations import Revocations
from shared import keys
from shared.actor import PUBLIC_ACTOR, Actor, Role, TokenVerifier
from shared.errors import DeadlineExceeded, Unauthenticated

NOW = 1_486_342_800.0
MEMBER = Actor("account-1", Role.MEMBER, session_id="s-1")
OTHER = Actor("account-2", Role.MEMBER, session_id="s-2")


class Identity:
    """Answers each question when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, dict[str, Any]]] = []
        self.waiting: list[asyncio.Future[Any]] = []
        self.answer: Any = []

    def send(self, service: str, method: str, body: bytes, **options: Any) -> asyncio.Future[Any]:
        assert (service, method) == ("identity", "ended_sessions")
        since = datetime.fromisoformat(orjson.loads(body)["kwargs"]["since"])
        self.asked.append((since.timestamp(), options))
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self.answer is None:
            self.waiting.append(future)
        elif isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


class Case:
    def __init__(self, folder: Path) -> None:
        keys.ensure(folder, ["gateway"])
        self.folder = folder
        self.identity = Identity()
        self.now = NOW
        self.revocations = Revocations(self.identity, folder, lambda: self.now)

    def since(self) -> list[float]:
        return [since for since, _ in self.identity.asked]

    async def live(self, actor: Actor = MEMBER) -> bool:
        try:
            await self.revocations.require_live(actor)
        except Unauthenticated as error:
            assert error.message == "登录已失效，请重新登录"
            return False
        return True


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(story())


def test_who_has_ended_is_refused_and_others_are_not(case: Case) -> None:
    async def story() -> None:
        case.identity.answer = ["s-1"]
        assert not await case.live()
        assert await case.live(OTHER)

    run(story)
    [(since, options)] = case.identity.asked
    assert since == NOW - 610
    assert options["timeout"] == 0.5
    asker = TokenVerifier(case.folder / "jwks.json").verify(options["token"])
    assert (asker.account_id, asker.role) == ("service:gateway", Role.SYSTEM)


def test_who_has_no_session_asks_nothing(case: Case) -> None:
    async def story() -> None:
        assert await case.live(PUBLIC_ACTOR)
        assert await case.live(Actor("service:members", Role.SYSTEM))

    run(story)
    assert case.identity.asked == []


def test_an_answer_serves_for_two_seconds_and_the_next_question_goes_on_from_it(case: Case) -> None:
    async def story() -> None:
        assert await case.live()
        case.identity.answer = ["s-1"]
        case.now += 1.9
        assert await case.live()
        case.now += 0.1
        assert not await case.live()

    run(story)
    assert case.since() == [NOW - 610, NOW - 10]


def test_all_who_wait_share_one_question_and_one_who_leaves_takes_nothing_away(case: Case) -> None:
    async def story() -> None:
        case.identity.answer = None
        first, *others = [asyncio.create_task(case.live()) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        [question] = case.identity.waiting
        question.set_result(["s-1"])
        assert await asyncio.gather(*others) == [False] * 4

    run(story)
    assert case.since() == [NOW - 610]


def test_while_identity_is_away_tokens_hold_and_each_request_waits_for_none_of_them(
    case: Case,
) -> None:
    async def story() -> None:
        case.identity.answer = ["s-2"]
        assert await case.live()
        case.identity.answer = DeadlineExceeded()
        case.now += 100
        assert await case.live()
        assert await case.live()
        assert not await case.live(OTHER)
        case.identity.answer = ["s-1"]
        case.now += 2
        assert not await case.live()

    run(story)
    assert case.since() == [NOW - 610, NOW - 10, NOW - 10]


def test_an_ended_session_is_remembered_for_the_life_of_an_access_token(case: Case) -> None:
    async def story() -> None:
        case.identity.answer = ["s-1"]
        assert not await case.live()
        case.identity.answer = []
        case.now += 609
        assert not await case.live()
        case.now += 2
        assert await case.live()
        assert await case.revocations.current() == set()

    run(story)


def test_without_a_key_of_its_own_the_gateway_lets_people_in(tmp_path: Path) -> None:
    async def story() -> None:
        assert await Revocations(Identity(), tmp_path / "nowhere").require_live(MEMBER) is None  # type: ignore[func-returns-value]

    run(story)
