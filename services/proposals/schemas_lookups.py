"""Input of the guide of topics and of look-up while drafting."""

from __future__ import annotations

from marshmallow import fields, validate

from services.proposals.domain.states import Category
from services.proposals.schemas import LONGEST_FIELD, Number, OnProposal
from shared.schemas import Choice, Id, InputSchema, Text


class OfYear(InputSchema):
    year = fields.Int(required=True, strict=True, validate=validate.Range(2000, 2100))


class TopicForm(InputSchema):
    category = Choice(Category, required=True)
    title = Text(2, 100, required=True)
    note = Text(0, 1000, load_default="")


class SaveGuide(OfYear):
    topics = fields.List(fields.Nested(TopicForm), required=True, validate=validate.Length(max=200))


class DraftText(InputSchema):
    title = Text(0, 200, load_default="")
    situation = Text(0, LONGEST_FIELD, load_default="")
    analysis = Text(0, LONGEST_FIELD, load_default="")
    suggestions = fields.List(
        Text(0, LONGEST_FIELD), load_default=list, validate=validate.Length(max=100)
    )


class DraftDetails(InputSchema):
    topics = fields.List(Text(1, 40), load_default=list, validate=validate.Length(max=10))
    advised_units = fields.List(Id(), load_default=list, validate=validate.Length(max=20))


class Drafted(InputSchema):
    text = fields.Nested(DraftText, required=True)
    details = fields.Nested(DraftDetails, load_default=lambda: {"topics": [], "advised_units": []})
    besides = Id(load_default=None, allow_none=True)


class Versions(OnProposal):
    before = Number(required=True)
    after = Number(required=True)
