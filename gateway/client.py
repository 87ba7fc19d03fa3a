"""What a request's client is known by where it has no account: a keyed hash of its address.

Services count by it (abuse limits of bookings, leads and codes) and can neither read nor reverse
it. The key is made of the gateway's own, so that all replicas give one client the same name.
"""

from __future__ import annotations

import hashlib
import hmac
from contextvars import ContextVar
from functools import cached_property
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

from gateway.responses import Scope
from shared.errors import Unavailable
from shared.text import clean

FORWARDED = b"x-forwarded-for"
IPV6_LINE = 64  # bits of an address that one line has to itself
AGENT = b"user-agent"
LONGEST_AGENT = 300

_address: ContextVar[str] = ContextVar("client_address", default="")
_agent: ContextVar[str] = ContextVar("client_agent", default="")


def note(scope: Scope, proxies: int) -> None:
    """Remember whose request this task serves.

    proxies: how many of our own stand in front. Each appends whom it was called by to the header,
    so only that many entries, counted from the end, are not the client's own invention.
    """
    peer = scope.get("client")
    address = peer[0] if peer else ""
    if proxies:
        given = [value for name, value in scope["headers"] if name == FORWARDED]
        named = b",".join(given).decode("latin-1").split(",")
        address = (named[-proxies].strip() if len(named) >= proxies else "") or address
    _address.set(_line(address))
    called = next((value for name, value in scope.get("headers", ()) if name == AGENT), b"")
    _agent.set(clean(called.decode("latin-1"))[:LONGEST_AGENT])


def address() -> str:
    """Where this request comes from; of IPv6 the line, for it may choose the rest."""
    return _address.get()


def agent() -> str:
    """What the client calls itself; empty where it does not."""
    return _agent.get()


def _line(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found, IPV6_LINE), strict=False))
    return str(found)


class Clients:
    """Names of clients, made with a key of the keys folder."""

    def __init__(self, keys_dir: Path) -> None:
        self._file = keys_dir / "gateway.pem"

    def current(self) -> str:
        """The name of this request's client; raises Unavailable while there is no key."""
        return hmac.new(self._key, _address.get().encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        try:
            return hashlib.sha256(b"client:" + self._file.read_bytes()).digest()
        except OSError as error:
            raise Unavailable from error
