"""Reviews of members who were absent too often (2.1, absence rules)."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Field, List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled, loaded_by
from gateway.members.enums import RemovalGround, RemovalReviewState
from gateway.members.types import Member

Row = dict[str, Any]


class RemovalReview(NodeType):
    """缺席审议：无故缺席达到规定次数，提请常委会审议。A review that too many absences opened."""

    ground, ground_label = labelled(RemovalGround, "原因。Ground.", "ground", required=True)
    state, state_label = labelled(RemovalReviewState, "状态。State.", required=True)
    meetings = List(
        NonNull(ID), required=True, description="缺席的会议。Ids of the meetings missed."
    )
    opened_at = DateTime(required=True, description="提出时间。When it was opened.")
    decided_at = DateTime(description="办结时间。When it was settled.")
    reason = String(description="决定理由。Reason of the decision.")
    document_no = String(description="决定文号。Number of the decision's document.")
    member = Field(Member, description="委员。The member.")

    get_node = loaded_by("removal_reviews")

    @staticmethod
    def resolve_member(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row | None]:
        member: Awaitable[Row | None] = info.context.loaders.members.load(row["member_id"])
        return member
