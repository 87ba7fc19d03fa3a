"""Who is told what, and how much waits for a slow follower."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.live import MOST_WAITING, Change, Hub, Mailbox, TooSlow, topic_of
from shared.actor import TokenSigner, TokenVerifier
from shared.contracts import sample_event
from shared.errors import Unavailable
from shared.keys import ensure
from shared.messaging.events import dump
from shared.messaging.signatures import HEADER, Kind, sign


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure(folder, ["proposals", "study"])
    return folder


def listening(keys: Path = Path()) -> Hub:
    hub = Hub(TokenVerifier(keys / "jwks.json"))
    hub._begin()
    return hub


def change(subject: str, version: int = 1) -> Change:
    return Change(sample_event("proposals", "proposal_filed", subject=subject, version=version))


async def taken(mailbox: Mailbox, count: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    async for each in mailbox:
        found.append((each.event.subject, each.event.version))
        if len(found) == count:
            break
    return found


def test_events_are_followed_by_recipient_or_by_proposal() -> None:
    message = sample_event("notifications", "notification_created")
    todo = sample_event("notifications", "todo_changed")
    filed = sample_event("proposals", "proposal_filed", subject="p-1")
    assert topic_of(message) == (
        "notification:member:m-15-0088",
        "proposal_filed:proposal-1:9:member:m-15-0088",
    )
    assert topic_of(todo) == (
        "todo:member:m-15-0031",
        "COSIGN_ANSWER:proposal-1:member:m-15-0031",
    )
    assert topic_of(filed) == ("proposals:p-1", "p-1")


def test_followers_of_a_topic_get_its_events_and_no_others() -> None:
    hub = listening()
    with hub.follow("proposals:p-1") as first, hub.follow("proposals:p-2") as second:
        hub.tell(sample_event("proposals", "proposal_filed", subject="p-1"))
        assert asyncio.run(taken(first, 1)) == [("p-1", 1)]
        assert second._changes == {}
    assert hub._followers == {}


def test_of_one_subject_only_the_latest_waits() -> None:
    mailbox = Mailbox()
    for version in (1, 2, 3):
        mailbox.put("p-1", change("p-1", version))
    mailbox.put("p-2", change("p-2"))
    assert asyncio.run(taken(mailbox, 2)) == [("p-1", 3), ("p-2", 1)]


def test_a_follower_that_never_reads_holds_a_bounded_number_and_is_sent_away() -> None:
    mailbox = Mailbox()
    for number in range(MOST_WAITING + 500):
        mailbox.put(f"p-{number}", change(f"p-{number}"))
        assert len(mailbox._changes) <= MOST_WAITING

    async def read() -> None:
        async for _ in mailbox:
            pass

    with pytest.raises(TooSlow):
        asyncio.run(read())


def test_without_the_broker_nobody_follows_and_followers_are_told() -> None:
    hub = Hub(TokenVerifier(Path("jwks.json")))
    with pytest.raises(Unavailable), hub.follow("proposals:p-1"):
        pass
    hub._begin()

    async def read(mailbox: Mailbox) -> None:
        async for _ in mailbox:
            pass

    with hub.follow("proposals:p-1") as mailbox:
        hub.lost()
        with pytest.raises(Unavailable):
            asyncio.run(read(mailbox))
    with pytest.raises(Unavailable), hub.follow("proposals:p-1"):
        pass


def test_what_a_token_is_shown_is_fetched_once() -> None:
    fetched: list[str] = []

    async def story() -> list[Any]:
        shared = change("p-1")

        async def fetch(token: str) -> str:
            await asyncio.sleep(0)
            fetched.append(token)
            return f"row of {token}"

        tokens = ("a", "a", "b", "a")
        return await asyncio.gather(*(shared.shown(t, partial(fetch, t)) for t in tokens))

    assert asyncio.run(story()) == ["row of a", "row of a", "row of b", "row of a"]
    assert fetched == ["a", "b"]


def test_poison_and_forged_events_are_passed_over(keys: Path) -> None:
    hub = listening(keys)
    event = sample_event("proposals", "proposal_filed", subject="p-1")

    def tell(body: bytes, issuer: str | None) -> None:
        signer = TokenSigner.load(keys, issuer) if issuer else None
        headers = {HEADER: sign(signer, Kind.EVENT, body)} if signer else None
        hub._on_message(None, None, SimpleNamespace(headers=headers), body)

    with hub.follow("proposals:p-1") as mailbox:
        for body in (b"", b"{}", b"\xff\x00"):
            tell(body, "proposals")
        for issuer in (None, "study"):
            tell(dump(event.to_document()), issuer)
        assert mailbox._changes == {}
        tell(dump(event.to_document()), "proposals")
        assert asyncio.run(taken(mailbox, 1)) == [("p-1", 1)]


def test_a_broken_channel_begins_again_with_the_connection() -> None:
    hub = listening()
    closed: list[bool] = []
    connection = SimpleNamespace(is_open=True, close=lambda: closed.append(True))
    hub._on_channel_closed(SimpleNamespace(connection=connection), "406")
    assert closed == [True]
    with pytest.raises(Unavailable), hub.follow("x"):
        pass
