"""Events of the supervision service (民主监督). Ids, titles and dates travel; what was found,
said and judged is read from the service, but for the opinions that outcomes follows.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract

STEPS = ("APPROVAL", "SIGNATURE", "FEEDBACK", "RECHECK", "PARTY_REPORT")
ENDS = ("RECTIFIED", "REPORTED")
ADOPTIONS = ("ADOPTED", "PARTLY_ADOPTED", "NOT_ADOPTED")
DUE = "2017-08-31T00:00:00+08:00"
SUPERVISION: dict[str, Any] = {
    "supervision_id": "supervision-1",
    "title": "河流湖泊生态保护",
    "organiser": "com-urban",
    "units": ["unit-slj"],
    "team": ["m-15-0012", "m-15-0102"],
    "topic": "河流湖泊生态保护",
    "topic_codes": ["WATER"],
}
ITEM: dict[str, Any] = {
    "no": 1,
    "text": "建议于8月底前完成河道清淤和岸坡整治。",
    "unit": "unit-slj",
    "due_at": DUE,
    "authors": ["m-15-0012"],
}
FED_BACK = {**ITEM, "adoption": "ADOPTED", "result": "已完成清淤。", "reason": ""}
FINDING: dict[str, Any] = {
    "finding_id": "finding-1",
    "supervision_id": "supervision-1",
    "title": "河流湖泊生态保护",
    "organiser": "com-urban",
    "unit": "unit-slj",
    "found_by": "m-15-0012",
    "severity": "SERIOUS",
    "due_at": DUE,
}


class Part(Schema):
    class Meta:
        unknown = EXCLUDE


class Item(Part):
    """One opinion, its unit and whose it is."""

    no = fields.Int(required=True)
    text = fields.Str(required=True)
    unit = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    due_at = fields.AwareDateTime()


class ItemFedBack(Item):
    """adoption: in the one form of all suggestions."""

    adoption = fields.Str(required=True, validate=validate.OneOf(ADOPTIONS))
    result = fields.Str(required=True)
    reason = fields.Str(required=True)


class SupervisionData(Data):
    supervision_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organiser = fields.Str()
    units = fields.List(fields.Str())
    team = fields.List(fields.Str())  # member ids
    topic = fields.Str()
    topic_codes = fields.List(fields.Str())  # of the taxonomy


class ToDecide(SupervisionData):
    decide_by = fields.AwareDateTime(required=True)


class Returned(SupervisionData):
    reason = fields.Str(required=True)


class TeamFormed(SupervisionData):
    leader = fields.Str(required=True)


class OpinionSigned(SupervisionData):
    """The office drafts, numbers and sends it (decision 13)."""

    text = fields.Str(required=True)
    main = fields.List(fields.Str(), required=True, validate=validate.Length(1))
    copy_to = fields.List(fields.Str(), required=True)


class OpinionIssued(SupervisionData):
    number = fields.Str(required=True)
    issued_on = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    items = fields.List(fields.Nested(Item), required=True)


class Answered(SupervisionData):
    unit = fields.Str(required=True)
    round = fields.Int(required=True)


class FedBack(Answered):
    """complete: all units have; then the re-check is due."""

    late = fields.Bool(required=True)
    complete = fields.Bool(required=True)
    due_at = fields.AwareDateTime(required=True)
    items = fields.List(fields.Nested(ItemFedBack), required=True)


class Rechecked(SupervisionData):
    """last: it may not be re-checked again; missing: units that have to feed back once more."""

    recheck_no = fields.Int(required=True)
    passed = fields.Bool(required=True)
    last = fields.Bool(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    missing = fields.List(fields.Str(), required=True)
    verified = fields.List(fields.Nested(Item), required=True)


class Reported(SupervisionData):
    """The office drafts, numbers and sends the report, for the record `report_ref`."""

    report_ref = fields.Str(required=True)
    report_title = fields.Str(required=True)
    text = fields.Str(required=True)
    main = fields.List(fields.Str(), required=True, validate=validate.Length(1))
    copy_to = fields.List(fields.Str(), required=True)


class SupervisionClosed(SupervisionData):
    """A special supervision whose re-check is over (2.6)."""

    end = fields.Str(validate=validate.OneOf(ENDS))
    rechecks = fields.Int()


class Date(SupervisionData):
    """A step that is due, or late; missing: the units that it waits for."""

    step = fields.Str(required=True, validate=validate.OneOf(STEPS))
    round = fields.Int(required=True)
    due_at = fields.AwareDateTime(required=True)
    missing = fields.List(fields.Str(), required=True)


class UnitChanged(SupervisionData):
    """The unit's heir has it now (decision 17)."""

    unit = fields.Str(required=True)
    former = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)


class FilesChanged(Data):
    record_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


class Finding(Data):
    finding_id = fields.Str(required=True)
    supervision_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organiser = fields.Str(required=True)
    unit = fields.Str(required=True, allow_none=True)
    found_by = fields.Str(required=True, allow_none=True)
    severity = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)


class FindingOpened(Finding):
    site_id = fields.Str(required=True)


class FindingJudged(Finding):
    reason = fields.Str(required=True, allow_none=True)


class FindingRectified(Finding):
    """A claim of the unit, not verified yet."""

    claim_no = fields.Int(required=True)


class FindingChecked(Finding):
    occurrence_no = fields.Int(required=True)
    reason = fields.Str(allow_none=True)


class FindingMoved(Finding):
    former = fields.Str(required=True)


def told(event: str, title: str, schema: type[Data], sample: dict[str, Any]) -> None:
    contract("supervision", event, title, sample)(schema)


Rows = tuple[tuple[str, str, type[Data], dict[str, Any]], ...]
DATED = {"step": "FEEDBACK", "round": 1, "due_at": DUE, "missing": ["unit-slj"]}
WHY = {"reason": "请补充被监督单位"}
OF_SUPERVISION: Rows = (
    (names.SUPERVISION_SUBMITTED, "专项监督报批", ToDecide, {"decide_by": DUE}),
    (names.SUPERVISION_APPROVED, "专项监督列入计划", SupervisionData, {}),
    (names.SUPERVISION_RETURNED, "专项监督退回修改", Returned, WHY),
    (names.SUPERVISION_CANCELLED, "专项监督取消", Returned, WHY),
    (names.SUPERVISION_TEAM_FORMED, "监督组组建", TeamFormed, {"leader": "m-15-0012"}),
    (names.SUPERVISION_OPINION_SENT, "监督意见送签", ToDecide, {"decide_by": DUE}),
    (names.SUPERVISION_OPINION_RETURNED, "监督意见退回修改", Returned, WHY),
    (
        names.SUPERVISION_OPINION_SIGNED,
        "监督意见签发",
        OpinionSigned,
        {"text": "经监督检查，提出意见。", "main": ["unit-slj"], "copy_to": ["sup-qzfb"]},
    ),
    (
        names.SUPERVISION_OPINION_ISSUED,
        "监督意见印发",
        OpinionIssued,
        {
            "number": "吴政协监〔2017〕1号",
            "issued_on": "2017-06-20T09:00:00+08:00",
            "due_at": DUE,
            "items": [ITEM],
        },
    ),
    (
        names.SUPERVISION_ANSWERED,
        "监督意见整改方案",
        Answered,
        {"unit": "unit-slj", "round": 1},
    ),
    (
        names.SUPERVISION_FED_BACK,
        "监督意见整改反馈",
        FedBack,
        {
            "unit": "unit-slj",
            "round": 1,
            "late": False,
            "complete": True,
            "due_at": DUE,
            "items": [FED_BACK],
        },
    ),
    (
        names.SUPERVISION_RECHECKED,
        "监督回头看",
        Rechecked,
        {
            "recheck_no": 1,
            "passed": False,
            "last": False,
            "due_at": DUE,
            "missing": ["unit-slj"],
            "verified": [ITEM],
        },
    ),
    (
        names.SUPERVISION_REPORTED,
        "整改情况报告区委",
        Reported,
        {
            "report_ref": "supervision-1/party-report",
            "report_title": "关于“河流湖泊生态保护”整改情况的报告",
            "text": "两次回头看仍未整改到位。",
            "main": ["sup-qwb"],
            "copy_to": [],
        },
    ),
    (
        names.SUPERVISION_CLOSED,
        "专项民主监督办结",
        SupervisionClosed,
        {"end": "RECTIFIED", "rechecks": 1},
    ),
    (names.SUPERVISION_REMINDER_DUE, "监督办理将到期", Date, DATED),
    (names.SUPERVISION_OVERDUE, "监督办理逾期", Date, DATED),
    (
        names.SUPERVISION_UNIT_CHANGED,
        "被监督单位变更",
        UnitChanged,
        {"unit": "unit-slj", "former": "unit-hbj", "due_at": DUE},
    ),
    (names.SUPERVISION_REPORT_SUBMITTED, "监督报告送审", SupervisionData, {}),
    (names.SUPERVISION_REPORT_RETURNED, "监督报告退回", Returned, WHY),
)
told(
    names.SUPERVISION_FILES_CHANGED,
    "监督附件变化",
    FilesChanged,
    {"record_id": "finding-1", "attached": ["file-1"], "detached": []},
)
OF_FINDING: Rows = (
    (names.FINDING_OPENED, "监督发现问题", FindingOpened, {"site_id": "site-1"}),
    (names.FINDING_CONFIRMED, "问题确认", FindingJudged, {"reason": None}),
    (names.FINDING_DROPPED, "问题不予认定", FindingJudged, {"reason": "现场复核无此问题"}),
    (names.FINDING_ASSIGNED, "问题交办整改", Finding, {}),
    (names.FINDING_RECTIFIED, "问题称已整改", FindingRectified, {"claim_no": 1}),
    (names.FINDING_VERIFIED, "问题整改核实", FindingChecked, {"occurrence_no": 1}),
    (
        names.FINDING_REOPENED,
        "问题重新整改",
        FindingChecked,
        {"occurrence_no": 2, "reason": "数值仍超过限值"},
    ),
    (names.FINDING_REMINDER_DUE, "问题整改将到期", Finding, {}),
    (names.FINDING_OVERDUE, "问题整改逾期", Finding, {}),
    (names.FINDING_UNIT_CHANGED, "问题整改单位变更", FindingMoved, {"former": "unit-hbj"}),
)
for _rows, _sample in (
    (OF_SUPERVISION, SUPERVISION),
    (OF_FINDING, FINDING),
):
    for _event, _title, _schema, _more in _rows:
        told(_event, _title, _schema, {**_sample, **_more})
