"""Meetings that another service wants (decision 30), and what the office tells of any meeting.

The service that wants a meeting records `…_planned`; office creates it under the same id.
`appraisal_planned` of proposals says the same with fewer fields.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.office import MEETING_KINDS, Purpose

INVITED_ROLES = ("PARTICIPANT", "OBSERVER", "SPEAKER")
STARTS = "2017-05-18T09:00:00+08:00"
ENDS = "2017-05-18T11:30:00+08:00"
PLAN: dict[str, Any] = {
    "meeting_id": "study-session-1",
    "kind": "STUDY",
    "organiser": "com-economy",
    "title": "学习中共中央关于加强人民政协协商民主建设的实施意见",
    "held_at": STARTS,
    "ends_at": ENDS,
    "place": "区政协一楼会议室",
    "mandatory": True,
    "half_days": 1,
    "invited": [{"member_id": "m-15-0088", "role": "PARTICIPANT"}],
}
MEETING: dict[str, Any] = {
    **{key: PLAN[key] for key in ("meeting_id", "kind", "organiser", "title", "mandatory")},
    "purpose": {"service": "study", "id": "study-session-1"},
    "held_at": STARTS,
    "ends_at": ENDS,
    "place": "区政协一楼会议室",
    "answer_by": "2017-05-15T18:00:00+08:00",
    "members": ["m-15-0088"],
    "organisations": ["unit-slj"],
}


class Invited(Schema):
    """A member asked to come, and as what."""

    class Meta:
        unknown = EXCLUDE

    member_id = fields.Str(required=True)
    role = fields.Str(load_default="PARTICIPANT", validate=validate.OneOf(INVITED_ROLES))


class MeetingPlan(Data):
    """What the office needs to create the meeting; whoever wants it owns everything else.

    `meeting_id` is also the id of the other service's own record, which the purpose names.
    """

    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(MEETING_KINDS))
    organiser = fields.Str(required=True)  # organisation id
    title = fields.Str(required=True)
    held_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime()
    place = fields.Str(required=True)
    mandatory = fields.Bool()  # required of the invited; otherwise they sign up
    half_days = fields.Int(validate=validate.Range(1, 60))
    invited = fields.List(fields.Nested(Invited))
    units = fields.List(fields.Str())  # organisations asked beside the members


class DebriefingPlan(MeetingPlan):
    """With the supervisors who are members, and the day by which both sides report."""

    debriefing_id = fields.Str(required=True)
    supervisors = fields.List(fields.Str(), required=True)
    report_by = fields.AwareDateTime(required=True)


class ConsultationPlan(MeetingPlan):
    """A later sitting of a consultation has an id of its own (docs/adr/0035)."""

    consultation_id = fields.Str()
    organisers = fields.List(fields.Str())


class MeetingFacts(Data):
    """A meeting as it stands; `members` and `organisations` are those told."""

    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(MEETING_KINDS))
    purpose = fields.Nested(Purpose, required=True)
    organiser = fields.Str(required=True)
    title = fields.Str(required=True)
    held_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)
    mandatory = fields.Bool(required=True)
    answer_by = fields.AwareDateTime(required=True)
    members = fields.List(fields.Str(), required=True)
    organisations = fields.List(fields.Str())


class MeetingRescheduled(MeetingFacts):
    """Every answer given is void; `moved_from` is the former beginning."""

    moved_from = fields.AwareDateTime(required=True)
    reason = fields.Str(required=True)


class MeetingCancelled(MeetingFacts):
    reason = fields.Str(required=True)


contract("study", names.STUDY_SESSION_PLANNED, "安排学习活动", PLAN)(MeetingPlan)
contract(
    "study",
    names.STUDY_CLASS_PLANNED,
    "安排轮训班",
    {**PLAN, "meeting_id": "study-class-1", "kind": "TRAINING", "half_days": 6},
)(MeetingPlan)
contract(
    "liaison",
    names.CONFERENCE_PLANNED,
    "安排联席会议",
    {**PLAN, "meeting_id": "conference-1", "kind": "JOINT_CONFERENCE"},
)(MeetingPlan)
contract(
    "consultations",
    names.CONSULTATION_PLANNED,
    "安排专题协商",
    {
        **PLAN,
        "meeting_id": "consultation-1",
        "kind": "CONSULTATION",
        "consultation_id": "consultation-1",
        "organisers": ["com-economy"],
    },
)(ConsultationPlan)
contract(
    "supervision",
    names.SUPERVISION_INSPECTION_PLANNED,
    "安排监督检查",
    {
        **PLAN,
        "meeting_id": "supervision-inspection-1",
        "kind": "SUPERVISION",
        "units": ["unit-slj"],
    },
)(MeetingPlan)
contract(
    "supervision",
    names.DEBRIEFING_PLANNED,
    "安排述职交流",
    {
        **PLAN,
        "meeting_id": "debriefing-1",
        "kind": "DEBRIEFING",
        "units": ["unit-slj"],
        "debriefing_id": "debriefing-1",
        "supervisors": ["m-15-0066"],
        "report_by": "2017-05-15T00:00:00+08:00",
    },
)(DebriefingPlan)

contract("office", names.MEETING_NOTIFIED, "会议通知", MEETING)(MeetingFacts)
contract(
    "office",
    names.MEETING_RESCHEDULED,
    "会议改期",
    {
        **MEETING,
        "held_at": "2017-05-25T09:00:00+08:00",
        "ends_at": "2017-05-25T11:30:00+08:00",
        "moved_from": STARTS,
        "reason": "与区委会议冲突",
    },
)(MeetingRescheduled)
contract("office", names.MEETING_CANCELLED, "会议取消", {**MEETING, "reason": "主讲人因公出差"})(
    MeetingCancelled
)
