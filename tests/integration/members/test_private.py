"""Private data, contacts and profile changes: who gets what, and the trace of each look."""

from __future__ import annotations

from typing import Any

import pytest

from services.members.commands import profiles
from services.members.domain.errors import ChangeNotPending, ChangePending, NothingToChange
from services.members.domain.labels import MemberOrder
from services.members.domain.placement import Affiliation
from services.members.queries import private
from services.members.queries import roster as queries
from shared.actor import Role
from shared.call import Call
from shared.errors import Forbidden, Refused, Unauthenticated
from tests.integration.members.roster_case import Case, call

LU, SHEN = "m-15-0088", "m-15-0031"
FILE: dict[str, Any] = {
    "phone": "13812340088",
    "birth_date": "1970-05-01",
    "religion": None,
    "wechat_openid": "openid-1",
}


@pytest.fixture
def people(case: Case) -> Case:
    case.member(88, name="陆晓芸", town="town-songling", committees=["com-economy"], **FILE)
    case.member(31, name="沈建国", town="town-lili", phone="13812340031")
    return case


def private_of(case: Case, by: Call) -> dict[str, dict[str, Any]]:
    rows = private.private_data_by_ids(by, case.roster, ids=[LU, SHEN])
    return {row.pop("id"): row for row in rows}


def looks(case: Case, action: str) -> list[tuple[str, str]]:
    found = case.database.collection("audit").find({"action": action}).sort("at", 1)
    return [(entry["role"], entry["subject"]) for entry in found]


def test_the_office_sees_the_whole_file(people: Case) -> None:
    found = private_of(people, call())
    assert found.keys() == {LU, SHEN}
    history = found[LU].pop("history")
    assert found[LU] == {**FILE, "id_number_recorded": False}
    assert [stage["state"] for stage in history] == ["NOMINATED", "ACTIVE"]
    assert sorted(looks(people, "look_at_private_data")) == [("OFFICE", SHEN), ("OFFICE", LU)]


def test_the_number_itself_never_leaves(people: Case) -> None:
    profiles.record_id_number(
        call(Role.SYSTEM),
        people.roster,
        person_id="p-15-0088",
        id_number="11010519491231002X",
    )
    found = private_of(people, call())[LU]
    assert found["id_number_recorded"] is True
    assert not {name for name in found if "sealed" in name or "digest" in name}


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (call(Role.MEMBER, LU), {LU: {*FILE, "id_number_recorded", "history"}}),
        (call(Role.MEMBER, "m-15-0001"), {}),
        (call(Role.PROPOSAL_STAFF), {LU: {"phone"}, SHEN: {"phone"}}),
        (call(Role.TOWN_STAFF, town="town-lili"), {SHEN: {"phone"}}),
        (call(Role.SECTOR_CONVENER, LU, sector="22"), None),
        (
            call(Role.COMMITTEE_STAFF, committee="com-economy"),
            {LU: {*FILE, "id_number_recorded", "history"}},
        ),
        (call(Role.COMMITTEE_STAFF, committee="com-urban"), {}),
        (call(Role.ORG_STAFF, organisation="org-minjian"), {}),
        (call(Role.UNIT_OFFICER, unit="unit-slj"), {}),
        (call(Role.SUPERVISING_OFFICE), {}),
        (call(Role.SYSTEM_ADMIN), {}),
        (call(Role.PUBLIC), {}),
    ],
)
def test_others_see_their_part(people: Case, by: Call, wanted: dict[str, set[str]] | None) -> None:
    found = {id: set(row) for id, row in private_of(people, by).items()}
    if wanted is None:  # a convener: the own file, and the phones of the own group
        wanted = {LU: {*FILE, "id_number_recorded", "history"}, SHEN: {"phone"}}
    assert found == wanted
    assert len(looks(people, "look_at_private_data")) == len(wanted)


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (call(), [LU, SHEN]),
        (call(Role.PROPOSAL_DIRECTOR), [LU, SHEN]),
        (call(Role.MEMBER, SHEN), [SHEN]),
        (call(Role.TOWN_HEAD, town="town-songling"), [LU]),
    ],
)
def test_contacts(people: Case, by: Call, wanted: list[str]) -> None:
    rows = private.contacts_by_ids(by, people.roster, ids=[LU, SHEN])
    assert sorted(row["id"] for row in rows) == sorted(wanted)
    assert all(row.keys() == {"id", "name", "phone"} for row in rows)
    assert len(looks(people, "look_at_contact")) == len(wanted)


def test_contacts_for_services(people: Case) -> None:
    assert private.contacts_by_ids(call(Role.SYSTEM), people.roster, ids=[LU]) == [
        {"id": LU, "name": "陆晓芸", "phone": "13812340088", "wechat_openid": "openid-1"}
    ]
    assert looks(people, "look_at_contact") == [("SYSTEM", LU)]


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.SUPERVISOR, Role.AUDIT_ADMIN])
def test_contacts_are_refused(people: Case, role: Role) -> None:
    with pytest.raises(Forbidden):
        private.contacts_by_ids(call(role), people.roster, ids=[LU])
    with pytest.raises(Unauthenticated):
        private.contacts_by_ids(call(Role.PUBLIC), people.roster, ids=[LU])


# -- profile changes -----------------------------------------------------------------------


def request(case: Case, **changes: Any) -> str:
    """Ask as 陆晓芸; the id of the change."""
    wanted: Any = changes
    profiles.request_profile_change(
        call(Role.MEMBER, LU), case.roster, member_id=None, changes=wanted
    )
    return str(case.doc(LU)["profile_change"]["id"])


def changes_of(case: Case, by: Call) -> list[dict[str, Any]]:
    return queries.profile_changes_by_ids(by, case.roster, ids=[LU, SHEN])


def test_a_request_waits_for_the_office_and_is_confirmed(people: Case) -> None:
    before = people.types(LU)
    change_id = request(people, phone="13912340088", affiliation=Affiliation.MINJIAN)
    assert people.types(LU) == [*before, "member_change_requested"]
    [seen] = changes_of(people, call())
    assert (seen["id"], seen["change_id"], seen["state"], seen["changes"]) == (
        LU,
        change_id,
        "PENDING",
        {"phone": "13912340088", "affiliation": "MINJIAN"},
    )
    found = queries.list_members(
        call(),
        people.roster,
        filter={"change_pending": True},
        order_by=MemberOrder.MEMBER_NO,
        first=10,
        after=None,
    )
    assert [row["id"] for row in found["rows"]] == [LU]
    profiles.confirm_profile_change(call(), people.roster, member_id=LU, change_id=change_id)
    told = ["member_change_requested", "member_profile_changed", "member_change_closed"]
    assert sorted(people.types(LU)[len(before) :]) == sorted(told)
    [changed] = [e for e in people.events(LU) if e["type"] == "member_profile_changed"]
    assert changed["data"]["groups"]["party"] == "04"
    assert private_of(people, call())[LU]["phone"] == "13912340088"
    assert changes_of(people, call())[0]["state"] == "CONFIRMED"
    with pytest.raises(ChangeNotPending):
        profiles.confirm_profile_change(call(), people.roster, member_id=LU, change_id=change_id)


def test_a_request_is_refused_with_a_reason(people: Case) -> None:
    change_id = request(people, title="董事长")
    profiles.refuse_profile_change(
        call(), people.roster, member_id=LU, change_id=change_id, reason="请附证明"
    )
    [seen] = changes_of(people, call(Role.MEMBER, LU))
    assert (seen["state"], seen["reason"]) == ("REFUSED", "请附证明")
    assert people.doc(LU)["title"] is None


def test_a_request_is_withdrawn_and_made_again(people: Case) -> None:
    first = request(people, title="董事长")
    with pytest.raises(ChangePending):
        request(people, title="总经理")
    own = call(Role.MEMBER, LU)
    profiles.withdraw_profile_change(own, people.roster, member_id=None, change_id=first)
    second = request(people, title="总经理")
    with pytest.raises(ChangeNotPending):
        profiles.confirm_profile_change(call(), people.roster, member_id=LU, change_id=first)
    profiles.confirm_profile_change(call(), people.roster, member_id=LU, change_id=second)
    assert people.doc(LU)["title"] == "总经理"


def test_what_a_request_refuses(people: Case) -> None:
    roster = people.roster
    with pytest.raises(Forbidden):
        profiles.request_profile_change(
            call(Role.MEMBER, LU), roster, member_id=SHEN, changes={"title": "经理"}
        )
    with pytest.raises(Forbidden):
        profiles.request_profile_change(
            call(Role.MEMBER), roster, member_id=None, changes={"title": "经理"}
        )
    with pytest.raises(Refused):
        request(people, not_scored=True)
    with pytest.raises(NothingToChange):
        request(people, phone="13812340088")
    with pytest.raises(Forbidden):
        profiles.withdraw_profile_change(
            call(Role.MEMBER, SHEN), roster, member_id=LU, change_id="x"
        )


def test_a_request_is_seen_by_its_member_and_the_office(people: Case) -> None:
    request(people, title="董事长")
    assert [row["id"] for row in changes_of(people, call(Role.MEMBER, LU))] == [LU]
    assert changes_of(people, call(Role.MEMBER, SHEN)) == []
    with pytest.raises(Forbidden):
        changes_of(people, call(Role.COMMITTEE_STAFF))
