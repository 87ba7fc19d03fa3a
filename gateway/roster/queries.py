"""Imports of a roster."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field
from graphql import GraphQLResolveInfo

from gateway.base import local_id
from gateway.roster.types import RosterImport, find_import

Row = dict[str, Any]


class RosterQuery:
    roster_import = Field(
        RosterImport,
        id=ID(required=True, description="导入编号。Id of the import."),
        description="名册导入及其进度（办公室）。An import and how far it is; for the office.",
    )

    @staticmethod
    async def resolve_roster_import(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await find_import(info, local_id(id, "RosterImport", "id"))


QUERIES = [RosterQuery]
