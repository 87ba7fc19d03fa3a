"""Input about activities and the years of groups and towns."""

from __future__ import annotations

from marshmallow import fields, validate

from services.liaison.domain.activities import KINDS, ActivityState
from services.liaison.schemas.fields import (
    Location,
    OfYear,
    Page,
    groups,
    ids,
    integer,
    maybe_id,
    maybe_text,
    maybe_when,
    one_of,
    organisations,
    year,
)
from shared.schemas import Id, InputSchema, Text, When

KIND = validate.OneOf(KINDS, error="不在可选范围内")


class ApplyActivity(InputSchema):
    activity_id = maybe_id()
    kind = fields.Str(required=True, validate=KIND)
    title = Text(2, 100, required=True)
    topic = Text(0, 60, load_default="")
    organisers = organisations(required=True)
    town = maybe_id()
    home_id = maybe_id()
    circle_id = maybe_id()
    held_at = When(required=True)
    ends_at = maybe_when()
    place = Text(1, 100, required=True)
    location = fields.Nested(Location, load_default=None, allow_none=True)
    text = Text(0, 10_000, load_default="")
    capacity = integer(1, 10_000, load_default=None, allow_none=True)
    sign_up_by = When(required=True)
    groups = groups(load_default=list)
    files = ids(20, load_default=list)


class OfActivity(InputSchema):
    activity_id = Id(required=True)


class DecideActivity(OfActivity):
    published = fields.Bool(required=True)
    opinion = maybe_text(1, 1000)


class CancelActivity(OfActivity):
    reason = Text(2, 500, required=True)


class ConfirmParticipation(OfActivity):
    members = ids(1000, required=True)
    proof = ids(20, load_default=list)


class PartRow(InputSchema):
    member_id = Id(required=True)
    took_part = fields.Bool(required=True)


class CorrectParticipation(OfActivity):
    rows = fields.List(
        fields.Nested(PartRow), required=True, validate=validate.Length(1, 1000, error="不能为空")
    )
    reason = Text(2, 500, required=True)


class CloseActivity(OfActivity):
    summary = Text(1, 10_000, required=True)


class AskHelp(OfActivity):
    committee = Id(required=True)
    text = Text(2, 2000, required=True)


class AnswerHelp(OfActivity):
    help_no = integer(1, 1000, required=True)
    answer = Text(1, 2000, required=True)


class ActivityFilter(InputSchema):
    year = year(allow_none=True)
    kind = fields.Str(allow_none=True, validate=KIND)
    organiser = Id(allow_none=True)
    state = one_of(ActivityState)
    town = Id(allow_none=True)
    home_id = Id(allow_none=True)
    circle_id = Id(allow_none=True)
    topic = Text(1, 60, allow_none=True)
    signed_up = fields.Bool()
    took_part = fields.Bool()


class CountActivities(InputSchema):
    filter = fields.Nested(ActivityFilter, load_default=dict)


class ListActivities(Page, CountActivities):
    pass


class WriteWorkspace(OfYear):
    plan = Text(0, 20_000, load_default="")
    topics = fields.List(
        Text(2, 100), load_default=list, validate=validate.Length(max=50, error="至多50个")
    )
    summary = Text(0, 20_000, load_default="")


class OfWorkspace(OfYear):
    organisation = Id(required=True)
