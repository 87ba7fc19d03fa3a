"""Events of the review: what is not filed goes to others (decision 50)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.proposals import COSIGNER, DECIDE_BY, HEADER, ProposalData, ToDecide

REFERRAL: dict[str, Any] = {
    **HEADER,
    "disposition": "TO_REFERENCE",
    "units": ["unit-zjj"],
    "occurrence_no": 1,
}


class Referral(ToDecide):
    """What is not filed, `occurrence_no` of that, and to whom it may go: units, or the office."""

    disposition = fields.Str(required=True)
    units = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


class Referred(Referral):
    """One for each unit; none: a letter, which is the office's."""

    unit = fields.Str(required=True, allow_none=True)


class Received(ProposalData):
    unit = fields.Str(required=True)


class VerdictProposed(ProposalData):
    """The first review; the director decides with it or against it (decision 53)."""

    verdict = fields.Str(required=True)  # FILE | NOT_FILE | MERGE
    category = fields.Str(allow_none=True)
    review_units = fields.List(fields.Str(), required=True)


class WindowReopened(ProposalData):
    """Co-signing is open again; `members` have to confirm the changed text (V10)."""

    window_until = fields.AwareDateTime(required=True)
    members = fields.List(fields.Str(), required=True)


class Commented(ProposalData):
    """A committee on a proposal of its field (decision 53)."""

    committee = fields.Str(required=True)


for _name, _title, _form, _sample in (
    (
        names.PROPOSAL_REFERRAL_ASKED,
        "征求送阅、转信意见",
        Referral,
        {**REFERRAL, "decide_by": DECIDE_BY},
    ),
    (names.PROPOSAL_REFERRAL_REFUSED, "不同意送阅、转信", Referral, REFERRAL),
    (
        names.PROPOSAL_REFERRED,
        "送阅或转信",
        Referred,
        {**REFERRAL, "unit": "unit-zjj", "decide_by": DECIDE_BY},
    ),
    (names.PROPOSAL_REFERRAL_RECEIVED, "确认收到", Received, {**HEADER, "unit": "unit-zjj"}),
    (
        names.PROPOSAL_VERDICT_PROPOSED,
        "提出初审意见",
        VerdictProposed,
        {**HEADER, "verdict": "FILE", "category": "URBAN_RURAL", "review_units": ["unit-zjj"]},
    ),
    (
        names.PROPOSAL_COMMITTEE_COMMENTED,
        "专委会提出意见",
        Commented,
        {**HEADER, "committee": "com-urban"},
    ),
    (
        names.PROPOSAL_COSIGN_WINDOW_REOPENED,
        "重新开放联名",
        WindowReopened,
        {**HEADER, "window_until": "2017-02-22T09:00:00+08:00", "members": [COSIGNER]},
    ),
    (names.PROPOSAL_REFERRAL_ENDED, "送阅、转信终止", Referral, REFERRAL),
):
    contract("proposals", _name, _title, _sample)(_form)
