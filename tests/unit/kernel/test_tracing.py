"""Spans in memory: what they carry, and that there are none when traces are off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from deploy.local.options import ROOT
from shared import tracing
from shared.errors import NotFound
from shared.messaging import wire

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use(provider)
    yield exporter
    tracing.use(None)


def test_a_span_continues_the_callers_trace_and_is_passed_on(spans: InMemorySpanExporter) -> None:
    with tracing.span("members.open_term", tracing.SERVER, PARENT, correlation_id="c-1"):
        tracing.note(role="OFFICE")
        _, headers, _ = wire.request({}, token=None, correlation_id="c-1", timeout=3)
    [span] = spans.get_finished_spans()
    assert (span.name, span.kind) == ("members.open_term", SpanKind.SERVER)
    assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    assert span.parent is not None and f"{span.parent.span_id:016x}" == "b7ad6b7169203331"
    assert dict(span.attributes or {}) == {"correlation_id": "c-1", "role": "OFFICE"}
    own = f"00-0af7651916cd43dd8448eb211c80319c-{span.context.span_id:016x}-01"
    assert headers[tracing.TRACEPARENT] == own


@pytest.mark.parametrize("parent", [None, "", "nonsense", "00-0-0-01"])
def test_without_a_caller_a_trace_begins(spans: InMemorySpanExporter, parent: str | None) -> None:
    with tracing.span("tick", tracing.CONSUMER, parent):
        assert tracing.traceparent()
    [span] = spans.get_finished_spans()
    assert span.parent is None


def test_a_failure_is_shown_by_its_code_and_never_by_its_words(
    spans: InMemorySpanExporter,
) -> None:
    for error, code in ((NotFound("没有沈建国"), "NOT_FOUND"), (KeyError("沈建国"), "KeyError")):
        spans.clear()
        with pytest.raises(type(error)), tracing.span("x", tracing.SERVER, None):
            raise error
        [span] = spans.get_finished_spans()
        assert span.status.status_code is StatusCode.ERROR
        assert dict(span.attributes or {}) == {"error.type": code}
        assert "沈建国" not in span.to_json(None)
        assert span.events == ()


def test_what_is_off_makes_nothing_and_imports_nothing() -> None:
    assert tracing.span("a", tracing.SERVER, PARENT) is tracing.span("b", tracing.CONSUMER, None)
    assert tracing.traceparent() is None
    assert tracing.TRACEPARENT not in wire.request({}, token=None, correlation_id="c", timeout=3)[1]
    check = (
        "import sys, gateway.app, shared.messaging.relay, shared.tracing as t; t.configure('x');"
        "print(t.on(), 'opentelemetry' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
