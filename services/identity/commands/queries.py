"""Reads for staff: accounts, the sign-in audit, the public keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.identity.commands.ports import ANYONE, SIGNED_IN, Identity
from services.identity.domain.errors import AccountNotFound, GrantNotFound
from shared.actor import Role, allow
from shared.call import Call

ACCOUNT_READERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE)
# "Audit log" of section 3: CHR and OFF read it, ADM without content.
AUDIT_READERS = (Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.AUDIT_ADMIN)
AUDIT_READERS_WITHOUT_CONTENT = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


@allow(*SIGNED_IN)
def account(call: Call, identity: Identity, *, account_id: str) -> dict[str, Any]:
    """Any account for staff, one's own for everyone; AccountNotFound for the rest."""
    rows = identity.accounts.by_ids([account_id]) if _may_see(call, account_id) else []
    if not rows:
        raise AccountNotFound
    return rows[0]


@allow(*SIGNED_IN)
def role_grant(call: Call, identity: Identity, *, grant_id: str) -> dict[str, Any]:
    """One grant with its "account_id"; seen as its account is. Raises GrantNotFound."""
    holder = identity.accounts.by_grant(grant_id)
    if not _may_see(call, holder.id):
        raise GrantNotFound
    rows = identity.accounts.row(holder)["grants"]
    return next(row for row in rows if row["id"] == grant_id)


@allow(*ACCOUNT_READERS, *AUDIT_READERS, Role.SYSTEM)
def accounts_by_ids(call: Call, identity: Identity, *, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Rows in any order; those that do not exist are left out. Names the people of the audit."""
    return identity.accounts.by_ids(ids)


@allow(*ACCOUNT_READERS)
def list_accounts(
    call: Call,
    identity: Identity,
    *,
    filter: Mapping[str, Any],
    order_by: str,
    first: int,
    after: str | None,
) -> dict[str, Any]:
    """{"rows", "has_next"}; filter: role, state, awaits_approval, search."""
    return identity.accounts.listed(filter, order_by, first, after)


@allow(*ACCOUNT_READERS)
def count_accounts(call: Call, identity: Identity, *, filter: Mapping[str, Any]) -> int:
    return identity.accounts.count(filter)


@allow(*AUDIT_READERS, *AUDIT_READERS_WITHOUT_CONTENT)
def list_sign_in_audit(
    call: Call, identity: Identity, *, filter: Mapping[str, Any], first: int, after: str | None
) -> dict[str, Any]:
    """{"rows", "has_next"}, newest first; administrators see who, what and when only."""
    content = call.actor.role not in AUDIT_READERS_WITHOUT_CONTENT
    return identity.journal.listed(filter, first, after, content=content)


@allow(*AUDIT_READERS, *AUDIT_READERS_WITHOUT_CONTENT)
def count_sign_in_audit(call: Call, identity: Identity, *, filter: Mapping[str, Any]) -> int:
    return identity.journal.count(filter)


@allow(*ANYONE)
def jwks(call: Call, identity: Identity) -> dict[str, Any]:
    """The public keys of all issuers, two of one issuer during a change (decision 16)."""
    return identity.public_keys()


def _may_see(call: Call, account_id: str) -> bool:
    return call.actor.role in ACCOUNT_READERS or call.actor.account_id == account_id
