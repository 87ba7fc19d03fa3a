"""Input of the identity service's operations. Secrets are never trimmed, texts are."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.identity.domain.passwords import MOST_CHARACTERS
from services.identity.domain.roles import GRANTABLE, ROSTER_ROLES
from shared.actor import Role
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_DEMO_ACCOUNTS = 500
SCOPE_KINDS = ("sector", "sector_group", "committee", "town", "party", "organisation", "unit")


class AccountKind(StrEnum):
    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"


class AccountState(StrEnum):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class AccountOrder(StrEnum):
    LOGIN = "LOGIN"
    CREATED_AT_DESC = "CREATED_AT_DESC"


class SignInEvent(StrEnum):
    """Kinds of entries in the sign-in audit."""

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    LOCKED = "LOCKED"
    ROLE_SWITCHED = "ROLE_SWITCHED"
    CODE_ISSUED = "CODE_ISSUED"
    CODE_ACCEPTED = "CODE_ACCEPTED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"
    PASSWORD_RESET = "PASSWORD_RESET"
    TOKEN_REUSED = "TOKEN_REUSED"
    SIGNED_OUT = "SIGNED_OUT"
    SIGNED_OUT_EVERYWHERE = "SIGNED_OUT_EVERYWHERE"


class Secret(fields.Str):
    """A password, code or token as it was typed."""

    def __init__(self, high: int = MOST_CHARACTERS, **kwargs: Any) -> None:
        said = f"应为1至{high}个字符"
        super().__init__(validate=validate.Length(1, high, error=said), **kwargs)


class Scope(fields.Dict):
    """kind → id, both text."""

    def __init__(self, **kwargs: Any) -> None:
        kinds = fields.Str(validate=validate.OneOf(SCOPE_KINDS, error="不认识的范围类别"))
        super().__init__(keys=kinds, values=Id(), load_default=dict, **kwargs)


def _phone(**kwargs: Any) -> fields.Str:
    return fields.Str(
        allow_none=True,
        load_default=None,
        validate=validate.Regexp(r"^1\d{10}$", error="手机号应为11位数字"),
        **kwargs,
    )


class SignIn(InputSchema):
    login = Text(1, 64, required=True)
    password = Secret(required=True)
    role = Choice(Role, load_default=None, allow_none=True)
    grant_id = Id(load_default=None, allow_none=True)


class Refresh(InputSchema):
    refresh_token = Secret(256, required=True)


class SwitchRole(InputSchema):
    role = Choice(Role, load_default=None, allow_none=True)
    grant_id = Id(load_default=None, allow_none=True)

    @validates_schema
    def _one_named(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("role") is None and data.get("grant_id") is None:
            raise ValidationError("请选择身份", "role")


class Nothing(InputSchema):
    """An operation without input."""


class ChangePassword(InputSchema):
    new_password = Secret(required=True)
    current_password = Secret(load_default=None, allow_none=True)
    ticket = Secret(256, load_default=None, allow_none=True)

    @validates_schema
    def _one_proof(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("current_password") is None) == (data.get("ticket") is None):
            raise ValidationError("请填写原密码，或使用修改密码的凭证", "current_password")


class RedeemCode(InputSchema):
    login = Text(1, 64, required=True)
    code = Secret(32, required=True)
    new_password = Secret(required=True)


class AccountRef(InputSchema):
    account_id = Id(required=True)


class CreateAccount(InputSchema):
    # A letter first: no login can be mistaken for a phone or a member number.
    login = fields.Str(
        required=True,
        validate=validate.Regexp(
            r"^[A-Za-z][A-Za-z0-9._-]{2,31}$",
            error="登录名以字母开头，3至32位，只含字母、数字、点、横线和下划线",
        ),
    )
    label = Text(1, 60, required=True)
    kind = Choice(AccountKind, required=True)
    phone = _phone()
    person_id = Id(load_default=None, allow_none=True)
    organisation_id = Id(load_default=None, allow_none=True)

    @validates_schema
    def _owner(self, data: dict[str, Any], **_: Any) -> None:
        """Decision 14: an account belongs to a person or to an organisation."""
        of_person = data.get("kind") is AccountKind.PERSON
        if of_person and data.get("organisation_id"):
            raise ValidationError("个人账号不能填写所属组织", "organisation_id")
        if not of_person and (data.get("person_id") or not data.get("organisation_id")):
            raise ValidationError("组织账号须填写所属组织，且不能填写人员", "organisation_id")


class AccountWithReason(AccountRef):
    reason = Text(2, 200, required=True)


class RequestRole(AccountWithReason):
    role = Choice(Role, required=True)
    scope = Scope()


class GrantRef(InputSchema):
    grant_id = Id(required=True)


class GrantWithReason(GrantRef):
    reason = Text(2, 200, required=True)


class Ids(InputSchema):
    ids = fields.List(Id(), required=True, validate=validate.Length(max=1000, error="一次过多"))


class AccountFilter(InputSchema):
    role = Choice(Role, allow_none=True)
    state = Choice(AccountState, allow_none=True)
    awaits_approval = fields.Bool(allow_none=True)
    search = Text(1, 60, allow_none=True)


class AuditFilter(InputSchema):
    account_id = Id(allow_none=True)
    kind = Choice(SignInEvent, allow_none=True)
    since = When(allow_none=True)
    until = When(allow_none=True)


class _Page(InputSchema):
    first = fields.Int(strict=True, load_default=20)
    after = Text(1, 1000, load_default=None, allow_none=True)


class AccountList(_Page):
    filter = fields.Nested(AccountFilter, load_default=dict)
    order_by = Choice(AccountOrder, load_default=AccountOrder.LOGIN)


class AuditList(_Page):
    filter = fields.Nested(AuditFilter, load_default=dict)


class AccountCount(InputSchema):
    filter = fields.Nested(AccountFilter, load_default=dict)


class AuditCount(InputSchema):
    filter = fields.Nested(AuditFilter, load_default=dict)


class DemoRole(InputSchema):
    role = fields.Str(
        required=True, validate=validate.OneOf(GRANTABLE | ROSTER_ROLES, error="不在可选范围内")
    )
    scope = Scope()


class DemoAccount(InputSchema):
    login = Text(1, 64, required=True)
    password = Secret(required=True)
    phone = _phone()
    label = Text(1, 60, required=True)
    roles = fields.List(fields.Nested(DemoRole), load_default=list)
    person_id = Id(load_default=None, allow_none=True)
    member_id = Id(load_default=None, allow_none=True)


class DemoAccounts(InputSchema):
    accounts = fields.List(
        fields.Nested(DemoAccount),
        required=True,
        validate=validate.Length(1, MOST_DEMO_ACCOUNTS, error="账号数量不符合要求"),
    )
