"""What a request's client is known by where it has no account: a keyed hash of its address.

Services count by it (abuse limits of bookings, leads and codes) and can neither read nor reverse
it. The key is made of the gateway's own, so that all replicas give one client the same name.
"""

from __future__ import annotations

import hashlib
import hmac
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path

from gateway.responses import Scope
from shared.errors import Unavailable

_address: ContextVar[str] = ContextVar("client_address", default="")


def note(scope: Scope) -> None:
    """Remember whose request this task serves; behind a trusted proxy, whom that one names."""
    client = scope.get("client")
    _address.set(client[0] if client else "")


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
