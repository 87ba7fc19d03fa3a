from __future__ import annotations

from deploy.local import health, status

STATES = {
    "alpha": {"statename": "RUNNING", "pid": 41},
    "relay": {"statename": "BACKOFF", "pid": 0},
}


def test_table_shows_each_process_and_everything_together_beside_the_budget() -> None:
    assert status.table(STATES, {41: 64.25}, total_mb=200.0).splitlines() == [
        "PROCESS          STATE          PID   RSS MB",
        "alpha            RUNNING         41     64.2",
        "relay            BACKOFF          -      0.0",
        "all together                           200.0 of 2560",
    ]


def test_health_is_one_line_a_service() -> None:
    report = {"ok": False, "services": {"alpha": "ok", "beta": "DEADLINE_EXCEEDED"}}
    assert status.health_lines(report) == ["  alpha: ok", "  beta: DEADLINE_EXCEEDED"]
    assert health.not_ready(report) == ["beta: DEADLINE_EXCEEDED"]


def test_without_a_gateway_its_absence_is_the_report() -> None:
    assert status.health_lines("the gateway does not answer") == ["  the gateway does not answer"]
    assert health.not_ready("the gateway does not answer") == ["the gateway does not answer"]
