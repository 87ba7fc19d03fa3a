"""The broker's definitions, by its management API or by `rabbitmqctl` beside it."""

from __future__ import annotations

import base64
import json
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from deploy.backup.manifest import BackupError

API, CTL = "RABBITMQ_API", "RABBITMQCTL"
SECONDS = 60
# What a restore puts back. Users, their rights and parameters belong to the deployment, whose
# secrets may have changed since.
TOPOLOGY = ("vhosts", "policies", "exchanges", "queues", "bindings")

Definitions = dict[str, Any]


class Broker(Protocol):
    """Raises BackupError when the broker does not answer."""

    def export(self) -> Definitions: ...

    def import_(self, definitions: Definitions) -> None: ...


class ManagementApi:
    """`address`: http(s)://user:password@host:port of the management plugin."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._url = f"{parts.scheme}://{parts.hostname}:{parts.port or 15672}/api/definitions"
        login = f"{unquote(parts.username or 'guest')}:{unquote(parts.password or 'guest')}"
        self._login = base64.b64encode(login.encode()).decode()

    def export(self) -> Definitions:
        return _definitions(self._ask(None))

    def import_(self, definitions: Definitions) -> None:
        self._ask(json.dumps(definitions).encode())

    def _ask(self, body: bytes | None) -> bytes:
        headers = {"Authorization": f"Basic {self._login}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                content: bytes = answer.read()
                return content
        except (urllib.error.URLError, OSError) as error:
            raise BackupError(f"no answer from {self._url}: {error}") from error


class Rabbitmqctl:
    """`command`: how to call rabbitmqctl, in the environment of this process."""

    def __init__(self, command: str) -> None:
        self._command = shlex.split(command)

    def export(self) -> Definitions:
        return _definitions(self._run("export_definitions", "-").encode())

    def import_(self, definitions: Definitions) -> None:
        self._run("import_definitions", given=json.dumps(definitions))

    def _run(self, *arguments: str, given: str = "") -> str:
        command = [*self._command, "--silent", *arguments]
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, text=True, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BackupError(f"{shlex.join(command)} failed: {error}") from error
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise BackupError(f"{shlex.join(command)} failed: {' '.join(last)}")
        return done.stdout


def of(environ: Mapping[str, str]) -> Broker:
    """The way to the broker that the environment names; raises BackupError if none."""
    if environ.get(API):
        return ManagementApi(environ[API])
    if environ.get(CTL):
        return Rabbitmqctl(environ[CTL])
    raise BackupError(f"no way to the broker's definitions: give {API} or {CTL}")


def restore(broker: Broker, definitions: Definitions) -> None:
    """Put back exchanges, queues, bindings and policies."""
    broker.import_({part: definitions[part] for part in TOPOLOGY if part in definitions})


def _definitions(content: bytes) -> Definitions:
    try:
        found: Definitions = json.loads(content)
    except ValueError as error:
        raise BackupError(f"the broker's definitions are not JSON: {error}") from error
    return found
