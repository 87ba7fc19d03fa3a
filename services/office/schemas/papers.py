"""Input of documents, affairs, plans, rules and training."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.office.domain.affairs import AffairKind, AffairState
from services.office.domain.document_kinds import UNCLASSIFIED, Kind, Retention, Urgency
from services.office.domain.incoming import IncomingState
from services.office.domain.outgoing import OutgoingState
from services.office.domain.plans import Duty, PlanState
from services.office.schemas.fields import Page, files, id_list
from shared.schemas import Choice, Id, InputSchema, Text, When

YEARS = validate.Range(2000, 2100, error="年度不正确")
TARGETS = validate.Range(1, 1000, error="目标应为1至1000")
STARS = validate.Range(1, 5, error="评分应为1至5")
MOST_ITEMS = validate.Length(1, 200, error="任务应为1至200项")
ORGANISATIONS = validate.Length(max=200, error="至多200个单位")


def _text(high: int, low: int = 1) -> Text:
    return Text(low, high, required=True)


def _optional(high: int) -> Text:
    return Text(0, high, load_default=None, allow_none=True)


def _day() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True)


def _organisations(**kwargs: Any) -> fields.List[Any]:
    return fields.List(Id(), validate=ORGANISATIONS, **kwargs)


# -- outgoing ------------------------------------------------------------------------------------


class OfDocument(InputSchema):
    document_id = Id(required=True)


class Step(OfDocument):
    note = _optional(500)


class WithReason(OfDocument):
    reason = _text(500)


class ToVolume(OfDocument):
    volume = _text(100)


class Wording(InputSchema):
    title = _text(200)
    text = _text(50_000)
    main = _organisations(required=True)
    copy_to = _organisations(load_default=list)
    urgency = Choice(Urgency, load_default=Urgency.NORMAL)
    classification = Text(1, 20, load_default=UNCLASSIFIED)
    attachments = files(load_default=list)


class Draft(Wording):
    kind = Choice(Kind, required=True)
    retention = Choice(Retention, load_default=Retention.TEN_YEARS)
    for_office = fields.Bool(load_default=False)


class Redraft(OfDocument, Wording):
    pass


class OutgoingFilter(InputSchema):
    state = Choice(OutgoingState, allow_none=True)
    kind = Choice(Kind, allow_none=True)
    year = fields.Int(strict=True, allow_none=True, validate=YEARS)
    recipient = Id(allow_none=True)


class CountOutgoing(InputSchema):
    filter = fields.Nested(OutgoingFilter, load_default=dict)


class ListOutgoing(Page, CountOutgoing):
    pass


# -- incoming ------------------------------------------------------------------------------------


class SignFor(InputSchema):
    title = _text(200)
    sender = Id(load_default=None, allow_none=True)
    sender_name = Text(1, 100, load_default=None, allow_none=True)
    received_on = fields.Date(required=True)
    classification = Text(1, 20, load_default=UNCLASSIFIED)


class Register(OfDocument):
    kind = Choice(Kind, required=True)
    number = Text(0, 50, load_default=None, allow_none=True)
    urgency = Choice(Urgency, load_default=Urgency.NORMAL)
    retention = Choice(Retention, load_default=Retention.TEN_YEARS)
    adopted_on = _day()
    dated_on = _day()
    printed_on = _day()
    addressed_to = Text(0, 1000, load_default="")
    copied_to = Text(0, 1000, load_default="")
    due_at = When(load_default=None, allow_none=True)
    attachments = files(load_default=list)


class Route(OfDocument):
    proposed = _text(1000)


class Instruct(OfDocument):
    instruction = _text(1000)


class Circulate(OfDocument):
    readers = fields.List(
        fields.Str(
            validate=validate.Regexp(r"^(member|account):[^:]{1,128}\Z", error="传阅对象不正确")
        ),
        required=True,
        validate=validate.Length(1, 300, error="传阅对象应为1至300人"),
    )


class Hand(OfDocument):
    handler_id = Id(required=True)


class Note(OfDocument):
    result = _text(2000)


class IncomingFilter(InputSchema):
    state = Choice(IncomingState, allow_none=True)
    urgency = Choice(Urgency, allow_none=True)
    handler = Id(allow_none=True)
    unread = fields.Bool()


class CountIncoming(InputSchema):
    filter = fields.Nested(IncomingFilter, load_default=dict)


class ListIncoming(Page, CountIncoming):
    pass


# -- affairs -------------------------------------------------------------------------------------


class Raise(InputSchema):
    kind = Choice(AffairKind, required=True)
    title = _text(100)
    content = _text(2000)
    office_id = Id(load_default=None, allow_none=True)
    wanted_from = When(load_default=None, allow_none=True)
    wanted_until = When(load_default=None, allow_none=True)
    place = _optional(100)
    people = fields.Int(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 1000, error="人数应为1至1000"),
    )


class OfAffair(InputSchema):
    affair_id = Id(required=True)


class RejectAffair(OfAffair):
    reason = _text(500)


class HandOver(RejectAffair):
    office_id = Id(required=True)


class Finish(OfAffair):
    result = _text(2000)


class Rate(OfAffair):
    stars = fields.Int(strict=True, required=True, validate=STARS)
    comment = _optional(500)


class AffairFilter(InputSchema):
    state = Choice(AffairState, allow_none=True)
    kind = Choice(AffairKind, allow_none=True)
    office = Id(allow_none=True)
    mine = fields.Bool()


class CountAffairs(InputSchema):
    filter = fields.Nested(AffairFilter, load_default=dict)


class ListAffairs(Page, CountAffairs):
    pass


# -- plans ---------------------------------------------------------------------------------------


class Item(InputSchema):
    code = Text(1, 40, required=True)
    point = Text(1, 10, required=True)
    phrase = _text(200)
    target = fields.Int(strict=True, required=True, validate=TARGETS)
    duty = Choice(Duty, required=True)
    source = Text(1, 40, required=True)
    event = Text(1, 80, required=True)
    where = fields.Dict(keys=Text(1, 40), values=Text(1, 80), load_default=dict)
    topics = fields.List(Text(1, 100), load_default=list)


class DraftPlan(InputSchema):
    year = fields.Int(strict=True, required=True, validate=YEARS)
    title = _text(200)
    themes = fields.List(
        Text(1, 100), load_default=list, validate=validate.Length(max=20, error="主题至多20个")
    )
    items = fields.List(fields.Nested(Item), required=True, validate=MOST_ITEMS)


class OfPlan(InputSchema):
    plan_id = Id(required=True)


class Adopt(OfPlan):
    meeting = _text(100)
    on = fields.Date(required=True)


class Send(OfPlan):
    on = _day()


class Forward(OfPlan):
    forwarded_by = _text(100)
    forwarded_on = fields.Date(required=True)
    printed_on = fields.Date(required=True)
    notice_id = Id(load_default=None, allow_none=True)


class Review(OfPlan):
    review = _text(10_000)


class PlanFilter(InputSchema):
    year = fields.Int(strict=True, allow_none=True, validate=YEARS)
    term = fields.Int(strict=True, allow_none=True)
    state = Choice(PlanState, allow_none=True)


class CountPlans(InputSchema):
    filter = fields.Nested(PlanFilter, load_default=dict)


class ListPlans(Page, CountPlans):
    pass


class TraceFilter(OfPlan):
    item = Text(1, 40, required=True)


class CountTraces(InputSchema):
    filter = fields.Nested(TraceFilter, required=True)


class ListTraces(Page, CountTraces):
    pass


# -- rules and training --------------------------------------------------------------------------


class PublishRule(InputSchema):
    rule_id = Id(load_default=None, allow_none=True)
    title = _text(200)
    area = _text(40)
    text = _text(50_000)
    doc_no = _text(50)
    valid_from = fields.Date(required=True)
    attachments = files(load_default=list)


class Repeal(InputSchema):
    rule_id = Id(required=True)
    on = fields.Date(required=True)
    reason = _text(500)


class RuleFilter(InputSchema):
    area = Text(1, 40, allow_none=True)
    in_force = fields.Bool()


class CountRules(InputSchema):
    filter = fields.Nested(RuleFilter, load_default=dict)


class ListRules(Page, CountRules):
    pass


class RecordTraining(InputSchema):
    title = _text(200)
    organiser = _text(100)
    begins_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    half_hours = fields.Int(
        strict=True, required=True, validate=validate.Range(1, 2000, error="学时不正确")
    )
    staff = id_list(required=True)


class WithdrawTraining(InputSchema):
    training_id = Id(required=True)
    reason = _text(500)


class TrainingFilter(InputSchema):
    year = fields.Int(strict=True, allow_none=True, validate=YEARS)
    account_id = Id(allow_none=True)


class CountTrainings(InputSchema):
    filter = fields.Nested(TrainingFilter, load_default=dict)


class ListTrainings(Page, CountTrainings):
    pass


class OfYear(InputSchema):
    year = fields.Int(strict=True, required=True, validate=YEARS)
