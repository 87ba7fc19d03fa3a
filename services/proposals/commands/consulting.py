"""First review, committees' comments, and what is sent on with its author's consent (50, 53)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.commands.drafting import WRITERS
from services.proposals.commands.handling import UNITS, unit_of
from services.proposals.commands.ports import Desk, by, change, change_seen
from services.proposals.commands.review import author_query
from services.proposals.domain import first_review, referring
from services.proposals.domain.record import Proposal
from services.proposals.domain.verdicts import FirstReview
from services.proposals.schemas import common
from services.proposals.schemas import review as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import unless_stale


@allow(Role.PROPOSAL_STAFF)
@command("proposeVerdict", answers=common.PROPOSAL)
def propose_verdict(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    verdict: form.Verdict,
    category: form.FiledCategory | None,
    review_units: form.ReviewUnits,
    opinion: form.FirstOpinion,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """提出初审意见。Leave what the first review comes to.

    Decision 53: the director decides with it, or against it with a reason.

    Raises UnitsMissing, UnitUnknown, StaleVersion.
    """
    desk.require_units(review_units, "reviewUnits")

    def act(proposal: Proposal, at: datetime) -> None:
        account = call.actor.account_id
        units = tuple(review_units)
        found = FirstReview(verdict, opinion, at, account, category, units)
        first_review.propose(proposal, found)

    return change_seen(call, desk, proposal_id, unless_stale(expected_version, act))


@allow(Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
@command("commentOnProposal", answers=common.PROPOSAL)
def comment_on_proposal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    text: form.CommitteeText,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """对口专委会对审查中的提案提出意见。Comment on a proposal of the committee's field.

    Decision 53, while it is under review.

    Raises NotItsField, StaleVersion.
    """
    committee = call.actor.scope.get("committee")
    if committee is None:
        raise Forbidden("当前身份没有所属专委会")

    def act(proposal: Proposal, at: datetime) -> None:
        first_review.comment(proposal, committee, text, at, by(call))

    return change_seen(call, desk, proposal_id, unless_stale(expected_version, act))


@allow(*WRITERS)
@command("answerReferral", answers=common.PROPOSAL)
def answer_referral(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    agreed: form.ReferralAgreed,
    comment: form.ReferralComment,
) -> str:
    """答复是否同意送阅或转信。Say whether others may have what was not filed.

    Decision 50, by the author.

    Raises NoReferral.
    """
    return change(
        call,
        desk,
        proposal_id,
        author_query(call),
        lambda p, at: referring.answer(p, agreed, comment, at),
    )


@allow(*UNITS)
@command("confirmReferral", answers=common.PROPOSAL)
def confirm_referral(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """确认收到送阅的材料。Confirm that the unit has what it was sent for reference.

    Decision 50.

    Raises NoAssignment, ReceiptGiven.
    """
    unit = unit_of(call)
    return change_seen(
        call, desk, proposal_id, lambda p, at: referring.receive(p, unit, at, by(call))
    )
