"""Key and excellent proposals (重点、优秀提案; 2.2).

Each selection and award, as each finding of plagiarism, has a number, so that points are earned and
undone by the same occurrence (decision 31).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.details import By
from services.proposals.domain.honour_records import (
    Award,
    KeyCase,
    KeyState,
    Leader,
    Meeting,
    Nomination,
    PlagiarismState,
)
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import ENDED, PUBLISHED, State
from shared.contracts import names

K = KeyState
P = PlagiarismState
ELIGIBLE = PUBLISHED - {State.ARCHIVED}


def nominate(proposal: Proposal, reason: str, at: datetime, by: By) -> None:
    """By members, organisations, committees and the proposal committee; each once."""
    proposal.require(ELIGIBLE)
    _require_original(proposal)
    errors.require_reason(reason)
    key = proposal.key or KeyCase()
    key.require({K.CANDIDATE})
    if any(n.account_id == by.account_id for n in key.nominations):
        raise errors.Nominated
    key.nominations.append(Nomination(by.account_id, by.role, reason, at))
    proposal.key = key
    proposal.tell(names.PROPOSAL_KEY_NOMINATED, nominations=len(key.nominations))


def select_key(proposal: Proposal, doc_no: str, decided_on: str, at: datetime) -> None:
    """The Chairpersons' Council's decision, with its number and date (decision 15)."""
    proposal.require(ELIGIBLE)
    key = _key(proposal, {K.CANDIDATE})
    _require_original(proposal)
    key.move(K.SELECTED, at)
    key.doc_no, key.decided_on, key.selected_at = doc_no, decided_on, at
    key.occurrence_no += 1
    proposal.tell(names.PROPOSAL_KEY_SELECTED, **signers(proposal, key.occurrence_no))


def deselect_key(proposal: Proposal, reason: str, at: datetime) -> None:
    """Decision 28: back to CANDIDATE, before somebody leads it."""
    key = _key(proposal, {K.SELECTED})
    errors.require_reason(reason)
    _undo_key(proposal, key, reason, at)


def name_leader(proposal: Proposal, leader: Leader, at: datetime) -> None:
    """领办、督办: who leads it; another may take over until the meeting."""
    key = _key(proposal, {K.SELECTED, K.LED})
    if key.state is K.SELECTED:
        key.move(K.LED, at)
    key.leader = leader
    proposal.tell(
        names.PROPOSAL_KEY_LED,
        rank=leader.rank.value,
        member_id=leader.member_id,
        units=proposal.asked_units,
    )


def record_meeting(proposal: Proposal, meeting: Meeting, at: datetime) -> None:
    """督办会; there may be several."""
    key = _key(proposal, {K.LED, K.MEETING_HELD})
    if meeting.held_on > at.date().isoformat():
        raise errors.FutureContact("会议日期不能晚于今天", field="heldOn")
    if key.state is K.LED:
        key.move(K.MEETING_HELD, at)
    key.meetings.append(meeting)
    proposal.tell(
        names.PROPOSAL_KEY_MEETING_HELD,
        held_on=meeting.held_on,
        meeting_no=len(key.meetings),
        units=proposal.asked_units,
    )


def appraise(proposal: Proposal, note: str, at: datetime) -> None:
    """重点提案办理评议 (8.5), recorded by the committee."""
    key = _key(proposal, {K.MEETING_HELD})
    errors.require_reason(note, "note")
    _appraised(proposal, key, note, at)


def mark_appraised(proposal: Proposal, appraisal_id: str, at: datetime) -> bool:
    """A democratic appraisal of it was published. True if anything changed."""
    if proposal.key is None or proposal.key.state is not K.MEETING_HELD:
        return False
    _appraised(proposal, proposal.key, appraisal_id, at)
    return True


def finish_key(proposal: Proposal, at: datetime) -> None:
    """Appraised, and the case is over."""
    key = _key(proposal, {K.APPRAISED})
    proposal.require(ENDED | {State.ARCHIVED})
    key.move(K.DONE, at)
    key.done_at = at
    proposal.tell(names.PROPOSAL_KEY_DONE)


def award(proposal: Proposal, year: int, doc_no: str, decided_on: str, at: datetime) -> None:
    proposal.require(PUBLISHED)
    _require_original(proposal)
    if proposal.excellent and proposal.excellent.revoked_at is None:
        raise errors.AwardGiven
    number = proposal.excellent.occurrence_no + 1 if proposal.excellent else 1
    proposal.excellent = Award(year, doc_no, decided_on, at, number)
    proposal.tell(names.PROPOSAL_EXCELLENT_AWARDED, **signers(proposal, number), year=year)


def revoke_award(proposal: Proposal, reason: str, at: datetime) -> None:
    if proposal.excellent is None or proposal.excellent.revoked_at:
        raise errors.NoAward
    errors.require_reason(reason)
    _undo_award(proposal, proposal.excellent, reason, at)


def drop(proposal: Proposal, reason: str, at: datetime) -> None:
    """Whatever it was singled out for is undone with its events."""
    if proposal.key and proposal.key.state is not K.CANDIDATE:
        _undo_key(proposal, proposal.key, reason, at)
    if proposal.excellent and proposal.excellent.revoked_at is None:
        _undo_award(proposal, proposal.excellent, reason, at)


def signers(proposal: Proposal, occurrence_no: int) -> dict[str, Any]:
    return {"cosigners": proposal.confirmed, "occurrence_no": occurrence_no}


def _appraised(proposal: Proposal, key: KeyCase, by_what: str, at: datetime) -> None:
    key.move(K.APPRAISED, at)
    key.appraised_at, key.appraisal = at, by_what
    proposal.tell(names.PROPOSAL_KEY_APPRAISED)


def _undo_key(proposal: Proposal, key: KeyCase, reason: str, at: datetime) -> None:
    key.move(K.CANDIDATE, at)
    key.leader = key.doc_no = key.decided_on = None
    number = key.occurrence_no
    proposal.tell(names.PROPOSAL_KEY_DESELECTED, **signers(proposal, number), reason=reason)


def _undo_award(proposal: Proposal, award: Award, reason: str, at: datetime) -> None:
    award.revoked_at, award.reason = at, reason
    told = signers(proposal, award.occurrence_no)
    proposal.tell(names.PROPOSAL_AWARD_REVOKED, **told, reason=reason, year=award.year)


def _require_original(proposal: Proposal) -> None:
    if proposal.plagiarism and proposal.plagiarism.state in {P.CONFIRMED, P.APPEALED}:
        raise errors.Plagiarised


def _key(proposal: Proposal, states: set[KeyState]) -> KeyCase:
    if proposal.key is None:
        raise errors.NotNominated
    proposal.key.require(states)
    return proposal.key
