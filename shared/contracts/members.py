"""Events of the members service. Group codes travel, names and contacts never (decision 9)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, MemberGroups, contract

GROUPS = {
    "sector": "22",
    "sector_group": "group-22",
    "committees": ["com-economy"],
    "town": "town-songling",
    "party": None,
    "organisations": [],
    "standing": False,
    "inside_system": False,
    "new": True,
}

MEMBER: dict[str, Any] = {
    "member_id": "m-15-0088",
    "person_id": "p-15-0088",
    "member_no": "15-0088",
    "state": "ACTIVE",
    "joined_via": "TERM_START",
    "joined_on": "2017-01-04T00:00:00+08:00",
    "not_scored": False,
    "overseas": False,
    "posts": [],
    "groups": GROUPS,
}


class MemberData(Data):
    """The full state of a membership, as codes; every member event carries it."""

    member_id = fields.Str(required=True)
    person_id = fields.Str(required=True)
    member_no = fields.Str(required=True)
    state = fields.Str(required=True)
    joined_via = fields.Str(required=True, allow_none=True)  # TERM_START | CO_OPTED; no nominee's
    joined_on = fields.AwareDateTime(allow_none=True)
    not_scored = fields.Bool(required=True)
    overseas = fields.Bool(required=True)
    posts = fields.List(fields.Dict(), required=True)  # [{"post", "organisation"?}]
    groups = fields.Nested(MemberGroups, required=True)


class Ended(MemberData):
    """A suspension or an end: why, and by which document where one is needed."""

    reason = fields.Str(allow_none=True)
    document_no = fields.Str(allow_none=True)


def _member(name: str, title: str, state: str, schema: type[Data] = MemberData) -> None:
    contract("members", name, title, {**MEMBER, "state": state})(schema)


_member(names.MEMBER_NOMINATED, "提名委员", "NOMINATED")
_member(names.MEMBER_REJECTED, "提名未通过", "REJECTED", Ended)
_member(names.MEMBER_APPOINTED, "委员就任", "ACTIVE")
_member(names.MEMBER_PROFILE_CHANGED, "委员资料变更", "ACTIVE")
_member(names.MEMBER_POST_CHANGED, "委员职务变更", "ACTIVE")
_member(names.MEMBER_SUSPENDED, "暂停履职", "SUSPENDED", Ended)
_member(names.MEMBER_REINSTATED, "恢复履职", "ACTIVE")
_member(names.MEMBER_RESIGNED, "请辞", "RESIGNED", Ended)
_member(names.MEMBER_REVOKED, "撤销资格", "REVOKED", Ended)
_member(names.MEMBER_DECEASED, "去世", "DECEASED", Ended)
_member(names.MEMBER_TERM_ENDED, "届满", "TERM_ENDED")

OUTCOMES = ("CONFIRMED", "REFUSED", "WITHDRAWN")
CHANGE = {**MEMBER, "change_id": "change-1"}


class ChangeRequested(MemberData):
    """A member wants the own profile changed; what is wished never travels."""

    change_id = fields.Str(required=True)


class ChangeClosed(ChangeRequested):
    """The office has answered, for a refusal with its words to the member; or it was taken back."""

    outcome = fields.Str(required=True, validate=validate.OneOf(OUTCOMES))
    reason = fields.Str(required=True, allow_none=True)


contract("members", names.MEMBER_CHANGE_REQUESTED, "申请变更资料", CHANGE)(ChangeRequested)
contract(
    "members",
    names.MEMBER_CHANGE_CLOSED,
    "资料变更办结",
    {**CHANGE, "outcome": "REFUSED", "reason": "请附工作单位证明"},
)(ChangeClosed)

REVIEW = {"review_id": "m-15-0088:PLENARY:1", "member_id": "m-15-0088", "ground": "PLENARY"}


class RemovalReview(Data):
    """A member was absent too often; `ground` is PLENARY or STANDING."""

    review_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    ground = fields.Str(required=True)


@contract(
    "members",
    names.MEMBER_REMOVAL_REVIEW_OPENED,
    "缺席达到撤销程序",
    {**REVIEW, "meetings": ["meeting-1", "meeting-2"]},
)
class RemovalReviewOpened(RemovalReview):
    meetings = fields.List(fields.Str(), required=True)


@contract(
    "members",
    names.MEMBER_REMOVAL_REVIEW_CLOSED,
    "缺席审议办结",
    {**REVIEW, "outcome": "KEPT"},
)
class RemovalReviewClosed(RemovalReview):
    """`outcome`: REMOVED, KEPT, or VOID where the ground is gone."""

    outcome = fields.Str(required=True)


@contract(
    "members",
    names.ORGANISATION_CHANGED,
    "组织机构变更",
    {
        "organisation_id": "unit-slj",
        "kind": "HANDLING_UNIT",
        "name": "区水利局",
        "code": "吴水",
        "unit_type": "DEPARTMENT",
        "parent": None,
        "side": "GOVERNMENT",
        "may_be_addressed": True,
        "may_be_supervised": True,
        "may_handle": True,
        "is_active": True,
        "merged_into": None,
    },
)
class OrganisationChanged(Data):
    """A full-state snapshot of an organisation (version guard applies)."""

    organisation_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    is_active = fields.Bool(required=True)
    merged_into = fields.Str(allow_none=True)
    name = fields.Str()  # of an organisation, never of a person
    code = fields.Str(allow_none=True)  # party code, or a unit's word for its reply numbers
    unit_type = fields.Str(allow_none=True)  # DEPARTMENT | TOWN | PUBLIC_UTILITY
    parent = fields.Str(allow_none=True)  # id of the organisation above it
    side = fields.Str(allow_none=True)  # PARTY | GOVERNMENT; none for who is on neither
    may_be_addressed = fields.Bool()  # of what was told before decision 57, only kind tells
    may_be_supervised = fields.Bool()
    may_handle = fields.Bool()


@contract(
    "members",
    names.TOPIC_CHANGED,
    "主题目录变更",
    {
        "code": "WATER",
        "name": "水质",
        "parent": "ECOLOGY",
        "valid_from": "2017-01-01",
        "valid_to": None,
    },
)
class TopicChanged(Data):
    """A full-state snapshot of a topic (version guard applies).

    valid_from: first day on which it may be chosen; valid_to: the first on which no more.
    """

    code = fields.Str(required=True)
    name = fields.Str(required=True)
    parent = fields.Str(required=True, allow_none=True)  # code of its area; none for an area
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


@contract(
    "members",
    names.TERM_OPENED,
    "新一届开始",
    {"no": 15, "starts_on": "2017-01-01T00:00:00+08:00"},
)
class TermOpened(Data):
    no = fields.Int(required=True)
    starts_on = fields.AwareDateTime(required=True)
    sector_set = fields.List(fields.Str())


@contract(
    "members",
    names.SESSION_SCHEDULED,
    "会议日程确定",
    {
        "no": 1,
        "opens_at": "2016-11-07T00:00:00+08:00",
        "cut_off_at": "2017-02-09T17:00:00+08:00",
        "plenary_from": "2017-02-07T09:00:00+08:00",
        "plenary_to": "2017-02-10T17:00:00+08:00",
    },
)
class SessionScheduled(Data):
    """A session of the envelope's term; a full-state snapshot (version guard applies)."""

    no = fields.Int(required=True)
    opens_at = fields.AwareDateTime(required=True)  # proposals carry the plenary mark from here
    cut_off_at = fields.AwareDateTime(required=True)
    plenary_from = fields.AwareDateTime(required=True)
    plenary_to = fields.AwareDateTime(required=True)
