"""Who a message or a to-do is for, as keys (shared/contracts/recipients.py).

One index serves every inbox, and nobody can ask for another's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.recipients import (
    SUPERVISING,
    account_key,
    keys_of,
    member_key,
    role_key,
    supervising_keys,
)

Payload = Mapping[str, Any]
Recipients = Callable[[Payload], list[str]]
MEMBERS = ("MEMBER", "STANDING_MEMBER")


@dataclass(frozen=True, slots=True)
class Reader:
    """An account and the keys it owns in its acting role; never those of its other roles."""

    account_id: str
    keys: list[str]


def reader(
    account_id: str, memberships: tuple[str, ...] | list[str], role: str, scope: Mapping[str, str]
) -> Reader:
    """The reader behind an access token's claims."""
    return Reader(account_id, keys_of(account_id, memberships, role, scope))


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account holds, with its scope (kind → id)."""

    role: str
    scope: Mapping[str, str]

    def owns(self, key: str) -> bool:
        """Whether what is addressed to the key waits for whoever acts in this role."""
        if key.startswith("member:"):
            return self.role in MEMBERS
        return not key.startswith("account:") and key in keys_of("", (), self.role, self.scope)


def reader_in_all(account_id: str, memberships: tuple[str, ...], held: Sequence[Held]) -> Reader:
    """The reader behind an account, whichever of its roles it acts in."""
    keys = (keys_of(account_id, memberships, one.role, one.scope) for one in held)
    return Reader(account_id, list(dict.fromkeys(key for some in keys for key in some)))


def acting(key: str, held: Sequence[Held]) -> Held | None:
    """The role in which the account does what is addressed to the key; none: in any."""
    return next((one for one in held if one.owns(key)), None)


# Who works on a collective proposal in its organisation's name, and the kind of that scope.
COLLECTIVES: dict[str, tuple[tuple[str, ...], str]] = {
    "PARTY": (("ORG_STAFF", "ORG_HEAD"), "organisation"),
    "ORGANISATION": (("ORG_STAFF", "ORG_HEAD"), "organisation"),
    "SECTOR": (("SECTOR_CONVENER",), "sector"),
    "GROUP": (("SECTOR_CONVENER",), "sector_group"),
    "COMMITTEE": (("COMMITTEE_STAFF", "COMMITTEE_DIRECTOR"), "committee"),
    "TOWN_COMMITTEE": (("TOWN_STAFF", "TOWN_HEAD"), "town"),
}


def proposers(data: Payload) -> list[str]:
    """The first proposer and, of a collective proposal, those who work on it."""
    first = data["first_proposer"]
    roles, kind = COLLECTIVES.get(data["proposer_type"], ((), ""))
    organisation = data.get("organisation")
    return [
        *([member_key(first)] if first else []),
        *(role_key(role, {kind: organisation}) for role in roles if organisation),
    ]


def cosigners(data: Payload) -> list[str]:
    """The confirmed co-signers that the event lists."""
    return [member_key(member_id) for member_id in data["cosigners"]]


def authors(data: Payload) -> list[str]:
    """The named main authors of a collective proposal."""
    return [member_key(member_id) for member_id in data["authors"]]


def that_member(data: Payload) -> list[str]:
    """The member whom the event is about."""
    return [member_key(data["member_id"])]


def field_committees(data: Payload) -> list[str]:
    """Staff and directors of the committees in whose field a proposal lies."""
    return [key for id in data.get("committees", ()) for key in committee_desks(id)]


def that_committee(data: Payload) -> list[str]:
    """Staff and director of the committee which the event is about."""
    return committee_desks(data["committee"])


def committee_desks(committee: str) -> list[str]:
    roles, kind = COLLECTIVES["COMMITTEE"]
    return [role_key(role, {kind: committee}) for role in roles]


def named_members(data: Payload) -> list[str]:
    """The members that the event lists."""
    return [member_key(member_id) for member_id in data["members"]]


def that_account(data: Payload) -> list[str]:
    """The account which the event is about."""
    return [account_key(data["account_id"])]


def those_who_approve(data: Payload) -> list[str]:
    """Everyone who acts in a role that the event names as approving."""
    return [role_key(role, {}) for role in data["approvers"]]


def that_role(data: Payload) -> list[str]:
    """The role and scope which the event asks to act."""
    return [role_key(data["role"], data["scope"])]


def that_officer(data: Payload) -> list[str]:
    """The liaison officers of the unit which the event is about."""
    return _officers([data["unit"]])


def that_leader(data: Payload) -> list[str]:
    """The leaders of the unit which the event is about."""
    return [role_key("UNIT_LEADER", {"unit": data["unit"]})]


def assigned_officers(data: Payload) -> list[str]:
    """The liaison officers of all units of an assignment."""
    return _officers([row["unit"] for row in data["units"]])


def main_officers(data: Payload) -> list[str]:
    """The liaison officers of the main unit, whom a co-handling opinion is for."""
    return _officers(data["main_units"])


def answering_officers(data: Payload) -> list[str]:
    """The liaison officers of the units that replied, or that handle it again."""
    return _officers(data["units"])


def appraised_officers(data: Payload) -> list[str]:
    """The liaison officers of the units under appraisal."""
    return _officers(data.get("appraised", []))


def voters(data: Payload) -> list[str]:
    """Those of an appraisal's panel who have an account; the event names their keys."""
    return list(data["voters"])


def participants(data: Payload) -> list[str]:
    """The members who are invited to an inspection, or who came."""
    return [member_key(member_id) for member_id in data["participants"]]


def evaluator(data: Payload) -> list[str]:
    """Whose judgement is official: a member, or those who work on a collective proposal."""
    judge = data["evaluator"]
    if judge is None:
        return []
    return proposers(data) if data.get("organisation") else [member_key(judge)]


def next_evaluator(data: Payload) -> list[str]:
    """The co-signer who evaluates instead, if anyone is left (decision 17)."""
    return [member_key(data["member_id"])] if data["member_id"] else []


def former_evaluator(data: Payload) -> list[str]:
    return [member_key(data["former"])]


def new_officer(data: Payload) -> list[str]:
    """The officers of the unit that takes a share over, if any does."""
    return _officers([data["new_unit"]]) if data["new_unit"] else []


def former_officer(data: Payload) -> list[str]:
    """The officers of a unit that was merged into another."""
    return _officers([data["former"]])


def _officers(units: list[str]) -> list[str]:
    return [role_key("UNIT_OFFICER", {"unit": unit}) for unit in units]


def supervising(data: Payload) -> list[str]:
    """The supervising office of the case's side, which its main unit tells (decision 45)."""
    side = data.get("side")
    return [role_key(SUPERVISING, {"side": side} if side else {})]


def any_supervising(_: Payload) -> list[str]:
    """Of either side: what was opened for one of them, wherever the case has gone since."""
    return supervising_keys()


def acting_as(*roles: str) -> Recipients:
    """Everyone who acts in one of these roles, whatever the event says."""
    return lambda _: [role_key(role, {}) for role in roles]
