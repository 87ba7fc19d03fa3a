"""Accounts and grants on the running platform: two persons, events, lists, command ids."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.options import ROOT
from shared.actor import Actor, Role
from shared.contracts import names
from shared.errors import DomainError, Forbidden, NotFound
from shared.ids import new_id
from tests.integration.identity.people import (
    ADMIN,
    AUDITOR,
    NEW_PASSWORD,
    OFFICE,
    PASSWORD,
    SYSTEM,
    People,
)
from tests.waiting import eventually

MEMBER = Actor("account-member", Role.MEMBER)


def refused(people: People, method: str, actor: Actor, **kwargs: Any) -> str:
    with pytest.raises(DomainError) as error:
        people.call(method, actor, **kwargs)
    return error.value.code


def create(people: People, name: str = "li", **kwargs: Any) -> Any:
    given = {"login": people.login(name), "label": "李娜", "kind": "PERSON", **kwargs}
    return people.call("create_account", ADMIN, **given)


def test_from_a_new_account_to_the_first_sign_in(people: People) -> None:
    account_id = create(people)["id"]
    granted = people.call(
        "request_role_grant",
        ADMIN,
        account_id=account_id,
        role="UNIT_OFFICER",
        scope=[{"kind": "UNIT", "id": "unit-slj"}],
        reason="区水利局联络员",
    )
    grant_id = granted["grants"][0]["id"]
    approve = {"grant_id": grant_id}
    with pytest.raises(Forbidden):
        people.call("approve_role_grant", ADMIN, **approve)
    row = people.call("approve_role_grant", OFFICE, **approve)
    assert [(g["role"], g["state"], g["decided_by"]) for g in row["grants"]] == [
        ("UNIT_OFFICER", "GRANTED", "account-office")
    ]
    code = people.call("issue_reset_code", OFFICE, account_id=account_id)["code"]
    people.call("redeem_code", login=people.login("li"), code=code, new_password=NEW_PASSWORD)
    answer = people.sign_in("li", password=NEW_PASSWORD)
    assert answer["account"]["acting_role"] == "UNIT_OFFICER"
    revoke = {**approve, "reason": "调离"}
    people.call("revoke_role", ADMIN, **revoke)
    assert refused_refresh(people, answer["refresh_token"]) == "SESSION_ENDED"
    eventually(
        lambda: (
            people.published(account_id)
            == [
                names.ACCOUNT_CREATED,
                names.ACCOUNT_ROLE_REQUESTED,
                names.ACCOUNT_ROLE_GRANTED,
                names.ACCOUNT_CODE_ISSUED,
                names.ACCOUNT_PASSWORD_RESET,
                names.ACCOUNT_ROLE_REVOKED,
            ]
        )
    )
    audit = people.stack.db("identity")["audit"].find({"subject": account_id}).sort("at", 1)
    assert [row["action"] for row in audit] == [
        "create_account",
        "request_role_grant",
        "approve_role_grant",
        "sign_in_code_issued",
        "issue_reset_code",
        "sign_in_password_reset",
        "sign_in_success",
        "revoke_role",
    ]


def refused_refresh(people: People, token: str) -> str:
    with pytest.raises(DomainError) as error:
        people.call("refresh", refresh_token=token)
    return error.value.code


def test_a_command_sent_twice_makes_one_account(people: People) -> None:
    command_id = new_id()
    first = create(people, command_id=command_id)
    again = create(people, command_id=command_id)
    assert again == first
    other = {"login": people.login("other"), "label": "李娜", "kind": "PERSON"}
    code = refused(people, "create_account", ADMIN, **other, command_id=command_id)
    assert code == "COMMAND_ID_REUSED"
    assert refused(
        people, "create_account", ADMIN, login=people.login("li"), label="李", kind="PERSON"
    ) == ("LOGIN_TAKEN")


def test_disabling_and_enabling(people: People) -> None:
    account_id = people.load("wang")
    token = people.sign_in("wang")["refresh_token"]
    row = people.call("disable_account", ADMIN, account_id=account_id, reason="调离")
    assert row["state"] == "DISABLED"
    assert refused_refresh(people, token) == "SESSION_ENDED"
    with pytest.raises(DomainError) as error:
        people.sign_in("wang")
    assert error.value.code == "ACCOUNT_DISABLED"
    assert (
        refused(people, "disable_account", ADMIN, account_id=account_id, reason="调离")
        == "ACCOUNT_STATE_UNFIT"
    )
    people.call("enable_account", ADMIN, account_id=account_id, reason="调回")
    people.sign_in("wang")


def test_a_refusal_of_permission_is_audited(people: People) -> None:
    actor = Actor(f"account-{people.key}", Role.MEMBER)
    with pytest.raises(Forbidden):
        people.call("list_accounts", actor)
    [entry] = people.stack.db("identity")["audit"].find({"account_id": actor.account_id})
    assert (entry["action"], entry["outcome"], entry["code"]) == (
        "list_accounts",
        "REFUSED",
        "FORBIDDEN",
    )


def test_the_staffs_list(people: People) -> None:
    ids = [people.load(f"staff{n}") for n in range(3)]
    search = {"search": "staff"}
    mine = [
        row["id"]
        for row in people.call("list_accounts", OFFICE, filter=search, first=100)["rows"]
        if row["login"].endswith(people.key)
    ]
    assert mine == ids
    exact = {"search": people.login("staff1")}
    assert people.call("count_accounts", OFFICE, filter=exact) == 1
    [row] = people.call("list_accounts", ADMIN, filter=exact)["rows"]
    assert people.call("account", ADMIN, account_id=ids[1]) == {
        key: value for key, value in row.items() if key != "cursor"
    }
    assert [r["id"] for r in people.call("accounts_by_ids", SYSTEM, ids=[ids[0], "no"])] == [ids[0]]
    with pytest.raises(NotFound):
        people.call("account", ADMIN, account_id="nobody")


def test_the_audit_shows_administrators_no_content(people: People) -> None:
    account_id = people.load("wang")
    people.sign_in("wang")
    mine = {"account_id": account_id, "kind": "SUCCESS"}
    [whole] = people.call("list_sign_in_audit", AUDITOR, filter=mine)["rows"]
    [bare] = people.call("list_sign_in_audit", ADMIN, filter=mine)["rows"]
    assert set(whole) - set(bare) == {
        "code",
        "session_id",
        "by_account_id",
        "by_role",
        "details",
        "correlation_id",
    }
    assert people.call("count_sign_in_audit", AUDITOR, filter=mine) == 1
    own = Actor(account_id, Role.OFFICE)
    for reader, seen in ((OFFICE, []), (own, [whole])):  # decision 51: of others nothing
        assert people.call("list_sign_in_audit", reader, filter=mine)["rows"] == seen
        assert people.call("count_sign_in_audit", reader, filter=mine) == len(seen)
    with pytest.raises(Forbidden):
        people.call("list_sign_in_audit", MEMBER)


def test_demo_accounts_load_twice_the_same(people: People) -> None:
    first = people.load("wang", phone="13800000001")
    version = people.stored(first)["version"]
    assert people.load("wang", phone="13800000001") == first
    assert people.stored(first)["version"] == version
    with pytest.raises(Forbidden):
        people.call("load_demo_accounts", ADMIN, accounts=[{**people.account("li")}])


def test_make_admin_on_an_empty_system(people: People) -> None:
    environment = {**os.environ, **people.stack.environment, "DB_PREFIX": f"cli-{people.key}-"}

    def admin(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "services.identity.admin", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    code, output = admin()
    assert code == 0 and "admin" in output
    code, output = admin("--login", "second")
    assert (code, output.split(":")[0]) == (1, "ADMIN_EXISTS")
    code, output = admin("--reset")
    assert code == 0
    code, output = admin("--security")
    assert code == 0 and "security" in output
    code, output = admin("--security", "--login", "second")
    assert (code, output.split(":")[0]) == (1, "ADMIN_EXISTS")
    code, output = admin("--security", "--reset")
    assert code == 0 and "security" in output
    code, output = admin("--first-office", "bangongshi")
    assert code == 0 and "bangongshi" in output
    code, output = admin("--first-office", "bangongshi2")
    assert (code, output.split(":")[0]) == (1, "OFFICE_EXISTS")
    assert admin("--login", "15-0088")[0] == 2
    database = people.stack.mongo[f"cli-{people.key}-identity"]
    held = {row["login"]: row["roles"] for row in database["accounts"].find()}
    assert held == {
        "admin": ["SYSTEM_ADMIN"],
        "security": ["SECURITY_ADMIN"],
        "bangongshi": ["OFFICE"],
    }
    assert PASSWORD not in output
    people.stack.mongo.drop_database(database.name)
