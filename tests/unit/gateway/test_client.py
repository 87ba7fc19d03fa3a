"""What a client without an account is known by: a name that tells nothing of the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway import client
from shared.errors import Unavailable


def scope(address: str | None) -> dict[str, object]:
    return {"type": "http", "client": (address, 40000) if address else None}


@pytest.fixture
def clients(tmp_path: Path) -> client.Clients:
    (tmp_path / "gateway.pem").write_bytes(b"a key")
    return client.Clients(tmp_path)


def named(clients: client.Clients, address: str | None) -> str:
    client.note(scope(address))
    return clients.current()


def test_an_address_has_one_name_on_every_replica(clients: client.Clients, tmp_path: Path) -> None:
    name = named(clients, "10.0.0.7")
    assert name == named(client.Clients(tmp_path), "10.0.0.7")
    assert name != named(clients, "10.0.0.8")
    assert len(name) == 64 and "10.0.0.7" not in name


def test_another_key_gives_other_names(clients: client.Clients, tmp_path: Path) -> None:
    name = named(clients, "10.0.0.7")
    (tmp_path / "gateway.pem").write_bytes(b"another key")
    assert named(client.Clients(tmp_path), "10.0.0.7") != name


def test_a_socket_without_address_is_one_client(clients: client.Clients) -> None:
    assert named(clients, None) == named(clients, None)


def test_without_a_key_nothing_is_counted(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        client.Clients(tmp_path / "nowhere").current()
