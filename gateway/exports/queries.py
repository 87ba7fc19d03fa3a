"""The viewer's own exports."""

from __future__ import annotations

from functools import partial
from typing import Any

from graphene import ID, Field
from graphql import GraphQLResolveInfo

from gateway.base import local_id, paged
from gateway.exports.types import Export, ExportConnection, shown
from gateway.paging import as_page, page_size

Row = dict[str, Any]


class ExportsQuery:
    export = Field(
        Export,
        id=ID(required=True, description="导出编号。Id of the export."),
        description="本人的一项导出。One of the viewer's exports.",
    )
    exports = paged(ExportConnection, "本人的导出，新的在前。The viewer's exports, newest first.")

    @staticmethod
    async def resolve_export(_root: Any, info: GraphQLResolveInfo, id: str) -> Row:
        return await Export.get_node(info, local_id(id, "Export", "id"))

    @staticmethod
    async def resolve_exports(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Row:
        exports = info.context.exports
        jobs, more = await exports.page(info.context, page_size(first), after)
        total = partial(exports.count, info.context)
        return as_page([shown(job) for job in jobs], more, after, total)


QUERIES = [ExportsQuery]
