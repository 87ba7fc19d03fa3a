"""Reports of imports, for the office."""

from __future__ import annotations

from typing import Any

from services.members.commands.ports import Roster
from services.members.domain.imports import RosterImport
from services.members.schemas import imports as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids

Row = dict[str, Any]


@allow(Role.OFFICE)
@query(loads="RosterImport")
def roster_imports_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """Rows: id, term, file_name, sha256, state, skip_errors, counts and outcomes (by action and
    by outcome), checked_at, applied_at, finished_at; raises ImportNotFound.
    """
    return [_row(desk, desk.imports.get(id)) for id in ids]


@allow(Role.OFFICE)
@query()
def list_roster_import_rows(
    call: Call,
    desk: Roster,
    *,
    import_id: form.ImportId,
    filter: form.RosterRowFilter,
    first: First,
    after: After | None,
) -> Row:
    """A page in the order of the sheet: number, member_no, name, member_id, action, fields,
    problems and warnings (code, field, message), outcome. Raises ImportNotFound.
    """
    desk.imports.get(import_id)
    return desk.imports.rows(filter, import_id, first, after)


@allow(Role.OFFICE)
@query()
def count_roster_import_rows(
    call: Call, desk: Roster, *, import_id: form.ImportId, filter: form.RosterRowFilter
) -> int:
    return desk.imports.count_rows(filter, import_id)


def _row(desk: Roster, made: RosterImport) -> Row:
    return {
        "id": made.id,
        "term": made.term,
        "file_name": made.file_name,
        "sha256": made.sha256,
        "state": made.state,
        "skip_errors": made.skip_errors,
        "counts": dict(made.counts),
        "outcomes": desk.imports.outcomes(made.id),
        "checked_at": made.checked_at,
        "applied_at": made.applied_at,
        "finished_at": made.finished_at,
    }
