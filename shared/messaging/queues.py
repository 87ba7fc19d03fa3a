"""How long the service's own queues are, as a metric."""

from __future__ import annotations

from typing import Any

import amqp
from amqp.exceptions import ChannelError
from nameko.extensions import SharedExtension
from prometheus_client import Gauge

from shared import metrics, settings
from shared.logging import get_logger
from shared.messaging.link import BrokerLink

log = get_logger(__name__)


class QueueLengths(SharedExtension):
    """Asks the broker for the length of each watched queue, on a channel of its own."""

    link = BrokerLink()

    def __init__(self) -> None:
        self._gauges: dict[str, Gauge] = {}
        self._connection: Any = None  # amqp.Connection, once there is one
        self._channel: amqp.Channel | None = None

    def setup(self) -> None:
        if settings.load().probe_port is not None:  # else nobody can read them
            self.link.on_open(self._open)
            self.link.on_look(self._look)

    def watch(self, queue: str) -> None:
        self._gauges[queue] = metrics.queue_messages.labels(self.container.service_name, queue)

    def _open(self, connection: amqp.Connection) -> None:
        self._connection, self._channel = connection, None

    def _look(self) -> None:
        if self._channel is None:
            self._channel = self._connection.channel()
        try:
            for queue, gauge in self._gauges.items():
                gauge.set(self._channel.queue_declare(queue, passive=True).message_count)
        except ChannelError as error:  # somebody has deleted a queue; that closes the channel
            log.warning("queue_missing", error=error)
            self._channel = None
