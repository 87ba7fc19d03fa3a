"""What imports of a roster are given. What stands in a cell is for schemas/sheet.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

from marshmallow import ValidationError, fields

from services.members.domain.rows import Action, Outcome
from services.members.schemas.sheet import COLUMNS
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Matching, Number, Text

ROSTER_IMPORT = Answer("roster_import", "RosterImport", "导入。The import.")
MOST_ROWS = 1000
LONGEST_CELL = 1000


def _known(cells: Mapping[str, str]) -> None:
    if unknown := sorted(set(cells) - COLUMNS):
        raise ValidationError(f"没有这些列：{'、'.join(unknown)}")


class SheetLine(TypedDict):
    """表中的一行。One line of the sheet: texts by the keys of COLUMNS."""

    row: Annotated[int, about(Number(2))]
    hidden: NotRequired[Annotated[bool, about(Flag())]]
    cells: Annotated[
        Mapping[str, str],
        about(fields.Dict(keys=fields.Str(), values=Text(0, LONGEST_CELL), validate=_known)),
    ]


class RosterRowFilter(TypedDict, total=False):
    """筛选名册的行。Which rows to list."""

    actions: Annotated[list[Action], about(Many(Choice(Action)), "处理方式。What they would do.")]
    warned: Annotated[bool, about(Flag(), "有无提示。With or without warnings.")]
    outcomes: Annotated[
        list[Outcome], about(Many(Choice(Outcome)), "结果。What has become of them.")
    ]


FileName = Annotated[str, about(Text(1, 255))]
Sha256 = Annotated[str, about(Matching("[0-9a-f]{64}", "应为64位十六进制"))]
Rows = Annotated[list[SheetLine], about(Many(Of(SheetLine), 1, MOST_ROWS))]
ImportId = Annotated[str, about(Id("RosterImport"), "导入编号。Id of the import.")]
SkipErrors = Annotated[
    bool, about(Flag(), "跳过有错误的行。Leave out the rows with errors.", default=False)
]
