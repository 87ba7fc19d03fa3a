"""Events of decision 54: units change places, the proposal committee objects."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.proposals import DECIDE_BY
from shared.contracts.proposals_handling import SHARE, UNIT, ShareData

OTHER = "unit-slj"


class SwapProposed(ShareData):
    """One for each of the two units, which say whether they consent."""

    main = fields.Str(required=True)  # the main unit before
    co = fields.Str(required=True)
    reason = fields.Str(required=True)
    decide_by = fields.AwareDateTime()


class SwapAnswered(ShareData):
    agreed = fields.Bool(required=True)
    reason = fields.Str(required=True)
    units = fields.List(fields.Str(), required=True)  # both


class PartsSwapped(ShareData):
    """The share is that of the main unit from now on; `former` co-handles.

    signed_for: those of the two that have signed for it.
    """

    former = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)
    co_due_at = fields.AwareDateTime(required=True)
    signed_for = fields.List(fields.Str(), required=True)


class Objected(ShareData):
    """The proposal committee, to what the supervising office decided: RETURN or REPLY."""

    about = fields.Str(required=True)
    objection_no = fields.Int(required=True)
    reason = fields.Str(required=True)
    decide_by = fields.AwareDateTime()


class ObjectionAnswered(ShareData):
    about = fields.Str(required=True)
    objection_no = fields.Int(required=True)
    upheld = fields.Bool(required=True)
    reason = fields.Str(required=True)


OBJECTION = {**SHARE, "about": "REPLY", "objection_no": 1, "reason": "第二条未答复"}
for _name, _title, _form, _sample in (
    (
        names.ASSIGNMENT_SWAP_PROPOSED,
        "拟互换主办会办",
        SwapProposed,
        {**SHARE, "main": UNIT, "co": OTHER, "reason": "以管网为主", "decide_by": DECIDE_BY},
    ),
    (
        names.ASSIGNMENT_SWAP_ANSWERED,
        "答复互换主办会办",
        SwapAnswered,
        {**SHARE, "agreed": True, "reason": "", "units": [UNIT, OTHER]},
    ),
    (
        names.ASSIGNMENT_PARTS_SWAPPED,
        "主办会办已互换",
        PartsSwapped,
        {
            **SHARE,
            "former": OTHER,
            "due_at": "2017-06-01T09:00:00+08:00",
            "co_due_at": "2017-04-01T09:00:00+08:00",
            "signed_for": [UNIT, OTHER],
        },
    ),
    (names.ASSIGNMENT_OBJECTED, "提案委提出异议", Objected, {**OBJECTION, "decide_by": DECIDE_BY}),
    (
        names.ASSIGNMENT_OBJECTION_ANSWERED,
        "答复提案委异议",
        ObjectionAnswered,
        {**OBJECTION, "upheld": True},
    ),
):
    contract("proposals", _name, _title, _sample)(_form)
