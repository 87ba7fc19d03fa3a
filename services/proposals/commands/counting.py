"""The timer that keeps the figures."""

from __future__ import annotations

from typing import Protocol

from services.proposals.domain.statistics import DEFINITIONS
from shared.actor import Role, allow
from shared.call import Call

MOST_BATCHES = 20  # of one look; the next one goes on


class Tallies(Protocol):
    def begin(self, definitions: int) -> None: ...
    def tally(self) -> int: ...
    def serve(self) -> None: ...


@allow(Role.SYSTEM)
def count_changes(call: Call, store: Tallies) -> int:
    """Add to the figures what has changed since the last look; how many proposals that were."""
    store.begin(DEFINITIONS)
    done = 0
    for _ in range(MOST_BATCHES):
        counted = store.tally()
        done += counted
        if not counted:
            store.serve()
            break
    return done
