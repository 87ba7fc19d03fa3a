"""The timer of all time limits."""

from __future__ import annotations

from services.opinions.commands.ports import Desk
from shared.call import Call
from shared.persistence.changing import save_unless_lost

MOST = 200  # at a time; the rest at the next look


def ring_alarms(call: Call, desk: Desk) -> None:
    """What is due: each reminder and each alarm once, whoever looks first."""
    at = desk.clock.now()
    for opinion in desk.opinions.ringing(at, MOST):
        if opinion.ring(at):
            save_unless_lost(call, desk.opinions, opinion, at)
