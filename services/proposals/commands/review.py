"""Submission, review, filing or not, withdrawal: T2–T6, T8, T9, T25, T26."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.checks import reason_setting
from services.proposals.commands.drafting import WRITERS
from services.proposals.commands.ports import Desk, by, carry_on, change, change_seen
from services.proposals.domain import (
    appeals,
    merging,
    numbers,
    review,
    submission,
    withdrawal,
)
from services.proposals.domain.procedure_errors import ReasonOff
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import SWITCHABLE
from services.proposals.domain.states import Mark
from services.proposals.schemas import common
from services.proposals.schemas import review as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import AppError, Conflict, Forbidden, Refused, TopicUnfit
from shared.operations import command
from shared.persistence import execute

PRO = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)


@allow(*WRITERS)
@command("submitProposal", answers=common.PROPOSAL)
def submit_proposal(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """提交提案。Submit, or submit again after a return.

    T2, T5: all reasons against it at once; the serial number in the same transaction.

    Raises NoSession.
    """
    mine = author_query(call)

    def use_case() -> str:
        at = desk.clock.now()
        ready = desk.proposals.get(proposal_id, mine)
        carry_on(call, desk, ready)
        active, session = _active(call, desk, ready, at), desk.directory.session_at(at)
        limits, due, groups = desk.limits(at), desk.review_due(at), _groups(desk, ready)
        problems = submission.problems(ready, at, by(call), session, active, limits, groups)
        if found := [*problems, *_ended_topics(desk, ready, at)]:
            raise Refused.of(found)

        def write(transaction: Any) -> str:
            proposal = desk.proposals.get(proposal_id, mine)
            if proposal.version != ready.version:
                raise Conflict  # who is active was asked for the former state
            carry_on(call, desk, proposal)
            number = None
            if proposal.serial_no is None:
                counter = numbers.serial_counter(session.term, session.no)
                number = desk.proposals.next_number(transaction, counter)
            submission.submit(proposal, at, by(call), session, active, limits, number, due, groups)
            desk.save(call, proposal, at, transaction)
            return proposal.id

        return str(desk.proposals.in_transaction(write))

    return execute(call, desk.proposals.aggregates, use_case)


def problems_of(call: Call, desk: Desk, proposal: Proposal) -> list[AppError]:
    """What stands against submitting now; shown while drafting as warnings."""
    at = desk.clock.now()
    carry_on(call, desk, proposal)
    active = _active(call, desk, proposal, at)
    session = desk.directory.session_at(at)
    groups, limits = _groups(desk, proposal), desk.limits(at)
    found = submission.problems(proposal, at, by(call), session, active, limits, groups)
    return [*found, *_ended_topics(desk, proposal, at)]


def _ended_topics(desk: Desk, proposal: Proposal, at: datetime) -> list[AppError]:
    """A draft may lie longer than a topic holds; what was submitted once keeps its topics."""
    if proposal.serial_no is not None:
        return []
    try:
        desk.topics.choose(proposal.details.topic_codes, at)
    except TopicUnfit as ended:
        return [ended]
    return []


@allow(Role.PROPOSAL_STAFF)
@command("startReview", answers=common.PROPOSAL, batch="startReviews")
def start_review(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """开始审查。Begin the review."""

    def act(proposal: Proposal, at: datetime) -> None:
        committees = desk.field_committees(proposal.details.category, at)
        review.start(proposal, at, by(call), committees)

    return change_seen(call, desk, proposal_id, act)


@allow(Role.PROPOSAL_STAFF)
@command("returnProposal", answers=common.PROPOSAL)
def return_proposal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, comment: form.ReviewComment
) -> str:
    """退回修改。Return for changes. Raises ReasonMissing."""

    def act(proposal: Proposal, at: datetime) -> None:
        review.send_back(proposal, comment, at, by(call), desk.return_times(at))

    return change_seen(call, desk, proposal_id, act)


@allow(Role.PROPOSAL_DIRECTOR)
@command("fileProposal", answers=common.PROPOSAL)
def file_proposal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    review_units: form.ReviewUnits,
    review_opinion: form.ReviewOpinion | None,
    one_matter: form.OneMatter,
    category: form.FiledCategory | None = None,
    against: form.Against = "",
) -> str:
    """立案，可更正类别。File, with a case number; the category may be corrected.

    Raises UnitsMissing, OneMatter, ShortfallOpen, AgainstFirstReview.
    """
    decided = (category, against)

    def use_case() -> str:
        at = desk.clock.now()

        def write(transaction: Any) -> str:
            proposal = desk.proposals.get(proposal_id, _visible(call))
            review.check_filing(proposal, review_units, one_matter)
            number = 0
            if proposal.case_no is None:
                assert proposal.session is not None and proposal.session_mark is not None
                place = (proposal.term, proposal.session, proposal.session_mark)
                number = desk.proposals.next_number(transaction, numbers.case_counter(*place))
            matter = (review_units, review_opinion, one_matter, number)
            review.file(proposal, *matter, at, by(call), *decided)
            desk.save(call, proposal, at, transaction)
            return proposal.id

        return str(desk.proposals.in_transaction(write))

    return execute(call, desk.proposals.aggregates, use_case, look_first=False)


@allow(Role.PROPOSAL_DIRECTOR)
@command("notFileProposal", answers=common.PROPOSAL)
def not_file_proposal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    reason: form.ReviewReason,
    disposition: form.Disposition,
    comment: form.NotFileProposalComment,
    reference_units: form.ReferenceUnits | None = None,
    against: form.Against = "",
) -> str:
    """不予立案；送阅、转信的先征求提案人意见。Do not file, with reason and disposition.

    Decision 50: before others get the text its author is asked.

    Raises LetterOnly, ReferenceUnits, UnitUnknown, ReasonOff,
    AgainstFirstReview.
    """
    if reason in SWITCHABLE and not desk.settings.get(reason_setting(reason), desk.clock.now()):
        raise ReasonOff(field="reason")
    units = reference_units or []
    desk.require_units(units, "referenceUnits")

    def act(proposal: Proposal, at: datetime) -> None:
        decided = (reason, disposition, comment, desk.appeal_by(at), at, by(call))
        review.not_file(proposal, *decided, units, against)

    return change_seen(call, desk, proposal_id, act)


@allow(*WRITERS)
@command("requestAppeal", answers=common.PROPOSAL)
def request_appeal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """申请复议。Appeal against not filing.

    T25, by the author.

    Raises AppealLate, AppealOpen, ReasonMissing.
    """
    mine = access.written_by(call.actor)
    return change(call, desk, proposal_id, mine, lambda p, at: appeals.request(p, reason, at))


@allow(Role.PROPOSAL_DIRECTOR, approves=True)
@command("decideAppeal", answers=common.PROPOSAL)
def decide_appeal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    agreed: form.Agreed,
    reason: common.Reason,
) -> str:
    """拟定复议决定，须第二人确认。Decide on an appeal; a second person confirms.

    T25: stands once a second person has confirmed it (decision 28).

    Raises NoAppeal, ReasonMissing.
    """
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: appeals.decide(p, agreed, reason, at, by(call)),
    )


@allow(*PRO, Role.OFFICE, approves=True)
@command("confirmAppeal", answers=common.PROPOSAL)
def confirm_appeal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, confirmed: form.ProposalConfirmed
) -> str:
    """第二人确认复议决定，或退回。Confirm the decision as the second person, or give it back.

    Raises NoAppeal, SecondPerson.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        appeals.confirm(proposal, confirmed, desk.review_due(at), at, by(call))

    return change(call, desk, proposal_id, access.reviewed(call.actor), act)


@allow(Role.PROPOSAL_DIRECTOR)
@command("revokeFiling", answers=common.PROPOSAL)
def revoke_filing(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """撤销立案，限交办前；提案号保留。Undo a filing before assignment; the number is kept.

    Raises ReasonMissing.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        review.revoke_filing(proposal, reason, desk.review_due(at), at, by(call))

    return change_seen(call, desk, proposal_id, act)


@allow(*WRITERS)
@command("withdrawProposal", answers=common.PROPOSAL)
def withdraw_proposal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: form.WithdrawProposalReason
) -> str:
    """撤案，限立案前。Withdraw, before filing."""
    return change(
        call,
        desk,
        proposal_id,
        author_query(call),
        lambda p, at: withdrawal.withdraw(p, reason, at, by(call)),
    )


@allow(*WRITERS)
@command("requestWithdrawal", answers=common.PROPOSAL)
def request_withdrawal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """立案后申请撤案。Ask to withdraw a filed proposal.

    T9 after filing: the director decides (decision 23).

    Raises ReasonMissing, WithdrawalOpen, LeadsOthers.
    """
    return change(
        call, desk, proposal_id, author_query(call), lambda p, at: withdrawal.request(p, reason, at)
    )


@allow(Role.PROPOSAL_DIRECTOR, approves=True)
@command("decideWithdrawal", answers=common.PROPOSAL)
def decide_withdrawal(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    agreed: form.ProposalAgreed,
    reason: form.DecideWithdrawalReason,
) -> str:
    """决定撤案申请。Decide on a request to withdraw.

    T9; a follower also leaves its lead (decision 24).

    Raises NoWithdrawal, ReasonMissing.
    """

    def use_case() -> str:
        at = desk.clock.now()
        proposal = desk.proposals.get(proposal_id, _visible(call))
        lead = desk.proposals.get(proposal.merged.lead) if proposal.merged else None
        withdrawal.decide(proposal, agreed, reason, at, by(call))
        if lead is None or not agreed:
            desk.save(call, proposal, at)
            return proposal.id
        merging.lose(lead, proposal.id)

        def write(transaction: Any) -> None:
            desk.save(call, proposal, at, transaction)
            desk.save(replace(call, command=None), lead, at, transaction)

        desk.proposals.in_transaction(write)
        return proposal.id

    return execute(call, desk.proposals.aggregates, use_case)


@allow(Role.OFFICE, Role.PROPOSAL_DIRECTOR)
@command("setCounterStart", answers=form.START)
def set_counter_start(
    call: Call,
    desk: Desk,
    *,
    kind: form.StartKind,
    term: form.StartTerm,
    session: form.StartSession,
    first: form.FirstNumber,
) -> dict[str, Any]:
    """设定编号起始，限启用之前。Where a number series begins, before its first use.

    Raises CounterInUse.
    """
    counter = (
        numbers.serial_counter(term, session)
        if kind == "SERIAL"
        else numbers.case_counter(term, session, Mark(kind))
    )
    if desk.proposals.set_start(counter, first):
        desk.audit.record(call, "set_counter_start", counter, details={"first": first})
    return {"counter": counter, "first": first}


def _active(call: Call, desk: Desk, proposal: Proposal, at: datetime) -> set[str]:
    """V5 is about persons: who serves on may submit a case of an earlier term again, and who is
    appointed for the next term already serves in this one."""
    me = call.actor
    signing = [proposal.first_proposer, *proposal.confirmed, *proposal.authors]
    people = [m for m in signing if m]
    held = {m: me.memberships if me.is_self(m) else (m,) for m in people}
    asked = [id for memberships in held.values() for id in memberships]
    active = set(desk.active_members(call, asked, at)) if asked else set()
    return {member for member, memberships in held.items() if not active.isdisjoint(memberships)}


def _groups(desk: Desk, proposal: Proposal) -> dict[str, dict[str, Any]]:
    """The group codes of the named authors."""
    return {member: desk.directory.groups(member) for member in proposal.authors}


def author_query(call: Call) -> dict[str, Any]:
    """What the acting author wrote; Forbidden for a former member."""
    if call.actor.former:
        raise Forbidden("已离任委员只能查看、评价本人以往的提案")
    return access.written_by(call.actor)


def _visible(call: Call) -> dict[str, Any]:
    return access.visible_to(call.actor)
