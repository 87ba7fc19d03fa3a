"""Proposals as a field of other types, and which fields of a row a selection needs."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping
from typing import Any

from graphene import Field
from graphql import GraphQLResolveInfo

from gateway.base import asked, paged, resolve_page

# Attribute of Proposal → field of its row, where the names differ; None: the id is enough.
DIFFERENT: Mapping[str, str | None] = {
    "state_label": "state",
    "proposer_type_label": "proposer_type",
    "session_mark_label": "session_mark",
    "category_label": "category",
    "coded_topics": "topic_codes",
    "side_label": "side",
    "proposer": "first_proposer",
    "close_kind_label": "close_kind",
    "result_class_label": "result_class",
    "attitude_label": "attitude",
    "result_label": "result",
    "recognised_class_label": "recognised_class",
    "case_state": None,
    "opinion": None,
    "is_key": "key",
    "is_excellent": "excellent",
    "assignment_plan": "plan",
    "evaluations": None,
    "versions": None,
    "problems": None,
    "id": None,
}


def row_fields(attributes: Collection[str]) -> list[str]:
    """The `fields` of `list_proposals` for the attributes of Proposal asked for; the title comes
    along with all of them."""
    needed = {DIFFERENT.get(attribute, attribute) for attribute in attributes}
    return sorted({field for field in needed if field} | {"title"})


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
            fields=row_fields(asked(info, "edges", "node")),
        )


def _connection() -> Any:
    from gateway.proposals.types import ProposalConnection  # Member and Proposal name each other

    return ProposalConnection
