"""Key and excellent proposals, plagiarism (section 3; decisions 15, 28, 33)."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from services.proposals.commands import visibility as access
from services.proposals.commands.drafting import WRITERS
from services.proposals.commands.ports import Desk, by, change, change_seen
from services.proposals.domain import honours, plagiarism
from services.proposals.domain.honour_records import Leader, Meeting
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import honouring as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import command

PRO = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
NOMINATORS = (
    Role.MEMBER,
    Role.STANDING_MEMBER,
    Role.SECTOR_CONVENER,
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
    *PRO,
)
SIGNED_IN = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM})


@allow(*NOMINATORS)
@command("nominateKey", answers=common.PROPOSAL)
def nominate_key(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """推荐重点提案。Nominate as a key proposal.

    Raises Nominated, Plagiarised, KeyWrongState, ReasonMissing.
    """
    _refuse_former(call)
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.nominate(p, reason, at, by(call))
    )


@allow(*LEADERS, Role.OFFICE)
@command("selectKey", answers=common.PROPOSAL)
def select_key(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    doc_no: form.DocNo,
    decided_on: form.DecidedOn,
) -> str:
    """确定重点提案。Select as a key proposal, by the Chairpersons' Council.

    The Chairpersons' Council decides; OFFICE may record it (decision 15).

    Raises NotNominated, KeyWrongState.
    """
    day = decided_on.isoformat()
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.select_key(p, doc_no, day, at)
    )


@allow(*LEADERS)
@command("deselectKey", answers=common.PROPOSAL)
def deselect_key(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """取消重点提案。Undo the selection, before it is led.

    Decision 28.

    Raises KeyWrongState, ReasonMissing.
    """
    return change_seen(call, desk, proposal_id, lambda p, at: honours.deselect_key(p, reason, at))


@allow(Role.PROPOSAL_STAFF, *LEADERS, Role.SUPERVISING_OFFICE)
@command("nameKeyLeader", answers=common.PROPOSAL)
def name_key_leader(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    name: form.Name,
    rank: form.Rank,
    member_id: form.ProposalMemberId | None,
) -> str:
    """确定领办、督办领导。Name who leads a key proposal. Raises KeyWrongState."""
    leader = Leader(name, rank, member_id)
    return change_seen(call, desk, proposal_id, lambda p, at: honours.name_leader(p, leader, at))


@allow(Role.PROPOSAL_STAFF, *LEADERS)
@command("recordKeyMeeting", answers=common.PROPOSAL)
def record_key_meeting(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    held_on: common.HeldOn,
    files: common.Files,
    **said: Unpack[form.RecordKeyMeeting],
) -> str:
    """登记督办会。Record a meeting that urges the handling. Raises KeyWrongState, FutureContact."""

    def act(proposal: Proposal, at: datetime) -> None:
        meeting = Meeting(
            held_on=held_on.isoformat(),
            files=tuple(files),
            recorded_at=at,
            account_id=call.actor.account_id,
            **said,
        )
        honours.record_meeting(proposal, meeting, at)

    return change_seen(call, desk, proposal_id, act)


@allow(Role.PROPOSAL_STAFF)
@command("appraiseKey", answers=common.PROPOSAL)
def appraise_key(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, note: form.ProposalNote
) -> str:
    """登记重点提案办理评议。Record the appraisal of a key proposal.

    Raises KeyWrongState, ReasonMissing.
    """
    return change_seen(call, desk, proposal_id, lambda p, at: honours.appraise(p, note, at))


@allow(Role.PROPOSAL_STAFF)
@command("finishKey", answers=common.PROPOSAL)
def finish_key(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """重点提案办结。The key proposal is done. Raises KeyWrongState."""
    return change_seen(call, desk, proposal_id, lambda p, at: honours.finish_key(p, at))


@allow(Role.PROPOSAL_DIRECTOR)
@command("awardExcellent", answers=common.PROPOSAL)
def award_excellent(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    year: common.Year,
    doc_no: form.DocNo,
    decided_on: form.DecidedOn,
) -> str:
    """评为优秀提案。Award as an excellent proposal of the year. Raises AwardGiven, Plagiarised."""
    day = decided_on.isoformat()
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.award(p, year, doc_no, day, at)
    )


@allow(Role.PROPOSAL_DIRECTOR)
@command("revokeAward", answers=common.PROPOSAL)
def revoke_award(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """撤销优秀提案。Revoke the award. Raises NoAward, ReasonMissing."""
    return change_seen(call, desk, proposal_id, lambda p, at: honours.revoke_award(p, reason, at))


@allow(*SIGNED_IN)
@command("reportPlagiarism", answers=common.PROPOSAL)
def report_plagiarism(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    source: form.Source,
    reason: form.HonouringReason,
) -> str:
    """反映提案抄袭。Report plagiarism, with its source.

    By anybody who may read it.

    Raises PlagiarismReported, ReasonMissing.
    """
    _refuse_former(call)
    return change_seen(
        call, desk, proposal_id, lambda p, at: plagiarism.report(p, source, reason, at, by(call))
    )


@allow(*WRITERS)
@command("stateOnPlagiarism", answers=common.PROPOSAL)
def state_on_plagiarism(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, statement: form.ProposalStatement
) -> str:
    """提案人陈述；认定后为申诉。The author's word; after a finding the appeal.

    Raises NoPlagiarism, AppealLate, AppealOpen, ReasonMissing.
    """
    query = access.written_by(call.actor)
    return change(call, desk, proposal_id, query, lambda p, at: plagiarism.state(p, statement, at))


@allow(Role.PROPOSAL_DIRECTOR, approves=True)
@command("decidePlagiarism", answers=common.PROPOSAL)
def decide_plagiarism(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    upheld: form.Upheld,
    reason: form.HonouringReason,
) -> str:
    """拟定抄袭认定意见。Propose a decision on plagiarism. Raises NoPlagiarism, ReasonMissing."""
    return change_seen(
        call, desk, proposal_id, lambda p, _: plagiarism.decide(p, upheld, reason, by(call))
    )


@allow(*PRO, Role.OFFICE, approves=True)
@command("confirmPlagiarism", answers=common.PROPOSAL)
def confirm_plagiarism(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, confirmed: form.Confirmed
) -> str:
    """由另一人确认抄袭认定意见。Confirm the decision, by another person.

    Raises SecondPerson, NoPlagiarism.
    """
    reviewed = access.reviewed(call.actor)
    return change(
        call,
        desk,
        proposal_id,
        reviewed,
        lambda p, at: plagiarism.confirm(p, confirmed, desk.appeal_by(at), at, by(call)),
    )


def _refuse_former(call: Call) -> None:
    """Decision 17: who left keeps own past cases, and no more."""
    if call.actor.former:
        raise Forbidden("已离任委员只能查看、评价本人以往的提案")
