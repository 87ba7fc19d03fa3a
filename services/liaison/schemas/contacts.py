"""Input about links, contacts and leads."""

from __future__ import annotations

from marshmallow import fields, validate

from services.liaison.domain.balance import Ground
from services.liaison.domain.contacts import Way
from services.liaison.domain.leads import LeadState, Origin, Target
from services.liaison.domain.links import LinkState, PlanState
from services.liaison.domain.ranks import Tier
from services.liaison.schemas.fields import Page, ids, integer, maybe_text, one_of, year
from shared.schemas import Choice, Id, InputSchema, Text, When


class ProposeLinks(InputSchema):
    tier = Choice(Tier, required=True)
    by = Choice(Ground, required=True)


class ProposeLink(InputSchema):
    member_id = Id(required=True)
    leader_id = Id(required=True)


class OfLink(InputSchema):
    link_id = Id(required=True)


class ReassignLink(OfLink):
    leader_id = Id(required=True)


class EndLink(OfLink):
    reason = Text(2, 500, required=True)


class DecideLinks(InputSchema):
    plan_id = Id(required=True)
    approved = fields.Bool(required=True)
    opinion = maybe_text(1, 1000)


class LinkFilter(InputSchema):
    state = one_of(LinkState)
    tier = one_of(Tier)
    leader_id = Id(allow_none=True)
    member_id = Id(allow_none=True)
    plan_id = Id(allow_none=True)


class CountLinks(InputSchema):
    filter = fields.Nested(LinkFilter, load_default=dict)


class ListLinks(Page, CountLinks):
    pass


class PlanFilter(InputSchema):
    state = one_of(PlanState)


class CountPlans(InputSchema):
    filter = fields.Nested(PlanFilter, load_default=dict)


class ListPlans(Page, CountPlans):
    pass


class RecordContact(OfLink):
    way = Choice(Way, required=True)
    on = When(required=True)
    place = Text(0, 100, load_default="")
    content = Text(1, 10_000, required=True)
    follow_up = Text(0, 5000, load_default="")
    issues = fields.List(
        Text(2, 2000), load_default=list, validate=validate.Length(max=20, error="至多20条")
    )
    shared_with = ids(20, load_default=list)


class OfContact(InputSchema):
    contact_id = Id(required=True)


class FollowContact(OfContact):
    follow_up = Text(1, 5000, required=True)


class OfIssue(OfContact):
    issue_no = integer(1, 20, required=True)


class AnswerIssue(OfIssue):
    answer = Text(1, 5000, required=True)


class Forward(InputSchema):
    to = Choice(Target, required=True)
    topic = Text(0, 60, load_default="")
    title = Text(2, 100, required=True)
    text = Text(2, 5000, required=True)


class ConvertIssue(OfIssue, Forward):
    pass


class ContactFilter(InputSchema):
    link_id = Id(allow_none=True)
    year = year(allow_none=True)


class CountContacts(InputSchema):
    filter = fields.Nested(ContactFilter, load_default=dict)


class ListContacts(Page, CountContacts):
    pass


class AnswerLead(InputSchema):
    lead_id = Id(required=True)
    answer = Text(1, 5000, required=True)
    reference = maybe_text(1, 200)


class LeadFilter(InputSchema):
    to = one_of(Target)
    origin = one_of(Origin)
    state = one_of(LeadState)
    topic = Text(1, 60, allow_none=True)


class CountLeads(InputSchema):
    filter = fields.Nested(LeadFilter, load_default=dict)


class ListLeads(Page, CountLeads):
    pass
