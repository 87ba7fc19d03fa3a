"""Reading proposals."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import (
    ID,
    Argument,
    Int,
    List,
    NonNull,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import asked, by_id, local_id, localise, paged, resolve_page
from gateway.manifests import input_type
from gateway.proposals.appraisal_queries import AppraisalsQuery
from gateway.proposals.enums import (
    ProposalOrder,
)
from gateway.proposals.fields import row_fields
from gateway.proposals.types import SERVICE, Proposal, ProposalConnection, SimilarProposal

Row = dict[str, Any]
FILTER_IDS = {
    "first_proposer": "Member",
    **dict.fromkeys(("unit_id", "town", "committee", "organisation"), "Organisation"),
}


class ProposalsQuery:
    proposal = by_id(
        Proposal,
        "一件提案，无权查看时为空。A proposal; null where it may not be seen.",
        "提案编号。Id of the proposal.",
    )
    proposals = paged(
        ProposalConnection,
        "可以查看的提案。The proposals that the viewer may see.",
        filter=Argument(input_type("ProposalFilter"), description="筛选。Filter."),
        order_by=Argument(ProposalOrder, default_value="UPDATED", description="排序。Order."),
    )
    similar_proposals = List(
        NonNull(SimilarProposal),
        text=String(required=True, description="案由或正文。Title or text."),
        besides=ID(description="不含此提案。Leave this one out."),
        first=Int(default_value=5, description="条数，至多20。Number, at most 20."),
        description="历届相似提案，供起草参考。Like proposals of all terms, while drafting (V13).",
    )

    @staticmethod
    def resolve_proposals(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        order_by: Any,
        after: str | None = None,
        filter: Row | None = None,
    ) -> Awaitable[Row]:
        return resolve_page(
            info,
            SERVICE,
            "list_proposals",
            filter=localise(filter or {}, FILTER_IDS),
            order_by=order_by,
            first=first,
            after=after,
            fields=row_fields(asked(info, "edges", "node")),
        )

    @staticmethod
    async def resolve_similar_proposals(
        _root: Any, info: GraphQLResolveInfo, text: str, first: int, besides: str | None = None
    ) -> Any:
        return await info.context.call(
            SERVICE,
            "similar_proposals",
            text=text,
            first=first,
            besides=local_id(besides, "Proposal", "besides") if besides else None,
        )


QUERIES = [ProposalsQuery, AppraisalsQuery]
