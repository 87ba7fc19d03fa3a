"""Evaluation, escalation and closing (T13–T16, T18–T21, V20; decisions 17 and 21)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.details import By
from services.proposals.domain.evaluation import CloseKind, Evaluation, Form, Grade
from services.proposals.domain.handling import DERIVED
from services.proposals.domain.rehandling import Rehandled
from services.proposals.domain.rounds import Mediation, Trigger
from services.proposals.domain.states import AWAITING_EVALUATION, OPEN_CASE, State
from shared.contracts import names


class Judged(Rehandled):
    """A replied proposal in the hands of its proposers."""

    def check_evaluator(self, evaluator: str, at: datetime) -> None:
        """V20: proposers only, a reply that was delivered, within DL7."""
        if evaluator not in self.evaluators:
            raise errors.NotTheEvaluator
        if self.round == 0 or self.evaluate_by is None or not self.answering_units:
            raise errors.NothingToEvaluate
        if self.state not in AWAITING_EVALUATION and at > self.evaluate_by:
            raise errors.NothingToEvaluate("评价期限已过")
        if evaluator == self.evaluator:
            self._require(AWAITING_EVALUATION)

    def evaluate(self, evaluation: Evaluation, rehandle_by: datetime, at: datetime, by: By) -> None:
        """T13, and at once T14 or T15, of a second reply T18 or T19: the official judgement.

        Nothing here says which grade it was, until the case is closed (decision 21). DL8 ends at
        `rehandle_by`.
        """
        self._require(AWAITING_EVALUATION)
        first = self.state is State.REPLIED
        self.evaluated_at, self.rounds[-1].evaluator = at, evaluation.evaluator
        if first:
            self._move(State.EVALUATED, at, by)
        judged = {"round": self.round, "evaluator": evaluation.evaluator}
        self._record(names.PROPOSAL_EVALUATED, judged)
        form = evaluation.form
        if form.result is not Grade.DISSATISFIED:
            self._close(CloseKind.NORMAL, form, at)
        elif first:
            units = [line.unit for line in form.lines if line.result is Grade.DISSATISFIED]
            self._rehandle(Trigger.DISSATISFIED, units, "", rehandle_by, at, DERIVED)
        else:
            self._escalate(at)

    def close_unevaluated(self, at: datetime) -> bool:
        """T16: nobody evaluated in time; that is no consent, so there is no grade.

        True if anything changed, so that a second look does nothing.
        """
        waiting = self.state in AWAITING_EVALUATION
        if not waiting or self.evaluate_by is None or at < self.evaluate_by:
            return False
        self._close(CloseKind.NOT_EVALUATED, None, at)
        return True

    def mark_absent(self, member_id: str) -> bool:
        """Decision 17: who died or was removed no longer evaluates; the next co-signer does.

        True if anything changed, so that a repeated event does nothing.
        """
        mine = member_id in {self.first_proposer, *self.confirmed}
        if not mine or member_id in self.absent or self.state not in OPEN_CASE:
            return False
        before = self.evaluator
        self.absent = (*self.absent, member_id)
        if self.state in AWAITING_EVALUATION and self.evaluator != before:
            self._record(
                names.PROPOSAL_EVALUATOR_CHANGED,
                {
                    "member_id": self.evaluator,
                    "former": before,
                    "round": self.round,
                    "evaluate_by": self.evaluate_by,
                },
            )
        return True

    # -- escalation (T19, T20) ---------------------------------------------------------------

    def record_mediation(self, mediation: Mediation, at: datetime) -> None:
        """A meeting of the three sides; there may be several."""
        self._require({State.ESCALATED})
        if mediation.held_on > at.date().isoformat():
            raise errors.FutureContact("商谈日期不能晚于今天", field="heldOn")
        if not mediation.minutes.strip():
            raise errors.ReasonMissing("请填写会议纪要", field="minutes")
        self.mediations.append(mediation)
        self._record(
            names.PROPOSAL_MEDIATION_HELD,
            {
                "held_on": mediation.held_on,
                "mediation_no": len(self.mediations),
                "units": list(self.rehandling_units),
            },
        )

    def close_escalated(self, kind: CloseKind, form: Form | None, at: datetime, by: By) -> None:
        """T20: after a mediation that is minuted; there is no third reply.

        `form` is the last official evaluation: whatever the meeting reached, it counts as it was.
        """
        self._require({State.ESCALATED})
        if kind is CloseKind.NOT_EVALUATED:
            raise errors.CloseKindUnfit(field="kind")
        begun = self.rounds[-1].replied_at
        if not any(begun and m.recorded_at >= begun for m in self.mediations):
            raise errors.MediationMissing
        assert form is not None  # nothing escalates without one
        self._close(kind, form, at, by)

    # -- inside ------------------------------------------------------------------------------

    def _escalate(self, at: datetime) -> None:
        self._move(State.ESCALATED, at, DERIVED)
        told = {"round": self.round, "units": self.answering_units}
        self._record(names.PROPOSAL_ESCALATED, told)

    def _close(self, kind: CloseKind, form: Form | None, at: datetime, by: By = DERIVED) -> None:
        """The grades appear here for the first time. T21 follows where a promise is open."""
        grades = (form.attitude, form.result) if form else (None, None)
        for ended in (self, self.rounds[-1]):
            ended.close_kind, ended.closed_at = kind, at
            ended.attitude, ended.result = grades
        self._move(State.CLOSED, at, by)
        self._record(
            names.PROPOSAL_CLOSED,
            {
                "close_kind": kind.value,
                "attitude": self.attitude,
                "result": self.result,
                "round": self.round,
                "units": self.answering_units,
                "cosigners": self.confirmed,
                "result_class": self.result_class,
            },
        )
        self._settle(kind, at)
        if self.unsettled:
            self._move(State.TRACKING, at, DERIVED)
            self._record(names.PROPOSAL_TRACKING_STARTED)
