"""Evaluation by the proposers: T13–T16, V20, decision 21."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk, by
from services.proposals.domain import errors, judging
from services.proposals.domain.evaluation import Evaluation, Form, Line, evaluation_id
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.record import Proposal
from services.proposals.schemas import common
from services.proposals.schemas import judging as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import command
from shared.persistence import execute

# Chairpersons do not evaluate for a proposer (separation of duties 5).
EVALUATORS = (
    Role.MEMBER,
    Role.STANDING_MEMBER,
    Role.SECTOR_CONVENER,
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
)


@allow(*EVALUATORS)
@command("saveEvaluation", answers=common.PROPOSAL)
def save_evaluation(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, **judged: Unpack[form.SaveEvaluation]
) -> str:
    """保存评价草稿。Save a draft of the evaluation, whole.

    Raises EvaluationIncomplete, EvaluationLate.
    """

    def use_case() -> str:
        at = desk.clock.now()
        proposal, evaluation = _opened(call, desk, proposal_id, at)
        if judging.is_late(proposal, at):
            raise errors.EvaluationLate("评价期限已过")
        evaluation.save(form_of(judged), at, call.actor.account_id)
        desk.evaluations.save(call, evaluation, at)
        return evaluation.id

    execute(call, desk.evaluations.aggregates, use_case)
    return proposal_id


@allow(*EVALUATORS)
@command("evaluateReply", answers=common.PROPOSAL)
def evaluate_reply(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, **judged: Unpack[form.EvaluateReply]
) -> str:
    """提交评价，提交后不能更改。Send the evaluation: final.

    Send it: final. The official one moves the case on in the same transaction (T13–T15). After DL7
    it is refused by the clock, and its text kept as a supplementary opinion (decision 63).

    Raises EvaluationIncomplete, EvaluationReasonMissing, EvaluationLate.
    """

    def use_case() -> str:
        at = desk.clock.now()
        _refuse_late(call, desk, proposal_id, form_of(judged), at)

        def write(transaction: Any) -> str:
            proposal, evaluation = _opened(call, desk, proposal_id, at)
            official = evaluation.evaluator == proposal.evaluator
            evaluation.save(form_of(judged), at, call.actor.account_id)
            evaluation.send(proposal.answering_units, at, binding=official)
            desk.evaluations.save(call, evaluation, at, transaction)
            others = desk.evaluations.sent(proposal.id, proposal.round, transaction)
            disagreeing = evaluation.disagrees(others)
            if official:
                most = desk.settings.get("dissatisfied_rounds", at)
                judging.evaluate(proposal, evaluation, desk.second_reply_by(at), at, by(call), most)
                desk.save(call, proposal, at, transaction)
            desk.proposals.note_judged(transaction, proposal.id, disagreeing=disagreeing)
            return evaluation.id

        return str(desk.proposals.in_transaction(write))

    execute(call, desk.evaluations.aggregates, use_case)
    return proposal_id


def _refuse_late(call: Call, desk: Desk, proposal_id: str, said: Form, at: datetime) -> None:
    """Raises EvaluationLate after DL7, when the text is safe; a refusal keeps no command."""
    unnamed = replace(call, command=None)

    def keep(transaction: Any) -> bool:
        proposal, evaluation = _opened(call, desk, proposal_id, at)
        if not judging.keep_late(proposal, evaluation, said, at, by(call)):
            return False
        desk.evaluations.save(unnamed, evaluation, at, transaction)
        desk.save(unnamed, proposal, at, transaction)
        return True

    proposal, _ = _opened(call, desk, proposal_id, at)
    if not judging.is_late(proposal, at):
        return
    if desk.proposals.in_transaction(keep):
        raise errors.EvaluationLate
    raise errors.EvaluationLate("评价期限已过")


def form_of(row: Mapping[str, Any]) -> Form:
    """The form as the schema has checked it."""
    lines = tuple(Line(line["unit_id"], line["attitude"], line["result"]) for line in row["lines"])
    return Form(**{**row, "lines": lines})


def evaluator_keys(call: Call) -> list[str]:
    """Whom the actor may speak for: the member in every term (decision 40), and the organisation
    of the acting role."""
    actor = call.actor
    kinds = {kind for c in COLLECTIVES.values() if actor.role in c.writers for kind in c.scopes}
    organisations = [f"{kind}:{actor.scope[kind]}" for kind in kinds if kind in actor.scope]
    return [*actor.memberships, *organisations]


def _opened(call: Call, desk: Desk, proposal_id: str, at: datetime) -> tuple[Proposal, Evaluation]:
    """The proposal, checked to be open to the actor's judgement, and the form begun or new."""
    proposal = desk.proposals.get(proposal_id, access.visible_to(call.actor))
    keys = evaluator_keys(call)
    evaluator = next((e for e in proposal.evaluators if e in keys), None)
    if evaluator is None:
        raise errors.NotTheEvaluator
    judging.check_evaluator(proposal, evaluator, at)
    key = evaluation_id(proposal.id, proposal.round, evaluator)
    evaluation = desk.evaluations.get(key) or Evaluation(
        id=key,
        proposal_id=proposal.id,
        term=proposal.term,
        round=proposal.round,
        evaluator=evaluator,
        binding=evaluator == proposal.evaluator,
        saved_at=at,
    )
    return proposal, evaluation
