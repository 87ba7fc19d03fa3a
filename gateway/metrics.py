"""The gateway's own Prometheus metrics, beside the kernel's (`shared/metrics.py`).

Labels come from fixed sets only, never from what a client sends: what clients ask for is counted
by the schema's own fields, because the names of operations are theirs to choose.
"""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram

from gateway.responses import Response
from shared.metrics import BUCKETS, exposition, registry

_seconds = Histogram(
    "gateway_request_seconds",
    "Time of a request, by kind: query, mutation, none; upload, download",
    ["kind", "status"],
    buckets=BUCKETS,
    registry=registry,
)
_errors = Counter("gateway_errors_total", "Errors answered, by code", ["code"], registry=registry)
_operations = Counter(
    "gateway_operations_total",
    "Requests for a field of Query, Mutation or Subscription",
    ["kind", "field"],
    registry=registry,
)
calls_in_flight = Gauge(
    "gateway_calls_in_flight", "Calls to services without an answer yet", registry=registry
)
broker_connected = Gauge(
    "gateway_broker_connected", "1 while the gateway can call services", registry=registry
)


def observe_request(kind: str, status: int, codes: Iterable[str], seconds: float) -> None:
    _seconds.labels(kind, status).observe(seconds)
    for code in codes:
        _errors.labels(code).inc()


def counters_of(kind: str, fields: Iterable[str]) -> tuple[Counter, ...]:
    """The counters of an operation's root fields; looked up once for each document."""
    return tuple(_operations.labels(kind, field) for field in fields)


def page() -> Response:
    return Response(200, exposition(), CONTENT_TYPE_LATEST)
