"""Work of the units: signing for it, co-handling opinions (T11; V15, DL3, DL4; decision 25)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from services.proposals.domain import decisions, errors
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentState,
    CoOpinion,
    Lateness,
    Part,
    Urging,
    UrgingWay,
)
from services.proposals.domain.details import DERIVED, By
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import over


def refuse_proposer(proposal: Proposal, members: Collection[str]) -> None:
    """V15: `members` are the memberships of the person who acts for the unit."""
    if {proposal.first_proposer, *proposal.confirmed, *proposal.authors} & set(members):
        raise errors.ProposerActs


def receive(proposal: Proposal, unit: str, at: datetime, *, deemed: bool = False) -> None:
    """The unit signs for it, or is deemed to have (decision 25); T11 follows by itself.

    Who signs after its time is deemed to have, whether or not an alarm was first.
    """
    assignment = proposal.assignment_of(unit)
    if assignment.state is not AssignmentState.PENDING:
        raise errors.WrongAssignmentState.of(assignment.state)
    take(proposal, assignment, at, deemed=deemed or over(assignment.sign_due_at, at))


def deem_received(proposal: Proposal, at: datetime) -> bool:
    """Decision 25: what is not signed for by DL3 is bound. True if anything changed."""
    late = [
        assignment
        for assignment in proposal.assignments
        if assignment.state is AssignmentState.PENDING and over(assignment.sign_due_at, at)
    ]
    for assignment in late:
        receive(proposal, assignment.unit, at, deemed=True)
    return bool(late)


def give_co_opinion(proposal: Proposal, unit: str, text: str, at: datetime, by: By) -> None:
    """DL4: by a co-handling unit, to the main unit."""
    assignment = proposal.assignment_of(unit)
    if assignment.part is not Part.CO:
        raise errors.NotCoHandling
    assignment.work()
    if proposal.round == 1 and over(assignment.due_at, at):
        co_overdue(proposal, assignment, at)
    assignment.opinion = CoOpinion(text, at, by.account_id)
    assignment.move(AssignmentState.CO_OPINION_GIVEN)
    tell(
        proposal,
        names.ASSIGNMENT_CO_OPINION_GIVEN,
        assignment,
        main_units=[a.unit for a in proposal.assignments if a.part is Part.MAIN],
    )


def co_overdue(proposal: Proposal, assignment: Assignment, at: datetime) -> None:
    """DL4: found late, by the alarm or, if that was slower, by the opinion itself; once."""
    if assignment.overdue_at:
        return
    assignment.overdue_at, assignment.lateness = at, Lateness.OVERDUE
    mains = [a.unit for a in proposal.assignments if a.part is Part.MAIN and a.standing]
    told = {"due_at": assignment.due_at, **decisions.undecided(proposal, assignment.no)}
    tell(proposal, names.ASSIGNMENT_CO_OVERDUE, assignment, **told, main_units=mains)


def urge(proposal: Proposal, unit: str, way: UrgingWay, text: str, at: datetime, by: By) -> None:
    """DL10: somebody of the two offices urges a unit by hand; the unit has it as a message too."""
    assignment = proposal.assignment_of(unit)
    if not proposal.waits_for(assignment):
        raise errors.ShareDone
    assignment.urgings.append(Urging(at, way, text, by.account_id, by.role))
    told = {"way": way.value, "text": text, "due_at": assignment.due_at}
    tell(proposal, names.ASSIGNMENT_URGED, assignment, **told)


def take(proposal: Proposal, assignment: Assignment, at: datetime, *, deemed: bool = False) -> None:
    assignment.move(AssignmentState.RECEIVED)
    assignment.received_at, assignment.deemed = at, deemed
    due_at = assignment.due_at
    tell(proposal, names.ASSIGNMENT_RECEIVED, assignment, deemed=deemed, due_at=due_at)
    if proposal.state is State.ASSIGNED and assignment.replies:
        proposal.move(State.HANDLING, at, DERIVED)
        proposal.tell(names.PROPOSAL_HANDLING_STARTED, unit=assignment.unit)


def tell(proposal: Proposal, event: str, assignment: Assignment, **data: Any) -> None:
    """A fact about one unit's share; of what is merged, with the lead whose share it follows."""
    if proposal.merged:
        data["lead"] = proposal.merged.lead
    proposal.tell(
        event,
        unit=assignment.unit,
        part=assignment.part.value,
        assignment_no=assignment.no,
        round=proposal.round,
        **data,
    )
