"""Reading appraisals and inspections."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Field, String
from graphql import GraphQLResolveInfo

from gateway.base import asked, by_id, local_id, paged, resolve_page
from gateway.proposals.appraisal import (
    Appraisal,
    Inspection,
)
from gateway.proposals.fields import row_fields
from gateway.proposals.types import SERVICE, ProposalConnection

Row = dict[str, Any]


class AppraisalsQuery:
    appraisal = Field(
        Appraisal,
        id=ID(required=True, description="评议编号。Id of the appraisal."),
        code=String(description="投票码，无账号者用。Voting code, of those without an account."),
        description="一场民主评议，无权查看时为空。An appraisal; null where it may not be seen.",
    )
    appraisal_candidates = paged(
        ProposalConnection,
        "待评议的提案：保留意见办结的和重点提案。Cases for the next list.",
    )
    inspection = by_id(
        Inspection,
        "一次视察，无权查看时为空。An inspection; null where it may not be seen.",
        "视察编号。Id of the inspection.",
    )

    @staticmethod
    async def resolve_appraisal(
        _root: Any, info: GraphQLResolveInfo, id: str, code: str | None = None
    ) -> Row | None:
        key, row = local_id(id, "Appraisal", "id"), None
        if code is None:
            row = await info.context.loaders.appraisals.load(key)
        else:
            row = await info.context.call(SERVICE, "appraisal_by_code", appraisal_id=key, code=code)
        return row

    @staticmethod
    def resolve_appraisal_candidates(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        fields = row_fields(asked(info, "edges", "node"))
        return resolve_page(
            info, SERVICE, "list_appraisal_candidates", first=first, after=after, fields=fields
        )
