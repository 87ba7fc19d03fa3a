"""Events of the proposals service about returns, more time, promises, second replies, deadlines.

Of an evaluation nothing is told here (decision 21): a case that is handled again or escalated says
so, and no more.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.proposals import COSIGNER, DECIDE_BY, FIRST, HEADER, ProposalData, ToDecide
from shared.contracts.proposals_handling import SHARE, UNIT, ShareData

DUE = "2017-06-10T09:00:00+08:00"


class Returned(ShareData):
    hop_count = fields.Int(required=True)
    decide_by = fields.AwareDateTime()  # of an open request (decision 41)


@contract(
    "proposals",
    names.ASSIGNMENT_RETURN_REQUESTED,
    "申请退办",
    {**SHARE, "hop_count": 1, "reason": "不属本单位职责", "decide_by": DECIDE_BY},
)
class ReturnRequested(Returned):
    """`hop_count` counts the requests for this share, those of former units included."""

    reason = fields.Str(required=True)


contract(
    "proposals",
    names.ASSIGNMENT_DISPUTE_OPENED,
    "承办争议",
    {**SHARE, "hop_count": 2, "decide_by": DECIDE_BY},
)(Returned)
contract("proposals", names.ASSIGNMENT_DISPUTE_STATED, "提交争议说明", SHARE)(ShareData)


@contract(
    "proposals",
    names.ASSIGNMENT_RETURN_DECIDED,
    "退办决定",
    {
        **SHARE,
        "accepted": True,
        "final": False,
        "reason": "改由区水利局办理",
        "hop_count": 1,
        "new_unit": "unit-slj",
        "new_assignment_no": 3,
        "sign_due_at": "2017-03-26T09:00:00+08:00",
    },
)
class ReturnDecided(Returned):
    """`new_unit` has the share now; null where it was refused or nobody takes a co-handling one.

    `final`: decided by a district leader; who has the share then is bound.
    """

    accepted = fields.Bool(required=True)
    final = fields.Bool(required=True)
    reason = fields.Str(required=True)
    new_unit = fields.Str(required=True, allow_none=True)
    new_assignment_no = fields.Int(required=True, allow_none=True)
    sign_due_at = fields.AwareDateTime(required=True, allow_none=True)


@contract(
    "proposals",
    names.ASSIGNMENT_UNIT_CHANGED,
    "承办单位合并变更",
    {**SHARE, "former": "unit-old", "state": "WORKING"},
)
class UnitChanged(ShareData):
    """A unit was merged into another (decision 17), which has the share in this state."""

    former = fields.Str(required=True)
    state = fields.Str(required=True)


contract("proposals", names.ASSIGNMENT_UNIT_DISSOLVED, "承办单位撤销待调整", SHARE)(ShareData)


@contract(
    "proposals",
    names.ASSIGNMENT_EXTENSION_REQUESTED,
    "申请延期",
    {
        **SHARE,
        "until": "2017-07-10T09:00:00+08:00",
        "reason": "需与省厅会商",
        "decide_by": DECIDE_BY,
    },
)
class ExtensionRequested(ShareData):
    until = fields.AwareDateTime(required=True)
    reason = fields.Str(required=True)
    decide_by = fields.AwareDateTime()  # decision 41


@contract(
    "proposals", names.ASSIGNMENT_EXTENSION_REFUSED, "不同意延期", {**SHARE, "reason": "理由不足"}
)
class ExtensionRefused(ShareData):
    reason = fields.Str(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_EXTENDED,
    "同意延期",
    {**SHARE, "due_at": "2017-07-10T09:00:00+08:00", "former_due_at": DUE},
)
class Extended(ShareData):
    """DL6."""

    due_at = fields.AwareDateTime(required=True)
    former_due_at = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_CO_OVERDUE,
    "会办意见逾期",
    {
        **SHARE,
        "unit": "unit-hygs",
        "part": "CO",
        "assignment_no": 2,
        "due_at": "2017-04-10T09:00:00+08:00",
        "main_units": [UNIT],
        "undecided": "RETURN_DECISION",
    },
)
class CoOverdue(ShareData):
    """DL4. `undecided`: as in a reminder."""

    due_at = fields.AwareDateTime(required=True)
    undecided = fields.Str()
    main_units = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_OVERDUE,
    "答复逾期",
    {**SHARE, "due_at": DUE, "undecided": "EXTENSION_DECISION"},
)
class Overdue(ShareData):
    """DL10: the day after the due date. `undecided`: as in a reminder."""

    due_at = fields.AwareDateTime(required=True)
    undecided = fields.Str()


LATE: dict[str, Any] = {
    **SHARE,
    "about": "REPLY",
    "due_at": DUE,
    "days_late": 15,
    "undecided": "REPLY_CHECK",
}


class Late(ShareData):
    """DL10. `about`: REPLY with due_at and days_late, or COMMITMENT with its number and due_on."""

    about = fields.Str(required=True)
    due_at = fields.AwareDateTime()
    days_late = fields.Int()
    commitment_no = fields.Int()
    due_on = fields.Date()
    undecided = fields.Str()


contract("proposals", names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, "督办通知", LATE)(Late)
contract(
    "proposals", names.PROPOSAL_OVERDUE_ESCALATED, "逾期提请区领导", {**LATE, "days_late": 30}
)(Late)


@contract(
    "proposals",
    names.PROPOSAL_REMINDER_DUE,
    "期限提醒",
    {
        **HEADER,
        "about": "REPLY",
        "round": 1,
        "due_at": DUE,
        "days_late": 0,
        "unit": UNIT,
        "assignment_no": 1,
        "evaluator": None,
        "commitment_no": None,
        "undecided": "EXTENSION_DECISION",
    },
)
class ReminderDue(ProposalData):
    """About REVIEW, ASSIGNMENT, CO_OPINION, REPLY, SECOND_REPLY, EVALUATION, COMMITMENT,
    RESUBMISSION, or a decision, named as the to-do for it (decision 41).

    `unit` or `evaluator` is whom it is for; null: the committee. `days_late` 0: not late.
    `undecided`: the decision that this waits for, while its due date stands: who must decide
    hears of it too.
    """

    about = fields.Str(required=True)
    round = fields.Int(required=True)
    due_at = fields.AwareDateTime(required=True)
    days_late = fields.Int(required=True)
    unit = fields.Str(required=True, allow_none=True)
    assignment_no = fields.Int()
    evaluator = fields.Str(required=True, allow_none=True)
    commitment_no = fields.Int(required=True, allow_none=True)
    undecided = fields.Str()


COMMITMENT: dict[str, Any] = {
    **HEADER,
    "unit": UNIT,
    "commitment_no": 1,
    "due_on": "2017-10-31",
    "text": "完成20个小区改造",
    "round": 1,
}


class CommitmentData(ProposalData):
    """A dated promise and what became of it (decision 26)."""

    unit = fields.Str(required=True)
    commitment_no = fields.Int(required=True)
    due_on = fields.Date(required=True)
    text = fields.Str(required=True)
    round = fields.Int()  # of the reply that made it, whose openness is the promise's (decision 52)


class CommitmentToDecide(CommitmentData):
    """Unkept: the director decides what follows; claimed: the committee whether it is kept; until
    `decide_by` (decision 41)."""

    decide_by = fields.AwareDateTime()


UNKEPT = {**COMMITMENT, "decide_by": "2017-12-07T09:00:00+08:00"}


@contract("proposals", names.COMMITMENT_MET, "承诺兑现", {**COMMITMENT, "ground": "PROPOSER"})
class CommitmentMet(CommitmentData):
    """Decision 42. `ground`: PROPOSER (with proof), COMMITTEE or INSPECTION."""

    ground = fields.Str()


contract("proposals", names.COMMITMENT_CLAIMED, "承诺待核实", UNKEPT)(CommitmentToDecide)
contract("proposals", names.COMMITMENT_MISSED, "承诺未兑现", UNKEPT)(CommitmentToDecide)
contract("proposals", names.COMMITMENT_CHANGED, "承诺变更", UNKEPT)(CommitmentToDecide)


@contract(
    "proposals",
    names.COMMITMENT_RENEWED,
    "承诺重定期限",
    {**COMMITMENT, "new_due_on": "2018-03-31", "successor": 2},
)
class CommitmentRenewed(CommitmentData):
    """`successor` is the number of the promise that takes its place."""

    new_due_on = fields.Date(required=True)
    successor = fields.Int(required=True)


@contract(
    "proposals", names.COMMITMENT_RELEASED, "承诺了结", {**COMMITMENT, "reason": "规划调整，列C类"}
)
class CommitmentReleased(CommitmentData):
    """`kept_late`: it was kept after all, after its date."""

    reason = fields.Str(required=True)
    kept_late = fields.Bool()


@contract(
    "proposals",
    names.PROPOSAL_SECOND_REPLY_DUE,
    "启动二次答复",
    {
        **HEADER,
        "trigger": "COMMITMENT_DUE",
        "round": 1,
        "units": [UNIT],
        "due_at": "2017-11-30T00:00:00+08:00",
        "commitments": [1],
        "reason": "",
    },
)
class SecondReplyDue(ProposalData):
    """T22. `round` is the one that went before; trigger COMMITMENT_DUE or CARRY_OVER."""

    trigger = fields.Str(required=True)
    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)
    due_at = fields.AwareDateTime(required=True)
    commitments = fields.List(fields.Int(), required=True)
    reason = fields.Str(required=True)


contract(
    "proposals",
    names.PROPOSAL_REOPENED,
    "重新启动办理",
    {
        **HEADER,
        "trigger": "SUPPLEMENT",
        "round": 1,
        "units": [UNIT],
        "due_at": "2017-11-30T00:00:00+08:00",
        "commitments": [],
        "reason": "需补充管网权属意见",
    },
)(SecondReplyDue)


@contract(
    "proposals",
    names.PROPOSAL_SECOND_REPLIED,
    "二次答复",
    {
        **HEADER,
        "round": 2,
        "units": [UNIT],
        "cosigners": [COSIGNER],
        "evaluator": FIRST,
        "result_class": "A",
        "evaluate_by": "2017-12-30T09:00:00+08:00",
    },
)
class SecondReplied(ProposalData):
    """T17."""

    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)
    cosigners = fields.List(fields.Str(), required=True)
    evaluator = fields.Str(required=True, allow_none=True)
    result_class = fields.Str(required=True)
    evaluate_by = fields.AwareDateTime(required=True)


@contract(
    "proposals", names.PROPOSAL_ESCALATED, "提请督办", {**HEADER, "round": 2, "units": [UNIT]}
)
class Escalated(ProposalData):
    """T19."""

    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_MEDIATION_HELD,
    "三方面商",
    {**HEADER, "held_on": "2017-12-20", "mediation_no": 1, "units": [UNIT]},
)
class MediationHeld(ProposalData):
    held_on = fields.Date(required=True)
    mediation_no = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_CLASS_RECOGNISED,
    "认定办理结果类别",
    {**HEADER, "recognised_class": "A", "result_class": "B", "round": 2},
)
class ClassRecognised(ProposalData):
    recognised_class = fields.Str(required=True)
    result_class = fields.Str(required=True)
    round = fields.Int(required=True)


contract("proposals", names.PROPOSAL_ARCHIVED, "归档", HEADER)(ProposalData)


@contract(
    "proposals",
    names.PROPOSAL_SUPPLEMENT_RECEIVED,
    "收到补充意见",
    {**HEADER, "supplement_no": 1, "round": 1, "decide_by": "2017-07-10T09:00:00+08:00"},
)
class SupplementReceived(ToDecide):
    """Decision 63: an evaluation after its time. Its text travels in no event."""

    supplement_no = fields.Int(required=True)
    round = fields.Int(required=True)


@contract(
    "proposals",
    names.PROPOSAL_SUPPLEMENT_SETTLED,
    "补充意见已研究",
    {
        **HEADER,
        "supplement_no": 1,
        "evaluator": FIRST,
        "reason": "所提事项已列入明年计划",
        "reopened": False,
    },
)
class SupplementSettled(ProposalData):
    """`reopened`: a second reply was opened for it (T24)."""

    supplement_no = fields.Int(required=True)
    evaluator = fields.Str(required=True)
    reason = fields.Str(required=True)
    reopened = fields.Bool(required=True)
