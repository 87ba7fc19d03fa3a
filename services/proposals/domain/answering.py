"""The reply of a unit, from draft to delivery (T12; V16–V19)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.proposals.domain import errors, replies
from services.proposals.domain.assignments import Assignment, AssignmentState, Part
from services.proposals.domain.contacts import attempted, satisfied
from services.proposals.domain.handling import DERIVED, Handled
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.replies import (
    Check,
    Commitment,
    CommitmentStatus,
    Content,
    Reply,
    SignOff,
)
from services.proposals.domain.states import State
from shared.contracts import names
from shared.errors import DomainError, Refused


class Answered(Handled):
    """A case that the units answer: draft, sign-off, check, delivery."""

    def save_reply(self, unit: str, content: Content, at: datetime) -> None:
        """Draft and redo; what changes after it was sent up for signature must be sent again."""
        assignment = self._replying(unit)
        assignment.work()
        reply = self.reply_of(unit)
        if reply is None:
            reply = Reply(unit, self.round, replies.title_of(self.case_title or ""), content, at)
            self.replies.append(reply)
        reply.content, reply.saved_at = content, at
        reply.sign_off_requested_at = None

    def request_sign_off(self, unit: str, at: datetime) -> None:
        """V19: the officer sends the reply up to the unit's leader. Raises Refused with all."""
        assignment, reply = self._replying(unit), self._drafted(unit)
        assignment.work()
        self._require_signable(reply, assignment, at)
        reply.sign_off_requested_at, reply.sign_off_refusal = at, None
        self._record_assignment(names.ASSIGNMENT_SIGN_OFF_REQUESTED, assignment)

    def refuse_sign_off(self, unit: str, comment: str) -> None:
        """The leader sends it back to the officer."""
        assignment, reply = self._replying(unit), self._drafted(unit)
        self._require_requested(reply)
        if not comment.strip():
            raise errors.ReasonMissing(field="comment")
        reply.sign_off_requested_at, reply.sign_off_refusal = None, comment
        self._record_assignment(names.ASSIGNMENT_SIGN_OFF_REFUSED, assignment, {"comment": comment})

    def sign_reply(self, unit: str, sign_off: SignOff) -> None:
        """V18, V19: the leader signs; the reply goes to the supervising office's check."""
        assignment, reply = self._replying(unit), self._drafted(unit)
        self._require_requested(reply)
        self._require_signable(reply, assignment, sign_off.signed_at)
        if self.proposer_type in COLLECTIVES and not sign_off.in_charge:
            raise errors.LeaderInCharge(field="inCharge")
        assignment.move(AssignmentState.REPLY_IN_CHECK)
        reply.sign_off = sign_off
        self._record_assignment(names.ASSIGNMENT_REPLY_SIGNED, assignment)

    def check_reply(self, unit: str, check: Check) -> None:
        """V19 and the consent of decision 27; a failed check sends it back for redo."""
        assignment, reply = self._replying(unit), self._drafted(unit)
        if assignment.state is not AssignmentState.REPLY_IN_CHECK or reply.passed:
            raise errors.WrongAssignmentState(details={"state": assignment.state.value})
        if not check.passed and not check.comment.strip():
            raise errors.ReasonMissing(field="comment")
        if check.passed and not (check.consent or satisfied(self.contacts, unit, self.round)):
            raise errors.ContactMissing(
                "尚无联系成功的记录；两次联系未果的，须督查部门同意", field="consent"
            )
        reply.checks.append(check)
        if check.passed:
            self._record_assignment(names.ASSIGNMENT_REPLY_CHECKED, assignment)
            return
        reply.sign_off = reply.sign_off_requested_at = None
        assignment.move(AssignmentState.REPLY_REJECTED)
        self._record_assignment(
            names.ASSIGNMENT_REPLY_REJECTED, assignment, {"comment": check.comment}
        )

    def deliver_reply(self, unit: str, at: datetime, evaluate_by: datetime) -> None:
        """To the proposers; with the last one needed, T12 follows by itself."""
        assignment, reply = self._replying(unit), self._drafted(unit)
        if not reply.passed:
            raise errors.NotChecked
        assignment.move(AssignmentState.DELIVERED)
        reply.delivered_at = at
        content = reply.content
        assert content.result_class is not None
        self._record_assignment(
            names.ASSIGNMENT_DELIVERED,
            assignment,
            {"doc_no": content.doc_no, "result_class": content.result_class.value},
        )
        for promise in content.promises:
            self._commit(unit, promise, at)
        if all(a.state is AssignmentState.DELIVERED for a in self.assignments if a.replies):
            self._replied(at, evaluate_by)

    def reply_of(self, unit: str) -> Reply | None:
        """The unit's reply of the present round."""
        return next((r for r in self.replies if (r.unit, r.round) == (unit, self.round)), None)

    @property
    def answering_units(self) -> list[str]:
        """Units whose delivered replies the present round is judged by."""
        return [r.unit for r in self.replies if r.round == self.round and r.delivered_at]

    # -- inside ------------------------------------------------------------------------------

    def _replying(self, unit: str) -> Assignment:
        assignment = self.assignment_of(unit)
        if not assignment.replies:
            raise errors.NotReplying
        return assignment

    def _drafted(self, unit: str) -> Reply:
        reply = self.reply_of(unit)
        if reply is None:
            raise errors.NoReply
        return reply

    def _require_requested(self, reply: Reply) -> None:
        if reply.sign_off_requested_at is None or reply.sign_off is not None:
            raise errors.NotSignedOff("没有待签发的答复")

    def _require_signable(self, reply: Reply, assignment: Assignment, at: datetime) -> None:
        every = assignment.part is not Part.SEPARATE
        today, suggestions = at.date().isoformat(), len(self.text.suggestions)
        found: list[DomainError] = [
            *replies.problems(reply.content, suggestions, every, today),
            *self._contact_problems(assignment.unit),
        ]
        if found:
            raise Refused.of(found)

    def _contact_problems(self, unit: str) -> Iterable[DomainError]:
        """V16; two attempts are enough to be checked, where consent is decided on."""
        place = (self.contacts, unit, self.round)
        if not satisfied(*place) and not attempted(*place):
            yield errors.ContactMissing()

    def _commit(self, unit: str, promise: replies.Promise, at: datetime) -> None:
        commitment = Commitment(
            no=len(self.commitments) + 1,
            unit=unit,
            round=self.round,
            text=promise.text,
            due_on=promise.due_on,
            status=CommitmentStatus.OPEN,
            made_at=at,
        )
        self.commitments.append(commitment)
        made = {"unit": unit, "commitment_no": commitment.no, "due_on": promise.due_on}
        self._record(names.COMMITMENT_MADE, {**made, "text": promise.text})

    def _replied(self, at: datetime, evaluate_by: datetime) -> None:
        delivered = [r for r in self.replies if r.round == self.round]
        self.result_class = max(r.content.result_class or "" for r in delivered)
        self.replied_at, self.evaluate_by = at, evaluate_by
        self._move(State.REPLIED, at, DERIVED)
        self._record(
            names.PROPOSAL_REPLIED,
            {
                "round": self.round,
                "units": [r.unit for r in delivered],
                "cosigners": self.confirmed,
                "evaluator": self.evaluator,
                "result_class": self.result_class,
                "evaluate_by": evaluate_by,
            },
        )
