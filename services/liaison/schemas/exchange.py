"""Input about visits, representatives, topic groups and figures."""

from __future__ import annotations

from marshmallow import fields

from services.liaison.domain.circles import CircleKind, CircleState
from services.liaison.domain.exchange import ExchangeKind, Level
from services.liaison.domain.representatives import Category, RegisterState
from services.liaison.schemas.fields import (
    PHONE,
    Page,
    ids,
    maybe,
    maybe_id,
    maybe_text,
    one_of,
    year,
)
from shared.schemas import Choice, Id, InputSchema, Text, When


class WriteExchange(InputSchema):
    exchange_id = maybe_id()
    kind = Choice(ExchangeKind, required=True)
    title = Text(2, 100, required=True)
    on = When(required=True)
    place = Text(0, 100, load_default="")
    counterpart = Text(0, 100, load_default="")
    level = maybe(Level)
    organiser = Id(required=True)
    leader = maybe_id()
    participants = ids(500, load_default=list)
    summary = Text(0, 10_000, load_default="")
    visited = Text(0, 200, load_default="")
    notes = Text(0, 10_000, load_default="")
    named = ids(50, load_default=list)
    reply_to = maybe_id()
    files = ids(20, load_default=list)


class OfExchange(InputSchema):
    exchange_id = Id(required=True)


class ExchangeFilter(InputSchema):
    kind = one_of(ExchangeKind)
    year = year(allow_none=True)
    organiser = Id(allow_none=True)
    level = one_of(Level)


class CountExchanges(InputSchema):
    filter = fields.Nested(ExchangeFilter, load_default=dict)


class ListExchanges(Page, CountExchanges):
    pass


class WriteRepresentative(InputSchema):
    representative_id = maybe_id()
    category = Choice(Category, required=True)
    organisation = Text(1, 100, required=True)
    field_of_work = Text(0, 100, load_default="")
    town = maybe_id()
    keeper = maybe_id()
    name = Text(1, 40, required=True)
    phone = fields.Str(load_default="", validate=PHONE)
    notes = Text(0, 2000, load_default="")
    consent = fields.Bool(required=True)


class OfRepresentative(InputSchema):
    representative_id = Id(required=True)


class MeetRepresentative(OfRepresentative):
    on = When(required=True)
    text = Text(1, 2000, required=True)


class RepresentativeFilter(InputSchema):
    category = one_of(Category)
    town = Id(allow_none=True)
    keeper = Id(allow_none=True)
    without_keeper = fields.Bool(allow_none=True)
    state = one_of(RegisterState)


class CountRepresentatives(InputSchema):
    filter = fields.Nested(RepresentativeFilter, load_default=dict)


class ListRepresentatives(Page, CountRepresentatives):
    pass


class OpenCircle(InputSchema):
    kind = Choice(CircleKind, required=True)
    name = Text(2, 60, required=True)
    about = Text(0, 2000, load_default="")
    topic = Text(0, 60, load_default="")
    organiser = Id(required=True)
    members = ids(500, load_default=list)


class OfCircle(InputSchema):
    circle_id = Id(required=True)


class SetCircleMembers(OfCircle):
    members = ids(500, required=True)


class WritePost(OfCircle):
    reply_to = maybe_id()
    text = Text(1, 5000, required=True)


class RemovePost(InputSchema):
    post_id = Id(required=True)
    reason = maybe_text(1, 500)


class CircleFilter(InputSchema):
    kind = one_of(CircleKind)
    state = one_of(CircleState)
    topic = Text(1, 60, allow_none=True)
    joined = fields.Bool()


class CountCircles(InputSchema):
    filter = fields.Nested(CircleFilter, load_default=dict)


class ListCircles(Page, CountCircles):
    pass


class CountPosts(OfCircle):
    filter = fields.Dict(load_default=dict)


class ListPosts(Page, CountPosts):
    pass
