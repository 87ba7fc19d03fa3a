"""What the gateway adds to a command: who the client is, global ids of posts."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, String
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, DateTime, global_id
from gateway.liaison.loaders import SERVICE
from gateway.manifests import argument, manifests, paths, public_name, shown


def _said(method: str) -> tuple[type, dict[str, str]]:
    """The inputs that the service says, and the ids among them."""
    said = manifests()[SERVICE]["operations"][method]
    given = [one for one in said["inputs"] if shown(one)]
    return type("Input", (), {public_name(one): argument(one) for one in given}), paths(given)


class _OfVisitor(CommandMutation):
    """Passes what the client is known by, for the limits of a day."""

    class Meta:
        abstract = True

    service = SERVICE

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> dict[str, Any]:
        client = info.context.clients.current()
        return await super().mutate_and_get_payload(
            root, info, command_id=command_id, client=client, **input
        )


class BookHomeVisit(_OfVisitor):
    """预约到委员之家反映情况，无须登录。Book a visit, without signing in."""

    method = "book_visit"
    Input, ids = _said(method)
    code = String(description="查询码，请妥善保存。Your code; keep it.")
    starts_at = DateTime(description="开放时间。When the home opens.")


class LeaveHomeLead(_OfVisitor):
    """给委员之家留言，无须登录。Leave a lead, without signing in."""

    method = "leave_lead"
    Input, ids = _said(method)
    result_field = "code"
    code = String(description="查询码，请妥善保存。Your code; keep it.")


class CancelHomeVisit(_OfVisitor):
    """凭查询码取消预约。Cancel a booking by its code."""

    method = "cancel_booking"
    Input, ids = _said(method)
    result_field = "cancelled"
    cancelled = Boolean(description="已取消。Done.")


class _Post(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    id = ID(description="发言编号。Global id of the post.")

    @classmethod
    def payload(cls, result: Any) -> dict[str, Any]:
        return {"id": global_id("CirclePost", result)}


class WriteCirclePost(_Post):
    """在小组交流板发言。Write on the board of one's own group."""

    method = "write_post"
    Input, ids = _said(method)


class RemoveCirclePost(_Post):
    """删除发言（本人或主办单位）。Remove a post, as its author or the organiser."""

    method = "remove_post"
    Input, ids = _said(method)


MUTATIONS: list[Any] = [
    BookHomeVisit,
    LeaveHomeLead,
    CancelHomeVisit,
    WriteCirclePost,
    RemoveCirclePost,
]
