"""The plan of the committee, the decision of the supervising office (T10; decision 23)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from services.proposals.domain import errors, handling
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentPlan,
    AssignmentState,
    DueDates,
    Mode,
    Part,
    Task,
    check_plan,
)
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.rounds import Round
from services.proposals.domain.states import State
from shared.contracts import names


def propose(
    proposal: Proposal, mode: Mode, tasks: Collection[Task], note: str, at: datetime, by: By
) -> None:
    """By the proposal committee; a later plan takes the place of an undecided one."""
    proposal.require({State.FILED})
    check_plan(mode, list(tasks))
    proposal.plan = AssignmentPlan(mode, list(tasks), note, at, by.account_id)
    proposal.tell(names.PROPOSAL_ASSIGNMENT_PROPOSED, **_planned(proposal), note=note)


def refuse(proposal: Proposal, reason: str) -> None:
    """By the supervising office: the committee proposes again."""
    plan = _open_plan(proposal)
    errors.require_reason(reason)
    plan.refusal = reason
    proposal.tell(names.PROPOSAL_ASSIGNMENT_REFUSED, reason=reason)


def assign(
    proposal: Proposal,
    due: DueDates,
    at: datetime,
    by: By,
    changed: tuple[Mode, Collection[Task]] | None = None,
) -> None:
    """T10, by the supervising office; waits while a withdrawal is undecided (decision 23).

    The assignment meeting may decide on other units and parts than were proposed (decision 54).
    """
    plan = _open_plan(proposal)
    _require_no_withdrawal(proposal)
    proposed = (plan.mode, list(plan.tasks))
    if changed:
        mode, tasks = changed
        check_plan(mode, list(tasks))
        plan.mode, plan.tasks = mode, list(tasks)
    shares = [
        Assignment(
            no=no,
            unit=task.unit,
            part=task.part,
            state=AssignmentState.PENDING,
            assigned_at=at,
            sign_due_at=due.sign,
            due_at=due.opinion if task.part is Part.CO else due.reply,
        )
        for no, task in enumerate(plan.tasks, start=1)
    ]
    dues = {"sign_due_at": due.sign, "due_at": due.reply, "co_due_at": due.opinion}
    differs = proposed != (plan.mode, plan.tasks)
    told = {**_planned(proposal), **dues, "plan_changed": differs}
    proposal.plan = None
    _give_to_units(proposal, shares, told, at, by)


def add(proposal: Proposal, unit: str, reason: str, due: DueDates, at: datetime) -> None:
    """Decision 54: one more unit, while the case is handled the first time.

    Among separate units one more of them, else a co-handling one; the case's due date stays.
    """
    proposal.require({State.ASSIGNED, State.HANDLING})
    errors.require_reason(reason)
    standing = [share for share in proposal.assignments if share.standing]
    separate = any(share.part is Part.SEPARATE for share in standing)
    for share in standing:
        if share.part is Part.SOLE:
            share.part = Part.MAIN
    part, mode = (Part.SEPARATE, Mode.SEPARATE) if separate else (Part.CO, Mode.MAIN_CO)
    check_plan(mode, [*(Task(share.unit, share.part) for share in standing), Task(unit, part)])
    last = proposal.due_at or due.reply
    added = Assignment(
        no=len(proposal.assignments) + 1,
        unit=unit,
        part=part,
        state=AssignmentState.PENDING,
        assigned_at=at,
        sign_due_at=due.sign,
        due_at=min(due.opinion, last) if part is Part.CO else last,
    )
    proposal.assignments.append(added)
    dues = {"sign_due_at": added.sign_due_at, "due_at": added.due_at}
    handling.tell(proposal, names.ASSIGNMENT_ADDED, added, **dues, reason=reason)


def assign_with(follower: Proposal, lead: Proposal, at: datetime, by: By) -> None:
    """T10 of a follower: the same units, with shares of its own to answer by.

    It waits for the follower's own request to withdraw, which nobody could decide afterwards.
    """
    _require_no_withdrawal(follower)
    told = next(data for event, data in lead.events if event == names.PROPOSAL_ASSIGNED)
    dues = ("mode", "units", "sign_due_at", "due_at", "co_due_at")
    shares = deepcopy(lead.assignments)
    _give_to_units(follower, shares, {name: told[name] for name in dues}, at, by)


def _give_to_units(
    proposal: Proposal, shares: list[Assignment], told: Mapping[str, Any], at: datetime, by: By
) -> None:
    proposal.assignments, proposal.rounds = shares, [Round(1, at)]
    proposal.round, proposal.assigned_at, proposal.due_at = 1, at, told["due_at"]
    proposal.move(State.ASSIGNED, at, by)
    case_no = proposal.merged.case_no if proposal.merged else proposal.case_no
    if proposal.merged:
        told = {**told, "lead": proposal.merged.lead}
    elif proposal.followers:
        told = {**told, "followers": len(proposal.followers)}
    proposal.tell(names.PROPOSAL_ASSIGNED, **told, case_no=case_no, cosigners=proposal.confirmed)


def _require_no_withdrawal(proposal: Proposal) -> None:
    """Decision 23: what may be withdrawn is not assigned."""
    if proposal.withdrawal and proposal.withdrawal.open:
        raise errors.WithdrawalOpen


def _open_plan(proposal: Proposal) -> AssignmentPlan:
    proposal.require({State.FILED})
    if proposal.plan is None or proposal.plan.refusal is not None:
        raise errors.NoPlan
    return proposal.plan


def _planned(proposal: Proposal) -> dict[str, Any]:
    assert proposal.plan is not None
    return {
        "mode": proposal.plan.mode.value,
        "units": [{"unit": t.unit, "part": t.part.value} for t in proposal.plan.tasks],
    }
