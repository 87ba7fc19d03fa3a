"""How a long-lived pika connection is made, blocking or not, and when a lost one is tried again."""

from __future__ import annotations

import pika

HEARTBEAT_SECONDS = 10  # a dead broker is noticed within 20 seconds
BLOCKED_SECONDS = 30
BACKOFF = (0.2, 0.5, 1.0, 2.0)  # seconds before each new try, then always the last


def parameters(amqp_uri: str, name: str) -> pika.URLParameters:
    """Where and as whom, under a `name` that the broker shows."""
    found = pika.URLParameters(amqp_uri)
    found.heartbeat = HEARTBEAT_SECONDS
    found.blocked_connection_timeout = BLOCKED_SECONDS
    found.client_properties = {"connection_name": name}
    return found
