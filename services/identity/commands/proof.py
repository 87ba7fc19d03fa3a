"""Proving who someone is: every password and every code is checked here, and counted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import AccountLocked, InvalidCredentials
from services.identity.domain.passwords import as_code, locked
from shared.call import Call


class Proof(StrEnum):
    PASSWORD = "PASSWORD"
    CODE = "CODE"


def prove(
    call: Call,
    desk: Identity,
    account: Account | None,
    name: str,
    secret: str,
    proof: Proof,
) -> None:
    """Raises InvalidCredentials or AccountLocked, alike for unknown names.

    Exactly one slow hash is computed, whatever the account holds, so that the time of the answer
    tells nothing. Nothing here is kept under the client's command id: its fingerprint would be a
    fast hash of the password.
    """
    at = desk.clock.real()
    key = account.id if account else _unknown(name)
    lock = timedelta(minutes=desk.setting("login_lock_minutes"))
    limit = desk.setting("login_failures")
    account_id = account.id if account else None
    try:
        desk.attempts.check(key, at)
        fits = _fits(desk, account, secret, proof, at)
        attempts = desk.attempts.settle(key, fits, at, limit, lock)
    except AccountLocked as refusal:
        desk.journal.record(call, "FAILURE", account_id, at, code=refusal.code)
        raise
    if fits:
        return
    desk.journal.record(call, "FAILURE", account_id, at, code=InvalidCredentials.code)
    if attempts.locked_until is None:
        raise InvalidCredentials(details={"attempts_left": limit - attempts.failures})
    _lock(call, desk, account, attempts.locked_until)
    raise locked(attempts.locked_until)


def without_command(call: Call) -> Call:
    """For writes that follow from a secret: its fingerprint must not be stored."""
    return replace(call, command=None)


def _fits(desk: Identity, account: Account | None, secret: str, proof: Proof, at: datetime) -> bool:
    stored = _stored(account, proof, at)
    typed = as_code(secret) if proof is Proof.CODE else secret
    return desk.hasher.verify(stored or desk.hasher.decoy, typed) and stored is not None


def _stored(account: Account | None, proof: Proof, at: datetime) -> str | None:
    if account is None:
        return None
    if proof is Proof.PASSWORD:
        return account.password
    good = account.code is not None and account.code.expires_at > at
    return account.code.hash if account.code and good else None


def _lock(call: Call, desk: Identity, account: Account | None, until: datetime) -> None:
    account_id = account.id if account else None
    desk.journal.record(call, "LOCKED", account_id, desk.clock.real(), details={"until": until})
    if account is not None:
        desk.accounts.edit(
            without_command(call), account.id, desk.clock.now(), lambda a: a.lock(until)
        )


def _unknown(name: str) -> str:
    """A counter for names that no account has; too short a hash to tell what was typed."""
    return f"unknown:{hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:6]}"
