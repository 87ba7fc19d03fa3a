"""Whose case it is: PARTY or GOVERNMENT, by the side of the main unit (decision 45)."""

from __future__ import annotations

from services.proposals.domain import errors
from services.proposals.domain.record import Proposal


def tell(proposal: Proposal, side: str | None) -> None:
    """Keep the side and tell it with each fact, so that the right office hears of it.

    Before each write, so that no verb can forget it.
    """
    proposal.side = side
    if side is not None:
        for _, data in proposal.events:
            data["side"] = side


def require(side: str | None, own: str | None) -> None:
    """Raises OtherSide. own: of the acting office, None for both; a case may be on neither."""
    if own is not None and side is not None and own != side:
        raise errors.OtherSide
