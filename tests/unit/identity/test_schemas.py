"""Input: what is missing, wrong, unknown, or an operator in disguise is refused by field."""

from __future__ import annotations

from typing import Any

import pytest

from services.identity import schemas
from shared.errors import InvalidInput
from shared.schemas import InputSchema

OPERATOR = {"$ne": None}
CREATE = {"login": "li.na", "label": "李娜", "kind": "PERSON"}
ORGANISATION = {"login": "minjian", "label": "民建区委", "kind": "ORGANISATION"}


@pytest.mark.parametrize(
    ("schema", "payload", "field"),
    [
        (schemas.SignIn, {"login": OPERATOR, "password": "x"}, "login"),
        (schemas.SignIn, {"login": "a", "password": OPERATOR}, "password"),
        (schemas.SignIn, {"login": "a", "password": "x", "role": OPERATOR}, "role"),
        (schemas.SignIn, {"login": "a", "password": "x", "role": "KING"}, "role"),
        (schemas.SignIn, {"login": "a", "password": "x", "grant_id": OPERATOR}, "grantId"),
        (schemas.SignIn, {"login": "a"}, "password"),
        (schemas.SignIn, {"login": " ", "password": "x"}, "login"),
        (schemas.SignIn, {"login": "a", "password": "x" * 129}, "password"),
        (schemas.SignIn, {"login": "a", "password": "x", "admin": True}, "admin"),
        (schemas.Refresh, {"refresh_token": OPERATOR}, "refreshToken"),
        (schemas.Refresh, {}, "refreshToken"),
        (schemas.SwitchRole, {}, "role"),
        (schemas.SwitchRole, {"grant_id": OPERATOR}, "grantId"),
        (schemas.ChangePassword, {"new_password": "x"}, "currentPassword"),
        (
            schemas.ChangePassword,
            {"new_password": "x", "current_password": "y", "ticket": "z"},
            "currentPassword",
        ),
        (schemas.ChangePassword, {"new_password": OPERATOR, "ticket": "z"}, "newPassword"),
        (schemas.RedeemCode, {"login": "a", "code": OPERATOR, "new_password": "x"}, "code"),
        (schemas.AccountRef, {"account_id": OPERATOR}, "accountId"),
        (schemas.CreateAccount, {**CREATE, "login": "15-0099"}, "login"),
        (schemas.CreateAccount, {**CREATE, "login": "13800000001"}, "login"),
        (schemas.CreateAccount, {**CREATE, "login": "ab"}, "login"),
        (schemas.CreateAccount, {**CREATE, "phone": "123"}, "phone"),
        (schemas.CreateAccount, {**CREATE, "kind": "ROBOT"}, "kind"),
        (schemas.CreateAccount, {**CREATE, "organisation_id": "org-minjian"}, "organisationId"),
        (schemas.CreateAccount, ORGANISATION, "organisationId"),
        (
            schemas.CreateAccount,
            {**ORGANISATION, "organisation_id": "org-minjian", "person_id": "p-1"},
            "organisationId",
        ),
        (schemas.RequestRole, {"account_id": "a", "role": "OFFICE"}, "reason"),
        (schemas.AccountFilter, {"search": OPERATOR}, "search"),
        (schemas.AccountFilter, {"role": OPERATOR}, "role"),
        (schemas.AuditFilter, {"since": OPERATOR}, "since"),
        (schemas.AuditFilter, {"since": "2017-02-06T09:00:00"}, "since"),
        (schemas.AuditFilter, {"kind": "EVERYTHING"}, "kind"),
        (schemas.AccountList, {"first": "20"}, "first"),
        (schemas.AccountList, {"order_by": OPERATOR}, "orderBy"),
        (schemas.DemoAccounts, {"accounts": []}, "accounts"),
    ],
)
def test_refused_by_field(schema: type[InputSchema], payload: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        schema.parse(payload)
    assert [item["field"] for item in refused.value.items] == [field]


@pytest.mark.parametrize(
    "scope", [{"unit": OPERATOR}, {"$where": "1"}, {"region": "r"}, "unit-slj", [1]]
)
def test_scopes_are_text_of_known_kinds(scope: Any) -> None:
    payload = {"account_id": "a", "role": "UNIT_OFFICER", "scope": scope, "reason": "工作需要"}
    with pytest.raises(InvalidInput) as refused:
        schemas.RequestRole.parse(payload)
    assert str(refused.value.field).startswith("scope")


def test_secrets_are_not_trimmed_and_names_are() -> None:
    parsed = schemas.SignIn.parse({"login": " wang.fang ", "password": " with blanks "})
    assert parsed == {
        "login": "wang.fang",
        "password": " with blanks ",
        "role": None,
        "grant_id": None,
    }
