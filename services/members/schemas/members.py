"""Input of nominations, profiles, states and posts."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.members.domain.membership import JoinedVia
from services.members.domain.person import FACTS
from services.members.domain.placement import Affiliation
from services.members.domain.posts import Post, PostKind
from services.members.schemas.fields import Day, Texts, matching, optional, sector_code
from shared.schemas import Choice, Id, InputSchema, Text, When

GENDERS = ("MALE", "FEMALE")
MEMBER_NO, MEMBER_NO_SAID = r"^\d{1,2}-\d{4}$", "委员证号格式应为 15-0088"
MOST_COMMITTEES_SENT = 10  # how many fit, the domain says
ID_NUMBER_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_NUMBER_CHECKS = "10X98765432"


class Profile(InputSchema):
    """Any of the fields of a member; those left out stay as they are."""

    name = Text(1, 40)
    gender = fields.Str(validate=validate.OneOf(GENDERS, error="不在可选范围内"))
    ethnic_group = Text(1, 20, allow_none=True)
    birth_date = Day(allow_none=True)
    phone = matching(r"^1\d{10}$", "手机号应为11位数字", allow_none=True)
    wechat_openid = Text(1, 64, allow_none=True)
    religion = Text(1, 20, allow_none=True)
    sector = sector_code()
    sector_group = Id(allow_none=True)
    committees = Texts(Id(), MOST_COMMITTEES_SENT)
    town = Id(allow_none=True)
    affiliation = Choice(Affiliation)
    work_unit = Text(0, 80, allow_none=True)
    work_unit_id = Id(allow_none=True)
    title = Text(0, 80, allow_none=True)
    inside_system = fields.Bool(allow_none=True)
    overseas = fields.Bool()
    skills = Texts(Text(1, 20), 20)
    terms_served = fields.Int(strict=True, validate=validate.Range(1, 20, error="应为1至20"))
    not_scored = fields.Bool()


class NominateMember(Profile):
    """Of a known person (`person_id`), or with the facts of a new one."""

    member_no = matching(MEMBER_NO, MEMBER_NO_SAID, required=True)
    term = fields.Int(strict=True, allow_none=True)
    person_id = Id(allow_none=True)
    sector = sector_code(required=True)
    affiliation = Choice(Affiliation, required=True)

    @validates_schema
    def _one_person(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("person_id"):
            problems = {name: ["已有人员，不需重填"] for name in FACTS if name in data}
        else:
            problems = {name: ["此项必填"] for name in ("name", "gender") if name not in data}
        if problems:
            raise ValidationError(problems)


class ChangeProfile(InputSchema):
    member_id = Id(required=True)
    changes = fields.Nested(Profile, required=True)


class RequestProfileChange(InputSchema):
    member_id = optional(Id)
    changes = fields.Nested(Profile, required=True)


class WithdrawProfileChange(InputSchema):
    member_id = optional(Id)
    change_id = Id(required=True)


class ConfirmProfileChange(InputSchema):
    member_id = Id(required=True)
    change_id = Id(required=True)


class RefuseProfileChange(ConfirmProfileChange):
    reason = Text(2, 200, required=True)


class RecordIdNumber(InputSchema):
    person_id = Id(required=True)
    id_number = fields.Str(required=True)

    @validates_schema
    def _checked(self, data: dict[str, Any], **_: Any) -> None:
        """GB 11643: seventeen digits and a check character."""
        number = data["id_number"]
        if not re.fullmatch(r"\d{17}[\dX]", number) or _check_character(number) != number[-1]:
            raise ValidationError("身份证号不正确", "id_number")


def _check_character(number: str) -> str:
    total = sum(w * int(d) for w, d in zip(ID_NUMBER_WEIGHTS, number[:-1], strict=True))
    return ID_NUMBER_CHECKS[total % 11]


class MemberRef(InputSchema):
    member_id = Id(required=True)


class AppointMember(MemberRef):
    joined_via = Choice(JoinedVia, required=True)
    joined_on = optional(When)


class CarriedOver(MemberRef):
    member_no = optional(
        fields.Str,
        validate=validate.Regexp(r"^\d{1,2}-\d{4}$", error="委员证号格式应为 15-0088"),
    )
    sector = sector_code(load_default=None, allow_none=True)


class CarryOver(InputSchema):
    term = fields.Int(strict=True, required=True)
    members = fields.List(
        fields.Nested(CarriedOver),
        required=True,
        validate=validate.Length(1, 100, error="一次1至100人"),
    )
    appoint = fields.Bool(load_default=False)


class Reason(MemberRef):
    reason = Text(2, 200, required=True)


class ReasonAndDocument(Reason):
    document_no = optional(Text, 2, 80)


class RevokeMember(Reason):
    document_no = Text(2, 80, required=True)


class DecideRemovalReview(InputSchema):
    review_id = Id(required=True)
    removed = fields.Bool(required=True)
    reason = Text(2, 200, required=True)
    document_no = optional(Text, 2, 80)


class ReinstateMember(MemberRef):
    reason = optional(Text, 2, 200)


class RecordDeath(MemberRef):
    died_on = fields.Date(required=True)


class HeldPost(InputSchema):
    post = Choice(PostKind, required=True)
    organisation = optional(Id)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Post:
        return Post(data["post"], data["organisation"])


class ChangePost(MemberRef):
    posts = fields.List(
        fields.Nested(HeldPost),
        required=True,
        validate=validate.Length(max=10, error="最多10项"),
    )
