"""Events of the office service: what meetings tell (decision 30)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.rosters import Row

MEETING_KINDS = (
    "PLENARY",
    "STANDING_COMMITTEE",
    "CHAIR_COUNCIL",
    "SECRETARY_GENERAL",
    "COMMITTEE",
    "SECTOR",
    "TOWN",
    "JOINT_CONFERENCE",
    "CONSULTATION",
    "APPRAISAL",
    "DEBRIEFING",
    "INSPECTION",
    "RESEARCH",
    "SUPERVISION",
    "ACTIVITY",
    "STUDY",
    "TRAINING",
    "OTHER",
)
STATUSES = ("PRESENT", "LEAVE", "LEAVE_REFUSED", "ABSENT", "EXEMPT")
ROLES = ("PARTICIPANT", "OBSERVER", "SPEAKER")
FORMS = ("ORAL", "WRITTEN")

ROW = {
    "member_id": "m-15-0088",
    "status": "PRESENT",
    "half_days_present": 6,
    "half_days_exempt": 0,
    "role": "PARTICIPANT",
    "remote": False,
    "standing": False,
    "mandatory": True,
    "accepted": True,
    "occurrence_no": 1,
}
MEETING = {
    "meeting_id": "meeting-1",
    "kind": "PLENARY",
    "purpose": {"service": "office", "id": "meeting-1"},
    "mandatory": True,
    "half_days": 6,
    "held_on": "2017-02-07T09:00:00+08:00",
}
SPEECH = {
    "meeting_id": "meeting-1",
    "kind": "PLENARY",
    "speech_id": "speech-1",
    "members": ["m-15-0088"],
    "form": "ORAL",
    "occurrence_no": 1,
}


class Attendance(Row):
    """One member's presence, as the organiser confirms it; half-days add up to the meeting's.

    Exempt (illness, maternity, an official mission): those half-days count for nothing, for or
    against. The reason of a leave is private and never travels.
    """

    status = fields.Str(required=True, validate=validate.OneOf(STATUSES))
    half_days_present = fields.Int(required=True, validate=validate.Range(0))
    half_days_exempt = fields.Int(load_default=0, validate=validate.Range(0))
    role = fields.Str(required=True, validate=validate.OneOf(ROLES))
    standing = fields.Bool()  # a standing member, when it was confirmed
    mandatory = fields.Bool()  # of this member; a guest need not come to what others must
    remote = fields.Bool()  # present by video; counts for members from outside the mainland
    accepted = fields.Bool()  # signed up for an optional meeting; none: did not answer


class Purpose(Schema):
    """The record of another service that the meeting is held for."""

    service = fields.Str(required=True)
    id = fields.Str(required=True)


class Meeting(Data):
    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(MEETING_KINDS))
    purpose = fields.Nested(Purpose, required=True)
    mandatory = fields.Bool(required=True)
    half_days = fields.Int(required=True, validate=validate.Range(1))
    held_on = fields.AwareDateTime(required=True)  # its first day; `occurred_on` for the points
    rows = fields.List(fields.Nested(Attendance), required=True)


class Speech(Data):
    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(MEETING_KINDS))
    speech_id = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)
    form = fields.Str(required=True, validate=validate.OneOf(FORMS))
    occurrence_no = fields.Int(required=True)


class SpeechCorrected(Speech):
    """The record `occurrence_no` is replaced by this; without a form there was no speech."""

    form = fields.Str(required=True, allow_none=True, validate=validate.OneOf(FORMS))


contract("office", names.MEETING_ATTENDANCE_CONFIRMED, "会议出席确认", {**MEETING, "rows": [ROW]})(
    Meeting
)
contract(
    "office",
    names.MEETING_ATTENDANCE_CORRECTED,
    "会议出席更正",
    {**MEETING, "rows": [{**ROW, "status": "ABSENT", "half_days_present": 0}]},
)(Meeting)
contract("office", names.MEETING_SPEECH_RECORDED, "会议发言记录", SPEECH)(Speech)
contract("office", names.MEETING_SPEECH_CORRECTED, "会议发言更正", {**SPEECH, "form": "WRITTEN"})(
    SpeechCorrected
)
