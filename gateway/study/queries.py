"""Reading study. What a viewer may not see is refused by the service."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Field, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import local_id, localise, resolve_page
from gateway.study.loaders import SERVICE
from gateway.study.types import (
    RotationClass,
    StudyCertificate,
    StudySession,
)

Row = dict[str, Any]
YEAR = "年度。Year."


class StudyQuery:
    study_session = Field(
        StudySession,
        id=ID(required=True, description="编号。Id of the session."),
        description="一次学习活动。A study session.",
    )
    rotation_class = Field(
        RotationClass,
        id=ID(required=True, description="编号。Id of the class."),
        description="一期轮训班。A rotation class.",
    )

    @staticmethod
    async def resolve_study_session(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await StudySession.get_node(info, local_id(id, "StudySession", "id"))

    @staticmethod
    async def resolve_rotation_class(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await RotationClass.get_node(info, local_id(id, "RotationClass", "id"))


def _page(
    info: GraphQLResolveInfo,
    method: str,
    first: int,
    ids: dict[str, str],
    after: str | None = None,
    filter: Row | None = None,
) -> Awaitable[Row]:
    chosen = localise(filter or {}, ids)
    return resolve_page(info, SERVICE, method, filter=chosen, first=first, after=after)


class ViewerStudy:
    study_certificates = List(
        NonNull(StudyCertificate), description="本人的结业证书。The viewer's own certificates."
    )

    @staticmethod
    async def resolve_study_certificates(viewer: Row, info: GraphQLResolveInfo) -> list[Row]:
        if viewer["member_id"] is None:
            return []
        rows: list[Row] = await info.context.call(
            SERVICE, "certificates_of", member_id=viewer["member_id"]
        )
        return rows


QUERIES = [StudyQuery]
VIEWER = [ViewerStudy]
