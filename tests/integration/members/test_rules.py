"""Rules that need the stored roster: uniqueness, persons, seats, terms, activity."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest

from services.members.commands import departures, nominations, profiles, terms
from services.members.domain.errors import (
    AlreadyMember,
    MemberNoTaken,
    MemberNotFound,
    MemberStateUnfit,
    PersonDeceased,
    PersonExists,
    PostTaken,
    SectorUnfit,
    TermClosed,
    TermExists,
    TermNotFound,
)
from services.members.domain.membership import JoinedVia
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind
from services.members.queries import directory
from services.members.queries import roster as queries
from services.members.schemas.profiles import MemberProfileInput
from shared.actor import Role
from shared.clock import SHANGHAI
from shared.errors import AppError, Refused
from tests.integration.members.roster_case import NOW, SECTOR_SET, TERM_START, Case, call, post

NEXT_START = datetime(2022, 1, 1, tzinfo=SHANGHAI)
NUMBER = "11010519491231002X"
SYSTEM = call(Role.SYSTEM)


def test_a_member_number_is_used_once_in_a_term(case: Case) -> None:
    case.nominate(88)
    with pytest.raises(MemberNoTaken):
        case.nominate(88, name="沈建国")


def test_one_open_membership_of_a_person_and_term(case: Case) -> None:
    case.member(88)
    with pytest.raises(AlreadyMember):
        case.nominate(89, person_id="p-15-0088")
    departures.resign_member(
        call(), case.roster, member_id="m-15-0088", reason="调动", document_no=None
    )
    again = case.nominate(89, person_id="p-15-0088")
    assert (case.doc(again)["person_id"], case.doc(again)["name"]) == ("p-15-0088", "委员0088")


def test_a_race_for_one_person_has_one_winner(case: Case) -> None:
    case.member(88)
    departures.resign_member(
        call(), case.roster, member_id="m-15-0088", reason="调动", document_no=None
    )

    def nominate(number: int) -> str:
        try:
            return case.nominate(number, person_id="p-15-0088")
        except AppError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(nominate, range(101, 105)))
    assert results[:3] == ["ALREADY_MEMBER"] * 3
    assert results[3].startswith("m-15-")


def test_a_person_serves_again_in_the_next_term(case: Case) -> None:
    case.member(88)
    case.open_term(16, NEXT_START)
    again = case.nominate(7, term=16, person_id="p-15-0088")
    doc = case.doc(again)
    assert (doc["person_id"], doc["terms_served"], doc["new"]) == ("p-15-0088", 2, False)
    case.appoint(again)
    assert case.doc(again)["joined_on"] == NEXT_START


def test_the_dead_are_not_nominated(case: Case) -> None:
    case.member(88)
    departures.record_death(call(), case.roster, member_id="m-15-0088", died_on=date(2017, 2, 1))
    case.open_term(16, NEXT_START)
    with pytest.raises(PersonDeceased):
        case.nominate(7, term=16, person_id="p-15-0088")


def test_an_unknown_person_or_member(case: Case) -> None:
    with pytest.raises(MemberNotFound):
        case.nominate(88, person_id="p-nobody")
    with pytest.raises(MemberNotFound):
        case.appoint("m-15-9999")


def test_a_sector_that_the_term_does_not_have(case: Case) -> None:
    with pytest.raises(Refused) as error:
        case.nominate(88, sector="33")
    assert error.value.code == SectorUnfit.code


def test_organisations_follow_party_and_sector(case: Case) -> None:
    member = case.member(31, sector="15", affiliation=Affiliation.MINJIAN)
    assert case.doc(member)["organisations"] == ["org-gongshanglian", "org-minjian"]
    changes: MemberProfileInput = {"sector": "22", "affiliation": Affiliation.CPC}
    profiles.change_profile(call(), case.roster, member_id=member, changes=changes)
    assert case.doc(member)["organisations"] == []


@pytest.mark.parametrize("kind", [PostKind.CHAIR, PostKind.SECRETARY_GENERAL])
def test_one_chair_and_one_secretary_general(case: Case, kind: PostKind) -> None:
    case.member(1, post(kind))
    other = case.member(2)
    with pytest.raises(PostTaken):
        profiles.change_post(call(), case.roster, member_id=other, posts=[post(kind)])
    departures.resign_member(
        call(), case.roster, member_id="m-15-0001", reason="调动", document_no=None
    )
    profiles.change_post(call(), case.roster, member_id=other, posts=[post(kind)])


def test_one_director_for_each_committee(case: Case) -> None:
    both = {"committees": ["com-economy", "com-urban"]}
    case.member(1, post(PostKind.COMMITTEE_DIRECTOR, "com-economy"), **both)
    other = case.member(2, post(PostKind.COMMITTEE_DIRECTOR, "com-urban"), **both)
    with pytest.raises(PostTaken):
        profiles.change_post(
            call(),
            case.roster,
            member_id=other,
            posts=[post(PostKind.COMMITTEE_DIRECTOR, "com-economy")],
        )


def test_a_race_for_the_chair_has_one_winner(case: Case) -> None:
    members = [case.member(number) for number in range(1, 5)]

    def take(member_id: str) -> str:
        try:
            return profiles.change_post(
                call(), case.roster, member_id=member_id, posts=[post(PostKind.CHAIR)]
            )
        except AppError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(take, members))
    assert results[:3] == ["POST_TAKEN"] * 3
    chairs = case.database.collection("members").count_documents({"posts.post": "CHAIR"})
    assert chairs == 1


def test_a_new_name_reaches_all_open_memberships_of_the_person(case: Case) -> None:
    case.member(88, name="陆晓芸")
    case.open_term(16, NEXT_START)
    other = case.nominate(7, term=16, person_id="p-15-0088")
    before = case.types(other)
    profiles.change_profile(call(), case.roster, member_id="m-15-0088", changes={"name": "陆小芸"})
    docs = [case.doc("m-15-0088"), case.doc(other)]
    assert [doc["name"] for doc in docs] == ["陆小芸", "陆小芸"]
    assert all("小芸" in doc["words"] and "晓芸" not in doc["words"] for doc in docs)
    assert (docs[1]["version"], case.types(other)) == (2, before)


def test_an_identity_number_is_sealed_and_belongs_to_one_person(case: Case) -> None:
    case.member(88)
    case.member(31)
    roster = case.roster
    for _ in range(2):
        profiles.record_id_number(SYSTEM, roster, person_id="p-15-0088", id_number=NUMBER)
    person = case.database.collection("persons").find_one({"_id": "p-15-0088"})
    assert person is not None
    assert NUMBER not in str(person) and person["id_number_sealed"].startswith("\x01")
    with pytest.raises(PersonExists):
        profiles.record_id_number(SYSTEM, roster, person_id="p-15-0031", id_number=NUMBER)


# -- terms ---------------------------------------------------------------------------------


def test_terms_are_opened_once(case: Case) -> None:
    with pytest.raises(TermExists):
        case.open_term(15)
    with pytest.raises(SectorUnfit):
        terms.open_term(call(), case.roster, no=16, starts_on=NEXT_START, sector_set=["22", "99"])
    assert case.types("term-15", "terms") == ["term_opened"]


def test_no_term_no_members(bare: Case) -> None:
    with pytest.raises(TermNotFound):
        bare.nominate(88)
    assert directory.current_term(call(), bare.roster) is None
    assert directory.current_session(call(), bare.roster) is None
    assert len(directory.sectors(call(), bare.roster, term=None)) == 34
    assert queries.active_members(call(), bare.roster, ids=["m-15-0088"]) == []


def test_sessions_and_sectors_of_the_current_term(case: Case) -> None:
    dates: dict[str, Any] = {
        "no": 1,
        "opens_at": datetime(2016, 10, 10, tzinfo=SHANGHAI),
        "cut_off_at": datetime(2017, 2, 9, 17, tzinfo=SHANGHAI),
        "plenary_from": datetime(2017, 2, 7, 9, tzinfo=SHANGHAI),
        "plenary_to": datetime(2017, 2, 10, 17, tzinfo=SHANGHAI),
    }
    terms.schedule_session(call(), case.roster, term=None, **dates)
    [_, event] = case.events("term-15", "terms")
    assert event["data"] == {
        "occurred_on": "2017-02-06T09:00:00+08:00",
        "no": 1,
        "opens_at": "2016-10-10T00:00:00+08:00",
        "cut_off_at": "2017-02-09T17:00:00+08:00",
        "plenary_from": "2017-02-07T09:00:00+08:00",
        "plenary_to": "2017-02-10T17:00:00+08:00",
    }
    assert (event["subject"], event["term"], event["aggregateversion"]) == ("term-15", 15, 2)
    assert directory.current_session(call(), case.roster) == {"term": 15, **dates}
    found = [row["code"] for row in directory.sectors(call(Role.PUBLIC), case.roster, term=None)]
    assert found == SECTOR_SET
    [row] = directory.list_terms(call(Role.PUBLIC), case.roster)
    assert row == directory.current_term(call(), case.roster)
    assert (row["no"], row["starts_on"], row["sector_set"]) == (15, TERM_START, SECTOR_SET)


def test_the_end_of_a_term_ends_its_memberships_once(case: Case) -> None:
    active, suspended = case.member(1), case.member(2)
    departures.suspend_member(
        call(), case.roster, member_id=suspended, reason="因病", document_no=None
    )
    nominee, gone = case.nominate(3), case.member(4)
    departures.resign_member(call(), case.roster, member_id=gone, reason="调动", document_no=None)
    closed_at = case.later(hours=1)
    terms.close_term(call(), case.roster, no=15)
    with pytest.raises(TermClosed):
        case.nominate(5)
    departures.end_memberships(SYSTEM, case.roster)
    assert case.roster.terms.get("term-15").state == "CLOSING"
    case.later(seconds=10)
    for _ in range(2):
        departures.end_memberships(SYSTEM, case.roster)
    last = [case.types(id)[-1] for id in (active, suspended, nominee, gone)]
    assert last == [
        "member_term_ended",
        "member_term_ended",
        "member_rejected",
        "member_resigned",
    ]
    event = case.events(active)[-1]
    assert event["data"]["occurred_on"] == closed_at.isoformat()
    assert event["data"]["state"] == "TERM_ENDED"
    assert len(case.types(active)) == 3
    assert case.roster.terms.get("term-15").state == "CLOSED"


def test_a_term_is_closed_once(case: Case) -> None:
    terms.close_term(call(), case.roster, no=15)
    with pytest.raises(TermClosed):
        terms.close_term(call(), case.roster, no=15)
    with pytest.raises(TermNotFound):
        terms.close_term(call(), case.roster, no=14)


def test_a_nominee_of_a_closing_term_is_not_appointed(case: Case) -> None:
    nominee = case.nominate(3)
    terms.close_term(call(), case.roster, no=15)
    with pytest.raises(TermClosed):
        case.appoint(nominee)


# -- V5 ------------------------------------------------------------------------------------


def test_who_is_active_now_and_was_then(case: Case) -> None:
    lu, shen, nominee = case.member(88), case.member(31), case.nominate(7)
    everyone = [lu, shen, nominee, "m-15-9999"]
    case.later(days=10)
    departures.suspend_member(call(), case.roster, member_id=shen, reason="因病", document_no=None)
    case.later(days=10)
    departures.resign_member(call(), case.roster, member_id=lu, reason="调动", document_no=None)

    def active(at: datetime | None = None) -> list[str]:
        by = call(Role.MEMBER)
        return queries.active_members(by, case.roster, ids=everyone, at=at)

    assert active() == []
    assert active(NOW) == [lu, shen]
    assert active(NOW.replace(day=20)) == [lu]
    assert active(TERM_START) == [lu, shen]
    assert active(datetime(2016, 12, 31, tzinfo=SHANGHAI)) == []


def test_only_the_current_term_is_active(case: Case) -> None:
    old = case.member(88)
    case.open_term(16, NEXT_START)
    new = case.appoint(case.nominate(7, term=16, person_id="p-15-0088"))
    both = [old, new]
    assert queries.active_members(call(), case.roster, ids=both) == [old]
    assert queries.active_members(call(), case.roster, ids=both, at=NEXT_START) == [new]


def test_a_co_option_is_refused_before_the_term(case: Case) -> None:
    case.open_term(16, NEXT_START)
    nominee = case.nominate(7, term=16)
    with pytest.raises(AppError) as error:
        nominations.appoint_member(
            call(),
            case.roster,
            member_id=nominee,
            joined_via=JoinedVia.CO_OPTED,
            joined_on=None,
        )
    assert error.value.code == "JOIN_DATE_UNFIT"


def test_an_appointment_is_made_once(case: Case) -> None:
    member = case.member(88)
    with pytest.raises(MemberStateUnfit):
        case.appoint(member)
