"""The one broker connection of a service process, and how it heals.

One greenlet reads; any greenlet may write (py-amqp locks its writer). Nothing here waits for the
broker in the reading greenlet, and nothing outside it reads. A lost connection is opened again
with backoff, every channel and consumer with it; the process lives on.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import amqp
import eventlet
from amqp.exceptions import AMQPError
from amqp.transport import SSLTransport, TCPTransport
from eventlet.event import Event as Signal
from eventlet.semaphore import Semaphore
from kombu.utils.url import parse_url
from nameko.extensions import SharedExtension

from shared import metrics
from shared.errors import Unavailable
from shared.logging import get_logger
from shared.messaging.events import CONTENT_TYPE
from shared.messaging.topology import events_exchange

HEARTBEAT_SECONDS = 10
READ_SECONDS = 1.0
READ_BYTES = 65_536  # at once, of what has come
LOOK_SECONDS = 10.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 2.0
CONFIRM_SECONDS = 10.0
LOST = (AMQPError, OSError, socket.timeout)

Opener = Callable[[amqp.Connection], None]
log = get_logger(__name__)


def address(uri: str) -> dict[str, Any]:
    """Where and as whom `uri` says to connect; over TLS the certificate must name the host."""
    parts = parse_url(uri)
    secure = parts["transport"] == "amqps"
    return {
        "host": f"{parts['hostname']}:{parts['port'] or (5671 if secure else 5672)}",
        "userid": parts["userid"] or "guest",
        "password": parts["password"] or "guest",
        "virtual_host": parts["virtual_host"] or "/",
        "ssl": {"server_hostname": parts["hostname"]} if secure else False,
    }


class _Joining:
    """What is written inside `together` goes out by one call of the system."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._held: list[bytes] | None = None
        self._sending = Semaphore()
        super().__init__(*args, **kwargs)

    def write(self, data: Any) -> None:
        if self._held is not None:
            self._held.append(bytes(data))
            return
        with self._sending:
            super().write(data)  # type: ignore[misc]

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Nothing inside may wait: what others write meanwhile is held, too."""
        held: list[bytes] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
        self.write(b"".join(held))


class _Plain(_Joining, TCPTransport):
    """py-amqp reads a frame in three parts, each by a call of its own: here by one, of all that
    has come."""

    def _setup_transport(self) -> None:
        super()._setup_transport()
        self._quick_recv = lambda _wanted: self.sock.recv(READ_BYTES)


class _Secure(_Joining, SSLTransport):
    pass


class _Connection(amqp.Connection):
    # Without connection.blocked a publish never reads, so that only one greenlet ever does.
    negotiate_capabilities = {  # noqa: RUF012
        "consumer_cancel_notify": True,
        "authentication_failure_close": True,
    }

    def Transport(self, *args: Any, **kwargs: Any) -> Any:
        """What py-amqp asks for with (host, connect_timeout, ssl, read_timeout, write_timeout)."""
        host, connect_timeout, ssl, *timeouts = args
        made = _Secure if ssl else _Plain
        names = ("read_timeout", "write_timeout")
        kwargs |= dict(zip(names, timeouts, strict=False))
        return made(host, connect_timeout=connect_timeout, ssl=ssl, **kwargs)


class BrokerLink(SharedExtension):
    """Opens the connection, hands channels to those who asked (`on_open`), publishes.

    `publish` is for replies: transient, no confirm. `publish_confirmed` returns after the
    broker's confirm: for retries and dead letters.
    """

    def __init__(self) -> None:
        self._openers: list[Opener] = []
        self._losers: list[Callable[[], None]] = []
        self._lookers: list[Callable[[], None]] = []
        self._stopping = False
        self._connection: _Connection | None = None
        self._replies: amqp.Channel | None = None
        self._confirmed: amqp.Channel | None = None
        self._unconfirmed: dict[int, Signal] = {}
        self._next_tag = 0
        self._publishing = Semaphore()
        self._up = Signal()
        self.beat_at: float | None = None  # when the reader turned last; None before it begins

    @property
    def connected(self) -> bool:
        return self._connection is not None

    def on_open(self, opener: Opener) -> None:
        """Call `opener(connection)` at each (re)connection, in the reading greenlet."""
        self._openers.append(opener)

    def on_lost(self, loser: Callable[[], None]) -> None:
        """Call `loser()` when the connection is lost."""
        self._losers.append(loser)

    def on_look(self, looker: Callable[[], None]) -> None:
        """Call `looker()` every LOOK_SECONDS while connected, in the reading greenlet, the only
        one that may wait for an answer of the broker."""
        self._lookers.append(looker)

    def setup(self) -> None:
        self._connected = metrics.broker_connected.labels(self.container.service_name)

    def start(self) -> None:
        self._reader = self.container.spawn_managed_thread(self._run, identifier="broker-link")

    def stop(self) -> None:
        self._stopping = True
        self._reader.wait()

    def kill(self) -> None:
        self._stopping = True

    def wait_until_up(self, seconds: float) -> None:
        """Raises Unavailable when the broker is not there in time."""
        if self._connection is not None:
            return
        with eventlet.Timeout(max(seconds, 0), False):
            self._up.wait()
        if self._connection is None:
            raise Unavailable

    def publish(
        self,
        body: bytes,
        exchange: str,
        key: str,
        *,
        correlation_id: str | None = None,
        until: float,
        then: Callable[[], None],
    ) -> None:
        """Publish a transient message, waiting for a lost connection until `until` (epoch).

        What `then` writes, such as an ack, goes with it; it may neither wait nor raise.
        """
        message = amqp.Message(
            body, content_type="application/json", correlation_id=correlation_id, delivery_mode=1
        )
        while True:
            self.wait_until_up(until - time.time())
            try:
                connection, channel = self._connection, self._replies
                if connection is not None and channel is not None:
                    with connection.transport.together():
                        channel.basic_publish(message, exchange, key)
                        then()
                    return
            except LOST:
                eventlet.sleep(FIRST_WAIT)

    def tell(self, exchange: str, key: str, body: bytes, headers: Mapping[str, Any]) -> None:
        """Publish for whoever listens now; nothing at all while there is no connection."""
        message = amqp.Message(
            body, content_type=CONTENT_TYPE, delivery_mode=1, application_headers=dict(headers)
        )
        try:
            if (channel := self._replies) is not None:
                channel.basic_publish(message, exchange, key)
        except LOST:
            log.debug("tell_lost")

    def publish_confirmed(
        self, body: bytes, exchange: str, key: str, headers: Mapping[str, Any]
    ) -> None:
        """Publish a persistent message and wait for its confirm; raises Unavailable."""
        message = amqp.Message(
            body,
            content_type="application/json",
            delivery_mode=2,
            application_headers=dict(headers),
        )
        self.wait_until_up(CONFIRM_SECONDS)
        signal = Signal()
        try:
            with self._publishing:  # the tag and the publish must go together
                if self._confirmed is None:
                    raise Unavailable
                self._next_tag += 1
                self._unconfirmed[self._next_tag] = signal
                self._confirmed.basic_publish(message, exchange, key)
        except LOST as error:
            raise Unavailable from error
        confirmed = False
        with eventlet.Timeout(CONFIRM_SECONDS, False):
            confirmed = signal.wait()
        if not confirmed:
            raise Unavailable

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self._stopping:
            self.beat_at = time.monotonic()
            try:
                connection = self._open()
                wait = FIRST_WAIT
                log.info("broker_connected")
                self._read(connection)
            except LOST as error:
                if not self._stopping:
                    log.warning("broker_lost", error=error)
            finally:
                self._forget()
            if not self._stopping:
                eventlet.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    def _open(self) -> _Connection:
        connection = _Connection(
            **address(self.container.config["AMQP_URI"]),
            heartbeat=HEARTBEAT_SECONDS,
            connect_timeout=5,
            read_timeout=5,
            write_timeout=5,
            client_properties={"connection_name": self.container.service_name},
        )
        connection.connect()
        self._replies = connection.channel()
        told = events_exchange(self.container.service_name)
        self._replies.exchange_declare(told.name, told.type, durable=True, auto_delete=False)
        confirmed = connection.channel()
        confirmed.confirm_select()
        confirmed.events["basic_ack"].add(self._on_ack)
        confirmed.events["basic_nack"].add(self._on_nack)
        self._confirmed = confirmed
        for opener in self._openers:
            opener(connection)
        self._connection = connection
        self._connected.set(1)
        self._up.send(None)
        return connection

    def _read(self, connection: _Connection) -> None:
        tick_at = look_at = time.monotonic()
        while not self._stopping:
            with contextlib.suppress(TimeoutError):
                connection.drain_events(timeout=READ_SECONDS)
            now = time.monotonic()
            if now >= tick_at:
                connection.heartbeat_tick()
                self.beat_at, tick_at = now, now + READ_SECONDS
            if now >= look_at:
                look_at = now + LOOK_SECONDS
                for looker in self._lookers:
                    looker()

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        self._replies = self._confirmed = None
        self._connected.set(0)
        if self._up.ready():
            self._up = Signal()
        waiting, self._unconfirmed, self._next_tag = self._unconfirmed, {}, 0
        for signal in waiting.values():
            signal.send(False)
        for loser in self._losers:
            loser()
        if connection is not None:
            try:
                connection.close() if self._stopping else connection.collect()
            except LOST:
                log.debug("close_failed")

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, True)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, False)

    def _settle(self, tag: int, multiple: bool, confirmed: bool) -> None:
        tags = [t for t in self._unconfirmed if t <= tag] if multiple else [tag]
        for settled in tags:
            signal = self._unconfirmed.pop(settled, None)
            if signal is not None:
                signal.send(confirmed)
