"""TCP ports of the local platform: what was asked for, what the data folder remembers, defaults."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from deploy.local.options import PlatformError

# Beside the standard ports on purpose: an installed RabbitMQ or MongoDB does not matter.
DEFAULTS = {"rabbitmq": 5673, "mongo": 27117, "gateway": 8000}
# Below the kernel's range for outgoing connections, one of which could take the port of a server
# while that is being restarted.
CHOICE = range(16000, 32000)
VARIABLES = {name: f"{name.upper()}_PORT" for name in DEFAULTS}


@dataclass(frozen=True)
class Ports:
    """`epmd` and `distribution` are Erlang's own and belong to RabbitMQ."""

    rabbitmq: int
    mongo: int
    gateway: int
    epmd: int
    distribution: int

    @classmethod
    def free(cls) -> Ports:
        """Five ports that are free at this moment; for tests."""
        return cls(*free_ports(5))


def recall(memory: Path) -> dict[str, int]:
    """The ports that a data folder remembers, by name; empty for a new one."""
    return json.loads(memory.read_text()) if memory.exists() else {}


def choose(environ: Mapping[str, str], remembered: Mapping[str, int]) -> Ports:
    """The environment first, then the remembered ports, then the defaults.

    Raises PlatformError for a variable that is no port number.
    """
    wanted = {
        name: _number(VARIABLES[name], environ.get(VARIABLES[name]))
        or remembered.get(name, default)
        for name, default in DEFAULTS.items()
    }
    inner = dict(zip(("epmd", "distribution"), free_ports(2, set(wanted.values())), strict=True))
    return Ports(**wanted, **{name: remembered.get(name, port) for name, port in inner.items()})


def remember(ports: Ports, memory: Path) -> None:
    memory.write_text(json.dumps(asdict(ports), indent=1) + "\n")


def free_ports(count: int, besides: Container[int] = ()) -> list[int]:
    """`count` different ports on 127.0.0.1 that nobody listens on."""
    found: set[int] = set()
    while len(found) < count:
        port = random.choice(CHOICE)
        if port not in besides and is_free(port):
            found.add(port)
    return sorted(found)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        # Connections in TIME_WAIT from a former run do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_free(name: str, port: int) -> None:
    """Raises PlatformError naming the holder of the port and the variable that moves ours."""
    if is_free(port):
        return
    variable = VARIABLES[name]
    raise PlatformError(
        f"Port {port} ({name}) is taken by {_holder(port)}: stop it, "
        f"or choose another port: {variable}={free_ports(1)[0]} make run"
    )


def _holder(port: int) -> str:
    """Who listens on `port`, as far as this user may know."""
    try:
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.pid
            if listens and connection.laddr and connection.laddr.port == port:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except psutil.Error:
        pass
    return "another program"


def _number(variable: str, text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise PlatformError(f"{variable}={text!r} is no port: give a number from 1 to 65535")
    return int(text)
