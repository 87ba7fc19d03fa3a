"""Choosing a password, and getting back in by a one-time code (decision 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.identity.commands.ports import ANYONE, Identity
from services.identity.commands.proof import Proof, prove, without_command
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
from shared.errors import Unauthenticated


@allow(*ANYONE)
def change_password(
    call: Call,
    identity: Identity,
    *,
    new_password: str,
    current_password: str | None = None,
    ticket: str | None = None,
) -> dict[str, Any]:
    """Choose a new password, by the current one or by the ticket of a one-time code.

    All other sessions end. Raises InvalidCredentials, AccountLocked, TicketInvalid and what
    `check_password` raises; Unauthenticated for a visitor without ticket.
    """
    if ticket is not None:
        account = _by_ticket(identity, ticket)
    else:
        account = _by_current(call, identity, current_password or "", new_password)
    return _choose(call, identity, account, new_password, "PASSWORD_CHANGED")


@allow(*ANYONE)
def redeem_code(
    call: Call, identity: Identity, *, login: str, code: str, new_password: str
) -> dict[str, Any]:
    """Choose a new password by a one-time code in one step; raises as `change_password` does."""
    account = identity.accounts.by_sign_in_name(login)
    prove(call, identity, account, login, code, Proof.CODE)
    if account is None:
        raise InvalidCredentials
    account.check_enabled()
    return _choose(call, identity, account, new_password, "PASSWORD_RESET")


@allow(Role.OFFICE)
def issue_reset_code(call: Call, identity: Identity, *, account_id: str) -> dict[str, Any]:
    """A one-time code for someone else: {"code", "expires_at"}, shown this once.

    A former code of the account is void. Raises OwnAccount, ResetNotAllowed, AccountDisabled.
    """
    at = identity.clock.real()
    code, stored = make_code(identity, call.actor.account_id)
    by = acting_person(call)
    account = identity.accounts.edit(
        without_command(call), account_id, identity.clock.now(), lambda a: a.issue_code(stored, by)
    )
    identity.tickets.drop(account.id)
    identity.journal.record(call, "CODE_ISSUED", account.id, at)
    identity.audit.record(call, "issue_reset_code", account.id)
    return {
        "code": code,
        "expires_at": stored.expires_at,
        "account": identity.accounts.row(account),
    }


def make_code(identity: Identity, by: str | None) -> tuple[str, OneTimeCode]:
    """A fresh code, in plain to show once and hashed to store."""
    code = new_code(identity.choose)
    life = timedelta(hours=identity.setting("reset_code_hours"))
    ends = identity.clock.real() + life
    return code, OneTimeCode(identity.hasher.hash(code), ends, by)


def acting_person(call: Call) -> Person:
    return Person(str(call.actor.account_id), call.actor.person_id)


def _by_ticket(identity: Identity, ticket: str) -> Account:
    account_id = identity.tickets.find(ticket, identity.clock.real())
    if account_id is None:
        raise TicketInvalid(field="ticket")
    account = identity.accounts.get(account_id)
    account.check_enabled()
    return account


def _by_current(call: Call, identity: Identity, current: str, new: str) -> Account:
    if call.actor.role in {Role.PUBLIC, Role.SYSTEM} or call.actor.account_id is None:
        raise Unauthenticated
    account = identity.accounts.get(call.actor.account_id)
    account.check_enabled()
    prove(call, identity, account, account.login, current, Proof.PASSWORD)
    if current == new:
        raise PasswordUnchanged(field="newPassword")
    return account


def _choose(
    call: Call, identity: Identity, account: Account, password: str, kind: str
) -> dict[str, Any]:
    check_password(password, account.sign_in_names, identity.setting("password_min_length"))
    at = identity.clock.real()
    hashed = identity.hasher.hash(password)
    identity.accounts.edit(
        without_command(call),
        account.id,
        identity.clock.now(),
        lambda current: current.set_password(hashed),
    )
    identity.tickets.drop(account.id)
    identity.attempts.clear(account.id)
    keep = call.actor.session_id if call.actor.account_id == account.id else None
    ended = identity.sessions.end_all(account.id, kind, at, keep=keep)
    identity.journal.record(call, kind, account.id, at, details={"sessions_ended": ended})
    return {"changed": True, "sessions_ended": ended}
