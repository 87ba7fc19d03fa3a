"""`changeSetting`: valid from a day on, with the approval behind it."""

from __future__ import annotations

from typing import Any

from graphene import List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, DateTime, Json
from gateway.settings.types import Setting, service_name


class ChangeSetting(CommandMutation):
    """调整设置项。Change a setting from a day on; due dates already set do not move."""

    class Input:
        service = String(required=True, description="服务名。Name of the service.")
        key = String(required=True, description="设置项代码。Key of the setting.")
        value = Json(required=True, description="新值。New value.")
        valid_from = DateTime(required=True, description="生效时间。Valid from.")
        approval = String(
            required=True, description="批准依据，如文号。Document number or meeting behind it."
        )

    method = "change_setting"
    settings = List(
        NonNull(Setting), description="调整后的设置。The settings as they are from then on."
    )

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> dict[str, Any]:
        service = service_name(input.pop("service"))  # named by the input here, not by the class
        result = await info.context.call(service, cls.method, **input, command_id=command_id)
        return {"settings": result["rows"]}


MUTATIONS = [ChangeSetting]
