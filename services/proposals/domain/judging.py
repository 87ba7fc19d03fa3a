"""Evaluation and closing (T13–T16, T21, V20; decisions 17 and 21)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.answering import Answered
from services.proposals.domain.details import By
from services.proposals.domain.evaluation import CloseKind, Evaluation, Form, Grade
from services.proposals.domain.handling import DERIVED
from services.proposals.domain.replies import CommitmentStatus
from services.proposals.domain.states import OPEN_CASE, State
from shared.contracts import names


class Judged(Answered):
    """A replied proposal in the hands of its proposers."""

    def check_evaluator(self, evaluator: str, at: datetime) -> None:
        """V20: proposers only, a reply that was delivered, within DL7."""
        if evaluator not in self.evaluators:
            raise errors.NotTheEvaluator
        if self.round == 0 or self.evaluate_by is None or not self.answering_units:
            raise errors.NothingToEvaluate
        if self.state is not State.REPLIED and at > self.evaluate_by:
            raise errors.NothingToEvaluate("评价期限已过")
        if evaluator == self.evaluator:
            self._require({State.REPLIED})

    def evaluate(self, evaluation: Evaluation, at: datetime, by: By) -> None:
        """T13, and at once T14 or T15: the official judgement (decision 21).

        Nothing here says which grade it was, until the case is closed.
        """
        self._require({State.REPLIED})
        self.evaluated_at = at
        self._move(State.EVALUATED, at, by)
        judged = {"round": self.round, "evaluator": evaluation.evaluator}
        self._record(names.PROPOSAL_EVALUATED, judged)
        if evaluation.form.result is Grade.DISSATISFIED:
            self._rehandle(evaluation, at)
        else:
            self._close(CloseKind.NORMAL, evaluation.form, at)

    def close_unevaluated(self, at: datetime) -> bool:
        """T16: nobody evaluated in time; that is no consent, so there is no grade.

        True if anything changed, so that a second look does nothing.
        """
        waiting = self.state in {State.REPLIED, State.SECOND_REPLIED}
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
        if self.state is State.REPLIED and self.evaluator != before:
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

    def _rehandle(self, evaluation: Evaluation, at: datetime) -> None:
        """T15: only the units of dissatisfied lines handle it again; they never see the form."""
        lines = evaluation.form.lines
        self.rehandling_units = tuple(
            line.unit for line in lines if line.result is Grade.DISSATISFIED
        )
        self._move(State.REHANDLING, at, DERIVED)
        self._record(
            names.PROPOSAL_REHANDLING_REQUESTED,
            {"round": self.round, "units": list(self.rehandling_units)},
        )

    def _close(self, kind: CloseKind, form: Form | None, at: datetime) -> None:
        """T14; the grades appear here for the first time. T21 follows where promises are open."""
        self.close_kind, self.closed_at = kind, at
        self.attitude, self.result = (form.attitude, form.result) if form else (None, None)
        self._move(State.CLOSED, at, DERIVED)
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
        if any(c.status is CommitmentStatus.OPEN for c in self.commitments):
            self._move(State.TRACKING, at, DERIVED)
            self._record(names.PROPOSAL_TRACKING_STARTED)
