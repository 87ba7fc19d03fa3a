"""Input: what is missing, wrong, unknown, or an operator in disguise is refused by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.identity.commands import accounts, demo, passwords, queries, sign_in
from shared.actor import Actor, Role
from shared.errors import InvalidInput
from shared.operations.arguments import form, inputs_of
from tests.unit.identity.world import call_as

UseCase = Callable[..., Any]
ADMIN = call_as(Actor("admin", Role.SYSTEM_ADMIN))
OPERATOR = {"$ne": None}
CREATE = {"login": "li.na", "label": "李娜", "kind": "PERSON"}
ORGANISATION = {"login": "minjian", "label": "民建区委", "kind": "ORGANISATION"}


def parse(use_case: UseCase, payload: dict[str, Any]) -> dict[str, Any]:
    return form(use_case.__name__, inputs_of(use_case)).parse(payload)


@pytest.mark.parametrize(
    ("use_case", "payload", "field"),
    [
        (sign_in.sign_in, {"login": OPERATOR, "password": "x"}, "login"),
        (sign_in.sign_in, {"login": "a", "password": OPERATOR}, "password"),
        (sign_in.sign_in, {"login": "a", "password": "x", "role": OPERATOR}, "role"),
        (sign_in.sign_in, {"login": "a", "password": "x", "role": "KING"}, "role"),
        (sign_in.sign_in, {"login": "a", "password": "x", "grant_id": OPERATOR}, "grantId"),
        (sign_in.sign_in, {"login": "a"}, "password"),
        (sign_in.sign_in, {"login": " ", "password": "x"}, "login"),
        (sign_in.sign_in, {"login": "a", "password": "x" * 129}, "password"),
        (sign_in.sign_in, {"login": "a", "password": "x", "admin": True}, "admin"),
        (sign_in.refresh, {"refresh_token": OPERATOR}, "refreshToken"),
        (sign_in.refresh, {}, "refreshToken"),
        (sign_in.switch_role, {}, "role"),
        (sign_in.switch_role, {"grant_id": OPERATOR}, "grantId"),
        (passwords.change_password, {"new_password": "x"}, "currentPassword"),
        (
            passwords.change_password,
            {"new_password": "x", "current_password": "y", "ticket": "z"},
            "currentPassword",
        ),
        (passwords.change_password, {"new_password": OPERATOR, "ticket": "z"}, "newPassword"),
        (passwords.redeem_code, {"login": "a", "code": OPERATOR, "new_password": "x"}, "code"),
        (passwords.issue_reset_code, {"account_id": OPERATOR}, "accountId"),
        (accounts.create_account, {**CREATE, "login": "15-0099"}, "login"),
        (accounts.create_account, {**CREATE, "login": "13800000001"}, "login"),
        (accounts.create_account, {**CREATE, "login": "ab"}, "login"),
        (accounts.create_account, {**CREATE, "phone": "123"}, "phone"),
        (accounts.create_account, {**CREATE, "kind": "ROBOT"}, "kind"),
        (accounts.create_account, {**CREATE, "organisation_id": "org-minjian"}, "organisationId"),
        (accounts.create_account, ORGANISATION, "organisationId"),
        (
            accounts.create_account,
            {**ORGANISATION, "organisation_id": "org-minjian", "person_id": "p-1"},
            "organisationId",
        ),
        (accounts.request_role_grant, {"account_id": "a", "role": "OFFICE"}, "reason"),
        (queries.count_accounts, {"filter": {"search": OPERATOR}}, "filter.search"),
        (queries.count_accounts, {"filter": {"role": OPERATOR}}, "filter.role"),
        (queries.count_sign_in_audit, {"filter": {"since": OPERATOR}}, "filter.since"),
        (queries.count_sign_in_audit, {"filter": {"since": "2017-02-06T09:00:00"}}, "filter.since"),
        (queries.count_sign_in_audit, {"filter": {"kind": "EVERYTHING"}}, "filter.kind"),
        (queries.list_accounts, {"first": "20"}, "first"),
        (queries.list_accounts, {"order_by": OPERATOR}, "orderBy"),
        (demo.load_demo_accounts, {"accounts": []}, "accounts"),
    ],
)
def test_refused_by_field(use_case: UseCase, payload: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        use_case(ADMIN, None, **parse(use_case, payload))
    assert [item["field"] for item in refused.value.items] == [field]


@pytest.mark.parametrize(
    "scope",
    [
        [{"kind": "UNIT", "id": OPERATOR}],
        [{"kind": OPERATOR, "id": "unit-slj"}],
        [{"kind": "REGION", "id": "r"}],
        [{"$where": "1"}],
        {"unit": "unit-slj"},
        "unit-slj",
        [1],
    ],
)
def test_scopes_are_text_of_known_kinds(scope: Any) -> None:
    payload = {"account_id": "a", "role": "UNIT_OFFICER", "scope": scope, "reason": "工作需要"}
    with pytest.raises(InvalidInput) as refused:
        parse(accounts.request_role_grant, payload)
    assert str(refused.value.field).startswith("scope")


def test_secrets_are_not_trimmed_and_names_are() -> None:
    parsed = parse(sign_in.sign_in, {"login": " wang.fang ", "password": " with blanks "})
    assert parsed == {"login": "wang.fang", "password": " with blanks ", "client": "", "agent": ""}
