"""OpenTelemetry traces over HTTP, RPC and events, as W3C `traceparent`.

Off unless OTEL_EXPORTER_OTLP_ENDPOINT is set: then nothing of OpenTelemetry is even imported, and
`span` is an empty context. The other OTEL_ variables, such as OTEL_TRACES_SAMPLER, are the
SDK's own. Spans carry names and codes, never arguments or messages: those may be personal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from shared.errors import AppError

TRACEPARENT = "traceparent"
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
SERVER, CONSUMER, PRODUCER = "SERVER", "CONSUMER", "PRODUCER"

OFF: AbstractContextManager[None] = nullcontext()
_tracer: Any = None  # opentelemetry.trace.Tracer while traces are on


def configure(service: str) -> None:
    """Send this process's spans to the collector that the environment names, if it names one."""
    if not os.environ.get(ENDPOINT):
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    use(provider)


def use(provider: Any) -> None:
    """Make spans with `provider` (an opentelemetry TracerProvider) from now on; None: make none."""
    global _tracer
    _tracer = provider.get_tracer("smart-cppcc") if provider else None


def on() -> bool:
    return _tracer is not None


def span(
    name: str, kind: str, parent: str | None, **attributes: str
) -> AbstractContextManager[None]:
    """The current span of what runs inside, a child of the `traceparent` given as `parent`.

    An exception that passes marks it as failed, with its code, and goes on.
    """
    return OFF if _tracer is None else _span(name, kind, parent, attributes)


def note(**attributes: str) -> None:
    """Add to the current span what was not known at its beginning."""
    if _tracer is not None:
        from opentelemetry import trace

        trace.get_current_span().set_attributes(attributes)


def traceparent() -> str | None:
    """The current span, for what goes out to other processes; None if there is none."""
    if _tracer is None:
        return None
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get(TRACEPARENT)


@contextmanager
def _span(name: str, kind: str, parent: str | None, attributes: dict[str, str]) -> Iterator[None]:
    from opentelemetry.context import Context
    from opentelemetry.trace import SpanKind, StatusCode
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = Context()
    if parent:
        context = TraceContextTextMapPropagator().extract({TRACEPARENT: parent}, context)
    with _tracer.start_as_current_span(
        name,
        context,
        SpanKind[kind],
        attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield
        except Exception as error:
            code = error.code if isinstance(error, AppError) else type(error).__name__
            current.set_attribute("error.type", code)
            current.set_status(StatusCode.ERROR)
            raise
