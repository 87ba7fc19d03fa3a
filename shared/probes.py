"""What an orchestrator asks of a process: /healthz, /readyz and /metrics, as one WSGI application.

/healthz fails only when a new process would help: a loop that no longer turns, a thread that has
ended. A broker or database that is away fails /readyz and nothing else: all of them would be
started again for nothing, just when the server comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST

from shared import metrics
from shared.logging import get_logger

STUCK_SECONDS = 90.0  # a loop that has not turned for so long is stuck, not waiting
Checks = Mapping[str, Callable[[], bool]]
Start = Callable[[str, list[tuple[str, str]]], Any]
log = get_logger(__name__)


def report(checks: Checks) -> dict[str, Any]:
    """{"ok", "checks": {name: bool}}; a check that raises has failed."""
    found = {name: _holds(name, check) for name, check in checks.items()}
    return {"ok": all(found.values()), "checks": found}


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:
        log.warning("check_failed", check=name, error=error)
        return False


class Probes:
    """The WSGI application; `refresh` sets the gauges that are looked at only when asked for."""

    def __init__(
        self, alive: Checks, ready: Checks, refresh: Callable[[], None] = lambda: None
    ) -> None:
        self._reports = {"/healthz": alive, "/readyz": ready}
        self._refresh = refresh

    def __call__(self, environ: Mapping[str, Any], start_response: Start) -> Iterable[bytes]:
        status, kind, body = self._answer(environ["PATH_INFO"])
        start_response(status, [("content-type", kind), ("content-length", str(len(body)))])
        return [body]

    def _answer(self, path: str) -> tuple[str, str, bytes]:
        if path in self._reports:
            found = report(self._reports[path])
            status = "200 OK" if found["ok"] else "503 Service Unavailable"
            return status, "application/json", orjson.dumps(found)
        if path == "/metrics":
            self._refresh()
            return "200 OK", CONTENT_TYPE_LATEST, metrics.exposition()
        return "404 Not Found", "text/plain", b"not found\n"
