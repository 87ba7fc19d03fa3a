"""The service as a process: wire, permission, command ids, the outbox, its neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from shared import contracts
from shared.actor import Actor, Role
from shared.errors import (
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Unauthenticated,
)
from shared.ids import new_id
from tests.integration.members.platform import OFFICE, PUBLIC, People
from tests.stack import Stack
from tests.waiting import eventually

SYSTEM = Actor("service:identity", Role.SYSTEM)


@pytest.fixture
def people(stack: Stack) -> People:
    return People(stack)


def test_a_membership_is_published_in_order_and_by_contract(people: People) -> None:
    people.nominate(person_id=None)
    people.appoint()
    people.call("change_post", member_id=people.id, posts=[{"post": "STANDING_MEMBER"}])
    people.call("suspend_member", member_id=people.id, reason="因病")
    people.call("reinstate_member", member_id=people.id)
    people.call("revoke_member", member_id=people.id, reason="违纪", document_no="4号")
    events = people.published(6)
    assert [event["type"] for event in events] == [
        "member_nominated",
        "member_appointed",
        "member_post_changed",
        "member_suspended",
        "member_reinstated",
        "member_revoked",
    ]
    assert [event["aggregateversion"] for event in events] == [1, 2, 3, 4, 5, 6]
    for event in events:
        contracts.validate("members", event["type"], event["data"])
        assert (event["source"], event["term"]) == ("members", people.term)
        assert "陆晓芸" not in str(event)
    doc = people.stack.db("members")["members"].find_one({"_id": people.id})
    assert doc is not None
    eventually(
        lambda: (
            not people.stack.db("members")["members"].count_documents(
                {"_id": people.id, "pending_events.0": {"$exists": True}}
            )
        )
    )


def test_an_appointment_opens_the_account_with_name_and_phone(people: People) -> None:
    people.member()
    accounts = people.stack.db("identity")["accounts"]
    account = eventually(lambda: accounts.find_one({"member_id": people.id}))
    assert account is not None
    assert (account["login"], account["label"], account["phone"]) == (
        people.member_no,
        "陆晓芸",
        "13812340088",
    )


def test_a_repeated_command_gives_the_first_result(people: People) -> None:
    command = new_id()
    first = people.nominate(command_id=command)
    again = people.nominate(command_id=command)
    assert first == again
    with pytest.raises(DomainError) as error:
        people.nominate(command_id=command, name="沈建国")
    assert error.value.code == "COMMAND_ID_REUSED"
    assert [event["type"] for event in people.published(1)] == ["member_nominated"]


def test_the_row_of_an_answer(people: People) -> None:
    row = people.member(work_unit="吴江区华源自来水有限公司")
    assert (row["id"], row["name"], row["state"], row["sector"]["name"]) == (
        people.id,
        "陆晓芸",
        "ACTIVE",
        "经济界",
    )
    assert "phone" not in row


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.OFFICE, Role.PUBLIC)])
def test_only_the_office_changes_the_roster(people: People, role: Role) -> None:
    actor = Actor("service:demo" if role is Role.SYSTEM else "account-1", role)
    with pytest.raises(Forbidden):
        people.call("appoint_member", actor, member_id=people.id, joined_via="TERM_START")


def test_a_visitor_changes_nothing(people: People) -> None:
    with pytest.raises(Unauthenticated):
        people.call("appoint_member", PUBLIC, member_id=people.id, joined_via="TERM_START")


def test_a_refusal_is_audited(people: People) -> None:
    with pytest.raises(Forbidden):
        people.call("end_organisation", Actor("account-x", Role.MEMBER), organisation_id="unit-slj")
    audit = people.stack.db("members")["audit"]
    found = audit.find_one({"account_id": "account-x", "action": "end_organisation"})
    assert found is not None
    assert (found["outcome"], found["code"]) == ("REFUSED", "FORBIDDEN")


@pytest.mark.parametrize(
    ("method", "payload"),
    [
        ("members_by_ids", {"ids": [{"$ne": None}]}),
        ("members_by_ids", {"ids": {"$gt": ""}}),
        ("list_members", {"filter": {"sector": {"$ne": ""}}}),
        ("list_members", {"filter": {"$where": "sleep(1000)"}}),
        ("list_members", {"after": "W3siJG5lIjogbnVsbH1d"}),
        ("count_members", {"filter": {"text": {"$regex": "."}}}),
        ("contacts_by_ids", {"ids": [{"$ne": None}]}),
        ("private_data_by_ids", {"ids": "m-15-0088"}),
        ("organisations", {"kinds": {"$ne": "PARTY"}}),
        ("appoint_member", {"member_id": {"$ne": ""}, "joined_via": "TERM_START"}),
        ("current_term", {"no": 15}),
    ],
)
def test_operators_are_refused(people: People, method: str, payload: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        people.call(method, **payload)


def test_what_is_not_there_and_what_a_rule_refuses(people: People) -> None:
    with pytest.raises(NotFound):
        people.appoint()
    people.member()
    with pytest.raises(DomainError) as error:
        people.appoint()
    assert error.value.code == "MEMBER_STATE_UNFIT"
    assert error.value.message == "委员当前状态为“在任”，不能进行此操作"


def test_contacts_for_a_service_are_audited(people: People) -> None:
    people.member()
    rows = people.call("contacts_by_ids", SYSTEM, ids=[people.id])
    assert rows == [
        {"id": people.id, "name": "陆晓芸", "phone": "13812340088", "wechat_openid": None}
    ]
    audit = people.stack.db("members")["audit"]
    looks = audit.count_documents(
        {"subject": people.id, "action": "look_at_contact", "account_id": "service:identity"}
    )
    assert looks >= 1


def test_identity_numbers_come_from_services_only(people: People) -> None:
    people.member()
    number = {"person_id": f"p-{people.member_no}", "id_number": "11010519491231002X"}
    with pytest.raises(Forbidden):
        people.call("record_id_number", OFFICE, **number)


def test_the_master_data_are_published(stack: Stack) -> None:
    log = stack.db("members")["event_log"]
    found = eventually(lambda: log.find_one({"subject": "unit-slj"}))
    assert found is not None
    assert (found["type"], found["data"]["name"]) == ("organisation_changed", "区水利局")
    eventually(lambda: log.count_documents({"type": "organisation_changed"}) >= 77)
