"""Prometheus metrics of the kernel. Labels come from fixed sets: services, methods, queues, codes.

Names begin with what is counted, not with a program, so that one rule or graph serves all services;
`service` tells whose it is. What is touched on every call is looked up once, with `labels`, and
kept. The gateway's own metrics are in `gateway/metrics.py`, in the same registry.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest

registry = CollectorRegistry()
ProcessCollector(registry=registry)

# Seconds; answers are meant to take milliseconds, and no caller waits for longer than 3 s.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3)

rpc_seconds = Histogram(
    "rpc_seconds",
    "From taking a call to its answer; its count is the number of calls",
    ["service", "method"],
    buckets=BUCKETS,
    registry=registry,
)
rpc_errors = Counter(
    "rpc_errors_total",
    "Calls answered with an error, by its code",
    ["service", "method", "code"],
    registry=registry,
)
events_published = Counter(
    "events_published_total",
    "Events published and confirmed by the relay",
    ["service", "type"],
    registry=registry,
)
events_handled = Counter(
    "events_handled_total",
    "Events that had their effect, or had had it before",
    ["service", "queue"],
    registry=registry,
)
events_retried = Counter(
    "events_retried_total",
    "Events put off because of a transient failure",
    ["service", "queue"],
    registry=registry,
)
events_dead = Counter(
    "events_dead_total",
    "Events given to the dead letters",
    ["service", "queue", "code"],
    registry=registry,
)
messages_tried = Counter(
    "messages_tried_total",
    "Tries to send a message out of the platform, by what came of each",
    ["service", "outlet", "outcome"],
    registry=registry,
)
outbox_age = Gauge(
    "outbox_age_seconds",
    "Age of the oldest event that waits for the relay; 0 if none does",
    ["service"],
    registry=registry,
)
queue_messages = Gauge(
    "queue_messages",
    "Messages ready in a queue of the service, its dead letters included",
    ["service", "queue"],
    registry=registry,
)
broker_connected = Gauge(
    "broker_connected",
    "1 while the process is connected to the broker",
    ["service"],
    registry=registry,
)


def exposition() -> bytes:
    """All metrics of this process in the Prometheus text format."""
    return generate_latest(registry)
