"""The first accounts of an empty system, made on the server by whoever runs it (decision 18)."""

from __future__ import annotations

from services.identity.commands.passwords import make_code
from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import AdminExists, LoginTaken, OfficeExists
from services.identity.domain.roles import RoleScope
from shared.actor import Role, allow
from shared.call import Call
from shared.ids import new_id

SOURCE = "BOOTSTRAP"


@allow(Role.SYSTEM)
def create_admin(
    call: Call, desk: Identity, *, login: str, reset: bool, role: Role = Role.SYSTEM_ADMIN
) -> tuple[str, str]:
    """(login, one-time code) of the first administrator in `role`; raises AdminExists, LoginTaken.

    With `reset` the present one gets a new code instead, and all sessions end.
    """
    present = desk.accounts.holding(role)
    if present is None:
        return _open(call, desk, login, role)
    if not reset:
        raise AdminExists
    code, stored = make_code(desk, None)
    desk.accounts.edit(call, present.id, desk.clock.now(), lambda a: a.recover(stored))
    at = desk.clock.real()
    desk.sessions.end_all(call, present.id, "RECOVERED", at)
    desk.attempts.clear(present.id)
    desk.devices.drop(present.id)
    desk.journal.record(call, "CODE_ISSUED", present.id, at)
    return present.login, code


@allow(Role.SYSTEM)
def create_first_office(call: Call, desk: Identity, *, login: str) -> tuple[str, str]:
    """(login, one-time code) of the first approver of roles; raises OfficeExists, LoginTaken."""
    if desk.accounts.holding(Role.OFFICE) is not None:
        raise OfficeExists
    return _open(call, desk, login, Role.OFFICE)


def _open(call: Call, desk: Identity, login: str, role: Role) -> tuple[str, str]:
    if desk.accounts.by_login(login):
        raise LoginTaken(field="login")
    at = desk.clock.now()
    code, stored = make_code(desk, None)
    account = Account.open(
        id=new_id(), login=login.casefold(), label=role.label, kind="PERSON", created_at=at
    )
    account.grant_at_once(new_id(), RoleScope(role.value, {}), SOURCE, SOURCE, at)
    account.code = stored
    desk.accounts.add(call, account, at)
    desk.audit.record(call, "bootstrap", account.id, details={"role": role.value})
    desk.journal.record(call, "CODE_ISSUED", account.id, desk.clock.real())
    return account.login, code
