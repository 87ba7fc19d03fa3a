"""What logs say of errors: kind and place, never a value."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from amqp.exceptions import NotFound as NoQueue
from pymongo.errors import (
    BulkWriteError,
    DuplicateKeyError,
    OperationFailure,
    ServerSelectionTimeoutError,
)

from deploy.entry import PROCESSES
from deploy.local.options import ROOT
from gateway.exports import build
from gateway.roster import sheet
from shared import traces
from shared.errors import InvalidInput

SECRET = "13800002222"
DUPLICATE = (
    f'E11000 duplicate key error collection: x index: phone_1 dup key: {{ phone: "{SECRET}" }}'
)
TOLD: dict[str, tuple[BaseException, str]] = {
    "a duplicate key": (
        DuplicateKeyError(DUPLICATE, 11000, {"keyValue": {"phone": SECRET}}),
        "DuplicateKeyError(11000)",
    ),
    "a refusal of the database": (
        OperationFailure("not authorized", 13, {"codeName": "Unauthorized"}),
        "OperationFailure(Unauthorized)",
    ),
    "a bulk write": (
        BulkWriteError({"writeErrors": [{"op": {"phone": SECRET}}]}),
        "BulkWriteError(65)",
    ),
    "a refusal": (InvalidInput(f"{SECRET}不是手机号码"), "InvalidInput(INVALID_INPUT)"),
    "a key": (KeyError(SECRET), "KeyError"),
    "a value": (ValueError(f"invalid literal: '{SECRET}'"), "ValueError"),
    "the network": (
        ConnectionRefusedError(111, "Connection refused"),
        "ConnectionRefusedError: [Errno 111] Connection refused",
    ),
    "no database": (
        ServerSelectionTimeoutError("db:27017: timed out"),
        "ServerSelectionTimeoutError: db:27017: timed out",
    ),
    "no queue": (
        NoQueue("no queue 'x'", (50, 10), "Queue.declare"),
        "NotFound(404): Queue.declare: (404) no queue 'x'",
    ),
}


@pytest.mark.parametrize(("error", "said"), TOLD.values(), ids=list(TOLD))
def test_an_error_is_told_by_its_kind_and_code(error: BaseException, said: str) -> None:
    assert traces.told(error) == said
    assert SECRET not in said


def test_a_trace_tells_where_and_what_led_to_it() -> None:
    def read() -> None:
        try:
            {}[SECRET]  # type: ignore[index]
        except KeyError as error:
            raise ExceptionGroup("several", [ValueError(SECRET)]) from error

    with pytest.raises(ExceptionGroup) as caught:
        read()
    lines = traces.trace(caught.value).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "KeyError",
        "ExceptionGroup",
        "ValueError",
    ]
    assert any(f'File "{__file__}"' in line and "in read" in line for line in lines)
    assert SECRET not in "\n".join(lines)


HEAD = """
import asyncio, gc, logging, sys, threading
from shared import logging as logs
logs.configure("test")
log = logs.get_logger("here")
SECRET = "-".join(["1380000", "2222"])
def fail(*_): raise ValueError(SECRET)
"""
WAYS = {
    "as an error": "log.warning('failed', error=ValueError(SECRET))",
    "with its trace": "try: fail()\nexcept ValueError as e: log.error('failed', exc_info=e)",
    "the present one": "try: fail()\nexcept ValueError: log.error('failed', exc_info=True)",
    "by a library": "try: fail()\nexcept ValueError: logging.getLogger('x').exception('failed')",
    "uncaught": "fail()",
    "in a thread": "t = threading.Thread(target=fail); t.start(); t.join()",
    "when it is deleted": "class X: __del__ = fail\nX()",
    "in a task": """
async def main():
    async def task(): fail()
    made = asyncio.create_task(task()); await asyncio.sleep(0); del made; gc.collect()
asyncio.run(main())
""",
    "in a callback": """
async def main():
    asyncio.get_running_loop().call_soon(fail); await asyncio.sleep(0.01)
asyncio.run(main())
""",
    "in a greenlet": "import eventlet\neventlet.spawn_n(fail); eventlet.sleep(0)",
    "in a pool": "import eventlet\np = eventlet.GreenPool()\np.spawn_n(fail); p.waitall()",
    "by a timer": """
import eventlet
eventlet.hubs.get_hub().schedule_call_global(0, fail)
eventlet.sleep(0.01)
""",
}


@pytest.mark.parametrize("way", WAYS)
def test_however_an_error_comes_into_the_log_its_values_do_not(way: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", HEAD + WAYS[way]],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "2222" not in done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["service"] for line in lines] == ["test"] * len(lines)
    assert "ValueError" in done.stderr


AT_A_TERMINAL = {"admin", "replay", "dead-letters", "broker-definitions"}
STARTED = {
    "shared.messaging.runner",
    build.__name__,
    sheet.__name__,
    *(module for name, module in PROCESSES.items() if name not in AT_A_TERMINAL),
}


@pytest.mark.parametrize("module", sorted(STARTED))
def test_every_process_that_has_a_log_guards_it(module: str) -> None:
    path = ROOT / module.replace(".", "/")
    source = (path / "__main__.py" if path.is_dir() else path.with_suffix(".py")).read_text()
    assert "traces.guard()" in source or "configure(" in source


def test_no_line_of_a_log_is_given_an_errors_words() -> None:
    sources = [
        path
        for folder in ("shared", "services", "gateway", "deploy")
        for path in (ROOT / folder).rglob("*.py")
        if "node_modules" not in path.parts
    ]
    assert [where for path in sources for where in _wordy(path)] == []


def _wordy(path: Path) -> list[str]:
    """Calls of a logger with str(…) or repr(…) of what an `except` has caught."""
    tree = ast.parse(path.read_text())
    caught = {n.name for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler)}
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = call.func
        if not (isinstance(function, ast.Attribute) and ast.unparse(function.value) == "log"):
            continue
        for inner in (n for keyword in call.keywords for n in ast.walk(keyword.value)):
            named = isinstance(inner, ast.Call) and ast.unparse(inner.func) in {"str", "repr"}
            if named and ast.unparse(inner.args[0]) in caught:  # type: ignore[attr-defined]
                found.append(f"{path.relative_to(ROOT)}:{inner.lineno}")  # type: ignore[attr-defined]
    return found
