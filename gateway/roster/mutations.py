"""Import of a roster: check, then apply."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, Field, Int
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, local_id
from gateway.mutation import command_id_of
from gateway.roster.types import SERVICE, RosterImport
from shared.actor import Role

Row = dict[str, Any]
CALL_SECONDS = 15.0  # a thousand rows are read, understood and stored in one of them


class CheckRosterImport(CommandMutation):
    """检查名册（办公室）：逐行说明将如何办理，不写入。Tell what each row of a roster would do."""

    class Input:
        file = ID(required=True, description="上传的 xlsx 或 CSV。Uploaded xlsx or CSV.")
        term = Int(description="届次，默认本届。Number of the term; the current one unless told.")

    roster_import = Field(RosterImport, description="检查结果。What the check says.")

    @classmethod
    async def mutate_and_get_payload(
        cls,
        root: Any,
        info: GraphQLResolveInfo,
        command_id: str | None = None,
        **input: Any,
    ) -> Row:
        context = info.context
        context.actor.require(Role.OFFICE)
        record, rows = await context.sheets.read(
            context.actor, local_id(input["file"], "File", "file")
        )
        made = await context.call(
            SERVICE,
            "check_roster_import",
            CALL_SECONDS,
            term=input.get("term"),
            file_name=record["name"],
            sha256=record["sha256"],
            rows=rows,
            command_id=command_id_of(command_id),
        )
        return {"roster_import": made}


class ApplyRosterImport(CommandMutation):
    """导入已检查的名册（办公室），进度见 rosterImport。Apply what was checked."""

    class Input:
        import_id = ID(required=True, description="导入编号。Id of the import.")
        skip_errors = Boolean(
            default_value=False, description="跳过有错误的行。Leave out the rows with errors."
        )

    service = SERVICE
    method = "apply_roster_import"
    ids = {"import_id": "RosterImport"}  # noqa: RUF012
    result_field = "roster_import"
    roster_import = Field(RosterImport, description="导入。The import.")


MUTATIONS = [CheckRosterImport, ApplyRosterImport]
