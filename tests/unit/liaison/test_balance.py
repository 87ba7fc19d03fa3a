"""Who leads whom: the proposal keeps its promises for any committee (2.9, 14.4)."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.liaison.domain.balance import Ground, common_ground, propose
from services.liaison.domain.ranks import Person, Rank, Tier, fits, rank_of, tier_of

SECTORS = st.sampled_from(["22", "04", "27", "30"])


def person(id: str, rank: Rank, *groups: str) -> Person:
    return Person(id, 15, rank, True, groups)


def people(rank: Rank, prefix: str, sectors: list[str]) -> list[Person]:
    return [person(f"{prefix}{n}", rank, f"SECTOR:{s}") for n, s in enumerate(sectors)]


@given(
    led=st.lists(SECTORS, max_size=60),
    leaders=st.lists(SECTORS, min_size=1, max_size=12),
    most=st.integers(1, 8),
)
def test_everybody_has_one_leader_as_long_as_there_is_room(
    led: list[str], leaders: list[str], most: int
) -> None:
    members = people(Rank.ORDINARY, "m", led)
    proposal = propose(members, people(Rank.STANDING, "s", leaders), {}, Ground.SECTOR, 0, most)
    placed = Counter(row.member_id for row in proposal.placed)
    assert set(placed.values()) <= {1}
    assert placed.keys() | set(proposal.unplaced) == {p.id for p in members}
    assert len(proposal.unplaced) == max(0, len(led) - most * len(leaders))
    load = Counter(row.leader_id for row in proposal.placed)
    assert max(load.values(), default=0) <= most
    assert all(row.leader_id != row.member_id for row in proposal.placed)


@given(count=st.integers(0, 60), leaders=st.integers(1, 12))
def test_in_one_group_loads_differ_by_one_at_most(count: int, leaders: int) -> None:
    proposal = propose(
        people(Rank.ORDINARY, "m", ["22"] * count),
        people(Rank.STANDING, "s", ["22"] * leaders),
        {},
        Ground.SECTOR,
        0,
        60,
    )
    load = Counter({f"s{n}": 0 for n in range(leaders)})
    load.update(row.leader_id for row in proposal.placed)
    assert max(load.values()) - min(load.values()) <= 1


def test_the_load_that_stands_counts() -> None:
    leaders = people(Rank.STANDING, "s", ["22", "22"])
    proposal = propose(
        people(Rank.ORDINARY, "m", ["22"] * 3), leaders, {"s0": 3}, Ground.SECTOR, 0, 8
    )
    assert [row.leader_id for row in proposal.placed] == ["s1", "s1", "s1"]


@given(
    led=st.lists(SECTORS, max_size=60),
    leaders=st.lists(SECTORS, min_size=1, max_size=12),
)
def test_nobody_leads_too_few_while_there_are_enough(led: list[str], leaders: list[str]) -> None:
    proposal = propose(
        people(Rank.ORDINARY, "m", led),
        people(Rank.STANDING, "s", leaders),
        {},
        Ground.SECTOR,
        3,
        8,
    )
    load = Counter({f"s{n}": 0 for n in range(len(leaders))})
    load.update(row.leader_id for row in proposal.placed)
    assert max(load.values()) <= 8
    if len(led) >= 3 * len(leaders):
        assert min(load.values()) >= 3
    assert len({row.member_id for row in proposal.placed}) == min(len(led), 8 * len(leaders))


def test_who_is_moved_shares_a_group_where_one_does() -> None:
    town = person("s1", Rank.STANDING, "SECTOR:04", "TOWN:t")
    same_town = person("m9", Rank.ORDINARY, "SECTOR:22", "TOWN:t")
    led = [*people(Rank.ORDINARY, "m", ["22"] * 3), same_town]
    proposal = propose(
        led, [person("s0", Rank.STANDING, "SECTOR:22"), town], {}, Ground.SECTOR, 1, 8
    )
    moved = {
        row.member_id: (row.ground, row.group) for row in proposal.placed if row.leader_id == "s1"
    }
    assert moved == {"m9": (Ground.TOWN, "TOWN:t")}


def test_who_has_one_choice_chooses_first() -> None:
    both = person("s0", Rank.STANDING, "COMMITTEE:a", "COMMITTEE:b")
    one = person("s1", Rank.STANDING, "COMMITTEE:a")
    led = [
        person("m0", Rank.ORDINARY, "COMMITTEE:a"),
        person("m1", Rank.ORDINARY, "COMMITTEE:b"),
    ]
    proposal = propose(led, [both, one], {}, Ground.COMMITTEE, 0, 1)
    assert {row.member_id: row.leader_id for row in proposal.placed} == {"m0": "s1", "m1": "s0"}
    assert {row.group for row in proposal.placed} == {"COMMITTEE:a", "COMMITTEE:b"}


def test_who_shares_no_group_goes_to_the_least_load() -> None:
    leaders = people(Rank.STANDING, "s", ["22", "04"])
    led = [person("m0", Rank.ORDINARY, "SECTOR:27")]
    [row] = propose(led, leaders, {"s0": 1}, Ground.SECTOR, 0, 8).placed
    assert (row.leader_id, row.ground, row.group) == ("s1", Ground.OTHER, None)


def test_common_ground_is_sector_then_committee_then_town() -> None:
    leader = person("s", Rank.STANDING, "SECTOR:22", "COMMITTEE:a", "TOWN:t")
    for groups, expected in (
        (("SECTOR:22", "TOWN:t"), (Ground.SECTOR, "SECTOR:22")),
        (("COMMITTEE:a", "TOWN:t"), (Ground.COMMITTEE, "COMMITTEE:a")),
        (("TOWN:t",), (Ground.TOWN, "TOWN:t")),
        (("TOWN:u",), (Ground.OTHER, None)),
    ):
        assert common_ground(leader, person("m", Rank.ORDINARY, *groups)) == expected


def test_ranks_follow_the_posts() -> None:
    assert [
        rank_of(posts)
        for posts in (
            ["CHAIR"],
            ["VICE_CHAIR", "COMMITTEE_DIRECTOR"],
            ["SECRETARY_GENERAL"],
            ["STANDING_MEMBER"],
            ["CONVENER"],
            [],
        )
    ] == [Rank.CHAIR, Rank.CHAIR, Rank.CHAIR, Rank.STANDING, Rank.ORDINARY, Rank.ORDINARY]
    assert [tier_of(rank) for rank in Rank] == [None, Tier.STANDING, Tier.ORDINARY]


def test_only_adjacent_ranks_of_one_term_fit() -> None:
    chair, standing, ordinary = (
        person("c", Rank.CHAIR),
        person("s", Rank.STANDING),
        person("o", Rank.ORDINARY),
    )
    assert fits(Tier.STANDING, chair, standing) and fits(Tier.ORDINARY, standing, ordinary)
    assert not fits(Tier.ORDINARY, chair, ordinary)
    assert not fits(Tier.ORDINARY, standing, None)
    assert not fits(Tier.ORDINARY, Person("s", 14, Rank.STANDING, True, ()), ordinary)
