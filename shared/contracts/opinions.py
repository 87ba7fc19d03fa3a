"""Events of the opinions service (社情民意) that members are credited for."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract

LEVELS = ("CITY", "PROVINCE", "NATION")
INSTRUCTION_LEVELS = ("DISTRICT", *LEVELS)

OPINION = {"opinion_id": "opinion-1", "authors": ["m-15-0140"], "occurrence_no": 1}


class Opinion(Data):
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)  # member ids; the source is protected
    occurrence_no = fields.Int(required=True)


class Issued(Opinion):
    """Each item of a combined issue has an event of its own."""

    form = fields.Str(required=True, validate=validate.OneOf(("SINGLE", "COMBINED")))


class Adopted(Opinion):
    level = fields.Str(required=True, validate=validate.OneOf(LEVELS))


class Instructed(Data):
    """A leader's instruction; the same `instruction_id` here and in outcomes is one fact."""

    instruction_id = fields.Str(required=True)
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    occurrence_no = fields.Int(required=True)


CITY = {**OPINION, "level": "CITY"}
INSTRUCTION = {**OPINION, "instruction_id": "instruction-1", "level": "DISTRICT"}

contract("opinions", names.OPINION_SUBMITTED, "社情民意提交", OPINION)(Opinion)
contract("opinions", names.OPINION_WITHDRAWN, "社情民意撤回", OPINION)(Opinion)
contract("opinions", names.OPINION_ISSUED, "社情民意编报", {**OPINION, "form": "SINGLE"})(Issued)
contract(
    "opinions", names.OPINION_ISSUE_REVOKED, "社情民意撤销编报", {**OPINION, "form": "SINGLE"}
)(Issued)
contract("opinions", names.OPINION_ADOPTED, "社情民意上级采用", CITY)(Adopted)
contract("opinions", names.OPINION_ADOPTION_REVOKED, "社情民意撤销采用", CITY)(Adopted)
contract("opinions", names.OPINION_INSTRUCTED, "社情民意获批示", INSTRUCTION)(Instructed)
contract("opinions", names.OPINION_INSTRUCTION_REVOKED, "社情民意批示撤销", INSTRUCTION)(Instructed)
