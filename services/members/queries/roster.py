"""The roster's basic data: lists, batches, and who is active."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain import term as terms
from services.members.domain.membership import state_at
from services.members.domain.states import IN_OFFICE, State
from services.members.queries.views import (
    BASIC_FIELDS,
    PUBLIC_FILTERS,
    Reach,
    View,
    needed,
    view_of,
)
from services.members.schemas import roster as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden, InvalidInput
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.audit import AuditKind

Row = dict[str, Any]
SIGNED_IN = tuple(role for role in Role if role is not Role.PUBLIC)


@allow(*Role)
@query("members", gives="Member")
def list_members(
    call: Call,
    desk: Roster,
    *,
    filter: form.MemberFilter,
    order_by: form.OrderBy,
    first: First,
    after: After | None,
    fields: form.Fields | None = None,
) -> Row:
    """委员名册。The roster, as far as the viewer may see it.

    A page; rows as `members_by_ids` gives them. Raises Forbidden for a filter by what the viewer
    does not see.
    """
    view = view_of(call.actor)
    wanted = _wanted(desk, view, filter)
    asked = _asked(fields)
    found = desk.memberships.listed(wanted, order_by, first, after, needed(asked, view))
    rows = [{**_shown(row, view, asked), "cursor": row["cursor"]} for row in found["rows"]]
    return {"rows": rows, "has_next": found["has_next"]}


@allow(*Role)
@query()
def count_members(call: Call, desk: Roster, *, filter: form.MemberFilter) -> int:
    return desk.memberships.count(_wanted(desk, view_of(call.actor), filter))


@allow(*Role)
@query(loads="Member")
def members_by_ids(
    call: Call, desk: Roster, *, ids: Ids, fields: form.Fields | None = None
) -> list[Row]:
    """Rows of the members that the viewer may know of; others are absent.

    fields: names of BASIC_FIELDS, all unless told; a row holds "id" and, of the fields, those
    that the viewer may see. One query, whatever the number of ids.
    """
    view = view_of(call.actor)
    asked = _asked(fields)
    rows = desk.memberships.rows(ids, view.states, needed(asked, view))
    if view.reach is Reach.ALL:
        return rows
    return [_shown(row, view, asked) for row in rows]


@allow(*Role)
@query()
def roster_class(call: Call, desk: Roster) -> str:
    """A key that is the same for all to whom `members_by_ids` shows the same. [Decision 60]"""
    return view_of(call.actor).key


@allow(*SIGNED_IN)
@query(callers=("proposals",))
def active_members(
    call: Call, desk: Roster, *, ids: Ids, at: form.Moment | None = None
) -> list[str]:
    """Those of `ids` that were ACTIVE members of the current term at `at`, now unless told (V5)."""
    moment = at or desk.clock.now()
    term = terms.current(desk.terms.all(), moment)
    if term is None:
        return []
    histories = desk.memberships.histories(ids, term.no)
    return [id for id in ids if state_at(histories.get(id, ()), moment) is State.ACTIVE]


@allow(Role.SYSTEM)
@query(callers=("proposals", "supervision"))
def employed_by(call: Call, desk: Roster, *, ids: Ids, units: form.Units) -> list[str]:
    """Those of `ids` who work for one of the handling units, or for one that became part of it;
    for conflicts of interest (V15).
    """
    wanted = {*units, *desk.organisations.merged_into(units)}
    rows = desk.memberships.rows(ids, frozenset(State), {"work_unit_id"})
    return [row["id"] for row in rows if row.get("work_unit_id") in wanted]


@allow(*MEMBER_ROLES, Role.OFFICE)
@query()
def profile_changes_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """The latest profile change of each member, for the office and of one's own; others and
    members without one are absent.

    Rows: {"id" (of the member), "change_id", "state", "requested_at", "decided_at", "reason",
    "changes"}.
    """
    actor = call.actor
    allowed = ids if actor.role is Role.OFFICE else [id for id in ids if actor.is_self(id)]
    found = desk.memberships.rows(allowed, frozenset(State), {"profile_change"})
    rows = [
        {**row["profile_change"], "change_id": row["profile_change"]["id"], "id": row["id"]}
        for row in found
        if row.get("profile_change")
    ]
    for row in rows:
        desk.audit.record(call, "look_at_profile_change", row["id"], AuditKind.LOOK, of="Member")
    return rows


def _wanted(desk: Roster, view: View, filter: Mapping[str, Any]) -> Row:
    """The query of a list, narrowed to what the view covers."""
    given: Row = {name: value for name, value in filter.items() if value not in (None, [])}
    if view.reach is Reach.PUBLIC and not given.keys() <= PUBLIC_FILTERS:
        raise Forbidden("当前身份不能按此条件筛选委员")
    if given.get("change_pending") and view.role is not Role.OFFICE:
        raise Forbidden("只有办公室可以筛选待确认的资料变更")
    wanted = {
        **given,
        "term": given.get("term", desk.current_no()),
        "states": view.states.intersection(given.get("states", IN_OFFICE)),
    }
    if view.reach is Reach.PUBLIC:
        wanted["text_in"] = "name_words"
    if view.reach is Reach.GROUP:
        wanted["scopes"] = view.scopes
    return wanted


def _asked(fields: Collection[str] | None) -> frozenset[str]:
    """Raises InvalidInput for a field that rows do not have."""
    if fields is None:
        return BASIC_FIELDS
    asked = frozenset(fields)
    if unknown := sorted(asked - BASIC_FIELDS):
        raise InvalidInput(f"没有这些字段：{'、'.join(unknown)}", field="fields")
    return asked


def _shown(row: Row, view: View, asked: frozenset[str]) -> Row:
    seen = asked if view.reach is Reach.ALL else asked & _seen(row, view)
    return {"id": row["id"], **{name: row[name] for name in seen if name in row}}


def _seen(row: Row, view: View) -> frozenset[str]:
    return view.fields_of({"scopes": (), **row})
