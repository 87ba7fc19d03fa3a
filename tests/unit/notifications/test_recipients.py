"""Recipient keys and the keys a reader owns meet only where they should."""

from __future__ import annotations

import pytest

from services.notifications.domain.recipients import (
    Held,
    account_key,
    acting,
    member_key,
    proposers,
    reader,
    reader_in_all,
    role_key,
)


def test_keys() -> None:
    assert member_key("m-15-0088") == "member:m-15-0088"
    assert account_key("account-1") == "account:account-1"
    assert role_key("PROPOSAL_STAFF", {}) == "role:PROPOSAL_STAFF"
    assert (
        role_key("ORG_HEAD", {"organisation": "org-minjian"})
        == "role:ORG_HEAD@organisation:org-minjian"
    )
    assert (
        role_key("ORG_HEAD", {"party": "04", "organisation": "org-minjian"})
        == "role:ORG_HEAD@organisation:org-minjian@party:04"
    )


def test_a_member_reads_by_account_membership_and_acting_role() -> None:
    assert reader("account-1", ["m-15-0088"], "MEMBER", {}).keys == [
        "account:account-1",
        "member:m-15-0088",
        "role:MEMBER",
    ]


def test_an_account_without_membership_has_no_member_key() -> None:
    assert reader("account-9", (), "PROPOSAL_STAFF", {}).keys == [
        "account:account-9",
        "role:PROPOSAL_STAFF",
    ]


def test_a_scoped_role_reads_what_is_addressed_to_any_part_of_its_scope() -> None:
    scope = {"organisation": "org-minjian", "party": "04"}
    assert reader("account-3", (), "ORG_HEAD", scope).keys == [
        "account:account-3",
        "organisation:org-minjian",
        "role:ORG_HEAD",
        "role:ORG_HEAD@organisation:org-minjian",
        "role:ORG_HEAD@party:04",
        "role:ORG_HEAD@organisation:org-minjian@party:04",
    ]


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("ORG_HEAD", {"organisation": "org-mingmeng"}),
        ("ORG_STAFF", {"organisation": "org-minjian"}),
        ("ORG_HEAD", {}),
        ("SYSTEM_ADMIN", {}),
    ],
)
def test_other_roles_and_scopes_do_not_own_the_key(role: str, scope: dict[str, str]) -> None:
    key = role_key("ORG_HEAD", {"organisation": "org-minjian"})
    assert key not in reader("account-3", (), role, scope).keys


@pytest.mark.parametrize(
    ("proposer_type", "organisation", "expected"),
    [
        (
            "PARTY",
            "org-minjian",
            ["role:ORG_STAFF@organisation:org-minjian", "role:ORG_HEAD@organisation:org-minjian"],
        ),
        (
            "ORGANISATION",
            "org-gsl",
            ["role:ORG_STAFF@organisation:org-gsl", "role:ORG_HEAD@organisation:org-gsl"],
        ),
        ("SECTOR", "22", ["role:SECTOR_CONVENER@sector:22"]),
        ("GROUP", "group-22", ["role:SECTOR_CONVENER@sector_group:group-22"]),
        (
            "COMMITTEE",
            "com-economy",
            [
                "role:COMMITTEE_STAFF@committee:com-economy",
                "role:COMMITTEE_DIRECTOR@committee:com-economy",
            ],
        ),
        (
            "TOWN_COMMITTEE",
            "town-lili",
            ["role:TOWN_STAFF@town:town-lili", "role:TOWN_HEAD@town:town-lili"],
        ),
    ],
)
def test_who_stands_for_a_collective_proposal(
    proposer_type: str, organisation: str, expected: list[str]
) -> None:
    data = {
        "proposer_type": proposer_type,
        "first_proposer": None,
        "organisation": organisation,
    }
    assert proposers(data) == expected
    assert proposers({**data, "first_proposer": "m-15-0088"}) == ["member:m-15-0088", *expected]


def test_who_stands_for_an_individual_or_joint_proposal() -> None:
    for proposer_type in ("INDIVIDUAL", "JOINT"):
        data = {"proposer_type": proposer_type, "first_proposer": "m-15-0088"}
        assert proposers(data) == ["member:m-15-0088"]


def test_a_to_do_is_done_in_the_role_that_owns_its_key() -> None:
    clerk = Held("COMMITTEE_STAFF", {"committee": "com-economy"})
    held = [Held("OFFICE", {}), clerk, Held("STANDING_MEMBER", {})]
    found = {
        key: acting(key, held)
        for key in (
            "role:OFFICE",
            "role:COMMITTEE_STAFF@committee:com-economy",
            "role:COMMITTEE_STAFF@committee:com-urban",
            "organisation:com-economy",
            "member:m-15-0088",
            "account:account-1",
        )
    }
    assert list(found.values()) == [held[0], clerk, None, clerk, held[2], None]
    assert set(found) - set(reader_in_all("account-1", ("m-15-0088",), held).keys) == {
        "role:COMMITTEE_STAFF@committee:com-urban"
    }
