"""Events of consultations that the office works on, or that its plan counts."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.consultations import Item

MOTION: dict[str, Any] = {
    "motion_id": "motion-1",
    "title": "关于完善企业诚信体系的建议案",
    "text": "一、健全信用信息归集；二、完善守信激励；三、规范失信惩戒。",
    "meeting_id": "meeting-2",
    "adopted_on": "2017-02-06T09:00:00+08:00",
    "vote": {"for": 41, "against": 0, "abstain": 2},
    "main": ["sup-qwb", "sup-qzfb"],
    "copy_to": ["unit-scjgj"],
    "organisers": ["com-economy"],
    "main_authors": ["m-15-0088"],
    "items": [
        {
            "no": 1,
            "text": "健全信用信息归集",
            "kind": "POLICY",
            "unit": "unit-scjgj",
            "authors": ["m-15-0088"],
        }
    ],
}


class Vote(Schema):
    """Of the meeting that adopted it."""

    class Meta:
        unknown = EXCLUDE

    for_ = fields.Int(required=True, data_key="for", validate=validate.Range(0))
    against = fields.Int(required=True, validate=validate.Range(0))
    abstain = fields.Int(required=True, validate=validate.Range(0))


@contract("consultations", names.MOTION_ADOPTED, "建议案通过", MOTION)
class MotionAdopted(Data):
    """The Standing Committee has adopted a suggestion motion (2.3): the office issues it.

    The office answers with `document_issued` whose purpose is the motion.
    """

    motion_id = fields.Str(required=True)
    title = fields.Str(required=True)
    text = fields.Str(required=True)
    meeting_id = fields.Str(required=True)
    adopted_on = fields.AwareDateTime(required=True)
    vote = fields.Nested(Vote, required=True)
    main = fields.List(fields.Str(), required=True, validate=validate.Length(1))
    copy_to = fields.List(fields.Str(), load_default=list)
    attachments = fields.List(fields.Str())
    topic_codes = fields.List(fields.Str())  # of the taxonomy
    organisers = fields.List(fields.Str())
    main_authors = fields.List(fields.Str())
    items = fields.List(fields.Nested(Item))  # what the outcomes service takes over


@contract(
    "consultations",
    names.CONSULTATION_HELD,
    "专题协商举行",
    {
        "consultation_id": "consultation-1",
        "title": "精准开展扶贫工作",
        "form": "THEMATIC",
        "held_on": "2017-05-18T09:00:00+08:00",
        "organisers": ["com-economy"],
        "participants": ["m-15-0088"],
        "report_due_at": "2017-05-29T09:00:00+08:00",
    },
)
class ConsultationHeld(Data):
    consultation_id = fields.Str(required=True)
    title = fields.Str(required=True)
    form = fields.Str(required=True)
    held_on = fields.AwareDateTime(required=True)
    topic_codes = fields.List(fields.Str())
    organisers = fields.List(fields.Str())
    participants = fields.List(fields.Str())
    present = fields.Int()  # members whose presence was confirmed
    report_due_at = fields.AwareDateTime(allow_none=True)
