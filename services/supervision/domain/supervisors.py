"""Supervisors (民主监督员): nominated, appointed with a certificate, assigned, ended (2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.states import IN_OFFICE, SupervisorState
from shared.aggregate import Aggregate
from shared.contracts import names

V = SupervisorState


@dataclass(frozen=True)
class Relation:
    """A declared relation to an organisation, as `配偶任职`."""

    organisation: str
    note: str


@dataclass(frozen=True)
class Certificate:
    """聘书; code: to see that a paper is true."""

    no: str
    code: str
    issued_at: datetime


@dataclass
class Supervisor(Aggregate):
    """A member, or by name and account somebody who is none.

    employer: organisation, of who is no member (a member's is known to the roster). fields: topic
    codes in which the person is at home (5.6). units: where assigned now.
    """

    id: str
    term: int
    nominated_by: str
    nominated_for: str  # organisation
    nominated_at: datetime
    member_id: str | None = None
    name: str | None = None
    account_id: str | None = None
    employer: str | None = None
    profession: str = ""
    fields: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    reason: str = ""
    state: SupervisorState = V.NOMINATED
    decision: str | None = None
    certificate: Certificate | None = None
    appointed_at: datetime | None = None
    ends_on: datetime | None = None
    units: tuple[str, ...] = ()
    ended_at: datetime | None = None
    end_reason: str | None = None
    postings: list[dict[str, Any]] = field(default_factory=list)  # {unit, at}

    def require(self, *states: SupervisorState) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    @property
    def in_office(self) -> bool:
        return self.state in IN_OFFICE

    def header(self) -> dict[str, Any]:
        return {
            "supervisor_id": self.id,
            "member_id": self.member_id,
            "account": self.account_id,
            "nominated_for": self.nominated_for,
        }


def nominate(supervisor: Supervisor, decide_by: datetime) -> None:
    supervisor.tell(names.SUPERVISOR_NOMINATED, decide_by=decide_by)


def decide(supervisor: Supervisor, appointed: bool, words: str, at: datetime) -> None:
    """By the Chairpersons' Council."""
    supervisor.require(V.NOMINATED)
    supervisor.decision = words
    if not appointed:
        supervisor.state = V.REFUSED
        supervisor.tell(names.SUPERVISOR_REFUSED, reason=words)
        return
    supervisor.state, supervisor.appointed_at = V.APPOINTED, at


def certify(supervisor: Supervisor, no: str, code: str, ends_on: datetime, at: datetime) -> None:
    """The certificate, in the write of the appointment. Raises Unfit for an end in the past."""
    if ends_on <= at:
        raise errors.Unfit("聘期结束时间应晚于现在", field="endsOn")
    supervisor.certificate, supervisor.ends_on = Certificate(no, code, at), ends_on
    supervisor.tell(names.SUPERVISOR_APPOINTED, certificate_no=no, ends_on=ends_on)


def post(supervisor: Supervisor, units: Sequence[str], at: datetime) -> None:
    """To units; those not named any more are left. Conflicts are checked before.

    Raises WrongState, also after the end that the certificate names.
    """
    supervisor.require(*IN_OFFICE)
    if supervisor.ends_on is not None and at >= supervisor.ends_on:
        raise errors.WrongState.of(V.ENDED)
    fresh = [unit for unit in units if unit not in supervisor.units]
    supervisor.postings = [*supervisor.postings, *({"unit": unit, "at": at} for unit in fresh)]
    supervisor.units = tuple(dict.fromkeys(units))
    supervisor.state = V.ASSIGNED if units else V.APPOINTED
    supervisor.tell(names.SUPERVISOR_ASSIGNED, units=list(supervisor.units))


def withdraw(supervisor: Supervisor, conflicts: Mapping[str, str]) -> bool:
    """From units that the supervisor has an interest in by now. True if there is one.

    conflicts: unit → reason.
    """
    units = tuple(unit for unit in supervisor.units if unit not in conflicts)
    if units == supervisor.units:
        return False
    supervisor.units = units
    supervisor.state = V.ASSIGNED if units else V.APPOINTED
    reason = "；".join(dict.fromkeys(conflicts.values()))
    supervisor.tell(names.SUPERVISOR_ASSIGNED, units=list(units), reason=reason)
    return True


def declare(supervisor: Supervisor, relations: Sequence[Relation]) -> None:
    """By the supervisor, or by who nominated. Postings that it rules out end (`withdraw`)."""
    supervisor.require(V.NOMINATED, *IN_OFFICE)
    supervisor.relations = tuple(relations)


def end(supervisor: Supervisor, dismissed: bool, reason: str, at: datetime) -> None:
    supervisor.require(*IN_OFFICE)
    supervisor.state = V.DISMISSED if dismissed else V.ENDED
    supervisor.ended_at, supervisor.end_reason, supervisor.units = at, reason, ()
    supervisor.tell(names.SUPERVISOR_ENDED, dismissed=dismissed, reason=reason)


def replace_unit(supervisor: Supervisor, unit: str, heir: str) -> None:
    """A merged unit's supervisors go on at its heir."""
    units = dict.fromkeys(heir if one == unit else one for one in supervisor.units)
    supervisor.units = tuple(units)
