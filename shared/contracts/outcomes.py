"""Events of the outcomes service (成果采纳反馈档案) that members are credited for."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.opinions import INSTRUCTION_LEVELS

INSTRUCTION = {
    "instruction_id": "instruction-2",
    "outcome_id": "outcome-1",
    "authors": ["m-15-0088"],
    "level": "DISTRICT",
    "occurrence_no": 1,
}
ITEM = {
    "outcome_id": "outcome-1",
    "item_id": "outcome-item-1",
    "authors": ["m-15-0088"],
    "occurrence_no": 1,
}


class Instructed(Data):
    """A leader's instruction; the same `instruction_id` here and in opinions is one fact."""

    instruction_id = fields.Str(required=True)
    outcome_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    occurrence_no = fields.Int(required=True)


class Item(Data):
    """An opinion item, and the members whose suggestion it was."""

    outcome_id = fields.Str(required=True)
    item_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


contract("outcomes", names.OUTCOME_INSTRUCTED, "成果获批示", INSTRUCTION)(Instructed)
contract("outcomes", names.OUTCOME_INSTRUCTION_REVOKED, "成果批示撤销", INSTRUCTION)(Instructed)
contract("outcomes", names.OUTCOME_ITEM_VERIFIED, "意见落实核实", ITEM)(Item)
contract("outcomes", names.OUTCOME_ITEM_REOPENED, "意见重新办理", ITEM)(Item)
