"""Demo accounts with known passwords; never in production (decision 18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import DemoRefused
from services.identity.domain.roles import ROSTER_ROLES, RoleScope
from shared.actor import Role, allow
from shared.call import Call
from shared.ids import effect_id, new_id
from shared.operations import command

SOURCE = "DEMO"


@allow(Role.SYSTEM)
@command(callers=("demo",))
def load_demo_accounts(
    call: Call, desk: Identity, *, accounts: form.DemoAccounts
) -> dict[str, Any]:
    """Make each account with its password and roles unless it has them; raises DemoRefused.

    Works before and after the roster's own events: the roster keeps the roles of members, and
    takes over the account whose login is the member number. A chosen password stays.
    """
    if desk.production:
        raise DemoRefused
    plain = replace(call, command=None)
    return {"accounts": [_load(plain, desk, entry) for entry in accounts]}


def _load(call: Call, desk: Identity, entry: Mapping[str, Any]) -> dict[str, Any]:
    present = desk.accounts.by_login(entry["login"])
    if present is None and entry.get("person_id"):
        present = desk.accounts.by_person(entry["person_id"])
    hashed = None
    if present is None or present.password is None:
        hashed = desk.hasher.hash(entry["password"])
    at = desk.clock.now()

    def once() -> str:
        account = desk.accounts.by_login(entry["login"])
        if account is not None:
            return account.id
        account = Account.open(
            id=new_id(),
            login=entry["login"].casefold(),
            label=entry["label"],
            kind="PERSON",
            person_id=entry.get("person_id"),
            member_id=entry.get("member_id"),
            created_at=at,
        )
        desk.accounts.add(call, account, at)
        return account.id

    account = present or desk.accounts.once(call, once)
    account = desk.accounts.edit(
        call, account.id, at, lambda current: _complete(current, entry, hashed, desk)
    )
    return {"id": account.id, "login": account.login}


def _complete(
    account: Account, entry: Mapping[str, Any], hashed: str | None, desk: Identity
) -> bool:
    """Fill in what is missing; False if nothing is."""
    changed = not account.demo
    account.demo = True
    if account.password is None and hashed is not None:
        account.set_password(hashed)
        changed = True
    if account.phone is None and entry.get("phone"):
        account.phone = entry["phone"]
        changed = True
    at = desk.clock.now()
    for wanted in (RoleScope(row["role"], row["scope"]) for row in entry["roles"]):
        if wanted.role in ROSTER_ROLES and account.memberships:
            continue
        grant_id = effect_id("demo", account.id, wanted.role, *wanted.scope.values())
        changed |= account.grant_at_once(grant_id, wanted, SOURCE, SOURCE, at)
    return changed
