"""Input about key and excellent proposals and plagiarism."""

from __future__ import annotations

from marshmallow import fields, validate

from services.proposals.domain.honour_records import Rank
from services.proposals.schemas import LONGEST_FIELD, OnProposal
from shared.schemas import Choice, Id, Text


class Decision(OnProposal):
    doc_no = Text(1, 60, required=True)
    decided_on = fields.Date(required=True)


class NameLeader(OnProposal):
    name = Text(1, 40, required=True)
    rank = Choice(Rank, required=True)
    member_id = Id(load_default=None, allow_none=True)


class KeyMeeting(OnProposal):
    held_on = fields.Date(required=True)
    people = Text(1, 500, required=True)
    minutes = Text(1, LONGEST_FIELD, required=True)
    files = fields.List(Id(), load_default=list, validate=validate.Length(max=20))


class Noted(OnProposal):
    note = Text(1, 2000, required=True)


class AwardExcellent(Decision):
    year = fields.Int(required=True, strict=True, validate=validate.Range(2000, 2100))


class ReportPlagiarism(OnProposal):
    source = Text(1, 500, required=True)
    reason = Text(1, 2000, required=True)


class Stated(OnProposal):
    statement = Text(1, LONGEST_FIELD, required=True)


class DecidePlagiarism(OnProposal):
    upheld = fields.Bool(required=True)
    reason = Text(1, 2000, required=True)


class Confirm(OnProposal):
    confirmed = fields.Bool(required=True)
