"""Events of the performance service."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

ENTRY: dict[str, Any] = {
    "entry_id": "B3:proposal/proposal-1/filed:m-15-0031:1",
    "member_id": "m-15-0031",
    "year": 2017,
    "rule_code": "B3",
    "rule_version": 1,
    "rule_label": "联名提案立案（联名人）",
    "points": 2,
    "source_ref": "proposal/proposal-1/filed",
    "occurrence_no": 1,
}


class EntryPosted(Data):
    """One ledger entry; `points` is the rule's base value, before first/further and caps."""

    entry_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    year = fields.Int(required=True)
    rule_code = fields.Str(required=True)
    rule_version = fields.Int(required=True)
    rule_label = fields.Str()  # the rule's Chinese name, for messages
    points = fields.Float(required=True)
    source_ref = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)


class EntryReversed(EntryPosted):
    """The entry with the opposite sign that undoes an earlier one."""

    reverses_entry_id = fields.Str(required=True)


contract("performance", names.PERFORMANCE_ENTRY_POSTED, "履职记分", ENTRY)(EntryPosted)
contract(
    "performance",
    names.PERFORMANCE_ENTRY_REVERSED,
    "履职记分冲销",
    {
        **ENTRY,
        "entry_id": f"{ENTRY['entry_id']}:undo",
        "points": -2,
        "reverses_entry_id": ENTRY["entry_id"],
    },
)(EntryReversed)
