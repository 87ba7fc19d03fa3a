"""The roster decides what a member's account may be, in whatever order it is heard."""

from __future__ import annotations

from itertools import permutations

import pytest

from services.identity.domain.memberships import Membership, Standing, standing
from services.identity.domain.roles import FORMER_MEMBER, RoleScope

ROLES = (RoleScope("MEMBER", {}),)


def membership(state: str, term: int = 15, no: str = "15-0088", version: int = 1) -> Membership:
    return Membership(f"m-{no}", no, term, state, version, ROLES)


@pytest.mark.parametrize(
    ("state", "roles", "barred"),
    [
        ("ACTIVE", ROLES, False),
        ("SUSPENDED", (FORMER_MEMBER,), False),
        ("RESIGNED", (FORMER_MEMBER,), False),
        ("TERM_ENDED", (FORMER_MEMBER,), False),
        ("REVOKED", (), True),
        ("DECEASED", (), True),
    ],
)
def test_one_membership(state: str, roles: tuple[RoleScope, ...], barred: bool) -> None:
    only = membership(state)
    assert standing([only]) == Standing(only, roles, barred)


@pytest.mark.parametrize(
    ("heard", "expected", "roles", "barred"),
    [
        (
            [membership("TERM_ENDED"), membership("ACTIVE", 16, "16-0044")],
            "m-16-0044",
            ROLES,
            False,
        ),
        (
            [membership("ACTIVE"), membership("TERM_ENDED", 16, "16-0044")],
            "m-16-0044",
            (FORMER_MEMBER,),
            False,
        ),
        (
            [membership("RESIGNED"), membership("ACTIVE", 15, "15-0301")],
            "m-15-0301",
            ROLES,
            False,
        ),
        ([membership("REVOKED"), membership("ACTIVE", 16, "16-0044")], "m-16-0044", ROLES, False),
        ([membership("ACTIVE"), membership("REVOKED", 14, "14-0010")], "m-15-0088", ROLES, False),
        ([membership("DECEASED"), membership("ACTIVE", 16, "16-0044")], "m-16-0044", (), True),
    ],
)
def test_several_memberships_in_any_order(
    heard: list[Membership], expected: str, roles: tuple[RoleScope, ...], barred: bool
) -> None:
    for order in permutations(heard):
        now = standing(order)
        assert (now.current.member_id, now.roles, now.barred) == (expected, roles, barred)
