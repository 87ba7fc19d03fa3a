"""Signing in and out, passwords, accounts and role grants."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, Field, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.identity.types import (
    SERVICE,
    Account,
    AccountKind,
    Role,
    RoleScopeInput,
    ViewerAccount,
)

ACCOUNT_ID = "账号编号。Id of the account."
GRANT_ID = "授权编号。Id of the grant."
NEW_PASSWORD = "新密码。The new password."


class _Identity(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE


class _Tokens(_Identity):
    """A pair of tokens: access for minutes, refresh for the next pair, good once."""

    class Meta:
        abstract = True

    access_token = String(description="访问令牌，10分钟有效。Access token, good for 10 minutes.")
    refresh_token = String(
        description="续期令牌，只能使用一次。Refresh token; each is good once, keep the newest."
    )
    expires_at = DateTime(
        description="访问令牌或改密凭证的到期时间。End of the access token or of the ticket."
    )
    account = Field(ViewerAccount, description="账号。The account and the role it acts in.")


class SignIn(_Tokens):
    """登录。Sign in by login name, member number or phone, and password."""

    class Input:
        login = String(
            required=True, description="登录名、委员证号或手机号。Login, member number or phone."
        )
        password = String(
            required=True, description="密码或一次性验证码。Password, or a one-time code."
        )
        role = Role(description="要使用的身份，默认第一个。Role to act in; the first unless told.")
        grant_id = ID(description="要使用的授权，同一身份有多个时。A certain grant of the role.")

    method = "sign_in"
    ids = {"grant_id": "RoleGrant"}  # noqa: RUF012

    must_change_password = Boolean(
        description="须先修改密码：未签发令牌。A password must be chosen first; no tokens given."
    )
    password_ticket = String(
        description="修改密码的凭证，15分钟有效。Ticket for changePassword, good for 15 minutes."
    )


class Refresh(_Tokens):
    """续期。A new pair of tokens; a refresh token used twice ends its whole session."""

    class Input:
        refresh_token = String(required=True, description="最新的续期令牌。The newest one.")

    method = "refresh"


class SwitchRole(_Tokens):
    """切换身份。Act in another role within the same session."""

    class Input:
        role = Role(description="身份。The role.")
        grant_id = ID(description="授权编号，同一身份有多个时。A certain grant of the role.")

    method = "switch_role"
    ids = {"grant_id": "RoleGrant"}  # noqa: RUF012


class SignOut(_Identity):
    """退出登录。End this session."""

    method = "sign_out"
    signed_out = Int(description="结束的会话数。Number of sessions that ended.")


class SignOutEverywhere(_Identity):
    """在所有设备上退出登录。End all sessions of the account."""

    method = "sign_out_everywhere"
    signed_out = Int(description="结束的会话数。Number of sessions that ended.")


class _Password(_Identity):
    class Meta:
        abstract = True

    changed = Boolean(description="是否已修改。Whether the new password holds.")
    sessions_ended = Int(description="结束的其他会话数。Number of other sessions that ended.")


class ChangePassword(_Password):
    """修改密码。Choose a password, by the current one or by the ticket of signIn."""

    class Input:
        new_password = String(required=True, description=NEW_PASSWORD)
        current_password = String(description="原密码。The current password.")
        ticket = String(description="改密凭证，代替原密码。Ticket in place of it.")

    method = "change_password"


class RedeemResetCode(_Password):
    """凭一次性验证码重设密码。Choose a password by a one-time code."""

    class Input:
        login = String(
            required=True, description="登录名、委员证号或手机号。Login, member number or phone."
        )
        code = String(required=True, description="一次性验证码。The one-time code.")
        new_password = String(required=True, description=NEW_PASSWORD)

    method = "redeem_code"


class IssueResetCode(_Identity):
    """发放一次性验证码（办公室）。A one-time code for an account, shown this once."""

    class Input:
        account_id = ID(required=True, description=ACCOUNT_ID)

    method = "issue_reset_code"
    ids = {"account_id": "Account"}  # noqa: RUF012

    code = String(description="一次性验证码，仅显示一次。The code; it cannot be shown again.")
    expires_at = DateTime(description="到期时间。When it ends.")
    account = Field(Account, description="账号。The account.")


class _Account(_Identity):
    class Meta:
        abstract = True

    result_field = "account"
    ids = {"account_id": "Account", "grant_id": "RoleGrant"}  # noqa: RUF012

    account = Field(Account, description="账号。The account afterwards.")


class CreateAccount(_Account):
    """开通账号（系统管理员）。Open an account; its owner gets in by a one-time code."""

    class Input:
        login = String(required=True, description="登录名，以字母开头。Login; a letter first.")
        label = String(required=True, description="显示名称。Name to show.")
        kind = AccountKind(required=True, description="类别。Whose it is.")
        phone = String(description="手机号。Phone number, 11 digits.")
        person_id = ID(description="人员编号。Id of the person, if known.")
        organisation_id = ID(description="组织编号。Id of the organisation it belongs to.")

    method = "create_account"


class _AccountWithReason:
    account_id = ID(required=True, description=ACCOUNT_ID)
    reason = String(required=True, description="理由。Reason.")


class DisableAccount(_Account):
    """停用账号（系统管理员）。No sign-in until enabled again; all sessions end."""

    class Input(_AccountWithReason):
        pass

    method = "disable_account"


class EnableAccount(_Account):
    """启用账号（系统管理员）。Let a disabled account in again."""

    class Input(_AccountWithReason):
        pass

    method = "enable_account"


class RequestRoleGrant(_Account):
    """申请授权。Ask for a role; it holds once another person of the office approves."""

    class Input(_AccountWithReason):
        role = Role(required=True, description="身份。The role.")
        scope = List(NonNull(RoleScopeInput), description="范围。Scope, for roles bound to one.")

    method = "request_role_grant"

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        rows = input.pop("scope", None) or []
        scope = {row["kind"].value.lower(): row["id"] for row in rows}
        return {**super().kwargs(**input), "scope": scope}


class ApproveRoleGrant(_Account):
    """批准授权（办公室）。Approve a role that another person asked for."""

    class Input:
        grant_id = ID(required=True, description=GRANT_ID)

    method = "approve_role_grant"


class _GrantWithReason:
    grant_id = ID(required=True, description=GRANT_ID)
    reason = String(required=True, description="理由。Reason.")


class RefuseRoleGrant(_Account):
    """不同意授权（办公室）。Refuse a role that another person asked for."""

    class Input(_GrantWithReason):
        pass

    method = "refuse_role_grant"


class RevokeRole(_Account):
    """收回身份。Take a role back; sessions acting in it end."""

    class Input(_GrantWithReason):
        pass

    method = "revoke_role"


MUTATIONS = [
    SignIn,
    Refresh,
    SwitchRole,
    SignOut,
    SignOutEverywhere,
    ChangePassword,
    RedeemResetCode,
    IssueResetCode,
    CreateAccount,
    DisableAccount,
    EnableAccount,
    RequestRoleGrant,
    ApproveRoleGrant,
    RefuseRoleGrant,
    RevokeRole,
]
