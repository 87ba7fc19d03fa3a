"""A share goes back, to another unit, or gets more time (DL3, DL6; decisions 17 and 25)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta

import pytest

from services.proposals.domain import errors, extending, handling, returning
from services.proposals.domain.assignments import AssignmentState, DueDates, Mode
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Promise, ReplyClass
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from shared.errors import DomainError
from tests.unit.proposals.samples import LATER, NOW, taken, told
from tests.unit.proposals.test_handling import (
    DUE,
    HYGS,
    OFFICER,
    SLJ,
    ZJJ,
    assigned,
    deliver,
    drafted,
)

A = AssignmentState
SCJ, CZJ = "unit-scj", "unit-czj"  # 区市场监管局、区财政局


def due(at: datetime) -> DueDates:
    """DL3–DL5 of what is assigned at `at`."""
    days = (10, 30, 90)
    return DueDates(*(at + timedelta(days=count) for count in days))


def of_three() -> Proposal:
    """AC-06: main unit and two co-handling ones."""
    return assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO", unit_scj="CO")


def ask(proposal: Proposal, unit: str, day: int) -> None:
    returning.request(proposal, unit, "不属本单位职责", NOW + timedelta(days=day), OFFICER)


def handed_on() -> Proposal:
    """Day 6: asked back; day 7: given to another."""
    proposal = of_three()
    ask(proposal, SCJ, 6)
    at = NOW + timedelta(days=7)
    returning.decide(proposal, SCJ, CZJ, "属财政职责", due(at), at)
    proposal.events.clear()
    return proposal


def disputed() -> Proposal:
    proposal = handed_on()
    ask(proposal, CZJ, 9)
    proposal.events.clear()
    return proposal


def test_a_unit_asks_and_hands_nothing_on_by_itself() -> None:
    proposal = of_three()
    ask(proposal, SCJ, 6)
    share = proposal.assignment_of(SCJ)
    assert (share.state, share.hop_count) == (A.RETURN_REQUESTED, 1)
    [(event, data)] = taken(proposal)
    assert event == names.ASSIGNMENT_RETURN_REQUESTED
    assert (data["unit"], data["hop_count"], data["reason"]) == (SCJ, 1, "不属本单位职责")
    with pytest.raises(errors.WrongAssignmentState):
        handling.receive(proposal, SCJ, LATER)


def test_another_unit_takes_the_share_with_its_own_time_to_sign() -> None:
    proposal = of_three()
    ask(proposal, SCJ, 6)
    at = NOW + timedelta(days=7)
    returning.decide(proposal, SCJ, CZJ, "属财政职责", due(at), at)
    old, new = proposal.assignments[2:]
    assert (old.state, new.state) == (A.RETURN_ACCEPTED, A.PENDING)
    assert (new.no, new.unit, new.part, new.replaces, new.hop_count) == (4, CZJ, "CO", 3, 1)
    assert (new.sign_due_at, new.due_at) == (at + timedelta(days=10), at + timedelta(days=30))
    assert proposal.assignment_of(ZJJ).due_at == DUE.reply  # the main unit's date stays
    decided = dict(taken(proposal)[-1][1])
    assert (decided["accepted"], decided["final"], decided["new_unit"]) == (True, False, CZJ)
    assert decided["sign_due_at"] == at + timedelta(days=10)


def test_a_co_opinion_is_never_due_after_the_reply() -> None:
    proposal = of_three()
    proposal.due_at = NOW + timedelta(days=20)
    ask(proposal, SCJ, 6)
    returning.decide(proposal, SCJ, CZJ, "属财政职责", due(NOW), NOW)
    assert proposal.assignments[-1].due_at == NOW + timedelta(days=20)


def test_who_takes_the_main_share_keeps_the_date_of_the_case() -> None:
    proposal = assigned()
    ask(proposal, ZJJ, 1)
    returning.decide(proposal, ZJJ, SLJ, "属水利职责", due(LATER), LATER)
    assert proposal.assignment_of(SLJ).due_at == DUE.reply
    assert proposal.asked_units == [SLJ]
    handling.receive(proposal, SLJ, LATER)
    assert proposal.state is State.HANDLING


def test_a_refused_unit_is_bound() -> None:
    proposal = assigned()
    ask(proposal, ZJJ, 3)
    returning.decide(proposal, ZJJ, ZJJ, "属本单位职责", due(LATER), LATER)
    share = proposal.assignment_of(ZJJ)
    assert (share.state, share.bound, proposal.state) == (A.RECEIVED, True, State.HANDLING)
    assert share.return_request is not None
    assert (share.return_request.accepted, share.return_request.decision) == (
        False,
        "属本单位职责",
    )
    assert told(proposal)[1:] == [
        names.ASSIGNMENT_RETURN_DECIDED,
        names.ASSIGNMENT_RECEIVED,
        names.PROPOSAL_HANDLING_STARTED,
    ]
    with pytest.raises(errors.UnitBound):
        ask(proposal, ZJJ, 4)


def test_the_second_return_opens_a_dispute_by_itself() -> None:
    proposal = handed_on()
    ask(proposal, CZJ, 9)
    share = proposal.assignment_of(CZJ)
    assert (share.hop_count, share.state) == (2, A.RETURN_REQUESTED)
    assert told(proposal) == [names.ASSIGNMENT_RETURN_REQUESTED, names.ASSIGNMENT_DISPUTE_OPENED]


def test_a_dispute_is_stated_by_the_units_head_and_decided_by_a_district_leader() -> None:
    proposal = disputed()
    returning.state_dispute(proposal, CZJ, "职责分工见三定方案", "赵宏伟", LATER)
    with pytest.raises(errors.DisputeOpen):
        returning.decide(proposal, CZJ, SLJ, "改办", due(LATER), LATER)
    returning.decide_dispute(
        proposal, CZJ, SLJ, "由水利局会办", "吴政办纪〔2017〕3号", "2017-02-20", due(LATER), LATER
    )
    dispute, heir = proposal.assignments[3].dispute, proposal.assignment_of(SLJ)
    assert dispute is not None
    assert (dispute.signer, dispute.doc_no) == ("赵宏伟", "吴政办纪〔2017〕3号")
    assert (heir.bound, heir.hop_count, heir.replaces) == (True, 2, 4)
    assert taken(proposal)[-1][1]["final"] is True
    with pytest.raises(errors.UnitBound):
        ask(proposal, SLJ, 2)


def test_a_dispute_may_leave_it_with_the_unit() -> None:
    proposal = disputed()
    returning.decide_dispute(
        proposal, CZJ, CZJ, "由财政局会办", "吴政办纪〔2017〕3号", "2017-02-20", due(LATER), LATER
    )
    share = proposal.assignment_of(CZJ)
    assert (share.state, share.bound) == (A.RECEIVED, True)


def test_a_co_handling_share_may_simply_end() -> None:
    proposal = of_three()
    ask(proposal, SCJ, 6)
    returning.decide(proposal, SCJ, None, "不需会办", due(LATER), LATER)
    with pytest.raises(errors.NoAssignment):
        proposal.assignment_of(SCJ)
    assert len(proposal.assignments) == 3


REFUSALS: list[tuple[Callable[[Proposal], object], type[DomainError], str | None]] = [
    (lambda p: returning.request(p, SCJ, " ", NOW, OFFICER), errors.ReasonMissing, "reason"),
    (lambda p: ask(p, SCJ, 11), errors.ReturnLate, None),  # DL3
    (lambda p: ask(p, SLJ, 1), errors.NoAssignment, None),
    (lambda p: returning.decide(p, SCJ, CZJ, "改办", DUE, NOW), errors.NoReturnRequest, None),
    (lambda p: returning.state_dispute(p, SCJ, "说明", "赵宏伟", NOW), errors.NoDispute, None),
    (
        lambda p: returning.decide_dispute(p, SCJ, CZJ, "改办", "1号", "2017-02-20", DUE, NOW),
        errors.NoDispute,
        None,
    ),
]


@pytest.mark.parametrize(("act", "error", "field"), REFUSALS)
def test_refused_and_nothing_changed(
    act: Callable[[Proposal], object], error: type[DomainError], field: str | None
) -> None:
    proposal = of_three()
    before = deepcopy(proposal)
    with pytest.raises(error) as caught:
        act(proposal)
    assert caught.value.field == field
    assert proposal == before


@pytest.mark.parametrize(
    ("unit", "new_unit", "reason", "error", "field"),
    [
        (ZJJ, None, "改办", errors.NewUnitMissing, "newUnitId"),
        (ZJJ, HYGS, "改办", errors.PlanUnfit, "newUnitId"),
        (ZJJ, SLJ, " ", errors.ReasonMissing, "reason"),
    ],
)
def test_a_decision_names_a_unit_that_is_free_and_a_reason(
    unit: str, new_unit: str | None, reason: str, error: type[DomainError], field: str
) -> None:
    proposal = of_three()
    ask(proposal, unit, 1)
    before = deepcopy(proposal)
    with pytest.raises(error) as caught:
        returning.decide(proposal, unit, new_unit, reason, DUE, NOW)
    assert caught.value.field == field
    assert proposal == before


@pytest.mark.parametrize("begin", [drafted, lambda: drafted_and(deliver)])
def test_who_has_begun_to_work_keeps_it(begin: Callable[[], Proposal]) -> None:
    with pytest.raises(errors.WrongAssignmentState):
        ask(begin(), ZJJ, 1)


def drafted_and(act: Callable[[Proposal], object]) -> Proposal:
    proposal = drafted()
    act(proposal)
    return proposal


# -- more time (DL6) -----------------------------------------------------------------------

LONGEST = NOW + timedelta(days=181)
UNTIL = DUE.reply + timedelta(days=30)


def received() -> Proposal:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    proposal.events.clear()
    return proposal


LAST_MOMENT = day_after(DUE.reply) - timedelta(seconds=1)


def asked() -> Proposal:
    proposal = received()
    extending.request(proposal, ZJJ, UNTIL, "需与省厅会商", LONGEST, LAST_MOMENT, OFFICER)
    return proposal


def test_more_time_moves_the_due_date_of_share_and_case() -> None:
    proposal = asked()
    extending.decide(proposal, ZJJ, True, "", DUE.reply + timedelta(days=2))
    share = proposal.assignment_of(ZJJ)
    assert (share.due_at, share.extensions[0].granted, proposal.due_at) == (UNTIL, True, UNTIL)
    event, data = taken(proposal)[-1]
    assert (event, data["due_at"], data["former_due_at"]) == (
        names.ASSIGNMENT_EXTENDED,
        UNTIL,
        DUE.reply,
    )


def test_refused_the_date_stays_and_it_may_be_asked_again() -> None:
    proposal = asked()
    with pytest.raises(errors.ReasonMissing):
        extending.decide(proposal, ZJJ, False, "", LATER)
    extending.decide(proposal, ZJJ, False, "理由不足", LATER)
    assert proposal.assignment_of(ZJJ).due_at == DUE.reply
    extending.request(proposal, ZJJ, UNTIL, "补充理由", LONGEST, LATER, OFFICER)
    assert [e.granted for e in proposal.assignment_of(ZJJ).extensions] == [False, None]


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("until", "reason", "at", "error", "field"),
    [
        (UNTIL, " ", NOW, errors.ReasonMissing, "reason"),
        (UNTIL, "需会商", day_after(DUE.reply), errors.ExtensionLate, None),
        (LONGEST + SECOND, "需会商", NOW, errors.ExtensionTooLong, "until"),
        (DUE.reply, "需会商", NOW, errors.ExtensionTooLong, "until"),
    ],
)
def test_more_time_is_asked_for_in_time_and_within_the_limit(
    until: datetime, reason: str, at: datetime, error: type[DomainError], field: str | None
) -> None:
    proposal = received()
    with pytest.raises(error) as caught:
        extending.request(proposal, ZJJ, until, reason, LONGEST, at, OFFICER)
    assert caught.value.field == field
    assert proposal.assignment_of(ZJJ).extensions == []


def test_the_longest_time_itself_is_allowed() -> None:
    proposal = received()
    extending.request(proposal, ZJJ, LONGEST, "需会商", LONGEST, LAST_MOMENT, OFFICER)
    assert proposal.assignment_of(ZJJ).open_extension is not None


def test_who_asks_while_it_is_undecided_or_owes_no_reply_is_refused() -> None:
    with pytest.raises(errors.ExtensionOpen):
        extending.request(asked(), ZJJ, UNTIL, "再次申请", LONGEST, NOW, OFFICER)
    with pytest.raises(errors.NotReplying):
        extending.request(of_three(), HYGS, UNTIL, "需会商", LONGEST, NOW, OFFICER)
    with pytest.raises(errors.WrongAssignmentState):  # not signed for yet
        extending.request(assigned(), ZJJ, UNTIL, "需会商", LONGEST, NOW, OFFICER)
    with pytest.raises(errors.NoExtension):
        extending.decide(received(), ZJJ, True, "", NOW)


# -- units that are merged (decision 17) -----------------------------------------------------


def test_a_merged_units_share_drafts_and_promises_move_to_its_heir() -> None:
    promise = (Promise("全部完工", "2017-10-31"),)
    proposal = drafted(result_class=ReplyClass.B, promises=promise)
    deliver(proposal)
    proposal.events.clear()
    assert returning.move_unit(proposal, ZJJ, SLJ)
    share = proposal.assignment_of(SLJ)
    assert (share.former_units, share.state) == ((ZJJ,), A.DELIVERED)
    assert [c.unit for c in proposal.commitments] == [SLJ]
    assert [r.unit for r in proposal.replies] == [SLJ]
    [(event, data)] = taken(proposal)
    assert (event, data["unit"], data["former"]) == (names.ASSIGNMENT_UNIT_CHANGED, SLJ, ZJJ)
    assert not returning.move_unit(proposal, ZJJ, SLJ)  # told twice


def test_an_heir_with_a_share_of_its_own_has_one_and_it_is_the_answering_one() -> None:
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    assert returning.move_unit(proposal, ZJJ, HYGS)
    assert [(a.unit, a.part, a.state) for a in proposal.assignments] == [
        (HYGS, "MAIN", A.PENDING),
        (HYGS, "CO", A.RETURN_ACCEPTED),
    ]
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    assert returning.move_unit(proposal, HYGS, ZJJ)
    assert proposal.assignment_of(ZJJ).part == "MAIN"
    assert proposal.asked_units == [ZJJ]
