"""A proposal as it changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from graphene import ID, Field, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import local_id
from gateway.proposals.types import SERVICE, Proposal

Row = dict[str, Any]


class ProposalSubscriptions:
    """What may be followed of proposals."""

    proposal_changed = Field(
        NonNull(Proposal),
        id=ID(required=True, description="提案编号。Id of the proposal."),
        description="提案有变化时的最新内容；无权查看时没有消息。The proposal after each change, "
        "while the viewer may see it.",
    )

    @staticmethod
    async def subscribe_proposal_changed(
        _root: Any, info: GraphQLResolveInfo, id: str
    ) -> AsyncIterator[Row]:
        context, proposal_id = info.context, local_id(id, "Proposal", "id")

        async def shown() -> Row | None:
            found = await context.fresh().loaders.batch("proposals", [proposal_id])
            row: Row | None = found[0]
            return row

        with context.hub.follow(f"{SERVICE}:{proposal_id}") as mailbox:
            async for change in mailbox:
                row = await change.shown(context.token, shown)
                if row is not None:
                    yield row


SUBSCRIPTIONS = [ProposalSubscriptions]
