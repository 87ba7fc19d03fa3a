"""How many streams, over WebSocket or server-sent events, may be open at a time.

Each holds a task and a place at the broker's end, and costs its client nothing. So there are caps
for the process, for an address and for an account; a stream counts for its account from the moment
it is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from gateway import client

MOST = 2000  # of the process
MOST_OF_ADDRESS = 200  # a building with all its people behind one
MOST_OF_ACCOUNT = 20


class TooManyStreams(Exception):
    """What is full: "process", "address" or "account"."""


class Slots:
    def __init__(self) -> None:
        self._taken: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def of_address(self) -> Iterator[None]:
        """A place for this request's client; raises TooManyStreams."""
        with (
            self._take(("process", ""), MOST),
            self._take(("address", client.address()), MOST_OF_ADDRESS),
        ):
            yield

    @contextmanager
    def of_account(self, account: str | None) -> Iterator[None]:
        """A place for the account; visitors need none. Raises TooManyStreams."""
        if account is None:
            yield
            return
        with self._take(("account", account), MOST_OF_ACCOUNT):
            yield

    @contextmanager
    def _take(self, key: tuple[str, str], most: int) -> Iterator[None]:
        if self._taken[key] >= most:
            raise TooManyStreams(key[0])
        self._taken[key] += 1
        try:
            yield
        finally:
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
