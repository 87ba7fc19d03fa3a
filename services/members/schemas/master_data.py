"""Input about organisations, terms and sessions."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.members.domain.organisation import Kind, UnitType
from services.members.schemas.fields import Texts, matching, optional, sector_code
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_SECTORS = 99


class OrganisationFields(InputSchema):
    """Any of them; those left out stay as they are."""

    name = Text(2, 60)
    short_name = Text(1, 20, allow_none=True)
    name_en = Text(1, 120, allow_none=True)
    code = Text(1, 20, allow_none=True)
    sectors = Texts(sector_code(), MOST_SECTORS)
    joint_conference = fields.Bool()


class AddOrganisation(OrganisationFields):
    organisation_id = matching(
        r"^[a-z][a-z0-9-]{2,40}$", "编号由小写字母、数字和横线组成", required=True
    )
    kind = Choice(Kind, required=True)
    name = Text(2, 60, required=True)
    unit_type = optional(Choice, UnitType)

    @validates_schema
    def _unit(self, data: dict[str, Any], **_: Any) -> None:
        if (data["kind"] is Kind.HANDLING_UNIT) != (data.get("unit_type") is not None):
            raise ValidationError("承办单位须注明类别，其他组织机构不填", "unit_type")


class ChangeOrganisation(InputSchema):
    organisation_id = Id(required=True)
    changes = fields.Nested(OrganisationFields, required=True)


class MergeOrganisation(InputSchema):
    organisation_id = Id(required=True)
    into = Id(required=True)


class EndOrganisation(InputSchema):
    organisation_id = Id(required=True)


class OpenTerm(InputSchema):
    no = fields.Int(required=True, strict=True, validate=validate.Range(1, 99, error="应为1至99"))
    starts_on = When(required=True)
    sector_set = Texts(sector_code(), MOST_SECTORS, required=True)

    @validates_schema
    def _some(self, data: dict[str, Any], **_: Any) -> None:
        if not data["sector_set"]:
            raise ValidationError("请选择本届设置的界别", "sector_set")


class ScheduleSession(InputSchema):
    term = optional(fields.Int, strict=True)
    no = fields.Int(required=True, strict=True, validate=validate.Range(1, 20, error="应为1至20"))
    opens_at = When(required=True)
    cut_off_at = When(required=True)
    plenary_from = When(required=True)
    plenary_to = When(required=True)


class CloseTerm(InputSchema):
    no = fields.Int(required=True, strict=True)
