"""Figures by group on a real database: what they say, of whom, and who may see them."""

from __future__ import annotations

from typing import Any

import pytest

from services.performance import reactions
from services.performance.domain.figures import By
from services.performance.queries import statistics
from services.performance.repository.indexes import DUTIES, functions_of_duties
from shared.actor import Actor, Role
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Forbidden
from tests.integration.performance.desk import CHAIR, FIRST, Office, call
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed, undone
from tests.unit.performance.test_every_basis import meeting, row

OTHER = "m-15-0200"
GROUPS: dict[str, dict[str, Any]] = {
    LU: {"sector": "22", "committees": ["com-economy"], "standing": False, "new": True},
    SHEN: {"sector": "22", "committees": ["com-education"], "standing": True, "new": False},
    QIAN: {"sector": "27", "committees": [], "standing": False, "inside_system": True},
    OTHER: {"sector": "27", "town": "town-lili", "standing": False},
}
LINK = {"leader_id": SHEN, "member_id": LU, "link_id": "link-1"}


@pytest.fixture
def office(database, tmp_path) -> Office:
    office = Office(database, tmp_path)
    for member, groups in GROUPS.items():
        changed = sample_event(
            "members", "member_profile_changed", version=2, member_id=member, groups=groups
        )
        reactions.note_member(changed, office.desk.members)
    plenary = meeting(
        "PLENARY",
        row(present=2),
        row("LEAVE", 0, member_id=SHEN),
        row(present=1, member_id=QIAN),
        held_on=day(1).isoformat(),
    )
    office.hear(
        plenary,
        filed("p1", kind="JOINT", cosigners=(SHEN,)),
        filed("p2", first=QIAN),
        undone("proposal_withdrawn", "p2"),
        sample_event("opinions", "opinion_submitted", occurred_on=day(3).isoformat()),
        sample_event("study", "study_class_completed", occurred_on=day(4).isoformat()),
        sample_event("liaison", "contact_link_started", **LINK),
        *(contact(n, day(10 + n).isoformat()) for n in range(2)),
    )
    return office


def contact(number: int, on: str) -> Any:
    id = f"contact-{number}"
    return sample_event("liaison", "contact_recorded", id=id, contact_id=id, occurred_on=on, **LINK)


def ask(office: Office, by: Call, kind: By, **more: Any) -> dict[str, Any]:
    given = {"year": 2017, "group_id": None, "parts": None, **more}
    found = statistics.duty_statistics(by, office.desk, by=kind, **given)
    return {group["key"]: group for group in found}


def by_role(role: Role, member: str | None = None, **scope: str) -> Call:
    return Call(Actor("account-1", role, scope, member_id=member), "correlation-1")


def test_by_sector(office):
    found = ask(office, FIRST, By.SECTOR)
    assert {key: float(f["attendance_rate"]) for key, f in found.items()} == {
        "22": 50.0,
        "27": 50.0,
    }
    economy = found["22"]
    assert (economy["members"], economy["leave"], economy["proposals"]) == (2, 1, 1)
    assert float(economy["proposal_participation"]) == 100.0
    assert float(economy["training_coverage"]) == 50.0
    assert float(economy["contact_coverage"]) == 100.0
    assert float(found["27"]["proposal_participation"]) == 0.0  # the proposal was withdrawn
    assert float(found["27"]["opinion_participation"]) == 50.0
    assert found["27"]["contact_coverage"] is None


def written(version: int, planned: bool, summarised: bool, **more: Any) -> Any:
    said = {"organisation": "group-22", "planned": planned, "summarised": summarised, **more}
    return sample_event("liaison", "liaison_year_written", version=version, **said)


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (2, 2, 1)])
def test_members_with_plan_and_summary_are_those_of_the_groups_that_wrote_them(office, order):
    """An older word, coming late, changes nothing; a town's own plan is no sector group's."""
    changed = sample_event(
        "members",
        "member_profile_changed",
        version=3,
        member_id=LU,
        groups={**GROUPS[LU], "sector_group": "group-22"},
    )
    reactions.note_member(changed, office.desk.members)
    events = {1: written(1, True, True), 2: written(2, True, False)}
    for number in order:
        reactions.hear_of_year(events[number], office.desk)
    reactions.hear_of_year(written(1, True, True, organisation="town-lili"), office.desk)
    found = ask(office, FIRST, By.ALL)["ALL"]
    shares = (found["plan_participation"], found["summary_participation"])
    assert [float(share) for share in shares] == [25.0, 0.0]
    reactions.hear_of_year(written(3, True, True), office.desk)
    found = ask(office, FIRST, By.SECTOR)
    assert float(found["22"]["summary_participation"]) == 50.0
    assert float(found["27"]["plan_participation"]) == 0.0
    assert ask(office, FIRST, By.ALL, year=2016) is not None


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (By.ALL, {"ALL": 4}),
        (By.SECTOR, {"22": 2, "27": 2}),
        (By.COMMITTEE, {"com-economy": 1, "com-education": 1}),
        (By.TOWN, {"town-lili": 1}),
        (By.PARTY, {}),
        (By.STANDING, {"NO": 3, "YES": 1}),
        (By.SYSTEM, {"INSIDE": 1}),
        (By.TENURE, {"CONTINUING": 1, "NEW": 1}),
    ],
)
def test_the_groups_of_each_kind(office, kind, members):
    assert {key: f["members"] for key, f in ask(office, FIRST, kind).items()} == members


def test_the_year_before_stands_beside(office):
    office.move(2018, 3, 1)
    [found] = statistics.duty_statistics(
        FIRST, office.desk, year=2018, by=By.SECTOR, group_id="22", parts=None
    )
    assert (found["proposals"], found["previous"]["proposals"]) == (0, 1)
    assert found["attendance_rate"] is None
    assert float(found["previous"]["attendance_rate"]) == 50.0


def test_parts_as_the_asker_divides(office):
    parts = [
        {"key": "FEMALE", "member_ids": [LU, QIAN, "m-unknown"]},
        {"key": "MALE", "member_ids": [SHEN, OTHER]},
    ]
    found = ask(office, FIRST, By.GENDER, parts=parts)
    assert {key: (f["members"], f["proposals"]) for key, f in found.items()} == {
        "FEMALE": (2, 1),
        "MALE": (2, 0),
    }
    for other in (by_role(Role.STANDING_MEMBER, SHEN), by_role(Role.TOWN_HEAD, town="town-lili")):
        with pytest.raises(Forbidden):
            ask(office, other, By.GENDER, parts=parts)


@pytest.mark.parametrize(
    ("by", "kind", "seen"),
    [
        (CHAIR, By.SECTOR, {"22", "27"}),
        (by_role(Role.INFO_EDITOR), By.SECTOR, {"22", "27"}),
        (by_role(Role.MEMBER, LU), By.SECTOR, {"22"}),
        (by_role(Role.MEMBER, LU), By.COMMITTEE, {"com-economy"}),
        (by_role(Role.MEMBER, LU), By.TENURE, {"NEW"}),
        (by_role(Role.MEMBER, LU), By.ALL, {"ALL"}),
        (by_role(Role.SECTOR_CONVENER, LU, sector="27"), By.SECTOR, {"22", "27"}),
        (by_role(Role.COMMITTEE_STAFF, committee="com-education"), By.COMMITTEE, {"com-education"}),
        (by_role(Role.TOWN_STAFF, town="town-lili"), By.TOWN, {"town-lili"}),
    ],
)
def test_who_sees_which_groups(office, by, kind, seen):
    assert set(ask(office, by, kind)) == seen


@pytest.mark.parametrize(
    ("by", "kind"),
    [
        (by_role(Role.MEMBER, LU), By.TOWN),
        (by_role(Role.COMMITTEE_STAFF, committee="com-education"), By.SECTOR),
        (by_role(Role.TOWN_STAFF, town="town-lili"), By.COMMITTEE),
        (by_role(Role.PROPOSAL_STAFF), By.ALL),
        (by_role(Role.UNIT_OFFICER, unit="unit-zjj"), By.ALL),
    ],
)
def test_others_see_none(office, by, kind):
    with pytest.raises(Forbidden):
        ask(office, by, kind)


def test_another_group_than_ones_own_is_not_shown(office):
    assert ask(office, by_role(Role.MEMBER, LU), By.SECTOR, group_id="27") == {}
    assert set(ask(office, FIRST, By.SECTOR, group_id="27")) == {"27"}


def test_by_function_what_all_members_did(office):
    rows = ask(office, FIRST, By.FUNCTION)
    assert list(rows) == ["CONSULTATION", "SUPERVISION", "PARTICIPATION"]
    everyone = ask(office, FIRST, By.ALL)["ALL"]
    assert {key: row["duties"] for key, row in rows.items()} == {
        one["function"]: one["duties"] for one in everyone["functions"]
    }
    assert sum(row["duties"] for row in rows.values()) == everyone["duties"] > 0
    assert rows["CONSULTATION"]["duties"] == 2  # of three at the plenary one was on leave
    assert rows["CONSULTATION"]["proposals"] == 0
    assert rows["PARTICIPATION"]["proposals"] == everyone["proposals"]
    assert rows["SUPERVISION"]["silent"] == everyone["members"]
    assert set(ask(office, FIRST, By.FUNCTION, group_id="SUPERVISION")) == {"SUPERVISION"}


def test_duties_stored_before_their_function_have_one(office):
    stored = office.database.collection(DUTIES)
    before = {row["_id"]: row["function"] for row in stored.find()}
    stored.update_many({}, {"$unset": {"function": 1}})
    for _ in range(2):
        functions_of_duties(office.database)
    assert {row["_id"]: row["function"] for row in stored.find()} == before


def test_a_members_own_figures_and_duties(office):
    own = by_role(Role.MEMBER, LU)
    found = statistics.member_figures(own, office.desk, member_id=LU, year=2017)
    assert (found["proposals"], float(found["attendance_rate"])) == (1, 100.0)
    page = statistics.list_duties(own, office.desk, member_id=LU, year=2017, first=10, after=None)
    assert [(r["duty"], r["kind"]) for r in page["rows"]] == [
        ("PROPOSAL", "FIRST"),
        ("MEETING", "PLENARY"),
        ("CLASS", ""),
        ("CONTACT", "link-1"),
        ("CONTACT", "link-1"),
    ]
    assert statistics.count_duties(own, office.desk, member_id=LU, year=2017) == 5
    for read in (
        lambda by: statistics.member_figures(by, office.desk, member_id=LU, year=2017),
        lambda by: statistics.list_duties(
            by, office.desk, member_id=LU, year=2017, first=10, after=None
        ),
        lambda by: statistics.count_duties(by, office.desk, member_id=LU, year=2017),
    ):
        for by in (by_role(Role.MEMBER, QIAN), by_role(Role.TOWN_HEAD, town="town-lili")):
            with pytest.raises(Forbidden):
                read(by)


def test_silent_members(office):
    office.move(2017, 5, 6)  # within ninety days of the plenary
    assert office.desk.setting(statistics.SILENT_DAYS) == 90
    found = statistics.list_silent(FIRST, office.desk, first=10, after=None)
    assert [(row["member_id"], row["last_duty_on"]) for row in found["rows"]] == [(OTHER, None)]
    office.move(2017, 5, 15)
    rows = statistics.list_silent(FIRST, office.desk, first=2, after=None)
    assert [row["member_id"] for row in rows["rows"]] == [QIAN, OTHER]
    assert not rows["has_next"]
    assert rows["rows"][0]["last_duty_on"] == day(3)
    convener = by_role(Role.SECTOR_CONVENER, LU, sector="22")
    assert statistics.count_silent(convener, office.desk) == 0
    office.move(2017, 7, 1)
    assert statistics.count_silent(FIRST, office.desk) == 4
    first = statistics.list_silent(FIRST, office.desk, first=3, after=None)
    rest = statistics.list_silent(FIRST, office.desk, first=3, after=first["rows"][-1]["cursor"])
    assert (first["has_next"], [row["member_id"] for row in rest["rows"]]) == (True, [OTHER])
    for by in (by_role(Role.MEMBER, LU), call(Role.STANDING_MEMBER)):
        with pytest.raises(Forbidden):
            statistics.list_silent(by, office.desk, first=10, after=None)
        with pytest.raises(Forbidden):
            statistics.count_silent(by, office.desk)
