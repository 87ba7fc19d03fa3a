"""Reading internal rules and the staff's training: for the staff and the leaders."""

from __future__ import annotations

from services.office.commands import paper_access as access
from services.office.commands.paper_ports import Papers
from services.office.domain.training import add_up
from services.office.queries.shaping import Query, Row, all_of, given
from shared.actor import Role, allow
from shared.call import Call

BY_TITLE = [("title", 1), ("_id", 1)]
BY_END = [("ends_on", -1), ("_id", 1)]


@allow(*access.STAFF)
def list_rules(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of internal rules by title; with `in_force` those that hold today."""
    found = desk.rules.page(_rules(desk, filter), BY_TITLE, first, after)
    return {**found, "rows": _rule_rows(desk, found["rows"])}


@allow(*access.STAFF)
def count_rules(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.rules.count(_rules(desk, filter))


@allow(*Role)
def rules_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    if call.actor.role not in access.STAFF:
        return []
    return _rule_rows(desk, desk.rules.rows({"_id": {"$in": ids}}))


def _rules(desk: Papers, filter: Row) -> Query:
    in_force = filter.pop("in_force", False)
    today = desk.clock.now().date().isoformat()
    open_ended = [{"valid_to": None}, {"valid_to": {"$gte": today}}]
    holds = {"versions": {"$elemMatch": {"valid_from": {"$lte": today}, "$or": open_ended}}}
    return all_of(given(filter, {}), holds if in_force else {})


def _rule_rows(desk: Papers, rows: list[Row]) -> list[Row]:
    """With the number of the version that holds today."""
    today = desk.clock.now().date()
    held = {rule.id: rule.in_force(today) for rule in desk.rules.by_ids(row["id"] for row in rows)}
    for row in rows:
        row.pop("files_told")
        version = held.get(row["id"])
        row["in_force_no"] = version.no if version else None
    return rows


@allow(*access.STAFF)
def list_trainings(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of training records, the newest first: all for office and leaders, else own."""
    return desk.trainings.page(_trainings(call, filter), BY_END, first, after)


@allow(*access.STAFF)
def count_trainings(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.trainings.count(_trainings(call, filter))


@allow(*Role)
def trainings_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    if call.actor.role not in access.STAFF:
        return []
    return desk.trainings.rows(all_of({"_id": {"$in": ids}}, _trainings(call, {})))


@allow(*access.STAFF)
def training_hours(call: Call, desk: Papers, *, year: int) -> list[Row]:
    """Hours of the staff in a year: of everyone for the office and the leaders, else one's own."""
    found = desk.trainings.find({"year": year}, BY_END)
    rows = [
        {"account_id": sum_.account_id, "courses": sum_.courses, "hours": sum_.half_hours / 2}
        for sum_ in add_up(found)
    ]
    if call.actor.role in access.ALL:
        return rows
    return [row for row in rows if row["account_id"] == call.actor.account_id]


def _trainings(call: Call, filter: Row) -> Query:
    own = {} if call.actor.role in access.ALL else {"staff": call.actor.account_id}
    return all_of(own, given(filter, {"account_id": "staff"}))
