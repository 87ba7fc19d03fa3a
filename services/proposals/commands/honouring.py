"""Key and excellent proposals, plagiarism (section 3; decisions 15, 28, 33)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.drafting import WRITERS
from services.proposals.commands.ports import Desk, by, change, change_seen
from services.proposals.domain import honours, plagiarism
from services.proposals.domain.honour_records import Leader, Meeting, Rank
from services.proposals.domain.record import Proposal
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Forbidden

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
def nominate_key(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    _refuse_former(call)
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.nominate(p, reason, at, by(call))
    )


@allow(Role.CHAIR_COUNCIL, Role.OFFICE)
def select_key(call: Call, desk: Desk, *, proposal_id: str, doc_no: str, decided_on: date) -> str:
    """The Chairpersons' Council decides; OFFICE may record it (decision 15)."""
    day = decided_on.isoformat()
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.select_key(p, doc_no, day, at)
    )


@allow(Role.CHAIR_COUNCIL)
def deselect_key(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    """Decision 28."""
    return change_seen(call, desk, proposal_id, lambda p, at: honours.deselect_key(p, reason, at))


@allow(Role.PROPOSAL_STAFF, Role.CHAIR_COUNCIL, Role.SUPERVISING_OFFICE)
def name_key_leader(
    call: Call, desk: Desk, *, proposal_id: str, name: str, rank: Rank, member_id: str | None
) -> str:
    leader = Leader(name, rank, member_id)
    return change_seen(call, desk, proposal_id, lambda p, at: honours.name_leader(p, leader, at))


@allow(Role.PROPOSAL_STAFF, Role.CHAIR_COUNCIL)
def record_key_meeting(
    call: Call, desk: Desk, *, proposal_id: str, held_on: date, files: list[str], **said: Any
) -> str:
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
def appraise_key(call: Call, desk: Desk, *, proposal_id: str, note: str) -> str:
    return change_seen(call, desk, proposal_id, lambda p, at: honours.appraise(p, note, at))


@allow(Role.PROPOSAL_STAFF)
def finish_key(call: Call, desk: Desk, *, proposal_id: str) -> str:
    return change_seen(call, desk, proposal_id, lambda p, at: honours.finish_key(p, at))


@allow(Role.PROPOSAL_DIRECTOR)
def award_excellent(
    call: Call, desk: Desk, *, proposal_id: str, year: int, doc_no: str, decided_on: date
) -> str:
    day = decided_on.isoformat()
    return change_seen(
        call, desk, proposal_id, lambda p, at: honours.award(p, year, doc_no, day, at)
    )


@allow(Role.PROPOSAL_DIRECTOR)
def revoke_award(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    return change_seen(call, desk, proposal_id, lambda p, at: honours.revoke_award(p, reason, at))


@allow(*SIGNED_IN)
def report_plagiarism(call: Call, desk: Desk, *, proposal_id: str, source: str, reason: str) -> str:
    """By anybody who may read it."""
    _refuse_former(call)
    return change_seen(
        call, desk, proposal_id, lambda p, at: plagiarism.report(p, source, reason, at, by(call))
    )


@allow(*WRITERS)
def state_on_plagiarism(call: Call, desk: Desk, *, proposal_id: str, statement: str) -> str:
    """By the author: before the finding the word to be heard, after it the appeal."""
    query = access.written_by(call.actor)
    return change(call, desk, proposal_id, query, lambda p, at: plagiarism.state(p, statement, at))


@allow(Role.PROPOSAL_DIRECTOR)
def decide_plagiarism(
    call: Call, desk: Desk, *, proposal_id: str, upheld: bool, reason: str
) -> str:
    return change_seen(
        call, desk, proposal_id, lambda p, _: plagiarism.decide(p, upheld, reason, by(call))
    )


@allow(*PRO, Role.OFFICE)
def confirm_plagiarism(call: Call, desk: Desk, *, proposal_id: str, confirmed: bool) -> str:
    """By the second person."""
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
        raise Forbidden
