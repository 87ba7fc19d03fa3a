"""Reading internal rules and the staff's training: for the staff and the leaders."""

from __future__ import annotations

from services.office.commands import paper_access as access
from services.office.commands.ports import Desk
from services.office.domain.training import add_up
from services.office.queries.shaping import Query, Row, all_of, given
from services.office.schemas import common
from services.office.schemas import library as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids

BY_TITLE = [("title", 1), ("_id", 1)]
BY_END = [("ends_on", -1), ("_id", 1)]


@allow(*access.STAFF)
@query("internalRules", gives="InternalRule")
def list_internal_rules(
    call: Call, desk: Desk, *, filter: form.InternalRuleFilter, first: First, after: After | None
) -> Row:
    """内部管理制度，机关人员可见。Internal rules, for the staff.

    By title.
    """
    found = desk.rules.page(_rules(desk, filter), BY_TITLE, first, after)
    return {**found, "rows": _rule_rows(desk, found["rows"])}


@allow(*access.STAFF)
@query()
def count_internal_rules(call: Call, desk: Desk, *, filter: form.InternalRuleFilter) -> int:
    return desk.rules.count(_rules(desk, filter))


@allow(*Role)
@query(loads="InternalRule")
def internal_rules_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.STAFF:
        return []
    return _rule_rows(desk, desk.rules.rows({"_id": {"$in": ids}}))


def _rules(desk: Desk, filter: form.InternalRuleFilter) -> Query:
    in_force = filter.pop("in_force", False)
    today = desk.clock.now().date().isoformat()
    open_ended = [{"valid_to": None}, {"valid_to": {"$gte": today}}]
    holds = {"versions": {"$elemMatch": {"valid_from": {"$lte": today}, "$or": open_ended}}}
    return all_of(given(filter, {}), holds if in_force else {})


def _rule_rows(desk: Desk, rows: list[Row]) -> list[Row]:
    """With the number of the version that holds today."""
    today = desk.clock.now().date()
    held = {rule.id: rule.in_force(today) for rule in desk.rules.by_ids(row["id"] for row in rows)}
    for row in rows:
        row.pop("files_told")
        version = held.get(row["id"])
        row["in_force_no"] = version.no if version else None
    return rows


@allow(*access.STAFF)
@query("staffTrainings", gives="StaffTraining")
def list_trainings(
    call: Call, desk: Desk, *, filter: form.StaffTrainingFilter, first: First, after: After | None
) -> Row:
    """培训记录，本人只见自己的。Training records; one sees one's own.

    The newest first: all for office and leaders, else own.
    """
    return desk.trainings.page(_trainings(call, filter), BY_END, first, after)


@allow(*access.STAFF)
@query()
def count_trainings(call: Call, desk: Desk, *, filter: form.StaffTrainingFilter) -> int:
    return desk.trainings.count(_trainings(call, filter))


@allow(*Role)
@query(loads="StaffTraining")
def trainings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.STAFF:
        return []
    return desk.trainings.rows(all_of({"_id": {"$in": ids}}, _trainings(call, {})))


@allow(*access.STAFF)
@query("trainingHours", gives="[TrainingHours!]")
def training_hours(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """年度培训学时，本人只见自己的。Hours of a year; one sees one's own.

    Of everyone for the office and the leaders.
    """
    found = desk.trainings.find({"year": year}, BY_END)
    rows = [
        {"account_id": sum_.account_id, "courses": sum_.courses, "hours": sum_.half_hours / 2}
        for sum_ in add_up(found)
    ]
    if call.actor.role in access.ALL:
        return rows
    return [row for row in rows if row["account_id"] == call.actor.account_id]


def _trainings(call: Call, filter: form.StaffTrainingFilter) -> Query:
    own = {} if call.actor.role in access.ALL else {"staff": call.actor.account_id}
    return all_of(own, given(filter, {"account_id": "staff"}))
