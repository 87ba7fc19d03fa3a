"""Signing in and out, renewing, and changing the acting role (decision 16)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.identity.commands.ports import ANYONE, SIGNED_IN, Identity
from services.identity.commands.proof import Proof, prove, without_command
from services.identity.domain.account import Account
from services.identity.domain.errors import InvalidCredentials, SessionEnded
from services.identity.domain.grants import Grant
from services.identity.domain.passwords import looks_like_code
from services.identity.domain.roles import scope_rows
from services.identity.domain.sessions import Session
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import DomainError
from shared.ids import new_id

TICKET_LIFE = timedelta(minutes=15)


@allow(*ANYONE)
def sign_in(
    call: Call,
    identity: Identity,
    *,
    login: str,
    password: str,
    role: str | None = None,
    grant_id: str | None = None,
) -> dict[str, Any]:
    """By login, member number or phone, and password.

    A one-time code in place of the password gives only a ticket for choosing a password. Raises
    InvalidCredentials, AccountLocked, AccountDisabled, NoActiveRole, RoleNotHeld.
    """
    account = identity.accounts.by_sign_in_name(login)
    proof = Proof.CODE if looks_like_code(password) else Proof.PASSWORD
    prove(call, identity, account, login, password, proof)
    if account is None:
        raise InvalidCredentials
    at = identity.clock.real()
    try:
        account.check_enabled()
        if proof is Proof.CODE:
            return _ticket(call, identity, account, at)
        grant = account.choose(role, grant_id)
    except DomainError as refusal:
        identity.journal.record(call, "FAILURE", account.id, at, code=refusal.code)
        raise
    _renew_hash(call, identity, account, password)
    session = Session(new_id(), account.id, grant.id, at, at + identity.days("session_days"))
    identity.sessions.start(session)
    identity.journal.record(call, "SUCCESS", account.id, at, role=grant.role, session_id=session.id)
    return _hand_over(identity, account, grant, session)


@allow(*ANYONE)
def refresh(call: Call, identity: Identity, *, refresh_token: str) -> dict[str, Any]:
    """A new pair for the newest refresh token; raises SessionEnded.

    A token that was used before is in two hands: its whole session ends.
    """
    at = identity.clock.real()
    token = identity.sessions.take_token(refresh_token)
    if token is None or token.expires_at <= at:
        raise SessionEnded
    if token.used:
        identity.sessions.end(token.session_id, "TOKEN_REUSED", at)
        identity.journal.record(
            call, "TOKEN_REUSED", token.account_id, at, session_id=token.session_id
        )
        raise SessionEnded
    session = _open_session(identity, token.session_id, at)
    account = identity.accounts.get(token.account_id)
    try:
        account.check_enabled()
        grant = account.choose(grant_id=session.grant_id)
    except DomainError as refusal:
        identity.sessions.end(session.id, refusal.code, at)
        raise SessionEnded from refusal
    return _hand_over(identity, account, grant, session)


@allow(*SIGNED_IN)
def switch_role(
    call: Call, identity: Identity, *, role: str | None = None, grant_id: str | None = None
) -> dict[str, Any]:
    """Act in another role within the same session; raises SessionEnded, RoleNotHeld."""
    at = identity.clock.real()
    session = _open_session(identity, call.actor.session_id, at)
    account = identity.accounts.get(session.account_id)
    account.check_enabled()
    grant = account.choose(role, grant_id)
    identity.sessions.act_as(session.id, grant.id)
    identity.journal.record(
        call,
        "ROLE_SWITCHED",
        account.id,
        at,
        role=grant.role,
        session_id=session.id,
        details={"from": call.actor.role.value, "scope": dict(grant.scope)},
    )
    return _hand_over(identity, account, grant, session)


@allow(*SIGNED_IN)
def sign_out(call: Call, identity: Identity) -> dict[str, Any]:
    """End this session; {"signed_out": 0 or 1}."""
    at = identity.clock.real()
    session_id = call.actor.session_id
    ended = session_id is not None and identity.sessions.end(session_id, "SIGNED_OUT", at)
    if ended:
        identity.journal.record(
            call, "SIGNED_OUT", call.actor.account_id, at, session_id=session_id
        )
    return {"signed_out": int(ended)}


@allow(*SIGNED_IN)
def sign_out_everywhere(call: Call, identity: Identity) -> dict[str, Any]:
    """End all sessions of the account; {"signed_out": how many}."""
    at = identity.clock.real()
    account = identity.accounts.edit(
        call,
        str(call.actor.account_id),
        identity.clock.now(),
        Account.sign_out_everywhere,
    )
    ended = identity.sessions.end_all(account.id, "SIGNED_OUT_EVERYWHERE", at)
    identity.journal.record(
        call, "SIGNED_OUT_EVERYWHERE", account.id, at, details={"sessions": ended}
    )
    return {"signed_out": ended}


@allow(*SIGNED_IN)
def viewer_account(call: Call, identity: Identity) -> dict[str, Any]:
    """The caller's own account with the acting role; raises AccountNotFound."""
    account = identity.accounts.get(str(call.actor.account_id))
    acting = next((grant for grant in account.active_grants if _acts_in(call.actor, grant)), None)
    return view(account, call.actor.role.value, acting.id if acting else None)


def view(account: Account, acting_role: str, acting_grant_id: str | None) -> dict[str, Any]:
    """An account as its owner sees it."""
    return {
        "id": account.id,
        "login": account.login,
        "label": account.label,
        "kind": account.kind,
        "person_id": account.person_id,
        "member_id": account.member_id,
        "acting_role": acting_role,
        "acting_grant_id": acting_grant_id,
        "roles": [
            {
                "id": grant.id,
                "role": grant.role,
                "scope": scope_rows(grant.scope),
            }
            for grant in account.active_grants
        ],
    }


def _acts_in(actor: Actor, grant: Grant) -> bool:
    return actor.role == grant.role and dict(actor.scope) == dict(grant.scope)


def _open_session(identity: Identity, session_id: str | None, at: datetime) -> Session:
    session = identity.sessions.get(session_id) if session_id else None
    if session is None:
        raise SessionEnded
    session.check_open(at)
    return session


def _ticket(call: Call, identity: Identity, account: Account, at: datetime) -> dict[str, Any]:
    secret = identity.secret()
    identity.tickets.put(secret, account.id, at + TICKET_LIFE)
    identity.journal.record(call, "CODE_ACCEPTED", account.id, at)
    return {
        "access_token": None,
        "refresh_token": None,
        "expires_at": at + TICKET_LIFE,
        "must_change_password": True,
        "password_ticket": secret,
        "account": None,
    }


def _hand_over(
    identity: Identity, account: Account, grant: Grant, session: Session
) -> dict[str, Any]:
    at = identity.clock.real()
    secret = identity.secret()
    ends = session.token_expiry(at, identity.days("refresh_idle_days"))
    identity.sessions.put_token(secret, session, ends)
    token, expires_at = identity.mint(
        Actor(
            account_id=account.id,
            role=Role(grant.role),
            scope=dict(grant.scope),
            person_id=account.person_id,
            member_id=account.member_id,
            session_id=session.id,
        )
    )
    return {
        "access_token": token,
        "refresh_token": secret,
        "expires_at": expires_at,
        "must_change_password": False,
        "password_ticket": None,
        "account": view(account, grant.role, grant.id),
    }


def _renew_hash(call: Call, identity: Identity, account: Account, password: str) -> None:
    """Hashes of weaker parameters are replaced as their owners come by."""
    former = account.password
    if former is None or not identity.hasher.outdated(former):
        return
    renewed = identity.hasher.hash(password)

    def replace_hash(current: Account) -> bool:
        if current.password != former:
            return False
        current.password = renewed
        return True

    identity.accounts.edit(without_command(call), account.id, identity.clock.now(), replace_hash)
