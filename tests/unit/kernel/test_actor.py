"""One person through all terms: what an actor is in a record (decision 40)."""

from __future__ import annotations

import pytest

from shared.actor import Actor, Role
from shared.contracts.recipients import keys_of

AGAIN = Actor("account-1", Role.MEMBER, {}, "p-1", "m-16-0044", earlier=("m-15-0088", "m-14-0007"))
FIRST = Actor("account-2", Role.MEMBER, {}, "p-2", "m-16-0045")
STAFF = Actor("account-3", Role.PROPOSAL_STAFF)


@pytest.mark.parametrize(
    ("actor", "memberships"),
    [
        (AGAIN, ("m-16-0044", "m-15-0088", "m-14-0007")),
        (FIRST, ("m-16-0045",)),
        (STAFF, ()),
    ],
)
def test_the_current_membership_comes_first(actor: Actor, memberships: tuple[str, ...]) -> None:
    assert actor.memberships == memberships
    assert actor.own == {"$in": list(memberships)}


@pytest.mark.parametrize("member_id", AGAIN.memberships)
def test_every_membership_is_oneself(member_id: str) -> None:
    assert [actor.is_self(member_id) for actor in (AGAIN, FIRST, STAFF)] == [True, False, False]


def test_nobody_is_no_membership() -> None:
    assert not any(actor.is_self(None) for actor in (AGAIN, FIRST, STAFF))


def test_as_whom_the_person_stands_in_a_record() -> None:
    assert AGAIN.self_among([None, "m-15-0031", "m-15-0088"]) == "m-15-0088"
    assert FIRST.self_among([None, "m-15-0031", "m-15-0088"]) is None
    assert STAFF.self_among([None]) is None


def test_the_account_reads_what_is_addressed_to_any_membership() -> None:
    assert keys_of("account-1", AGAIN.memberships, "MEMBER", {}) == [
        "account:account-1",
        "member:m-16-0044",
        "member:m-15-0088",
        "member:m-14-0007",
        "role:MEMBER",
    ]
