"""`make run` and its companions, as a newcomer types them, on a data folder of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from pymongo import MongoClient

from deploy.local import processes, programs
from deploy.local.options import ROOT
from deploy.local.ports import Ports
from services.opinions.domain.states import OpinionState
from tests.waiting import eventually

Make = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def make(data_dir: Path) -> Iterator[Make]:
    """`make target…` with free ports; everything is ended afterwards."""
    ports = asdict(Ports.free())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        **{f"{name.upper()}_PORT": str(ports[name]) for name in ("rabbitmq", "mongo", "gateway")},
        "DATA_DIR": str(data_dir),
        "VENV": sys.prefix,
    }

    def run(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "--silent", *arguments],
            cwd=ROOT,
            env={**environment, **extra},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    yield run
    run("stop")


@pytest.fixture(scope="module")
def first(make: Make) -> subprocess.CompletedProcess[str]:
    return make("run")


def gateway(data_dir: Path) -> str:
    return f"http://127.0.0.1:{json.loads((data_dir / 'ports.json').read_text())['gateway']}"


def reason(refused: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr beside make's own."""
    assert refused.returncode != 0
    [line] = [line for line in refused.stderr.splitlines() if not line.startswith("make:")]
    return line


def test_starts_everything_and_prints_the_address(
    first: subprocess.CompletedProcess[str], data_dir: Path
) -> None:
    assert (first.returncode, first.stderr) == (0, "")
    assert f"Smart CPPCC is running: {gateway(data_dir)}/graphql" in first.stdout
    assert httpx.get(f"{gateway(data_dir)}/services").status_code == 200


def test_the_demo_shows_public_opinion_in_every_state(
    first: subprocess.CompletedProcess[str], data_dir: Path
) -> None:
    port = json.loads((data_dir / "ports.json").read_text())["mongo"]
    with MongoClient[Any](port=port, directConnection=True) as client:
        shown = client["opinions"]["opinions"].distinct("state")
    assert set(shown) == {state.value for state in OpinionState}


def test_a_second_run_changes_nothing(
    first: subprocess.CompletedProcess[str], make: Make, data_dir: Path
) -> None:
    before = {process.pid for process in processes.marked(data_dir)}
    again = make("run")
    assert (again.returncode, again.stderr) == (0, "")
    assert {process.pid for process in processes.marked(data_dir)} == before


def test_status_lists_every_process_and_service(
    first: subprocess.CompletedProcess[str], make: Make
) -> None:
    status = make("status")
    assert status.returncode == 0
    shown = {line.split()[0] for line in status.stdout.splitlines() if line}
    assert {"epmd", "rabbitmq", "mongod", "relay", "gateway", *programs.services()} <= shown
    assert all(f"  {name}: ok" in status.stdout for name in programs.services())


def test_a_process_that_dies_is_started_again(
    first: subprocess.CompletedProcess[str], data_dir: Path
) -> None:
    def relays() -> list[psutil.Process]:
        found = processes.marked(data_dir)
        return [process for process in found if "shared.messaging.relay" in process.cmdline()]

    [relay] = relays()
    relay.kill()
    eventually(lambda: relays() not in ([], [relay]))


def test_clean_is_refused_while_it_runs(
    first: subprocess.CompletedProcess[str], make: Make
) -> None:
    assert reason(make("clean")) == "The platform is running: make stop, then make clean"


def test_a_taken_port_is_one_clear_line(
    first: subprocess.CompletedProcess[str], make: Make, tmp_path: Path, data_dir: Path
) -> None:
    taken = json.loads((data_dir / "ports.json").read_text())["gateway"]
    other = Ports.free()
    refused = make(
        "run",
        DATA_DIR=str(tmp_path),
        RABBITMQ_PORT=str(other.rabbitmq),
        MONGO_PORT=str(other.mongo),
        GATEWAY_PORT=str(taken),
    )
    assert reason(refused).startswith(f"Port {taken} (gateway) is taken by ")
    assert processes.marked(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"MONGO_URI": "mongodb://me:secret@127.0.0.1:9/"},
            "No MongoDB replica set answers at MONGO_URI=mongodb://me:***@127.0.0.1:9/: "
            "start it, or unset MONGO_URI",
        ),
        (
            {"GATEWAY_PORT": "http"},
            "GATEWAY_PORT='http' is no port: give a number from 1 to 65535",
        ),
    ],
)
def test_what_cannot_work_is_one_clear_line(
    make: Make, tmp_path: Path, given: dict[str, str], expected: str
) -> None:
    ports = Ports.free()
    own = {
        "DATA_DIR": str(tmp_path),
        "AMQP_URI": "amqp://guest:guest@127.0.0.1:9/",
        "GATEWAY_PORT": str(ports.gateway),
    }
    refused = make("run", **{**own, **given})
    make("stop", DATA_DIR=str(tmp_path))
    assert reason(refused) == expected


def test_stop_ends_all_of_it_even_without_its_supervisor(
    first: subprocess.CompletedProcess[str], make: Make, data_dir: Path
) -> None:
    psutil.Process(int((data_dir / "supervisord.pid").read_text())).kill()
    assert processes.marked(data_dir) != []
    stopped = make("stop")
    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
    assert processes.marked(data_dir) == []
    assert make("stop").stdout == "Nothing is running.\n"
    assert make("status").returncode != 0
    assert make("clean").returncode == 0
    assert not data_dir.exists()
