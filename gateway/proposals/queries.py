"""Reading proposals."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import (
    ID,
    Argument,
    Boolean,
    Field,
    InputObjectType,
    Int,
    List,
    NonNull,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import asked, local_id, localise, paged, resolve_page
from gateway.proposals.appraisal_queries import AppraisalsQuery
from gateway.proposals.enums import (
    AssignmentState,
    Lateness,
    ProposalCategory,
    ProposalOrder,
    ProposalState,
    ProposerType,
    SessionMark,
)
from gateway.proposals.fields import row_fields
from gateway.proposals.honours import KeyState
from gateway.proposals.lookups import LookupsQuery
from gateway.proposals.statistics import StatisticsQuery
from gateway.proposals.types import SERVICE, Proposal, ProposalConnection, SimilarProposal

Row = dict[str, Any]
FILTER_IDS = {"first_proposer": "Member", "unit_id": "Organisation"}


class ProposalFilter(InputObjectType):
    """提案筛选条件，须全部满足。All of these must hold."""

    states = List(NonNull(ProposalState), description="状态之一。In one of these states.")
    proposer_type = ProposerType(description="提案者类型。Kind of proposer.")
    category = ProposalCategory(description="类别。Category.")
    session_mark = SessionMark(description="大会或平时。Of the plenary, or regular.")
    term = Int(description="届次。Term.")
    session = Int(description="会议次数。Session.")
    sector = String(description="第一提案人界别代码。Sector code of the first proposer.")
    first_proposer = ID(description="第一提案人。First proposer.")
    unit_id = ID(description="承办单位。Handled by this unit.")
    assignment_states = List(
        NonNull(AssignmentState),
        description="承办件状态之一，承办单位只看本单位的。An assignment in one of these states; "
        "for a unit, its own.",
    )
    lateness = List(
        NonNull(Lateness), description="逾期未办的，程度之一。With an overdue assignment so late."
    )
    key_states = List(
        NonNull(KeyState), description="重点提案状态之一。A key proposal in one of these states."
    )
    excellent_year = Int(description="该年度优秀提案。Excellent proposal of this year.")
    mine = Boolean(description="本人或本单位起草的。Written by the viewer.")
    cosigned = Boolean(description="本人已联名的。Co-signed by the viewer.")
    invited = Boolean(description="待本人答复联名的。Waiting for the viewer's co-signature.")
    serial_no = String(description="流水号。Serial number.")
    case_no = String(description="提案号。Case number.")
    text = String(description="词语检索。Words of title and text.")


class ProposalsQuery:
    proposal = Field(
        Proposal,
        id=ID(required=True, description="提案编号。Id of the proposal."),
        description="一件提案，无权查看时为空。A proposal; null where it may not be seen.",
    )
    proposals = paged(
        ProposalConnection,
        "可以查看的提案。The proposals that the viewer may see.",
        filter=Argument(ProposalFilter, description="筛选。Filter."),
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
    def resolve_proposal(_root: Any, info: GraphQLResolveInfo, id: str) -> Awaitable[Row | None]:
        found: Awaitable[Row | None] = info.context.loaders.proposals.load(
            local_id(id, "Proposal", "id")
        )
        return found

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
    ) -> list[Row]:
        rows = await info.context.call(
            SERVICE,
            "similar_proposals",
            text=text,
            first=first,
            besides=local_id(besides, "Proposal", "besides") if besides else None,
        )
        return [{"proposal": row, "likeness": row["likeness"]} for row in rows]


QUERIES = [ProposalsQuery, AppraisalsQuery, LookupsQuery, StatisticsQuery]
