"""Work across cases: shares of units, promises, and each unit's board (8.1, 8.8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk
from services.proposals.domain.tallying import Audience, Grouping, term_of
from services.proposals.queries import parts
from services.proposals.schemas import common
from services.proposals.schemas import worklists as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.days import day_of
from shared.operations import query
from shared.operations.arguments import First

Row = dict[str, Any]
SHARES, PROMISES = "shares", "promises"
BLANK = {
    **{"open": 0, "due_soon": 0, "overdue": 0, "return_asked": 0, "extension_asked": 0},
    **{"urged": 0, "dissatisfied": 0, "promises_due": 0},
}
# Returns, extensions and opinions are among these; units see their own part alone.
CONCERNED = tuple(access.PRO | access.UNITS | {Role.SUPERVISING_OFFICE})
# Promises are read with the cases that hold them.
READERS = tuple(access.READS_ALL_FILED | access.UNITS)


@allow(*CONCERNED)
@query("assignments", gives="UnitAssignment")
def list_assignments(
    call: Call,
    desk: Desk,
    *,
    filter: form.AssignmentFilter,
    order_by: form.OrderBy,
    first: First,
    after: common.After | None,
) -> Row:
    """各案的承办件，每单位一条，不含已退办的；承办单位只看本单位的。Shares of units across cases.

    A page of {"rows", "has_next"}; without those that were handed back.
    """
    found = desk.worklists.page(SHARES, _shares(call, desk, filter), order_by, first, after)
    viewer = parts.viewer_of(call.actor, {})
    rows = parts.NARROWED["assignments"](found["rows"], viewer, call.actor)
    return {**found, "rows": rows}


@allow(*CONCERNED)
@query()
def count_assignments(call: Call, desk: Desk, *, filter: form.AssignmentFilter) -> int:
    return desk.worklists.count(SHARES, _shares(call, desk, filter))


@allow(*READERS)
@query("commitments", gives="UnitCommitment")
def list_commitments(
    call: Call,
    desk: Desk,
    *,
    filter: form.CommitmentFilter,
    order_by: form.OrderBy,
    first: First,
    after: common.After | None,
) -> Row:
    """各案的承诺；承办单位只看本单位的。Promises across cases.

    A page of {"rows", "has_next"}.
    """
    return desk.worklists.page(PROMISES, _promises(call, filter), order_by, first, after)


@allow(*READERS)
@query()
def count_commitments(call: Call, desk: Desk, *, filter: form.CommitmentFilter) -> int:
    return desk.worklists.count(PROMISES, _promises(call, filter))


@allow(*CONCERNED)
@query("unitBoard", gives="[UnitBoard!]")
def unit_board(
    call: Call, desk: Desk, *, days: form.Soon, term: form.BoardTerm | None
) -> list[Row]:
    """各承办单位的待办概况；承办单位只看本单位的。What waits at each unit.

    A row for each unit with anything in it. `dissatisfied` counts what was closed in the term with
    this result, as the figures do, which know no grade before closing (V20).
    """
    at = desk.clock.now()
    own = _own(call.actor)
    until = day_of(at) + timedelta(days=days + 1)
    boards = desk.worklists.board(own, day_of(at), until)
    period = term_of(term or desk.directory.session_at(at).term)
    for row in desk.tallies.rows(period, Audience.ALL, Grouping.UNIT, own.get("unit")):
        bad = row["counts"].get("result_dissatisfied")
        if bad and _of_side(desk, row["key"], access.own_side(call.actor)):
            boards.setdefault(row["key"], {})["dissatisfied"] = bad
    return [{"unit": unit, **BLANK, **boards[unit]} for unit in sorted(boards)]


def _of_side(desk: Desk, unit: str, own: str | None) -> bool:
    return own is None or desk.directory.side_of(unit) in (own, None)


def _own(actor: Actor) -> Row:
    """A unit's own rows; those of its side, or of none, for an office that has one (decision 45);
    all for the other offices."""
    if actor.role in access.UNITS:
        return {"unit": actor.scope.get("unit") or ""}
    side = access.own_side(actor)
    return {"side": {"$in": [side, None]}} if side else {}


def _asked(call: Call, filter: Mapping[str, Any]) -> list[Row]:
    clauses = [_own(call.actor)]
    if call.actor.former:
        clauses.append(access.NOTHING)
    if "unit_id" in filter:
        clauses.append({"unit": filter["unit_id"]})
    if "side" in filter:
        clauses.append({"side": filter["side"].value})
    return clauses


def _shares(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    clauses = _asked(call, filter)
    if filter.get("states"):
        clauses.append({"state": {"$in": [state.value for state in filter["states"]]}})
    if "late" in filter:
        clauses.append(_due(desk.clock.now(), late=filter["late"]))
    if "due_before" in filter:
        clauses.append({"open": True, "due_at": {"$lt": filter["due_before"]}})
    for name in ("extension_open", "return_open", "term"):
        if name in filter:
            clauses.append({name: filter[name]})
    return {"$and": clauses}


def _due(at: datetime, *, late: bool) -> Row:
    """Decision 66: what was due on a day before is late."""
    return {"open": True, "due_at": {"$lt" if late else "$gte": day_of(at)}}


def _promises(call: Call, filter: Mapping[str, Any]) -> Row:
    clauses = _asked(call, filter)
    if "status" in filter:
        clauses.append({"status": filter["status"].value})
    if "due_before" in filter:
        clauses.append({"unsettled": True, "due_on": {"$lt": filter["due_before"].isoformat()}})
    if "claimed" in filter:
        clauses.append({"claimed": filter["claimed"]})
    return {"$and": clauses}
