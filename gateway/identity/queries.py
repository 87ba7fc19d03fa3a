"""The viewer's account, and for staff the accounts and the sign-in audit."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from graphene import Argument, Field
from graphql import GraphQLResolveInfo

from gateway.base import localise, paged, resolve_page
from gateway.identity.types import (
    SERVICE,
    AccountConnection,
    SignInAuditConnection,
    ViewerAccount,
    WechatBinding,
)
from gateway.manifests import enum, input_type


class IdentityQuery:
    accounts = paged(
        AccountConnection,
        "账号列表（工作人员）。Accounts, for staff.",
        filter=Argument(input_type("AccountFilter"), description="筛选条件。Filter."),
        order_by=Argument(
            enum("AccountOrder"), default_value="LOGIN", description="顺序。Order of the list."
        ),
    )
    sign_in_audit = paged(
        SignInAuditConnection,
        "登录审计，新的在前。The sign-in audit, newest first.",
        filter=Argument(input_type("SignInAuditFilter"), description="筛选条件。Filter."),
    )

    @staticmethod
    def resolve_accounts(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        order_by: Any,
        after: str | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Awaitable[dict[str, Any]]:
        return resolve_page(
            info,
            SERVICE,
            "list_accounts",
            filter=filter,
            order_by=order_by,
            first=first,
            after=after,
        )

    @staticmethod
    def resolve_sign_in_audit(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Awaitable[dict[str, Any]]:
        wanted = localise(filter or {}, {"account_id": "Account"})
        return resolve_page(
            info, SERVICE, "list_sign_in_audit", filter=wanted, first=first, after=after
        )


class IdentityViewer:
    account = Field(ViewerAccount, description="账号。The account and the role it acts in.")

    wechat = Field(WechatBinding, description="微信绑定情况。Whether a WeChat is bound.")

    @staticmethod
    def resolve_wechat(_viewer: Any, info: GraphQLResolveInfo) -> Awaitable[dict[str, Any]]:
        found: Awaitable[dict[str, Any]] = info.context.call(SERVICE, "own_wechat")
        return found

    @staticmethod
    def resolve_account(_viewer: Any, info: GraphQLResolveInfo) -> Awaitable[dict[str, Any]]:
        account: Awaitable[dict[str, Any]] = info.context.call(SERVICE, "viewer_account")
        return account


QUERIES = [IdentityQuery]
VIEWER = [IdentityViewer]
