"""What all mutations of a proposal have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Field

from gateway.base import CommandMutation, localise
from gateway.proposals.types import SERVICE, Proposal


class OnProposal(CommandMutation):
    """Base: `id` names the proposal, the payload has it as it then is."""

    class Meta:
        abstract = True

    service = SERVICE
    result_field = "proposal"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal"}
    holder = "proposal_id"

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        cls.proposal = Field(Proposal, description="操作后的提案。The proposal as it is now.")
        super().__init_subclass_with_meta__(name, **options)

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """`id` is the service's `proposal_id`."""
        given = localise(input, cls.ids)
        if "id" in given:
            given["proposal_id"] = given.pop("id")
        return given


def proposal_id() -> ID:
    return ID(required=True, description="提案编号。Id of the proposal.")
