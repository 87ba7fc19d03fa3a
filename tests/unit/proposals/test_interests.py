"""Who is asked about conflicts of interest, and what the answers mean."""

from __future__ import annotations

from typing import Any

from services.proposals.wiring import Interests
from shared.actor import Actor, Role
from shared.call import Call

CALL = Call(Actor("account-staff", Role.PROPOSAL_STAFF, token="token"), "correlation-1")


def grant(unit: str, state: str = "GRANTED", kind: str = "UNIT") -> dict[str, Any]:
    return {"state": state, "scope": [{"kind": kind, "id": unit}]}


class Neighbours:
    """Answers as members and identity do."""

    def __init__(self, *accounts: dict[str, Any]) -> None:
        self.accounts = accounts
        self.asked: list[tuple[str, Any]] = []

    def call(self, service: str, method: str, call: Call, **kwargs: Any) -> Any:
        assert (call.actor.role, call.actor.token) == (Role.SYSTEM, None)
        self.asked.append((f"{service}.{method}", kwargs))
        return ["m-1"] if service == "members" else list(self.accounts)


def test_each_is_asked_about_its_own_people_only() -> None:
    rpc = Neighbours()
    keys = ["member:m-2", "code:hash", "account:a", "member:m-1"]
    assert Interests(rpc)(CALL, keys, {"unit-2", "unit-1"}) == {"member:m-1"}
    assert rpc.asked == [
        ("members.employed_by", {"ids": ["m-1", "m-2"], "units": ["unit-1", "unit-2"]}),
        ("identity.accounts_by_ids", {"ids": ["a"]}),
    ]


def test_nobody_is_asked_about_codes() -> None:
    rpc = Neighbours()
    assert Interests(rpc)(CALL, ["code:hash"], {"unit-1"}) == set()
    assert rpc.asked == []


def test_an_account_conflicts_by_the_unit_roles_that_it_holds_now() -> None:
    accounts = {
        "holds": [grant("unit-1")],
        "one of two": [grant("unit-9"), grant("unit-1")],
        "another": [grant("unit-2")],
        "ended": [grant("unit-1", "REVOKED")],
        "asked for": [grant("unit-1", "REQUESTED")],
        "no unit": [grant("unit-1", kind="TOWN")],
        "none": [],
    }
    rpc = Neighbours(*({"id": id, "grants": grants} for id, grants in accounts.items()))
    keys = [f"account:{id}" for id in accounts]
    assert Interests(rpc)(CALL, keys, {"unit-1"}) == {"account:holds", "account:one of two"}
