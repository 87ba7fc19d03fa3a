"""Events about key and excellent proposals and plagiarism (points rules F1, F2, G4).

`occurrence_no` counts selections, awards and findings of this proposal; a reversal has that of what
it undoes (decision 31).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.proposals import COSIGNER, DECIDE_BY, HEADER, ProposalData, ToDecide
from shared.contracts.proposals_handling import UNIT

SIGNED: dict[str, Any] = {**HEADER, "cosigners": [COSIGNER], "occurrence_no": 1}
FILED_ON = "2017-02-06T09:00:00+08:00"
AWARD: dict[str, Any] = {**SIGNED, "year": 2017}


class SignedData(ProposalData):
    cosigners = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


class Undone(SignedData):
    reason = fields.Str(required=True)


@contract("proposals", names.PROPOSAL_KEY_NOMINATED, "推荐重点提案", {**HEADER, "nominations": 1})
class KeyNominated(ProposalData):
    """`nominations` counts them so far."""

    nominations = fields.Int(required=True)


contract("proposals", names.PROPOSAL_KEY_SELECTED, "确定重点提案", SIGNED)(SignedData)
contract(
    "proposals",
    names.PROPOSAL_KEY_DESELECTED,
    "取消重点提案",
    {**SIGNED, "reason": "主席会议另行决定"},
)(Undone)


@contract(
    "proposals",
    names.PROPOSAL_KEY_LED,
    "重点提案领办督办",
    {**HEADER, "rank": "CPPCC_LEADER", "member_id": "m-15-0001", "units": [UNIT]},
)
class KeyLed(ProposalData):
    """`rank`: HEAD, DEPUTY_HEAD or CPPCC_LEADER; `member_id` where the leader is a member."""

    rank = fields.Str(required=True)
    member_id = fields.Str(required=True, allow_none=True)
    units = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_KEY_MEETING_HELD,
    "重点提案督办会",
    {**HEADER, "held_on": "2017-05-12", "meeting_no": 1, "units": [UNIT]},
)
class KeyMeetingHeld(ProposalData):
    held_on = fields.Date(required=True)
    meeting_no = fields.Int(required=True)
    units = fields.List(fields.Str(), required=True)


contract("proposals", names.PROPOSAL_KEY_APPRAISED, "重点提案已评议", HEADER)(ProposalData)
contract("proposals", names.PROPOSAL_KEY_DONE, "重点提案办结", HEADER)(ProposalData)
contract("proposals", names.PROPOSAL_PLAGIARISM_DISMISSED, "不认定抄袭", HEADER)(ProposalData)
contract("proposals", names.PROPOSAL_PLAGIARISM_UPHELD, "维持抄袭认定", HEADER)(ProposalData)


@contract("proposals", names.PROPOSAL_EXCELLENT_AWARDED, "评为优秀提案", AWARD)
class ExcellentAwarded(SignedData):
    year = fields.Int(required=True)


@contract(
    "proposals", names.PROPOSAL_AWARD_REVOKED, "撤销优秀提案", {**AWARD, "reason": "认定有误"}
)
class AwardRevoked(Undone):
    year = fields.Int(required=True)


for _name, _title in (
    (names.PROPOSAL_PLAGIARISM_REPORTED, "反映提案抄袭"),
    (names.PROPOSAL_PLAGIARISM_STATED, "提案人陈述"),
    (names.PROPOSAL_PLAGIARISM_DECISION_RETURNED, "抄袭认定意见退回"),
):
    contract("proposals", _name, _title, {**HEADER, "decide_by": DECIDE_BY})(ToDecide)


@contract(
    "proposals",
    names.PROPOSAL_PLAGIARISM_DECISION_PROPOSED,
    "拟定抄袭认定意见",
    {**HEADER, "upheld": True, "decide_by": DECIDE_BY},
)
class PlagiarismDecisionProposed(ToDecide):
    """It stands once a second person has confirmed it."""

    upheld = fields.Bool(required=True)


@contract(
    "proposals",
    names.PROPOSAL_PLAGIARISM_CONFIRMED,
    "认定抄袭",
    {**SIGNED, "filing_no": 1, "filed_on": FILED_ON, "appeal_by": "2017-08-01T09:00:00+08:00"},
)
class PlagiarismConfirmed(SignedData):
    """G4 for the first proposer; filing number `filing_no` no longer counts for anybody.

    `filed_on` says in which year: a deduction belongs to the fact that it punishes.
    """

    filing_no = fields.Int(required=True)
    filed_on = fields.AwareDateTime(allow_none=True)
    appeal_by = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.PROPOSAL_PLAGIARISM_OVERTURNED,
    "撤销抄袭认定",
    {**SIGNED, "occurrence_no": 2, "authors": [], "plagiarism_no": 1, "filed_on": FILED_ON},
)
class PlagiarismOverturned(SignedData):
    """Finding `plagiarism_no` is undone; the filing counts again, as number `occurrence_no`.

    It counts in the year of `filed_on`, where it stood before.
    """

    authors = fields.List(fields.Str(), required=True)
    plagiarism_no = fields.Int(required=True)
    filed_on = fields.AwareDateTime(allow_none=True)
