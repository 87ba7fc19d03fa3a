"""The member projection: group codes and standing from the full state in member events."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.performance.domain.ledger import SHANGHAI
from services.performance.domain.members import (
    Group,
    GroupKind,
    Held,
    Member,
    MemberSnapshot,
    longest_held,
)
from shared.contracts import sample_event
from tests.unit.performance.facts import day

GROUPS = (
    Group(GroupKind.SECTOR, "22"),
    Group(GroupKind.SECTOR_GROUP, "group-22"),
    Group(GroupKind.COMMITTEE, "com-economy"),
    Group(GroupKind.TOWN, "town-songling"),
)


def test_the_snapshot_of_an_appointment():
    fact = sample_event("members", "member_appointed", version=3)
    assert MemberSnapshot.of(fact) == MemberSnapshot(
        member_id="m-15-0088",
        version=3,
        term=15,
        state="ACTIVE",
        groups=GROUPS,
        traits=("STANDING:NO", "SYSTEM:OUTSIDE", "TENURE:NEW"),
        not_scored=False,
        joined_on=datetime(2017, 1, 4, tzinfo=SHANGHAI),
        co_opted=False,
        overseas=False,
        ended_on=None,
    )


def test_groups_that_are_empty_are_left_out():
    codes = {"sector": "04", "party": "04", "committees": ["com-a", "com-b"], "town": None}
    fact = sample_event("members", "member_profile_changed", groups=codes)
    assert MemberSnapshot.of(fact).groups == (
        Group(GroupKind.SECTOR, "04"),
        Group(GroupKind.COMMITTEE, "com-a"),
        Group(GroupKind.COMMITTEE, "com-b"),
        Group(GroupKind.PARTY, "04"),
    )


@pytest.mark.parametrize(
    ("event_type", "ends"),
    [
        ("member_resigned", True),
        ("member_revoked", True),
        ("member_deceased", True),
        ("member_term_ended", True),
        ("member_suspended", False),
        ("member_reinstated", False),
        ("member_post_changed", False),
    ],
)
def test_only_an_end_has_a_day(event_type, ends):
    fact = sample_event("members", event_type, occurred_on=day(5).isoformat())
    assert MemberSnapshot.of(fact).ended_on == (day(5) if ends else None)


def test_a_nominated_member_has_not_joined_yet():
    fact = sample_event("members", "member_nominated", joined_on=None, joined_via="CO_OPTED")
    snapshot = MemberSnapshot.of(fact)
    assert (snapshot.joined_on, snapshot.co_opted) == (None, True)


def test_a_group_is_stored_by_kind_and_id():
    group = Group(GroupKind.COMMITTEE, "com-economy")
    assert group.key == "COMMITTEE:com-economy"
    assert Group.parse(group.key) == group


@pytest.mark.parametrize(
    ("co_opted_on", "year", "months"),
    [
        (None, 2017, 12),
        (datetime(2017, 1, 31, tzinfo=SHANGHAI), 2017, 12),
        (datetime(2017, 3, 1, tzinfo=SHANGHAI), 2017, 10),
        (datetime(2017, 12, 31, tzinfo=SHANGHAI), 2017, 1),
        (datetime(2017, 3, 1, tzinfo=SHANGHAI), 2018, 12),
        (datetime(2017, 3, 1, tzinfo=SHANGHAI), 2016, 0),
    ],
)
def test_months_served(co_opted_on, year, months):
    assert Member("m-1", co_opted_on=co_opted_on).months_served(year) == months


def on(*date: int) -> datetime:
    return datetime(*date, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("begun", "over", "year", "held"),
    [
        (on(2022, 1, 10), on(2022, 1, 10), 2021, "former"),
        (on(2022, 1, 10), on(2022, 1, 10), 2022, "present"),
        (on(2021, 12, 6), None, 2021, "former"),  # a term that begins late in a year
        (on(2021, 12, 6), None, 2022, "present"),  # though the former is not closed yet
        (on(2021, 12, 6), on(2022, 1, 20), 2022, "present"),
        (on(2023, 9, 1), on(2022, 1, 20), 2022, "former"),  # came back later
        (on(2023, 9, 1), on(2022, 1, 20), 2023, "present"),
        (None, None, 2022, "present"),  # nothing is known yet
    ],
)
def test_which_membership_a_year_belongs_to(begun, over, year, held):
    listed = [Held("present", begun, None), Held("former", on(2017, 1, 4), over)]
    assert longest_held(listed, on(year, 1, 1), on(year + 1, 1, 1)) == held
