"""How much of the one event loop a client may take.

Everything a client asks for is charged in seconds of the loop: what preparing its documents took,
and an estimate for the fields of its answers. Who has spent its share waits: it is refused with
RATE_LIMITED, and the refusal comes late, so that asking again at once gains nothing. An account is
one client wherever it signs in; visitors are told apart by their addresses.

A text that is not known yet is the dearest thing to ask for, so such texts go one after the other,
in slices: those of visitors in a lane of their own, with REST times as much for others after each
slice as it has taken.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from gateway import client
from gateway.errors import RATE_LIMITED, RequestError
from shared.actor import Actor

BURST_SECONDS = 4.0  # of its share, that a client may have saved
MOST_CLIENTS = 10_000  # whose balance is known; the one not seen for longest is forgotten
REQUEST_SECONDS = 0.001  # any request
FIELD_SECONDS = 3e-6  # a field of an answer, as the compiled plan makes it
LATE_SECONDS = 1.0  # how late a refusal comes
MOST_LATE = 1_000  # refusals that wait; further ones come at once
REST = 2
MOST_IN_LANE = 50  # texts that wait for their turn
MOST_OF_ONE = 8  # of them of one client, so that others wait behind few

Rest = Callable[[], Awaitable[None]]


async def at_once() -> None:
    """No rest."""


class Purse(Protocol):
    """Pays for one client."""

    def spend(self, seconds: float) -> None: ...

    def spend_fields(self, fields: int) -> None: ...

    def lane(self) -> AbstractAsyncContextManager[Rest]: ...


class _Free:
    """For who runs an operation that no client has asked for."""

    def spend(self, seconds: float) -> None:
        """Nobody pays."""

    def spend_fields(self, fields: int) -> None:
        """Nobody pays."""

    def lane(self) -> AbstractAsyncContextManager[Rest]:
        """Nobody waits."""
        return nullcontext(at_once)


FREE: Purse = _Free()


class RateLimited(RequestError):
    """The client has spent its share; `seconds` until it may ask again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        made = RequestError.of(RATE_LIMITED, "请求过于频繁，请稍后再试", retryAfter=self.seconds)
        super().__init__(made.errors)


@dataclass(frozen=True, slots=True)
class _Own:
    """The purse of one client."""

    budgets: Budgets
    actor: Actor

    def spend(self, seconds: float) -> None:
        self.budgets.spend(self.actor, seconds)

    def spend_fields(self, fields: int) -> None:
        self.budgets.spend_fields(self.actor, fields)

    def lane(self) -> AbstractAsyncContextManager[Rest]:
        return self.budgets.lane(self.actor)


@dataclass(slots=True)
class _Balance:
    seconds: float
    at: float


class Budgets:
    """share: of the loop, for one client; 0 means that nobody is limited."""

    def __init__(self, share: float, now: Callable[[], float] = time.monotonic) -> None:
        self._share = share
        self._now = now
        self._balances: OrderedDict[str, _Balance] = OrderedDict()
        self._lanes = {True: asyncio.Lock(), False: asyncio.Lock()}
        self._waiting: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self._late = 0

    def require(self, actor: Actor) -> None:
        """Charge a request; raises RateLimited for who is in debt."""
        self._refuse_debtor(actor)
        self.spend(actor, REQUEST_SECONDS)

    def spend(self, actor: Actor, seconds: float) -> None:
        if self._share:
            self._balance(actor).seconds -= seconds

    def spend_fields(self, actor: Actor, fields: int) -> None:
        self.spend(actor, fields * FIELD_SECONDS)

    def purse(self, actor: Actor) -> Purse:
        return _Own(self, actor)

    @asynccontextmanager
    async def lane(self, actor: Actor) -> AsyncIterator[Rest]:
        """The turn of a text that is not known yet; what is done in it is charged. Whoever works in
        it awaits the rest that it is given between two slices of the work."""
        visitor = actor.account_id is None
        if not self._share:
            yield at_once
            return
        waiting, key = self._waiting[visitor], _key(actor)
        if waiting[key] >= MOST_OF_ONE or waiting.total() >= MOST_IN_LANE:
            raise RateLimited(LATE_SECONDS)
        waiting[key] += 1
        try:
            async with self._lanes[visitor]:
                self._refuse_debtor(actor)  # those before it may have been the same client's
                started = time.perf_counter()

                async def rest() -> None:
                    nonlocal started
                    taken = time.perf_counter() - started
                    self.spend(actor, taken)
                    await asyncio.sleep(REST * taken if visitor else 0)
                    started = time.perf_counter()

                try:
                    yield rest
                finally:
                    await rest()
        finally:
            waiting[key] -= 1
            if not waiting[key]:
                del waiting[key]

    async def be_late(self) -> None:
        """Before a refusal is sent."""
        if self._late < MOST_LATE:
            self._late += 1
            try:
                await asyncio.sleep(LATE_SECONDS)
            finally:
                self._late -= 1

    def _refuse_debtor(self, actor: Actor) -> None:
        if self._share and (debt := -self._balance(actor).seconds) > 0:
            raise RateLimited(debt / self._share)

    def _balance(self, actor: Actor) -> _Balance:
        """What is left, filled up to now."""
        key = _key(actor)
        now, most = self._now(), self._share * BURST_SECONDS
        found = self._balances.get(key)
        if found is None:
            found = self._balances[key] = _Balance(most, now)
            if len(self._balances) > MOST_CLIENTS:
                self._balances.popitem(last=False)
        else:
            self._balances.move_to_end(key)
            filled = found.seconds + (now - found.at) * self._share
            found.seconds, found.at = min(filled, most), now
        return found


def _key(actor: Actor) -> str:
    """An account is one client wherever it signs in."""
    return actor.account_id or f"address:{client.address()}"
