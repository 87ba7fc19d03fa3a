"""Signing in on the running platform: tokens, rotation, locks, secrets at rest."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest

from shared import keys
from shared.actor import PUBLIC_ACTOR, Role, TokenVerifier
from shared.clock import SHANGHAI
from shared.contracts import names
from shared.errors import AppError, DomainError, InvalidInput, Unauthenticated
from tests.integration.identity.people import AUDITOR, NEW_PASSWORD, OFFICE, PASSWORD, People
from tests.waiting import eventually

UNIT = {"role": "UNIT_LEADER", "scope": {"unit": "unit-slj"}}
STAFF = {"role": "PROPOSAL_STAFF", "scope": {}}
OFFICER = {"role": "UNIT_OFFICER", "scope": {"unit": "unit-slj"}}  # who approves nothing


def refused(people: People, method: str, **kwargs: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        people.call(method, **kwargs)
    return error.value


def test_a_token_says_who_acts_in_which_role_for_ten_minutes(people: People) -> None:
    account_id = people.load("wang", STAFF, UNIT, person_id=f"p-{people.key}", member_id="m-1")
    answer = people.sign_in("wang", role="UNIT_LEADER")
    actor = TokenVerifier(people.stack.keys / "jwks.json").verify(answer["access_token"])
    assert (actor.account_id, actor.role, actor.scope, actor.person_id, actor.member_id) == (
        account_id,
        Role.UNIT_LEADER,
        {"unit": "unit-slj"},
        f"p-{people.key}",
        "m-1",
    )
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 600
    ends = datetime.fromisoformat(answer["expires_at"])
    assert ends.utcoffset() == timedelta(hours=8)
    assert abs(ends.timestamp() - claims["exp"]) < 5


def test_the_account_of_a_token(people: People) -> None:
    account_id = people.load("wang", STAFF, UNIT)
    answer = people.sign_in("wang")
    seen = people.call_with(answer["access_token"], "viewer_account")
    assert seen == answer["account"]
    assert (seen["id"], seen["login"], seen["label"], seen["acting_role"]) == (
        account_id,
        people.login("wang"),
        "wang",
        "PROPOSAL_STAFF",
    )
    switched = people.call_with(answer["access_token"], "switch_role", role="UNIT_LEADER")
    assert switched["account"]["acting_grant_id"] == seen["roles"][1]["id"]


def test_a_refresh_token_used_twice_ends_its_session_only(people: People) -> None:
    people.load("wang")
    first, other = people.sign_in("wang"), people.sign_in("wang")
    renewed = people.call("refresh", refresh_token=first["refresh_token"])
    again = people.call("refresh", refresh_token=first["refresh_token"])
    assert again["refresh_token"] == renewed["refresh_token"]  # the same exchange once more
    renewed = people.call("refresh", refresh_token=renewed["refresh_token"])
    assert refused(people, "refresh", refresh_token=first["refresh_token"]).code == "SESSION_ENDED"
    assert (
        refused(people, "refresh", refresh_token=renewed["refresh_token"]).code == "SESSION_ENDED"
    )
    people.call("refresh", refresh_token=other["refresh_token"])
    rows = people.call(
        "list_sign_in_audit",
        AUDITOR,
        filter={"account_id": first["account"]["id"], "kind": "TOKEN_REUSED"},
    )["rows"]
    assert [row["account_id"] for row in rows] == [first["account"]["id"]]


def test_two_refreshes_at_once_are_one(people: People) -> None:
    people.load("wang")
    token = people.sign_in("wang")["refresh_token"]

    def refresh(_: int) -> str:
        return str(people.call("refresh", refresh_token=token)["refresh_token"])

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(refresh, range(4)))
    [renewed] = answers
    people.call("refresh", refresh_token=renewed)
    assert refused(people, "refresh", refresh_token=token).code == "SESSION_ENDED"


def test_the_fifth_failure_locks_and_the_lock_ends(people: People) -> None:
    account_id = people.load("wang")

    def attempt(_: int) -> str:
        with pytest.raises(DomainError) as error:
            people.sign_in("wang", password="wrong")
        return error.value.code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(attempt, range(8)))
    assert answers == ["ACCOUNT_LOCKED"] * 4 + ["INVALID_CREDENTIALS"] * 4
    error = refused(people, "sign_in", login=people.login("wang"), password=PASSWORD)
    assert error.code == "ACCOUNT_LOCKED"
    until = datetime.fromisoformat(error.details["until"])
    assert timedelta(minutes=14) < until - datetime.now(SHANGHAI) <= timedelta(minutes=15)
    eventually(lambda: names.ACCOUNT_LOCKED in people.published(account_id))
    attempts = people.stack.db("identity")["attempts"]
    attempts.update_many({"who": account_id}, {"$set": {"locked_until": datetime.now(SHANGHAI)}})
    assert people.sign_in("wang")["account"]["id"] == account_id


def test_unknown_names_lock_alike(people: People) -> None:
    codes = [
        refused(people, "sign_in", login=f"nobody-{people.key}", password="wrong").code
        for _ in range(6)
    ]
    assert codes == ["INVALID_CREDENTIALS"] * 4 + ["ACCOUNT_LOCKED"] * 2


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize("operator", [{"$ne": None}, {"$gt": ""}, ["a"], None])
def test_operators_are_no_text(people: People, field: str, operator: object) -> None:
    people.load("wang")
    given: dict[str, Any] = {"login": people.login("wang"), "password": PASSWORD, field: operator}
    with pytest.raises(InvalidInput) as error:
        people.call("sign_in", **given)
    assert error.value.field == field


def test_an_operator_as_refresh_token_is_refused(people: People) -> None:
    with pytest.raises(InvalidInput):
        people.call("refresh", refresh_token={"$ne": None})


def test_no_secret_is_stored_in_plain(people: People) -> None:
    account_id = people.load("wang", OFFICER)
    code = people.call("issue_reset_code", OFFICE, account_id=account_id)["code"]
    ticket = people.sign_in("wang", password=code)["password_ticket"]
    answer = people.sign_in("wang")
    database = people.stack.db("identity")
    everything = "".join(
        str(list(database[name].find())) for name in database.list_collection_names()
    )
    tokens = [answer[f"{name}_token"] for name in ("refresh", "access", "device")]
    for secret in (PASSWORD, code, ticket, *tokens):
        assert secret not in everything
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", people.stored(account_id)["password"])


def test_a_reset_from_code_to_new_password(people: People) -> None:
    account_id = people.load("wang", OFFICER)
    former = people.sign_in("wang")
    issued = people.call("issue_reset_code", OFFICE, account_id=account_id)
    assert issued["account"]["id"] == account_id
    answer = people.sign_in("wang", password=issued["code"])
    assert (answer["must_change_password"], answer["access_token"]) == (True, None)
    changed = people.call(
        "change_password", ticket=answer["password_ticket"], new_password=NEW_PASSWORD
    )
    assert changed == {"changed": True, "sessions_ended": 1}
    error = refused(
        people,
        "redeem_code",
        login=people.login("wang"),
        code=issued["code"],
        new_password=NEW_PASSWORD,
    )
    assert error.code == "INVALID_CREDENTIALS"
    assert refused(people, "refresh", refresh_token=former["refresh_token"]).code == "SESSION_ENDED"
    people.sign_in("wang", password=NEW_PASSWORD)


def test_changing_ones_own_password_keeps_this_session(people: People) -> None:
    people.load("wang")
    here, there = people.sign_in("wang"), people.sign_in("wang")
    changed = people.call_with(
        here["access_token"],
        "change_password",
        current_password=PASSWORD,
        new_password=NEW_PASSWORD,
        command_id="5f0c3f6e-3a0e-4b8e-9d5c-0d7f3c1f2a11",
    )
    assert changed == {"changed": True, "sessions_ended": 1}
    people.call("refresh", refresh_token=here["refresh_token"])
    assert refused(people, "refresh", refresh_token=there["refresh_token"]).code == "SESSION_ENDED"
    stored = people.stored(here["account"]["id"])
    assert "fingerprint" not in str(stored)


def test_signing_out_here_and_everywhere(people: People) -> None:
    account_id = people.load("wang")
    here, there = people.sign_in("wang"), people.sign_in("wang")
    assert people.call_with(here["access_token"], "sign_out") == 1
    assert refused(people, "refresh", refresh_token=here["refresh_token"]).code == "SESSION_ENDED"
    everywhere = people.call_with(there["access_token"], "sign_out_everywhere")
    assert everywhere == 1
    assert refused(people, "refresh", refresh_token=there["refresh_token"]).code == "SESSION_ENDED"
    eventually(lambda: people.published(account_id)[-1:] == [names.ACCOUNT_SIGNED_OUT_EVERYWHERE])


def test_other_methods_need_a_token(people: People) -> None:
    for method in ("sign_out", "sign_out_everywhere", "viewer_account", "list_accounts"):
        with pytest.raises(Unauthenticated):
            people.call(method, PUBLIC_ACTOR)
    with pytest.raises(Unauthenticated):
        people.call_with("no.such.token", "viewer_account")


def test_a_new_key_signs_at_once_and_the_former_stays_valid(people: People) -> None:
    people.load("wang")
    before = people.sign_in("wang")["access_token"]
    keys.ensure(people.stack.keys, ["identity"], rotate="identity")
    after = people.sign_in("wang")["access_token"]
    kids = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert kids[0] != kids[1]
    published = [key["kid"] for key in people.call("jwks")["keys"] if key["iss"] == "identity"]
    assert published == [kids[1], kids[0]]
    for token in (before, after):
        assert people.call_with(token, "viewer_account")["login"] == people.login("wang")


def test_the_service_answers_while_passwords_are_hashed(people: People) -> None:
    """Hashing blocks no other call: all are answered, and the clients' deadlines hold."""
    people.load("wang")

    def attempt(number: int) -> str:
        try:
            if number % 2:
                return str(people.call("health")["ok"])
            return str(people.sign_in("wang")["account"]["login"])
        except AppError as error:
            return error.code

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(attempt, range(24)))
    assert answers == [people.login("wang"), "True"] * 12
