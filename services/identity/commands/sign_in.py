"""Signing in and out, renewing, and changing the acting role (decision 16)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import ANYONE, SIGNED_IN, Identity
from services.identity.commands.proof import Proof, origin_of, prove
from services.identity.domain.account import Account
from services.identity.domain.errors import FactorNeeded, InvalidCredentials, SessionEnded
from services.identity.domain.grants import Grant
from services.identity.domain.passwords import looks_like_code
from services.identity.domain.roles import scope_rows
from services.identity.domain.sessions import Session, successor
from services.identity.domain.tickets import Purpose, Ticket
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import DomainError, InvalidInput
from shared.ids import new_id
from shared.operations import command, query

TICKET_LIFE = timedelta(minutes=15)
NOT_YET = {
    "access_token": None,
    "refresh_token": None,
    "expires_at": None,
    "must_change_password": False,
    "password_ticket": None,
    "must_give_code": False,
    "must_set_second_factor": False,
    "factor_ticket": None,
    "account": None,
    "device_token": None,
}


@allow(*ANYONE)
@command("signIn", answers=(*form.TOKENS, *form.TICKET, *form.STEPS, form.DEVICE))
def sign_in(
    call: Call,
    desk: Identity,
    *,
    login: form.Login,
    password: form.Password,
    role: form.FirstRole | None = None,
    grant_id: form.FirstGrant | None = None,
    device_token: form.DeviceToken | None = None,
    client: form.Client = "",
    agent: form.Agent = "",
) -> dict[str, Any]:
    """登录。Sign in by login name, member number or phone, and password.

    A one-time code in place of the password gives only a ticket for choosing a password; where a
    second factor is set up or owed, the password gives only a ticket for that. Raises
    InvalidCredentials, AccountLocked, AccountDisabled, NoActiveRole, RoleNotHeld.
    """
    account = desk.accounts.by_sign_in_name(login)
    proof = Proof.CODE if looks_like_code(password) else Proof.PASSWORD
    origin = origin_of(desk, account, client, device_token)
    prove(call, desk, account, login, password, proof, origin)
    if account is None:
        raise InvalidCredentials
    at = desk.clock.real()
    try:
        account.check_enabled()
        if proof is Proof.CODE:
            return _ticket(call, desk, account, at)
        grant = account.choose(role, grant_id)
    except DomainError as refusal:
        desk.journal.record(call, "FAILURE", account.id, at, code=refusal.code)
        raise
    known = origin.known is not None
    if account.factor or account.owes_factor(desk.setting("second_factor")):
        _renew_hash(call, desk, account, password)
        waiting = Ticket(account.id, Purpose.FACTOR, grant.id, agent, known)
        return _ask_for_factor(desk, account, waiting, at)
    tokens = begin(call, desk, account, grant, agent, at, known=known)
    _renew_hash(call, desk, account, password)
    return {**tokens, "device_token": device_token if known else tokens["device_token"]}


def begin(
    call: Call,
    desk: Identity,
    account: Account,
    grant: Grant,
    agent: str,
    at: datetime,
    *,
    known: bool,
    strong: bool = False,
) -> dict[str, Any]:
    """The tokens of a new session, for who has proved all that is asked for."""
    ends = at + desk.days("session_days")
    session = Session(new_id(), account.id, grant.id, at, ends, agent=agent, strong=strong)
    desk.sessions.start(session)
    _check_still_so(call, desk, account, session, at)
    desk.journal.record(call, "SUCCESS", account.id, at, role=grant.role, session_id=session.id)
    tokens = _hand_over(desk, account, grant, session)
    return {**tokens, "device_token": None if known else _know(desk, account, at)}


@allow(*ANYONE)
@command("refresh", answers=form.TOKENS)
def refresh(call: Call, desk: Identity, *, refresh_token: form.RefreshToken) -> dict[str, Any]:
    """续期。A new pair of tokens; a refresh token used twice ends its whole session.

    Such a token is in two hands, unless it is the same exchange once more: within 30 seconds, and
    while nobody has used what it was exchanged for, that is answered again. Raises SessionEnded.
    """
    at, salt = desk.clock.real(), desk.secret()
    token = desk.sessions.take_token(refresh_token, at, salt)
    if token is None or token.expires_at <= at:
        raise SessionEnded
    following = successor(refresh_token, token.salt or salt)
    if token.used and not (token.repeats(at) and not desk.sessions.used(following)):
        desk.sessions.end(call, token.session_id, "TOKEN_REUSED", at)
        desk.journal.record(call, "TOKEN_REUSED", token.account_id, at, session_id=token.session_id)
        raise SessionEnded
    session = _open_session(desk, token.session_id, at)
    account = desk.accounts.get(token.account_id)
    try:
        account.check_enabled()
        grant = account.choose(grant_id=session.grant_id)
        _require_factor(desk, account, session)
    except DomainError as refusal:
        desk.sessions.end(call, session.id, refusal.code, at)
        raise SessionEnded from refusal
    return _hand_over(desk, account, grant, session, following)


@allow(*SIGNED_IN)
@command("switchRole", answers=form.TOKENS)
def switch_role(
    call: Call,
    desk: Identity,
    *,
    role: form.ActingRole | None = None,
    grant_id: form.ActingGrant | None = None,
) -> dict[str, Any]:
    """切换身份。Act in another role within the same session.

    Raises InvalidInput, SessionEnded, RoleNotHeld, FactorNeeded.
    """
    if role is None and grant_id is None:
        raise InvalidInput("请选择身份", field="role")
    at = desk.clock.real()
    session = _open_session(desk, call.actor.session_id, at)
    account = desk.accounts.get(session.account_id)
    account.check_enabled()
    grant = account.choose(role, grant_id)
    _require_factor(desk, account, session)
    desk.sessions.act_as(session.id, grant.id)
    desk.journal.record(
        call,
        "ROLE_SWITCHED",
        account.id,
        at,
        role=grant.role,
        session_id=session.id,
        details={"from": call.actor.role.value, "scope": dict(grant.scope)},
    )
    return _hand_over(desk, account, grant, session)


@allow(*SIGNED_IN)
@command("signOut", answers=form.SIGNED_OUT)
def sign_out(call: Call, desk: Identity) -> int:
    """退出登录。End this session."""
    at = desk.clock.real()
    session_id = call.actor.session_id
    ended = session_id is not None and desk.sessions.end(call, session_id, "SIGNED_OUT", at)
    if ended:
        desk.journal.record(call, "SIGNED_OUT", call.actor.account_id, at, session_id=session_id)
    return int(ended)


@allow(*SIGNED_IN)
@command("signOutEverywhere", answers=form.SIGNED_OUT)
def sign_out_everywhere(call: Call, desk: Identity) -> int:
    """在所有设备上退出登录。End all sessions of the account; it knows no device any more."""
    at = desk.clock.real()
    account = desk.accounts.edit(
        call,
        str(call.actor.account_id),
        desk.clock.now(),
        Account.sign_out_everywhere,
    )
    ended = desk.sessions.end_all(call, account.id, "SIGNED_OUT_EVERYWHERE", at)
    desk.devices.drop(account.id)
    desk.journal.record(call, "SIGNED_OUT_EVERYWHERE", account.id, at, details={"sessions": ended})
    return ended


@allow(*SIGNED_IN)
@query()
def viewer_account(call: Call, desk: Identity) -> dict[str, Any]:
    """The caller's own account with the acting role; raises AccountNotFound."""
    account = desk.accounts.get(str(call.actor.account_id))
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
        "second_factor": account.factor is not None,
        "recovery_codes_left": len(account.factor.recovery) if account.factor else 0,
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


def _open_session(desk: Identity, session_id: str | None, at: datetime) -> Session:
    session = desk.sessions.get(session_id) if session_id else None
    if session is None:
        raise SessionEnded
    session.check_open(at)
    return session


def _ticket(call: Call, desk: Identity, account: Account, at: datetime) -> dict[str, Any]:
    secret = desk.secret()
    ends = at + TICKET_LIFE
    desk.tickets.put(secret, Ticket(account.id, Purpose.PASSWORD), ends)
    desk.journal.record(call, "CODE_ACCEPTED", account.id, at)
    return {
        **NOT_YET,
        "expires_at": ends,
        "must_change_password": True,
        "password_ticket": secret,
    }


def _ask_for_factor(
    desk: Identity, account: Account, waiting: Ticket, at: datetime
) -> dict[str, Any]:
    secret, ends = desk.secret(), at + TICKET_LIFE
    desk.tickets.put(secret, waiting, ends)
    step = "must_give_code" if account.factor else "must_set_second_factor"
    return {**NOT_YET, "expires_at": ends, step: True, "factor_ticket": secret}


def _require_factor(desk: Identity, account: Account, session: Session) -> None:
    """A session from before a second factor was owed does not go on. Raises FactorNeeded."""
    if not session.strong and account.owes_factor(desk.setting("second_factor")):
        raise FactorNeeded


def _check_still_so(
    call: Call, desk: Identity, account: Account, session: Session, at: datetime
) -> None:
    """Whoever took role, password or account away meanwhile has ended only the sessions that
    were there: this one looks again, once it is there itself."""
    now = desk.accounts.get(account.id)
    try:
        now.check_enabled()
        now.choose(grant_id=session.grant_id)
        if now.password != account.password:
            raise InvalidCredentials
    except DomainError as refusal:
        desk.sessions.end(call, session.id, refusal.code, at)
        desk.journal.record(call, "FAILURE", account.id, at, code=refusal.code)
        raise


def _know(desk: Identity, account: Account, at: datetime) -> str:
    """The token of a device that the account knows from now on."""
    secret = desk.secret()
    desk.devices.put(secret, account.id, at, at + desk.days("device_days"))
    return secret


def _hand_over(
    desk: Identity, account: Account, grant: Grant, session: Session, following: str | None = None
) -> dict[str, Any]:
    """following: the refresh token to give, else a new one."""
    at = desk.clock.real()
    secret = following or desk.secret()
    ends = session.token_expiry(at, desk.days("refresh_idle_days"))
    desk.sessions.put_token(secret, session, at, ends)
    held = account.held_until(timedelta(hours=desk.setting("reset_hold_hours")))
    token, expires_at = desk.mint(
        Actor(
            account_id=account.id,
            role=Role(grant.role),
            scope=dict(grant.scope),
            person_id=account.person_id,
            member_id=account.member_id,
            session_id=session.id,
            held_until=held.timestamp() if held and held > at else None,
            earlier=account.earlier,
            others=account.roles_besides(grant),
        )
    )
    return {
        **NOT_YET,
        "access_token": token,
        "refresh_token": secret,
        "expires_at": expires_at,
        "account": view(account, grant.role, grant.id),
    }


def _renew_hash(call: Call, desk: Identity, account: Account, password: str) -> None:
    """Hashes of weaker parameters are replaced as their owners come by."""
    former = account.password
    if former is None or not desk.hasher.outdated(former):
        return
    renewed = desk.hasher.hash(password)

    def replace_hash(current: Account) -> bool:
        if current.password != former:
            return False
        current.password = renewed
        return True

    desk.accounts.edit(call.without_command(), account.id, desk.clock.now(), replace_hash)
