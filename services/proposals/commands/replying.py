"""The reply of a unit, from draft to delivery: T12, V16–V19."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from services.proposals.commands import visibility as access
from services.proposals.commands.handling import in_unit, refuse_proposer, unit_of
from services.proposals.commands.ports import Desk, by, change_seen
from services.proposals.domain import answering, disclosing, errors
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    DOC_NO,
    Adoption,
    Answer,
    Check,
    CommitmentStatus,
    Content,
    Outcome,
    Promise,
    SignOff,
    number_key,
)
from services.proposals.schemas import common
from services.proposals.schemas import replying as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import StaleVersion
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import execute


@allow(Role.UNIT_OFFICER)
@command("saveReply", answers=common.PROPOSAL)
def save_reply(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    expected_version: ExpectedVersion | None = None,
    **content: Unpack[form.SaveReply],
) -> str:
    """保存答复稿，可反复自动保存。Save the draft of the reply, whole; safe for autosave.

    Draft with autosave: the whole content each time. Two officers may write at once: with
    `expected_version`, of the case, the later one is refused.

    Raises NotReplying, DocNoForm, ClassOff, StaleVersion.
    """
    reply = content_of(content)

    def act(proposal: Proposal, unit: str, at: datetime) -> None:
        if expected_version not in (None, proposal.version):
            raise StaleVersion(field="expectedVersion")
        answering.save(proposal, unit, reply, at, desk.reply_terms(at))

    return in_unit(call, desk, proposal_id, act)


@allow(Role.UNIT_OFFICER)
@command("requestSignOff", answers=common.PROPOSAL)
def request_sign_off(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """答复送签。Send the reply up to the unit's leader.

    V19: up to the unit's leader; all that is missing comes at once.

    Raises NotReplying, NoReply, ReplyIncomplete.
    """
    return in_unit(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: answering.request_sign_off(p, unit, at, desk.reply_terms(at)),
    )


@allow(Role.UNIT_LEADER)
@command("refuseSignOff", answers=common.PROPOSAL)
def refuse_sign_off(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, comment: form.ProposalComment
) -> str:
    """签发退回。Send the reply back to the officer. Raises ReasonMissing."""
    return in_unit(
        call, desk, proposal_id, lambda p, unit, _: answering.refuse_sign_off(p, unit, comment)
    )


@allow(Role.UNIT_LEADER, approves=True)
@command("signReply", answers=common.PROPOSAL)
def sign_reply(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    signer: form.Signer,
    in_charge: form.InCharge,
) -> str:
    """签发答复，送督查部门审核。Sign the reply; it goes to the supervising office.

    V18, V19; the number is claimed in the same transaction (decision 13).

    Raises LeaderInCharge, NotSignedOff, DocNoTaken.
    """
    unit = unit_of(call)

    def use_case() -> str:
        at = desk.clock.now()

        def write(transaction: Any) -> str:
            proposal = desk.proposals.get(proposal_id, access.visible_to(call.actor))
            refuse_proposer(call, desk, proposal)
            signature = SignOff(signer, in_charge, at, call.actor.account_id)
            answering.sign(proposal, unit, signature, desk.reply_terms(at))
            reply = proposal.reply_of(unit)
            assert reply is not None
            doc_no, owner = reply.content.doc_no, f"{proposal.id}:{unit}:{reply.round}"
            desk.proposals.claim_reply_number(transaction, number_key(unit, doc_no), owner, doc_no)
            desk.save(call, proposal, at, transaction)
            return proposal.id

        return str(desk.proposals.in_transaction(write))

    return execute(call, desk.proposals.aggregates, use_case)


@allow(Role.SUPERVISING_OFFICE, approves=True)
@command("checkReply", answers=common.PROPOSAL)
def check_reply(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.ProposalUnitId,
    passed: form.Passed,
    comment: form.ReplyingComment,
    consent: form.Consent,
) -> str:
    """审核答复。Check a reply before delivery.

    V19; `consent` lets two attempts stand for a contact (decision 27).

    Raises ContactMissing, ReasonMissing.
    """

    def act(proposal: Any, at: datetime) -> None:
        seen = Check(passed, comment, consent, at, call.actor.account_id)
        answering.check(proposal, unit_id, seen, desk.reply_terms(at))

    return change_seen(call, desk, proposal_id, act)


@allow(Role.UNIT_OFFICER, Role.UNIT_LEADER)
@command("deliverReply", answers=common.PROPOSAL)
def deliver_reply(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """送达答复。Deliver the reply to the proposers.

    T12 follows with the last reply that is needed.

    Raises NotChecked.
    """
    return in_unit(
        call,
        desk,
        proposal_id,
        lambda p, unit, at: answering.deliver(p, unit, at, desk.evaluate_by(at)),
    )


@allow(Role.PROPOSAL_STAFF, approves=True)
@command("decideReplyOpenness", answers=common.PROPOSAL)
def decide_reply_openness(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    unit_id: form.ProposalUnitId,
    round: form.RoundNo,
    openness: form.Openness,
    summary: form.Summary,
    reason: form.OpennessReason,
) -> str:
    """决定答复的公开方式。Decide how much of a reply the public sees.

    Decision 52: until then nothing of it.

    Raises NoReply, ReplyIncomplete, OpennessReason.
    """
    decided = (unit_id, round, openness, summary, reason)
    return change_seen(
        call, desk, proposal_id, lambda p, at: disclosing.decide(p, *decided, at, by(call))
    )


def content_of(row: Mapping[str, Any]) -> Content:
    """The content of a reply as the schema has checked it. Raises DocNoForm."""
    if row["doc_no"] and not DOC_NO.fullmatch(row["doc_no"]):
        raise errors.DocNoForm(field="docNo")
    answers = [Answer(a["suggestion"], Adoption(a["adoption"]), a["note"]) for a in row["answers"]]
    outcomes = [
        Outcome(
            o["commitment"],
            CommitmentStatus(o["status"]),
            o["note"],
            tuple(o["proof"]),
            o["record"],
        )
        for o in row["outcomes"]
    ]
    promises = [Promise(p["text"], p["due_on"].isoformat()) for p in row["commitments"]]
    lists = {"answers", "commitments", "proof", "outcomes"}
    plain = {k: v for k, v in row.items() if k not in lists}
    return Content(
        **plain,
        answers=tuple(answers),
        promises=tuple(promises),
        proof=tuple(row["proof"]),
        outcomes=tuple(outcomes),
    )
