"""Events of the identity service."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

ACCOUNT: dict[str, Any] = {
    "account_id": "account-1",
    "person_id": "p-15-0088",
    "member_id": "m-15-0088",
}
GRANT = {**ACCOUNT, "grant_id": "grant-1", "role": "PROPOSAL_STAFF", "scope": {}}


class AccountData(Data):
    account_id = fields.Str(required=True)
    person_id = fields.Str(allow_none=True)
    member_id = fields.Str(allow_none=True)


class GrantData(AccountData):
    """A role with its scope (kind → id)."""

    grant_id = fields.Str(required=True)
    role = fields.Str(required=True)
    scope = fields.Dict(keys=fields.Str(), values=fields.Str(), required=True)


@contract(
    "identity",
    names.ACCOUNT_LOCKED,
    "账号锁定",
    {**ACCOUNT, "locked_until": "2017-02-06T09:15:00+08:00"},
)
class AccountLocked(AccountData):
    locked_until = fields.AwareDateTime(required=True)


@contract(
    "identity",
    names.ACCOUNT_SESSION_ENDED,
    "会话结束",
    {"account_id": "account-1", "session_id": "session-1", "reason": "SIGNED_OUT"},
)
class SessionEnded(Data):
    """Its access tokens open nothing any more, in any service. Times of sessions are real."""

    account_id = fields.Str(required=True)
    session_id = fields.Str(required=True)
    reason = fields.Str(required=True)


contract("identity", names.ACCOUNT_CREATED, "开通账号", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_DISABLED, "停用账号", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_ENABLED, "启用账号", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_SIGNED_OUT_EVERYWHERE, "全部退出登录", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_RESET_REQUESTED, "申请重置密码", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_RESET_REFUSED, "不同意重置密码", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_CODE_ISSUED, "发放一次性验证码", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_PASSWORD_RESET, "凭验证码重设密码", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_WECHAT_BOUND, "绑定微信", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_WECHAT_UNBOUND, "解除微信绑定", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_SECOND_FACTOR_SET, "开启两步验证", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_SECOND_FACTOR_DROPPED, "关闭两步验证", ACCOUNT)(AccountData)
contract("identity", names.ACCOUNT_ROLE_REQUESTED, "申请授权", GRANT)(GrantData)
contract("identity", names.ACCOUNT_ROLE_GRANTED, "授予角色", GRANT)(GrantData)
contract("identity", names.ACCOUNT_ROLE_REFUSED, "不同意授权", GRANT)(GrantData)
contract("identity", names.ACCOUNT_ROLE_REVOKED, "收回角色", GRANT)(GrantData)
