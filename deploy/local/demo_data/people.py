"""The demo's roster: invented people, the same at every run.

The people of the acceptance scenarios stand in `roster.json` as they are; the others are drawn by
a fixed seed from its sectors and towns and from the names of `names.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from graphql_relay import to_global_id

from deploy.local.demo_data.posts import give_posts

FOLDER = Path(__file__).parent
SEED = 2017

Json = dict[str, Any]


@dataclass
class Person:
    """A member to nominate and appoint. Groups by their local ids; `posts` as "KIND" or
    "KIND@organisation"; `facts` as the other fields of nominateMember."""

    number: int
    name: str
    gender: str
    sector: str
    sector_group: str
    town: str | None
    committees: list[str]
    facts: Json
    posts: list[str] = field(default_factory=list)

    def member_no(self, term: int) -> str:
        return f"{term}-{self.number:04d}"

    def nomination(self, term: int) -> Json:
        """The input of nominateMember."""
        return {
            "memberNo": self.member_no(term),
            "term": term,
            "name": self.name,
            "gender": self.gender,
            "sector": self.sector,
            "sectorGroup": organisation_id(self.sector_group),
            "town": organisation_id(self.town) if self.town else None,
            "committees": [organisation_id(committee) for committee in self.committees],
            # No number range of real telephones begins so.
            "phone": f"1000000{self.number:04d}",
            **self.facts,
        }

    def held_posts(self) -> list[Json]:
        """The posts of changePost."""
        return [_held(post) for post in self.posts]


def data(name: str) -> Any:
    """A data file of this folder."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def roster(groups: Mapping[str, str]) -> list[Person]:
    """All members, those of the scenarios first; groups: sector → id of its sector group."""
    source = data("roster")
    random = Random(SEED)
    fixtures = [_fixture(row, groups) for row in source["fixtures"]]
    numbers = _free_numbers(random, source, fixtures)
    names = _names(random, fixtures)
    drawn = []
    for sector, of in source["sectors"].items():
        there = sum(person.sector == sector for person in fixtures)
        for _ in range(of["seats"] - there):
            gender = "FEMALE" if random.random() < 0.35 else "MALE"
            drawn.append(
                Person(
                    number=numbers.pop(),
                    name=names(gender),
                    gender=gender,
                    sector=sector,
                    sector_group=groups[sector],
                    town=_weighted(random, source["towns"]),
                    committees=_committees(random, of["committees"]),
                    facts=_facts(random, of),
                )
            )
    people = [*fixtures, *sorted(drawn, key=lambda person: person.number)]
    give_posts(random, people, drawn, source["posts"])
    return people


def organisation_id(id: str) -> str:
    """The global id of an organisation of the master data."""
    return str(to_global_id("Organisation", id))


def _fixture(row: Json, groups: Mapping[str, str]) -> Person:
    facts = dict(row)
    own = {name: facts.pop(name) for name in ("number", "name", "gender", "sector", "committees")}
    posts, town = facts.pop("posts"), facts.pop("town", None)
    group = groups[own["sector"]]
    return Person(**own, sector_group=group, town=town, facts=facts, posts=posts)


def _free_numbers(random: Random, source: Json, fixtures: Iterable[Person]) -> list[int]:
    seats = sum(sector["seats"] for sector in source["sectors"].values())
    free = sorted(set(range(1, seats + 1)) - {person.number for person in fixtures})
    random.shuffle(free)
    return free


def _names(random: Random, fixtures: Iterable[Person]) -> Any:
    """A function that gives a name which nobody in the roster has yet."""
    source = data("names")
    taken = {person.name for person in fixtures}

    def name(gender: str) -> str:
        while True:
            doubled = random.random() < 0.01
            surname = random.choice(source["double_surnames" if doubled else "surnames"])
            full = str(surname + random.choice(source[gender.lower()]))
            if full not in taken:
                taken.add(full)
                return full

    return name


def _facts(random: Random, of: Json) -> Json:
    year, month, day = random.randint(1955, 1990), random.randint(1, 12), random.randint(1, 28)
    facts = {
        "affiliation": random.choice(of["affiliations"]),
        "ethnicGroup": random.choice(of.get("ethnic_groups", ["汉族"])),
        "birthDate": f"{year}-{month:02d}-{day:02d}",
        "workUnit": random.choice(of["units"]),
        "title": random.choice(of["titles"]),
        "insideSystem": of["inside_system"],
        "skills": [random.choice(of["skills"])],
        "overseas": of.get("overseas", False),
        "termsServed": int(_weighted(random, {"1": 55, "2": 35, "3": 10})),
    }
    if "religions" in of:
        facts["religion"] = random.choice(of["religions"])
    return facts


def _committees(random: Random, usual: list[str]) -> list[str]:
    """None, the usual one of the sector, or both that it has."""
    return usual[: int(_weighted(random, {"0": 30, "1": 55, "2": 15}))]


def _weighted(random: Random, weights: Mapping[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _held(post: str) -> Json:
    kind, _, organisation = post.partition("@")
    return {
        "post": kind,
        **({"organisation": organisation_id(organisation)} if organisation else {}),
    }
