"""Who works for a unit, asked at the moment it matters (decision 9: V15, panels)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from shared.call import Call
from shared.contracts.recipients import account_key, member_key


class Interests:
    """Members by their work unit, accounts by the units of the roles they hold; never by names."""

    def __init__(self, rpc: Any) -> None:
        self._rpc = rpc

    def __call__(
        self, call: Call, keys: Collection[str], units: Collection[str]
    ) -> Collection[str]:
        """Those of the keys (`member:…`, `account:…`) whose people work for one of the units."""
        asking = Call.system("proposals", call.correlation_id)
        members, accounts = _named(keys, member_key("")), _named(keys, account_key(""))
        employed: list[str] = []
        if members:
            employed = self._rpc.call(
                "members", "employed_by", asking, ids=members, units=sorted(units)
            )
        rows: list[dict[str, Any]] = []
        if accounts:
            rows = self._rpc.call("identity", "accounts_by_ids", asking, ids=accounts)
        acting = [row["id"] for row in rows if _units_of(row) & set(units)]
        return {*map(member_key, employed), *map(account_key, acting)}


def _named(keys: Iterable[str], prefix: str) -> list[str]:
    return sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))


def _units_of(account: dict[str, Any]) -> set[str]:
    """Scopes of the roles that the account holds now."""
    held = [grant for grant in account["grants"] if grant["state"] == "GRANTED"]
    return {scope["id"] for grant in held for scope in grant["scope"] if scope["kind"] == "UNIT"}
