"""What became of members who were to go on into a new term."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Field, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import FromRow, global_id, labelled
from gateway.manifests import enum
from gateway.members.types import Member

Row = dict[str, Any]
CarryOutcome = enum("CarryOutcome")


class CarriedOver(ObjectType):
    """一位委员的结转结果。What became of one member."""

    from_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("Member", row["from_id"])),
        description="原届委员编号。Id of the former membership.",
    )
    outcome, outcome_label = labelled(CarryOutcome, "结果。Outcome.", "outcome", required=True)
    message = String(
        resolver=FromRow(lambda row: row["problems"][0]["message"] if row["problems"] else None),
        description="未结转的原因。Why it was refused, in Chinese.",
    )
    member = Field(Member, description="新一届的委员。The membership of the new term.")

    @staticmethod
    def resolve_member(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row | None] | None:
        if row["member_id"] is None:
            return None
        member: Awaitable[Row | None] = info.context.loaders.members.load(row["member_id"])
        return member
