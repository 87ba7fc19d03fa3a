"""Structured logs: one JSON object a line, with the service and the correlation id.

A log says what happened, where and to whom, never with which values. An error is given as it is,
`error=error` or `exc_info=error`: what of it is written is decided here (shared/traces.py).
"""

from __future__ import annotations

import logging
import sys

import orjson
import structlog
from structlog.types import EventDict

from shared import settings, traces
from shared.sparing import Sparing

# It writes the repr of an error, its message included, into later lines of its own messages.
QUOTES = "asyncio"


def configure(service: str) -> None:
    """Send structlog's and the standard library's records to stderr as JSON lines."""
    shared_processors: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        lambda _logger, _method, event: {"service": service, **event},
        _without_values,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    sparing = Sparing()
    structlog.configure(
        processors=[sparing, *shared_processors, structlog.processors.JSONRenderer(_dumped)],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(settings.load().log_level, logging.INFO)
        ),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),  # a line is one write
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared_processors,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(sparing)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    uncaught = get_logger(__name__)
    traces.guard(lambda error: uncaught.error("uncaught", exc_info=error))


def _dumped(event: EventDict, **_: object) -> bytes:
    return orjson.dumps(event, default=str)


def _without_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Errors by their kind and place, in the place of structlog's format_exc_info."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = traces.trace(error)
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = traces.told(value)
    record = event.get("_record")
    if record is not None and record.name == QUOTES:
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """The logger of a module."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(module=name)
    return logger
