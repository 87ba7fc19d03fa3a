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
    client.note(scope(address), 0)
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


@pytest.mark.parametrize(
    ("peer", "header", "proxies", "expected"),
    [
        ("10.0.0.7", None, 0, "10.0.0.7"),
        ("10.0.0.7", "1.2.3.4", 0, "10.0.0.7"),  # without a proxy of ours it is an invention
        ("10.0.0.7", "1.2.3.4", 1, "1.2.3.4"),
        ("10.0.0.7", "9.9.9.9, 1.2.3.4", 1, "1.2.3.4"),  # our proxy appended whom it saw
        ("10.0.0.7", "9.9.9.9, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"),
        ("10.0.0.7", None, 1, "10.0.0.7"),
        ("10.0.0.7", "1.2.3.4", 2, "10.0.0.7"),
        ("2001:db8:1:2:aaaa::1", None, 0, "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.7", None, 0, "10.0.0.7"),
        (None, None, 0, ""),
    ],
)
def test_where_a_request_comes_from(
    peer: str | None, header: str | None, proxies: int, expected: str
) -> None:
    headers = [(b"x-forwarded-for", header.encode())] if header else []
    client.note({**scope(peer), "headers": headers}, proxies)
    assert client.address() == expected


def test_headers_of_one_name_are_one_list() -> None:
    headers = [(b"x-forwarded-for", b"9.9.9.9"), (b"x-forwarded-for", b"1.2.3.4")]
    client.note({**scope("10.0.0.7"), "headers": headers}, 1)
    assert client.address() == "1.2.3.4"
