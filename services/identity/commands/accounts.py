"""Accounts and role grants: SYSTEM_ADMIN keeps them, OFFICE approves roles (section 3, ADM)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.identity.commands.passwords import acting_person
from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import LoginTaken, PersonHasAccount
from services.identity.domain.roles import RoleScope
from shared.actor import Role, allow
from shared.call import Call
from shared.ids import new_id


@allow(Role.SYSTEM_ADMIN)
def create_account(
    call: Call,
    identity: Identity,
    *,
    login: str,
    label: str,
    kind: str,
    phone: str | None = None,
    person_id: str | None = None,
    organisation_id: str | None = None,
) -> dict[str, Any]:
    """An account without password and without roles; raises LoginTaken, PersonHasAccount.

    Its owner gets in by a one-time code from OFFICE, so that no administrator ever knows a way
    into an account of which OFFICE approves the roles.
    """

    def once() -> str:
        if identity.accounts.by_login(login):
            raise LoginTaken(field="login")
        if person_id and identity.accounts.by_person(person_id):
            raise PersonHasAccount(field="personId")
        account = Account.open(
            id=new_id(),
            login=login.casefold(),
            label=label,
            kind=kind,
            phone=phone,
            person_id=person_id,
            organisation_id=organisation_id,
            created_at=identity.clock.now(),
        )
        identity.accounts.add(call, account, account.created_at)
        return account.id

    account = identity.accounts.once(call, once)
    identity.audit.record(call, "create_account", account.id)
    return identity.accounts.row(account)


@allow(Role.SYSTEM_ADMIN)
def disable_account(
    call: Call, identity: Identity, *, account_id: str, reason: str
) -> dict[str, Any]:
    """No sign-in until enabled again; all sessions end. Raises OwnAccount, AccountStateUnfit."""
    by = acting_person(call)
    account = identity.accounts.edit(
        call, account_id, identity.clock.now(), lambda a: a.disable(by)
    )
    identity.sessions.end_all(account.id, "ACCOUNT_DISABLED", identity.clock.real())
    identity.audit.record(call, "disable_account", account.id, details={"reason": reason})
    return identity.accounts.row(account)


@allow(Role.SYSTEM_ADMIN)
def enable_account(
    call: Call, identity: Identity, *, account_id: str, reason: str
) -> dict[str, Any]:
    """Lift `disable_account`; raises OwnAccount, AccountStateUnfit."""
    by = acting_person(call)
    account = identity.accounts.edit(call, account_id, identity.clock.now(), lambda a: a.enable(by))
    identity.audit.record(call, "enable_account", account.id, details={"reason": reason})
    return identity.accounts.row(account)


@allow(Role.SYSTEM_ADMIN, Role.OFFICE)
def request_role_grant(
    call: Call,
    identity: Identity,
    *,
    account_id: str,
    role: str,
    scope: Mapping[str, str],
    reason: str,
) -> dict[str, Any]:
    """Ask for a role; it holds once another person of OFFICE approves.

    Raises RoleNotGrantable, ScopeMismatch, RoleAlreadyHeld.
    """
    at = identity.clock.now()
    grant_id = new_id()
    account = identity.accounts.edit(
        call,
        account_id,
        at,
        lambda a: a.request_grant(
            grant_id, RoleScope(role, scope), acting_person(call), reason, at
        ),
    )
    details = {"role": role, "scope": dict(scope)}
    identity.audit.record(call, "request_role_grant", account.id, details=details)
    return identity.accounts.row(account)


@allow(Role.OFFICE)
def approve_role_grant(call: Call, identity: Identity, *, grant_id: str) -> dict[str, Any]:
    """Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded."""
    at = identity.clock.now()
    holder = identity.accounts.by_grant(grant_id)
    account = identity.accounts.edit(
        call, holder.id, at, lambda a: a.approve_grant(grant_id, acting_person(call), at)
    )
    identity.audit.record(call, "approve_role_grant", account.id, details={"grant_id": grant_id})
    return identity.accounts.row(account)


@allow(Role.OFFICE)
def refuse_role_grant(
    call: Call, identity: Identity, *, grant_id: str, reason: str
) -> dict[str, Any]:
    """Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded."""
    at = identity.clock.now()
    holder = identity.accounts.by_grant(grant_id)
    account = identity.accounts.edit(
        call, holder.id, at, lambda a: a.refuse_grant(grant_id, acting_person(call), reason, at)
    )
    identity.audit.record(
        call, "refuse_role_grant", account.id, details={"grant_id": grant_id, "reason": reason}
    )
    return identity.accounts.row(account)


@allow(Role.SYSTEM_ADMIN, Role.OFFICE)
def revoke_role(call: Call, identity: Identity, *, grant_id: str, reason: str) -> dict[str, Any]:
    """Take a role back; sessions acting in it end.

    Raises GrantNotFound, GrantStateUnfit, RoleOwnedByRoster, OwnAccount.
    """
    at = identity.clock.now()
    holder = identity.accounts.by_grant(grant_id)
    account = identity.accounts.edit(
        call, holder.id, at, lambda a: a.revoke_grant(grant_id, acting_person(call), reason, at)
    )
    held = [grant.id for grant in account.active_grants]
    identity.sessions.end_outside(account.id, held, "ROLE_REVOKED", identity.clock.real())
    identity.audit.record(
        call, "revoke_role", account.id, details={"grant_id": grant_id, "reason": reason}
    )
    return identity.accounts.row(account)
