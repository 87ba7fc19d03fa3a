"""An import of a roster and its rows, as the members service reports them."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    labelled,
    paged,
    resolve_page,
)
from gateway.manifests import enum, input_type
from gateway.members.types import Member
from gateway.roster.columns import label_of

SERVICE = "members"
Row = dict[str, Any]

RosterImportState = enum("RosterImportState")
RosterRowAction = enum("RosterRowAction")
RosterRowOutcome = enum("RosterRowOutcome")


class RosterProblem(ObjectType):
    """名册一行的问题。What stands against a row."""

    field = String(description="字段，如 sector。Field, if one is meant.")
    label = String(
        resolver=FromRow(lambda row: label_of(row["field"])),
        description="列名。Heading of the column.",
    )
    code = String(required=True, description="代码，同各项操作的拒绝代码。Code, as of refusals.")
    message = String(required=True, description="中文说明。Message in Chinese.")


class RosterField(ObjectType):
    """名册一行涉及的一列。A column that a row gives or changes."""

    field = String(required=True, description="字段。Name of the field.")
    label = String(description="列名。Heading of the column.")


class RosterImportRow(ObjectType):
    """名册的一行。A row of the roster and what becomes of it."""

    number = Int(required=True, description="表中行号。Line in the sheet.")
    member_no = String(description="委员证号。Member number.")
    name = String(description="姓名，如填写。Name, where the row gives it.")
    action, action_label = labelled(
        RosterRowAction, "处理方式。What it would do.", "action", required=True
    )
    fields = List(
        NonNull(RosterField),
        required=True,
        resolver=FromRow(
            lambda row: [{"field": name, "label": label_of(name)} for name in row["fields"]]
        ),
        description="新增或变更的内容。What is given or changes.",
    )
    problems = List(NonNull(RosterProblem), required=True, description="问题。Problems.")
    warnings = List(
        NonNull(RosterProblem),
        required=True,
        resolver=FromRow(lambda row: row.get("warnings", [])),
        description="提示，不妨碍导入。What somebody should look at; it stops nothing.",
    )
    outcome, outcome_label = labelled(
        RosterRowOutcome, "结果，未办理时为空。Null while it waits.", "outcome"
    )
    member = Field(Member, description="委员，尚不存在时为空。Member; null where there is none.")

    @staticmethod
    async def resolve_member(row: Row, info: GraphQLResolveInfo) -> Row | None:
        id = row["member_id"]
        found: Row | None = await info.context.loaders.members.load(id) if id else None
        return found


RosterImportRowConnection = connection(RosterImportRow)


def _count(kind: str, value: str) -> FromRow:
    return FromRow(lambda row: row[kind].get(value, 0))


class RosterImport(NodeType):
    """名册导入：先检查，后导入。Import of a roster: checked first, then applied."""

    term = Int(required=True, description="届次。Number of the term.")
    file_name = String(required=True, description="文件名。Name of the file.")
    sha256 = String(required=True, description="文件摘要。SHA-256 of the file.")
    state, state_label = labelled(RosterImportState, "状态。State.", required=True)
    skip_errors = Boolean(required=True, description="是否跳过有错误的行。Errors are skipped.")
    total = Int(
        required=True,
        resolver=FromRow(lambda row: sum(row["counts"].values())),
        description="总行数。Number of rows.",
    )
    new_rows = Int(
        required=True, resolver=_count("counts", "NEW"), description="新增行数。New memberships."
    )
    changed_rows = Int(
        required=True, resolver=_count("counts", "CHANGED"), description="变更行数。Changed ones."
    )
    unchanged_rows = Int(
        required=True,
        resolver=_count("counts", "UNCHANGED"),
        description="无变化行数。Unchanged ones.",
    )
    error_rows = Int(
        required=True, resolver=_count("counts", "ERROR"), description="错误行数。With errors."
    )
    done_rows = Int(
        required=True,
        resolver=FromRow(lambda row: sum(row["outcomes"].values())),
        description="已办理行数。Rows that are done, of all.",
    )
    refused_rows = Int(
        required=True,
        resolver=_count("outcomes", "REFUSED"),
        description="因名册已变化而未导入的行数。Not applied, for the roster had changed.",
    )
    checked_at = DateTime(required=True, description="检查时间。When it was checked.")
    applied_at = DateTime(description="开始导入时间。When the import began.")
    finished_at = DateTime(description="完成时间。When all rows were done.")
    rows = paged(
        RosterImportRowConnection,
        "各行，依表中次序。The rows, in the order of the sheet.",
        filter=input_type("RosterRowFilter")(description="筛选。Filter."),
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await find_import(info, id)

    @staticmethod
    def resolve_rows(
        row: Row,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Awaitable[Row]:
        return resolve_page(
            info,
            SERVICE,
            "list_roster_import_rows",
            filter=filter,
            first=first,
            after=after,
            import_id=row["id"],
        )


async def find_import(info: GraphQLResolveInfo, id: str) -> Row | None:
    """Raises NotFound."""
    rows: list[Row] = await info.context.call(SERVICE, "roster_imports_by_ids", ids=[id])
    return rows[0]


TYPES = [RosterImport]
