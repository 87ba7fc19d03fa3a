"""The viewer's own exports."""

from __future__ import annotations

from functools import partial
from typing import Any

from graphql import GraphQLResolveInfo

from gateway.base import by_id, paged
from gateway.exports.types import Export, ExportConnection, shown
from gateway.paging import as_page, page_size

Row = dict[str, Any]


class ExportsQuery:
    export = by_id(
        Export, "本人的一项导出。One of the viewer's exports.", "导出编号。Id of the export."
    )
    exports = paged(ExportConnection, "本人的导出，新的在前。The viewer's exports, newest first.")

    @staticmethod
    async def resolve_exports(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Row:
        exports = info.context.exports
        jobs, more = await exports.page(info.context, page_size(first), after)
        total = partial(exports.count, info.context)
        return as_page([shown(job) for job in jobs], more, after, total)


QUERIES = [ExportsQuery]
