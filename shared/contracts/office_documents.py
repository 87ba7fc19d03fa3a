"""Events of the office beside its meetings: documents, affairs, the annual plan, rules, training.

`reader` and `raised_key` are recipients' keys (shared/contracts/recipients.py), never names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.office import Purpose

DUE = "2017-02-20T18:00:00+08:00"
TITLE = "关于完善企业诚信体系的建议案"
OUTGOING: dict[str, Any] = {
    "document_id": "document-1",
    "direction": "OUTGOING",
    "kind": "MOTION",
    "title": TITLE,
    "number": None,
    "purpose": {"service": "consultations", "id": "motion-1"},
    "drafted_by": None,
    "drafted_for": None,
}
NUMBERED = {**OUTGOING, "number": "吴政协建〔2017〕1号"}
INCOMING: dict[str, Any] = {
    "document_id": "document-2",
    "direction": "INCOMING",
    "kind": "NOTICE",
    "title": "关于批转《政协苏州市吴江区委员会2017年工作要点》的通知",
    "number": None,
    "due_at": DUE,
    "handler": None,
    "handler_kind": None,
}
HANDLED = {**INCOMING, "handler": "com-economy", "handler_kind": "COMMITTEE"}
READER = "member:m-15-0002"
PARTY_OFFICE = {"organisation": "sup-qwb", "kind": "SUPERVISING_OFFICE"}
AFFAIR: dict[str, Any] = {
    "affair_id": "affair-1",
    "kind": "CAR",
    "title": "视察用车",
    "office": "office-general",
    "office_kind": "CPPCC_OFFICE",
    "raised_key": "member:m-15-0088",
    "proposal_id": None,
    "due_at": DUE,
}
PLAN: dict[str, Any] = {
    "plan_id": "plan-2017",
    "year": 2017,
    "title": "政协苏州市吴江区委员会2017年工作要点",
}
PROGRESS: dict[str, Any] = {
    **PLAN,
    "item": "MOTIONS",
    "phrase": "报送两件建议案",
    "duty": "PARTICIPATION",
    "target": 2,
    "done": 1,
}
RULE = {"rule_id": "rule-1", "title": "机关公务用车管理办法"}
TRAINING = {
    "training_id": "training-1",
    "title": "公文处理培训",
    "staff": ["account-office"],
    "half_hours": 8,
    "ends_on": "2017-03-10",
}
FILES = {"attached": ["file-1"], "detached": []}


class Recipient(Schema):
    """An organisation that receives a document, and its kind in the directory."""

    class Meta:
        unknown = EXCLUDE

    organisation = fields.Str(required=True)
    kind = fields.Str(required=True)


class DocumentData(Data):
    document_id = fields.Str(required=True)
    direction = fields.Str(required=True, validate=validate.OneOf(("INCOMING", "OUTGOING")))
    kind = fields.Str(required=True)
    title = fields.Str(required=True)
    number = fields.Str(required=True, allow_none=True)


class OutgoingData(DocumentData):
    """`drafted_for`: the committee whose staff drafted it, if one did."""

    purpose = fields.Nested(Purpose, required=True, allow_none=True)
    drafted_by = fields.Str(required=True, allow_none=True)
    drafted_for = fields.Str(required=True, allow_none=True)


class OutgoingReturned(OutgoingData):
    reason = fields.Str(required=True)


class Issued(OutgoingData):
    """Sent to its recipients; tells the service of `purpose` its number (decision 13)."""

    number = fields.Str(required=True)
    main = fields.List(fields.Str(), required=True)
    copy_to = fields.List(fields.Str(), required=True)
    recipients = fields.List(fields.Nested(Recipient), required=True)
    issued_on = fields.AwareDateTime(required=True)


class ReceiptGiven(OutgoingData):
    organisation = fields.Str(required=True)
    organisation_kind = fields.Str(required=True)


class ReceiptsUrged(OutgoingData):
    recipients = fields.List(fields.Nested(Recipient), required=True)


class IncomingData(DocumentData):
    """`handler`: the committee or office that handles it, and its kind in the directory."""

    due_at = fields.AwareDateTime(required=True, allow_none=True)
    handler = fields.Str(required=True, allow_none=True)
    handler_kind = fields.Str(required=True, allow_none=True)


class HandlingStarted(IncomingData):
    """`former`: who was to handle it until now, where it is handed on."""

    former = fields.Str(allow_none=True)
    former_kind = fields.Str(allow_none=True)


class RoutingReturned(IncomingData):
    reason = fields.Str(required=True)


class Circulated(IncomingData):
    """`readers`: those who are new on the list."""

    readers = fields.List(fields.Str(), required=True)


class ReadReceipt(IncomingData):
    reader = fields.Str(required=True)


class Urged(Circulated):
    """`readers`: those who have not read it; `count`: how often it has been urged."""

    count = fields.Int(required=True)


class ReminderDue(Circulated):
    due_at = fields.AwareDateTime(required=True)
    days_late = fields.Int(required=True)


class FilesChanged(DocumentData):
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


class AffairData(Data):
    affair_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    title = fields.Str(required=True)
    office = fields.Str(required=True)
    office_kind = fields.Str(required=True)
    raised_key = fields.Str(required=True, allow_none=True)
    proposal_id = fields.Str(required=True, allow_none=True)
    letter_no = fields.Int(allow_none=True)  # the not-filing by which a proposal became a letter
    due_at = fields.AwareDateTime(allow_none=True)  # when it is needed


class AffairRejected(AffairData):
    reason = fields.Str(required=True)


class AffairHandedOver(AffairData):
    """`office` has it now."""

    from_office = fields.Str(required=True)
    from_office_kind = fields.Str(required=True)
    reason = fields.Str(required=True)


class AffairRated(AffairData):
    stars = fields.Int(required=True)


class PlanData(Data):
    plan_id = fields.Str(required=True)
    year = fields.Int(required=True)
    title = fields.Str(required=True)


class PlanStateChanged(PlanData):
    """`reason`: why the Party committee returned it, where it is a draft again."""

    state = fields.Str(required=True)
    themes = fields.List(fields.Str())  # of the year, which topics and proposals are tagged with
    reason = fields.Str(allow_none=True)


class PlanProgressed(PlanData):
    """`done` facts of `target` are counted for `item` now; less than before after a reversal."""

    item = fields.Str(required=True)
    phrase = fields.Str(required=True)
    duty = fields.Str(required=True)  # CONSULTATION | SUPERVISION | PARTICIPATION
    target = fields.Int(required=True)
    done = fields.Int(required=True)


class RuleData(Data):
    rule_id = fields.Str(required=True)
    title = fields.Str(required=True)


class RulePublished(RuleData):
    no = fields.Int(required=True)
    valid_from = fields.Date(required=True)


class RuleRepealed(RuleData):
    repealed_on = fields.Date(required=True)
    reason = fields.Str(required=True)


class RuleFilesChanged(RuleData):
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


class TrainingData(Data):
    training_id = fields.Str(required=True)
    title = fields.Str(required=True)
    staff = fields.List(fields.Str(), required=True)
    half_hours = fields.Int(required=True)
    ends_on = fields.Date(required=True)


Row = tuple[str, str, type[Data], Mapping[str, Any]]
SENT = {"recipients": [PARTY_OFFICE]}
REASON = {"reason": "请补充具体措施"}
EVENTS: tuple[Row, ...] = (
    (names.DOCUMENT_DRAFTED, "公文拟稿", OutgoingData, OUTGOING),
    (names.DOCUMENT_CHECKED, "公文核稿", OutgoingData, OUTGOING),
    (names.DOCUMENT_COUNTERSIGNED, "公文会签", OutgoingData, OUTGOING),
    (names.DOCUMENT_SIGNED, "公文签发", OutgoingData, OUTGOING),
    (names.DOCUMENT_RETURNED, "公文退回", OutgoingReturned, {**OUTGOING, **REASON}),
    (names.DOCUMENT_NUMBERED, "公文编号", OutgoingData, NUMBERED),
    (
        names.DOCUMENT_ISSUED,
        "公文印发",
        Issued,
        {**NUMBERED, **SENT, "main": ["sup-qwb"], "copy_to": [], "issued_on": DUE},
    ),
    (
        names.DOCUMENT_RECEIPT_GIVEN,
        "公文回执",
        ReceiptGiven,
        {**NUMBERED, "organisation": "sup-qwb", "organisation_kind": "SUPERVISING_OFFICE"},
    ),
    (names.DOCUMENT_RECEIPTS_URGED, "催要回执", ReceiptsUrged, {**NUMBERED, **SENT}),
    (names.DOCUMENT_DISCARDED, "公文作废", OutgoingReturned, {**OUTGOING, **REASON}),
    (names.DOCUMENT_SIGNED_FOR, "收文签收", IncomingData, INCOMING),
    (names.DOCUMENT_REGISTERED, "收文登记", IncomingData, INCOMING),
    (names.DOCUMENT_ROUTED, "收文拟办", IncomingData, INCOMING),
    (names.DOCUMENT_ROUTING_RETURNED, "拟办意见退回", RoutingReturned, {**INCOMING, **REASON}),
    (names.DOCUMENT_INSTRUCTED, "收文批办", IncomingData, INCOMING),
    (names.DOCUMENT_CIRCULATED, "收文传阅", Circulated, {**INCOMING, "readers": [READER]}),
    (names.DOCUMENT_READ, "传阅回执", ReadReceipt, {**INCOMING, "reader": READER}),
    (
        names.DOCUMENT_HANDLING_STARTED,
        "收文承办",
        HandlingStarted,
        {**HANDLED, "former": None, "former_kind": None},
    ),
    (names.DOCUMENT_URGED, "收文催办", Urged, {**HANDLED, "readers": [READER], "count": 1}),
    (
        names.DOCUMENT_REMINDER_DUE,
        "收文办理提醒",
        ReminderDue,
        {**HANDLED, "readers": [READER], "days_late": 0},
    ),
    (names.DOCUMENT_NOTED, "收文注办", IncomingData, HANDLED),
    (names.DOCUMENT_FILED, "公文归卷", DocumentData, NUMBERED),
    (names.DOCUMENT_FILES_CHANGED, "公文附件变更", FilesChanged, {**OUTGOING, **FILES}),
    (names.AFFAIR_RAISED, "提出事项", AffairData, AFFAIR),
    (names.AFFAIR_ACCEPTED, "受理事项", AffairData, AFFAIR),
    (names.AFFAIR_STARTED, "事项开始办理", AffairData, AFFAIR),
    (
        names.AFFAIR_HANDED_OVER,
        "事项移交",
        AffairHandedOver,
        {
            **AFFAIR,
            "from_office": "com-economy",
            "from_office_kind": "COMMITTEE",
            "reason": "属办公室职责",
        },
    ),
    (names.AFFAIR_REJECTED, "不予受理", AffairRejected, {**AFFAIR, "reason": "车辆已全部派出"}),
    (names.AFFAIR_DONE, "事项办结", AffairData, AFFAIR),
    (names.AFFAIR_RATED, "事项评价", AffairRated, {**AFFAIR, "stars": 5}),
    (
        names.PLAN_STATE_CHANGED,
        "年度工作要点进展",
        PlanStateChanged,
        {**PLAN, "state": "DRAFT", **REASON, "themes": ["聚力创新", "聚焦富民"]},
    ),
    (names.PLAN_PROGRESSED, "年度任务进度", PlanProgressed, PROGRESS),
    (
        names.INTERNAL_RULE_PUBLISHED,
        "内部制度发布",
        RulePublished,
        {**RULE, "no": 1, "valid_from": "2017-03-01"},
    ),
    (
        names.INTERNAL_RULE_REPEALED,
        "内部制度废止",
        RuleRepealed,
        {**RULE, "repealed_on": "2017-12-01", "reason": "已有新规定"},
    ),
    (names.INTERNAL_RULE_FILES_CHANGED, "制度附件变更", RuleFilesChanged, {**RULE, **FILES}),
    (names.TRAINING_RECORDED, "培训记录", TrainingData, TRAINING),
    (names.TRAINING_WITHDRAWN, "培训记录撤销", TrainingData, TRAINING),
)
for event_type, title, schema, sample in EVENTS:
    contract("office", event_type, title, sample)(schema)
