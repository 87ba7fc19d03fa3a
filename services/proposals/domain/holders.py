"""Whose a proposal is: first proposer, confirmed co-signers, the organisation that proposed it.

Written with the proposal as one list of keys, so that an index serves "my proposals" in every
order: of several conditions, one for each part that a person may have, none could.
"""

from __future__ import annotations

from services.proposals.domain.record import Proposal
from services.proposals.domain.states import SIGNED


def holders(proposal: Proposal) -> list[str]:
    """Keys of all of them, each once."""
    signed = [s.member_id for s in proposal.cosignatures if s.state in SIGNED]
    members = [proposal.first_proposer, *signed]
    keys = [of_member(id) for id in members if id]
    organisation = proposal.organisation or {}
    kind, id = organisation.get("kind"), organisation.get("id")
    if kind and id:
        keys.append(of_organisation(proposal.proposer_type.value, kind, id))
    return list(dict.fromkeys(keys))


def of_member(member_id: str) -> str:
    return f"member:{member_id}"


def of_organisation(proposer_type: str, kind: str, id: str) -> str:
    """kind: of the scope in which it proposes."""
    return f"{proposer_type}:{kind}:{id}"
