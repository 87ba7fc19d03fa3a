"""From draft to delivery: what each step of a reply asks for (V16, V18, V19; decision 27)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from services.proposals.domain import answering, contacts, errors, handling
from services.proposals.domain.assignments import AssignmentState, Mode
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    DOC_NO,
    Adoption,
    Answer,
    Check,
    Content,
    Promise,
    ReplyClass,
    number_key,
)
from services.proposals.domain.rounds import Contact, ContactWay
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from shared.errors import DomainError, Refused
from tests.unit.proposals.samples import LATER, NOW, SHEN, draft, filed, told, under_review
from tests.unit.proposals.test_handling import (
    EVALUATE_BY,
    HYGS,
    OFFICER,
    PASS,
    SIGNED,
    SLJ,
    WHOLE,
    ZJJ,
    assigned,
    deliver,
    drafted,
    found,
    meet,
)
from tests.unit.proposals.test_handling_facts import checked, sent_up, signed
from tests.unit.proposals.test_judging import replied

FAILED = Check(False, "请逐条答复", False, LATER, "a-sup")
CONSENTED = Check(True, "两次联系未果", True, LATER, "a-sup")

# -- V16 -----------------------------------------------------------------------------------


def record(**changes: Any) -> Contact:
    given: dict[str, Any] = {
        "no": 1,
        "round": 1,
        "unit": ZJJ,
        "way": ContactWay.PHONE,
        "held_on": "2017-02-07",
        "reached": True,
        "people": "孙燕",
        "content": "",
        "recorded_at": LATER,
        "account_id": "a-zjj",
        **changes,
    }
    return Contact(**given)


ATTEMPT = record(reached=False)
NEXT_DAY = record(reached=False, held_on="2017-02-08")


@pytest.mark.parametrize(
    ("records", "reached", "tried"),
    [
        ([], False, False),
        ([record()], True, False),
        ([record(disputed_at=LATER, dispute="没有见面")], True, False),  # decision 27
        ([record(unit=None)], False, False),
        ([record(unit=SLJ)], False, False),
        ([record(round=2)], False, False),
        ([ATTEMPT], False, False),
        ([ATTEMPT, ATTEMPT], False, False),
        ([ATTEMPT, NEXT_DAY], False, True),
        ([ATTEMPT, record(reached=False, held_on="2017-02-08", unit=SLJ)], False, False),
        ([ATTEMPT, record(reached=False, held_on="2017-02-08", unit=None)], False, False),
        ([ATTEMPT, record(reached=False, held_on="2017-02-08", round=2)], False, False),
        ([ATTEMPT, record(held_on="2017-02-08")], True, True),
    ],
)
def test_which_records_count(records: list[Contact], reached: bool, tried: bool) -> None:
    proposal = draft(contacts=records, round=1)
    assert (contacts.made(proposal, ZJJ) > 0) is reached
    assert contacts.attempted(proposal, ZJJ, contacts.Wanted()) is tried


def test_consent_stands_for_a_contact_and_is_kept() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    answering.save(proposal, ZJJ, WHOLE, LATER)
    for day in ("2017-02-07", "2017-02-08"):
        meet(proposal, reached=False, held_on=day)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    with pytest.raises(errors.ContactMissing) as caught:
        answering.check(proposal, ZJJ, PASS)
    assert (caught.value.code, caught.value.field) == ("V16_CONTACT_MISSING", "consent")
    assert proposal.replies[0].checks == []
    answering.check(proposal, ZJJ, CONSENTED)
    assert proposal.replies[0].checks == [CONSENTED]


def test_another_units_contact_is_none_of_ones_own() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, SLJ)
    handling.receive(proposal, ZJJ, NOW)
    answering.save(proposal, ZJJ, WHOLE, LATER)
    with pytest.raises(Refused) as caught:
        answering.request_sign_off(proposal, ZJJ, LATER)
    assert [item["code"] for item in caught.value.items] == ["V16_CONTACT_MISSING"]


def test_the_day_of_a_contact_may_be_today() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    for day in ("2016-12-31", "2017-02-07", "2017-02-08"):
        meet(proposal, held_on=day)
    assert [c.held_on for c in proposal.contacts] == ["2016-12-31", "2017-02-07", "2017-02-08"]


def test_a_proposer_may_record_before_the_unit_has_signed_for_it() -> None:
    proposal = assigned()
    meet(proposal, None)
    assert proposal.assignments[0].state is AssignmentState.PENDING
    for other in (filed(SHEN), replied()):  # before the assignment, after the reply, too
        meet(other, None)
    with pytest.raises(errors.WrongState):
        meet(under_review(SHEN), None)


# -- numbers and completeness --------------------------------------------------------------


@pytest.mark.parametrize(
    ("doc_no", "key"),
    [
        ("吴水提复〔2017〕5号", "unit-zjj:2017:5"),
        ("吴住建提复〔2018〕99999号", "unit-zjj:2018:99999"),
        ("A〔2017〕1号", "unit-zjj:2017:1"),
        ("吴水提复〔2017〕0号", None),
        ("吴水提复〔2017〕05号", None),
        ("吴水提复〔2017〕100000号", None),
        ("吴水提复〔17〕5号", None),
        ("吴水提复[2017]5号", None),
        ("吴水提复（2017）5号", None),
        ("吴水 提复〔2017〕5号", None),
        ("吴水提复〔2017〕5", None),
        ("吴水提复〔2017〕5号。", None),
        ("吴水提复〔2017〕5号\n", None),
        (f"{'水' * 21}〔2017〕5号", None),
        ("", None),
    ],
)
def test_the_form_of_a_reply_number(doc_no: str, key: str | None) -> None:
    assert (number_key(ZJJ, doc_no) if DOC_NO.fullmatch(doc_no) else None) == key


def test_a_unit_and_year_have_each_number_once_whatever_the_word() -> None:
    assert number_key(ZJJ, "吴住建提复〔2017〕5号") == number_key(ZJJ, "吴住建复〔2017〕5号")
    assert number_key(SLJ, "吴住建提复〔2017〕5号") != number_key(ZJJ, "吴住建提复〔2017〕5号")


ADOPTED = Answer(1, Adoption.ADOPTED)
PARTLY = Answer(2, Adoption.PARTLY, "先行试点")


@pytest.mark.parametrize(
    ("answers", "every", "expected"),
    [
        ((ADOPTED, PARTLY), True, []),
        ((PARTLY, ADOPTED), True, []),
        ((PARTLY,), True, ["ANSWERS_MISSING"]),
        ((PARTLY,), False, []),
        ((Answer(0, Adoption.ADOPTED),), False, ["ANSWERS_UNFIT"]),
        ((Answer(3, Adoption.ADOPTED),), False, ["ANSWERS_UNFIT"]),
        ((PARTLY, PARTLY), False, ["ANSWERS_UNFIT"]),
        ((ADOPTED, Answer(2, Adoption.PARTLY, " ")), True, ["ANSWERS_MISSING"]),
        ((Answer(1, Adoption.NOT), Answer(2, Adoption.NOT)), True, ["ANSWERS_MISSING"] * 2),
        ((Answer(2, Adoption.NOT),), True, ["ANSWERS_MISSING"] * 2),
    ],
)
def test_each_suggestion_has_its_answer(
    answers: tuple[Answer, ...], every: bool, expected: list[str]
) -> None:
    assert found(every, answers=answers) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2017-02-07", ["V17_COMMITMENT_MISSING"]),
        ("2017-02-08", ["V17_COMMITMENT_MISSING"]),
        ("2017-02-09", []),
    ],
)
@pytest.mark.parametrize("result_class", list(ReplyClass))
def test_a_promise_lies_ahead_whatever_the_class(
    result_class: ReplyClass, due: str, expected: list[str]
) -> None:
    """V17; a class A or C with a promise keeps it too."""
    promises = (Promise("完工", due),)
    assert found(result_class=result_class, promises=promises, reason="条件不足") == expected


def test_all_that_is_missing_is_said_at_once_and_the_missing_answers_are_named() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    answering.save(proposal, ZJJ, Content(), LATER)
    before = deepcopy(proposal)
    with pytest.raises(Refused) as caught:
        answering.request_sign_off(proposal, ZJJ, LATER)
    assert [(item["code"], item["field"]) for item in caught.value.items] == [
        ("DOC_NO_FORM", "docNo"),
        ("REPLY_INCOMPLETE", "body"),
        ("REPLY_INCOMPLETE", "contactPerson"),
        ("REPLY_INCOMPLETE", "contactPhone"),
        ("ANSWERS_MISSING", "answers"),
        ("REPLY_INCOMPLETE", "resultClass"),
        ("V16_CONTACT_MISSING", None),
    ]
    assert proposal == before


def test_what_was_complete_when_sent_up_may_be_late_when_signed() -> None:
    """V17 at the signature: the promised day has come."""
    promises = (Promise("完工", "2017-02-09"),)
    proposal = drafted(result_class=ReplyClass.B, promises=promises)
    answering.request_sign_off(proposal, ZJJ, LATER)
    late = deepcopy(SIGNED)
    late.signed_at = LATER + timedelta(days=1)
    with pytest.raises(Refused) as caught:
        answering.sign(proposal, ZJJ, late)
    assert caught.value.code == "V17_COMMITMENT_MISSING"
    assert proposal.assignment_of(ZJJ).state is AssignmentState.WORKING


# -- the way of a reply --------------------------------------------------------------------


def rejected() -> Proposal:
    proposal = signed()
    answering.check(proposal, ZJJ, FAILED)
    return proposal


def begun() -> Proposal:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    return proposal


STAGES: dict[str, Callable[[], Proposal]] = {
    "pending": assigned,
    "received": begun,
    "drafted": drafted,
    "sent up": sent_up,
    "signed": signed,
    "checked": checked,
    "rejected": rejected,
    "delivered": replied,
}
STEPS: dict[str, Callable[[Proposal], object]] = {
    "save": lambda p: answering.save(p, ZJJ, WHOLE, LATER),
    "send up": lambda p: answering.request_sign_off(p, ZJJ, LATER),
    "send down": lambda p: answering.refuse_sign_off(p, ZJJ, "请补充"),
    "sign": lambda p: answering.sign(p, ZJJ, SIGNED),
    "check": lambda p: answering.check(p, ZJJ, PASS),
    "reject": lambda p: answering.check(p, ZJJ, FAILED),
    "deliver": lambda p: answering.deliver(p, ZJJ, LATER, EVALUATE_BY),
}
STATE, NONE, UNSIGNED, UNCHECKED = (
    "ASSIGNMENT_WRONG_STATE",
    "NO_REPLY",
    "V19_NOT_SIGNED_OFF",
    "V19_NOT_CHECKED",
)
# Stage → step → the share's state after it, or the code it is refused with.
OUTCOMES: dict[str, tuple[str, ...]] = {  # in the order of STEPS
    "pending": (STATE, NONE, NONE, NONE, NONE, NONE, NONE),
    "received": ("WORKING", NONE, NONE, NONE, NONE, NONE, NONE),
    "drafted": ("WORKING", "WORKING", UNSIGNED, UNSIGNED, STATE, STATE, UNCHECKED),
    "sent up": ("WORKING", "WORKING", "WORKING", "REPLY_IN_CHECK", STATE, STATE, UNCHECKED),
    "signed": (STATE, STATE, UNSIGNED, UNSIGNED, "REPLY_IN_CHECK", "REPLY_REJECTED", UNCHECKED),
    "checked": (STATE, STATE, UNSIGNED, UNSIGNED, STATE, "REPLY_REJECTED", "DELIVERED"),
    "rejected": (
        "REPLY_REJECTED",
        "REPLY_REJECTED",
        UNSIGNED,
        UNSIGNED,
        STATE,
        STATE,
        UNCHECKED,
    ),
    "delivered": (STATE, STATE, UNSIGNED, UNSIGNED, STATE, STATE, STATE),
}


@pytest.mark.parametrize("step", list(STEPS))
@pytest.mark.parametrize("stage", list(STAGES))
def test_each_step_at_each_stage(stage: str, step: str) -> None:
    expected = dict(zip(STEPS, OUTCOMES[stage], strict=True))[step]
    proposal = STAGES[stage]()
    before = deepcopy(proposal)
    try:
        STEPS[step](proposal)
    except DomainError as error:
        assert error.code == expected
        assert proposal == before
    else:
        assert proposal.assignment_of(ZJJ).state == expected


def test_a_rejected_reply_is_signed_again_from_the_beginning() -> None:
    proposal = rejected()
    reply = proposal.replies[0]
    assert (reply.sign_off, reply.sign_off_requested_at, reply.passed) == (None, None, False)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    answering.check(proposal, ZJJ, PASS)
    assert [check.passed for check in reply.checks] == [False, True]
    assert len(proposal.replies) == 1


def test_a_refusal_to_sign_is_shown_until_it_is_sent_up_again() -> None:
    proposal = sent_up()
    answering.refuse_sign_off(proposal, ZJJ, "请补充")
    assert proposal.replies[0].sign_off_refusal == "请补充"
    answering.save(proposal, ZJJ, WHOLE, LATER)
    assert proposal.replies[0].sign_off_refusal == "请补充"
    answering.request_sign_off(proposal, ZJJ, LATER)
    assert proposal.replies[0].sign_off_refusal is None


def test_a_reply_has_its_official_title_and_its_round() -> None:
    [reply] = drafted().replies
    assert (reply.title, reply.round, reply.unit) == (
        "关于区政协十五届一次会议第023号提案的答复",
        1,
        ZJJ,
    )


STRANGERS: dict[str, Callable[[Proposal], object]] = {
    "contact": lambda p: meet(p, SLJ),
    "opinion": lambda p: handling.give_co_opinion(p, SLJ, "同意", LATER, OFFICER),
    "save": lambda p: answering.save(p, SLJ, WHOLE, LATER),
    "sign": lambda p: answering.sign(p, SLJ, SIGNED),
    "check": lambda p: answering.check(p, SLJ, PASS),
    "deliver": lambda p: answering.deliver(p, SLJ, LATER, EVALUATE_BY),
}


@pytest.mark.parametrize("name", list(STRANGERS))
def test_a_unit_without_a_share_does_nothing(name: str) -> None:
    proposal = checked()
    before = deepcopy(proposal)
    with pytest.raises(errors.NoAssignment):
        STRANGERS[name](proposal)
    assert proposal == before


def test_a_pending_co_unit_may_still_sign_for_a_case_that_is_answered() -> None:
    """Decision 25: DL3 runs per assignment."""
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")
    drafted(proposal)
    deliver(proposal)
    handling.receive(proposal, HYGS, LATER)
    assert proposal.history[-1]["to"] == "REPLIED"
    assert proposal.assignment_of(HYGS).state is AssignmentState.RECEIVED


# -- separate replies answer everything together (decision 44) ---------------------------------


def one_answer(number: int) -> dict[str, Any]:
    return {"answers": (Answer(number, Adoption.ADOPTED),)}


def separately(zjj: int, slj: int) -> Proposal:
    """The first unit's reply is delivered, the other's drafted; each answers one suggestion."""
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, ZJJ, **one_answer(zjj))
    drafted(proposal, SLJ, doc_no="吴水提复〔2017〕6号", **one_answer(slj))
    deliver(proposal, ZJJ)
    return proposal


def test_together_separate_units_answer_every_suggestion() -> None:
    proposal = separately(1, 2)
    deliver(proposal, SLJ)
    assert proposal.state is State.REPLIED


def test_what_the_others_left_is_for_the_last() -> None:
    proposal = separately(1, 1)
    with pytest.raises(Refused) as caught:
        answering.request_sign_off(proposal, SLJ, LATER)
    [item] = caught.value.items
    assert (item["code"], item["field"]) == ("ANSWERS_MISSING", "answers")
    assert item["message"] == "各承办单位均未答复第2条建议，请一并答复"
    assert proposal.state is State.HANDLING


def test_the_check_holds_back_who_signed_at_the_same_time() -> None:
    """Neither was the last when it signed; sent back, the second answers what is left."""
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, ZJJ, **one_answer(1))
    drafted(proposal, SLJ, doc_no="吴水提复〔2017〕6号", **one_answer(1))
    for unit in (ZJJ, SLJ):
        answering.request_sign_off(proposal, unit, LATER)
        answering.sign(proposal, unit, SIGNED)
    answering.check(proposal, ZJJ, PASS)
    with pytest.raises(errors.AnswersMissing):
        answering.check(proposal, SLJ, PASS)
    answering.check(proposal, SLJ, Check(False, "请一并答复第2条", False, LATER, "a-sup"))
    content = Content(**{**vars(WHOLE), "doc_no": "吴水提复〔2017〕6号", **one_answer(2)})
    answering.save(proposal, SLJ, content, LATER)
    deliver(proposal, SLJ)
    answering.deliver(proposal, ZJJ, LATER, EVALUATE_BY)
    assert proposal.state is State.REPLIED


def test_what_passed_before_this_rule_is_not_delivered_and_may_be_sent_back() -> None:
    proposal = separately(1, 2)
    answering.request_sign_off(proposal, SLJ, LATER)
    answering.sign(proposal, SLJ, SIGNED)
    answering.check(proposal, SLJ, PASS)
    reply = proposal.reply_of(SLJ)
    assert reply is not None
    reply.content = Content(**{**vars(reply.content), **one_answer(1)})
    with pytest.raises(errors.AnswersMissing):
        answering.deliver(proposal, SLJ, LATER, EVALUATE_BY)
    answering.check(proposal, SLJ, Check(False, "请答复第2条", False, LATER, "a-sup"))
    assert proposal.assignment_of(SLJ).state == "REPLY_REJECTED"


def test_a_late_delivery_is_overdue_though_no_alarm_was_first() -> None:
    """The clock counts; the alarm does not tell it twice."""
    proposal = drafted()
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    answering.check(proposal, ZJJ, PASS)
    proposal.events.clear()
    late = day_after(proposal.assignment_of(ZJJ).due_at)
    answering.deliver(proposal, ZJJ, late, EVALUATE_BY)
    assert told(proposal)[:2] == [names.PROPOSAL_OVERDUE, names.ASSIGNMENT_DELIVERED]
    assert proposal.assignment_of(ZJJ).overdue_at == late
