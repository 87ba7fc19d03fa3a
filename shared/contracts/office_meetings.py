"""What the invited answer, and what the office reminds them of.

The reason of a leave is private and never travels.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.office import MEETING_KINDS
from shared.contracts.planning import MEETING, MeetingFacts

ANSWERS = ("ACCEPTED", "DECLINED")
REMINDERS = ("ANSWER", "START")
ANSWER: dict[str, Any] = {
    "meeting_id": "meeting-1",
    "kind": "STANDING_COMMITTEE",
    "title": "十五届二次常委会议",
    "organiser": "office-general",
    "held_at": "2017-04-27T09:00:00+08:00",
    "invitee": "member:m-15-0088",
    "leaves_waiting": 0,
}


class OfInvitee(Data):
    """`invitee` is a recipient key; `leaves_waiting`: requests that nobody has decided yet."""

    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(MEETING_KINDS))
    title = fields.Str(required=True)
    organiser = fields.Str(required=True)
    held_at = fields.AwareDateTime()  # leave is decided before it
    invitee = fields.Str(required=True)
    leaves_waiting = fields.Int(required=True)


class Answered(OfInvitee):
    answer = fields.Str(required=True, validate=validate.OneOf(ANSWERS))


class LeaveDecided(OfInvitee):
    granted = fields.Bool(required=True)


class InvitationWithdrawn(MeetingFacts):
    """`members` and `organisations` are those who are no longer asked."""

    leaves_waiting = fields.Int()  # as of answers; told since who leaves is taken off the lists


class Reminder(MeetingFacts):
    """`members` and `organisations` have not answered yet, or are to come."""

    about = fields.Str(required=True, validate=validate.OneOf(REMINDERS))


class MeetingFilesChanged(Data):
    """As `proposal_files_changed`, of a meeting's papers and minutes (decision 20)."""

    meeting_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


contract(
    "office",
    names.MEETING_INVITATION_WITHDRAWN,
    "撤销会议邀请",
    {**MEETING, "leaves_waiting": 0},
)(InvitationWithdrawn)
contract("office", names.MEETING_ANSWERED, "会议报名答复", {**ANSWER, "answer": "ACCEPTED"})(
    Answered
)
contract("office", names.MEETING_LEAVE_ASKED, "会议请假申请", {**ANSWER, "leaves_waiting": 1})(
    OfInvitee
)
contract("office", names.MEETING_LEAVE_DECIDED, "会议请假审批", {**ANSWER, "granted": True})(
    LeaveDecided
)
contract("office", names.MEETING_REMINDER_DUE, "会议提醒", {**MEETING, "about": "ANSWER"})(Reminder)
contract(
    "office",
    names.MEETING_FILES_CHANGED,
    "会议所附文件变化",
    {"meeting_id": "meeting-1", "attached": ["file-1"], "detached": []},
)(MeetingFilesChanged)
