"""What each verb of the handling tells, field by field, and the history it leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.proposals.domain import answering, assigning, contacts, handling, judging
from services.proposals.domain.assignments import Mode, Part, Task
from services.proposals.domain.evaluation import Line
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Check, Promise, ReplyClass
from shared.contracts import names
from shared.days import day_after
from tests.unit.proposals.samples import (
    LATER,
    LU,
    NOW,
    SHEN,
    STAFF,
    Fact,
    fact,
    filed,
    moved,
    taken,
    told,
)
from tests.unit.proposals.test_handling import (
    DUE,
    EVALUATE_BY,
    HYGS,
    OFFICER,
    PASS,
    SIGNED,
    SLJ,
    SUPERVISOR,
    TODAY,
    ZJJ,
    assigned,
    deliver,
    drafted,
    meet,
)
from tests.unit.proposals.test_judging import BAD, FAIR, GOOD, form, judge, replied

SHARES = {(ZJJ, "SOLE"): 1, (ZJJ, "MAIN"): 1, (HYGS, "CO"): 2}
PLAN: dict[str, Any] = {"mode": "SOLE", "units": [{"unit": ZJJ, "part": "SOLE"}]}
MAIN_CO = {
    "mode": "MAIN_CO",
    "units": [{"unit": ZJJ, "part": "MAIN"}, {"unit": HYGS, "part": "CO"}],
}
JUDGED = {"round": 1, "evaluator": LU}
PROMISES = (Promise("一期完工", "2017-06-30"), Promise("全部完工", "2017-10-31"))


def joint(event: str, **data: Any) -> Fact:
    return fact(event, "JOINT", **data)


def share(event: str, unit: str = ZJJ, part: str = "SOLE", **data: Any) -> Fact:
    place = {"unit": unit, "part": part, "assignment_no": SHARES[unit, part], "round": 1}
    return joint(event, **place, **data)


def contact(event: str, unit: str | None = ZJJ, **data: Any) -> Fact:
    told = {"contact_no": 1, "unit": unit, "way": "VISIT", "held_on": TODAY, "reached": True}
    return joint(event, **{**told, "round": 1, **data})


def closed(**data: Any) -> Fact:
    told = {
        "close_kind": "NORMAL",
        "attitude": "SATISFIED",
        "result": "SATISFIED",
        "round": 1,
        "units": [ZJJ],
        "cosigners": [SHEN],
        "result_class": "A",
    }
    return joint(names.PROPOSAL_CLOSED, **{**told, **data})


# -- how far the case has come -------------------------------------------------------------


def planned(*tasks: Task) -> Proposal:
    proposal = filed(SHEN)
    mode = Mode.MAIN_CO if tasks else Mode.SOLE
    assigning.propose(proposal, mode, tasks or [Task(ZJJ, Part.SOLE)], "按职责", NOW, STAFF)
    return proposal


def main_and_co() -> Proposal:
    return assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_hygs="CO")


def received() -> Proposal:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    return proposal


def met() -> Proposal:
    proposal = received()
    meet(proposal, people="孙燕、陆晓芸", content="现场查看水箱")
    return proposal


def co_received() -> Proposal:
    proposal = main_and_co()
    handling.receive(proposal, HYGS, NOW)
    return proposal


def sent_up() -> Proposal:
    proposal = drafted()
    answering.request_sign_off(proposal, ZJJ, LATER)
    return proposal


def signed() -> Proposal:
    proposal = sent_up()
    answering.sign(proposal, ZJJ, SIGNED)
    return proposal


def checked(**changes: Any) -> Proposal:
    proposal = drafted(**changes)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    answering.check(proposal, ZJJ, PASS)
    return proposal


def promised(begin: Callable[..., Proposal]) -> Proposal:
    return begin(result_class=ReplyClass.B, promises=PROMISES)


def assign(proposal: Proposal) -> None:
    assigning.assign(proposal, DUE, LATER, SUPERVISOR)


ASSIGNED_DATA = {
    "plan_changed": False,
    "case_no": "15-1-023",
    "cosigners": [SHEN],
    "sign_due_at": DUE.sign,
    "due_at": DUE.reply,
    "co_due_at": DUE.opinion,
}
DELIVERED: dict[str, Any] = {"doc_no": "吴住建提复〔2017〕5号", "reply_no": 1, "openness": None}
REPLIED_DATA = {
    "round": 1,
    "units": [ZJJ],
    "cosigners": [SHEN],
    "evaluator": LU,
    "result_class": "A",
    "evaluate_by": EVALUATE_BY,
}
REFUSED_CHECK = Check(False, "请逐条答复", False, LATER, "a-sup")

# Where the case stands, the verb, and all that it tells.
Told = tuple[Callable[[], Proposal], Callable[[Proposal], object], list[Fact]]
TOLD: dict[str, Told] = {
    "propose": (
        filed,
        lambda p: assigning.propose(p, Mode.SOLE, [Task(ZJJ, Part.SOLE)], "按职责", NOW, STAFF),
        [fact(names.PROPOSAL_ASSIGNMENT_PROPOSED, **PLAN, note="按职责")],
    ),
    "refuse": (
        planned,
        lambda p: assigning.refuse(p, "应由水利局主办"),
        [joint(names.PROPOSAL_ASSIGNMENT_REFUSED, reason="应由水利局主办")],
    ),
    "assign to one (T10)": (
        planned,
        assign,
        [joint(names.PROPOSAL_ASSIGNED, **PLAN, **ASSIGNED_DATA)],
    ),
    "assign to two (T10)": (
        lambda: planned(Task(ZJJ, Part.MAIN), Task(HYGS, Part.CO)),
        assign,
        [joint(names.PROPOSAL_ASSIGNED, **MAIN_CO, **ASSIGNED_DATA)],
    ),
    "receive (T11)": (
        assigned,
        lambda p: handling.receive(p, ZJJ, LATER),
        [
            share(names.ASSIGNMENT_RECEIVED, deemed=False, due_at=DUE.reply),
            joint(names.PROPOSAL_HANDLING_STARTED, unit=ZJJ),
        ],
    ),
    "receive to co-handle": (
        main_and_co,
        lambda p: handling.receive(p, HYGS, LATER),
        [share(names.ASSIGNMENT_RECEIVED, HYGS, "CO", deemed=False, due_at=DUE.opinion)],
    ),
    "deemed received (DL3)": (
        main_and_co,
        lambda p: handling.deem_received(p, day_after(DUE.sign)),
        [
            share(names.ASSIGNMENT_RECEIVED, part="MAIN", deemed=True, due_at=DUE.reply),
            joint(names.PROPOSAL_HANDLING_STARTED, unit=ZJJ),
            share(names.ASSIGNMENT_RECEIVED, HYGS, "CO", deemed=True, due_at=DUE.opinion),
        ],
    ),
    "contact": (
        received,
        lambda p: meet(p, people="孙燕、陆晓芸", content="现场查看水箱"),
        [contact(names.PROPOSAL_CONTACT_RECORDED)],
    ),
    "an attempt": (
        received,
        lambda p: meet(p, reached=False, held_on="2017-02-07"),
        [contact(names.PROPOSAL_CONTACT_RECORDED, reached=False, held_on="2017-02-07")],
    ),
    "contact by a proposer": (
        assigned,
        lambda p: meet(p, None),
        [contact(names.PROPOSAL_CONTACT_RECORDED, None)],
    ),
    "confirm a contact": (
        met,
        lambda p: contacts.confirm(p, 1, LATER),
        [contact(names.PROPOSAL_CONTACT_CONFIRMED)],
    ),
    "dispute a contact": (
        met,
        lambda p: contacts.dispute(p, 1, "没有见面", LATER),
        [contact(names.PROPOSAL_CONTACT_DISPUTED)],
    ),
    "opinion (DL4)": (
        co_received,
        lambda p: handling.give_co_opinion(p, HYGS, "可以接管", LATER, OFFICER),
        [share(names.ASSIGNMENT_CO_OPINION_GIVEN, HYGS, "CO", main_units=[ZJJ])],
    ),
    "send up (V19)": (
        drafted,
        lambda p: answering.request_sign_off(p, ZJJ, LATER),
        [share(names.ASSIGNMENT_SIGN_OFF_REQUESTED)],
    ),
    "refuse to sign": (
        sent_up,
        lambda p: answering.refuse_sign_off(p, ZJJ, "请补充"),
        [share(names.ASSIGNMENT_SIGN_OFF_REFUSED, comment="请补充")],
    ),
    "sign": (
        sent_up,
        lambda p: answering.sign(p, ZJJ, SIGNED),
        [share(names.ASSIGNMENT_REPLY_SIGNED)],
    ),
    "check": (
        signed,
        lambda p: answering.check(p, ZJJ, PASS),
        [share(names.ASSIGNMENT_REPLY_CHECKED)],
    ),
    "reject": (
        signed,
        lambda p: answering.check(p, ZJJ, REFUSED_CHECK),
        [share(names.ASSIGNMENT_REPLY_REJECTED, comment="请逐条答复")],
    ),
    "deliver (T12)": (
        checked,
        lambda p: answering.deliver(p, ZJJ, LATER, EVALUATE_BY),
        [
            share(names.ASSIGNMENT_DELIVERED, **DELIVERED, result_class="A"),
            joint(names.PROPOSAL_REPLIED, **REPLIED_DATA),
        ],
    ),
    "deliver promises": (
        lambda: promised(checked),
        lambda p: answering.deliver(p, ZJJ, LATER, EVALUATE_BY),
        [
            share(names.ASSIGNMENT_DELIVERED, **DELIVERED, result_class="B"),
            joint(
                names.COMMITMENT_MADE,
                unit=ZJJ,
                commitment_no=1,
                due_on="2017-06-30",
                text="一期完工",
                round=1,
            ),
            joint(
                names.COMMITMENT_MADE,
                unit=ZJJ,
                commitment_no=2,
                due_on="2017-10-31",
                text="全部完工",
                round=1,
            ),
            joint(names.PROPOSAL_REPLIED, **{**REPLIED_DATA, "result_class": "B"}),
        ],
    ),
    "satisfied (T13, T14)": (
        replied,
        lambda p: judge(p, form(Line(ZJJ, GOOD, FAIR))),
        [joint(names.PROPOSAL_EVALUATED, **JUDGED), closed(result="BASIC")],
    ),
    "satisfied with promises (T21)": (
        lambda: promised(replied),
        lambda p: judge(p, form()),
        [
            joint(names.PROPOSAL_EVALUATED, **JUDGED),
            closed(result_class="B"),
            joint(names.PROPOSAL_TRACKING_STARTED),
        ],
    ),
    "dissatisfied (T15)": (
        replied,
        lambda p: judge(p, form(Line(ZJJ, GOOD, BAD))),
        [
            joint(names.PROPOSAL_EVALUATED, **JUDGED),
            joint(
                names.PROPOSAL_REHANDLING_REQUESTED,
                round=1,
                units=[ZJJ],
                due_at=LATER + timedelta(days=30),
            ),
        ],
    ),
    "only the attitude is bad (T14)": (
        replied,
        lambda p: judge(p, form(Line(ZJJ, BAD, GOOD))),
        [joint(names.PROPOSAL_EVALUATED, **JUDGED), closed(attitude="DISSATISFIED")],
    ),
    "nobody evaluates (T16)": (
        replied,
        lambda p: judging.close_unevaluated(p, day_after(EVALUATE_BY)),
        [closed(close_kind="NOT_EVALUATED", attitude=None, result=None)],
    ),
    "the first proposer dies": (
        replied,
        lambda p: judging.mark_absent(p, LU),
        [
            joint(
                names.PROPOSAL_EVALUATOR_CHANGED,
                member_id=SHEN,
                former=LU,
                round=1,
                evaluate_by=EVALUATE_BY,
            )
        ],
    ),
    "a co-signer dies": (replied, lambda p: judging.mark_absent(p, SHEN), []),
    "the first proposer dies before the reply": (
        assigned,
        lambda p: judging.mark_absent(p, LU),
        [],
    ),
}


@pytest.mark.parametrize("name", list(TOLD))
def test_what_is_told(name: str) -> None:
    begin, verb, facts = TOLD[name]
    proposal = begin()
    proposal.events.clear()
    verb(proposal)
    assert taken(proposal) == facts


def test_saving_a_draft_is_nobodys_business() -> None:
    assert told(drafted())[-1] == names.PROPOSAL_CONTACT_RECORDED


def test_the_last_of_all_evaluators_leaves_nobody() -> None:
    """Decision 17, else T16."""
    proposal = replied()
    judging.mark_absent(proposal, LU)
    proposal.events.clear()
    judging.mark_absent(proposal, SHEN)
    [(event, data)] = taken(proposal)
    assert (event, data["former"], data["member_id"]) == (
        names.PROPOSAL_EVALUATOR_CHANGED,
        SHEN,
        None,
    )
    assert judging.close_unevaluated(proposal, day_after(EVALUATE_BY))


def test_what_was_said_to_whom_never_travels() -> None:
    proposal = met()
    contacts.dispute(proposal, 1, "没有见面", LATER)
    facts = taken(proposal)
    assert [event for event, _ in facts[-2:]] == [
        names.PROPOSAL_CONTACT_RECORDED,
        names.PROPOSAL_CONTACT_DISPUTED,
    ]
    for secret in ("孙燕", "陆晓芸", "水箱", "没有见面"):
        assert secret not in repr(facts)


# -- history -------------------------------------------------------------------------------


def test_people_move_a_case_by_name_and_the_rest_follows_by_system() -> None:
    proposal = planned()
    assign(proposal)
    assert moved(proposal) == ("FILED", "ASSIGNED", "a-sup", "SUPERVISING_OFFICE", None)
    handling.receive(proposal, ZJJ, LATER)
    assert moved(proposal) == ("ASSIGNED", "HANDLING", None, "SYSTEM", None)
    meet(proposal)
    answering.save(proposal, ZJJ, drafted().replies[0].content, LATER)
    deliver(proposal)
    assert moved(proposal) == ("HANDLING", "REPLIED", None, "SYSTEM", None)
    judge(proposal, form())
    assert [tuple(row.values())[:2] for row in proposal.history[-2:]] == [
        ("REPLIED", "EVALUATED"),
        ("EVALUATED", "CLOSED"),
    ]
    assert [(row["account_id"], row["role"]) for row in proposal.history[-2:]] == [
        ("a-lu", "MEMBER"),
        (None, "SYSTEM"),
    ]
    assert (proposal.evaluated_at, proposal.closed_at) == (LATER, LATER)


def test_with_separate_handling_each_delivery_is_told_and_the_answer_once() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal)
    proposal.events.clear()
    deliver(proposal)
    assert told(proposal)[-1] == names.ASSIGNMENT_DELIVERED
    drafted(proposal, SLJ)
    deliver(proposal, SLJ)
    event, data = taken(proposal)[-1]
    assert (event, data["units"]) == (names.PROPOSAL_REPLIED, [ZJJ, SLJ])
