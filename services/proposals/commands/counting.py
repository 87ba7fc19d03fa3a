"""The timer that keeps the figures."""

from __future__ import annotations

from services.proposals.commands.ports import Tallies
from services.proposals.domain.statistics import DEFINITIONS
from shared.actor import Role, allow
from shared.call import Call

MOST_BATCHES = 20  # of one look; the next one goes on


@allow(Role.SYSTEM)
def count_changes(call: Call, tallies: Tallies) -> int:
    """Add to the figures what has changed since the last look; how many proposals that were."""
    tallies.begin(DEFINITIONS)
    done = 0
    for _ in range(MOST_BATCHES):
        counted = tallies.tally()
        done += counted
        if not counted:
            tallies.serve()
            break
    return done
