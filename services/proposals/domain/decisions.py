"""What waits for somebody's decision, and until when (decision 41).

A clock stops for nobody: what is asked for moves no due date until it is decided, and who must
decide has a day of its own for it. Which requests are open is read off the records that hold them,
so no list has to be kept true beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.honour_records import PlagiarismState
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import UNKEPT, CommitmentStatus
from services.proposals.domain.states import State
from shared.contracts import names


class Dated(Protocol):
    """A record that keeps until when it is to be decided; one made before there were days, none."""

    decide_by: Any  # datetime | None; of a shortfall always a datetime


@dataclass(frozen=True)
class Waiting:
    """One open request. `about`: as the to-do for it is called; `since`: when it was asked for,
    None: with the write that opens it; `part`: what names it in events, where there are several.
    """

    about: str
    record: Dated
    since: datetime | None = None
    part: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """Names this request and no later one about the same."""
        named = ":".join(str(value) for value in (self.part or {}).values())
        return f"DECISION:{self.about}:{named}:{self.record.decide_by:%Y%m%d%H%M%S}"


# The events that ask for each decision: they tell its day.
ASKED_BY: dict[str, frozenset[str]] = {
    "SHORTFALL_DECISION": frozenset({names.PROPOSAL_COSIGN_SHORTFALL_OPENED}),
    "EXTENSION_DECISION": frozenset({names.ASSIGNMENT_EXTENSION_REQUESTED}),
    "RETURN_DECISION": frozenset(
        {names.ASSIGNMENT_RETURN_REQUESTED, names.ASSIGNMENT_DISPUTE_OPENED}
    ),
    "SIGN_OFF": frozenset({names.ASSIGNMENT_SIGN_OFF_REQUESTED}),
    "REPLY_CHECK": frozenset({names.ASSIGNMENT_REPLY_SIGNED}),
    "ASSIGNMENT_DECISION": frozenset({names.PROPOSAL_ASSIGNMENT_PROPOSED}),
    "WITHDRAWAL_DECISION": frozenset({names.PROPOSAL_WITHDRAWAL_REQUESTED}),
    "APPEAL_DECISION": frozenset(
        {names.PROPOSAL_APPEAL_REQUESTED, names.PROPOSAL_APPEAL_DECISION_RETURNED}
    ),
    "APPEAL_CONFIRMATION": frozenset({names.PROPOSAL_APPEAL_DECISION_PROPOSED}),
    "REFERRAL_CONSENT": frozenset({names.PROPOSAL_REFERRAL_ASKED}),
    "REFERRAL_RECEIPT": frozenset({names.PROPOSAL_REFERRED}),
    "PLAGIARISM_DECISION": frozenset(
        {
            names.PROPOSAL_PLAGIARISM_REPORTED,
            names.PROPOSAL_PLAGIARISM_STATED,
            names.PROPOSAL_PLAGIARISM_DECISION_RETURNED,
        }
    ),
    "PLAGIARISM_CONFIRMATION": frozenset({names.PROPOSAL_PLAGIARISM_DECISION_PROPOSED}),
    "SWAP_CONSENT": frozenset({names.ASSIGNMENT_SWAP_PROPOSED}),
    "OBJECTION_DECISION": frozenset({names.ASSIGNMENT_OBJECTED}),
    "OPENNESS_DECISION": frozenset({names.ASSIGNMENT_DELIVERED}),
    "SUPPLEMENT": frozenset({names.PROPOSAL_SUPPLEMENT_RECEIVED}),
    "COMMITMENT_CLAIM": frozenset({names.COMMITMENT_CLAIMED}),
    "COMMITMENT_DECISION": frozenset({names.COMMITMENT_MISSED, names.COMMITMENT_CHANGED}),
}
# What the units' work, or the assignment, waits for: its alarms go to who must decide, too.
HOLDING = frozenset({"EXTENSION_DECISION", "RETURN_DECISION", "SIGN_OFF", "REPLY_CHECK"}) | {
    "ASSIGNMENT_DECISION",
    "WITHDRAWAL_DECISION",
    "OBJECTION_DECISION",
}

# What somebody must decide about an unsettled promise of this status.
OPEN_PROMISES = {CommitmentStatus.CLAIMED: "COMMITMENT_CLAIM"} | dict.fromkeys(
    UNKEPT, "COMMITMENT_DECISION"
)


def waiting(proposal: Proposal) -> list[Waiting]:
    """Every request that nobody has decided."""
    return [
        *_of_shares(proposal),
        *_of_the_case(proposal),
        *_of_replies(proposal),
        *_of_promises(proposal),
    ]


def undecided(proposal: Proposal, assignment_no: int | None = None) -> dict[str, str]:
    """{"undecided": what it is} of that share, or of the whole case; empty where nothing is."""
    if assignment_no is None and proposal.state is State.UNDER_REVIEW:
        return {"undecided": "FILING_DECISION"}
    for request in waiting(proposal):
        of_this = (request.part or {}).get("assignment_no") == assignment_no
        if of_this and request.about in HOLDING:
            return {"undecided": request.about}
    return {}


def date(proposal: Proposal, at: datetime, decide_by: Callable[[datetime], datetime]) -> bool:
    """Give every open request its day, and tell it with what asks for the decision.

    Before each write, so that no verb can forget it; what was asked for before there were days
    gets one counted from then. True if one was given.
    """
    given = False
    for request in waiting(proposal):
        if request.record.decide_by is None:
            request.record.decide_by = decide_by(request.since or at)
            given = True
        for event, data in proposal.events:
            if event in ASKED_BY[request.about] and (request.part or {}).items() <= data.items():
                data["decide_by"] = request.record.decide_by
    return given


def _of_shares(proposal: Proposal) -> Iterator[Waiting]:
    for share in proposal.assignments:
        if not share.standing:
            continue
        part = {"unit": share.unit, "assignment_no": share.no}
        if extension := share.open_extension:
            yield Waiting("EXTENSION_DECISION", extension, extension.requested_at, part)
        if share.state is AssignmentState.RETURN_REQUESTED and (asked := share.return_request):
            yield Waiting("RETURN_DECISION", asked, asked.requested_at, part)
        reply = proposal.reply_of(share.unit)
        if reply is None or reply.delivered_at or reply.passed:
            continue
        if reply.sign_off:
            yield Waiting("REPLY_CHECK", reply, reply.sign_off.signed_at, part)
        elif reply.sign_off_requested_at:
            yield Waiting("SIGN_OFF", reply, reply.sign_off_requested_at, part)

    for consent in proposal.swap.open if proposal.swap else ():
        yield Waiting("SWAP_CONSENT", consent, None, {"unit": consent.unit})
    for objection in proposal.objections:
        if objection.upheld is None:
            part = {"unit": objection.unit, "assignment_no": objection.assignment_no}
            part["objection_no"] = objection.no
            yield Waiting("OBJECTION_DECISION", objection, objection.raised_at, part)


def _of_the_case(proposal: Proposal) -> Iterator[Waiting]:
    if proposal.shortfall:
        yield Waiting("SHORTFALL_DECISION", proposal.shortfall, proposal.shortfall.opened_at)
    plan, withdrawal, appeal = proposal.plan, proposal.withdrawal, proposal.appeal
    if proposal.state is State.FILED and plan and plan.refusal is None:
        yield Waiting("ASSIGNMENT_DECISION", plan, plan.proposed_at)
    if withdrawal and withdrawal.open:
        yield Waiting("WITHDRAWAL_DECISION", withdrawal, withdrawal.requested_at)
    if appeal and not appeal.settled and proposal.state is State.NOT_FILED:
        if appeal.agreed is None:
            yield Waiting("APPEAL_DECISION", appeal)
        else:
            yield Waiting("APPEAL_CONFIRMATION", appeal)
    yield from _of_referral(proposal)
    found = proposal.plagiarism
    if found and found.state in {PlagiarismState.REPORTED, PlagiarismState.APPEALED}:
        about = "PLAGIARISM_DECISION" if found.upheld is None else "PLAGIARISM_CONFIRMATION"
        yield Waiting(about, found)
    for supplement in proposal.supplements:
        if supplement.open:
            part = {"supplement_no": supplement.no}
            yield Waiting("SUPPLEMENT", supplement, supplement.received_at, part)


def _of_referral(proposal: Proposal) -> Iterator[Waiting]:
    referral = proposal.referral
    if referral is None or proposal.state is not State.NOT_FILED:
        return
    if referral.agreed is None:
        yield Waiting("REFERRAL_CONSENT", referral, referral.asked_at)
    for receipt in referral.receipts:
        if receipt.received_at is None:
            part = {"unit": receipt.unit}
            yield Waiting("REFERRAL_RECEIPT", receipt, referral.answered_at, part)


def _of_replies(proposal: Proposal) -> Iterator[Waiting]:
    for no, reply in enumerate(proposal.replies, start=1):
        if reply.disclosure and reply.disclosure.openness is None:
            part = {"unit": reply.unit, "reply_no": no}
            yield Waiting("OPENNESS_DECISION", reply.disclosure, reply.delivered_at, part)


def _of_promises(proposal: Proposal) -> Iterator[Waiting]:
    for commitment in proposal.unsettled:
        if about := OPEN_PROMISES.get(commitment.status):
            yield Waiting(about, commitment, None, {"commitment_no": commitment.no})
