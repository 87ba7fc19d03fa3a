"""The identity service in memory: real use cases and rules, storage in dicts, cheap hashes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pyotp

from services.identity import totp
from services.identity.commands.ports import Identity
from services.identity.commands.second_factor import begin_second_factor, confirm_second_factor
from services.identity.commands.sign_in import sign_in
from services.identity.domain.account import Account, sign_in_name
from services.identity.domain.errors import AccountNotFound, GrantNotFound, WechatRefused
from services.identity.domain.passwords import OneTimeCode
from services.identity.domain.roles import RoleScope
from services.identity.domain.second_factor import STEP
from services.identity.domain.sessions import RefreshToken, Session
from services.identity.domain.throttle import Attempts, Counter, Limit, check_lock, settle
from services.identity.domain.tickets import Purpose, Ticket
from services.identity.passwords import Argon2, guesses
from services.identity.settings import SETTINGS
from services.identity.wiring import PURPOSE
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI, FixedClock
from shared.sealing import Cipher

START = datetime(2017, 2, 6, 9, 0, tzinfo=SHANGHAI)
PASSWORD = "Yuanmeng-2017"
CHEAP = Argon2(8, 1, 1)
MASTERS = (bytes(range(32)),)
HASHED = CHEAP.hash(PASSWORD)


class MemoryAccounts:
    def __init__(self) -> None:
        self.stored: dict[str, Account] = {}
        self.published: list[tuple[str, dict[str, Any]]] = []

    def get(self, account_id: str) -> Account:
        if account_id not in self.stored:
            raise AccountNotFound
        return copy.deepcopy(self.stored[account_id])

    def by_sign_in_name(self, name: str) -> Account | None:
        wanted = sign_in_name(name)
        return self._find(lambda account: wanted in account.sign_in_names)

    def by_person(self, person_id: str) -> Account | None:
        return self._find(lambda account: account.person_id == person_id)

    def by_login(self, login: str) -> Account | None:
        return self._find(lambda account: account.login == login.casefold())

    def by_grant(self, grant_id: str) -> Account:
        found = self._find(lambda a: any(grant.id == grant_id for grant in a.grants))
        if found is None:
            raise GrantNotFound
        return found

    def holding(self, role: str) -> Account | None:
        return self._find(lambda a: any(grant.role == role for grant in a.active_grants))

    def by_binding_code(self, code_hash: str) -> Account | None:
        return self._find(lambda a: a.wechat_code is not None and a.wechat_code.hash == code_hash)

    def by_openid(self, openid: str) -> Account | None:
        return self._find(lambda a: a.wechat is not None and a.wechat.openid == openid)

    def ways_to_reach(self, ids: Collection[str]) -> list[dict[str, Any]]:
        return [{"id": id} for id in self.stored if id in ids]

    def add(self, call: Call, account: Account, at: datetime) -> None:
        self._store(account, 1)

    def edit(
        self, call: Call, account_id: str, at: datetime, change: Callable[[Account], object]
    ) -> Account:
        account = self.get(account_id)
        if change(account) is not False:
            self._store(account, account.version + 1)
        return self.get(account_id)

    def once(self, call: Call, use_case: Callable[[], str]) -> Account:
        return self.get(use_case())

    def by_grants(self, grant_ids: Sequence[str]) -> list[dict[str, Any]]:
        rows = map(self.row, self.stored.values())
        return [row for row in rows if any(grant["id"] in grant_ids for grant in row["grants"])]

    def row(self, account: Account) -> dict[str, Any]:
        return {"id": account.id, "grants": [{"id": grant.id} for grant in account.grants]}

    def by_ids(self, ids: Collection[str]) -> list[dict[str, Any]]:
        return [self.row(account) for key, account in self.stored.items() if key in ids]

    def listed(
        self, wanted: Mapping[str, Any], order_by: str, first: int, after: str | None
    ) -> dict[str, Any]:
        return {"rows": self.by_ids(self.stored), "has_next": False}

    def count(self, wanted: Mapping[str, Any]) -> int:
        return len(self.stored)

    def _find(self, fits: Callable[[Account], bool]) -> Account | None:
        return next((copy.deepcopy(a) for a in self.stored.values() if fits(a)), None)

    def _store(self, account: Account, version: int) -> None:
        self.published += account.events
        self.stored[account.id] = copy.deepcopy(replace(account, version=version, events=[]))


class MemoryWechat:
    """An official account that knows who came by which code."""

    def __init__(self) -> None:
        self.people = {"oauth-1": "openid-1"}

    def address(self, state: str) -> str:
        return f"https://wechat.example/?state={state}"

    def openid(self, code: str) -> str:
        if code not in self.people:
            raise WechatRefused(field="code")
        return self.people[code]


class MemorySessions:
    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.reasons: dict[str, str] = {}
        self.tokens: dict[str, RefreshToken] = {}
        self.used_at: dict[str, datetime] = {}

    def start(self, session: Session) -> None:
        self.sessions[session.id] = session

    def get(self, session_id: str) -> Session | None:
        return self.sessions.get(session_id)

    def open_of(self, account_id: str, at: datetime) -> list[Session]:
        mine = [s for s in self.sessions.values() if s.account_id == account_id]
        there = [s for s in mine if s.ended_at is None and s.expires_at > at]
        told = [replace(s, used_at=self.used_at.get(s.id, s.created_at)) for s in there]
        return sorted(told, key=lambda s: s.used_at or at, reverse=True)

    def strengthen(self, session_id: str) -> None:
        self.sessions[session_id] = replace(self.sessions[session_id], strong=True)

    def act_as(self, session_id: str, grant_id: str) -> None:
        session = self.sessions[session_id]
        acted = (*session.acted, session.grant_id)
        self.sessions[session_id] = replace(session, grant_id=grant_id, acted=acted)

    def put_token(self, secret: str, session: Session, at: datetime, expires_at: datetime) -> None:
        self.used_at[session.id] = at
        for key, token in self.tokens.items():
            if token.session_id == session.id and key != secret:
                self.tokens[key] = replace(token, used=True)
        fresh = RefreshToken(session.id, session.account_id, expires_at, False)
        self.tokens.setdefault(secret, fresh)

    def take_token(self, secret: str, at: datetime, salt: str) -> RefreshToken | None:
        token = self.tokens.get(secret)
        if token is not None and not token.used:
            self.tokens[secret] = replace(token, used=True, used_at=at, salt=salt)
        return token

    def used(self, secret: str) -> bool:
        return secret in self.tokens and self.tokens[secret].used

    def ended_since(self, since: datetime) -> list[str]:
        ended = [s for s in self.sessions.values() if s.ended_at is not None]
        return [s.id for s in ended if s.ended_at is not None and s.ended_at >= since]

    def end(self, call: Call, session_id: str, reason: str, at: datetime) -> bool:
        return self._end(lambda session: session.id == session_id, reason, at) == 1

    def end_all(
        self, call: Call, account_id: str, reason: str, at: datetime, keep: str | None = None
    ) -> int:
        return self._end(lambda s: s.account_id == account_id and s.id != keep, reason, at)

    def end_outside(
        self, call: Call, account_id: str, grant_ids: Collection[str], reason: str, at: datetime
    ) -> int:
        return self._end(
            lambda s: s.account_id == account_id and not {s.grant_id, *s.acted} <= set(grant_ids),
            reason,
            at,
        )

    def _end(self, fits: Callable[[Session], bool], reason: str, at: datetime) -> int:
        ending = [s for s in self.sessions.values() if s.ended_at is None and fits(s)]
        for session in ending:
            self.sessions[session.id] = replace(session, ended_at=at)
            self.reasons[session.id] = reason
        return len(ending)


class MemoryTickets:
    def __init__(self) -> None:
        self.tickets: dict[str, tuple[Ticket, datetime]] = {}

    def put(self, secret: str, ticket: Ticket, expires_at: datetime) -> None:
        self.tickets[secret] = ticket, expires_at

    def find(self, secret: str, purpose: Purpose, at: datetime) -> Ticket | None:
        ticket, ends = self.tickets.get(secret, (None, at))
        return ticket if ticket and ticket.purpose is purpose and ends > at else None

    def drop(self, account_id: str) -> None:
        self.tickets = {k: v for k, v in self.tickets.items() if v[0].account_id != account_id}


class MemoryAttempts:
    def __init__(self) -> None:
        self.rows: dict[Counter, Attempts] = {}

    def check(self, counters: Iterable[Counter], at: datetime) -> None:
        for counter in counters:
            check_lock(self.rows.get(counter, Attempts()), at)

    def settle(self, counter: Counter, fits: bool, at: datetime, limit: Limit) -> Attempts:
        self.rows[counter] = settle(self.rows.get(counter, Attempts()), fits, at, limit)
        return self.rows[counter]

    def clear(self, who: str) -> None:
        self.rows = {key: value for key, value in self.rows.items() if key.who != who}


class MemoryDevices:
    def __init__(self) -> None:
        self.known: dict[str, tuple[str, datetime]] = {}

    def put(self, secret: str, account_id: str, at: datetime, expires_at: datetime) -> None:
        self.known[secret] = account_id, expires_at

    def find(self, secret: str, account_id: str, at: datetime) -> str | None:
        of, ends = self.known.get(secret, ("", at))
        return f"device of {secret}" if of == account_id and ends > at else None

    def drop(self, account_id: str) -> None:
        self.known = {k: v for k, v in self.known.items() if v[0] != account_id}


class MemoryJournal:
    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def record(
        self, call: Call, kind: str, account_id: str | None, at: datetime, **more: Any
    ) -> None:
        self.entries.append({"kind": kind, "account_id": account_id, "at": at, **more})

    def listed(
        self,
        wanted: Mapping[str, Any],
        first: int,
        after: str | None,
        *,
        content: bool,
        only: str | None = None,
    ) -> dict[str, Any]:
        return {"rows": self._seen(only), "has_next": False, "content": content}

    def count(self, wanted: Mapping[str, Any], *, only: str | None = None) -> int:
        return len(self._seen(only))

    def _seen(self, only: str | None) -> list[dict[str, Any]]:
        return [one for one in self.entries if only is None or one["account_id"] == only]

    def kinds(self) -> list[str]:
        return [entry["kind"] for entry in self.entries]


class MemoryAudit:
    def __init__(self) -> None:
        self.actions: list[tuple[str, str | None]] = []

    def record(self, call: Call, action: str, subject: str | None, **more: Any) -> None:
        self.actions.append((action, subject))


class DefaultSettings:
    """The defaults, but for what a test has `changed`."""

    def __init__(self) -> None:
        self.changed: dict[str, Any] = {}

    def get(self, key: str, at: datetime) -> Any:
        if key in self.changed:
            return self.changed[key]
        return next(setting.default for setting in SETTINGS if setting.key == key)


class CountingHasher:
    """Counts how many slow hashes were computed."""

    def __init__(self) -> None:
        self.verified = 0
        self.decoy = CHEAP.decoy

    def hash(self, secret: str) -> str:
        return CHEAP.hash(secret)

    def verify(self, hashed: str, secret: str) -> bool:
        self.verified += 1
        return CHEAP.verify(hashed, secret)

    def outdated(self, hashed: str) -> bool:
        return CHEAP.outdated(hashed)


class World:
    """One identity service with its clock, its hands and what it wrote."""

    def __init__(self, production: bool = False) -> None:
        self.clock = FixedClock(START)
        self.accounts = MemoryAccounts()
        self.sessions = MemorySessions()
        self.tickets = MemoryTickets()
        self.attempts = MemoryAttempts()
        self.devices = MemoryDevices()
        self.journal = MemoryJournal()
        self.audit = MemoryAudit()
        self.settings = DefaultSettings()
        self.hasher = CountingHasher()
        self.contact: dict[str, Any] | None = {"name": "陆晓芸", "phone": "13800000088"}
        self.minted: list[Actor] = []
        secrets = count(1)
        stores: dict[str, Any] = {
            "accounts": self.accounts,
            "sessions": self.sessions,
            "tickets": self.tickets,
            "attempts": self.attempts,
            "devices": self.devices,
            "journal": self.journal,
            "audit": self.audit,
            "settings": self.settings,
        }
        self.identity = Identity(
            **stores,
            clock=self.clock,
            hasher=self.hasher,
            guesses=guesses,
            codes=totp,
            sealing=Cipher(lambda: MASTERS, PURPOSE),
            mint=self._mint,
            contacts=lambda _call, _member_id: self.contact,
            public_keys=lambda: {"keys": []},
            production=production,
            wechat=MemoryWechat(),
            secret=lambda: f"secret-{next(secrets)}",
        )

    def account(self, login: str = "wang.fang", **fields: Any) -> Account:
        """A stored account with the password PASSWORD and the roles `roles`."""
        roles: list[RoleScope] = fields.pop("roles", [RoleScope("PROPOSAL_STAFF", {})])
        defaults: dict[str, Any] = {
            "id": f"account-{login}",
            "login": login,
            "label": login,
            "kind": "PERSON",
            "created_at": START,
            "password": HASHED,
            "demo": True,  # so that it need not have a second factor
        }
        account = Account(**defaults | fields)
        for position, role in enumerate(roles):
            account.grant_at_once(f"grant-{position}", role, "DEMO", "DEMO", START)
        account.events.clear()
        self.accounts._store(account, 1)
        return account

    def with_code(self, account: Account, code: str) -> None:
        """Give the stored account a one-time code of 24 hours."""
        ends = self.clock.real() + timedelta(hours=24)
        self.accounts.stored[account.id].code = OneTimeCode(CHEAP.hash(code), ends, "office")

    def events(self) -> list[str]:
        return [name for name, _ in self.accounts.published]

    def _mint(self, actor: Actor) -> tuple[str, datetime]:
        self.minted.append(actor)
        return f"token-{len(self.minted)}", self.clock.real() + timedelta(minutes=10)


def call_as(actor: Actor = PUBLIC_ACTOR) -> Call:
    return Call(actor, "correlation-1")


def acting(role: Role, account_id: str = "someone", **fields: Any) -> Call:
    """A call of a signed-in account."""
    return call_as(Actor(account_id, role, **fields))


def code_of(world: World, account: Account, steps: int = 0) -> str:
    """The code that the app of an account shows, so many steps from now."""
    stored = world.accounts.stored[account.id]
    sealed = stored.factor_begun or (stored.factor.secret if stored.factor else "")
    secret = world.identity.sealing.open(sealed, account.id)
    return pyotp.TOTP(secret).at(world.clock.real() + steps * STEP)


def enrolled(world: World, login: str, password: str = PASSWORD) -> dict[str, Any]:
    """Sign in an account that owes a second factor, which sets it up."""
    first = sign_in(call_as(), world.identity, login=login, password=password)
    assert first["must_set_second_factor"] and first["access_token"] is None
    ticket = first["factor_ticket"]
    begin_second_factor(call_as(), world.identity, factor_ticket=ticket)
    account = world.accounts.by_sign_in_name(login)
    assert account is not None
    code = code_of(world, account)
    return confirm_second_factor(call_as(), world.identity, factor_ticket=ticket, code=code)


def enter(world: World, login: str, password: str = PASSWORD) -> dict[str, Any]:
    """Sign in, with the second factor if the account owes one and has none."""
    answer = sign_in(call_as(), world.identity, login=login, password=password)
    return enrolled(world, login, password) if answer["must_set_second_factor"] else answer
