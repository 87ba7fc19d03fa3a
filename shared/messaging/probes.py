"""The probes of a service process, answered by its own event loop."""

from __future__ import annotations

import time
from typing import Any

import eventlet
from eventlet import wsgi

from shared.messaging.consumer import EventConsumers
from shared.messaging.link import BrokerLink
from shared.messaging.platform import PlatformExtension
from shared.messaging.server import RpcServer
from shared.persistence.database import primary_answers
from shared.probes import STUCK_SECONDS, Probes


def serve(container: Any, port: int) -> None:
    """Listen on `port` of all interfaces until the process ends; begin before the container does,
    so that a long preparation of the database is seen as alive and not ready."""
    socket = eventlet.listen(("0.0.0.0", port), reuse_port=False)
    eventlet.spawn_n(wsgi.server, socket, probes(container), log_output=False, keepalive=False)


def probes(container: Any) -> Probes:
    """Alive: the loop answers and the broker's reader turns. Ready: calls and events reach it."""
    extensions = container.shared_extensions
    link: BrokerLink = extensions[BrokerLink]
    platform: PlatformExtension = extensions[PlatformExtension]
    consuming = [extensions[kind] for kind in (RpcServer, EventConsumers) if kind in extensions]
    return Probes(
        alive={"reader": lambda: _turns(link.beat_at)},
        ready={
            "broker": lambda: link.connected,
            "consumers": lambda: all(extension.consuming for extension in consuming),
            "database": lambda: primary_answers(platform.get().database.client),
        },
    )


def _turns(beat_at: float | None) -> bool:
    """A service that still prepares its database has no reader yet, however long that takes."""
    return beat_at is None or time.monotonic() - beat_at < STUCK_SECONDS
