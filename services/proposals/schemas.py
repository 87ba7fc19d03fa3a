"""Input of the proposals service."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.proposals.domain.assignments import AssignmentState, Lateness, Mode, Part
from services.proposals.domain.evaluation import CloseKind, Grade, HeardBy, Pertinence
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import MOST_AUTHORS, ProposerType
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.replies import Adoption, CommitmentStatus, ReplyClass
from services.proposals.domain.rounds import ContactWay
from services.proposals.domain.states import Category, Mark, Openness, State
from shared.schemas import Choice, Id, InputSchema, Text

LONGEST_FIELD = 20_000  # a draft may be too long for V4; only abuse is refused here


class Number(fields.Int):
    """The position of a part within its proposal, from 1."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(1, 10_000), **options)


class OnProposal(InputSchema):
    proposal_id = Id(required=True)


class OnSignature(OnProposal):
    member_id = Id(required=True)


class MaybeOnSignature(OnProposal):
    member_id = Id(load_default=None, allow_none=True)


class Reasoned(OnProposal):
    reason = Text(0, 1000, load_default="")


class OnLead(Reasoned):
    lead_id = Id(required=True)


class SaveDraft(InputSchema):
    """Fields that are absent stay as they are; without `proposal_id` a new draft begins."""

    proposal_id = Id()
    expected_version = fields.Int(strict=True)
    proposer_type = Choice(ProposerType)
    authors = fields.List(Id(), validate=validate.Length(max=MOST_AUTHORS))
    title = Text(0, 200)
    situation = Text(0, LONGEST_FIELD)
    analysis = Text(0, LONGEST_FIELD)
    suggestions = fields.List(Text(0, LONGEST_FIELD), validate=validate.Length(max=100))
    category = Choice(Category, allow_none=True)
    topics = fields.List(Text(1, 40), validate=validate.Length(max=10))
    advised_units = fields.List(Id(), validate=validate.Length(max=20))
    openness = Choice(Openness)
    openness_reason = Text(0, 500, allow_none=True)
    needs_consult = fields.Bool()
    contact_person = Text(0, 40, allow_none=True)
    contact_phone = Text(0, 30, allow_none=True)
    attachments = fields.List(Id(), validate=validate.Length(max=20))
    declared = fields.Bool()
    classified = fields.Bool()
    lead = Id(allow_none=True)


class EnterOnBehalf(SaveDraft):
    """A paper proposal of a member (decision 18)."""

    member_id = Id(required=True)
    scan = Id(required=True)

    class Meta(InputSchema.Meta):
        exclude = ("proposal_id", "expected_version", "proposer_type")


class ReturnProposal(OnProposal):
    comment = Text(1, 1000, required=True)


class FileProposal(OnProposal):
    review_units = fields.List(Id(), required=True, validate=validate.Length(max=20))
    review_opinion = Text(0, 2000, allow_none=True, load_default=None)
    one_matter = fields.Bool(required=True)


class NotFileProposal(OnProposal):
    reason = Choice(NotFiledReason, required=True)
    disposition = Choice(Disposition, required=True)
    comment = Text(1, 2000, required=True)


class ConfirmAppeal(OnProposal):
    confirmed = fields.Bool(required=True)


class DecideShortfall(OnProposal):
    as_individual = fields.Bool(required=True)


class Decide(Reasoned):
    agreed = fields.Bool(required=True)


class SetCounterStart(InputSchema):
    kind = fields.Str(required=True, validate=validate.OneOf(["SERIAL", "PLENARY", "REGULAR"]))
    term = fields.Int(required=True, strict=True, validate=validate.Range(1, 99))
    session = fields.Int(required=True, strict=True, validate=validate.Range(1, 99))
    first = fields.Int(required=True, strict=True, validate=validate.Range(1, 9999))


class UnitPart(InputSchema):
    unit_id = Id(required=True)
    part = Choice(Part, required=True)


class ProposeAssignment(OnProposal):
    mode = Choice(Mode, required=True)
    units = fields.List(
        fields.Nested(UnitPart), required=True, validate=validate.Length(min=1, max=20)
    )
    note = Text(0, 1000, load_default="")


class RecordContact(OnProposal):
    way = Choice(ContactWay, required=True)
    held_on = fields.Date(required=True)
    reached = fields.Bool(load_default=True)
    people = Text(1, 200, required=True)
    content = Text(0, 4000, load_default="")


class OnContact(OnProposal):
    no = Number(required=True)


class DisputeContact(OnContact):
    reason = Text(1, 1000, required=True)


class CoOpinion(OnProposal):
    text = Text(1, 10_000, required=True)


class AnswerForm(InputSchema):
    suggestion = fields.Int(required=True, strict=True, validate=validate.Range(1, 100))
    adoption = Choice(Adoption, required=True)
    note = Text(0, 2000, load_default="")


class PromiseForm(InputSchema):
    text = Text(1, 1000, required=True)
    due_on = fields.Date(required=True)


class OutcomeForm(InputSchema):
    commitment = Number(required=True)
    status = Choice(CommitmentStatus, required=True)
    note = Text(0, 2000, load_default="")
    proof = fields.List(Id(), load_default=list, validate=validate.Length(max=20))


class SaveReply(OnProposal):
    doc_no = Text(0, 60, load_default="")
    result_class = Choice(ReplyClass, load_default=None, allow_none=True)
    body = Text(0, LONGEST_FIELD, load_default="")
    measures = Text(0, LONGEST_FIELD, load_default="")
    answers = fields.List(
        fields.Nested(AnswerForm), load_default=list, validate=validate.Length(max=100)
    )
    commitments = fields.List(
        fields.Nested(PromiseForm), load_default=list, validate=validate.Length(max=50)
    )
    reason = Text(0, 4000, load_default="")
    proof = fields.List(Id(), load_default=list, validate=validate.Length(max=20))
    outcomes = fields.List(
        fields.Nested(OutcomeForm), load_default=list, validate=validate.Length(max=50)
    )
    contact_person = Text(0, 40, load_default="")
    contact_phone = Text(0, 30, load_default="")


class Commented(OnProposal):
    comment = Text(0, 2000, load_default="")


class SignReply(OnProposal):
    signer = Text(1, 40, required=True)
    in_charge = fields.Bool(load_default=False)


class CheckReply(Commented):
    unit_id = Id(required=True)
    passed = fields.Bool(required=True)
    consent = fields.Bool(load_default=False)


class StateDispute(OnProposal):
    statement = Text(1, 10_000, required=True)
    signer = Text(1, 40, required=True)


class DecideReturn(OnProposal):
    unit_id = Id(required=True)
    accepted = fields.Bool(required=True)
    new_unit_id = Id(load_default=None, allow_none=True)
    reason = Text(0, 2000, load_default="")


class DecideDispute(DecideReturn):
    doc_no = Text(1, 60, required=True)
    decided_on = fields.Date(required=True)


class RequestExtension(OnProposal):
    until = fields.Date(required=True)
    reason = Text(0, 2000, load_default="")


class DecideExtension(OnProposal):
    unit_id = Id(required=True)
    granted = fields.Bool(required=True)
    reason = Text(0, 2000, load_default="")


class RecogniseClass(OnProposal):
    result_class = Choice(ReplyClass, required=True)
    reason = Text(0, 2000, load_default="")


class RenewCommitment(OnProposal):
    no = Number(required=True)
    due_on = fields.Date(required=True)


class ReleaseCommitment(Reasoned):
    no = Number(required=True)


class RecordMediation(OnProposal):
    held_on = fields.Date(required=True)
    leader = Text(1, 40, required=True)
    people = Text(1, 500, required=True)
    minutes = Text(1, LONGEST_FIELD, required=True)
    files = fields.List(Id(), load_default=list, validate=validate.Length(max=20))


class CloseEscalated(OnProposal):
    kind = Choice(CloseKind, required=True)


class LineForm(InputSchema):
    unit_id = Id(required=True)
    attitude = Choice(Grade, required=True)
    result = Choice(Grade, required=True)


class Evaluate(OnProposal):
    lines = fields.List(
        fields.Nested(LineForm), load_default=list, validate=validate.Length(max=20)
    )
    heard_by = Choice(HeardBy, load_default=None, allow_none=True)
    visited = fields.Bool(load_default=None, allow_none=True)
    pertinence = Choice(Pertinence, load_default=None, allow_none=True)
    leader_replied = fields.Bool(load_default=None, allow_none=True)
    comment = Text(0, 4000, load_default="")
    reason = Text(0, 4000, load_default="")


class Filter(InputSchema):
    states = fields.List(Choice(State), validate=validate.Length(max=20))
    proposer_type = Choice(ProposerType)
    category = Choice(Category)
    session_mark = Choice(Mark)
    term = fields.Int(strict=True)
    session = fields.Int(strict=True)
    sector = Text(1, 10)
    first_proposer = Id()
    unit_id = Id()
    assignment_states = fields.List(Choice(AssignmentState), validate=validate.Length(max=10))
    lateness = fields.List(Choice(Lateness), validate=validate.Length(max=3))
    key_states = fields.List(Choice(KeyState), validate=validate.Length(max=10))
    excellent_year = fields.Int(strict=True)
    mine = fields.Bool()
    cosigned = fields.Bool()
    invited = fields.Bool()
    serial_no = Text(1, 40)
    case_no = Text(1, 40)
    text = Text(1, 100)


class Listing(InputSchema):
    filter = fields.Nested(Filter, load_default=dict)
    order_by = fields.Str(
        load_default="UPDATED", validate=validate.OneOf(["UPDATED", "FILED", "SUBMITTED"])
    )
    first = fields.Int(load_default=20, strict=True)
    after = fields.Str(load_default=None, allow_none=True)
    columns = fields.List(
        Text(1, 40), data_key="fields", attribute="fields", load_default=None, allow_none=True
    )


class Counting(InputSchema):
    filter = fields.Nested(Filter, load_default=dict)


class OnProposals(InputSchema):
    proposal_ids = fields.List(Id(), required=True, validate=validate.Length(max=100))


class ByIds(InputSchema):
    ids = fields.List(Id(), required=True, validate=validate.Length(max=100))
    columns = fields.List(
        Text(1, 40), data_key="fields", attribute="fields", load_default=None, allow_none=True
    )


class OfFile(InputSchema):
    file_id = Id(required=True)
    subject = Id(required=True)


class Ids(InputSchema):
    ids = fields.List(Id(), required=True, validate=validate.Length(max=100))


class Similar(InputSchema):
    text = Text(1, LONGEST_FIELD, required=True)
    besides = Id(load_default=None, allow_none=True)
    first = fields.Int(load_default=5, strict=True, validate=validate.Range(1, 20))
