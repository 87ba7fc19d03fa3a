"""Values that answers and lists hold, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class ScopeKind(Labelled):
    """身份范围的类别。Kind of a role's scope."""

    SECTOR = "SECTOR", "界别", "Sector"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组", "Sector activity group"
    COMMITTEE = "COMMITTEE", "专门委员会", "Special committee"
    TOWN = "TOWN", "镇（街道）", "Town or street"
    PARTY = "PARTY", "党派", "Party"
    ORGANISATION = "ORGANISATION", "团体", "Organisation"
    UNIT = "UNIT", "承办单位", "Handling unit"
    SIDE = "SIDE", "归口（PARTY 党委，GOVERNMENT 政府）", "Side: PARTY or GOVERNMENT"
    FORMER = "FORMER", "往届、离任或暂停履职委员", "Out of office, own past cases only"


class AccountKind(Labelled):
    """账号类别。Whose an account is."""

    PERSON = "PERSON", "个人", "A person's"
    ORGANISATION = "ORGANISATION", "组织", "An organisation's"


class AccountState(Labelled):
    """账号状态。State of an account."""

    ACTIVE = "ACTIVE", "正常", "In use"
    DISABLED = "DISABLED", "停用", "Disabled"


class AccountOrder(Labelled):
    """账号列表的顺序。Order of the list of accounts."""

    LOGIN = "LOGIN", "按登录名", "By login name"
    CREATED_AT_DESC = "CREATED_AT_DESC", "新建在前", "Newest first"


class GrantState(Labelled):
    """授权状态。State of a grant."""

    REQUESTED = "REQUESTED", "待批准", "Asked for"
    GRANTED = "GRANTED", "有效", "Held"
    REFUSED = "REFUSED", "不同意", "Refused"
    REVOKED = "REVOKED", "已收回", "Taken back"


class GrantSource(Labelled):
    """授权来源。Where a grant comes from."""

    REQUEST = "REQUEST", "申请批准", "Asked for and approved by two persons"
    ROSTER = "ROSTER", "委员名册", "Follows the roster of members"
    BOOTSTRAP = "BOOTSTRAP", "系统初始化", "Made on the server for an empty system"
    DEMO = "DEMO", "演示数据", "Demonstration data"


class SignInEvent(Labelled):
    """登录审计的事项。Kind of an entry in the sign-in audit."""

    SUCCESS = "SUCCESS", "登录成功", "Signed in"
    FAILURE = "FAILURE", "登录失败", "Failed"
    LOCKED = "LOCKED", "账号锁定", "Locked"
    ROLE_SWITCHED = "ROLE_SWITCHED", "切换身份", "Acting role changed"
    CODE_ISSUED = "CODE_ISSUED", "发放验证码", "One-time code issued"
    CODE_ACCEPTED = "CODE_ACCEPTED", "使用验证码", "One-time code accepted"
    PASSWORD_CHANGED = "PASSWORD_CHANGED", "修改密码", "Password changed"
    PASSWORD_RESET = "PASSWORD_RESET", "重置密码", "Password reset by code"
    SECOND_FACTOR_SET = "SECOND_FACTOR_SET", "开启两步验证", "Second factor set up"
    SECOND_FACTOR_DROPPED = "SECOND_FACTOR_DROPPED", "关闭两步验证", "Second factor dropped"
    RECOVERY_CODE_USED = "RECOVERY_CODE_USED", "使用恢复码", "Recovery code used"
    RECOVERY_CODES_RENEWED = "RECOVERY_CODES_RENEWED", "更换恢复码", "New recovery codes"
    TOKEN_REUSED = "TOKEN_REUSED", "令牌重复使用", "Refresh token used twice"
    SIGNED_OUT = "SIGNED_OUT", "退出登录", "Signed out"
    SIGNED_OUT_EVERYWHERE = "SIGNED_OUT_EVERYWHERE", "全部退出登录", "Signed out everywhere"
