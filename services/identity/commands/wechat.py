"""Binding a WeChat identity to an account, for messages alone: it opens nothing (ADR 38)."""

from __future__ import annotations

from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import SIGNED_IN, Identity
from services.identity.domain import wechat
from services.identity.domain.account import Account
from services.identity.domain.errors import BindingCodeInvalid, WechatOff, WechatTaken
from services.identity.domain.throttle import Counted, Counter, limits
from services.identity.domain.wechat import CODE_LIFE, BindingCode, hashed, new_code
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Conflict
from shared.operations import command, query

BINDING = "wechat-binding"  # whose attempts are counted, of each WeChat identity
Row = dict[str, Any]


@allow(*SIGNED_IN)
@command("beginWechatBinding", answers=form.BINDING)
def begin_binding(call: Call, desk: Identity) -> Row:
    """开始绑定微信（本人）。A code for the own account, and an address that does without it.

    The code is sent to the official account as a message; the address is opened inside WeChat and
    comes back with what bindWechat wants. A former code is void. Raises WechatOff.
    """
    return _begin(call, desk, str(call.actor.account_id))


@allow(Role.OFFICE)
@command("issueWechatCode", answers=form.BINDING)
def issue_wechat_code(call: Call, desk: Identity, *, account_id: form.AccountId) -> Row:
    """发放微信绑定码（办公室）。A binding code for an account, for who has not signed in yet.

    It binds a place for messages, and is no way into the account. Raises WechatOff.
    """
    begun = _begin(call, desk, account_id)
    desk.audit.record(call, "issue_wechat_code", account_id)
    return begun


@allow(*SIGNED_IN)
@command("bindWechat", answers=form.WECHAT)
def bind_wechat(
    call: Call, desk: Identity, *, code: form.OauthCode, state: form.BindingState
) -> Row:
    """完成微信绑定（本人）。What WeChat led back with: its code, and our state of the account.

    Raises WechatOff, BindingCodeInvalid, WechatRefused, WechatTaken.
    """
    if desk.wechat is None:
        raise WechatOff
    account = desk.accounts.get(str(call.actor.account_id))
    _check(account, state, desk, "state")
    return _bind(call, desk, account, desk.wechat.openid(code))


@allow(Role.SYSTEM)
@command(callers=("notifications",), logged=False)
def bind_wechat_by_code(
    call: Call, desk: Identity, *, code: form.BindingCodeText, openid: form.Openid
) -> bool:
    """What somebody wrote to the official account: binds him to the account of that code.

    Guesses are counted for each WeChat identity, as those at passwords for each address. Raises
    BindingCodeInvalid, WechatTaken, AccountLocked.
    """
    at = desk.clock.real()
    counter = Counter(Counted.PAIR, BINDING, openid)
    desk.attempts.check([counter], at)
    account = desk.accounts.by_binding_code(hashed(code))
    fits = account is not None and wechat.opens(account, hashed(code), at)
    desk.attempts.settle(counter, fits, at, limits(desk.setting)[Counted.PAIR])
    if account is None or not fits:
        raise BindingCodeInvalid
    _bind(call, desk, account, openid)
    return True


@allow(*SIGNED_IN)
@command("unbindWechat", answers=form.WECHAT)
def unbind_wechat(call: Call, desk: Identity) -> Row:
    """解除微信绑定（本人）。Nothing is sent there any more. Raises WechatNotBound."""
    account_id = str(call.actor.account_id)
    account = desk.accounts.edit(call, account_id, desk.clock.now(), wechat.unbind)
    desk.audit.record(call, "unbind_wechat", account.id)
    return _row(desk, account)


@allow(*SIGNED_IN)
@query()
def own_wechat(call: Call, desk: Identity) -> Row:
    """{"available", "bound", "bound_at"} of the own account; never the identity itself."""
    return _row(desk, desk.accounts.get(str(call.actor.account_id)))


def _begin(call: Call, desk: Identity, account_id: str) -> Row:
    if desk.wechat is None:
        raise WechatOff
    code, ends = new_code(desk.choose), desk.clock.real() + CODE_LIFE
    offered = BindingCode(hashed(code), ends)
    desk.accounts.edit(
        call.without_command(), account_id, desk.clock.now(), lambda a: wechat.offer(a, offered)
    )
    return {"code": code, "url": desk.wechat.address(code), "expires_at": ends}


def _check(account: Account, code: str, desk: Identity, field: str) -> None:
    if not wechat.opens(account, hashed(code), desk.clock.real()):
        raise BindingCodeInvalid(field=field)


def _bind(call: Call, desk: Identity, account: Account, openid: str) -> Row:
    """One WeChat identity, one account: else one person would read another's messages."""
    at = desk.clock.now()
    holder = desk.accounts.by_openid(openid)
    if holder is not None and holder.id != account.id:
        raise WechatTaken
    try:
        bound = desk.accounts.edit(
            call.without_command(), account.id, at, lambda a: wechat.bind(a, openid, at)
        )
    except Conflict:  # another account was faster: the index holds
        raise WechatTaken from None
    desk.audit.record(call, "bind_wechat", account.id)
    return _row(desk, bound)


def _row(desk: Identity, account: Account) -> Row:
    return {
        "available": desk.wechat is not None,
        "bound": account.wechat is not None,
        "bound_at": account.wechat.bound_at if account.wechat else None,
    }
