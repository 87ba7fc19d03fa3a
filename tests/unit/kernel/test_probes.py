"""What a process answers on its probe port."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from shared import settings
from shared.metrics import outbox_age
from shared.probes import Checks, Probes
from shared.settings import SettingsError


def ask(probes: Probes, path: str) -> tuple[str, dict[str, str], bytes]:
    answered: list[Any] = []
    [body] = probes({"PATH_INFO": path}, lambda status, headers: answered.extend([status, headers]))
    status, headers = answered
    return status, dict(headers), body


def away() -> bool:
    raise ConnectionError("not there")


GOOD: Checks = {"reader": lambda: True}


def test_a_report_names_what_does_not_hold() -> None:
    checks: Checks = {"broker": lambda: True, "consumers": lambda: False, "database": away}
    status, headers, body = ask(Probes(GOOD, checks), "/readyz")
    assert status == "503 Service Unavailable"
    assert headers == {"content-type": "application/json", "content-length": str(len(body))}
    assert orjson.loads(body) == {
        "ok": False,
        "checks": {"broker": True, "consumers": False, "database": False},
    }


def test_what_is_not_ready_is_alive() -> None:
    status, _, body = ask(Probes(GOOD, {"broker": away}), "/healthz")
    assert (status, orjson.loads(body)) == ("200 OK", {"ok": True, "checks": {"reader": True}})


def test_gauges_are_measured_when_they_are_asked_for() -> None:
    ages = iter([3.5, 4.5])
    gauge = outbox_age.labels("unit-test")
    probes = Probes(GOOD, GOOD, lambda: gauge.set(next(ages)))
    for age in ("3.5", "4.5"):
        status, headers, body = ask(probes, "/metrics")
        assert status == "200 OK"
        assert headers["content-type"].startswith("text/plain; version=")
        assert f'outbox_age_seconds{{service="unit-test"}} {age}\n' in body.decode()


def test_there_is_nothing_else() -> None:
    assert ask(Probes(GOOD, GOOD), "/") == (
        "404 Not Found",
        {"content-type": "text/plain", "content-length": "10"},
        b"not found\n",
    )


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8080.5"])
def test_the_port_is_a_port(text: str) -> None:
    with pytest.raises(SettingsError, match="PROBE_PORT"):
        settings.read({"PROBE_PORT": text})


def test_without_a_port_nothing_listens() -> None:
    assert settings.read({}).probe_port is None
    assert settings.read({"PROBE_PORT": "9100"}).probe_port == 9100
