"""Words of the table: whom a fact tells, and which to-do it opens or closes (decision 19).

A row's tells are in order of importance: of several for one recipient the first is delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.notifications.domain.recipients import Payload, Recipients, acting_as, supervising
from services.notifications.domain.todos import TodoKind

STAFF = acting_as("PROPOSAL_STAFF")
DIRECTOR = acting_as("PROPOSAL_DIRECTOR")
OFFICE = acting_as("OFFICE")
SUPERVISING = supervising
SYSTEM_ADMIN = acting_as("SYSTEM_ADMIN")
SECURITY_ADMIN = acting_as("SECURITY_ADMIN")
LEADERS = acting_as("CHAIR_COUNCIL", "SECRETARY_GENERAL")
MEMBERS = tuple(
    acting_as(role)
    for role in (
        "MEMBER",
        "STANDING_MEMBER",
        "SECTOR_CONVENER",
        "CHAIR_COUNCIL",
        "SECRETARY_GENERAL",
    )
)
WRITERS = tuple(
    acting_as(role)
    for role in ("MEMBER", "STANDING_MEMBER", "SECTOR_CONVENER", "ORG_STAFF", "COMMITTEE_STAFF")
)


def always(_: Payload) -> bool:
    return True


def no_cosigner_left(data: Payload) -> bool:
    """V6 fails: a joint proposal without any confirmed co-signer."""
    return data["proposer_type"] == "JOINT" and data["confirmed_count"] == 0


def earned(data: Payload) -> bool:
    return bool(data["points"] > 0)


def lost(data: Payload) -> bool:
    return bool(data["points"] < 0)


def co_handling(data: Payload) -> bool:
    return bool(data["part"] == "CO")


def replying(data: Payload) -> bool:
    return bool(data["part"] != "CO")


def one_of_several(data: Payload) -> bool:
    """With separate handling each reply is news; else the reply is the proposal's."""
    return bool(data["part"] == "SEPARATE")


def to_be_decided(data: Payload) -> bool:
    """Somebody must decide about it, and has a day for it."""
    return data.get("decide_by") is not None


def agreed(data: Payload) -> bool:
    return bool(data["agreed"])


def approved(data: Payload) -> bool:
    return bool(data["approved"])


def disagreed(data: Payload) -> bool:
    return not data["agreed"]


def deemed(data: Payload) -> bool:
    return bool(data["deemed"])


def accepted(data: Payload) -> bool:
    return bool(data["accepted"])


def refused(data: Payload) -> bool:
    return not data["accepted"]


def final(data: Payload) -> bool:
    return bool(data["final"])


def about(*matters: str) -> Callable[[Payload], bool]:
    """A reminder of one of these that is not late."""
    return lambda data: data["about"] in matters and not (data["unit"] and data["days_late"])


def waits_for(decision: str) -> Callable[[Payload], bool]:
    """What has come due waits for this decision."""
    return lambda data: data.get("undecided") == decision


def plan_changed(data: Payload) -> bool:
    """The assignment meeting decided otherwise than was proposed."""
    return bool(data.get("plan_changed"))


def by_system(data: Payload) -> bool:
    return bool(data.get("by_system"))


def not_reopened(data: Payload) -> bool:
    """Where it was, the reopening is what is told."""
    return not data["reopened"]


def about_late(*matters: str) -> Callable[[Payload], bool]:
    return lambda data: data["about"] in matters and data["days_late"] > 0


def is_in(*states: str) -> Callable[[Payload], bool]:
    return lambda data: data["state"] in states


def ended_as(outcome: str) -> Callable[[Payload], bool]:
    return lambda data: data["outcome"] == outcome


def by_unit(data: Payload) -> bool:
    return data["unit"] is not None


def follows_none(data: Payload) -> bool:
    """Not merged into another: what its units do once for all of a case is asked with the lead."""
    return "lead" not in data


def leads_others(data: Payload) -> bool:
    """Others are merged into it, and handled with it."""
    return bool(data.get("followers"))


def only(to: Recipients, *when: Callable[[Payload], bool]) -> Recipients:
    """`to` where the fact is so in each way, else nobody."""
    return lambda data: to(data) if all(so(data) for so in when) else []


@dataclass(frozen=True, slots=True)
class Tell:
    """Send `template` to these recipients."""

    template: str
    to: Recipients
    when: Callable[[Payload], bool] = always


@dataclass(frozen=True, slots=True)
class Open:
    """Open a to-do for these assignees; `due` names the event's field with the due date."""

    kind: TodoKind
    to: Recipients
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Close a to-do of these assignees; without `to`, of everyone who has it."""

    kind: TodoKind
    to: Recipients | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """`part` names the event's field that tells facts of one write apart (decision 8)."""

    tells: tuple[Tell, ...] = ()
    opens: tuple[Open, ...] = ()
    closes: tuple[Close, ...] = ()
    part: str | None = None


def closed(*kinds: TodoKind) -> tuple[Close, ...]:
    return tuple(Close(kind) for kind in kinds)
