"""Input about Members' Homes, their rota and their visitors."""

from __future__ import annotations

from marshmallow import fields, validate

from services.liaison.domain.homes import DutyState, HomeState
from services.liaison.domain.receptions import BookingState, Channel, ReceptionState
from services.liaison.schemas.contacts import Forward
from services.liaison.schemas.fields import (
    CLOCK,
    PHONE,
    Client,
    Location,
    Page,
    Visitor,
    ids,
    integer,
    maybe_id,
    maybe_when,
    one_of,
    year,
)
from shared.schemas import Id, InputSchema, Text


class HoursInput(InputSchema):
    weekday = integer(1, 7, required=True)
    opens = fields.Str(required=True, validate=CLOCK)
    closes = fields.Str(required=True, validate=CLOCK)


class WriteHome(InputSchema):
    home_id = maybe_id()
    name = Text(2, 60, required=True)
    address = Text(2, 200, required=True)
    location = fields.Nested(Location, load_default=None, allow_none=True)
    phone = fields.Str(load_default="", validate=PHONE)
    hours = fields.List(
        fields.Nested(HoursInput), load_default=list, validate=validate.Length(max=21)
    )
    members = ids(200, load_default=list)
    sign = Text(0, 200, load_default="")
    duties = Text(0, 5000, load_default="")
    process = Text(0, 5000, load_default="")
    rules = Text(0, 5000, load_default="")


class OfHome(InputSchema):
    home_id = Id(required=True)


class StopHome(OfHome):
    reason = Text(2, 500, required=True)


class RotaRow(InputSchema):
    on = fields.Date(required=True)
    member_id = maybe_id()


class SetRota(OfHome):
    rows = fields.List(
        fields.Nested(RotaRow),
        required=True,
        validate=validate.Length(1, 200, error="应为1至200天"),
    )


class ConfirmDuty(InputSchema):
    duty_id = Id(required=True)
    took_part = fields.Bool(required=True)


class CorrectDuty(ConfirmDuty):
    reason = Text(2, 500, required=True)


class HomeFilter(InputSchema):
    town = Id(allow_none=True)
    state = one_of(HomeState)


class CountHomes(InputSchema):
    filter = fields.Nested(HomeFilter, load_default=dict)


class ListHomes(Page, CountHomes):
    pass


class DutyFilter(InputSchema):
    home_id = Id(allow_none=True)
    member_id = Id(allow_none=True)
    state = one_of(DutyState)
    year = year(allow_none=True)


class CountDuties(InputSchema):
    filter = fields.Nested(DutyFilter, load_default=dict)


class ListDuties(Page, CountDuties):
    pass


class RecordReception(OfHome, Visitor):
    at = maybe_when()
    booking_id = maybe_id()
    matter = Text(2, 5000, required=True)
    topic = Text(0, 60, load_default="")


class OfReception(InputSchema):
    reception_id = Id(required=True)


class ForwardReception(OfReception, Forward):
    pass


class AnswerReception(OfReception):
    answer = Text(1, 5000, required=True)


class LeaveLead(OfHome, Visitor, Client):
    matter = Text(5, 2000, required=True)
    topic = Text(0, 60, load_default="")


class BookVisit(OfHome, Visitor, Client):
    on = fields.Date(required=True)
    matter = Text(0, 500, load_default="")


class OfBooking(InputSchema):
    booking_id = Id(required=True)


class OfCode(Client):
    code = Text(1, 40, required=True)


class ReceptionFilter(InputSchema):
    home_id = Id(allow_none=True)
    town = Id(allow_none=True)
    state = one_of(ReceptionState)
    channel = one_of(Channel)
    year = year(allow_none=True)


class CountReceptions(InputSchema):
    filter = fields.Nested(ReceptionFilter, load_default=dict)


class ListReceptions(Page, CountReceptions):
    pass


class BookingFilter(InputSchema):
    home_id = Id(allow_none=True)
    state = one_of(BookingState)


class CountBookings(InputSchema):
    filter = fields.Nested(BookingFilter, load_default=dict)


class ListBookings(Page, CountBookings):
    pass
