"""The register in bulk: a roster imported, members carried over into a new term."""

from __future__ import annotations

from typing import Any

from services.members.commands import carrying, imports
from services.members.queries import imports as reports
from services.members.schemas import imports as about_imports
from services.members.schemas import members as about_members
from services.members.schemas import reads
from services.members.schemas.sheet import read_row
from services.members.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import every, read, rpc


class Register(Base):
    @rpc
    def check_roster_import(self, call: Call, **payload: Any) -> Row:
        data = about_imports.CheckRosterImport.parse(payload)
        return self._import(
            call, imports.check_roster_import(call, self.deps, **data, read=read_row)
        )

    @rpc
    def apply_roster_import(self, call: Call, **payload: Any) -> Row:
        data = about_imports.ApplyRosterImport.parse(payload)
        return self._import(call, imports.apply_roster_import(call, self.deps, **data))

    @rpc
    def carry_over_members(self, call: Call, **payload: Any) -> list[Row]:
        data = about_members.CarryOver.parse(payload)
        return carrying.carry_over_members(call, self.deps, **data)

    @every(seconds=1)
    def work_on_imports(self) -> None:
        imports.work_on_imports(Call.system(self.name), self.deps)

    @read
    def roster_imports_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reports.roster_imports_by_ids(call, self.deps, **reads.batch(payload))

    @read
    def list_roster_import_rows(self, call: Call, **payload: Any) -> Row:
        data = about_imports.ListRosterImportRows.parse(payload)
        return reports.list_roster_import_rows(call, self.deps, **data)

    @read
    def count_roster_import_rows(self, call: Call, **payload: Any) -> int:
        data = about_imports.CountRosterImportRows.parse(payload)
        return reports.count_roster_import_rows(call, self.deps, **data)

    def _import(self, call: Call, import_id: str) -> Row:
        [row] = reports.roster_imports_by_ids(call, self.deps, ids=[import_id])
        return row
