"""The npm packages graphql-http, graphql-ws and graphql-sse against the running gateway."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.stack import Stack

HERE = Path(__file__).parent
AUDITS = 61
BEATS = [{"data": {"heartbeat": beat}} for beat in (1, 2, 3)]


@pytest.fixture(scope="session")
def packages() -> None:
    """node_modules as the lock file says; npm writes its own copy of the lock there."""
    known = HERE / "node_modules" / ".package-lock.json"
    if not known.exists() or known.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=HERE, check=True, capture_output=True, timeout=110)


def node(script: str, *arguments: str) -> list[Any]:
    """What the script prints, a JSON value for each line."""
    command = ["node", script, *arguments]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def run(stack: Stack, what: str) -> Any:
    (answer,) = node("clients.mjs", f"{stack.url}/graphql", what)
    return answer


def test_every_audit_of_graphql_over_http_holds(stack: Stack, packages: None) -> None:
    """MUST, SHOULD and MAY alike."""
    results = node("audits.mjs", f"{stack.url}/graphql")
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS


@pytest.mark.parametrize("transport", ["ws", "sse"])
def test_the_usual_clients_follow_a_subscription(
    stack: Stack, packages: None, transport: str
) -> None:
    assert run(stack, transport) == BEATS


def test_a_websocket_that_breaks_the_protocol_is_closed_with_its_code(
    stack: Stack, packages: None
) -> None:
    assert run(stack, "codes") == {
        "beforeInit": 4401,
        "initTwice": 4429,
        "noMessage": 4400,
        "sameId": 4409,
    }


@pytest.mark.parametrize("method", ["persistedPost", "persistedGet"])
def test_a_query_is_registered_once_and_then_asked_by_its_hash(
    stack: Stack, packages: None, method: str
) -> None:
    """As Apollo's link does it."""
    answers = run(stack, method)
    assert answers == [
        "PERSISTED_QUERY_NOT_FOUND",
        {"__typename": "Query"},
        {"__typename": "Query"},
    ]
