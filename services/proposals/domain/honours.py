"""Key and excellent proposals, and plagiarism, which ends both (重点、优秀提案, 抄袭; 2.2).

Each selection, award and finding has a number, so that points are earned and undone by the same
occurrence (decision 31).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.deadlines import Timed
from services.proposals.domain.details import By
from services.proposals.domain.honour_records import (
    KEY_MOVES,
    Award,
    KeyCase,
    KeyState,
    Leader,
    Meeting,
    Nomination,
    Plagiarism,
    PlagiarismState,
)
from services.proposals.domain.states import ENDED, PUBLISHED, State
from shared.contracts import names

K = KeyState
P = PlagiarismState
ELIGIBLE = PUBLISHED - {State.ARCHIVED}


class Honoured(Timed):
    """A filed proposal that may be singled out."""

    # -- key proposals (重点提案) ---------------------------------------------------------------

    def nominate(self, reason: str, at: datetime, by: By) -> None:
        """By members, organisations, committees and the proposal committee; each once."""
        self._require(ELIGIBLE)
        self._require_original()
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        key = self.key or KeyCase()
        if key.state is not K.CANDIDATE:
            raise errors.KeyWrongState(details={"state": key.state.value})
        if any(n.account_id == by.account_id for n in key.nominations):
            raise errors.Nominated
        key.nominations.append(Nomination(by.account_id, by.role, reason, at))
        self.key = key
        self._record(names.PROPOSAL_KEY_NOMINATED, {"nominations": len(key.nominations)})

    def select_key(self, doc_no: str, decided_on: str, at: datetime) -> None:
        """The Chairpersons' Council's decision, with its number and date (decision 15)."""
        self._require(ELIGIBLE)
        key = self._key({K.CANDIDATE})
        self._require_original()
        self._move_key(K.SELECTED, at)
        key.doc_no, key.decided_on, key.selected_at = doc_no, decided_on, at
        key.occurrence_no += 1
        self._record(names.PROPOSAL_KEY_SELECTED, {**self._signers(key.occurrence_no)})

    def deselect_key(self, reason: str, at: datetime) -> None:
        """Decision 28: back to CANDIDATE, before somebody leads it."""
        self._key({K.SELECTED})
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        self._undo_key(reason, at)

    def name_leader(self, leader: Leader, at: datetime) -> None:
        """领办、督办: who leads it; another may take over until the meeting."""
        key = self._key({K.SELECTED, K.LED})
        if key.state is K.SELECTED:
            self._move_key(K.LED, at)
        key.leader = leader
        self._record(
            names.PROPOSAL_KEY_LED,
            {
                "rank": leader.rank.value,
                "member_id": leader.member_id,
                "units": self.asked_units,
            },
        )

    def record_key_meeting(self, meeting: Meeting, at: datetime) -> None:
        """督办会; there may be several."""
        key = self._key({K.LED, K.MEETING_HELD})
        if meeting.held_on > at.date().isoformat():
            raise errors.FutureContact("会议日期不能晚于今天", field="heldOn")
        if key.state is K.LED:
            self._move_key(K.MEETING_HELD, at)
        key.meetings.append(meeting)
        told = {"held_on": meeting.held_on, "meeting_no": len(key.meetings)}
        self._record(names.PROPOSAL_KEY_MEETING_HELD, {**told, "units": self.asked_units})

    def appraise_key(self, note: str, at: datetime) -> None:
        """重点提案办理评议 (8.5), recorded by the committee."""
        self._key({K.MEETING_HELD})
        if not note.strip():
            raise errors.ReasonMissing(field="note")
        self._appraised(note, at)

    def mark_appraised(self, appraisal_id: str, at: datetime) -> bool:
        """A democratic appraisal of it was published. True if anything changed."""
        if self.key is None or self.key.state is not K.MEETING_HELD:
            return False
        self._appraised(appraisal_id, at)
        return True

    def finish_key(self, at: datetime) -> None:
        """Appraised, and the case is over."""
        key = self._key({K.APPRAISED})
        if self.state not in ENDED | {State.ARCHIVED}:
            raise errors.WrongState(details={"state": self.state.value})
        self._move_key(K.DONE, at)
        key.done_at = at
        self._record(names.PROPOSAL_KEY_DONE)

    # -- excellent proposals (优秀提案) ---------------------------------------------------------

    def award(self, year: int, doc_no: str, decided_on: str, at: datetime) -> None:
        self._require(PUBLISHED)
        self._require_original()
        if self.excellent and self.excellent.revoked_at is None:
            raise errors.AwardGiven
        number = self.excellent.occurrence_no + 1 if self.excellent else 1
        self.excellent = Award(year, doc_no, decided_on, at, number)
        told = {**self._signers(number), "year": year}
        self._record(names.PROPOSAL_EXCELLENT_AWARDED, told)

    def revoke_award(self, reason: str, at: datetime) -> None:
        if self.excellent is None or self.excellent.revoked_at:
            raise errors.NoAward
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        self._undo_award(reason, at)

    # -- plagiarism (抄袭) ----------------------------------------------------------------------

    def report_plagiarism(self, source: str, reason: str, at: datetime, by: By) -> None:
        """By anybody who may read it; the first proposer is heard."""
        self._require(PUBLISHED)
        if self.plagiarism and self.plagiarism.state not in {P.DISMISSED, P.OVERTURNED}:
            raise errors.PlagiarismReported
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        number = self.plagiarism.occurrence_no if self.plagiarism else 0
        self.plagiarism = Plagiarism(source, reason, by.account_id, at, number)
        self._record(names.PROPOSAL_PLAGIARISM_REPORTED)

    def state_on_plagiarism(self, statement: str, at: datetime) -> None:
        """The first proposer's word; after a finding it is the appeal against it."""
        found = self._plagiarism({P.REPORTED, P.CONFIRMED})
        if not statement.strip():
            raise errors.ReasonMissing(field="statement")
        if found.state is P.REPORTED:
            found.statement = statement
            self._record(names.PROPOSAL_PLAGIARISM_STATED)
            return
        if found.appeal is not None:
            raise errors.AppealOpen
        if found.appeal_by and at > found.appeal_by:
            raise errors.AppealLate
        found.appeal, found.state = statement, P.APPEALED
        self._record(names.PROPOSAL_PLAGIARISM_STATED)

    def decide_plagiarism(self, upheld: bool, reason: str, by: By) -> None:
        """By the director; it stands once a second person has confirmed it."""
        found = self._plagiarism({P.REPORTED, P.APPEALED})
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        found.upheld, found.decision, found.decided_by = upheld, reason, by.account_id
        self._record(names.PROPOSAL_PLAGIARISM_DECISION_PROPOSED, {"upheld": upheld})

    def confirm_plagiarism(
        self, confirmed: bool, appeal_by: datetime, at: datetime, by: By
    ) -> None:
        """The second person's word; without agreement the director decides again."""
        found = self._plagiarism({P.REPORTED, P.APPEALED})
        if found.upheld is None:
            raise errors.NoPlagiarism("没有待确认的认定意见")
        if by.account_id == found.decided_by:
            raise errors.SecondPerson
        upheld = found.upheld
        if not confirmed:
            found.upheld = found.decision = found.decided_by = None
            self._record(names.PROPOSAL_PLAGIARISM_DECISION_RETURNED)
            return
        found.upheld, found.confirmed_by = None, by.account_id
        if found.state is P.REPORTED:
            self._find_plagiarism(found, upheld, appeal_by, at)
        elif upheld:
            found.state = P.CONFIRMED  # it stays, and cannot be appealed again
            self._record(names.PROPOSAL_PLAGIARISM_UPHELD)
        else:
            self._overturn(found)

    # -- inside ------------------------------------------------------------------------------

    def _drop_honours(self, reason: str, at: datetime) -> None:
        """Whatever it was singled out for is undone with its events."""
        if self.key and self.key.state is not K.CANDIDATE:
            self._undo_key(reason, at)
        if self.excellent and self.excellent.revoked_at is None:
            self._undo_award(reason, at)

    def _find_plagiarism(
        self, found: Plagiarism, upheld: bool, appeal_by: datetime, at: datetime
    ) -> None:
        if not upheld:
            found.state = P.DISMISSED
            self._record(names.PROPOSAL_PLAGIARISM_DISMISSED)
            return
        found.state, found.appeal_by = P.CONFIRMED, appeal_by
        found.occurrence_no += 1
        self._drop_honours("提案认定抄袭", at)
        told = self._signers(found.occurrence_no)
        filing = {"filing_no": self.filed_count, "appeal_by": appeal_by}
        self._record(names.PROPOSAL_PLAGIARISM_CONFIRMED, {**told, **filing})

    def _overturn(self, found: Plagiarism) -> None:
        """The filing counts again, as a new occurrence; honours have to be decided anew."""
        found.state = P.OVERTURNED
        self.filed_count += 1
        told = {
            **self._signers(self.filed_count),
            "authors": list(self.authors),
            "plagiarism_no": found.occurrence_no,
        }
        self._record(names.PROPOSAL_PLAGIARISM_OVERTURNED, told)

    def _appraised(self, by_what: str, at: datetime) -> None:
        assert self.key is not None
        self._move_key(K.APPRAISED, at)
        self.key.appraised_at, self.key.appraisal = at, by_what
        self._record(names.PROPOSAL_KEY_APPRAISED)

    def _undo_key(self, reason: str, at: datetime) -> None:
        assert self.key is not None
        number = self.key.occurrence_no
        self._move_key(K.CANDIDATE, at)
        self.key.leader, self.key.doc_no, self.key.decided_on = None, None, None
        told = {**self._signers(number), "reason": reason}
        self._record(names.PROPOSAL_KEY_DESELECTED, told)

    def _undo_award(self, reason: str, at: datetime) -> None:
        assert self.excellent is not None
        self.excellent.revoked_at, self.excellent.reason = at, reason
        told = {**self._signers(self.excellent.occurrence_no), "reason": reason}
        self._record(names.PROPOSAL_AWARD_REVOKED, {**told, "year": self.excellent.year})

    def _signers(self, occurrence_no: int) -> dict[str, Any]:
        return {"cosigners": self.confirmed, "occurrence_no": occurrence_no}

    def _require_original(self) -> None:
        if self.plagiarism and self.plagiarism.state in {P.CONFIRMED, P.APPEALED}:
            raise errors.Plagiarised

    def _key(self, states: set[KeyState]) -> KeyCase:
        if self.key is None:
            raise errors.NotNominated
        if self.key.state not in states:
            raise errors.KeyWrongState(details={"state": self.key.state.value})
        return self.key

    def _move_key(self, to: KeyState, at: datetime) -> None:
        assert self.key is not None
        if to not in KEY_MOVES[self.key.state]:
            raise errors.KeyWrongState(details={"state": self.key.state.value})
        self.key.state = to
        self.key.history.append({"to": to.value, "at": at})

    def _plagiarism(self, states: set[PlagiarismState]) -> Plagiarism:
        if self.plagiarism is None or self.plagiarism.state not in states:
            raise errors.NoPlagiarism
        return self.plagiarism
