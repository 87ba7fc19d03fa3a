"""Input of imports. What stands in a cell is for schemas/sheet.py to understand."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.members.domain.rows import Action, Outcome
from services.members.schemas.fields import matching, optional
from services.members.schemas.sheet import COLUMNS
from shared.schemas import Choice, Id, InputSchema, Text

MOST_ROWS = 1000
LONGEST_CELL = 1000


class ImportedCells(InputSchema):
    """One line of the sheet: texts by the keys of COLUMNS."""

    row = fields.Int(required=True, strict=True, validate=validate.Range(2, error="应从2开始"))
    cells = fields.Dict(keys=fields.Str(), values=Text(0, LONGEST_CELL), required=True)

    @validates_schema
    def _known(self, data: dict[str, Any], **_: Any) -> None:
        if unknown := sorted(set(data["cells"]) - COLUMNS):
            raise ValidationError(f"没有这些列：{'、'.join(unknown)}", "cells")


class CheckRosterImport(InputSchema):
    term = optional(fields.Int, strict=True)
    file_name = Text(1, 255, required=True)
    sha256 = matching(r"^[0-9a-f]{64}$", "应为64位十六进制", required=True)
    rows = fields.List(
        fields.Nested(ImportedCells),
        required=True,
        validate=validate.Length(1, MOST_ROWS, error=f"应为1至{MOST_ROWS}行"),
    )


class ApplyRosterImport(InputSchema):
    import_id = Id(required=True)
    skip_errors = fields.Bool(load_default=False)


class ImportRowFilter(InputSchema):
    actions = fields.List(Choice(Action), load_default=list)
    outcomes = fields.List(Choice(Outcome), load_default=list)


class CountRosterImportRows(InputSchema):
    import_id = Id(required=True)
    filter = fields.Nested(ImportRowFilter, load_default=dict)


class ListRosterImportRows(CountRosterImportRows):
    first = fields.Int(strict=True, load_default=20)
    after = optional(Text, 1, 1000)
