"""What the operations of identity are given. Secrets are never trimmed, texts are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypedDict

from marshmallow import fields, validate

from services.identity.domain.labels import (
    AccountKind,
    AccountOrder,
    AccountState,
    ScopeKind,
    SignInEvent,
)
from services.identity.domain.passwords import MOST_CHARACTERS
from services.identity.domain.roles import GRANTABLE, ROSTER_ROLES
from shared.actor import Role
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Matching, Text, When

MOST_DEMO_ACCOUNTS = 500
HELD = GRANTABLE | ROSTER_ROLES
SCOPE_KINDS = [kind.lower() for kind in ScopeKind if kind is not ScopeKind.FORMER]


class Secret(fields.Str):
    """A password, code or token as it was typed."""

    def __init__(self, high: int = MOST_CHARACTERS, **kwargs: Any) -> None:
        said = f"应为1至{high}个字符"
        super().__init__(validate=validate.Length(1, high, error=said), **kwargs)


# -- sign-in -------------------------------------------------------------------------------

TOKENS = (
    Answer("access_token", "String", "访问令牌，10分钟有效。Access token, good for 10 minutes."),
    Answer(
        "refresh_token",
        "String",
        "续期令牌，只能使用一次。Refresh token; each is good once, keep the newest.",
    ),
    Answer(
        "expires_at",
        "DateTime",
        "访问令牌或改密凭证的到期时间。End of the access token or of the ticket.",
    ),
    Answer("account", "ViewerAccount", "账号。The account and the role it acts in."),
)
TICKET = (
    Answer(
        "must_change_password",
        "Boolean",
        "须先修改密码：未签发令牌。A password must be chosen first; no tokens given.",
    ),
    Answer(
        "password_ticket",
        "String",
        "修改密码的凭证，15分钟有效。Ticket for changePassword, good for 15 minutes.",
    ),
)
STEPS = (
    Answer(
        "must_give_code",
        "Boolean",
        "须再填动态码：未签发令牌。A code of the second factor is asked for; no tokens given.",
    ),
    Answer(
        "must_set_second_factor",
        "Boolean",
        "须先开启两步验证：未签发令牌。A second factor must be set up first; no tokens given.",
    ),
    Answer(
        "factor_ticket",
        "String",
        "两步验证的凭证，15分钟有效。Ticket for completeSignIn or beginSecondFactor, 15 minutes.",
    ),
)
FACTOR_SECRET = (
    Answer("secret", "String", "密钥，仅显示一次。The secret in base32, shown this once."),
    Answer("uri", "String", "供验证器扫码的地址。What an authenticator app reads as a QR code."),
)
RECOVERY = Answer(
    "recovery_codes",
    "[String!]",
    "恢复码，各用一次，仅显示一次。Recovery codes, each good once; they cannot be shown again.",
)
DROPPED = Answer("dropped", "Boolean", "是否已关闭。Whether it is given up.")
DEVICE = Answer(
    "device_token",
    "String",
    "设备凭证，下次登录时带上：他人猜测密码时，本设备仍可登录。Token of this device, for its next "
    "signIn: while others guess at the password, it still gets in. No access by itself.",
)
SIGNED_OUT = Answer("signed_out", "Int", "结束的会话数。Number of sessions that ended.")

Login = Annotated[
    str, about(Text(1, 64), "登录名、委员证号或手机号。Login, member number or phone.")
]
Password = Annotated[str, about(Secret(), "密码或一次性验证码。Password, or a one-time code.")]
DeviceToken = Annotated[
    str, about(Secret(256), "上次登录得到的设备凭证。Device token of a former signIn.")
]
# Filled in by the gateway: what it knows the client's address by.
Client = Annotated[str, about(Text(0, 128), default="", hidden=True)]
# As it calls itself, for its owner to know it again in the list of sessions.
Agent = Annotated[str, about(Text(0, 300), default="", hidden=True)]
SignInId = Annotated[str, about(Id("SignIn"), "登录编号。Id of the session.")]
FirstRole = Annotated[
    Role, about(Choice(Role), "要使用的身份，默认第一个。Role to act in; the first unless told.")
]
FirstGrant = Annotated[
    str, about(Id("RoleGrant"), "要使用的授权，同一身份有多个时。A certain grant of the role.")
]
RefreshToken = Annotated[str, about(Secret(256), "最新的续期令牌。The newest one.")]
ActingRole = Annotated[Role, about(Choice(Role), "身份。The role.")]
ActingGrant = Annotated[
    str, about(Id("RoleGrant"), "授权编号，同一身份有多个时。A certain grant of the role.")
]

# -- passwords -----------------------------------------------------------------------------

CHANGED = (
    Answer("changed", "Boolean", "是否已修改。Whether the new password holds."),
    Answer("sessions_ended", "Int", "结束的其他会话数。Number of other sessions that ended."),
)
CODE = (
    Answer("code", "String", "一次性验证码，仅显示一次。The code; it cannot be shown again."),
    Answer("expires_at", "DateTime", "到期时间。When it ends."),
    Answer("account", "Account", "账号。The account."),
)

NewPassword = Annotated[str, about(Secret(), "新密码。The new password.")]
CurrentPassword = Annotated[str, about(Secret(), "原密码。The current password.")]
Ticket = Annotated[str, about(Secret(256), "改密凭证，代替原密码。Ticket in place of it.")]
Code = Annotated[str, about(Secret(32), "一次性验证码。The one-time code.")]
FactorCode = Annotated[
    str, about(Secret(32), "动态码或恢复码。Code of the app, or a recovery code.")
]
AppCode = Annotated[str, about(Secret(32), "动态码。Code of the app.")]
FactorTicket = Annotated[
    str, about(Secret(256), "登录时得到的两步验证凭证。Ticket that signIn has given.")
]
WithoutFactor = Annotated[
    bool,
    about(
        Flag(),
        "同时关闭两步验证（手机遗失）。Drop the second factor too, which is lost.",
        default=False,
    ),
]

# -- WeChat --------------------------------------------------------------------------------

BINDING = (
    Answer(
        "code",
        "String",
        "绑定码，发送给公众号即可绑定，仅显示一次。Code to send to the official account.",
    ),
    Answer("url", "String", "在微信中打开的授权地址。Address to open inside WeChat instead."),
    Answer("expires_at", "DateTime", "到期时间。When both end."),
)
WECHAT = Answer("wechat", "WechatBinding", "微信绑定情况。The binding afterwards.")
OauthCode = Annotated[
    str, about(Secret(200), "微信带回的code。The code that WeChat led back with.")
]
BindingState = Annotated[
    str, about(Secret(64), "微信带回的state。The state that WeChat led back with.")
]
BindingCodeText = Annotated[str, about(Secret(12))]
Openid = Annotated[str, about(Secret(128))]

# -- accounts and roles --------------------------------------------------------------------

ACCOUNT = Answer("account", "Account", "账号。The account afterwards.")

# A letter first: no login can be mistaken for a phone or a member number.
NewLogin = Annotated[
    str,
    about(
        Matching(
            "[A-Za-z][A-Za-z0-9._-]{2,31}",
            "登录名以字母开头，3至32位，只含字母、数字、点、横线和下划线",
        ),
        "登录名，以字母开头。Login; a letter first.",
    ),
]
Label = Annotated[str, about(Text(1, 60), "显示名称。Name to show.")]
Kind = Annotated[AccountKind, about(Choice(AccountKind), "类别。Whose it is.")]
Phone = Annotated[
    str, about(Matching(r"1\d{10}", "手机号应为11位数字"), "手机号。Phone number, 11 digits.")
]
PersonId = Annotated[str, about(Id(), "人员编号。Id of the person, if known.")]
OrganisationId = Annotated[str, about(Id(), "组织编号。Id of the organisation it belongs to.")]
AccountId = Annotated[str, about(Id("Account"), "账号编号。Id of the account.")]
GrantId = Annotated[str, about(Id("RoleGrant"), "授权编号。Id of the grant.")]
Reason = Annotated[str, about(Text(2, 200), "理由。Reason.")]


class RoleScopeInput(TypedDict):
    """身份的范围。One group that a role shall be bound to."""

    kind: Annotated[ScopeKind, about(Choice(ScopeKind), "类别。Kind.")]
    id: Annotated[str, about(Id(), "主数据编号，如 unit-slj、22。Id in the master data.")]


Scope = Annotated[
    list[RoleScopeInput],
    about(Many(Of(RoleScopeInput)), "范围。Scope, for roles bound to one.", default=list),
]

# -- reads for staff -----------------------------------------------------------------------

OrderBy = Annotated[
    AccountOrder,
    about(Choice(AccountOrder), "顺序。Order of the list.", default=AccountOrder.LOGIN),
]
Holding = Annotated[Role, about(Choice(Role), "持有此身份。Holding this role.")]
State = Annotated[AccountState, about(Choice(AccountState), "状态。In this state.")]
Awaiting = Annotated[bool, about(Flag(), "有待批准的授权。With a grant that awaits approval.")]
Search = Annotated[
    str, about(Text(1, 60), "登录名或显示名称的开头。Start of the login or the name.")
]
EndedSince = Annotated[datetime, about(When(), "从此时起。From this moment on, in real time.")]
OfAccount = Annotated[str, about(Id("Account"), "账号编号。Of this account.")]
Event = Annotated[SignInEvent, about(Choice(SignInEvent), "事项。Of this kind.")]
Since = Annotated[datetime, about(When(), "自此时起。From this moment on.")]
Until = Annotated[datetime, about(When(), "至此时止（不含）。Before this moment.")]


class AccountFilter(TypedDict, total=False):
    """账号列表的筛选条件。Which accounts to list; all conditions must hold."""

    role: Holding | None
    state: State | None
    awaits_approval: Awaiting | None
    search: Search | None


class SignInAuditFilter(TypedDict, total=False):
    """登录审计的筛选条件。Which entries to list; all conditions must hold."""

    account_id: OfAccount | None
    kind: Event | None
    since: Since | None
    until: Until | None


# -- demo ----------------------------------------------------------------------------------


class DemoRole(TypedDict):
    """演示账号的身份。A role of a demo account; its scope by kind."""

    role: Annotated[
        str,
        about(
            fields.Str(validate=validate.OneOf(GRANTABLE | ROSTER_ROLES, error="不在可选范围内"))
        ),
    ]
    scope: Annotated[
        Mapping[str, str],
        about(
            fields.Dict(
                keys=fields.Str(validate=validate.OneOf(SCOPE_KINDS, error="不认识的范围类别")),
                values=Id(),
            ),
            default=dict,
        ),
    ]


class DemoAccount(TypedDict):
    """演示账号。An account with a known password."""

    login: Annotated[str, about(Text(1, 64))]
    password: Annotated[str, about(Secret())]
    phone: Phone | None
    label: Label
    roles: Annotated[list[DemoRole], about(Many(Of(DemoRole)), default=list)]
    person_id: PersonId | None
    member_id: Annotated[str, about(Id())] | None


DemoAccounts = Annotated[list[DemoAccount], about(Many(Of(DemoAccount), 1, MOST_DEMO_ACCOUNTS))]
