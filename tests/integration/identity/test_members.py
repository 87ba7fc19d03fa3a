"""Member events on the running platform: one account, duplicates, any order, poison."""

from __future__ import annotations

import random
from contextlib import suppress
from functools import partial

import pytest

from shared.contracts import names
from shared.contracts.members import GROUPS
from shared.errors import DomainError
from tests.integration.identity.people import NEW_PASSWORD, OFFICE, PASSWORD, SYSTEM, People
from tests.waiting import eventually

FORMER = [("MEMBER", {"former": "true"})]


def test_an_appointment_opens_one_account(people: People) -> None:
    event = people.member(names.MEMBER_APPOINTED)
    people.publish(event, event, event)
    account = eventually(people.account_of)
    assert (account["login"], account["member_id"], account["password"]) == (
        people.number(1),
        f"m-{people.number(1)}",
        None,
    )
    eventually(
        lambda: (
            people.published(account["_id"]) == [names.ACCOUNT_CREATED, names.ACCOUNT_ROLE_GRANTED]
        )
    )
    assert people.roles_of() == [("MEMBER", {})]


def test_a_story_in_any_order_with_duplicates_ends_the_same(people: People) -> None:
    standing = {**GROUPS, "standing": True}
    for person in range(1, 5):
        story = [
            people.member(names.MEMBER_APPOINTED, person),
            people.member(names.MEMBER_POST_CHANGED, person, version=2, groups=standing),
            people.member(names.MEMBER_SUSPENDED, person, version=3, state="SUSPENDED"),
            people.member(names.MEMBER_REINSTATED, person, version=4, groups=standing),
            people.member(names.MEMBER_RESIGNED, person, version=5, state="RESIGNED"),
        ] * 2
        random.Random(person).shuffle(story)
        people.publish(*story)

    def settled(person: int) -> bool:
        account = people.account_of(person)
        return bool(account) and account["memberships"][0]["version"] == 5

    for person in range(1, 5):
        eventually(partial(settled, person))
        assert people.roles_of(person) == FORMER


def test_leaving_ends_the_session(people: People) -> None:
    people.publish(people.member(names.MEMBER_APPOINTED))
    eventually(people.account_of)
    load_member(people)
    answer = people.call("sign_in", login=people.number(1), password=PASSWORD)
    people.publish(people.member(names.MEMBER_REVOKED, version=2, state="REVOKED"))

    def code() -> str:
        with pytest.raises(DomainError) as error:
            people.call("sign_in", login=people.number(1), password=PASSWORD)
        return error.value.code

    eventually(lambda: people.account_of()["state"] == "DISABLED")
    assert code() == "ACCOUNT_DISABLED"
    eventually(lambda: ended(people, answer["account"]["id"]) == ["REVOKED"])
    with pytest.raises(DomainError):
        people.call("refresh", refresh_token=answer["refresh_token"])


def ended(people: People, account_id: str) -> list[str]:
    rows = people.stack.db("identity")["sessions"].find({"account_id": account_id})
    return [row["end_reason"] for row in rows]


def load_member(people: People) -> None:
    account = {
        "login": people.number(1),
        "password": PASSWORD,
        "label": "陆晓芸",
        "roles": [{"role": "MEMBER", "scope": {}}],
    }
    people.call("load_demo_accounts", SYSTEM, accounts=[account])


def test_a_demo_account_is_taken_over_by_a_later_appointment(people: People) -> None:
    load_member(people)
    people.publish(people.member(names.MEMBER_APPOINTED))
    account = eventually(people.account_of)
    assert account["member_id"] == f"m-{people.number(1)}"
    assert people.roles_of() == [("MEMBER", {})]
    answer = people.call("sign_in", login=people.number(1), password=PASSWORD)
    assert answer["account"]["member_id"] == f"m-{people.number(1)}"


def test_a_new_term_attaches_to_the_persons_account(people: People) -> None:
    people.publish(
        people.member(names.MEMBER_APPOINTED, term=16), people.member(names.MEMBER_APPOINTED)
    )
    eventually(lambda: len(people.account_of().get("memberships", ())) == 2)
    account = people.account_of()
    assert (account["member_no"], account["term"]) == (people.number(1, 16), 16)


def appoint(people: People) -> tuple[str, str]:
    """(member number, phone) of a member whom the members service has just appointed."""
    call = people.stack.call
    number, phone = f"15-9{int(people.key, 16) % 1000:03}", f"139{int(people.key, 16) % 10**8:08}"
    with suppress(DomainError):  # another test may have opened the term
        call(
            "members",
            "open_term",
            OFFICE,
            no=15,
            starts_on="2017-01-04T00:00:00+08:00",
            sector_set=["22"],
        )
    member = call(
        "members",
        "nominate_member",
        OFFICE,
        member_no=number,
        name="陆晓芸",
        gender="FEMALE",
        phone=phone,
        sector="22",
        affiliation="NON_PARTY",
    )
    call(
        "members",
        "appoint_member",
        OFFICE,
        member_id=member["id"],
        joined_via="TERM_START",
        joined_on=None,
    )
    return number, phone


def test_an_appointed_member_gets_in_by_code_and_phone(people: People) -> None:
    number, phone = appoint(people)
    accounts = people.stack.db("identity")["accounts"]
    account = eventually(lambda: accounts.find_one({"login": number}) or {})
    assert (account["label"], account["phone"], account["password"]) == ("陆晓芸", phone, None)
    code = people.call("issue_reset_code", OFFICE, account_id=account["_id"])["code"]
    people.call("redeem_code", login=number, code=code, new_password=NEW_PASSWORD)
    answer = people.call("sign_in", login=phone, password=NEW_PASSWORD)
    assert answer["account"]["acting_role"] == "MEMBER"
    assert answer["account"]["member_id"] == f"m-{number}"


def test_a_malformed_event_goes_to_the_dead_letters(people: People) -> None:
    before = people.stack.queue_depth("identity.dead")
    people.stack.publish_raw("members", names.MEMBER_APPOINTED, b"no json")
    eventually(lambda: people.stack.queue_depth("identity.dead") == before + 1)
