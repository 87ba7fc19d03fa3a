"""Which handling unit a member works for, and who is asked about conflicts of interest."""

from __future__ import annotations

import pytest

from services.members.commands import organisations, profiles
from services.members.domain.errors import GroupUnfit
from services.members.queries import roster as queries
from services.members.schemas.profiles import MemberProfileInput
from shared.actor import Role
from shared.errors import Forbidden
from tests.integration.members.roster_case import Case, call

ZJJ, SLJ = "unit-zjj", "unit-slj"


def employed(case: Case, *units: str) -> list[str]:
    ids = ["m-15-0088", "m-15-0031", "m-15-0140", "m-15-0999"]
    return queries.employed_by(call(Role.SYSTEM), case.roster, ids=ids, units=list(units))


@pytest.fixture
def people(case: Case) -> Case:
    """One of 区住建局, one of 区水利局, one whose work unit only has its name."""
    case.member(88, work_unit="区住建局", work_unit_id=ZJJ)
    case.member(31, work_unit_id=SLJ)
    case.member(140, work_unit="区住建局")
    return case


def test_members_are_found_by_their_unit_never_by_its_name(people: Case) -> None:
    assert employed(people, ZJJ) == ["m-15-0088"]
    assert sorted(employed(people, ZJJ, SLJ)) == ["m-15-0031", "m-15-0088"]
    assert employed(people) == employed(people, "unit-hbj") == []


def test_who_worked_for_a_unit_works_for_the_one_that_took_it_in(people: Case) -> None:
    organisations.merge_organisation(call(), people.roster, organisation_id=SLJ, into=ZJJ)
    assert sorted(employed(people, ZJJ)) == ["m-15-0031", "m-15-0088"]


def test_the_office_changes_the_unit(people: Case) -> None:
    for unit, found in ((SLJ, []), (None, []), (ZJJ, ["m-15-0088"])):
        changes: MemberProfileInput = {"work_unit_id": unit}
        profiles.change_profile(call(), people.roster, member_id="m-15-0088", changes=changes)
        assert employed(people, ZJJ) == found
    [row] = queries.members_by_ids(call(), people.roster, ids=["m-15-0088"])
    assert row["work_unit_id"] == ZJJ


@pytest.mark.parametrize("unit", ["unit-none", "com-urban"])
def test_a_work_unit_is_a_handling_unit_in_being(people: Case, unit: str) -> None:
    with pytest.raises(GroupUnfit):
        people.nominate(7, work_unit_id=unit)
    with pytest.raises(GroupUnfit):
        profiles.change_profile(
            call(), people.roster, member_id="m-15-0140", changes={"work_unit_id": unit}
        )


def test_a_membership_stored_before_units_were_kept_is_still_read(people: Case) -> None:
    """The document as it was."""
    members = people.database.collection("members")
    members.update_one({"_id": "m-15-0088"}, {"$unset": {"work_unit_id": ""}})
    assert people.roster.memberships.get("m-15-0088").work_unit_id is None
    assert employed(people, ZJJ) == []


@pytest.mark.parametrize("role", [Role.OFFICE, Role.PROPOSAL_STAFF, Role.MEMBER])
def test_only_services_ask(people: Case, role: Role) -> None:
    with pytest.raises(Forbidden):
        queries.employed_by(call(role), people.roster, ids=["m-15-0088"], units=[ZJJ])
