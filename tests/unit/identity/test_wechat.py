"""Binding a WeChat identity: codes that are good once and soon over, one identity, one account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.identity.commands.queries import ways_to_reach
from services.identity.commands.wechat import (
    begin_binding,
    bind_wechat,
    bind_wechat_by_code,
    issue_wechat_code,
    own_wechat,
    unbind_wechat,
)
from services.identity.domain.errors import (
    AccountDisabled,
    AccountLocked,
    BindingCodeInvalid,
    WechatNotBound,
    WechatOff,
    WechatRefused,
    WechatTaken,
)
from shared.actor import Actor, Role
from shared.call import Call
from shared.contracts import names
from tests.unit.identity.world import START, World, call_as

SYSTEM = call_as(Actor("service:notifications", Role.SYSTEM))
OFFICE = call_as(Actor("account-office", Role.OFFICE))


def owner(account_id: str) -> Call:
    return call_as(Actor(account_id, Role.PROPOSAL_STAFF))


def test_bound_by_code_once() -> None:
    world = World()
    account = world.account()
    begun = begin_binding(owner(account.id), world.identity)
    assert (len(begun["code"]), begun["expires_at"]) == (8, START + timedelta(minutes=15))
    assert begun["code"] not in str(world.identity.accounts.get(account.id).wechat_code)
    bind_wechat_by_code(SYSTEM, world.identity, code=begun["code"], openid="openid-1")
    assert own_wechat(owner(account.id), world.identity)["bound"] is True
    with pytest.raises(BindingCodeInvalid):
        bind_wechat_by_code(SYSTEM, world.identity, code=begun["code"], openid="openid-2")
    told = [name for name, _ in world.accounts.published]
    assert told.count(names.ACCOUNT_WECHAT_BOUND) == 1


def test_a_code_of_before_and_one_that_is_late_are_void() -> None:
    world = World()
    account = world.account()
    first = issue_wechat_code(OFFICE, world.identity, account_id=account.id)["code"]
    second = issue_wechat_code(OFFICE, world.identity, account_id=account.id)["code"]
    with pytest.raises(BindingCodeInvalid):
        bind_wechat_by_code(SYSTEM, world.identity, code=first, openid="openid-1")
    world.clock.advance(timedelta(minutes=15))
    with pytest.raises(BindingCodeInvalid):
        bind_wechat_by_code(SYSTEM, world.identity, code=second, openid="openid-1")


def test_guesses_lock_out_who_guesses_and_nobody_else() -> None:
    world = World()
    account = world.account()
    code = begin_binding(owner(account.id), world.identity)["code"]
    for _ in range(5):
        with pytest.raises((BindingCodeInvalid, AccountLocked)):
            bind_wechat_by_code(SYSTEM, world.identity, code="0000", openid="thief")
    with pytest.raises(AccountLocked):
        bind_wechat_by_code(SYSTEM, world.identity, code=code, openid="thief")
    assert bind_wechat_by_code(SYSTEM, world.identity, code=code, openid="openid-1")


def test_by_redirect_with_the_own_state_alone() -> None:
    world = World()
    account, other = world.account(), world.account("li.na")
    state = begin_binding(owner(account.id), world.identity)["code"]
    with pytest.raises(BindingCodeInvalid):
        bind_wechat(owner(other.id), world.identity, code="oauth-1", state=state)
    with pytest.raises(WechatRefused):
        bind_wechat(owner(account.id), world.identity, code="oauth-2", state=state)
    assert bind_wechat(owner(account.id), world.identity, code="oauth-1", state=state)["bound"]
    again = begin_binding(owner(other.id), world.identity)["code"]
    with pytest.raises(WechatTaken):
        bind_wechat(owner(other.id), world.identity, code="oauth-1", state=again)


def test_unbound_and_a_disabled_account() -> None:
    world = World()
    account = world.account()
    with pytest.raises(WechatNotBound):
        unbind_wechat(owner(account.id), world.identity)
    code = begin_binding(owner(account.id), world.identity)["code"]
    bind_wechat_by_code(SYSTEM, world.identity, code=code, openid="openid-1")
    assert unbind_wechat(owner(account.id), world.identity)["bound"] is False
    disabled = world.account("li.na", disabled_by=["ADMIN"])
    with pytest.raises(AccountDisabled):
        begin_binding(owner(disabled.id), world.identity)


def test_without_an_official_account_nothing_is_begun() -> None:
    world = World()
    account = world.account()
    object.__setattr__(world.identity, "wechat", None)
    for begin in (
        lambda: begin_binding(owner(account.id), world.identity),
        lambda: bind_wechat(owner(account.id), world.identity, code="oauth-1", state="1"),
    ):
        with pytest.raises(WechatOff):
            begin()
    assert own_wechat(owner(account.id), world.identity) == {
        "available": False,
        "bound": False,
        "bound_at": None,
    }


def test_who_may_ask_where_people_are_reached() -> None:
    assert ways_to_reach.operation.callers == ("notifications",)  # type: ignore[attr-defined]
