"""Proving who someone is: every password and every code is checked here, and counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.identity.commands.ports import Identity
from services.identity.domain.account import Account, sign_in_name
from services.identity.domain.errors import AccountLocked, InvalidCredentials
from services.identity.domain.passwords import as_code
from services.identity.domain.throttle import (
    ONES_OWN,
    Attempts,
    Counted,
    Counter,
    limits,
    locked,
)
from shared.call import Call


class Proof(StrEnum):
    PASSWORD = "PASSWORD"
    CODE = "CODE"


@dataclass(frozen=True)
class Origin:
    """Where an attempt comes from.

    client: what the gateway knows its address by, empty for calls from inside; known: the id of a
    device or session that the account knows.
    """

    client: str = ""
    known: str | None = None


def origin_of(
    desk: Identity, account: Account | None, client: str, device_token: str | None
) -> Origin:
    """A device's token counts for its own account alone."""
    if account is None or device_token is None:
        return Origin(client)
    return Origin(client, desk.devices.find(device_token, account.id, desk.clock.real()))


def prove(
    call: Call,
    desk: Identity,
    account: Account | None,
    name: str,
    secret: str,
    proof: Proof,
    origin: Origin,
) -> None:
    """Raises InvalidCredentials or AccountLocked, alike for unknown names.

    Exactly one slow hash is computed, whatever the account holds, so that the time of the answer
    tells nothing. Nothing here is kept under the client's command id: its fingerprint would be a
    fast hash of the password.
    """
    at = desk.clock.real()
    counters = _counters(account.id if account else _unknown(name), proof, origin)
    account_id = account.id if account else None
    try:
        desk.attempts.check(counters, at)
        fits = _fits(desk, account, secret, proof, at)
        counts = _settle(desk, counters, fits, at)
    except AccountLocked as refusal:
        desk.journal.record(call, "FAILURE", account_id, at, code=refusal.code)
        raise
    if fits:
        return
    desk.journal.record(call, "FAILURE", account_id, at, code=InvalidCredentials.code)
    locks = {kind: count.locked_until for kind, count in counts.items() if count.locked_until}
    if not locks:
        left = desk.setting("login_failures") - counts[counters[0].kind].failures
        raise InvalidCredentials(details={"attempts_left": left})
    for counted, until in locks.items():
        _lock(call, desk, account, counted, until, at)
    raise locked(max(locks.values()))


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


def _counters(who: str, proof: Proof, origin: Origin) -> list[Counter]:
    """A known device's own alone, else those of strangers.

    A code of 60 bits cannot be guessed by many together either, and is how an owner gets in
    while many are guessing at the account: it is not held against the account.
    """
    if origin.known is not None:
        return [Counter(Counted.KNOWN, who, origin.known)]
    found = [Counter(Counted.PAIR, who, origin.client)]
    if proof is Proof.PASSWORD:
        found.append(Counter(Counted.ACCOUNT, who))
    if origin.client:
        found.append(Counter(Counted.ADDRESS, origin.client))
    return found


def _settle(
    desk: Identity, counters: list[Counter], fits: bool, at: datetime
) -> dict[Counted, Attempts]:
    """The counts after this attempt, the client's own first; raises AccountLocked.

    A failure is held against the account only where the client's own count still answers, so that
    many at one moment from one address are no more than one after the other. A success forgets
    the own count alone, and that only where no other refuses it.
    """
    if fits:
        desk.attempts.check((c for c in counters if c.kind not in ONES_OWN), at)
        counters = [c for c in counters if c.kind in ONES_OWN]
    rules = limits(desk.setting)
    return {c.kind: desk.attempts.settle(c, fits, at, rules[c.kind]) for c in counters}


def _lock(
    call: Call,
    desk: Identity,
    account: Account | None,
    counted: Counted,
    until: datetime,
    at: datetime,
) -> None:
    account_id = account.id if account else None
    details = {"until": until, "counted": counted.value}
    desk.journal.record(call, "LOCKED", account_id, at, details=details)
    if account is not None and counted is not Counted.ADDRESS:
        desk.accounts.edit(
            call.without_command(), account.id, desk.clock.now(), lambda a: a.lock(until, at)
        )


def _unknown(name: str) -> str:
    """A counter for names that no account has; too short a hash to tell what was typed."""
    return f"unknown:{hashlib.sha256(sign_in_name(name).encode()).hexdigest()[:6]}"
