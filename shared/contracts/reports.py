"""Reports and motions: events of the consultations and supervision services with main authors."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

REPORT = {"report_id": "report-1", "main_authors": ["m-15-0088"], "occurrence_no": 1}


class Report(Data):
    """A report of research or supervision."""

    report_id = fields.Str(required=True)
    main_authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)
    title = fields.Str()
    topic_codes = fields.List(fields.Str())  # of the taxonomy
    organisers = fields.List(fields.Str())
    reason = fields.Str()  # of a revocation
    supervision_id = fields.Str()  # whose report it is


class MotionDelivered(Data):
    """A suggestion motion (建议案) has been handed in; final, nothing undoes it."""

    motion_id = fields.Str(required=True)
    main_authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)
    title = fields.Str()
    organisers = fields.List(fields.Str())
    number = fields.Str()
    main = fields.List(fields.Str())
    feedback_due_at = fields.AwareDateTime(allow_none=True)


WHY = {"reason": "数据有误"}
OF_SUPERVISION = {**REPORT, "supervision_id": "supervision-1", "title": "河湖监督报告"}
for source, title, sample in (
    ("consultations", "调研报告", {**REPORT, "title": "企业诚信体系调研", **WHY}),
    ("supervision", "监督报告", OF_SUPERVISION),
):
    contract(source, names.REPORT_ACCEPTED, f"{title}采用", sample)(Report)
    contract(source, names.REPORT_REVOKED, f"{title}撤销采用", sample)(Report)
contract(
    "consultations",
    names.MOTION_DELIVERED,
    "建议案报送",
    {
        "motion_id": "motion-1",
        "main_authors": ["m-15-0088"],
        "occurrence_no": 1,
        "title": "关于完善企业诚信体系的建议案",
        "number": "吴政协建〔2017〕1号",
        "organisers": ["com-economy"],
        "feedback_due_at": "2017-04-07T09:00:00+08:00",
    },
)(MotionDelivered)
