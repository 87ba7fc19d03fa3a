"""Merging proposals of the same matter: T7, decision 24."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk, by
from services.proposals.domain import merging, numbers, review
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import merging as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import command
from shared.persistence import execute


@allow(Role.PROPOSAL_DIRECTOR)
@command("mergeProposal", answers=common.PROPOSAL)
def merge_proposal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    lead_id: form.LeadId,
    reason: common.Reason,
    against: form.Against = "",
) -> str:
    """并案，随主案办理。Merge a proposal of the same matter into a lead.

    T7: the proposal follows the lead from now on. Both in one transaction (decision 8).

    Raises LeadUnfit, LeadsOthers, ShortfallOpen, WithdrawalOpen, ReasonMissing,
    AgainstFirstReview.
    """

    def use_case() -> str:
        at = desk.clock.now()
        follower, lead = _both(call, desk, proposal_id, lead_id)
        merging.merge(follower, lead, reason, at, by(call), against)

        def write(transaction: Any) -> str:
            desk.save(call, follower, at, transaction)
            desk.save(replace(call, command=None), lead, at, transaction)
            return follower.id

        return str(desk.proposals.in_transaction(write))

    return execute(call, desk.proposals.aggregates, use_case)


@allow(Role.PROPOSAL_DIRECTOR)
@command("nameLead", answers=common.PROPOSAL)
def name_lead(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    lead_id: form.LeadId,
    reason: common.Reason,
) -> str:
    """另定主案，原主案随新主案办理。Have another of the merged proposals lead the case.

    Another of the merged ones leads; one that never had a case number gets its own.

    Raises LeadUnfit, WithdrawalOpen, ReasonMissing.
    """

    def use_case() -> str:
        at = desk.clock.now()

        def write(transaction: Any) -> str:
            lead, heir = _both(call, desk, proposal_id, lead_id)
            if heir.case_no is None and heir.id in lead.followers:
                assert heir.session is not None and heir.session_mark is not None
                place = (heir.term, heir.session, heir.session_mark)
                counter = numbers.case_counter(*place)
                review.give_number(heir, desk.proposals.next_number(transaction, counter))
            merging.hand_lead(lead, heir, reason, at, by(call))
            others = [desk.proposals.get(key) for key in heir.followers if key != lead.id]
            for other in others:
                merging.follow_new_lead(other, heir, at)
            desk.save(call, heir, at, transaction)
            for changed in (lead, *others):
                desk.save(replace(call, command=None), changed, at, transaction)
            return heir.id

        return str(desk.proposals.in_transaction(write))

    return execute(call, desk.proposals.aggregates, use_case)


def _both(call: Call, desk: Desk, first: str, second: str) -> tuple[Proposal, Proposal]:
    query = access.visible_to(call.actor)
    return desk.proposals.get(first, query), desk.proposals.get(second, query)
