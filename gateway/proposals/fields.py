"""Proposals as a field of other types."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Field
from graphql import GraphQLResolveInfo

from gateway.base import paged, resolve_page


class MemberProposals:
    """For Member: what the viewer may see of the proposals that the member leads."""

    proposals: Field = paged(
        lambda: _connection(),
        "作为第一提案人的提案。Proposals whose first proposer the member is.",
    )

    @staticmethod
    def resolve_proposals(
        member: dict[str, Any], info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[dict[str, Any]]:
        return resolve_page(
            info,
            "proposals",
            "list_proposals",
            filter={"first_proposer": member["id"]},
            first=first,
            after=after,
        )


def _connection() -> Any:
    from gateway.proposals.types import ProposalConnection  # Member and Proposal name each other

    return ProposalConnection
