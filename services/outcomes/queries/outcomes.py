"""Reading files and items: the archive (9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.queries.shaping import FULL, file_row, item_row
from services.outcomes.schemas import lists as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId
from shared.persistence.shaping import NOTHING, between, both, given, shown
from shared.words.searching import query_words

Row = dict[str, Any]
BY_OPENING = [("opened_at", -1), ("_id", 1)]
BY_SENDING = [("sent_at", -1), ("_id", 1)]
OF_FILES = ("source", "year", "state", "organiser")
OF_ITEMS = (
    *("outcome_id", "source", "year", "state", "unit", "kind"),
    *("major", "overdue", "inspect_in"),
)


@allow(*Role)
@query("outcomes", gives="OutcomeFile")
def list_outcomes(
    call: Call, desk: Desk, *, filter: form.OutcomeFilter, first: First, after: After | None
) -> Row:
    """成果采纳反馈档案，新的在前；未登录者仅见公开的。Files, the latest first.

    Visitors see what is public.
    """
    page = desk.files.page(_files(call.actor, desk, filter), BY_OPENING, first, after)
    return shown(page, [file_row(call.actor, row) for row in page["rows"]])


@allow(*Role)
@query()
def count_outcomes(call: Call, desk: Desk, *, filter: form.OutcomeFilter) -> int:
    return desk.files.count(_files(call.actor, desk, filter))


@allow(*Role)
@query(loads="OutcomeFile")
def outcomes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    seen = both({"_id": {"$in": ids}}, access.visible(call.actor))
    return [file_row(call.actor, row) for row in desk.files.rows(seen)]


@allow(*Role)
@query("outcomeItems", gives="OutcomeItem")
def list_items(
    call: Call, desk: Desk, *, filter: form.OutcomeItemFilter, first: First, after: After | None
) -> Row:
    """各条意见及其办理，新的在前；未登录者仅见公开的。Opinion items, the latest first.

    Visitors see what is public.
    """
    page = desk.items.page(_items(call.actor, desk, filter), BY_SENDING, first, after)
    return shown(page, [item_row(call.actor, row) for row in page["rows"]])


@allow(*Role)
@query()
def count_items(call: Call, desk: Desk, *, filter: form.OutcomeItemFilter) -> int:
    return desk.items.count(_items(call.actor, desk, filter))


@allow(*Role)
@query(loads="OutcomeItem")
def items_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    seen = both({"_id": {"$in": ids}}, access.visible(call.actor))
    return [item_row(call.actor, row) for row in desk.items.rows(seen)]


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether it is evidence of an item that the viewer is shown (decision 20); the public sees
    that of items which are public in full."""
    held: Row = {"_id": subject, "files": file_id}
    public = {"openness": FULL} if call.actor.role is Role.PUBLIC else {}
    return desk.items.count(both(held, access.visible(call.actor), public)) > 0


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return sorted(desk.items.held(ids))


def _files(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    asked = {
        **given(filter, *OF_FILES, unit="units"),
        **_sought(desk, filter),
        **between(filter, "opened_at"),
    }
    return both(asked, access.visible(actor), _mine(actor, filter))


def _items(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    asked = {**given(filter, *OF_ITEMS), **_sought(desk, filter)}
    if before := filter.get("due_before"):
        asked["due_at"] = {"$lt": before, "$ne": None}
    return both(asked, access.visible(actor), _mine(actor, filter))


def _sought(desk: Desk, filter: Mapping[str, Any]) -> Row:
    text = filter.get("text")
    return {
        **desk.topics.asked(filter),
        **({"words": {"$all": query_words(text)}} if text else {}),
    }


def _mine(actor: Actor, filter: Mapping[str, Any]) -> Row:
    """One's own suggestions; of an SCPO item its author knows anyway who that is."""
    if not filter.get("mine"):
        return {}
    return {"authors": actor.own} if actor.memberships else NOTHING
