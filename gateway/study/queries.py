"""Reading study. What a viewer may not see is refused by the service."""

from __future__ import annotations

from typing import Any

from graphene import List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import by_id
from gateway.study.loaders import SERVICE
from gateway.study.types import (
    RotationClass,
    StudyCertificate,
    StudySession,
)

Row = dict[str, Any]


class StudyQuery:
    study_session = by_id(
        StudySession, "一次学习活动。A study session.", "编号。Id of the session."
    )
    rotation_class = by_id(RotationClass, "一期轮训班。A rotation class.", "编号。Id of the class.")


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
