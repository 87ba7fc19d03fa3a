from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.options import PlatformError
from deploy.local.ports import Ports


@pytest.fixture
def taken() -> Iterator[int]:
    """A port of this process that someone listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_defaults_avoid_the_ports_of_installed_servers() -> None:
    chosen = ports.choose({}, {})
    assert (chosen.rabbitmq, chosen.mongo, chosen.gateway) == (5673, 27117, 8000)
    assert len({chosen.rabbitmq, chosen.epmd, chosen.distribution}) == 3


def test_environment_comes_before_memory_and_memory_before_defaults() -> None:
    remembered = {"rabbitmq": 1, "mongo": 2, "gateway": 3, "epmd": 4, "distribution": 5}
    assert ports.choose({"MONGO_PORT": "20"}, remembered) == Ports(1, 20, 3, 4, 5)


def test_remembers_in_the_data_folder(tmp_path: Path) -> None:
    memory = tmp_path / "ports.json"
    assert ports.recall(memory) == {}
    ports.remember(Ports(1, 2, 3, 4, 5), memory)
    assert ports.choose({}, ports.recall(memory)) == Ports(1, 2, 3, 4, 5)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5"])
def test_refuses_what_is_no_port(text: str) -> None:
    with pytest.raises(PlatformError) as caught:
        ports.choose({"GATEWAY_PORT": text}, {})
    assert str(caught.value) == (f"GATEWAY_PORT={text!r} is no port: give a number from 1 to 65535")


def test_a_taken_port_is_named_with_its_holder_and_a_way_out(taken: int) -> None:
    with pytest.raises(PlatformError) as caught:
        ports.require_free("gateway", taken)
    message = str(caught.value)
    assert message.startswith(f"Port {taken} (gateway) is taken by ")
    assert "GATEWAY_PORT=" in message and "make run" in message
    assert "\n" not in message


def test_a_free_port_passes() -> None:
    [port] = ports.free_ports(1)
    ports.require_free("mongo", port)


def test_free_ports_differ_and_stay_below_the_range_of_outgoing_connections() -> None:
    found = ports.free_ports(20)
    assert len(set(found)) == 20
    assert all(16000 <= port < 32000 for port in found)
