"""Reports of imports, for the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain.imports import RosterImport
from shared.actor import Role, allow
from shared.call import Call

Row = dict[str, Any]


@allow(Role.OFFICE)
def roster_imports_by_ids(call: Call, roster: Roster, *, ids: Sequence[str]) -> list[Row]:
    """Rows: id, term, file_name, sha256, state, skip_errors, counts and outcomes (by action and
    by outcome), checked_at, applied_at, finished_at; raises ImportNotFound."""
    return [_row(roster, roster.imports.get(id)) for id in ids]


@allow(Role.OFFICE)
def list_roster_import_rows(
    call: Call,
    roster: Roster,
    *,
    import_id: str,
    filter: Mapping[str, Any],
    first: int,
    after: str | None,
) -> Row:
    """A page in the order of the sheet: number, member_no, name, member_id, action, fields,
    problems (code, field, message), outcome. filter: actions, outcomes. Raises ImportNotFound."""
    roster.imports.get(import_id)
    return roster.imports.rows(filter, import_id, first, after)


@allow(Role.OFFICE)
def count_roster_import_rows(
    call: Call, roster: Roster, *, import_id: str, filter: Mapping[str, Any]
) -> int:
    return roster.imports.count_rows(filter, import_id)


def _row(roster: Roster, made: RosterImport) -> Row:
    return {
        "id": made.id,
        "term": made.term,
        "file_name": made.file_name,
        "sha256": made.sha256,
        "state": made.state,
        "skip_errors": made.skip_errors,
        "counts": dict(made.counts),
        "outcomes": roster.imports.outcomes(made.id),
        "checked_at": made.checked_at,
        "applied_at": made.applied_at,
        "finished_at": made.finished_at,
    }
