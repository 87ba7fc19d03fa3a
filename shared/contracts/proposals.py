"""Events of the proposals service up to filing, and the reversals that undo a filing.

`subject` of the envelope is the proposal; `data` names the part (decision 8). The proposal's
title travels, so that messages can name it; people travel as member ids only.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from shared.contracts import names
from shared.contracts.base import Data, MemberGroups, contract

FIRST = "m-15-0088"
COSIGNER = "m-15-0031"
HEADER: dict[str, Any] = {
    "proposal_id": "proposal-1",
    "title": "关于加强老旧住宅小区二次供水的建议",
    "proposer_type": "JOINT",
    "first_proposer": FIRST,
}
DECIDE_BY = "2017-03-13T09:00:00+08:00"
GROUPS: dict[str, Any] = {"sector": "22", "town": "town-songling", "party": None, "committees": []}


class ProposalData(Data):
    """What every proposal event carries."""

    proposal_id = fields.Str(required=True)
    title = fields.Str(required=True)
    proposer_type = fields.Str(required=True)
    first_proposer = fields.Str(required=True, allow_none=True)  # none: a collective without one
    organisation = fields.Str(allow_none=True)  # of a collective proposal
    side = fields.Str()  # PARTY or GOVERNMENT, by the main unit (decision 45)


class ToDecide(ProposalData):
    """Somebody must decide, until `decide_by` (decision 41)."""

    decide_by = fields.AwareDateTime()


class CosignData(ProposalData):
    """An event about one co-signature; `occurrence_no` counts this member's invitations."""

    member_id = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)
    confirmed_count = fields.Int(required=True)  # confirmed co-signers after this event


def _cosign(name: str, title: str, confirmed: int) -> None:
    data = {**HEADER, "member_id": COSIGNER, "occurrence_no": 1, "confirmed_count": confirmed}
    contract("proposals", name, title, data)(CosignData)


_cosign(names.PROPOSAL_COSIGN_INVITED, "邀请联名", 0)
_cosign(names.PROPOSAL_COSIGN_CONFIRMED, "确认联名", 1)
_cosign(names.PROPOSAL_COSIGN_DECLINED, "谢绝联名", 0)
_cosign(names.PROPOSAL_COSIGN_CANCELLED, "取消联名邀请", 0)
_cosign(names.PROPOSAL_COSIGN_EXPIRED, "联名邀请过期", 0)
_cosign(names.PROPOSAL_COSIGN_WITHDRAWN, "撤回联名", 0)
_cosign(names.PROPOSAL_COSIGN_RECONFIRM_NEEDED, "需重新确认联名", 0)


@contract(
    "proposals",
    names.PROPOSAL_COSIGN_SHORTFALL_OPENED,
    "联名人数不足",
    {**HEADER, "decide_by": "2017-02-09T09:00:00+08:00"},
)
class ShortfallOpened(ProposalData):
    """Fewer than V6 asks for: the first proposer decides until `decide_by` (decision 22)."""

    decide_by = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.PROPOSAL_COSIGN_SHORTFALL_DECIDED,
    "联名人数不足已决定",
    {**HEADER, "decision": "INDIVIDUAL", "proposer_type": "INDIVIDUAL"},
)
class ShortfallDecided(ProposalData):
    decision = fields.Str(required=True)  # INDIVIDUAL | RETURNED


@contract(
    "proposals",
    names.PROPOSAL_ENTRY_CONFIRMATION_REQUESTED,
    "代录提案待确认",
    {**HEADER, "member_id": FIRST},
)
class EntryConfirmationRequested(ProposalData):
    """A paper proposal, entered on the member's behalf, waits for the member (decision 18)."""

    member_id = fields.Str(required=True)


contract(
    "proposals", names.PROPOSAL_ENTRY_CONFIRMED, "代录提案已确认", {**HEADER, "member_id": FIRST}
)(EntryConfirmationRequested)

SEAL = {
    **HEADER,
    "proposer_type": "PARTY",
    "organisation": "org-minjian",
    "role": "ORG_HEAD",
    "scope": {"organisation": "org-minjian"},
}


class SealData(ProposalData):
    """V7, V8: the organisation's head, or the convener, confirms a collective proposal."""

    role = fields.Str(required=True)  # who may seal
    scope = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)


contract("proposals", names.PROPOSAL_SEAL_REQUESTED, "集体提案待盖章确认", SEAL)(SealData)
contract("proposals", names.PROPOSAL_SEALED, "集体提案已盖章确认", SEAL)(SealData)


class AuthorData(ProposalData):
    """A member who is named as a main author of a collective proposal (B4)."""

    member_id = fields.Str(required=True)


class AuthorAnswered(AuthorData):
    agreed = fields.Bool(required=True)


NAMED = {**HEADER, "member_id": COSIGNER}
contract("proposals", names.PROPOSAL_AUTHOR_NAMED, "列为集体提案执笔人", NAMED)(AuthorData)
contract("proposals", names.PROPOSAL_AUTHOR_DROPPED, "不再列为执笔人", NAMED)(AuthorData)
contract(
    "proposals",
    names.PROPOSAL_AUTHOR_ANSWERED,
    "执笔人答复",
    {**NAMED, "agreed": True},
)(AuthorAnswered)
contract("proposals", names.PROPOSAL_DISCARDED, "放弃草稿", HEADER)(ProposalData)


@contract(
    "proposals",
    names.PROPOSAL_SUBMITTED,
    "提交提案",
    {
        **HEADER,
        "serial_no": "T15-1-0315",
        "revision": 1,
        "session": 1,
        "session_mark": "PLENARY",
        "category": "URBAN_RURAL",
        "topic_codes": ["WATER"],
        "cosigners": [COSIGNER],
        "groups": GROUPS,
        "review_due_at": "2017-02-20T09:00:00+08:00",
    },
)
class ProposalSubmitted(ProposalData):
    serial_no = fields.Str(required=True)
    revision = fields.Int(required=True)
    session = fields.Int(required=True)
    session_mark = fields.Str(required=True)
    category = fields.Str(required=True)
    topic_codes = fields.List(fields.Str())  # of the taxonomy
    cosigners = fields.List(fields.Str(), required=True)  # confirmed ones only
    groups = fields.Nested(MemberGroups(partial=True))  # of the first proposer
    review_due_at = fields.AwareDateTime()  # DL1


@contract(
    "proposals",
    names.PROPOSAL_REVIEW_STARTED,
    "开始审查",
    {**HEADER, "review_due_at": "2017-02-20T09:00:00+08:00", "committees": ["com-urban"]},
)
class ReviewStarted(ProposalData):
    """T3. `committees`: in whose field it lies; they may comment (decision 53)."""

    committees = fields.List(fields.Str())
    review_due_at = fields.AwareDateTime(allow_none=True)  # DL1


@contract(
    "proposals",
    names.PROPOSAL_RETURNED,
    "退回修改",
    {
        **HEADER,
        "comment": "请将三条建议分别写明责任单位",
        "window_until": "2017-02-15T09:00:00+08:00",
        "resubmit_by": "2017-04-09T09:00:00+08:00",
    },
)
class ProposalReturned(ProposalData):
    """T4. What is not submitted again until `resubmit_by` is withdrawn (decision 41)."""

    comment = fields.Str(required=True)
    resubmit_by = fields.AwareDateTime()
    window_until = fields.AwareDateTime(required=True)  # co-signing is open again until then
    by_system = fields.Bool()


class Origin(Schema):
    """What a proposal was made from: kind LEAD, and the lead's id."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.Str(required=True)
    ref = fields.Str(required=True)


@contract(
    "proposals",
    names.PROPOSAL_FILED,
    "立案",
    {
        **HEADER,
        "serial_no": "T15-1-0315",
        "case_no": "15-1-023",
        "session": 1,
        "session_mark": "PLENARY",
        "category": "URBAN_RURAL",
        "topic_codes": ["WATER"],
        "cosigners": [COSIGNER, "m-15-0140"],
        "authors": [],
        "openness": "OPEN",
        "occurrence_no": 1,
        "review_units": ["unit-zjj"],
        "groups": GROUPS,
    },
)
class ProposalFiled(ProposalData):
    serial_no = fields.Str(required=True)
    case_no = fields.Str(required=True)
    session = fields.Int(required=True)
    session_mark = fields.Str(required=True)
    category = fields.Str(required=True)
    topic_codes = fields.List(fields.Str())  # of the taxonomy
    cosigners = fields.List(fields.Str(), required=True)  # confirmed ones only
    authors = fields.List(fields.Str(), required=True)  # named main authors of a collective
    openness = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)  # how often this proposal has been filed, from 1
    review_units = fields.List(fields.Str())
    groups = fields.Nested(MemberGroups(partial=True))
    undoes_not_filed = fields.Int()  # occurrence of the not-filing that an appeal undid; 0: none
    origin = fields.Nested(Origin)


@contract(
    "proposals",
    names.PROPOSAL_MERGED,
    "并案",
    {
        **HEADER,
        "serial_no": "T15-1-0315",
        "lead": "proposal-2",
        "case_no": "15-1-021",
        "reason": "同为二次供水改造",
        "was_filed": False,
        "session": 1,
        "session_mark": "PLENARY",
        "category": "URBAN_RURAL",
        "topic_codes": ["WATER"],
        "cosigners": [COSIGNER, "m-15-0140"],
        "authors": [],
        "occurrence_no": 1,
        "groups": GROUPS,
        "undoes_not_filed": 0,
    },
)
class ProposalMerged(ProposalData):
    """T7: it follows `lead`, whose case number this is.

    Without `was_filed` it counts as filed by this, as filing number `occurrence_no` (B1–B4).
    """

    serial_no = fields.Str(required=True)
    lead = fields.Str(required=True)
    case_no = fields.Str(required=True)
    reason = fields.Str(required=True)
    was_filed = fields.Bool(required=True)
    session = fields.Int(required=True)
    session_mark = fields.Str(required=True)
    category = fields.Str(required=True)
    topic_codes = fields.List(fields.Str())  # of the taxonomy
    cosigners = fields.List(fields.Str(), required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)
    groups = fields.Nested(MemberGroups(partial=True))
    undoes_not_filed = fields.Int()
    origin = fields.Nested(Origin)


@contract(
    "proposals",
    names.PROPOSAL_LEAD_NAMED,
    "另定主案",
    {**HEADER, "former_lead": "proposal-2", "case_no": "15-1-023", "reason": "主案拟撤案"},
)
class LeadNamed(ProposalData):
    """Decision 24: this one leads the case from now on."""

    former_lead = fields.Str(required=True)
    case_no = fields.Str(required=True)
    reason = fields.Str(required=True)


class Undone(ProposalData):
    """Undoes the filing number `occurrence_no`."""

    serial_no = fields.Str(allow_none=True)
    case_no = fields.Str(allow_none=True)
    cosigners = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)
    reason = fields.Str(allow_none=True)


class Withdrawn(Undone):
    """T9. `was_filed` false: nothing was earned and `occurrence_no` is 0.

    `by_system`: it was returned, and not submitted again in time (decision 41).
    """

    was_filed = fields.Bool(required=True)
    by_system = fields.Bool()


class FilingRevoked(Undone):
    """T26: it is reviewed anew, until `review_due_at` (DL1)."""

    review_due_at = fields.AwareDateTime()


UNDONE = {
    **HEADER,
    "serial_no": "T15-1-0315",
    "case_no": "15-1-023",
    "cosigners": [COSIGNER, "m-15-0140"],
    "occurrence_no": 1,
    "reason": "情况已变化",
}
contract(
    "proposals",
    names.PROPOSAL_FILING_REVOKED,
    "撤销立案",
    {**UNDONE, "review_due_at": "2017-03-20T09:00:00+08:00"},
)(FilingRevoked)
contract(
    "proposals",
    names.PROPOSAL_WITHDRAWN,
    "撤案",
    {**UNDONE, "was_filed": True, "by_system": False},
)(Withdrawn)


@contract(
    "proposals",
    names.PROPOSAL_FILES_CHANGED,
    "提案所附文件变化",
    {**HEADER, "attached": ["file-1"], "detached": []},
)
class FilesChanged(ProposalData):
    """The proposal now holds the files `attached`, and no longer those `detached` (decision 20).

    Between two events of one proposal the later version decides about a file.
    """

    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_WITHDRAWAL_REQUESTED,
    "申请撤案",
    {**HEADER, "reason": "情况已变化", "occurrence_no": 1, "decide_by": DECIDE_BY},
)
class WithdrawalRequested(ProposalData):
    """Decision 23: after filing the director decides; `occurrence_no` counts the requests."""

    reason = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)
    decide_by = fields.AwareDateTime()  # decision 41; in the request only


contract(
    "proposals",
    names.PROPOSAL_WITHDRAWAL_REFUSED,
    "不同意撤案",
    {**HEADER, "reason": "办理已有进展", "occurrence_no": 1},
)(WithdrawalRequested)


class TurnedOver(Schema):
    """The proposer's own words, for a draft of the proposer's."""

    class Meta:
        unknown = EXCLUDE

    situation = fields.Str(required=True)
    suggestions = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.PROPOSAL_NOT_FILED,
    "不予立案",
    {
        **HEADER,
        "serial_no": "T15-1-0315",
        "reason": "NF10",
        "disposition": "TO_SCPO",
        "occurrence_no": 1,
        "cosigners": [COSIGNER],
        "groups": GROUPS,
        "appeal_by": "2017-03-05T09:00:00+08:00",
        "text": {
            "situation": "全区仍有一批老旧住宅小区使用屋顶水箱。",
            "suggestions": ["完善管理"],
        },
        "topic_codes": [],
    },
)
class NotFiled(ProposalData):
    """T8. `disposition` TO_SCPO is for the opinions service, which opens a draft of it: of
    these alone the text goes with the event."""

    serial_no = fields.Str(required=True)
    reason = fields.Str(required=True)  # NF01–NF12 (V14)
    disposition = fields.Str(required=True)  # TO_SCPO | TO_REFERENCE | TO_LETTER
    occurrence_no = fields.Int(required=True)
    cosigners = fields.List(fields.Str(), required=True)
    groups = fields.Nested(MemberGroups(partial=True))
    appeal_by = fields.AwareDateTime(required=True)
    text = fields.Nested(TurnedOver)
    topic_codes = fields.List(fields.Str())


@contract(
    "proposals",
    names.PROPOSAL_APPEAL_REQUESTED,
    "申请复议",
    {**HEADER, "reason": "建议是具体的，见第二条", "decide_by": DECIDE_BY},
)
class AppealRequested(ToDecide):
    reason = fields.Str(required=True)


@contract(
    "proposals",
    names.PROPOSAL_APPEAL_DECISION_PROPOSED,
    "拟定复议决定",
    {**HEADER, "agreed": True, "decide_by": DECIDE_BY},
)
class AppealDecisionProposed(ToDecide):
    """It stands once a second person has confirmed it (decision 28)."""

    agreed = fields.Bool(required=True)


contract(
    "proposals",
    names.PROPOSAL_APPEAL_DECISION_RETURNED,
    "复议决定退回",
    {**HEADER, "decide_by": DECIDE_BY},
)(ToDecide)


@contract(
    "proposals",
    names.PROPOSAL_APPEAL_DECIDED,
    "复议决定",
    {
        **HEADER,
        "agreed": True,
        "reason": "建议具体可行",
        "review_due_at": "2017-03-20T09:00:00+08:00",
    },
)
class AppealDecided(ProposalData):
    """T25: what was agreed to is reviewed anew, until `review_due_at` (DL1)."""

    agreed = fields.Bool(required=True)
    reason = fields.Str(required=True)
    review_due_at = fields.AwareDateTime()
