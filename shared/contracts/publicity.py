"""Events of the publicity service (宣传、文史). Ids, titles and dates travel, never texts."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract

MATERIAL = {"material_id": "history-1", "authors": ["m-15-0088"], "occurrence_no": 1}
CHANNELS = ("WEBSITE", "MAGAZINE", "WECHAT")
CONTENT: dict[str, Any] = {
    "content_id": "content-1",
    "title": "让老小区喝上放心水",
    "writer": "account-office",
}
INTERVIEW: dict[str, Any] = {
    "interview_id": "interview-1",
    "proposal_id": "proposal-1",
    "title": "二次供水怎么改",
    "medium": "RADIO",
    "station": "区广播电台“民生热线”",
    "guests": ["m-15-0088"],
}
MODEL = {"model_id": "model-1", "members": ["m-15-0088"], "occurrence_no": 1}


class Material(Data):
    """Historical material (文史资料)."""

    material_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


class Model(Data):
    """Members named as models of duty (履职典型)."""

    model_id = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


class Content(Data):
    """writer: the account that wrote it."""

    content_id = fields.Str(required=True)
    title = fields.Str(required=True)
    writer = fields.Str(required=True)


class Submitted(Content):
    """members: those who are shown and have not agreed yet."""

    members = fields.List(fields.Str(), required=True)


class ReviewPassed(Content):
    step = fields.Str(required=True, validate=validate.OneOf(("REVIEW_2", "REVIEW_3")))


class Returned(Content):
    step = fields.Str(required=True)
    reason = fields.Str(required=True)


class ConsentDecided(Content):
    member_id = fields.Str(required=True)
    agreed = fields.Bool(required=True)


class OnChannel(Content):
    channel = fields.Str(required=True, validate=validate.OneOf(CHANNELS))


class Queued(OnChannel):
    planned_at = fields.AwareDateTime(required=True)


class Published(OnChannel):
    url = fields.Str(required=True, allow_none=True)


class PublishFailed(OnChannel):
    """final: it is not tried again by itself."""

    reason = fields.Str(required=True)
    attempt = fields.Int(required=True)
    final = fields.Bool(required=True)


class Withdrawn(OnChannel):
    """Corrected, or taken down."""

    reason = fields.Str(required=True)


class Interview(Data):
    interview_id = fields.Str(required=True)
    proposal_id = fields.Str(required=True)
    title = fields.Str(required=True)
    medium = fields.Str(required=True)
    station = fields.Str(required=True)
    guests = fields.List(fields.Str(), required=True)


class InterviewPlanned(Interview):
    planned_at = fields.AwareDateTime(required=True)


class InterviewAired(Interview):
    aired_at = fields.AwareDateTime(required=True)
    url = fields.Str(required=True, allow_none=True)


MOMENT = "2017-06-01T09:00:00+08:00"
WECHAT = {"channel": "WECHAT"}
ROWS: tuple[tuple[str, str, type[Data], dict[str, Any]], ...] = (
    (names.CONTENT_SUBMITTED, "稿件送审", Submitted, {**CONTENT, "members": ["m-15-0088"]}),
    (names.CONTENT_REVIEW_PASSED, "稿件审核通过", ReviewPassed, {**CONTENT, "step": "REVIEW_2"}),
    (
        names.CONTENT_RETURNED,
        "稿件退回",
        Returned,
        {**CONTENT, "step": "REVIEW_2", "reason": "请核对数据"},
    ),
    (names.CONTENT_APPROVED, "稿件审定", Content, CONTENT),
    (
        names.CONTENT_CONSENT_DECIDED,
        "委员同意宣传",
        ConsentDecided,
        {**CONTENT, "member_id": "m-15-0088", "agreed": True},
    ),
    (names.CONTENT_QUEUED, "稿件待发布", Queued, {**CONTENT, **WECHAT, "planned_at": MOMENT}),
    (names.CONTENT_PUBLISHED, "稿件已发布", Published, {**CONTENT, **WECHAT, "url": None}),
    (
        names.CONTENT_PUBLISH_FAILED,
        "稿件发布失败",
        PublishFailed,
        {**CONTENT, **WECHAT, "reason": "微信系统繁忙", "attempt": 5, "final": True},
    ),
    (
        names.CONTENT_CORRECTED,
        "稿件更正",
        Withdrawn,
        {**CONTENT, "channel": "WEBSITE", "reason": "数据有误"},
    ),
    (
        names.CONTENT_TAKEN_DOWN,
        "稿件撤下",
        Withdrawn,
        {**CONTENT, "channel": "WEBSITE", "reason": "内容失实"},
    ),
    (
        names.INTERVIEW_PLANNED,
        "策划提案访谈",
        InterviewPlanned,
        {**INTERVIEW, "planned_at": MOMENT},
    ),
    (names.INTERVIEW_RECORDED, "提案访谈已录制", Interview, INTERVIEW),
    (
        names.INTERVIEW_AIRED,
        "提案访谈已播出",
        InterviewAired,
        {**INTERVIEW, "aired_at": MOMENT, "url": None},
    ),
)
for _event, _title, _schema, _sample in ROWS:
    contract("publicity", _event, _title, _sample)(_schema)

contract("publicity", names.HISTORY_ACCEPTED, "文史资料采用", MATERIAL)(Material)
contract("publicity", names.HISTORY_REVOKED, "文史资料撤销采用", MATERIAL)(Material)
contract("publicity", names.PUBLICITY_MODEL_PUBLISHED, "履职典型宣传", MODEL)(Model)
contract("publicity", names.PUBLICITY_MODEL_REVOKED, "履职典型撤销", MODEL)(Model)
