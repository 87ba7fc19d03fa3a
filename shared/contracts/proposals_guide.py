"""Events about the yearly guide of topics."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract


@contract(
    "proposals",
    names.TOPIC_GUIDE_PUBLISHED,
    "发布年度选题指南",
    {"guide_id": "guide-2017", "year": 2017, "edition": 1, "topics": 12},
)
class TopicGuidePublished(Data):
    """`topics` is their number; `edition` counts the publications of the year."""

    guide_id = fields.Str(required=True)
    year = fields.Int(required=True)
    edition = fields.Int(required=True)
    topics = fields.Int(required=True)
