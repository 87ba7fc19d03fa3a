"""Whom a message or a to-do is for, as keys: `member:…`, `account:…`, `organisation:…` (whoever
acts for it) and `role:…[@kind:id]`.

Part of the contracts `notification_created` and `todo_changed`. A fact is addressed to keys; a
viewer owns keys. They meet as plain equality. Standard library only: domains use it.
"""

from __future__ import annotations

from collections.abc import Mapping

# Kinds of scope whose value is an organisation's id.
ORGANISATIONS = ("committee", "organisation", "sector_group", "town", "unit")


# Whose side a supervising office is on, by the main unit; who has none acts for both.
SUPERVISING, SIDES = "SUPERVISING_OFFICE", ("PARTY", "GOVERNMENT")


def member_key(member_id: str) -> str:
    return f"member:{member_id}"


def account_key(account_id: str) -> str:
    return f"account:{account_id}"


def organisation_key(organisation_id: str) -> str:
    return f"organisation:{organisation_id}"


def role_key(role: str, scope: Mapping[str, str]) -> str:
    """`role:ORG_HEAD@organisation:org-minjian`; without a scope, everyone acting in the role."""
    return f"role:{role}" + "".join(f"@{kind}:{scope[kind]}" for kind in sorted(scope))


def supervising_keys() -> list[str]:
    """Everyone who acts as a supervising office, whichever side a case is on."""
    return [role_key(SUPERVISING, scope) for scope in ({}, *({"side": side} for side in SIDES))]


def keys_of(
    account_id: str, memberships: tuple[str, ...] | list[str], role: str, scope: Mapping[str, str]
) -> list[str]:
    """The keys that an account owns in its acting role; never those of its other roles.

    memberships: the person's, of every term (decision 40).
    """
    keys = [
        account_key(account_id),
        *map(member_key, memberships),
        *(organisation_key(scope[kind]) for kind in ORGANISATIONS if kind in scope),
        role_key(role, {}),
        *(role_key(role, {kind: target}) for kind, target in scope.items()),
        role_key(role, scope),
    ]
    if role == SUPERVISING and "side" not in scope:
        keys += supervising_keys()
    return list(dict.fromkeys(keys))
