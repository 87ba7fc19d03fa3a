"""Main and co-handling unit change places, with the consent of both (decision 54)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors, handling
from services.proposals.domain import procedure_errors as refused
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentState,
    Consent,
    DueDates,
    Part,
    Swap,
)
from services.proposals.domain.details import DERIVED
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import State
from shared.contracts import names

A = AssignmentState
MAY_CHANGE = frozenset({A.PENDING, A.RECEIVED, A.WORKING, A.CO_OPINION_GIVEN})


def propose(proposal: Proposal, unit: str, reason: str, at: datetime) -> None:
    """By the supervising office: `unit`, which co-handles, is to be the main one."""
    proposal.require({State.ASSIGNED, State.HANDLING})
    errors.require_reason(reason)
    main, co = _pair(proposal, unit)
    if proposal.swap and proposal.swap.open:
        raise refused.SwapOpen
    _check(proposal, main, co)
    consents = [Consent(main.unit), Consent(co.unit)]
    proposal.swap = Swap(main.unit, co.unit, reason, at, consents)
    for share in (main, co):
        told = {"main": main.unit, "co": co.unit, "reason": reason}
        handling.tell(proposal, names.ASSIGNMENT_SWAP_PROPOSED, share, **told)


def answer(
    proposal: Proposal, unit: str, agreed: bool, reason: str, due: DueDates, at: datetime
) -> None:
    """By the leader of either unit; one refusal ends it, the second consent does it."""
    swap = proposal.swap
    consent = next((c for c in swap.open if c.unit == unit), None) if swap else None
    if swap is None or consent is None:
        raise refused.NoSwap
    if not agreed:
        errors.require_reason(reason)
    consent.agreed, consent.reason = agreed, reason
    share = proposal.assignment_of(unit)
    told = {"agreed": agreed, "reason": reason, "units": [swap.main, swap.co]}
    handling.tell(proposal, names.ASSIGNMENT_SWAP_ANSWERED, share, **told)
    if agreed and swap.open:
        return
    if agreed:
        _change(proposal, swap, due, at)
    swap.done_at = at


def _change(proposal: Proposal, swap: Swap, due: DueDates, at: datetime) -> None:
    """The case's due date goes with the part; who co-handles from now on has its own month."""
    former, main = proposal.assignment_of(swap.main), proposal.assignment_of(swap.co)
    _check(proposal, former, main)
    former.part, main.part = Part.CO, Part.MAIN
    main.due_at, former.due_at = former.due_at, min(due.opinion, former.due_at)
    for share in (former, main):
        share.overdue_at = share.lateness = None
    if main.state is A.CO_OPINION_GIVEN:
        main.move(A.WORKING)
    handling.tell(
        proposal,
        names.ASSIGNMENT_PARTS_SWAPPED,
        main,
        former=former.unit,
        due_at=main.due_at,
        co_due_at=former.due_at,
        signed_for=[s.unit for s in (main, former) if s.state is not A.PENDING],
    )
    if proposal.state is State.ASSIGNED and main.state is not A.PENDING:
        proposal.move(State.HANDLING, at, DERIVED)
        proposal.tell(names.PROPOSAL_HANDLING_STARTED, unit=main.unit)


def _pair(proposal: Proposal, unit: str) -> tuple[Assignment, Assignment]:
    co = proposal.assignment_of(unit)
    main = next((a for a in proposal.assignments if a.part is Part.MAIN and a.standing), None)
    if main is None or co.part is not Part.CO:
        raise refused.SwapUnfit("只能由会办单位与主办单位互换", field="unitId")
    return main, co


def _check(proposal: Proposal, main: Assignment, co: Assignment) -> None:
    """Nothing of either may wait for somebody, and no reply may be on its way."""
    reply = proposal.reply_of(main.unit)
    sent_up = reply is not None and reply.sign_off_requested_at is not None
    if sent_up or main.open_extension or {main.state, co.state} - MAY_CHANGE:
        raise refused.SwapUnfit(field="unitId")
