"""Input about meetings: planning, answering, attendance, minutes."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.office.domain.answers import AnswerState, LeaveReason
from services.office.domain.attendance import STATUSES
from services.office.domain.check_in import Way
from services.office.domain.meetings import MOST_HALF_DAYS, MeetingState
from services.office.schemas.fields import MOST_IDS, Page, files, id_list
from shared.contracts.groups import is_group
from shared.contracts.office import FORMS, MEETING_KINDS
from shared.contracts.planning import INVITED_ROLES
from shared.schemas import Choice, Id, InputSchema, Text, When

HALF_DAY = validate.Range(1, MOST_HALF_DAYS, error=f"应为1至{MOST_HALF_DAYS}")
HALF_DAYS = validate.Range(0, MOST_HALF_DAYS, error=f"应为0至{MOST_HALF_DAYS}")
KIND = validate.OneOf(MEETING_KINDS, error="不在可选范围内")
ROLE = validate.OneOf(INVITED_ROLES, error="不在可选范围内")
MOST_ROWS = validate.Length(1, 1000, error="一次1至1000行")


def _require_group(key: str) -> None:
    if not is_group(key):
        raise ValidationError("组别代码不正确")


class InvitedMember(InputSchema):
    member_id = Id(required=True)
    role = fields.Str(load_default="PARTICIPANT", validate=ROLE)
    capacity = Text(0, 30, load_default=None, allow_none=True)


class People(InputSchema):
    members = fields.List(fields.Nested(InvitedMember), load_default=list, validate=MOST_IDS)
    groups = fields.List(
        fields.Str(validate=_require_group),
        load_default=list,
        validate=validate.Length(max=60, error="一次至多60个组别"),
    )
    organisations = id_list(load_default=list)


class Details(InputSchema):
    """The rest of the meeting form (2.10)."""

    agenda = fields.List(Text(1, 200), validate=validate.Length(max=50, error="至多50项"))
    host = Text(0, 60)
    leaders = fields.List(Text(1, 60), validate=validate.Length(max=30, error="至多30项"))
    check_in_place = Text(0, 100)
    car = Text(0, 300)
    meals = Text(0, 300)
    notes = Text(0, 2000)


class PlanMeeting(InputSchema):
    kind = fields.Str(required=True, validate=KIND)
    organiser = Id(required=True)
    title = Text(2, 100, required=True)
    held_at = When(required=True)
    ends_at = When(load_default=None, allow_none=True)
    place = Text(1, 100, required=True)
    mandatory = fields.Bool(required=True)
    half_days = fields.Int(strict=True, load_default=1, validate=HALF_DAY)
    answer_by = When(load_default=None, allow_none=True)
    invited = fields.Nested(People, load_default=lambda: People.parse({}))
    details = fields.Nested(Details, load_default=dict)
    papers = files(load_default=list)


class OfMeeting(InputSchema):
    meeting_id = Id(required=True)


class ChangeMeeting(OfMeeting):
    kind = fields.Str(validate=KIND)
    title = Text(2, 100)
    held_at = When()
    ends_at = When()
    place = Text(1, 100)
    mandatory = fields.Bool()
    half_days = fields.Int(strict=True, validate=HALF_DAY)
    answer_by = When()


class SetDetails(OfMeeting):
    details = fields.Nested(Details, load_default=dict)
    papers = files(load_default=None, allow_none=True)


class Invite(OfMeeting):
    invited = fields.Nested(People, required=True)


class Uninvite(OfMeeting):
    members = id_list(load_default=list)
    organisations = id_list(load_default=list)


class Notify(OfMeeting):
    short_notice_reason = Text(2, 500, load_default=None, allow_none=True)


class Reschedule(OfMeeting):
    held_at = When(required=True)
    ends_at = When(load_default=None, allow_none=True)
    answer_by = When(load_default=None, allow_none=True)
    place = Text(1, 100, load_default=None, allow_none=True)
    reason = Text(2, 500, required=True)
    short_notice_reason = Text(2, 500, load_default=None, allow_none=True)


class Cancel(OfMeeting):
    reason = Text(2, 500, required=True)


class AnswerMeeting(OfMeeting):
    coming = fields.Bool(required=True)


class AskLeave(OfMeeting):
    reason_kind = Choice(LeaveReason, required=True)
    reason = Text(2, 500, required=True)


class DecideLeave(OfMeeting):
    member_id = Id(required=True)
    granted = fields.Bool(required=True)
    opinion = Text(1, 500, load_default=None, allow_none=True)


class HalfDay(OfMeeting):
    half_day = fields.Int(strict=True, load_default=1, validate=HALF_DAY)


class Code(InputSchema):
    code = Text(1, 2000, required=True)


class CheckInMembers(OfMeeting):
    members = id_list(required=True)
    half_day = fields.Int(strict=True, load_default=None, allow_none=True, validate=HALF_DAY)
    way = Choice(Way, load_default=Way.STAFF)
    remote = fields.Bool(load_default=False)


class OfflineRow(InputSchema):
    member_id = Id(required=True)
    half_day = fields.Int(strict=True, load_default=1, validate=HALF_DAY)
    at = When(required=True)
    remote = fields.Bool(load_default=False)


class UploadCheckIns(OfMeeting):
    rows = fields.List(fields.Nested(OfflineRow), required=True, validate=MOST_ROWS)


class AttendanceRow(InputSchema):
    member_id = Id(required=True)
    status = fields.Str(validate=validate.OneOf(STATUSES, error="不在可选范围内"))
    half_days_present = fields.Int(strict=True, validate=HALF_DAYS)
    half_days_exempt = fields.Int(strict=True, validate=HALF_DAYS)
    role = fields.Str(validate=ROLE)
    remote = fields.Bool()


class ConfirmAttendance(OfMeeting):
    rows = fields.List(fields.Nested(AttendanceRow), load_default=list, validate=MOST_IDS)


class CorrectAttendance(OfMeeting):
    rows = fields.List(fields.Nested(AttendanceRow), required=True, validate=MOST_ROWS)
    reason = Text(2, 500, required=True)


def _form(**kwargs: Any) -> fields.Str:
    return fields.Str(validate=validate.OneOf(FORMS, error="不在可选范围内"), **kwargs)


class RecordSpeech(OfMeeting):
    members = id_list(required=True)
    form = _form(required=True)
    topic = Text(1, 200, required=True)
    files = files(load_default=list)


class CorrectSpeech(OfMeeting):
    speech_id = Id(required=True)
    members = id_list(load_default=list)
    form = _form(load_default=None, allow_none=True)


class SubmitStatement(OfMeeting):
    text = Text(1, 5000, required=True)
    dissent = fields.Bool(load_default=False)


class WriteMinutes(OfMeeting):
    text = Text(1, 20_000, required=True)
    files = files(load_default=list)


class Filter(InputSchema):
    kind = fields.Str(allow_none=True, validate=KIND)
    organiser = Id(allow_none=True)
    state = fields.Str(
        allow_none=True, validate=validate.OneOf(list(MeetingState), error="不在可选范围内")
    )
    since = When(allow_none=True)
    until = When(allow_none=True)
    invited = fields.Bool()


class CountMeetings(InputSchema):
    filter = fields.Nested(Filter, load_default=dict)


class ListMeetings(Page, CountMeetings):
    latest_first = fields.Bool(load_default=True)


class PeopleFilter(InputSchema):
    answer = fields.Str(
        allow_none=True, validate=validate.OneOf(list(AnswerState), error="不在可选范围内")
    )
    status = fields.Str(allow_none=True, validate=validate.OneOf(STATUSES, error="不在可选范围内"))


class CountInvitees(OfMeeting):
    filter = fields.Nested(PeopleFilter, load_default=dict)


class ListInvitees(Page, CountInvitees):
    pass


class Token(InputSchema):
    token = Text(1, 2000, required=True)
