"""Input about the joint conference and briefings."""

from __future__ import annotations

from marshmallow import fields, validate

from services.liaison.domain.conferences import ConferenceState, ItemKind, ItemState
from services.liaison.schemas.fields import (
    Page,
    ids,
    integer,
    maybe_id,
    maybe_text,
    maybe_when,
    one_of,
    organisations,
    year,
)
from shared.schemas import Choice, Id, InputSchema, Text, When


def _agenda(**kwargs: object) -> fields.List[str]:
    most = validate.Length(max=50, error="至多50项")
    return fields.List(Text(2, 200), validate=most, **kwargs)  # type: ignore[arg-type]


class PlanConference(InputSchema):
    no = integer(1, 100, required=True)
    title = Text(2, 100, required=True)
    organiser = Id(required=True)
    held_at = When(required=True)
    ends_at = maybe_when()
    place = Text(1, 100, required=True)
    participants = organisations(required=True)
    members = ids(500, load_default=list)
    agenda = _agenda(load_default=list)


class OfConference(InputSchema):
    conference_id = Id(required=True)


class SetAgenda(OfConference):
    agenda = _agenda(required=True)


class CloseConference(OfConference):
    minutes = Text(1, 50_000, required=True)


class ConferenceFilter(InputSchema):
    year = year(allow_none=True)
    state = one_of(ConferenceState)


class CountConferences(InputSchema):
    filter = fields.Nested(ConferenceFilter, load_default=dict)


class ListConferences(Page, CountConferences):
    pass


class RaiseItem(InputSchema):
    conference_id = maybe_id()
    organisation = Id(required=True)
    kind = Choice(ItemKind, required=True)
    title = Text(2, 100, required=True)
    text = Text(2, 5000, required=True)


class OfItem(InputSchema):
    item_id = Id(required=True)


class AcceptItem(OfItem):
    owner = Id(required=True)
    due_at = When(required=True)


class AnswerItem(OfItem):
    answer = Text(1, 5000, required=True)


class CloseItem(OfItem):
    satisfied = fields.Bool(required=True)
    comment = maybe_text(1, 1000)


class ItemFilter(InputSchema):
    conference_id = Id(allow_none=True)
    organisation = Id(allow_none=True)
    owner = Id(allow_none=True)
    kind = one_of(ItemKind)
    state = one_of(ItemState)
    year = year(allow_none=True)


class CountItems(InputSchema):
    filter = fields.Nested(ItemFilter, load_default=dict)


class ListItems(Page, CountItems):
    pass


class SendBriefing(InputSchema):
    title = Text(2, 100, required=True)
    text = Text(1, 50_000, required=True)
    recipients = organisations(required=True)
    files = ids(20, load_default=list)


class OfBriefing(InputSchema):
    briefing_id = Id(required=True)


class BriefingFilter(InputSchema):
    recipient = Id(allow_none=True)


class CountBriefings(InputSchema):
    filter = fields.Nested(BriefingFilter, load_default=dict)


class ListBriefings(Page, CountBriefings):
    pass
