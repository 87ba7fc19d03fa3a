"""Input about appraisals and inspections."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.proposals.domain.appraisal import AppraisalState, VoterKind
from services.proposals.domain.ballots import HIGHEST_SCORE
from services.proposals.domain.evaluation import Grade
from services.proposals.domain.inspection import InspectionState
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_CASES, MOST_VOTERS, MOST_ITEMS, MOST_PHOTOS = 50, 200, 20, 50
LONGEST_REPORT = 20_000


def _ids(most: int, low: int = 0, **kwargs: Any) -> fields.List:
    return fields.List(Id(), validate=validate.Length(min=low, max=most), **kwargs)


class OnAppraisal(InputSchema):
    appraisal_id = Id(required=True)


class CaseForm(InputSchema):
    proposal_id = Id(required=True)
    unit_ids = _ids(20, load_default=list)


class PlanAppraisal(InputSchema):
    title = Text(1, 100, required=True)
    held_at = When(required=True)
    place = Text(1, 100, required=True)
    cases = fields.List(
        fields.Nested(CaseForm), required=True, validate=validate.Length(min=1, max=MOST_CASES)
    )


class CancelAppraisal(OnAppraisal):
    reason = Text(1, 1000, required=True)


class VoterForm(InputSchema):
    """A member, an account, or whom a one-time code is given to."""

    kind = Choice(VoterKind, required=True)
    member_id = Id()
    account_id = Id()
    label = Text(1, 60)
    unit_id = Id(allow_none=True)

    @validates_schema
    def _named_once(self, data: dict[str, Any], **_: Any) -> None:
        if sum(name in data for name in ("member_id", "account_id", "label")) != 1:
            raise ValidationError("请填写委员、账号、称谓三者之一", "member_id")


class InviteVoters(OnAppraisal):
    voters = fields.List(
        fields.Nested(VoterForm), required=True, validate=validate.Length(min=1, max=MOST_VOTERS)
    )


class RemoveVoter(OnAppraisal):
    no = fields.Int(required=True, strict=True, validate=validate.Range(1, 100_000))


class BallotLine(InputSchema):
    proposal_id = Id(required=True)
    grade = Choice(Grade, required=True)
    scores = fields.List(
        fields.Int(strict=True, validate=validate.Range(0, HIGHEST_SCORE)),
        required=True,
        validate=validate.Length(max=MOST_ITEMS),
    )


class CastBallot(OnAppraisal):
    lines = fields.List(
        fields.Nested(BallotLine), required=True, validate=validate.Length(min=1, max=MOST_CASES)
    )
    code = Text(1, 40, load_default=None, allow_none=True)


class PublishAppraisal(OnAppraisal):
    public = fields.Bool(required=True)


class OnInspection(InputSchema):
    inspection_id = Id(required=True)


class PlanInspection(InputSchema):
    title = Text(1, 100, required=True)
    held_at = When(required=True)
    place = Text(1, 100, required=True)
    proposal_ids = _ids(MOST_CASES, low=1, required=True)
    participants = _ids(MOST_VOTERS, low=1, required=True)


class HoldInspection(OnInspection):
    held_at = When(required=True)
    participants = _ids(MOST_VOTERS, low=1, required=True)


class FindingForm(InputSchema):
    proposal_id = Id(required=True)
    text = Text(1, 4000, required=True)
    photos = _ids(MOST_PHOTOS, load_default=list)


class SaveFindings(OnInspection):
    findings = fields.List(
        fields.Nested(FindingForm), required=True, validate=validate.Length(min=1, max=MOST_CASES)
    )


class ReportInspection(OnInspection):
    report = Text(1, LONGEST_REPORT, required=True)
    attachments = _ids(20, load_default=list)


class CancelInspection(OnInspection):
    reason = Text(1, 1000, required=True)


class ByIds(InputSchema):
    ids = _ids(100, required=True)


class ByCode(OnAppraisal):
    code = Text(1, 40, required=True)


class AppraisalFilter(InputSchema):
    states = fields.List(Choice(AppraisalState), validate=validate.Length(max=10))
    proposal_id = Id()


class InspectionFilter(InputSchema):
    states = fields.List(Choice(InspectionState), validate=validate.Length(max=10))
    proposal_id = Id()


class NoFilter(InputSchema):
    pass


class CountAppraisals(InputSchema):
    filter = fields.Nested(AppraisalFilter, load_default=dict)


class CountInspections(InputSchema):
    filter = fields.Nested(InspectionFilter, load_default=dict)


class CountCandidates(InputSchema):
    filter = fields.Nested(NoFilter, load_default=dict)


class _Page(InputSchema):
    first = fields.Int(load_default=20, strict=True)
    after = fields.Str(load_default=None, allow_none=True)


class ListAppraisals(CountAppraisals, _Page):
    pass


class ListInspections(CountInspections, _Page):
    pass


class ListCandidates(CountCandidates, _Page):
    columns = fields.List(
        Text(1, 40), data_key="fields", attribute="fields", load_default=None, allow_none=True
    )
