"""What anybody may do, without an account: book a visit, leave a lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, String
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, Date, DateTime
from gateway.liaison.loaders import SERVICE

Ids = Mapping[str, str]
HOME = "委员之家编号。Global id of the home."


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


class _Visitor:
    name = String(description="姓名，自愿。Name, if you wish.")
    phone = String(description="电话，自愿。Phone, if you wish.")
    consent = Boolean(description="是否同意登记个人信息。Whether you agree to its being kept.")


class BookHomeVisit(_OfVisitor):
    """预约到委员之家反映情况，无须登录。Book a visit, without signing in."""

    class Input(_Visitor):
        home_id = ID(required=True, description=HOME)
        on = Date(required=True, description="日期。Day.")
        matter = String(description="想反映的情况。What it is about.")

    method = "book_visit"
    ids: ClassVar[Ids] = {"home_id": "MembersHome"}
    code = String(description="查询码，请妥善保存。Your code; keep it.")
    starts_at = DateTime(description="开放时间。When the home opens.")


class LeaveHomeLead(_OfVisitor):
    """给委员之家留言，无须登录。Leave a lead, without signing in."""

    class Input(_Visitor):
        home_id = ID(required=True, description=HOME)
        matter = String(required=True, description="反映的情况。Matter.")
        topic = String(description="议题。Topic.")

    method = "leave_lead"
    ids: ClassVar[Ids] = {"home_id": "MembersHome"}
    code = String(description="查询码，请妥善保存。Your code; keep it.")


class CancelHomeVisit(_OfVisitor):
    """凭查询码取消预约。Cancel a booking by its code."""

    class Input:
        code = String(required=True, description="查询码。Your code.")

    method = "cancel_booking"
    cancelled = Boolean(description="已取消。Done.")

    @classmethod
    def payload(cls, result: Any) -> dict[str, Any]:
        return {"cancelled": True}


VISITORS: list[Any] = [BookHomeVisit, LeaveHomeLead, CancelHomeVisit]
