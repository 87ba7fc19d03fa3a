"""Roles: valid scopes, who may be given what, roles that follow from posts."""

from __future__ import annotations

from typing import Any

import pytest

from services.identity.domain.errors import RoleNotGrantable, ScopeMismatch
from services.identity.domain.roles import (
    GRANTABLE,
    ROSTER_ROLES,
    SCOPE_KINDS,
    UNSCOPED,
    RoleScope,
    check_grantable,
    roles_of,
)
from shared.actor import Role
from shared.contracts.members import GROUPS


def test_every_role_of_decision_15_is_covered_once() -> None:
    never = {"PUBLIC", "SYSTEM"}
    assert {role.value for role in Role} == GRANTABLE | ROSTER_ROLES | never
    assert not UNSCOPED & set(SCOPE_KINDS)
    assert not GRANTABLE & (ROSTER_ROLES | never)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("UNIT_OFFICER", {"unit": "unit-slj"}),
        ("UNIT_LEADER", {"unit": "unit-slj"}),
        ("TOWN_STAFF", {"town": "town-lili"}),
        ("SECTOR_CONVENER", {"sector": "22"}),
        ("SECTOR_CONVENER", {"sector_group": "group-22"}),
        ("ORG_STAFF", {"organisation": "org-minjian"}),
        ("ORG_HEAD", {"organisation": "org-minjian"}),
        ("SUPERVISING_OFFICE", {}),
        ("SUPERVISING_OFFICE", {"side": "PARTY"}),
        ("SUPERVISING_OFFICE", {"side": "GOVERNMENT"}),
        ("COMMITTEE_STAFF", {"committee": "com-economy"}),
        ("OFFICE", {}),
        ("PROPOSAL_DIRECTOR", {}),
    ],
)
def test_fitting_scopes(role: str, scope: dict[str, str]) -> None:
    check_grantable(role, scope)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("UNIT_OFFICER", {}),
        ("UNIT_OFFICER", {"town": "town-lili"}),
        ("UNIT_OFFICER", {"unit": "unit-slj", "town": "town-lili"}),
        ("COMMITTEE_DIRECTOR", {"sector": "22"}),
        ("OFFICE", {"unit": "unit-slj"}),
        ("ORG_HEAD", {"party": "04"}),
        ("SUPERVISING_OFFICE", {"side": "NPC"}),
        ("SUPERVISING_OFFICE", {"unit": "unit-slj"}),
    ],
)
def test_scopes_that_do_not_fit(role: str, scope: dict[str, str]) -> None:
    with pytest.raises(ScopeMismatch) as refused:
        check_grantable(role, scope)
    assert refused.value.field == "scope"


@pytest.mark.parametrize("role", ["MEMBER", "STANDING_MEMBER", "PUBLIC", "SYSTEM", "KING"])
def test_roles_that_nobody_grants(role: str) -> None:
    with pytest.raises(RoleNotGrantable):
        check_grantable(role, {})


@pytest.mark.parametrize(
    ("posts", "groups", "roles"),
    [
        ([], {}, [RoleScope("MEMBER", {})]),
        ([], {"standing": True}, [RoleScope("STANDING_MEMBER", {})]),
        ([{"post": "STANDING_MEMBER"}], {}, [RoleScope("STANDING_MEMBER", {})]),
        (
            [{"post": "VICE_CHAIR"}, {"post": "CHAIR"}],
            {"standing": True},
            [RoleScope("STANDING_MEMBER", {}), RoleScope("CHAIR_COUNCIL", {})],
        ),
        (
            [{"post": "CONVENER", "organisation": "group-27"}],
            {},
            [
                RoleScope("MEMBER", {}),
                RoleScope("SECTOR_CONVENER", {"sector_group": "group-27", "sector": "22"}),
            ],
        ),
        (
            [{"post": "CONVENER"}],
            {},
            [
                RoleScope("MEMBER", {}),
                RoleScope("SECTOR_CONVENER", {"sector_group": "group-22", "sector": "22"}),
            ],
        ),
        (
            [{"post": "CONVENER"}],
            {"sector_group": None},
            [RoleScope("MEMBER", {}), RoleScope("SECTOR_CONVENER", {"sector": "22"})],
        ),
        (
            [{"post": "COMMITTEE_DIRECTOR", "organisation": "com-economy"}],
            {},
            [
                RoleScope("MEMBER", {}),
                RoleScope("COMMITTEE_DIRECTOR", {"committee": "com-economy"}),
            ],
        ),
        (
            [{"post": "COMMITTEE_DIRECTOR", "organisation": "com-proposals"}],
            {},
            [RoleScope("MEMBER", {}), RoleScope("PROPOSAL_DIRECTOR", {})],
        ),
        ([{"post": "COMMITTEE_DIRECTOR"}], {}, [RoleScope("MEMBER", {})]),
        ([{"post": "SOMETHING_NEW"}], {}, [RoleScope("MEMBER", {})]),
    ],
)
def test_roles_follow_from_posts(
    posts: list[dict[str, Any]], groups: dict[str, Any], roles: list[RoleScope]
) -> None:
    assert roles_of(posts, {**GROUPS, **groups}) == roles
