"""A new term: who goes on keeps person, groups and profile; posts are given anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.members.commands import departures, organisations, terms
from services.members.commands.carrying import carry_over_members
from services.members.domain.errors import TermClosed, TermNotFound
from services.members.domain.posts import PostKind
from services.members.schemas.carrying import CarriedMemberInput
from shared.actor import Role
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from tests.integration.members.roster_case import Case, call, command, post

NEXT = datetime(2022, 1, 1, tzinfo=SHANGHAI)
LU, SHEN = "m-15-0088", "m-15-0031"


@pytest.fixture
def people(case: Case) -> Case:
    case.member(
        88,
        post(PostKind.COMMITTEE_DIRECTOR, "com-economy"),
        sector="22",
        committees=["com-economy"],
        town="town-lili",
        work_unit="华源自来水",
        skills=["给排水"],
    )
    case.member(31, sector="27")
    sector_set = ["01", "04", "22"]
    terms.open_term(call(), case.roster, no=16, starts_on=NEXT, sector_set=sector_set)
    return case


def carry(people: Case, *members: CarriedMemberInput, **more: Any) -> list[tuple[str, str | None]]:
    given = {"term": 16, "appoint": False, **more}
    found = carry_over_members(call(), people.roster, members=list(members), **given)
    return [(row["outcome"], row["member_id"]) for row in found]


def test_person_groups_and_profile_go_on_and_posts_do_not(people: Case) -> None:
    assert carry(people, {"member_id": LU}, appoint=True) == [("CREATED", "m-16-0088")]
    former, new = people.doc(LU), people.doc("m-16-0088")
    carried = ("person_id", "name", "committees", "town", "work_unit", "skills", "affiliation")
    assert {name: new[name] for name in carried} == {name: former[name] for name in carried}
    assert (new["posts"], new["terms_served"], new["state"]) == ([], 2, "ACTIVE")
    assert (new["term"], new["new"], new["joined_on"]) == (16, False, NEXT)
    assert people.types("m-16-0088") == ["member_nominated", "member_appointed"]
    assert people.doc(LU)["state"] == "ACTIVE"  # until the old term is closed


def test_the_same_list_again_changes_nothing(people: Case) -> None:
    carry(people, {"member_id": LU})
    before = people.doc("m-16-0088")
    assert carry(people, {"member_id": LU}) == [("EXISTS", "m-16-0088")]
    assert people.doc("m-16-0088") == before
    assert carry(people, {"member_id": LU}, appoint=True) == [("EXISTS", "m-16-0088")]
    assert people.doc("m-16-0088")["state"] == "ACTIVE"


def test_the_same_command_again(people: Case) -> None:
    members = [{"member_id": LU}, {"member_id": SHEN, "sector": "22"}]
    sent = command("c-1", {"term": 16})
    given: dict[str, Any] = {"term": 16, "members": members, "appoint": True}
    first = carry_over_members(sent, people.roster, **given)
    again = carry_over_members(sent, people.roster, **given)
    assert [row["member_id"] for row in again] == [row["member_id"] for row in first]
    assert people.database.collection("members").count_documents({"term": 16}) == 2


def test_a_sector_that_the_term_has_not_is_refused_by_itself(people: Case) -> None:
    refused, created = carry(people, {"member_id": SHEN}, {"member_id": LU})
    assert (refused, created) == (("REFUSED", None), ("CREATED", "m-16-0088"))
    assert carry(people, {"member_id": SHEN, "sector": "22"}) == [("CREATED", "m-16-0031")]
    assert people.doc("m-16-0031")["sector"]["code"] == "22"


def test_numbers(people: Case) -> None:
    assert carry(people, {"member_id": LU, "member_no": "16-0031"}) == [("CREATED", "m-16-0031")]
    assert carry(people, {"member_id": SHEN, "sector": "22"}) == [("CREATED", "m-16-0001")]


def test_groups_that_were_merged_are_followed(people: Case) -> None:
    terms.close_term(call(), people.roster, no=15)
    departures.end_memberships(call(Role.SYSTEM), people.roster)
    organisations.merge_organisation(
        call(), people.roster, organisation_id="com-economy", into="com-urban"
    )
    carry(people, {"member_id": LU})
    assert people.doc("m-16-0088")["committees"] == ["com-urban"]


def test_what_cannot_go_on(people: Case) -> None:
    assert carry(people, {"member_id": "m-15-9999"}) == [("REFUSED", None)]
    assert carry(people, {"member_id": LU}, term=15) == [("REFUSED", None)]
    with pytest.raises(TermNotFound):
        carry(people, {"member_id": LU}, term=17)
    terms.close_term(call(), people.roster, no=16)
    with pytest.raises(TermClosed):
        carry(people, {"member_id": LU})


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR_COUNCIL, Role.INFO_EDITOR])
def test_the_office_alone(people: Case, role: Role) -> None:
    with pytest.raises(Forbidden):
        carry_over_members(call(role), people.roster, term=16, members=[], appoint=False)
