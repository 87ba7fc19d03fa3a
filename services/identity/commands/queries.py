"""Reads for staff: accounts, the sign-in audit, the public keys."""

from __future__ import annotations

from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import ANYONE, SIGNED_IN, Identity
from services.identity.domain.errors import AccountNotFound
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids

ACCOUNT_READERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE)
# "Audit log" of section 3: CHR and OFF read it, ADM without content; of sign-ins CHR and OFF read
# their own (decision 51).
AUDIT_READERS = (Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.AUDIT_ADMIN)
AUDIT_READERS_WITHOUT_CONTENT = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


@allow(*SIGNED_IN)
@query()
def account(call: Call, desk: Identity, *, account_id: form.AccountId) -> dict[str, Any]:
    """Any account for staff, one's own for everyone; AccountNotFound for the rest."""
    rows = desk.accounts.by_ids([account_id]) if _may_see(call, account_id) else []
    if not rows:
        raise AccountNotFound
    return rows[0]


@allow(*SIGNED_IN)
@query(loads="RoleGrant")
def role_grants_by_ids(call: Call, desk: Identity, *, ids: Ids) -> list[dict[str, Any]]:
    """Grants with their "account_id"; each is seen as its account is, others are left out."""
    holders = [row for row in desk.accounts.by_grants(ids) if _may_see(call, row["id"])]
    return [grant for row in holders for grant in row["grants"] if grant["id"] in ids]


@allow(*ACCOUNT_READERS, *AUDIT_READERS, Role.SYSTEM)
@query(loads="Account", callers=("proposals", "demo"))
def accounts_by_ids(call: Call, desk: Identity, *, ids: Ids) -> list[dict[str, Any]]:
    """Rows in any order; those that do not exist are left out. Names the people of the audit."""
    return desk.accounts.by_ids(ids)


@allow(Role.SYSTEM)
@query(callers=("notifications",))
def ways_to_reach(call: Call, desk: Identity, *, ids: Ids) -> list[dict[str, Any]]:
    """[{"id", "openid", "member_id", "phone"}], for sending (decision 9); a member's phone is
    members' to tell. Whoever asks keeps none of it."""
    return desk.accounts.ways_to_reach(ids)


@allow(*SIGNED_IN)
@query()
def account_names(call: Call, desk: Identity, *, ids: Ids) -> list[dict[str, Any]]:
    """What the accounts that a record names are called, and no more, for whoever sees the record.

    A list of {"id", "label", "member_id"}.
    """
    rows = desk.accounts.by_ids(ids)
    return [{name: row[name] for name in ("id", "label", "member_id")} for row in rows]


@allow(*ACCOUNT_READERS)
@query("accounts", gives="Account")
def list_accounts(
    call: Call,
    desk: Identity,
    *,
    filter: form.AccountFilter,
    order_by: form.OrderBy,
    first: First,
    after: After | None,
) -> dict[str, Any]:
    """账号列表（工作人员）。Accounts, for staff."""
    return desk.accounts.listed(filter, order_by, first, after)


@allow(*ACCOUNT_READERS)
@query()
def count_accounts(call: Call, desk: Identity, *, filter: form.AccountFilter) -> int:
    return desk.accounts.count(filter)


@allow(*AUDIT_READERS, *AUDIT_READERS_WITHOUT_CONTENT)
@query("signInAudit", gives="SignInAuditEntry")
def list_sign_in_audit(
    call: Call,
    desk: Identity,
    *,
    filter: form.SignInAuditFilter,
    first: First,
    after: After | None,
) -> dict[str, Any]:
    """登录审计，新的在前。The sign-in audit, newest first. [Decision 51]

    Administrators see who, what and when only; the office and the leaders their own sign-ins.
    """
    content = call.actor.role not in AUDIT_READERS_WITHOUT_CONTENT
    return desk.journal.listed(filter, first, after, content=content, only=_only(call))


@allow(*AUDIT_READERS, *AUDIT_READERS_WITHOUT_CONTENT)
@query()
def count_sign_in_audit(call: Call, desk: Identity, *, filter: form.SignInAuditFilter) -> int:
    return desk.journal.count(filter, only=_only(call))


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def ended_sessions(call: Call, desk: Identity, *, since: form.EndedSince) -> list[str]:
    """Sessions that ended since a moment, for whatever reason: their access tokens hold no more."""
    return desk.sessions.ended_since(since)


@allow(*ANYONE)
@query()
def jwks(call: Call, desk: Identity) -> dict[str, Any]:
    """The public keys of all issuers, two of one issuer during a change (decision 16)."""
    return desk.public_keys()


def _may_see(call: Call, account_id: str) -> bool:
    return call.actor.role in ACCOUNT_READERS or call.actor.account_id == account_id


def _only(call: Call) -> str | None:
    """Whose sign-ins alone the reader sees; None for who sees all."""
    keepers = {Role.AUDIT_ADMIN, *AUDIT_READERS_WITHOUT_CONTENT}
    return None if call.actor.role in keepers else call.actor.account_id or ""
