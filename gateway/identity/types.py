"""Accounts, roles and the sign-in audit, as the identity service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    global_id,
    label_field,
    labelled,
    loaded_by,
    reference,
)
from gateway.manifests import enum
from gateway.members.organisations import Organisation
from gateway.members.types import Member

SERVICE = "identity"

Role = enum("Role")
ScopeKind = enum("ScopeKind")
AccountKind = enum("AccountKind")
AccountState = enum("AccountState")
GrantState = enum("GrantState")
GrantSource = enum("GrantSource")
SignInEvent = enum("SignInEvent")


class RoleScope(ObjectType):
    """身份的范围。One group that a role is bound to."""

    kind, kind_label = labelled(ScopeKind, "类别。Kind.", "kind", required=True)
    id = ID(required=True, description="主数据编号，如 unit-slj、22。Id in the master data.")
    name = String(description="名称，如 区水利局、经济界。Name of the organisation or sector.")

    @staticmethod
    async def resolve_name(scope: dict[str, Any], info: GraphQLResolveInfo) -> str | None:
        loaders = info.context.loaders
        loader = loaders.sectors if scope["kind"] == "SECTOR" else loaders.organisations
        found = await loader.load(scope["id"])
        return found["name"] if found else None


def _account_id(row: dict[str, Any]) -> str:
    return global_id("Account", row["id"])


class HeldRole(ObjectType):
    """本账号持有的身份。A role that the viewer may act in."""

    id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("RoleGrant", row["id"])),
        description="授权编号，用于切换身份。Id of the grant, for switchRole.",
    )
    role = Field(Role, required=True, description="身份。Role.")
    label = label_field(Role, "role", "身份中文名称。Chinese label of the role.")
    scope = List(NonNull(RoleScope), required=True, description="范围。Scope; empty if none.")


class ViewerAccount(ObjectType):
    """当前登录账号。The signed-in account with the role it acts in."""

    id = ID(required=True, resolver=FromRow(_account_id), description="账号编号。Id.")
    login = String(required=True, description="登录名。Login name.")
    label = String(required=True, description="显示名称。Name to show.")
    kind = Field(AccountKind, required=True, description="类别。Whose it is.")
    member_id = ID(
        resolver=FromRow(
            lambda row: global_id("Member", row["member_id"]) if row["member_id"] else None
        ),
        description="当前委员编号。Id of the current membership.",
    )
    second_factor = Boolean(
        required=True, description="是否已开启两步验证。Whether it has a second factor."
    )
    recovery_codes_left = Int(
        required=True, description="剩余恢复码个数。Recovery codes that are left."
    )
    acting_role, acting_role_label = labelled(
        Role, "当前身份。The acting role.", "acting_role", required=True
    )
    acting_grant_id = ID(
        resolver=FromRow(
            lambda row: (
                global_id("RoleGrant", row["acting_grant_id"]) if row["acting_grant_id"] else None
            )
        ),
        description="当前身份的授权编号。Id of the acting role's grant.",
    )
    roles = List(NonNull(HeldRole), required=True, description="可用身份。Roles to choose from.")


class SignIn(ObjectType):
    """一次登录。Where one's own account is signed in."""

    id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("SignIn", row["id"])),
        description="编号，用于 endSignIn。Id, for endSignIn.",
    )
    agent = String(description="所用设备或程序。What the client called itself, if it did.")
    role, role_label = labelled(Role, "身份。Role it acts in.", "role", required=True)
    current = Boolean(required=True, description="是否本次登录。Whether it is this one.")
    started_at = DateTime(required=True, description="登录时间。When it began.")
    last_used_at = DateTime(required=True, description="最近续期时间。When last given a token.")
    expires_at = DateTime(required=True, description="到期时间。When it ends at the latest.")


class PasswordResetRequest(ObjectType):
    """待批准的密码重置。A reset of the password that waits for a second person."""

    requester = Field(lambda: Account, description="申请人账号。Account of the one who asked.")
    requested_at = DateTime(required=True, description="申请时间。When it was asked for.")
    reason = String(required=True, description="申请理由。Reason of the request.")
    without_factor = Boolean(
        required=True, description="是否同时关闭两步验证。Whether the second factor is lost, too."
    )

    @staticmethod
    def resolve_requester(reset: dict[str, Any], info: GraphQLResolveInfo) -> Awaitable[Any]:
        return _account(info, reset["requested_by"])


class Account(NodeType):
    """账号。An account as staff see it, or one's own."""

    login = String(required=True, description="登录名。Login name.")
    label = String(required=True, description="显示名称。Name to show.")
    kind, kind_label = labelled(AccountKind, "类别。Whose it is.", "kind", required=True)
    phone_masked = String(description="手机号（部分隐藏）。Phone number, partly hidden.")
    person_id = ID(description="人员编号。Id of the person, if known.")
    organisation_id = ID(description="组织编号。Id of the organisation it belongs to.")
    organisation = reference(
        Organisation,
        "organisation",
        key="organisation_id",
        loader="organisations",
        description="所属组织。The organisation it belongs to.",
    )
    member_id = ID(
        resolver=FromRow(
            lambda row: global_id("Member", row["member_id"]) if row["member_id"] else None
        ),
        description="当前委员编号。Id of the current membership.",
    )
    member = reference(
        Member,
        "member",
        key="member_id",
        loader="members",
        description="当前委员，限可查看名册者。The membership, for who reads the roster.",
    )
    member_no = String(description="委员证号。Member number.")
    state, state_label = labelled(AccountState, "状态。State.", required=True)
    password_set = Boolean(
        required=True, description="是否已设密码。Whether its owner has chosen a password."
    )
    second_factor = Boolean(
        required=True, description="是否已开启两步验证。Whether it has a second factor."
    )
    reset = Field(
        PasswordResetRequest, description="待批准的密码重置。Reset that waits for a second person."
    )
    locked_until = DateTime(description="最近一次锁定的截止时刻。End of the latest lock.")
    created_at = DateTime(required=True, description="开通时间。When it was opened.")
    grants = List(
        NonNull(lambda: RoleGrant),
        required=True,
        description="全部授权，含申请与已收回。All grants, asked for and past ones too.",
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Any:
        return await info.context.call(SERVICE, "account", account_id=id)


class RoleGrant(NodeType):
    """授予账号的身份。A role given to an account, or asked for."""

    account = Field(Account, description="账号。The account.")
    role, role_label = labelled(Role, "身份。Role.", "role", required=True)
    scope = List(NonNull(RoleScope), required=True, description="范围。Scope; empty if none.")
    state, state_label = labelled(GrantState, "状态。State.", required=True)
    source, source_label = labelled(
        GrantSource, "来源。Where it comes from.", "source", required=True
    )
    requester = Field(Account, description="申请人账号。Account of the one who asked.")
    requested_at = DateTime(required=True, description="申请时间。When it was asked for.")
    reason = String(description="申请理由。Reason of the request.")
    decider = Field(Account, description="批准或收回人账号。Account of the one who decided.")
    decided_at = DateTime(description="决定时间。When it was decided.")
    decision_reason = String(description="不同意或收回的理由。Reason of a refusal or revocation.")

    get_node = loaded_by("role_grants")

    @staticmethod
    def resolve_account(grant: dict[str, Any], info: GraphQLResolveInfo) -> Awaitable[Any]:
        return _account(info, grant["account_id"])

    @staticmethod
    def resolve_requester(grant: dict[str, Any], info: GraphQLResolveInfo) -> Awaitable[Any] | None:
        return _person(grant, info, "requested_by")

    @staticmethod
    def resolve_decider(grant: dict[str, Any], info: GraphQLResolveInfo) -> Awaitable[Any] | None:
        return _person(grant, info, "decided_by")


class AuditDetail(ObjectType):
    """审计记录的一项细节。One particular of an entry."""

    name = String(required=True, description="名称，如 from、until。Its name.")
    value = String(required=True, description="内容。Its value, as text.")


def _details(entry: dict[str, Any]) -> list[dict[str, str]] | None:
    details = entry.get("details")
    if details is None:
        return None
    return [{"name": name, "value": str(value)} for name, value in details.items()]


class SignInAuditEntry(ObjectType):
    """登录审计记录。An entry of the sign-in audit; administrators see no content."""

    at = DateTime(required=True, description="时间。When, in real time.")
    kind, kind_label = labelled(SignInEvent, "事项。What happened.", "kind", required=True)
    account = Field(Account, description="账号，未知登录名时为空。The account, if one was meant.")
    role, role_label = labelled(Role, "身份。Role that was taken.", "role")
    code = String(description="拒绝代码。Code of the refusal.")
    session_id = String(description="会话编号。Session.")
    by_role = Field(Role, description="操作时的身份。Acting role of the one who did it.")
    by_account = Field(Account, description="操作人账号。Account of the one who did it.")
    details = List(
        NonNull(AuditDetail), resolver=FromRow(_details), description="细节。Particulars."
    )
    correlation_id = String(description="请求追踪号。Correlation id of the request.")

    @staticmethod
    def resolve_account(entry: dict[str, Any], info: GraphQLResolveInfo) -> Awaitable[Any] | None:
        return _account(info, entry["account_id"]) if entry["account_id"] else None

    @staticmethod
    def resolve_by_account(
        entry: dict[str, Any], info: GraphQLResolveInfo
    ) -> Awaitable[Any] | None:
        id = entry.get("by_account_id")
        return _account(info, id) if id else None


class WechatBinding(ObjectType):
    """微信绑定情况。Whether messages reach the viewer by WeChat; never as whom."""

    available = Boolean(required=True, description="是否已开通。Whether one can be bound.")
    bound = Boolean(required=True, description="是否已绑定。Whether one is.")
    bound_at = DateTime(description="绑定时间。Since when.")


AccountConnection = connection(Account)
SignInAuditConnection = connection(SignInAuditEntry, "SignInAudit")
TYPES = [Account, RoleGrant]


def _account(info: GraphQLResolveInfo, id: str) -> Awaitable[Any]:
    account: Awaitable[Any] = info.context.loaders.accounts.load(id)
    return account


def _person(grant: dict[str, Any], info: GraphQLResolveInfo, key: str) -> Awaitable[Any] | None:
    """Only requests have people behind them; the rest is done by the system."""
    id = grant[key]
    return _account(info, id) if id and grant["source"] == "REQUEST" else None
