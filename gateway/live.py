"""What services tell, for those who follow it now (subscriptions).

Each gateway process has one queue of its own, bound to the events that somebody can follow. An
event says only that something changed; what is shown of it is asked of the owning service with
the follower's own token when it is delivered, so that permission is that of the moment.

A follower that is slow holds the latest event of each subject, and MOST_WAITING of them at most.
While the broker is away nothing is known, so every subscription ends with SERVICE_UNAVAILABLE:
a client that follows again, and asks for the present state, has missed nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pika.adapters.asyncio_connection import AsyncioConnection

from gateway.copies import SERVICE as ROSTER
from gateway.copies import Copies
from shared.actor import TokenVerifier
from shared.errors import AppError, Unavailable
from shared.logging import get_logger
from shared.messaging import signatures
from shared.messaging.events import Event
from shared.messaging.topology import events_exchange

MOST_WAITING = 100
MOST_QUEUED = 10_000  # of the process, at the broker; the oldest go first
# Producer → the events that can be followed, as routing keys.
FOLLOWED = {
    "notifications": ("notification_created", "todo_changed"),
    "proposals": ("#",),
    "members": ("#",),
}

ROSTER_EXCHANGE = events_exchange(ROSTER).name

log = get_logger(__name__)


class TooSlow(AppError):
    """The client does not keep up; it may follow again and ask for the present state."""

    kind = "unavailable"
    code = "TOO_SLOW"
    message = "接收过慢，订阅已结束，请重新订阅"


@dataclass(eq=False)
class Change:
    """One event for all its followers; what a token is shown of it is fetched once."""

    event: Event
    _shown: dict[str | None, asyncio.Future[Any]] = field(default_factory=dict)

    async def shown(self, token: str | None, fetch: Callable[[], Awaitable[Any]]) -> Any:
        """What `fetch` gives, shared by all subscriptions of the same token."""
        found = self._shown.get(token)
        if found is None:
            found = self._shown[token] = asyncio.ensure_future(fetch())
        return await asyncio.shield(found)


class Mailbox:
    """What one subscription has not been told yet: the latest change of each subject."""

    def __init__(self) -> None:
        self._changes: dict[str, Change] = {}
        self._failure: AppError | None = None
        self._wake = asyncio.Event()

    def put(self, subject: str, change: Change) -> None:
        self._changes.pop(subject, None)  # the newest comes last, and once
        self._changes[subject] = change
        if len(self._changes) > MOST_WAITING:
            self.fail(TooSlow())
        self._wake.set()

    def fail(self, error: AppError) -> None:
        self._changes.clear()
        self._failure = error
        self._wake.set()

    async def __aiter__(self) -> AsyncIterator[Change]:
        while True:
            while self._changes:
                subject = next(iter(self._changes))
                yield self._changes.pop(subject)
            if self._failure:
                raise self._failure
            self._wake.clear()
            await self._wake.wait()


class Hub:
    """Hands each event to the mailboxes that follow its topic."""

    def __init__(self, verifier: TokenVerifier, copies: Copies | None = None) -> None:
        self._verifier = verifier
        self._copies = copies or Copies()
        self._followers: dict[str, set[Mailbox]] = {}
        self._listening = False

    @contextmanager
    def follow(self, *topics: str) -> Iterator[Mailbox]:
        """A mailbox of these topics; Unavailable while nothing can be heard."""
        if not self._listening:
            raise Unavailable
        mailbox = Mailbox()
        for topic in topics:
            self._followers.setdefault(topic, set()).add(mailbox)
        try:
            yield mailbox
        finally:
            for topic in topics:
                self._followers[topic].discard(mailbox)
                if not self._followers[topic]:
                    del self._followers[topic]

    def tell(self, event: Event) -> None:
        """Hand an event to its followers."""
        if event.source == ROSTER:
            self._copies.drop()
        topic, subject = topic_of(event)
        change = Change(event)
        for mailbox in self._followers.get(topic, ()):
            mailbox.put(subject, change)

    # Connection (gateway/rpc.py keeps it)

    def opened(self, connection: AsyncioConnection) -> None:
        connection.channel(on_open_callback=self._on_channel)

    def lost(self) -> None:
        self._copies.end()
        if self._listening:
            self._listening = False
            for mailbox in {m for mailboxes in self._followers.values() for m in mailboxes}:
                mailbox.fail(Unavailable())

    def _on_channel(self, channel: Any) -> None:
        channel.add_on_close_callback(self._on_channel_closed)
        channel.queue_declare(
            "",
            exclusive=True,
            auto_delete=True,
            arguments={"x-max-length": MOST_QUEUED},
            callback=partial(self._bind, channel),
        )

    def _bind(self, channel: Any, declared: Any) -> None:
        queue = declared.method.queue
        for source, keys in FOLLOWED.items():
            exchange = events_exchange(source)
            channel.exchange_declare(exchange.name, exchange.type, durable=True)
            for key in keys:
                channel.queue_bind(queue, exchange.name, key)
        channel.basic_consume(
            queue, self._on_message, auto_ack=True, callback=lambda _: self._begin()
        )

    def _begin(self) -> None:
        self._listening = True
        self._copies.begin()
        log.info("events_followed")

    def _on_message(self, _channel: Any, method: Any, properties: Any, body: bytes) -> None:
        if not self._followers and method.exchange != ROSTER_EXCHANGE:
            return  # whose word it is need not be proved for nobody
        try:
            proof = signatures.proof(self._verifier, properties.headers, body)
            event = signatures.event(proof, body)
        except AppError as error:
            log.warning("event_unreadable", error=error)
            return
        self.tell(event)

    def _on_channel_closed(self, channel: Any, reason: Any) -> None:
        """Something is wrong with this channel alone: begin again with the connection."""
        self.lost()
        if channel.connection.is_open:
            log.warning("events_lost", error=reason)
            channel.connection.close()


def topic_of(event: Event) -> tuple[str, str]:
    """What is followed, and the subject of which only the latest event counts."""
    data = event.data
    if event.type == "notification_created":
        return f"notification:{data['recipient']}", data["notification_id"]
    if event.type == "todo_changed":
        return f"todo:{data['assignee']}", data["todo_id"]
    return f"{event.source}:{event.subject}", event.subject
