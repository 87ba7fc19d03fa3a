"""The demo's invented people: the same at every run, and as the scenarios need them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from deploy.local.demo_data import people
from deploy.local.demo_data.people import Person, organisation_id
from services.members.commands.nominations import nominate_member
from services.members.domain.organisation import Kind
from services.members.domain.placement import Affiliation, Placement, check_placement
from services.members.domain.posts import Post, PostKind, check_posts
from services.members.repository.master_data import organisation_rows
from services.members.repository.organisations import organisation_of
from shared.operations.arguments import form, inputs_of

ROWS = organisation_rows()
KNOWN = {
    row["id"]: organisation_of({**row, "_id": row["id"], **{"unit_type": None}}) for row in ROWS
}
GROUPS = {
    code: row["id"] for row in ROWS if row["kind"] == "SECTOR_GROUP" for code in row["sectors"]
}
ROSTER = people.roster(GROUPS)
BY_NUMBER = {person.number: person for person in ROSTER}


def placement(person: Person) -> Placement:
    return Placement(
        sector=person.sector,
        affiliation=Affiliation(person.facts["affiliation"]),
        sector_group=person.sector_group,
        committees=tuple(person.committees),
        town=person.town,
    )


def posts(person: Person) -> list[Post]:
    split = [post.partition("@") for post in person.posts]
    return [Post(PostKind(kind), organisation or None) for kind, _, organisation in split]


def test_the_same_at_every_run() -> None:
    assert people.roster(GROUPS) == ROSTER


def test_the_size_of_the_committee() -> None:
    assert len(ROSTER) == 330
    assert len({person.number for person in ROSTER}) == 330
    assert len({person.name for person in ROSTER}) == 330
    assert len({person.sector for person in ROSTER}) == 30
    assert {person.town for person in ROSTER} - {None} == {
        row["id"] for row in ROWS if row["kind"] == Kind.TOWN_COMMITTEE
    }


def test_every_post_is_filled() -> None:
    held = Counter(post for person in ROSTER for post in person.posts)
    kinds = Counter(post.partition("@")[0] for post in held.elements())
    assert kinds == {
        "STANDING_MEMBER": 60,
        "SUPERVISOR": 20,
        "CONVENER": 19,
        "COMMITTEE_DEPUTY_DIRECTOR": 14,
        "TOWN_GROUP_HEAD": 8,
        "COMMITTEE_DIRECTOR": 7,
        "VICE_CHAIR": 5,
        "CHAIR": 1,
        "SECRETARY_GENERAL": 1,
    }
    sole = [post for post in held if post.startswith(("COMMITTEE_DIRECTOR", "CONVENER", "TOWN"))]
    assert {held[post] for post in sole} == {1}


@pytest.mark.parametrize("person", ROSTER, ids=lambda person: f"{person.number}")
def test_everyone_satisfies_the_rules_of_the_roster(person: Person) -> None:
    sectors = list(people.data("roster")["sectors"])
    check_placement(placement(person), sectors, KNOWN)
    check_posts(posts(person), placement(person))
    form("nominate", inputs_of(nominate_member)).parse(_snake(person.nomination(15)))


@pytest.mark.parametrize(
    ("number", "name", "sector", "held"),
    [
        (88, "陆晓芸", "22", []),
        (31, "沈建国", "04", []),
        (140, "钱文娟", "27", []),
        (102, "顾梅", "08", []),
        (12, "吴志刚", "15", ["STANDING_MEMBER"]),
        (2, "周立新", "01", ["VICE_CHAIR"]),
    ],
)
def test_the_people_of_the_scenarios(number: int, name: str, sector: str, held: list[str]) -> None:
    person = BY_NUMBER[number]
    assert (person.name, person.sector, person.posts) == (name, sector, held)
    assert person.nomination(15)["memberNo"] == f"15-{number:04d}"


def test_telephones_are_nobodys() -> None:
    phones = [person.nomination(15)["phone"] for person in ROSTER]
    assert len(set(phones)) == 330
    assert all(phone.startswith("1000000") for phone in phones)


def test_the_input_of_a_post() -> None:
    assert BY_NUMBER[9].held_posts() == [
        {"post": "COMMITTEE_DIRECTOR", "organisation": organisation_id("com-economy")},
        {"post": "STANDING_MEMBER"},
    ]


def test_the_plenary_window_is_open_when_the_demo_begins() -> None:
    """AC-01: 2017-02-06 lies between the opening and the cut-off."""
    session = people.data("roster")["session"]
    assert session["opensAt"] < "2017-02-06T09:00:00+08:00" < session["cutOffAt"]
    assert session["plenaryFrom"] < session["cutOffAt"] < session["plenaryTo"]


def _snake(given: dict[str, Any]) -> dict[str, Any]:
    """As the gateway sends it."""
    made = {}
    for name, value in given.items():
        key = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        made[key] = value
    return made
