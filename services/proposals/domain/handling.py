"""Handling by the units, from the plan to the co-handling opinion (T10, T11; V15, V16)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentPlan,
    AssignmentState,
    CoOpinion,
    DueDates,
    Mode,
    Part,
    Task,
    check_plan,
)
from services.proposals.domain.contacts import Contact, ContactWay
from services.proposals.domain.details import By
from services.proposals.domain.merging import Mergeable
from services.proposals.domain.rounds import Round
from services.proposals.domain.states import IN_HANDLING, State
from shared.contracts import names

DERIVED = By(None, "SYSTEM")  # who moves a proposal when a unit's act completes something


class Handled(Mergeable):
    """A filed proposal in the hands of the units. Units are named by id; each has one share."""

    # -- assignment (T10) --------------------------------------------------------------------

    def propose_assignment(
        self, mode: Mode, tasks: Collection[Task], note: str, at: datetime, by: By
    ) -> None:
        """By the proposal committee; a later plan takes the place of an undecided one."""
        self._require({State.FILED})
        check_plan(mode, list(tasks))
        self.plan = AssignmentPlan(mode, list(tasks), note, at, by.account_id)
        self._record(names.PROPOSAL_ASSIGNMENT_PROPOSED, {**self._planned(), "note": note})

    def refuse_assignment(self, reason: str) -> None:
        """By the supervising office: the committee proposes again."""
        plan = self._open_plan()
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        plan.refusal = reason
        self._record(names.PROPOSAL_ASSIGNMENT_REFUSED, {"reason": reason})

    def assign(self, due: DueDates, at: datetime, by: By) -> None:
        """T10, by the supervising office; waits while a withdrawal is undecided (decision 23)."""
        plan = self._open_plan()
        if self.withdrawal and self.withdrawal.open:
            raise errors.WithdrawalOpen
        shares: list[Assignment] = []
        for task in plan.tasks:
            reply_due = due.opinion if task.part is Part.CO else due.reply
            shares.append(
                Assignment(
                    no=len(shares) + 1,
                    unit=task.unit,
                    part=task.part,
                    state=AssignmentState.PENDING,
                    assigned_at=at,
                    sign_due_at=due.sign,
                    due_at=reply_due,
                )
            )
        told = {
            **self._planned(),
            "sign_due_at": due.sign,
            "due_at": due.reply,
            "co_due_at": due.opinion,
        }
        self.plan = None
        self._give_to_units(shares, told, at, by)

    def assign_with(self, lead: Handled, at: datetime, by: By) -> None:
        """T10 of a follower: the same units, with shares of its own to answer by."""
        told = next(data for event, data in lead.events if event == names.PROPOSAL_ASSIGNED)
        dues = ("mode", "units", "sign_due_at", "due_at", "co_due_at")
        shares = deepcopy(lead.assignments)
        self._give_to_units(shares, {name: told[name] for name in dues}, at, by)

    # -- work of a unit (T11) ----------------------------------------------------------------

    def refuse_proposer(self, members: Collection[str]) -> None:
        """V15: `members` are the memberships of the person who acts for the unit."""
        if {self.first_proposer, *self.confirmed, *self.authors} & set(members):
            raise errors.ProposerActs

    def receive(self, unit: str, at: datetime, *, deemed: bool = False) -> None:
        """The unit signs for it, or is deemed to have (decision 25); T11 follows by itself."""
        assignment = self.assignment_of(unit)
        if assignment.state is not AssignmentState.PENDING:
            raise errors.WrongAssignmentState(details={"state": assignment.state.value})
        self._receive(assignment, at, deemed=deemed)

    def deem_received(self, at: datetime) -> bool:
        """Decision 25: what is not signed for by DL3 is bound. True if anything changed."""
        late = [
            assignment
            for assignment in self.assignments
            if assignment.state is AssignmentState.PENDING and assignment.sign_due_at <= at
        ]
        for assignment in late:
            self.receive(assignment.unit, at, deemed=True)
        return bool(late)

    def record_contact(
        self,
        unit: str | None,
        way: ContactWay,
        held_on: str,
        reached: bool,
        people: str,
        content: str,
        at: datetime,
        by: By,
    ) -> None:
        """V16, by a unit, or by a proposer (`unit` None), whose record shows but does not count."""
        if unit is not None:
            self.assignment_of(unit).work()
        self._require(IN_HANDLING)
        if held_on > at.date().isoformat():
            raise errors.FutureContact(field="heldOn")
        contact = Contact(
            no=len(self.contacts) + 1,
            round=self.round,
            unit=unit,
            way=way,
            held_on=held_on,
            reached=reached,
            people=people,
            content=content,
            recorded_at=at,
            account_id=by.account_id,
        )
        self.contacts.append(contact)
        self._record_contact(names.PROPOSAL_CONTACT_RECORDED, contact)

    def confirm_contact(self, no: int, at: datetime) -> None:
        """A proposer confirms what the unit wrote; an earlier dispute is settled by it."""
        contact = self._contact_of_unit(no)
        contact.confirmed_at, contact.disputed_at, contact.dispute = at, None, None
        self._record_contact(names.PROPOSAL_CONTACT_CONFIRMED, contact)

    def dispute_contact(self, no: int, reason: str, at: datetime) -> None:
        """Decision 27: the record still counts, and the check shows the dispute."""
        contact = self._contact_of_unit(no)
        if not reason.strip():
            raise errors.ReasonMissing(field="reason")
        contact.confirmed_at, contact.disputed_at, contact.dispute = None, at, reason
        self._record_contact(names.PROPOSAL_CONTACT_DISPUTED, contact)

    def give_co_opinion(self, unit: str, text: str, at: datetime, by: By) -> None:
        """DL4: by a co-handling unit, to the main unit."""
        assignment = self.assignment_of(unit)
        if assignment.part is not Part.CO:
            raise errors.NotCoHandling
        assignment.work()
        assignment.opinion = CoOpinion(text, at, by.account_id)
        assignment.move(AssignmentState.CO_OPINION_GIVEN)
        self._record_assignment(
            names.ASSIGNMENT_CO_OPINION_GIVEN,
            assignment,
            {"main_units": [a.unit for a in self.assignments if a.part is Part.MAIN]},
        )

    # -- parts -------------------------------------------------------------------------------

    def assignment_of(self, unit: str) -> Assignment:
        """The unit's present share; what it has handed back is not. Raises NoAssignment."""
        for assignment in reversed(self.assignments):
            if assignment.unit == unit and assignment.standing:
                return assignment
        raise errors.NoAssignment

    # -- inside ------------------------------------------------------------------------------

    def _give_to_units(
        self, shares: list[Assignment], told: Mapping[str, Any], at: datetime, by: By
    ) -> None:
        self.assignments, self.rounds = shares, [Round(1, at)]
        self.round, self.assigned_at, self.due_at = 1, at, told["due_at"]
        self._move(State.ASSIGNED, at, by)
        case_no = self.merged.case_no if self.merged else self.case_no
        data = {**told, "case_no": case_no, "cosigners": self.confirmed}
        self._record(names.PROPOSAL_ASSIGNED, data)

    def _receive(self, assignment: Assignment, at: datetime, *, deemed: bool = False) -> None:
        assignment.move(AssignmentState.RECEIVED)
        assignment.received_at, assignment.deemed = at, deemed
        told = {"deemed": deemed, "due_at": assignment.due_at}
        self._record_assignment(names.ASSIGNMENT_RECEIVED, assignment, told)
        if self.state is State.ASSIGNED and assignment.replies:
            self._move(State.HANDLING, at, DERIVED)
            self._record(names.PROPOSAL_HANDLING_STARTED, {"unit": assignment.unit})

    def _open_plan(self) -> AssignmentPlan:
        self._require({State.FILED})
        if self.plan is None or self.plan.refusal is not None:
            raise errors.NoPlan
        return self.plan

    def _planned(self) -> dict[str, Any]:
        assert self.plan is not None
        return {
            "mode": self.plan.mode.value,
            "units": [{"unit": t.unit, "part": t.part.value} for t in self.plan.tasks],
        }

    def _contact_of_unit(self, no: int) -> Contact:
        contact = next((c for c in self.contacts if c.no == no and c.unit), None)
        if contact is None:
            raise errors.NoContact(field="no")
        return contact

    def _record_assignment(
        self, event: str, assignment: Assignment, data: Mapping[str, Any] | None = None
    ) -> None:
        share = {
            "unit": assignment.unit,
            "part": assignment.part.value,
            "assignment_no": assignment.no,
            "round": self.round,
        }
        self._record(event, {**share, **(data or {})})

    def _record_contact(self, event: str, contact: Contact) -> None:
        """Way and date travel, never what was said or by whom."""
        self._record(
            event,
            {
                "contact_no": contact.no,
                "unit": contact.unit,
                "way": contact.way.value,
                "held_on": contact.held_on,
                "reached": contact.reached,
                "round": contact.round,
            },
        )
