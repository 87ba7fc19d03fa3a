"""Events of the proposals service from the assignment to closing.

Grades of an evaluation appear in `proposal_closed` and nowhere before (decision 21). Of a contact
the way and the date travel, never what was said.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.proposals import COSIGNER, DECIDE_BY, FIRST, HEADER, ProposalData

UNIT = "unit-zjj"
SHARE: dict[str, Any] = {
    **HEADER,
    "unit": UNIT,
    "part": "MAIN",
    "assignment_no": 1,
    "round": 1,
}
UNITS = [{"unit": UNIT, "part": "MAIN"}, {"unit": "unit-hygs", "part": "CO"}]


class UnitPart(Schema):
    """A unit and what it does: SOLE, MAIN, CO or SEPARATE."""

    class Meta:
        unknown = EXCLUDE

    unit = fields.Str(required=True)
    part = fields.Str(required=True)


class Planned(ProposalData):
    mode = fields.Str(required=True)  # SOLE | MAIN_CO | SEPARATE
    units = fields.List(fields.Nested(UnitPart), required=True)


@contract(
    "proposals",
    names.PROPOSAL_ASSIGNMENT_PROPOSED,
    "提出交办方案",
    {**HEADER, "mode": "MAIN_CO", "units": UNITS, "note": "", "decide_by": DECIDE_BY},
)
class AssignmentProposed(Planned):
    note = fields.Str()
    decide_by = fields.AwareDateTime()  # decision 41


@contract(
    "proposals",
    names.PROPOSAL_ASSIGNMENT_REFUSED,
    "交办方案退回",
    {**HEADER, "reason": "主办单位应为区水利局"},
)
class AssignmentRefused(ProposalData):
    reason = fields.Str(required=True)


@contract(
    "proposals",
    names.PROPOSAL_ASSIGNED,
    "交办",
    {
        **HEADER,
        "followers": 2,
        "mode": "MAIN_CO",
        "units": UNITS,
        "case_no": "15-1-023",
        "cosigners": [COSIGNER],
        "sign_due_at": "2017-03-20T09:00:00+08:00",
        "due_at": "2017-06-10T09:00:00+08:00",
        "co_due_at": "2017-04-10T09:00:00+08:00",
        "plan_changed": True,
    },
)
class ProposalAssigned(Planned):
    """T10. `plan_changed`: the assignment meeting decided otherwise than proposed (decision 54);
    `followers`: how many are merged into it; `lead`: what it is merged into itself."""

    plan_changed = fields.Bool()
    followers = fields.Int()
    lead = fields.Str()

    case_no = fields.Str(required=True)
    cosigners = fields.List(fields.Str(), required=True)
    sign_due_at = fields.AwareDateTime(required=True)  # DL3
    due_at = fields.AwareDateTime(required=True)  # DL5
    co_due_at = fields.AwareDateTime(required=True)  # DL4


class ShareData(ProposalData):
    """An event of one unit's share; `assignment_no` counts those of the proposal.

    `lead`: of a proposal that is merged into another, whose units sign for it with that one.
    """

    lead = fields.Str()

    unit = fields.Str(required=True)
    part = fields.Str(required=True)
    assignment_no = fields.Int(required=True)
    round = fields.Int(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_ADDED,
    "增加承办单位",
    {
        **SHARE,
        "unit": "unit-slj",
        "part": "CO",
        "assignment_no": 3,
        "sign_due_at": "2017-04-20T09:00:00+08:00",
        "due_at": "2017-05-10T09:00:00+08:00",
        "reason": "涉及管网权属",
    },
)
class AssignmentAdded(ShareData):
    """Decision 54: one more unit, after the assignment."""

    sign_due_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    reason = fields.Str(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_URGED,
    "催办",
    {
        **SHARE,
        "way": "PHONE",
        "text": "距答复期限还有五天，请抓紧办理",
        "due_at": "2017-05-10T09:00:00+08:00",
    },
)
class AssignmentUrged(ShareData):
    """A unit was urged by hand; `way`: PHONE | VISIT | DOCUMENT | MESSAGE."""

    way = fields.Str(required=True)
    text = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_RECEIVED,
    "签收承办件",
    {**SHARE, "deemed": False, "due_at": "2017-06-10T09:00:00+08:00"},
)
class AssignmentReceived(ShareData):
    due_at = fields.AwareDateTime(required=True)  # DL4 of a co-handling unit, else DL5
    deemed = fields.Bool(required=True)  # not signed for by DL3 (decision 25)


@contract("proposals", names.PROPOSAL_HANDLING_STARTED, "开始办理", {**HEADER, "unit": UNIT})
class HandlingStarted(ProposalData):
    """T11: by the main unit, or by the first of separate ones."""

    unit = fields.Str(required=True)


@contract(
    "proposals",
    names.ASSIGNMENT_CO_OPINION_GIVEN,
    "提交会办意见",
    {**SHARE, "unit": "unit-hygs", "part": "CO", "assignment_no": 2, "main_units": [UNIT]},
)
class CoOpinionGiven(ShareData):
    main_units = fields.List(fields.Str(), required=True)


CONTACT = {
    **HEADER,
    "contact_no": 1,
    "unit": UNIT,
    "way": "VISIT",
    "held_on": "2017-04-12",
    "reached": True,
    "round": 1,
}


class ContactData(ProposalData):
    """V16. `unit` is null where the proposer wrote the record."""

    contact_no = fields.Int(required=True)
    unit = fields.Str(required=True, allow_none=True)
    way = fields.Str(required=True)
    held_on = fields.Date(required=True)
    reached = fields.Bool(required=True)
    round = fields.Int(required=True)


contract("proposals", names.PROPOSAL_CONTACT_RECORDED, "登记联系", CONTACT)(ContactData)
contract("proposals", names.PROPOSAL_CONTACT_CONFIRMED, "确认联系记录", CONTACT)(ContactData)
contract("proposals", names.PROPOSAL_CONTACT_DISPUTED, "对联系记录有异议", CONTACT)(ContactData)


class ShareToDecide(ShareData):
    """Somebody must decide, until `decide_by` (decision 41)."""

    decide_by = fields.AwareDateTime()


TO_DECIDE = {**SHARE, "decide_by": DECIDE_BY}
contract("proposals", names.ASSIGNMENT_SIGN_OFF_REQUESTED, "答复送签", TO_DECIDE)(ShareToDecide)


class Commented(ShareData):
    comment = fields.Str(required=True)


BACK = {**SHARE, "comment": "请补充改造进度"}
contract("proposals", names.ASSIGNMENT_SIGN_OFF_REFUSED, "签发退回", BACK)(Commented)
contract("proposals", names.ASSIGNMENT_REPLY_SIGNED, "答复已签发送审", TO_DECIDE)(ShareToDecide)
contract("proposals", names.ASSIGNMENT_REPLY_REJECTED, "答复审核退回", BACK)(Commented)
contract("proposals", names.ASSIGNMENT_REPLY_CHECKED, "答复审核通过", SHARE)(ShareData)


@contract(
    "proposals",
    names.ASSIGNMENT_DELIVERED,
    "答复送达",
    {
        **SHARE,
        "doc_no": "吴住建提复〔2017〕5号",
        "result_class": "A",
        "reply_no": 1,
        "openness": "FULL",
        "decide_by": DECIDE_BY,
    },
)
class AssignmentDelivered(ShareData):
    """`openness`: how much of the reply the unit would have the public see; decided until
    `decide_by`, of a proposal that is open itself (decision 52)."""

    doc_no = fields.Str(required=True)
    result_class = fields.Str(required=True)
    reply_no = fields.Int()
    openness = fields.Str(allow_none=True)
    decide_by = fields.AwareDateTime()


@contract(
    "proposals",
    names.REPLY_OPENNESS_DECIDED,
    "答复公开方式已定",
    {
        **HEADER,
        "unit": UNIT,
        "round": 1,
        "reply_no": 1,
        "openness": "SUMMARY",
        "proposed": "FULL",
    },
)
class ReplyOpennessDecided(ProposalData):
    """Decision 52: what the public sees of one reply."""

    unit = fields.Str(required=True)
    round = fields.Int(required=True)
    reply_no = fields.Int(required=True)
    openness = fields.Str(required=True)
    proposed = fields.Str(allow_none=True)


@contract(
    "proposals",
    names.COMMITMENT_MADE,
    "作出承诺",
    {
        **HEADER,
        "unit": UNIT,
        "commitment_no": 1,
        "due_on": "2017-10-31",
        "text": "完成20个小区改造",
        "round": 1,
    },
)
class CommitmentMade(ProposalData):
    """A dated promise of class B, once its reply is delivered."""

    unit = fields.Str(required=True)
    commitment_no = fields.Int(required=True)
    due_on = fields.Date(required=True)
    text = fields.Str(required=True)
    replaces = fields.Int(allow_none=True)  # the promise whose date was renewed
    round = fields.Int()  # of the reply that made it


@contract(
    "proposals",
    names.PROPOSAL_REPLIED,
    "办复",
    {
        **HEADER,
        "round": 1,
        "units": [UNIT],
        "cosigners": [COSIGNER],
        "evaluator": FIRST,
        "result_class": "A",
        "evaluate_by": "2017-07-01T09:00:00+08:00",
    },
)
class ProposalReplied(ProposalData):
    """T12. `evaluator` is a member, or `kind:id` of the collective; null if nobody is left."""

    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)
    cosigners = fields.List(fields.Str(), required=True)
    evaluator = fields.Str(required=True, allow_none=True)
    result_class = fields.Str(required=True)
    evaluate_by = fields.AwareDateTime(required=True)  # DL7


@contract(
    "proposals",
    names.PROPOSAL_EVALUATED,
    "委员已评价",
    {**HEADER, "round": 1, "evaluator": FIRST},
)
class ProposalEvaluated(ProposalData):
    """T13. Who and when, never the grade."""

    round = fields.Int(required=True)
    evaluator = fields.Str(required=True)


@contract(
    "proposals",
    names.PROPOSAL_EVALUATOR_CHANGED,
    "评价人变更",
    {
        **HEADER,
        "member_id": COSIGNER,
        "former": FIRST,
        "round": 1,
        "evaluate_by": "2017-07-01T09:00:00+08:00",
    },
)
class EvaluatorChanged(ProposalData):
    """Decision 17: the next confirmed co-signer judges; null if nobody is left."""

    member_id = fields.Str(required=True, allow_none=True)
    former = fields.Str(required=True)
    round = fields.Int(required=True)
    evaluate_by = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.PROPOSAL_REHANDLING_REQUESTED,
    "重新办理",
    {**HEADER, "round": 1, "units": [UNIT], "due_at": "2017-08-10T09:00:00+08:00"},
)
class RehandlingRequested(ProposalData):
    """T15: these units handle it again, until `due_at` (DL8)."""

    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)
    due_at = fields.AwareDateTime()


@contract(
    "proposals",
    names.PROPOSAL_CLOSED,
    "办结",
    {
        **HEADER,
        "close_kind": "NORMAL",
        "attitude": "SATISFIED",
        "result": "BASIC",
        "round": 1,
        "units": [UNIT],
        "cosigners": [COSIGNER],
        "result_class": "A",
    },
)
class ProposalClosed(ProposalData):
    """T14 and the other ends; without an evaluation the grades are null."""

    close_kind = fields.Str(required=True)  # NORMAL | NOT_EVALUATED | WITH_RESERVATION
    attitude = fields.Str(required=True, allow_none=True)
    result = fields.Str(required=True, allow_none=True)
    round = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)
    cosigners = fields.List(fields.Str(), required=True)
    result_class = fields.Str(required=True)


contract("proposals", names.PROPOSAL_TRACKING_STARTED, "转入跟踪", HEADER)(ProposalData)
