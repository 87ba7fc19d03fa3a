"""Events of the performance service."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

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


MANUAL: dict[str, Any] = {
    "request_id": "manual-1",
    "kind": "POST",
    "member_id": "m-15-0088",
    "year": 2017,
    "rule_code": "C1",
    "variant": "",
    "quantity": 1,
    "out_of": 1,
    "happened_on": "2017-03-01T09:00:00+08:00",
    "entry_id": None,
    "requested_by": "account-1",
    "occurrence_no": 1,
}
RULES: dict[str, Any] = {"version": 2, "active_from": "2018-01-01"}
APPEAL: dict[str, Any] = {"appeal_id": "appeal-1", "member_id": "m-15-0088", "year": 2017}
LATE: dict[str, Any] = {
    "entry_id": ENTRY["entry_id"],
    "member_id": ENTRY["member_id"],
    "year": ENTRY["year"],
}


class ManualEntry(Data):
    """POST: a fact credited by hand under a rule; STRIKE: the entry `entry_id` is taken back."""

    request_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(("POST", "STRIKE")))
    member_id = fields.Str(required=True)
    year = fields.Int(required=True)
    rule_code = fields.Str(required=True)
    variant = fields.Str(required=True)
    quantity = fields.Int(required=True)
    out_of = fields.Int(required=True)
    happened_on = fields.AwareDateTime(required=True)
    entry_id = fields.Str(required=True, allow_none=True)
    requested_by = fields.Str(required=True)  # the account; somebody else decides
    occurrence_no = fields.Int(required=True)


class ManualEntryDecided(ManualEntry):
    confirmed = fields.Bool(required=True)


class Rules(Data):
    version = fields.Int(required=True)
    active_from = fields.Date(required=True)


class RulesDecided(Rules):
    approved = fields.Bool(required=True)
    document_no = fields.Str(allow_none=True)


class DraftPublished(Data):
    """The year's points are open to appeal until `appeal_until`."""

    year = fields.Int(required=True)
    appeal_until = fields.AwareDateTime(required=True)


class Appeal(Data):
    appeal_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    year = fields.Int(required=True)


class AppealDecided(Appeal):
    upheld = fields.Bool(required=True)


class YearFrozen(Data):
    """The signed snapshot of a year; `digest` is SHA-256 in hex over all its sheets."""

    year = fields.Int(required=True)
    members = fields.Int(required=True)
    digest = fields.Str(required=True)


class LateChange(Data):
    """An entry that came to a frozen year."""

    entry_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    year = fields.Int(required=True)


class LateChangeDecided(LateChange):
    approved = fields.Bool(required=True)


TALK: dict[str, Any] = {
    "talk_id": "2017:m-15-0088",
    "member_id": "m-15-0088",
    "year": 2017,
    "in_a_row": 1,
    "sector_group": "group-22",
    "by_leadership": False,
}


class Talk(Data):
    """A year ended "to improve"; from the second year running on the leadership talks."""

    talk_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    year = fields.Int(required=True)
    in_a_row = fields.Int(required=True)
    sector_group = fields.Str(required=True, allow_none=True)
    by_leadership = fields.Bool(required=True)


_OWN: list[tuple[str, str, dict[str, Any], type[Data]]] = [
    (names.PERFORMANCE_MANUAL_ENTRY_REQUESTED, "人工记分申请", MANUAL, ManualEntry),
    (
        names.PERFORMANCE_MANUAL_ENTRY_DECIDED,
        "人工记分复核",
        {**MANUAL, "confirmed": True},
        ManualEntryDecided,
    ),
    (names.PERFORMANCE_RULES_PROPOSED, "积分办法拟订", RULES, Rules),
    (
        names.PERFORMANCE_RULES_DECIDED,
        "积分办法审定",
        {**RULES, "approved": True, "document_no": "吴政协〔2017〕9号"},
        RulesDecided,
    ),
    (
        names.PERFORMANCE_DRAFT_PUBLISHED,
        "年度积分公示",
        {"year": 2017, "appeal_until": "2018-01-31T00:00:00+08:00"},
        DraftPublished,
    ),
    (names.PERFORMANCE_APPEAL_SUBMITTED, "积分申诉", APPEAL, Appeal),
    (names.PERFORMANCE_APPEAL_WITHDRAWN, "积分申诉撤回", APPEAL, Appeal),
    (
        names.PERFORMANCE_APPEAL_DECIDED,
        "积分申诉答复",
        {**APPEAL, "upheld": True},
        AppealDecided,
    ),
    (
        names.PERFORMANCE_YEAR_FROZEN,
        "年度积分封存",
        {"year": 2017, "members": 300, "digest": "0" * 64},
        YearFrozen,
    ),
    (names.PERFORMANCE_TALK_DUE, "履职谈话待办", TALK, Talk),
    (names.PERFORMANCE_TALK_HELD, "履职谈话", TALK, Talk),
    (names.PERFORMANCE_LATE_CHANGE_LISTED, "封存后变动", LATE, LateChange),
    (
        names.PERFORMANCE_LATE_CHANGE_DECIDED,
        "封存后变动审定",
        {**LATE, "approved": True},
        LateChangeDecided,
    ),
]
for _name, _title, _sample, _schema in _OWN:
    contract("performance", _name, _title, _sample)(_schema)
