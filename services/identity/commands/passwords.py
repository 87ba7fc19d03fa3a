"""Choosing a password, and getting back in by a one-time code (decision 18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import ANYONE, Identity
from services.identity.commands.proof import Origin, Proof, origin_of, prove
from services.identity.domain.account import Account
from services.identity.domain.errors import (
    InvalidCredentials,
    PasswordUnchanged,
    TicketInvalid,
)
from services.identity.domain.grants import Person
from services.identity.domain.passwords import OneTimeCode, check_password, new_code
from services.identity.domain.tickets import Purpose
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput, Unauthenticated
from shared.operations import command


@allow(*ANYONE)
@command("changePassword", answers=form.CHANGED)
def change_password(
    call: Call,
    desk: Identity,
    *,
    new_password: form.NewPassword,
    current_password: form.CurrentPassword | None = None,
    ticket: form.Ticket | None = None,
) -> dict[str, Any]:
    """修改密码。Choose a password, by the current one or by the ticket of signIn.

    All other sessions end. Raises InvalidInput, InvalidCredentials, AccountLocked, TicketInvalid
    and what `check_password` raises; Unauthenticated for a visitor without ticket.
    """
    if (current_password is None) == (ticket is None):
        raise InvalidInput("请填写原密码，或使用修改密码的凭证", field="currentPassword")
    if ticket is not None:
        return _choose(call, desk, _by_ticket(desk, ticket), new_password, "PASSWORD_RESET")
    account = _by_current(call, desk, current_password or "", new_password)
    return _choose(call, desk, account, new_password, "PASSWORD_CHANGED")


@allow(*ANYONE)
@command("redeemResetCode", answers=form.CHANGED)
def redeem_code(
    call: Call,
    desk: Identity,
    *,
    login: form.Login,
    code: form.Code,
    new_password: form.NewPassword,
    device_token: form.DeviceToken | None = None,
    client: form.Client = "",
) -> dict[str, Any]:
    """凭一次性验证码重设密码。Choose a password by a one-time code.

    Raises as `change_password` does.
    """
    account = desk.accounts.by_sign_in_name(login)
    origin = origin_of(desk, account, client, device_token)
    prove(call, desk, account, login, code, Proof.CODE, origin)
    if account is None:
        raise InvalidCredentials
    account.check_enabled()
    return _choose(call, desk, account, new_password, "PASSWORD_RESET")


@allow(Role.OFFICE)
@command("issueResetCode", answers=form.CODE)
def issue_reset_code(
    call: Call,
    desk: Identity,
    *,
    account_id: form.AccountId,
    without_factor: form.WithoutFactor = False,
) -> dict[str, Any]:
    """发放一次性验证码（办公室）。A one-time code for an account, shown this once.

    For an account that approves nothing; a former code of it is void. Raises OwnAccount,
    ResetNeedsTwo, AccountDisabled.
    """
    by = acting_person(call)
    return _issue(
        call,
        desk,
        account_id,
        "issue_reset_code",
        lambda a, code: a.issue_code(code, by, without_factor),
    )


@allow(Role.OFFICE, Role.SECURITY_ADMIN)
@command("requestPasswordReset", answers=form.ACCOUNT)
def request_reset(
    call: Call,
    desk: Identity,
    *,
    account_id: form.AccountId,
    reason: form.Reason,
    without_factor: form.WithoutFactor = False,
) -> dict[str, Any]:
    """申请重置密码，用于有审批权的账号。Ask for the reset of an account that may approve.

    Another person, a security administrator, approves it. Raises OwnAccount, AccountDisabled.
    """
    at = desk.clock.now()
    by = acting_person(call)

    def ask(account: Account) -> None:
        account.request_reset(by, reason, at, without_factor)

    account = desk.accounts.edit(call, account_id, at, ask)
    desk.audit.record(call, "request_reset", account.id, details={"reason": reason})
    return desk.accounts.row(account)


@allow(Role.SECURITY_ADMIN, approves=True)
@command("approvePasswordReset", answers=form.CODE)
def approve_reset(call: Call, desk: Identity, *, account_id: form.AccountId) -> dict[str, Any]:
    """批准重置密码（安全管理员）。Approve a reset that another asked for; the code is shown once.

    Raises ResetNotRequested, SecondPersonNeeded, AccountDisabled.
    """
    by = acting_person(call)
    return _issue(
        call, desk, account_id, "approve_reset", lambda a, code: a.approve_reset(code, by)
    )


@allow(Role.SECURITY_ADMIN, approves=True)
@command("refusePasswordReset", answers=form.ACCOUNT)
def refuse_reset(
    call: Call, desk: Identity, *, account_id: form.AccountId, reason: form.Reason
) -> dict[str, Any]:
    """不同意重置密码（安全管理员）。Refuse a reset. Raises ResetNotRequested."""
    account = desk.accounts.edit(call, account_id, desk.clock.now(), Account.refuse_reset)
    desk.audit.record(call, "refuse_reset", account.id, details={"reason": reason})
    return desk.accounts.row(account)


def make_code(desk: Identity, by: str | None) -> tuple[str, OneTimeCode]:
    """A fresh code, in plain to show once and hashed to store."""
    code = new_code(desk.choose)
    life = timedelta(hours=desk.setting("reset_code_hours"))
    ends = desk.clock.real() + life
    return code, OneTimeCode(desk.hasher.hash(code), ends, by)


def _issue(
    call: Call,
    desk: Identity,
    account_id: str,
    action: str,
    give: Callable[[Account, OneTimeCode], None],
) -> dict[str, Any]:
    """A fresh code, in plain this once; whatever went before it is void."""
    code, stored = make_code(desk, call.actor.account_id)
    account = desk.accounts.edit(
        call.without_command(), account_id, desk.clock.now(), lambda a: give(a, stored)
    )
    desk.tickets.drop(account.id)
    desk.journal.record(call, "CODE_ISSUED", account.id, desk.clock.real())
    desk.audit.record(call, action, account.id)
    return {
        "code": code,
        "expires_at": stored.expires_at,
        "account": desk.accounts.row(account),
    }


def acting_person(call: Call) -> Person:
    return Person(str(call.actor.account_id), call.actor.person_id)


def _by_ticket(desk: Identity, ticket: str) -> Account:
    found = desk.tickets.find(ticket, Purpose.PASSWORD, desk.clock.real())
    if found is None:
        raise TicketInvalid(field="ticket")
    account = desk.accounts.get(found.account_id)
    account.check_enabled()
    return account


def _by_current(call: Call, desk: Identity, current: str, new: str) -> Account:
    account = prove_again(call, desk, current)
    if current == new:
        raise PasswordUnchanged(field="newPassword")
    return account


def prove_again(call: Call, desk: Identity, current: str) -> Account:
    """The signed-in account, whose password is asked for once more.

    Raises Unauthenticated, AccountDisabled, InvalidCredentials, AccountLocked.
    """
    account = desk.accounts.get(signed_in(call))
    account.check_enabled()
    # Whoever is signed in already is known: guesses here keep out nobody else.
    origin = Origin(known=call.actor.session_id or account.id)
    prove(call, desk, account, account.login, current, Proof.PASSWORD, origin)
    return account


def signed_in(call: Call) -> str:
    """The account that asks; raises Unauthenticated for a visitor."""
    if call.actor.role in {Role.PUBLIC, Role.SYSTEM} or call.actor.account_id is None:
        raise Unauthenticated
    return call.actor.account_id


def _choose(
    call: Call, desk: Identity, account: Account, password: str, kind: str
) -> dict[str, Any]:
    minimum = desk.setting("password_min_length")
    check_password(password, account.sign_in_names, minimum, desk.guesses)
    at = desk.clock.real()
    hashed = desk.hasher.hash(password)

    def choose(current: Account) -> None:
        if kind == "PASSWORD_RESET":
            current.reset_password(hashed, at)
        else:
            current.set_password(hashed)

    desk.accounts.edit(call.without_command(), account.id, desk.clock.now(), choose)
    desk.tickets.drop(account.id)
    desk.attempts.clear(account.id)
    desk.devices.drop(account.id)
    keep = call.actor.session_id if call.actor.account_id == account.id else None
    ended = desk.sessions.end_all(call, account.id, kind, at, keep=keep)
    desk.journal.record(call, kind, account.id, at, details={"sessions_ended": ended})
    return {"changed": True, "sessions_ended": ended}
