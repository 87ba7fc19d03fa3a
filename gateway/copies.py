"""What the roster has shown lately: members and organisations as other records name them
(decision 60).

A copy is of what all may see who see the same: members tells to which class a token belongs. It is
dropped by every event of members and after KEPT_SECONDS, and nothing is kept while events cannot be
heard. Nothing is decided by it: it only spares the call that nearly every list would make.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gateway.context import Context

Row = dict[str, Any]
Fetch = Callable[[list[str]], Awaitable[list[Row]]]
SERVICE = "members"
EVERYBODY = ""  # the class of what nobody sees otherwise than others do
KEPT_SECONDS = 60.0
MOST_ROWS, MOST_TOKENS = 20_000, 10_000


class Copies:
    """The rows of one gateway process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._hears = False
        self._changes = 0
        self._rows: dict[tuple[str, ...], dict[str, tuple[float, Row]]] = {}
        self._count = 0
        self._classes: dict[str | None, str] = {}

    def begin(self) -> None:
        """From now on every change is heard of."""
        self.drop()
        self._hears = True

    def end(self) -> None:
        self._hears = False
        self.drop()

    def drop(self) -> None:
        """Something has changed; what is being asked for at this moment may be of before."""
        self._changes += 1
        self._rows.clear()
        self._count = 0

    async def members(
        self, context: Context, ids: Sequence[str], fields: Sequence[str] | None, fetch: Fetch
    ) -> list[Row | None]:
        """The rows of `ids` as `fetch` gives them, None where there is none for this viewer."""
        if not self._hears:
            return _aligned(ids, await fetch(list(ids)))
        seen = self._classes.get(context.token)
        if seen is None:
            seen = await context.call(SERVICE, "roster_class")
            if len(self._classes) >= MOST_TOKENS:
                self._classes.clear()
            self._classes[context.token] = seen
        asked = ("*",) if fields is None else tuple(sorted(fields))
        return await self._load(("member", seen, *asked), ids, fetch)

    async def organisations(self, ids: Sequence[str], fetch: Fetch) -> list[Row | None]:
        return await self._load(("organisation", EVERYBODY), ids, fetch)

    async def _load(
        self, key: tuple[str, ...], ids: Sequence[str], fetch: Fetch
    ) -> list[Row | None]:
        kept, now = self._rows.get(key, {}), self._now()
        found = {id: one[1] for id in ids if (one := kept.get(id)) is not None and now < one[0]}
        missing = [id for id in ids if id not in found]
        if missing:
            changes = self._changes
            rows = await fetch(missing)
            if self._hears and changes == self._changes:
                self._keep(key, rows, now + KEPT_SECONDS)
            found |= {row["id"]: row for row in rows}
        return [found.get(id) for id in ids]

    def _keep(self, key: tuple[str, ...], rows: list[Row], until: float) -> None:
        if self._count + len(rows) > MOST_ROWS:
            self._rows.clear()
            self._count = 0
        self._count += len(rows)  # one that is renewed counts twice: the bound is a bound
        self._rows.setdefault(key, {}).update((row["id"], (until, row)) for row in rows)


def _aligned(ids: Sequence[str], rows: list[Row]) -> list[Row | None]:
    found = {row["id"]: row for row in rows}
    return [found.get(id) for id in ids]
