"""`settings(service)`."""

from __future__ import annotations

from typing import Any

from graphene import List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.settings.types import Setting, service_name


class SettingsQuery:
    """The settings of one service."""

    settings = List(
        NonNull(Setting),
        service=String(required=True, description="服务名，如 proposals。Name of the service."),
        description="某项服务的全部设置。All settings of a service, with their present values.",
    )

    @staticmethod
    async def resolve_settings(_root: Any, info: GraphQLResolveInfo, service: str) -> Any:
        return (await info.context.call(service_name(service), "settings"))["rows"]


QUERIES = [SettingsQuery]
