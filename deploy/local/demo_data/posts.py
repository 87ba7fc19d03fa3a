"""Who holds which post in the demo's roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Protocol

VICE_CHAIRS_FROM = ("03", "04", "05", "15")  # sectors


class Holder(Protocol):
    sector: str
    sector_group: str
    town: str | None
    committees: list[str]
    posts: list[str]


def give_posts(
    random: Random,
    people: Sequence[Holder],
    candidates: Sequence[Holder],
    wanted: Mapping[str, int],
) -> None:
    """Fill all posts that `people` do not hold yet from the `candidates` without a post.

    wanted: how many "vice_chairs", "standing_members", "supervisors", "deputy_directors" (of each
    committee). Each committee has a director, each town a head, each sector group a convener, all
    of their own members; directors are standing members.
    """
    rest = list(candidates)
    random.shuffle(rest)

    def give(post: str, count: int, fits: Callable[[Holder], bool]) -> None:
        held = sum(post in person.posts for person in people)
        free = [person for person in rest if not person.posts and fits(person)]
        for person in free[: count - held]:
            person.posts.append(post)

    give("VICE_CHAIR", wanted["vice_chairs"], lambda person: person.sector in VICE_CHAIRS_FROM)
    for id in sorted({id for person in people for id in person.committees}):
        inside = _belonging("committees", id)
        give(f"COMMITTEE_DIRECTOR@{id}", 1, inside)
        give(f"COMMITTEE_DEPUTY_DIRECTOR@{id}", wanted["deputy_directors"], inside)
    for id in sorted({person.sector_group for person in people}):
        give(f"CONVENER@{id}", 1, _belonging("sector_group", id))
    for id in sorted({person.town for person in people if person.town}):
        give(f"TOWN_GROUP_HEAD@{id}", 1, _belonging("town", id))
    give("SUPERVISOR", wanted["supervisors"], _anyone)
    for person in people:
        if any(post.startswith("COMMITTEE_DIRECTOR@") for post in person.posts):
            person.posts[:] = list(dict.fromkeys([*person.posts, "STANDING_MEMBER"]))
    give("STANDING_MEMBER", wanted["standing_members"], _anyone)


def _belonging(group: str, id: str) -> Callable[[Holder], bool]:
    def fits(person: Holder) -> bool:
        of = getattr(person, group)
        return id in of if isinstance(of, list) else id == of

    return fits


def _anyone(_person: Holder) -> bool:
    return True
