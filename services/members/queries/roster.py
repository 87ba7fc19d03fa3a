"""The roster's basic data: lists, batches, and who is active."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
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
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden, InvalidInput

Row = dict[str, Any]
SIGNED_IN = tuple(role for role in Role if role is not Role.PUBLIC)


@allow(*Role)
def list_members(
    call: Call,
    roster: Roster,
    *,
    filter: Mapping[str, Any],
    order_by: str,
    first: int,
    after: str | None,
    fields: Collection[str] | None = None,
) -> Row:
    """A page of the roster as far as the viewer sees it; rows as `members_by_ids` gives them.

    filter: term (the current one unless told), sector, sector_group, committee, town, party,
    post, state (in office unless told), text, change_pending. Raises Forbidden for a filter by
    what the viewer does not see.
    """
    view = view_of(call.actor)
    wanted = _wanted(roster, view, filter)
    asked = _asked(fields)
    found = roster.memberships.listed(wanted, order_by, first, after, needed(asked, view))
    rows = [{**_shown(row, view, asked), "cursor": row["cursor"]} for row in found["rows"]]
    return {"rows": rows, "has_next": found["has_next"]}


@allow(*Role)
def count_members(call: Call, roster: Roster, *, filter: Mapping[str, Any]) -> int:
    return roster.memberships.count(_wanted(roster, view_of(call.actor), filter))


@allow(*Role)
def members_by_ids(
    call: Call, roster: Roster, *, ids: Sequence[str], fields: Collection[str] | None = None
) -> list[Row]:
    """Rows of the members that the viewer may know of; others are absent.

    fields: names of BASIC_FIELDS, all unless told; a row holds "id" and, of the fields, those
    that the viewer may see. One query, whatever the number of ids.
    """
    view = view_of(call.actor)
    asked = _asked(fields)
    rows = roster.memberships.rows(ids, view.states, needed(asked, view))
    if view.reach is Reach.ALL:
        return rows
    return [_shown(row, view, asked) for row in rows]


@allow(*SIGNED_IN)
def active_members(
    call: Call, roster: Roster, *, ids: Sequence[str], at: datetime | None = None
) -> list[str]:
    """Those of `ids` that were ACTIVE members of the current term at `at`, now unless told (V5)."""
    moment = at or roster.clock.now()
    term = terms.current(roster.terms.all(), moment)
    if term is None:
        return []
    histories = roster.memberships.histories(ids, term.no)
    return [id for id in ids if state_at(histories.get(id, ()), moment) is State.ACTIVE]


@allow(Role.SYSTEM)
def employed_by(
    call: Call, roster: Roster, *, ids: Sequence[str], units: Sequence[str]
) -> list[str]:
    """Those of `ids` who work for one of the handling units, or for one that became part of it;
    for conflicts of interest (V15)."""
    wanted = {*units, *roster.organisations.merged_into(units)}
    rows = roster.memberships.rows(ids, frozenset(State), {"work_unit_id"})
    return [row["id"] for row in rows if row.get("work_unit_id") in wanted]


@allow(*MEMBER_ROLES, Role.OFFICE)
def profile_changes_by_ids(call: Call, roster: Roster, *, ids: Sequence[str]) -> list[Row]:
    """The latest profile change of each member, for the office and of one's own; others and
    members without one are absent.

    Rows: {"id" (of the member), "change_id", "state", "requested_at", "decided_at", "reason",
    "changes"}.
    """
    actor = call.actor
    allowed = ids if actor.role is Role.OFFICE else [id for id in ids if id == actor.member_id]
    found = roster.memberships.rows(allowed, frozenset(State), {"profile_change"})
    rows = [
        {**row["profile_change"], "change_id": row["profile_change"]["id"], "id": row["id"]}
        for row in found
        if row.get("profile_change")
    ]
    for row in rows:
        roster.audit.record(call, "look_at_profile_change", row["id"])
    return rows


def _wanted(roster: Roster, view: View, filter: Mapping[str, Any]) -> Row:
    """The query of a list, narrowed to what the view covers."""
    given = {name: value for name, value in filter.items() if value not in (None, [])}
    if view.reach is Reach.PUBLIC and not given.keys() <= PUBLIC_FILTERS:
        raise Forbidden("当前身份不能按此条件筛选委员")
    if given.get("change_pending") and view.role is not Role.OFFICE:
        raise Forbidden("只有办公室可以筛选待确认的资料变更")
    wanted = {
        **given,
        "term": given.get("term", roster.current_no()),
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
