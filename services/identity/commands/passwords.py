"""Choosing a password, and getting back in by a one-time code (decision 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import ANYONE, Identity
from services.identity.commands.proof import Origin, Proof, origin_of, prove, without_command
from services.identity.domain.account import Account
from services.identity.domain.errors import (
    InvalidCredentials,
    PasswordUnchanged,
    TicketInvalid,
)
from services.identity.domain.grants import Person
from services.identity.domain.passwords import OneTimeCode, check_password, new_code
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
        account = _by_ticket(desk, ticket)
    else:
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
def issue_reset_code(call: Call, desk: Identity, *, account_id: form.AccountId) -> dict[str, Any]:
    """发放一次性验证码（办公室）。A one-time code for an account, shown this once.

    A former code of the account is void. Raises OwnAccount, ResetNotAllowed, AccountDisabled.
    """
    at = desk.clock.real()
    code, stored = make_code(desk, call.actor.account_id)
    by = acting_person(call)
    account = desk.accounts.edit(
        without_command(call), account_id, desk.clock.now(), lambda a: a.issue_code(stored, by)
    )
    desk.tickets.drop(account.id)
    desk.journal.record(call, "CODE_ISSUED", account.id, at)
    desk.audit.record(call, "issue_reset_code", account.id)
    return {
        "code": code,
        "expires_at": stored.expires_at,
        "account": desk.accounts.row(account),
    }


def make_code(desk: Identity, by: str | None) -> tuple[str, OneTimeCode]:
    """A fresh code, in plain to show once and hashed to store."""
    code = new_code(desk.choose)
    life = timedelta(hours=desk.setting("reset_code_hours"))
    ends = desk.clock.real() + life
    return code, OneTimeCode(desk.hasher.hash(code), ends, by)


def acting_person(call: Call) -> Person:
    return Person(str(call.actor.account_id), call.actor.person_id)


def _by_ticket(desk: Identity, ticket: str) -> Account:
    account_id = desk.tickets.find(ticket, desk.clock.real())
    if account_id is None:
        raise TicketInvalid(field="ticket")
    account = desk.accounts.get(account_id)
    account.check_enabled()
    return account


def _by_current(call: Call, desk: Identity, current: str, new: str) -> Account:
    if call.actor.role in {Role.PUBLIC, Role.SYSTEM} or call.actor.account_id is None:
        raise Unauthenticated
    account = desk.accounts.get(call.actor.account_id)
    account.check_enabled()
    # Whoever is signed in already is known: guesses here keep out nobody else.
    origin = Origin(known=call.actor.session_id or account.id)
    prove(call, desk, account, account.login, current, Proof.PASSWORD, origin)
    if current == new:
        raise PasswordUnchanged(field="newPassword")
    return account


def _choose(
    call: Call, desk: Identity, account: Account, password: str, kind: str
) -> dict[str, Any]:
    minimum = desk.setting("password_min_length")
    check_password(password, account.sign_in_names, minimum, desk.guesses)
    at = desk.clock.real()
    hashed = desk.hasher.hash(password)
    desk.accounts.edit(
        without_command(call),
        account.id,
        desk.clock.now(),
        lambda current: current.set_password(hashed),
    )
    desk.tickets.drop(account.id)
    desk.attempts.clear(account.id)
    desk.devices.drop(account.id)
    keep = call.actor.session_id if call.actor.account_id == account.id else None
    ended = desk.sessions.end_all(account.id, kind, at, keep=keep)
    desk.journal.record(call, kind, account.id, at, details={"sessions_ended": ended})
    return {"changed": True, "sessions_ended": ended}
