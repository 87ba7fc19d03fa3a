"""Duties of many members: whose, of whom, in which order, and for whom not."""

from __future__ import annotations

from typing import Any

import pytest

from services.performance import reactions
from services.performance.domain.duties import Duty
from services.performance.queries import duties
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Forbidden, Unauthenticated
from tests.integration.performance.desk import Office
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed, undone
from tests.unit.performance.test_every_basis import meeting, row

GROUPS: dict[str, dict[str, Any]] = {
    LU: {"sector": "22", "committees": ["com-economy"], "party": "minjian", "standing": False},
    SHEN: {"sector": "22", "committees": ["com-urban"], "town": "town-lili", "standing": True},
    QIAN: {"sector": "27", "committees": [], "party": "zhigong", "standing": False},
}
MINE, HERS, THEIRS = ((member, "PROPOSAL", True) for member in (LU, SHEN, QIAN))


@pytest.fixture
def office(database, tmp_path) -> Office:
    office = Office(database, tmp_path)
    for member, groups in GROUPS.items():
        changed = sample_event(
            "members", "member_profile_changed", version=2, member_id=member, groups=groups
        )
        reactions.note_member(changed, office.desk.members)
    party = {"organisation_id": "org-mj", "kind": "PARTY", "code": "minjian", "name": "民建"}
    changed = sample_event("members", "organisation_changed", subject="org-mj", **party)
    reactions.hear_of_organisation(changed, office.desk)
    office.hear(
        filed("p1", on=day(1)),
        filed("p2", first=QIAN, on=day(2)),
        filed("p3", first=SHEN, on=day(3)),
        filed("p4", on=day(4)),
        undone("proposal_withdrawn", "p4"),
        meeting("PLENARY", row("ABSENT", 0, member_id=SHEN), held_on=day(5).isoformat()),
    )
    return office


def by(role: Role, **scope: str) -> Call:
    return Call(Actor("account-1", role, scope), "c1")


def listed(office: Office, call: Call, filter: Any = None, **asked: Any) -> list[Any]:
    span = {"since": None, "until": None, "latest_first": True, **asked}
    wanted: Any = filter or {}
    found = duties.list_people_duties(
        call, office.desk, filter=wanted, first=20, after=None, **span
    )
    total = duties.count_people_duties(call, office.desk, filter=wanted, **span)
    assert total == len(found["rows"])
    return [(row["member_id"], row["duty"], row["done"]) for row in found["rows"]]


ABSENCE = (SHEN, "MEETING", False)


def test_the_office_sees_all_and_others_their_own_people(office: Office) -> None:
    assert listed(office, by(Role.OFFICE)) == [ABSENCE, HERS, THEIRS, MINE]
    assert listed(office, by(Role.COMMITTEE_DIRECTOR, committee="com-economy")) == [MINE]
    assert listed(office, by(Role.TOWN_HEAD, town="town-lili")) == [ABSENCE, HERS]
    assert listed(office, by(Role.SECTOR_CONVENER, sector="27")) == [THEIRS]
    assert listed(office, by(Role.ORG_HEAD, organisation="org-mj")) == [MINE]
    assert listed(office, by(Role.ORG_STAFF, organisation="org-zg")) == []


def test_it_is_narrowed_and_turned_round(office: Office) -> None:
    clerk = by(Role.OFFICE)
    assert listed(office, clerk, latest_first=False) == [MINE, THEIRS, HERS, ABSENCE]
    assert listed(office, clerk, since=day(2), until=day(3)) == [THEIRS]
    assert listed(office, clerk, {"duty": Duty.MEETING, "done": False}) == [ABSENCE]
    assert listed(office, clerk, {"member_id": SHEN, "year": 2017}) == [ABSENCE, HERS]
    head = by(Role.ORG_HEAD, organisation="org-mj")
    assert listed(office, head, {"member_id": SHEN}) == []


@pytest.mark.parametrize("role", sorted(set(Role) - duties.VIEWERS - {Role.PUBLIC}))
def test_nobody_else_sees_them(office: Office, role: Role) -> None:
    with pytest.raises(Forbidden):
        listed(office, by(role))
    with pytest.raises(Unauthenticated):
        listed(office, Call(PUBLIC_ACTOR, "c1"))
