"""What the roster has shown lately (decision 60)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gateway.context import Context
from gateway.copies import KEPT_SECONDS, MOST_ROWS, Copies
from gateway.live import Hub
from gateway.members.loaders import LOADERS
from shared.actor import PUBLIC_ACTOR, Actor, Role, TokenVerifier
from shared.contracts import sample_event

MEMBER = Actor("account-1", Role.MEMBER, token="token-1")
OTHER = Actor("account-2", Role.MEMBER, token="token-2")


class Members:
    """Answers as the service does: the public sees no number."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.name = "周梅英"

    def send(self, service: str, method: str, body: bytes, *, token: str | None, **_: Any) -> Any:
        import orjson

        given = orjson.loads(body)["kwargs"]
        self.asked.append((method, *given.get("ids", ())))
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        answer.set_result(self._answer(method, token, given))
        return answer

    def _answer(self, method: str, token: str | None, given: dict[str, Any]) -> Any:
        if method == "roster_class":
            return "ALL" if token else "PUBLIC"
        rows = [{"id": id, "name": self.name} for id in given["ids"] if id != "nobody"]
        return [{**row, "member_no": "15-0088"} if token else row for row in rows]


class World:
    def __init__(self) -> None:
        self.time = 0.0
        self.copies = Copies(lambda: self.time)
        self.copies.begin()
        self.members = Members()

    def rows(
        self, actor: Actor, *ids: str, loader: str = "members", reads_only: bool = True, **more: Any
    ) -> Sequence[Any]:
        async def load() -> Any:
            context = Context(self.members, actor, reads_only=reads_only, copies=self.copies)
            return await LOADERS[loader](context, list(ids), **more)

        found: Sequence[Any] = asyncio.run(load())
        return found

    @property
    def asked(self) -> list[tuple[str, ...]]:
        found, self.members.asked = self.members.asked, []
        return found


def test_what_is_known_is_not_asked_again_by_anyone_who_sees_the_same() -> None:
    world = World()
    first = world.rows(MEMBER, "m-1", "m-2")
    assert world.asked == [("roster_class",), ("members_by_ids", "m-1", "m-2")]
    assert world.rows(OTHER, "m-2", "m-1") == [first[1], first[0]]
    assert world.asked == [("roster_class",)]
    assert world.rows(MEMBER, "m-1", "m-3")[0] == first[0]
    assert world.asked == [("members_by_ids", "m-3")]


def test_another_class_is_shown_what_it_may_see() -> None:
    world = World()
    assert world.rows(MEMBER, "m-1") == [{"id": "m-1", "name": "周梅英", "member_no": "15-0088"}]
    assert world.rows(PUBLIC_ACTOR, "m-1") == [{"id": "m-1", "name": "周梅英"}]


def test_rows_of_fewer_fields_are_others() -> None:
    world = World()
    world.rows(MEMBER, "m-1", fields=["name"])
    world.rows(MEMBER, "m-1")
    world.rows(MEMBER, "m-1", fields=["name"])
    assert [method for method, *_ in world.asked] == ["roster_class"] + 2 * ["members_by_ids"]


def test_who_is_not_there_is_asked_for_each_time() -> None:
    world = World()
    assert world.rows(MEMBER, "nobody") == world.rows(MEMBER, "nobody") == [None]
    assert len(world.asked) == 3


def test_an_event_of_members_drops_all_and_so_does_the_time() -> None:
    world = World()
    hub = Hub(TokenVerifier(Path("jwks.json")), world.copies)
    world.rows(MEMBER, "m-1")
    world.members.name = "周梅"
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周梅英"
    hub.tell(sample_event("proposals", "proposal_filed"))
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周梅英"
    hub.tell(sample_event("members", "member_profile_changed"))
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周梅"
    world.members.name = "周英"
    world.time = KEPT_SECONDS
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周英"


def test_nothing_is_kept_while_events_cannot_be_heard() -> None:
    world = World()
    hub = Hub(TokenVerifier(Path("jwks.json")), world.copies)
    hub.lost()
    world.rows(MEMBER, "m-1")
    world.members.name = "周梅"
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周梅"
    hub._begin()
    world.members.name = "周英"
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周英"


def test_what_was_asked_for_before_a_change_is_not_kept() -> None:
    world = World()
    answer = world.members._answer

    def changed_meanwhile(method: str, token: str | None, given: dict[str, Any]) -> Any:
        found = answer(method, token, given)
        world.copies.drop()
        return found

    world.members._answer = changed_meanwhile  # type: ignore[method-assign]
    world.rows(MEMBER, "m-1")
    world.members._answer = answer  # type: ignore[method-assign]
    world.members.name = "周梅"
    assert world.rows(MEMBER, "m-1")[0]["name"] == "周梅"


def test_a_mutation_reads_what_is() -> None:
    world = World()
    world.rows(MEMBER, "m-1")
    world.members.name = "周梅"
    assert world.rows(MEMBER, "m-1", reads_only=False)[0]["name"] == "周梅"


def test_organisations_are_the_same_for_everybody() -> None:
    world = World()
    world.rows(MEMBER, "unit-zjj", loader="organisations")
    world.rows(PUBLIC_ACTOR, "unit-zjj", loader="organisations")
    assert world.asked == [("organisations_by_ids", "unit-zjj")]


def test_it_is_bounded() -> None:
    world = World()
    for number in range(MOST_ROWS // 500 + 2):
        world.rows(MEMBER, *(f"m-{number}-{each}" for each in range(500)))
    assert sum(map(len, world.copies._rows.values())) <= MOST_ROWS
