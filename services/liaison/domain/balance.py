"""Who leads whom: a proposal by sector, committee or town, with balanced load (2.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from services.liaison.domain.ranks import Person
from shared.labels import Labelled


class Ground(Labelled, name="LinkGround"):
    """联系依据。What a link follows."""

    SECTOR = "SECTOR", "界别", "Sector"
    COMMITTEE = "COMMITTEE", "专委会", "Special committee"
    TOWN = "TOWN", "镇（街道）", "Town"
    OTHER = "OTHER", "其他", "None in common"


@dataclass(frozen=True)
class Placed:
    """`group`: the key of the group that both are of ("SECTOR:22"); none for OTHER."""

    member_id: str
    leader_id: str
    ground: Ground
    group: str | None


@dataclass(frozen=True)
class Proposal:
    placed: tuple[Placed, ...]
    unplaced: tuple[str, ...]  # every leader has the most already


def propose(
    led: Iterable[Person],
    leaders: Collection[Person],
    loads: Mapping[str, int],
    by: Ground,
    least: int,
    most: int,
) -> Proposal:
    """Give each of `led` one leader, of a common group of kind `by` where one has room.

    loads: leader id → links that stand; least, most: the load limits. Those with the fewest
    leaders to choose from choose first, so that a popular leader is left to who has no other;
    each takes the leader with the least load. Of those whom no group places, each goes to the
    least load of all. At last leaders below `least` are given members of those with the most.
    """
    led = list(led)
    load = {leader.id: loads.get(leader.id, 0) for leader in leaders}
    of_group = _by_group(leaders, by)
    placed: list[Placed] = []
    rest: list[Person] = []
    choices = {person.id: _choices(person, of_group, by) for person in led}
    people = {person.id: person for person in led}
    for id in sorted(choices, key=lambda id: (len(choices[id]), id)):
        free = [(leader, group) for leader, group in choices[id] if load[leader] < most]
        if not free:
            rest.append(people[id])
            continue
        leader, group = min(free, key=lambda choice: (load[choice[0]], choice[0]))
        placed.append(_place(id, leader, by, group, load))
    unplaced = []
    for person in rest:
        free_leaders = [id for id in load if load[id] < most and id != person.id]
        if not free_leaders:
            unplaced.append(person.id)
            continue
        leader = min(free_leaders, key=lambda id: (load[id], id))
        placed.append(_place(person.id, leader, Ground.OTHER, None, load))
    _lift(placed, load, {p.id: p for p in (*led, *leaders)}, least)
    return Proposal(tuple(placed), tuple(sorted(unplaced)))


def _lift(
    placed: list[Placed], load: dict[str, int], people: Mapping[str, Person], least: int
) -> None:
    """Move members to leaders with too few, as long as another has one to spare.

    From the greatest load first; of its members one who shares a group with the new leader.
    """
    for leader in sorted(load, key=lambda id: (load[id], id)):
        while load[leader] < least:
            spare = [row for row in placed if load[row.leader_id] > least]
            if not spare:
                return
            row = min(spare, key=lambda row: _cost(row, load, people, leader))
            ground, group = common_ground(people[leader], people[row.member_id])
            load[row.leader_id] -= 1
            load[leader] += 1
            placed[placed.index(row)] = Placed(row.member_id, leader, ground, group)


def _cost(
    row: Placed, load: Mapping[str, int], people: Mapping[str, Person], leader: str
) -> tuple[int, bool, str]:
    apart = common_ground(people[leader], people[row.member_id])[0] is Ground.OTHER
    return (-load[row.leader_id], apart, row.member_id)


def common_ground(leader: Person, led: Person) -> tuple[Ground, str | None]:
    """The first group that both are of: sector, then committee, then town."""
    for ground in (Ground.SECTOR, Ground.COMMITTEE, Ground.TOWN):
        shared = set(_groups(leader, ground)) & set(_groups(led, ground))
        if shared:
            return ground, min(shared)
    return Ground.OTHER, None


def _place(
    member_id: str, leader_id: str, ground: Ground, group: str | None, load: dict[str, int]
) -> Placed:
    load[leader_id] += 1
    return Placed(member_id, leader_id, ground, group)


def _groups(person: Person, by: Ground) -> list[str]:
    return [key for key in person.groups if key.startswith(f"{by.value}:")]


def _by_group(leaders: Iterable[Person], by: Ground) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leader in leaders:
        for key in _groups(leader, by):
            found.setdefault(key, []).append(leader.id)
    return found


def _choices(
    person: Person, of_group: Mapping[str, list[str]], by: Ground
) -> list[tuple[str, str]]:
    """(leader id, the common group), each leader once."""
    found: dict[str, str] = {}
    for key in _groups(person, by):
        for leader in of_group.get(key, ()):
            if leader != person.id:
                found.setdefault(leader, key)
    return list(found.items())
