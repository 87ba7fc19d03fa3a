"""CPPCC posts 政协职务 and what a holder must belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.members.domain.errors import PostUnfit
from services.members.domain.placement import Placement
from shared.errors import DomainError, Refused
from shared.labels import Labelled


class PostKind(Labelled, name="MemberPost"):
    """政协职务。Post in the CPPCC."""

    CHAIR = "CHAIR", "主席", "Chair"
    VICE_CHAIR = "VICE_CHAIR", "副主席", "Vice chair"
    SECRETARY_GENERAL = "SECRETARY_GENERAL", "秘书长", "Secretary-general"
    STANDING_MEMBER = "STANDING_MEMBER", "常委", "Standing member"
    COMMITTEE_DIRECTOR = "COMMITTEE_DIRECTOR", "专委会主任", "Director of a special committee"
    COMMITTEE_DEPUTY_DIRECTOR = (
        "COMMITTEE_DEPUTY_DIRECTOR",
        "专委会副主任",
        "Deputy director of a special committee",
    )
    CONVENER = "CONVENER", "界别活动小组召集人", "Convener of a sector group"
    TOWN_GROUP_HEAD = (
        "TOWN_GROUP_HEAD",
        "镇（街道）委员小组组长",
        "Head of a town's group of members",
    )
    SUPERVISOR = "SUPERVISOR", "民主监督员", "Democratic supervisor"


@dataclass(frozen=True)
class Post:
    """`organisation`: the committee, sector group or town of a post that is held in one."""

    kind: PostKind
    organisation: str | None = None

    def as_data(self) -> dict[str, Any]:
        """{"post", "organisation"?}, as events and rows carry it."""
        data: dict[str, Any] = {"post": self.kind.value}
        return data | {"organisation": self.organisation} if self.organisation else data


CHAIRS = frozenset({PostKind.CHAIR, PostKind.VICE_CHAIR, PostKind.SECRETARY_GENERAL})
# The Standing Committee is made of these.
STANDING = CHAIRS | {PostKind.STANDING_MEMBER}
# Posts in an organisation → the groups of the member that it must be one of.
HELD_IN: Mapping[PostKind, str] = {
    PostKind.COMMITTEE_DIRECTOR: "committees",
    PostKind.COMMITTEE_DEPUTY_DIRECTOR: "committees",
    PostKind.CONVENER: "sector_group",
    PostKind.TOWN_GROUP_HEAD: "town",
}
# One holder for each term, or for each organisation in it.
SOLE = frozenset({PostKind.CHAIR, PostKind.SECRETARY_GENERAL, PostKind.COMMITTEE_DIRECTOR})


def check_posts(posts: Sequence[Post], placement: Placement) -> None:
    """Raises Refused with a PostUnfit for each post that the member cannot hold."""
    problems = list(_problems(posts, placement))
    if problems:
        raise Refused.of(problems)


def seats(posts: Sequence[Post]) -> list[str]:
    """Keys of the posts that only one member may hold: "CHAIR", "COMMITTEE_DIRECTOR@com-x"."""
    return [
        f"{post.kind}@{post.organisation}" if post.organisation else post.kind.value
        for post in posts
        if post.kind in SOLE
    ]


def is_standing(posts: Sequence[Post]) -> bool:
    """Whether the holder sits on the Standing Committee."""
    return any(post.kind in STANDING for post in posts)


def _problems(posts: Sequence[Post], placement: Placement) -> Iterator[DomainError]:
    if len(set(posts)) < len(posts):
        yield PostUnfit("职务重复", field="posts")
    if sum(post.kind in CHAIRS for post in posts) > 1:
        yield PostUnfit("主席、副主席、秘书长只能任其一", field="posts")
    for position, post in enumerate(posts):
        if not _fits(post, placement):
            yield PostUnfit(field=f"posts.{position}.organisation")


def _fits(post: Post, placement: Placement) -> bool:
    group = HELD_IN.get(post.kind)
    if group is None:
        return post.organisation is None
    own = getattr(placement, group)
    return post.organisation is not None and post.organisation in (
        own if isinstance(own, tuple) else (own,)
    )
