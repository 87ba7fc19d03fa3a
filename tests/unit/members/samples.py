"""Small objects for the rules' tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.members.domain.membership import JoinedVia, Membership
from services.members.domain.organisation import Kind, Organisation
from services.members.domain.placement import Affiliation, Placement
from services.members.domain.states import State
from services.members.domain.term import Session, Term
from shared.clock import SHANGHAI


def on(month: int, day: int, hour: int = 9, year: int = 2017) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


NOW = on(2, 6)
TERM_START = on(1, 1, 0)
PLACEMENT = Placement(
    sector="22",
    affiliation=Affiliation.MINJIAN,
    sector_group="group-22",
    committees=("com-economy", "com-urban"),
    town="town-lili",
    organisations=("org-minjian",),
)


def nominee(**changes: Any) -> Membership:
    fields: dict[str, Any] = {
        "member_no": "15-0088",
        "person_id": "p-15-0088",
        "term": 15,
        "name": "陆晓芸",
        "gender": "FEMALE",
        "placement": PLACEMENT,
        **changes,
    }
    return Membership.nominate(at=NOW, **fields)


def member(state: State = State.ACTIVE, **changes: Any) -> Membership:
    """A membership in `state`, its events forgotten."""
    membership = nominee(**changes)
    if state is not State.NOMINATED:
        membership.appoint(TERM_START, JoinedVia.TERM_START, None, NOW)
    enter = {
        State.NOMINATED: lambda: None,
        State.ACTIVE: lambda: None,
        State.SUSPENDED: lambda: membership.suspend(NOW, "因病", None),
        State.REJECTED: lambda: None,
        State.RESIGNED: lambda: membership.resign(NOW, "调动", None),
        State.REVOKED: lambda: membership.revoke(NOW, "违纪", "1号"),
        State.DECEASED: lambda: membership.record_death(NOW, NOW),
        State.TERM_ENDED: lambda: membership.end_term(NOW),
    }
    if state is State.REJECTED:
        membership = nominee(**changes)
        membership.reject(NOW, "未通过")
    else:
        enter[state]()
    membership.events.clear()
    return membership


def organisation(id: str, kind: Kind, **changes: Any) -> Organisation:
    return Organisation(id=id, kind=kind, name=id, **changes)


GROUPS = {
    each.id: each
    for each in (
        organisation("group-22", Kind.SECTOR_GROUP, sectors=["22"]),
        organisation("com-economy", Kind.COMMITTEE),
        organisation("com-urban", Kind.COMMITTEE),
        organisation("com-study", Kind.COMMITTEE),
        organisation("com-old", Kind.COMMITTEE, is_active=False),
        organisation("town-lili", Kind.TOWN_COMMITTEE),
    )
}


def term(*sessions: Session) -> Term:
    made = Term(15, TERM_START, ["04", "22"])
    made.sessions = list(sessions)
    return made


def session(no: int = 1, month: int = 2, **changes: Any) -> Session:
    dates: dict[str, Any] = {
        "opens_at": on(month - 1, 1),
        "cut_off_at": on(month, 9, 17),
        "plenary_from": on(month, 7),
        "plenary_to": on(month, 10, 17),
        **changes,
    }
    return Session(no=no, **dates)
