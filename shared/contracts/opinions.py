"""Events of the opinions service (社情民意) that members are credited for."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.sides import Side

LEVELS = ("CITY", "PROVINCE", "NATION")
INSTRUCTION_LEVELS = ("DISTRICT", *LEVELS)
FORMS = ("SINGLE", "COMBINED")
ORIGINS = ("PROPOSAL", "CONTACT", "RECEPTION")
CHANNELS = ("MEMBER", "COMMITTEE", "TOWN", "SECTOR", "PARTY", "SUPERVISOR")

# A fact of an item; member ids are for crediting and telling, names never travel.
OPINION: dict[str, Any] = {"opinion_id": "opinion-1", "authors": ["m-15-0140"], "occurrence_no": 1}
MORE: dict[str, Any] = {
    "title": "关于取水口水质异常的建议",
    "organisations": ["town-lili"],
    "origin": None,
    "account": None,
}
ISSUE_NO = "社情民意 2017年第35期"
DUE = "2017-02-06T23:59:00+08:00"


class OriginData(Schema):
    """What it was made from, as its owner names it: a proposal, or a lead of liaison."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.Str(required=True, validate=validate.OneOf(ORIGINS))
    ref = fields.Str(required=True)


class Told(Data):
    """organisations: who reported it, besides the authors, and is told as they are; account: of
    who reported it and is neither."""

    title = fields.Str()
    organisations = fields.List(fields.Str())
    origin = fields.Nested(OriginData, allow_none=True)
    account = fields.Str(allow_none=True)


class Opinion(Told):
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)  # member ids; the source is protected
    occurrence_no = fields.Int(required=True)


class Submitted(Opinion):
    """Sent again after a return it has the same occurrence: it is credited once."""

    channel = fields.Str(validate=validate.OneOf(CHANNELS))
    urgent = fields.Bool()
    edit_due_at = fields.AwareDateTime(allow_none=True)


class Withdrawn(Opinion):
    reason = fields.Str()


class Issued(Opinion):
    """Each item of a combined issue has an event of its own; `lead` is the item it is in."""

    form = fields.Str(required=True, validate=validate.OneOf(FORMS))
    issue_no = fields.Str()
    lead = fields.Str()
    urgent = fields.Bool()
    deliver_due_at = fields.AwareDateTime(allow_none=True)


class IssueRevoked(Opinion):
    form = fields.Str(required=True, validate=validate.OneOf(FORMS))
    issue_no = fields.Str()
    lead = fields.Str()
    reason = fields.Str()
    edit_due_at = fields.AwareDateTime(allow_none=True)


class Adopted(Opinion):
    level = fields.Str(required=True, validate=validate.OneOf(LEVELS))
    form = fields.Str(validate=validate.OneOf(FORMS))
    used_by = fields.Str()
    adopted_on = fields.AwareDateTime()


class AdoptionRevoked(Opinion):
    level = fields.Str(required=True, validate=validate.OneOf(LEVELS))
    reason = fields.Str()


class Instructed(Told):
    """A leader's instruction; the same `instruction_id` here and in outcomes is one fact.

    leader: name and office as recorded; unit: who is responsible by it, if it says; sides: whose
    leaders have the item.
    """

    instruction_id = fields.Str(required=True)
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    occurrence_no = fields.Int(required=True)
    topics = fields.List(fields.Str())
    leader = fields.Str()
    text = fields.Str()
    instructed_on = fields.AwareDateTime()
    unit = fields.Str(allow_none=True)
    sides = fields.List(fields.Str(validate=validate.OneOf([side.value for side in Side])))


class InstructionRevoked(Told):
    instruction_id = fields.Str(required=True)
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    occurrence_no = fields.Int(required=True)
    reason = fields.Str()


_SUBMITTED = {**OPINION, **MORE, "channel": "MEMBER", "urgent": True, "edit_due_at": DUE}
_ISSUE = {**OPINION, **MORE, "form": "SINGLE", "issue_no": ISSUE_NO, "lead": "opinion-1"}
_CITY = {**OPINION, **MORE, "level": "CITY"}
_USE = {"form": "SINGLE", "used_by": "市政协《社情民意》", "adopted_on": DUE}
_INSTRUCTION = {**OPINION, **MORE, "instruction_id": "instruction-1", "level": "DISTRICT"}
INSTRUCTION: dict[str, Any] = {
    **_INSTRUCTION,
    "topics": ["WATER"],
    "leader": "区委书记",
    "text": "请水利局立即核查，确保供水安全。",
    "instructed_on": DUE,
    "unit": None,
    "sides": ["PARTY"],
}
_REASON = {"reason": "市政协来函更正"}

contract("opinions", names.OPINION_SUBMITTED, "社情民意提交", _SUBMITTED)(Submitted)
contract(
    "opinions",
    names.OPINION_WITHDRAWN,
    "社情民意撤回",
    {**OPINION, **MORE, "reason": "情况已解决"},
)(Withdrawn)
contract(
    "opinions",
    names.OPINION_ISSUED,
    "社情民意编报",
    {**_ISSUE, "urgent": True, "deliver_due_at": DUE},
)(Issued)
contract(
    "opinions",
    names.OPINION_ISSUE_REVOKED,
    "社情民意撤销编报",
    {**_ISSUE, "reason": "内容有误", "edit_due_at": DUE},
)(IssueRevoked)
contract("opinions", names.OPINION_ADOPTED, "社情民意上级采用", {**_CITY, **_USE})(Adopted)
contract("opinions", names.OPINION_ADOPTION_REVOKED, "社情民意撤销采用", {**_CITY, **_REASON})(
    AdoptionRevoked
)
contract("opinions", names.OPINION_INSTRUCTED, "社情民意获批示", INSTRUCTION)(Instructed)
contract(
    "opinions",
    names.OPINION_INSTRUCTION_REVOKED,
    "社情民意批示撤销",
    {**_INSTRUCTION, **_REASON},
)(InstructionRevoked)
