"""Prometheus metrics. Labels come from fixed sets only, never from what a client sends."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from gateway.responses import Response

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3)

registry = CollectorRegistry()
_seconds = Histogram(
    "gateway_request_seconds",
    "Time of a request, by kind: query, mutation, none; upload, download",
    ["kind", "status"],
    buckets=BUCKETS,
    registry=registry,
)
_errors = Counter("gateway_errors_total", "Errors answered, by code", ["code"], registry=registry)
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


def exposition() -> Response:
    return Response(200, generate_latest(registry), CONTENT_TYPE_LATEST)
