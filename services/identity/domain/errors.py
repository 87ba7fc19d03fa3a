"""Refusals of the identity service."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class AccountNotFound(NotFound):
    """No such account, or not one that the viewer may see."""

    code = "ACCOUNT_NOT_FOUND"
    message = "未找到该账号"


class InvalidCredentials(DomainError):
    """Wrong name, password or code."""  # all answer alike

    code = "INVALID_CREDENTIALS"
    message = "账号或密码不正确"


class AccountLocked(DomainError):
    """Too many failures; a device that the account knows may still sign in."""

    # details: {"until": moment the lock ends, real time}
    code = "ACCOUNT_LOCKED"
    message = "登录失败次数过多，请稍后再试"


class AccountDisabled(DomainError):
    """The account is disabled."""

    code = "ACCOUNT_DISABLED"
    message = "账号已停用，请联系政协办公室"


class NoActiveRole(DomainError):
    """The account holds no role."""

    code = "NO_ACTIVE_ROLE"
    message = "账号目前没有可用的身份，请联系政协办公室"


class RoleNotHeld(DomainError):
    """The account does not hold this role."""

    code = "ROLE_NOT_HELD"
    message = "账号没有这一身份"


class SessionEnded(DomainError):
    """The session has ended; sign in again."""

    code = "SESSION_ENDED"
    message = "登录已失效，请重新登录"


class SessionNotFound(NotFound):
    """No such session of one's own."""

    code = "SESSION_NOT_FOUND"
    message = "未找到该次登录"


class TicketInvalid(DomainError):
    """The password ticket is no longer good."""

    code = "TICKET_INVALID"
    message = "修改密码的凭证已失效，请重新登录"


class PasswordTooShort(DomainError):
    """Password too short."""

    code = "PASSWORD_TOO_SHORT"
    message = "密码太短"


class PasswordTooCommon(DomainError):
    """Password too easy to guess."""

    code = "PASSWORD_TOO_COMMON"
    message = "密码容易被猜到，请避免常见词、连续字母数字和键盘顺序，换一个更长的"


class PasswordNamesAccount(DomainError):
    """Password names the account."""

    code = "PASSWORD_NAMES_ACCOUNT"
    message = "密码不能包含登录名、委员证号或手机号"


class PasswordUnchanged(DomainError):
    """New password equals the current one."""

    code = "PASSWORD_UNCHANGED"
    message = "新密码不能与原密码相同"


class LoginTaken(DomainError):
    """The login name is in use."""

    code = "LOGIN_TAKEN"
    message = "登录名已被使用"


class PersonHasAccount(DomainError):
    """The person has an account already."""

    code = "PERSON_HAS_ACCOUNT"
    message = "该人员已有账号，请在原账号上申请角色"


class OwnAccount(DomainError):
    """Not on one's own account."""

    code = "OWN_ACCOUNT"
    message = "不能对自己的账号进行此操作"


class AccountStateUnfit(NotInState):
    """Not in this state of the account."""

    code = "ACCOUNT_STATE_UNFIT"
    message = "账号当前状态不能进行此操作"


class RoleNotGrantable(DomainError):
    """A role that nobody can grant."""

    code = "ROLE_NOT_GRANTABLE"
    message = "该身份不能通过授权取得"


class ScopeMismatch(DomainError):
    """The scope does not fit the role."""

    code = "SCOPE_MISMATCH"
    message = "身份与范围不匹配"


class RoleAlreadyHeld(DomainError):
    """Held or asked for already."""

    code = "ROLE_ALREADY_HELD"
    message = "账号已有或正在申请这一身份"


class SecondPersonNeeded(DomainError):
    """Two different persons are needed."""  # section 3, ADM

    code = "SECOND_PERSON_NEEDED"
    message = "申请人与批准人不能是同一人，也不能为本人批准"


class GrantNotFound(NotFound):
    """The account holds no such role, and none was asked for."""

    code = "GRANT_NOT_FOUND"
    message = "未找到该授权"


class GrantStateUnfit(NotInState):
    """Not in this state of the grant."""

    code = "GRANT_STATE_UNFIT"
    message = "该授权当前状态不能进行此操作"


class RoleOwnedByRoster(DomainError):
    """The roster of members decides this role."""

    code = "ROLE_OWNED_BY_ROSTER"
    message = "该身份由委员名册决定，不能单独收回"


class ResetNeedsTwo(DomainError):
    """The account may approve: one asks for a reset, a security administrator approves it."""

    code = "RESET_NEEDS_TWO"
    message = "该账号有审批权，请申请重置密码，由安全管理员另行批准"


class FactorWrong(DomainError):
    """No code of now, or one that was used before."""

    code = "SECOND_FACTOR_WRONG"
    message = "动态码不正确或已使用，请等待下一个动态码"


class FactorNotBegun(DomainError):
    """No second factor was begun, or another one since."""

    code = "SECOND_FACTOR_NOT_BEGUN"
    message = "请先获取新的两步验证密钥"


class FactorMissing(DomainError):
    """The account has no second factor."""

    code = "SECOND_FACTOR_MISSING"
    message = "该账号尚未开启两步验证"


class FactorNeeded(DomainError):
    """The role may only be used by who has signed in with a second factor."""

    code = "SECOND_FACTOR_NEEDED"
    message = "该身份须经两步验证，请重新登录"


class ResetNotRequested(DomainError):
    """Nobody has asked for a reset."""

    code = "RESET_NOT_REQUESTED"
    message = "该账号没有待批准的重置申请"


class AdministratorsApart(DomainError):
    """One person holds one of the three administrator roles."""

    code = "ADMINISTRATORS_APART"
    message = "系统、安全、审计管理员三员分立，同一人只能担任其一"


class AdminExists(DomainError):
    """There is such an administrator already."""

    code = "ADMIN_EXISTS"
    message = "已有该管理员，如需重置请使用 --reset"


class OfficeExists(DomainError):
    """The office has an account already."""

    code = "OFFICE_EXISTS"
    message = "已有办公室账号，请按授权流程办理"


class DemoRefused(DomainError):
    """Demo accounts are refused in production."""

    code = "DEMO_REFUSED"
    message = "生产环境不能载入演示账号"


class WechatOff(DomainError):
    """No official account is set up."""

    code = "WECHAT_OFF"
    message = "微信绑定尚未开通"


class WechatNotBound(DomainError):
    """No WeChat is bound to the account."""

    code = "WECHAT_NOT_BOUND"
    message = "尚未绑定微信"


class WechatTaken(DomainError):
    """This WeChat is bound to another account."""

    code = "WECHAT_TAKEN"
    message = "该微信已绑定其他账号，请先在原账号解除绑定"


class WechatRefused(DomainError):
    """WeChat did not say who it is; begin again."""

    code = "WECHAT_REFUSED"
    message = "未能确认微信身份，请重新发起绑定"


class BindingCodeInvalid(DomainError):
    """Wrong, used or expired."""

    code = "BINDING_CODE_INVALID"
    message = "绑定码不正确或已过期，请重新获取"
