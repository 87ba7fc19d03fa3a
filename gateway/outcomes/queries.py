"""Reading outcomes. What a viewer may not see is refused by the service."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field
from graphql import GraphQLResolveInfo

from gateway.base import by_id
from gateway.ids import split_global_id
from gateway.outcomes.dossiers import KINDS, Dossier
from gateway.outcomes.files import OutcomeFile, OutcomeItem
from gateway.outcomes.loaders import SERVICE
from shared.errors import InvalidInput

Row = dict[str, Any]


class OutcomesQuery:
    outcome = by_id(OutcomeFile, "一份成果档案。An outcome file.")
    outcome_item = by_id(OutcomeItem, "一条意见。An opinion item.")
    dossier = Field(
        Dossier,
        id=ID(
            required=True,
            description=(
                "档案节点，或提案、线索、成果档案的编号。"
                "Global id of a node, a proposal, a lead or an outcome file."
            ),
        ),
        description="议题档案，各件事以查看者可见为限。The dossier that a matter belongs to.",
    )

    @staticmethod
    async def resolve_dossier(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        found: Row | None = await info.context.call(SERVICE, "dossier", node=_node(id))
        return found


def _node(id: str) -> str:
    split = split_global_id(id)
    if split is None or split[0] not in {"DossierNode", *KINDS}:
        raise InvalidInput("编号无效", field="id")
    kind, local = split
    return local if kind == "DossierNode" else f"{KINDS[kind]}:{local}"


QUERIES = [OutcomesQuery]
