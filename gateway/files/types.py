"""The type File, and the two ways to one.

`files_of` is for what a service has shown as part of its record: whoever may see that record may
see these files (the rule of `may_read_file`). `readable_file` asks the service first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphene import Int, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, global_id
from gateway.files.access import may_read
from shared.actor import Role

Row = dict[str, Any]


class File(NodeType):
    """文件。An uploaded file."""

    name = String(required=True, description="文件名。Name, with its extension.")
    content_type = String(required=True, description="类型，如 application/pdf。Media type.")
    size = Int(required=True, description="字节数。Size in bytes.")
    sha256 = String(required=True, description="内容的 SHA-256。Hash of the content, in hex.")
    uploaded_at = DateTime(required=True, description="上传时间。When uploaded.")
    url = String(
        description=(
            "下载地址，几分钟内有效，未登录时为空。Path to download it from, good for a few "
            "minutes without the Authorization header; null for visitors."
        )
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await readable_file(info, id)

    @staticmethod
    def resolve_url(row: Row, info: GraphQLResolveInfo) -> str | None:
        account = info.context.actor.account_id
        if account is None:
            return None
        link: str = info.context.files.links.make(global_id("File", row["id"]), account)
        return link


async def readable_file(info: GraphQLResolveInfo, id: str) -> Row | None:
    """The file if the viewer may read it; raises Unavailable."""
    context = info.context
    row: Row | None = await context.loaders.files.load(id)
    if row is None or not await may_read(context.rpc, context.actor, context.correlation_id, row):
        return None
    return row


async def files_of(info: GraphQLResolveInfo, ids: Sequence[str] | None) -> list[Row] | None:
    """The files that a record shown to the viewer holds; none are shown to visitors."""
    if ids is None or info.context.actor.role is Role.PUBLIC:
        return None
    rows = await info.context.loaders.files.load_many(list(ids))
    return [row for row in rows if row is not None]


TYPES = [File]
