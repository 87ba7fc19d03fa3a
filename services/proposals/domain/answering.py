"""The reply of a unit, from draft to delivery (T12; V16–V19)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.proposals.domain import errors, replies
from services.proposals.domain.assignments import Assignment, AssignmentState, Part
from services.proposals.domain.contacts import attempted, satisfied
from services.proposals.domain.handling import DERIVED
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.promises import Promised
from services.proposals.domain.replies import (
    Check,
    Content,
    Reply,
    SignOff,
)
from services.proposals.domain.states import State
from shared.contracts import names
from shared.errors import DomainError, Refused


class Answered(Promised):
    """A case that the units answer: draft, sign-off, check, delivery."""

    def save_reply(self, unit: str, content: Content, at: datetime) -> None:
        """Draft and redo; what changes after it was sent up for signature must be sent again."""
        assignment = self._replying(unit)
        assignment.work()
        reply = self.reply_of(unit)
        if reply is None:
            case = self.merged.case_title if self.merged else self.case_title
            title = replies.title_of(case or "", self.round)
            reply = Reply(unit, self.round, title, content, at)
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
        self._told(content.outcomes, unit)
        for promise in content.promises:
            self._commit(unit, promise.text, promise.due_on, at)
        if all(
            self.assignment_of(asked).state is AssignmentState.DELIVERED
            for asked in self.asked_units
        ):
            self._replied(at, evaluate_by)

    def reply_of(self, unit: str) -> Reply | None:
        """The unit's reply of the present round."""
        return next((r for r in self.replies if (r.unit, r.round) == (unit, self.round)), None)

    @property
    def asked_units(self) -> list[str]:
        """Units whose replies the present round waits for."""
        if self.round > 1:
            return list(self.rehandling_units)
        return [a.unit for a in self.assignments if a.replies and a.standing]

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
            *self._outcome_problems(reply),
        ]
        if found:
            raise Refused.of(found)

    def _contact_problems(self, unit: str) -> Iterable[DomainError]:
        """V16; two attempts are enough to be checked, where consent is decided on."""
        place = (self.contacts, unit, self.round)
        if not satisfied(*place) and not attempted(*place):
            yield errors.ContactMissing()

    def _replied(self, at: datetime, evaluate_by: datetime) -> None:
        """T12, T17."""
        delivered = [r for r in self.replies if r.round == self.round]
        self.result_class = max(r.content.result_class or "" for r in delivered)
        self.evaluate_by = evaluate_by
        current = self.rounds[-1]
        current.replied_at, current.result_class = at, self.result_class
        self.recognised_class = None
        if self.round == 1:
            self.replied_at = at
            state, event = State.REPLIED, names.PROPOSAL_REPLIED
        else:
            self.second_replied_at = at
            state, event = State.SECOND_REPLIED, names.PROPOSAL_SECOND_REPLIED
        self._move(state, at, DERIVED)
        self._record(
            event,
            {
                "round": self.round,
                "units": [r.unit for r in delivered],
                "cosigners": self.confirmed,
                "evaluator": self.evaluator,
                "result_class": self.result_class,
                "evaluate_by": evaluate_by,
            },
        )
