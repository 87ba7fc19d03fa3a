"""Accounts and role grants: SYSTEM_ADMIN keeps them, OFFICE approves roles (section 3, ADM)."""

from __future__ import annotations

from typing import Any

from services.identity import schemas as form
from services.identity.commands.passwords import acting_person
from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import LoginTaken, PersonHasAccount
from services.identity.domain.labels import AccountKind
from services.identity.domain.roles import APPROVERS, RoleScope
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.ids import new_id
from shared.operations import command


@allow(Role.SYSTEM_ADMIN)
@command("createAccount", answers=form.ACCOUNT)
def create_account(
    call: Call,
    desk: Identity,
    *,
    login: form.NewLogin,
    label: form.Label,
    kind: form.Kind,
    phone: form.Phone | None = None,
    person_id: form.PersonId | None = None,
    organisation_id: form.OrganisationId | None = None,
) -> dict[str, Any]:
    """开通账号（系统管理员）。Open an account; its owner gets in by a one-time code.

    Without password and without roles: the code comes from OFFICE, so that no administrator ever
    knows a way into an account of which OFFICE approves the roles. Raises InvalidInput, LoginTaken,
    PersonHasAccount.
    """
    _check_owner(kind, person_id, organisation_id)

    def once() -> str:
        if desk.accounts.by_login(login):
            raise LoginTaken(field="login")
        if person_id and desk.accounts.by_person(person_id):
            raise PersonHasAccount(field="personId")
        account = Account.open(
            id=new_id(),
            login=login.casefold(),
            label=label,
            kind=kind,
            phone=phone,
            person_id=person_id,
            organisation_id=organisation_id,
            created_at=desk.clock.now(),
        )
        desk.accounts.add(call, account, account.created_at)
        return account.id

    account = desk.accounts.once(call, once)
    desk.audit.record(call, "create_account", account.id)
    return desk.accounts.row(account)


@allow(Role.SYSTEM_ADMIN)
@command("disableAccount", answers=form.ACCOUNT)
def disable_account(
    call: Call, desk: Identity, *, account_id: form.AccountId, reason: form.Reason
) -> dict[str, Any]:
    """停用账号（系统管理员）。No sign-in until enabled again; all sessions end.

    Raises OwnAccount, AccountStateUnfit.
    """
    by = acting_person(call)
    account = desk.accounts.edit(call, account_id, desk.clock.now(), lambda a: a.disable(by))
    desk.sessions.end_all(call, account.id, "ACCOUNT_DISABLED", desk.clock.real())
    desk.audit.record(call, "disable_account", account.id, details={"reason": reason})
    return desk.accounts.row(account)


@allow(Role.SYSTEM_ADMIN)
@command("enableAccount", answers=form.ACCOUNT)
def enable_account(
    call: Call, desk: Identity, *, account_id: form.AccountId, reason: form.Reason
) -> dict[str, Any]:
    """启用账号（系统管理员）。Let a disabled account in again.

    Lift `disable_account`; raises OwnAccount, AccountStateUnfit.
    """
    by = acting_person(call)
    account = desk.accounts.edit(call, account_id, desk.clock.now(), lambda a: a.enable(by))
    desk.audit.record(call, "enable_account", account.id, details={"reason": reason})
    return desk.accounts.row(account)


@allow(Role.SYSTEM_ADMIN, Role.OFFICE)
@command("requestRoleGrant", answers=form.ACCOUNT)
def request_role_grant(
    call: Call,
    desk: Identity,
    *,
    account_id: form.AccountId,
    role: form.ActingRole,
    scope: form.Scope | None,
    reason: form.Reason,
) -> dict[str, Any]:
    """申请授权。Ask for a role; it holds once another person of the office approves.

    Raises RoleNotGrantable, ScopeMismatch, AdministratorsApart, RoleAlreadyHeld.
    """
    at = desk.clock.now()
    grant_id = new_id()
    wanted = {each["kind"].lower(): each["id"] for each in scope or ()}
    account = desk.accounts.edit(
        call,
        account_id,
        at,
        lambda a: a.request_grant(
            grant_id, RoleScope(role, wanted), acting_person(call), reason, at
        ),
    )
    if role in APPROVERS:
        desk.tickets.drop(account.id)
    details = {"role": role, "scope": wanted}
    desk.audit.record(call, "request_role_grant", account.id, details=details)
    return desk.accounts.row(account)


@allow(Role.OFFICE, approves=True)
@command("approveRoleGrant", answers=form.ACCOUNT)
def approve_role_grant(call: Call, desk: Identity, *, grant_id: form.GrantId) -> dict[str, Any]:
    """批准授权（办公室）。Approve a role that another person asked for.

    Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded, AdministratorsApart.
    """
    at = desk.clock.now()
    holder = desk.accounts.by_grant(grant_id)
    account = desk.accounts.edit(
        call, holder.id, at, lambda a: a.approve_grant(grant_id, acting_person(call), at)
    )
    desk.audit.record(call, "approve_role_grant", account.id, details={"grant_id": grant_id})
    return desk.accounts.row(account)


@allow(Role.OFFICE, approves=True)
@command("refuseRoleGrant", answers=form.ACCOUNT)
def refuse_role_grant(
    call: Call, desk: Identity, *, grant_id: form.GrantId, reason: form.Reason
) -> dict[str, Any]:
    """不同意授权（办公室）。Refuse a role that another person asked for.

    Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded.
    """
    at = desk.clock.now()
    holder = desk.accounts.by_grant(grant_id)
    account = desk.accounts.edit(
        call, holder.id, at, lambda a: a.refuse_grant(grant_id, acting_person(call), reason, at)
    )
    desk.audit.record(
        call, "refuse_role_grant", account.id, details={"grant_id": grant_id, "reason": reason}
    )
    return desk.accounts.row(account)


@allow(Role.SYSTEM_ADMIN, Role.OFFICE)
@command("revokeRole", answers=form.ACCOUNT)
def revoke_role(
    call: Call, desk: Identity, *, grant_id: form.GrantId, reason: form.Reason
) -> dict[str, Any]:
    """收回身份。Take a role back; sessions acting in it end.

    Raises GrantNotFound, GrantStateUnfit, RoleOwnedByRoster, OwnAccount.
    """
    at = desk.clock.now()
    holder = desk.accounts.by_grant(grant_id)
    account = desk.accounts.edit(
        call, holder.id, at, lambda a: a.revoke_grant(grant_id, acting_person(call), reason, at)
    )
    held = [grant.id for grant in account.active_grants]
    desk.sessions.end_outside(call, account.id, held, "ROLE_REVOKED", desk.clock.real())
    desk.audit.record(
        call, "revoke_role", account.id, details={"grant_id": grant_id, "reason": reason}
    )
    return desk.accounts.row(account)


def _check_owner(kind: str, person_id: str | None, organisation_id: str | None) -> None:
    """Decision 14: an account belongs to a person or to an organisation. Raises InvalidInput."""
    of_person = kind == AccountKind.PERSON
    if of_person and organisation_id:
        raise InvalidInput("个人账号不能填写所属组织", field="organisationId")
    if not of_person and (person_id or not organisation_id):
        raise InvalidInput("组织账号须填写所属组织，且不能填写人员", field="organisationId")
