"""The units' work as rules: T10–T12, T21, V15–V19, decisions 25 and 27."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.domain import (
    answering,
    assigning,
    contacts,
    errors,
    handling,
    review,
    withdrawal,
)
from services.proposals.domain.assignments import (
    ASSIGNMENT_MOVES,
    Assignment,
    AssignmentState,
    DueDates,
    Mode,
    Part,
    Task,
    UrgingWay,
    check_plan,
)
from services.proposals.domain.details import By
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    Adoption,
    Answer,
    Check,
    Content,
    Promise,
    ReplyClass,
    SignOff,
    number_key,
    problems,
    title_of,
)
from services.proposals.domain.rounds import ContactWay
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from shared.errors import DomainError, Refused
from tests.unit.proposals.samples import (
    LATER,
    NOW,
    SECOND,
    SHEN,
    STAFF,
    draft,
    file,
    filed,
    submit,
    taken,
    told,
)

ZJJ, SLJ, HYGS = "unit-zjj", "unit-slj", "unit-hygs"
SUPERVISOR, OFFICER = By("a-sup", "SUPERVISING_OFFICE"), By("a-zjj", "UNIT_OFFICER")
DUE = DueDates(
    sign=NOW + timedelta(days=10),
    opinion=NOW + timedelta(days=30),
    reply=NOW + timedelta(days=90),
)
EVALUATE_BY = LATER + timedelta(days=30)
WHOLE = Content(
    doc_no="吴住建提复〔2017〕5号",
    result_class=ReplyClass.A,
    body="现答复如下。",
    answers=(Answer(1, Adoption.ADOPTED), Answer(2, Adoption.PARTLY, "先行试点")),
    proof=("file-1",),
    contact_person="孙燕",
    contact_phone="0512-63000000",
)
TODAY = "2017-02-08"
PASS = Check(True, "", False, LATER, "a-sup")
SIGNED = SignOff("赵宏伟", False, LATER, "a-leader")


def assigned(mode: Mode = Mode.SOLE, *, proposal: Proposal | None = None, **parts: str) -> Proposal:
    proposal = proposal or filed(SHEN)
    tasks = [Task(unit.replace("_", "-"), Part(part)) for unit, part in parts.items()]
    assigning.propose(proposal, mode, tasks or [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    assigning.assign(proposal, DUE, NOW, SUPERVISOR)
    proposal.events.clear()
    return proposal


def meet(proposal: Proposal, unit: str | None = ZJJ, **changes: Any) -> None:
    given: dict[str, Any] = {
        "way": ContactWay.VISIT,
        "held_on": TODAY,
        "reached": True,
        "people": "孙燕",
        "content": "",
        "at": LATER,
        "by": OFFICER,
        **changes,
    }
    contacts.record(proposal, unit, **given)


def drafted(proposal: Proposal | None = None, unit: str = ZJJ, **changes: Any) -> Proposal:
    proposal = proposal or assigned()
    handling.receive(proposal, unit, NOW)
    meet(proposal, unit)
    answering.save(proposal, unit, Content(**{**vars(WHOLE), **changes}), LATER)
    return proposal


def deliver(proposal: Proposal, unit: str = ZJJ) -> None:
    answering.request_sign_off(proposal, unit, LATER)
    answering.sign(proposal, unit, SIGNED)
    answering.check(proposal, unit, PASS)
    answering.deliver(proposal, unit, LATER, EVALUATE_BY)


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {str(item["code"]) for item in error.value.items}


@pytest.mark.parametrize(
    ("mode", "parts", "fits"),
    [
        (Mode.SOLE, [Part.SOLE], True),
        (Mode.SOLE, [], False),
        (Mode.SOLE, [Part.SOLE, Part.SOLE], False),
        (Mode.SOLE, [Part.MAIN], False),
        (Mode.MAIN_CO, [Part.MAIN, Part.CO], True),
        (Mode.MAIN_CO, [Part.MAIN] + [Part.CO] * 19, True),
        (Mode.MAIN_CO, [Part.MAIN] + [Part.CO] * 20, False),
        (Mode.MAIN_CO, [Part.MAIN], False),
        (Mode.MAIN_CO, [Part.CO, Part.CO], False),
        (Mode.MAIN_CO, [Part.MAIN, Part.MAIN, Part.CO], False),
        (Mode.SEPARATE, [Part.SEPARATE] * 2, True),
        (Mode.SEPARATE, [Part.SEPARATE], False),
        (Mode.SEPARATE, [Part.SEPARATE, Part.SEPARATE, Part.CO], False),
    ],
)
def test_a_plan_has_the_parts_of_its_mode(mode: Mode, parts: list[Part], fits: bool) -> None:
    tasks = [Task(f"u-{number}", part) for number, part in enumerate(parts)]
    if fits:
        check_plan(mode, tasks)
        return
    with pytest.raises(errors.PlanUnfit):
        check_plan(mode, tasks)


def test_no_unit_stands_twice_in_a_plan() -> None:
    with pytest.raises(errors.PlanUnfit):
        check_plan(Mode.SEPARATE, [Task(ZJJ, Part.SEPARATE), Task(ZJJ, Part.SEPARATE)])


@pytest.mark.parametrize("to", list(AssignmentState))
@pytest.mark.parametrize("state", list(AssignmentState))
def test_an_assignment_moves_along_its_table_only(
    state: AssignmentState, to: AssignmentState
) -> None:
    share = Assignment(1, ZJJ, Part.SOLE, state, NOW, NOW, NOW)
    if to in ASSIGNMENT_MOVES[state]:
        share.move(to)
        assert share.state is to
        return
    with pytest.raises(errors.WrongAssignmentState):
        share.move(to)


@pytest.mark.parametrize(
    ("changed", "expected", "differs"),
    [
        (None, [(ZJJ, Part.SOLE)], False),
        ((Mode.SOLE, [Task(ZJJ, Part.SOLE)]), [(ZJJ, Part.SOLE)], False),
        (
            (Mode.MAIN_CO, [Task(SLJ, Part.MAIN), Task(ZJJ, Part.CO)]),
            [(SLJ, Part.MAIN), (ZJJ, Part.CO)],
            True,
        ),
    ],
)
def test_the_assignment_meeting_may_change_the_plan(
    changed: tuple[Mode, list[Task]] | None, expected: list[tuple[str, Part]], differs: bool
) -> None:
    """Decision 54."""
    proposal = filed(SHEN)
    assigning.propose(proposal, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    proposal.events.clear()
    assigning.assign(proposal, DUE, NOW, SUPERVISOR, changed)
    assert [(a.unit, a.part) for a in proposal.assignments] == expected
    [(_, data)] = taken(proposal)
    assert data["plan_changed"] is differs
    assert data["units"] == [{"unit": unit, "part": part.value} for unit, part in expected]


def test_a_changed_plan_fits_its_mode_too() -> None:
    proposal = filed(SHEN)
    assigning.propose(proposal, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    with pytest.raises(errors.PlanUnfit):
        assigning.assign(proposal, DUE, NOW, SUPERVISOR, (Mode.MAIN_CO, [Task(SLJ, Part.MAIN)]))
    assert proposal.plan is not None
    assert (proposal.plan.mode, proposal.assignments) == (Mode.SOLE, [])


LATER_DUES = DueDates(*(LATER + timedelta(days=days) for days in (10, 30, 90)))


def test_a_unit_is_added_later_to_co_handle() -> None:
    """Decision 54: who was alone becomes the main unit, and the case's date stays."""
    proposal = assigned()
    assigning.add(proposal, SLJ, "涉及管网权属", LATER_DUES, LATER)
    assert [(a.no, a.unit, a.part, a.state) for a in proposal.assignments] == [
        (1, ZJJ, Part.MAIN, AssignmentState.PENDING),
        (2, SLJ, Part.CO, AssignmentState.PENDING),
    ]
    added = proposal.assignment_of(SLJ)
    assert (added.sign_due_at, added.due_at) == (LATER_DUES.sign, LATER_DUES.opinion)
    [(event, data)] = taken(proposal)
    assert (event, data["unit"], data["sign_due_at"]) == (
        names.ASSIGNMENT_ADDED,
        SLJ,
        LATER_DUES.sign,
    )
    assert (proposal.asked_units, proposal.due_at) == ([ZJJ], DUE.reply)


def test_who_is_urged_by_hand_is_noted_and_told_while_it_is_to_be_done() -> None:
    proposal = assigned()
    taken(proposal)
    for text, way in (("请抓紧", UrgingWay.PHONE), ("请于周五前答复", UrgingWay.DOCUMENT)):
        handling.urge(proposal, ZJJ, way, text, LATER, STAFF)
    noted = [
        (u.at, u.way, u.text, u.role, u.account_id) for u in proposal.assignment_of(ZJJ).urgings
    ]
    assert noted == [
        (LATER, UrgingWay.PHONE, "请抓紧", STAFF.role, STAFF.account_id),
        (LATER, UrgingWay.DOCUMENT, "请于周五前答复", STAFF.role, STAFF.account_id),
    ]
    assert [(event, data["text"]) for event, data in taken(proposal)] == [
        (names.ASSIGNMENT_URGED, "请抓紧"),
        (names.ASSIGNMENT_URGED, "请于周五前答复"),
    ]
    with pytest.raises(errors.NoAssignment):
        handling.urge(proposal, SLJ, UrgingWay.PHONE, "请抓紧", LATER, STAFF)
    proposal.assignment_of(ZJJ).state = AssignmentState.DELIVERED
    with pytest.raises(errors.ShareDone):
        handling.urge(proposal, ZJJ, UrgingWay.PHONE, "请抓紧", LATER, STAFF)


def test_among_separate_units_one_more_replies_by_the_cases_date() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    assigning.add(proposal, HYGS, "涉及公用", LATER_DUES, LATER)
    added = proposal.assignment_of(HYGS)
    assert (added.part, added.due_at) == (Part.SEPARATE, DUE.reply)
    assert proposal.asked_units == [ZJJ, SLJ, HYGS]


def test_a_unit_is_added_once_with_a_reason_before_the_reply() -> None:
    proposal = assigned()
    with pytest.raises(errors.PlanUnfit):
        assigning.add(proposal, ZJJ, "涉及管网权属", LATER_DUES, LATER)
    with pytest.raises(errors.ReasonMissing):
        assigning.add(proposal, SLJ, " ", LATER_DUES, LATER)
    for begin in (filed(SHEN), delivered()):
        with pytest.raises(errors.WrongState):
            assigning.add(begin, SLJ, "涉及管网权属", LATER_DUES, LATER)


def delivered() -> Proposal:
    proposal = drafted()
    deliver(proposal)
    return proposal


def test_assigning_gives_each_unit_its_dates() -> None:
    """T10: DL3, DL4, DL5."""
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    assert (proposal.state, proposal.plan, proposal.round) == (State.ASSIGNED, None, 1)
    assert [(a.no, a.unit, a.sign_due_at, a.due_at) for a in proposal.assignments] == [
        (1, ZJJ, DUE.sign, DUE.reply),
        (2, HYGS, DUE.sign, DUE.opinion),
    ]


def test_a_refused_plan_waits_for_another() -> None:
    proposal = filed()
    with pytest.raises(errors.NoPlan):
        assigning.assign(proposal, DUE, NOW, SUPERVISOR)
    assigning.propose(proposal, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    with pytest.raises(errors.ReasonMissing):
        assigning.refuse(proposal, " ")
    assigning.refuse(proposal, "应由水利局主办")
    for verb in (
        lambda: assigning.assign(proposal, DUE, NOW, SUPERVISOR),
        lambda: assigning.refuse(proposal, "再"),
    ):
        with pytest.raises(errors.NoPlan):
            verb()
    assigning.propose(proposal, Mode.SOLE, [Task(SLJ, Part.SOLE)], "", NOW, STAFF)
    assigning.assign(proposal, DUE, NOW, SUPERVISOR)
    assert proposal.state is State.ASSIGNED


def test_assigning_waits_for_an_open_withdrawal() -> None:
    """Decision 23."""
    proposal = filed()
    assigning.propose(proposal, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "", NOW, STAFF)
    withdrawal.request(proposal, "情况已变化", NOW)
    with pytest.raises(errors.WithdrawalOpen):
        assigning.assign(proposal, DUE, NOW, SUPERVISOR)


def test_the_main_unit_starts_the_handling_and_a_co_unit_does_not() -> None:
    """T11."""
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    handling.receive(proposal, HYGS, NOW)
    assert proposal.history[-1]["to"] == "ASSIGNED"
    handling.receive(proposal, ZJJ, NOW)
    assert proposal.history[-1]["to"] == "HANDLING"
    assert told(proposal).count(names.PROPOSAL_HANDLING_STARTED) == 1
    with pytest.raises(errors.WrongAssignmentState):
        handling.receive(proposal, ZJJ, NOW)
    with pytest.raises(errors.NoAssignment):
        handling.receive(proposal, SLJ, NOW)


def test_the_first_separate_unit_starts_the_handling() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    handling.receive(proposal, SLJ, NOW)
    assert proposal.state is State.HANDLING
    handling.receive(proposal, ZJJ, NOW)
    assert told(proposal).count(names.PROPOSAL_HANDLING_STARTED) == 1


def test_late_units_are_bound_once_and_others_are_left_alone() -> None:
    """Decision 25."""
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    handling.receive(proposal, SLJ, NOW)
    late = day_after(DUE.sign)
    assert not handling.deem_received(proposal, late - SECOND)
    assert handling.deem_received(proposal, late)
    assert not handling.deem_received(proposal, late)
    assert {a.unit: a.deemed for a in proposal.assignments} == {ZJJ: True, SLJ: False}


def test_who_signs_after_its_day_is_deemed_to_have() -> None:
    """Decision 66: the clock counts, not whether an alarm was first."""
    proposal, late = assigned(), assigned()
    handling.receive(proposal, ZJJ, day_after(DUE.sign) - SECOND)
    handling.receive(late, ZJJ, day_after(DUE.sign))
    assert [p.assignment_of(ZJJ).deemed for p in (proposal, late)] == [False, True]


@pytest.mark.parametrize("member", ["m-15-0088", SHEN])
def test_no_proposer_acts_for_a_unit(member: str) -> None:
    """V15."""
    proposal = assigned()
    with pytest.raises(errors.ProposerActs):
        handling.refuse_proposer(proposal, {member, "m-16-0001"})
    handling.refuse_proposer(proposal, {"m-15-0140"})
    handling.refuse_proposer(proposal, set())


def test_contacts_are_numbered_dated_and_answered() -> None:
    """V16, decision 27."""
    proposal = assigned()
    with pytest.raises(errors.WrongAssignmentState):
        meet(proposal)  # not signed for yet
    handling.receive(proposal, ZJJ, NOW)
    with pytest.raises(errors.FutureContact):
        meet(proposal, held_on="2017-02-09")
    meet(proposal)
    meet(proposal, None)
    assert [(c.no, c.unit) for c in proposal.contacts] == [(1, ZJJ), (2, None)]
    with pytest.raises(errors.NoContact):
        contacts.confirm(proposal, 2, LATER)
    with pytest.raises(errors.ReasonMissing):
        contacts.dispute(proposal, 1, "", LATER)
    contacts.dispute(proposal, 1, "没有见面", LATER)
    disputed = vars(proposal.contacts[0]).copy()
    contacts.confirm(proposal, 1, LATER)
    confirmed = vars(proposal.contacts[0])
    assert (disputed["dispute"], disputed["confirmed_at"]) == ("没有见面", None)
    assert (confirmed["dispute"], confirmed["confirmed_at"]) == (None, LATER)


@pytest.mark.parametrize(
    ("contacts", "signable"),
    [
        ([], False),
        ([{}], True),
        ([{"unit": None}], False),  # a proposer's own record does not count
        ([{"reached": False}], False),
        ([{"reached": False}, {"reached": False}], False),  # on one day
        ([{"reached": False}, {"reached": False, "held_on": "2017-02-07"}], True),
    ],
)
def test_a_contact_or_attempts_on_two_days_come_before_the_signature(
    contacts: list[dict[str, Any]], signable: bool
) -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    answering.save(proposal, ZJJ, WHOLE, LATER)
    for contact in contacts:
        meet(
            proposal, contact.get("unit", ZJJ), **{k: v for k, v in contact.items() if k != "unit"}
        )
    if signable:
        answering.request_sign_off(proposal, ZJJ, LATER)
        return
    with pytest.raises(Refused) as caught:
        answering.request_sign_off(proposal, ZJJ, LATER)
    assert codes(caught) == {"V16_CONTACT_MISSING"}


def test_attempts_need_the_supervising_offices_consent() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    answering.save(proposal, ZJJ, WHOLE, LATER)
    for day in ("2017-02-07", TODAY):
        meet(proposal, reached=False, held_on=day)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    with pytest.raises(errors.ContactMissing):
        answering.check(proposal, ZJJ, PASS)
    answering.check(proposal, ZJJ, Check(True, "", True, LATER, "a-sup"))


def found(every: bool = True, **changes: Any) -> list[str]:
    content = Content(**{**vars(WHOLE), **changes})
    return [problem.code for problem in problems(content, 2, every, TODAY)]


ANSWERED = Answer(1, Adoption.ADOPTED)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"doc_no": "吴住建提复(2017)5号"}, ["DOC_NO_FORM"]),
        ({"doc_no": "吴住建提复〔2017〕05号"}, ["DOC_NO_FORM"]),
        ({"doc_no": "〔2017〕5号"}, ["DOC_NO_FORM"]),
        ({"body": "  "}, ["REPLY_INCOMPLETE"]),
        ({"contact_person": ""}, ["REPLY_INCOMPLETE"]),
        ({"contact_phone": ""}, ["REPLY_INCOMPLETE"]),
        ({"result_class": None}, ["REPLY_INCOMPLETE"]),
        ({"answers": ()}, ["ANSWERS_MISSING"]),
        ({"answers": (ANSWERED,)}, ["ANSWERS_MISSING"]),
        ({"answers": (ANSWERED, ANSWERED)}, ["ANSWERS_UNFIT"]),
        ({"answers": (ANSWERED, Answer(3, Adoption.ADOPTED))}, ["ANSWERS_UNFIT"]),
        ({"answers": (ANSWERED, Answer(2, Adoption.NOT))}, ["ANSWERS_MISSING"]),
        ({"proof": ()}, ["V17_PROOF_MISSING"]),
        ({"result_class": ReplyClass.B}, ["V17_COMMITMENT_MISSING"]),
        ({"result_class": ReplyClass.B, "promises": (Promise("完工", "2017-02-09"),)}, []),
        ({"promises": (Promise("完工", TODAY),)}, ["V17_COMMITMENT_MISSING"]),
        ({"result_class": ReplyClass.C}, ["V17_REASON_MISSING"]),
        ({"result_class": ReplyClass.C, "reason": "条件尚不具备"}, []),
        ({"result_class": ReplyClass.D}, ["V17_REASON_MISSING"]),
    ],
)
def test_what_a_reply_lacks(changes: dict[str, Any], expected: list[str]) -> None:
    """V17, decision 13."""
    assert found(**changes) == expected


def test_with_separate_handling_a_unit_answers_its_own_share() -> None:
    assert found(every=False, answers=(ANSWERED,)) == []
    assert found(every=False, answers=()) == ["ANSWERS_MISSING"]


def test_the_officer_sends_up_the_leader_signs_or_sends_back() -> None:
    """V19."""
    proposal = drafted()
    with pytest.raises(errors.NotSignedOff):
        answering.sign(proposal, ZJJ, SIGNED)
    answering.request_sign_off(proposal, ZJJ, LATER)
    with pytest.raises(errors.ReasonMissing):
        answering.refuse_sign_off(proposal, ZJJ, "")
    answering.refuse_sign_off(proposal, ZJJ, "请补充")
    with pytest.raises(errors.NotSignedOff):
        answering.sign(proposal, ZJJ, SIGNED)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.save(proposal, ZJJ, WHOLE, LATER)  # a change has to be sent up again
    with pytest.raises(errors.NotSignedOff):
        answering.sign(proposal, ZJJ, SIGNED)


@pytest.mark.parametrize("kind", sorted(COLLECTIVES))
def test_a_collective_proposal_is_answered_by_the_leader_in_charge(kind: ProposerType) -> None:
    """V18."""
    proposal = draft(kind)
    head = By("a-head", COLLECTIVES[kind].head)
    submit(proposal, by=head)
    review.start(proposal, NOW, STAFF)
    file(proposal)
    drafted(assigned(proposal=proposal))
    answering.request_sign_off(proposal, ZJJ, LATER)
    with pytest.raises(errors.LeaderInCharge):
        answering.sign(proposal, ZJJ, SIGNED)
    answering.sign(proposal, ZJJ, SignOff("赵宏伟", True, LATER, "a-leader"))
    assert proposal.assignment_of(ZJJ).state is AssignmentState.REPLY_IN_CHECK


def test_a_failed_check_sends_it_back_and_a_passed_one_to_delivery() -> None:
    proposal = drafted()
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    with pytest.raises(errors.NotChecked):
        answering.deliver(proposal, ZJJ, LATER, EVALUATE_BY)
    with pytest.raises(errors.ReasonMissing):
        answering.check(proposal, ZJJ, Check(False, "", False, LATER, "a-sup"))
    answering.check(proposal, ZJJ, Check(False, "请逐条答复", False, LATER, "a-sup"))
    assert proposal.assignment_of(ZJJ).state is AssignmentState.REPLY_REJECTED
    answering.save(proposal, ZJJ, WHOLE, LATER)
    deliver(proposal)
    assert (proposal.state, proposal.result_class) == (State.REPLIED, "A")
    assert (proposal.replied_at, proposal.evaluate_by) == (LATER, EVALUATE_BY)


def test_the_main_reply_answers_whatever_the_co_unit_does() -> None:
    """T12."""
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    drafted(proposal)
    deliver(proposal)
    assert proposal.state is State.REPLIED


def test_with_separate_handling_the_last_one_answers_with_the_least_class() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal)
    deliver(proposal)
    assert proposal.history[-1]["to"] == "HANDLING"
    promises = (Promise("一期完工", "2017-06-30"), Promise("全部完工", "2017-10-31"))
    drafted(proposal, SLJ, result_class=ReplyClass.B, promises=promises)
    proposal.events.clear()
    deliver(proposal, SLJ)
    assert (proposal.history[-1]["to"], proposal.result_class) == ("REPLIED", "B")
    assert [(c.no, c.unit, c.due_on) for c in proposal.commitments] == [
        (1, SLJ, "2017-06-30"),
        (2, SLJ, "2017-10-31"),
    ]
    assert told(proposal)[-4:] == [
        names.ASSIGNMENT_DELIVERED,
        names.COMMITMENT_MADE,
        names.COMMITMENT_MADE,
        names.PROPOSAL_REPLIED,
    ]


def test_a_co_handling_unit_gives_one_opinion() -> None:
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    for unit in (ZJJ, HYGS):
        handling.receive(proposal, unit, NOW)
    with pytest.raises(errors.NotReplying):
        answering.save(proposal, HYGS, WHOLE, LATER)
    with pytest.raises(errors.NotCoHandling):
        handling.give_co_opinion(proposal, ZJJ, "同意", LATER, OFFICER)
    proposal.events.clear()
    handling.give_co_opinion(proposal, HYGS, "可以接管", LATER, OFFICER)
    (event,) = taken(proposal)
    assert (event[0], event[1]["main_units"]) == (names.ASSIGNMENT_CO_OPINION_GIVEN, [ZJJ])
    with pytest.raises(errors.WrongAssignmentState):
        handling.give_co_opinion(proposal, HYGS, "另一意见", LATER, OFFICER)


def test_numbers_and_titles_have_the_official_form() -> None:
    assert number_key(ZJJ, "吴住建提复〔2017〕5号") == "unit-zjj:2017:5"
    case = "十五届一次会议第023号"
    assert title_of(case, 1) == "关于区政协十五届一次会议第023号提案的答复"
    assert title_of(case, 2) == "关于区政协十五届一次会议第023号提案的二次答复"


def test_what_is_refused_changes_and_records_nothing() -> None:
    proposal = assigned()
    before = repr(proposal)
    verbs = (
        lambda: meet(proposal),
        lambda: answering.save(proposal, ZJJ, WHOLE, LATER),
        lambda: answering.request_sign_off(proposal, ZJJ, LATER),
        lambda: handling.give_co_opinion(proposal, ZJJ, "x", LATER, OFFICER),
        lambda: answering.deliver(proposal, ZJJ, LATER, EVALUATE_BY),
        lambda: answering.check(proposal, ZJJ, PASS),
    )
    for verb in verbs:
        with pytest.raises(DomainError):
            verb()
    assert repr(proposal) == before
