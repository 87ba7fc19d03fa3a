"""Reading affairs and annual plans, as far as the viewer may."""

from __future__ import annotations

from services.office.commands import paper_access as access
from services.office.commands.affairs import own_affairs, raised_for, visible_to
from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.affairs import OPEN
from services.office.domain.document_kinds import WorkOrder
from services.office.domain.plans import Item, Plan
from services.office.queries.shaping import BY_DUE, Query, Row, all_of, given, shaped, sought
from services.office.schemas import common
from services.office.schemas import work as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import refer

BY_RAISING = [("raised_at", -1), ("_id", 1)]
ORDERS = {WorkOrder.NEWEST: BY_RAISING, WorkOrder.DUE: BY_DUE}
BY_YEAR = [("year", -1), ("_id", 1)]


@allow(*access.SIGNED_IN)
@query("affairs", gives="Affair")
def list_affairs(
    call: Call,
    desk: Desk,
    *,
    filter: form.AffairFilter,
    order_by: common.OrderBy,
    first: First,
    after: After | None,
) -> Row:
    """可以查看的事项，默认新的在前。Affairs that the viewer may see."""
    found = desk.affairs.page(_affairs(call, filter), ORDERS[order_by], first, after)
    return shaped(found, lambda row: _affair_row(call.actor, row))


@allow(*access.SIGNED_IN)
@query()
def count_affairs(call: Call, desk: Desk, *, filter: form.AffairFilter) -> int:
    return desk.affairs.count(_affairs(call, filter))


@allow(*Role)
@query(loads="Affair")
def affairs_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.SIGNED_IN:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, visible_to(call.actor)]}
    return [_affair_row(call.actor, row) for row in desk.affairs.rows(query)]


def _affairs(call: Call, filter: form.AffairFilter) -> Query:
    mine = filter.pop("mine", False)
    own = own_affairs(call.actor) if mine else {}
    return all_of(visible_to(call.actor), own, sought(filter, OPEN), given(filter, {}))


def _affair_row(actor: Actor, row: Row) -> Row:
    row.pop("due_order", None)
    row["may_work"] = actor.role in access.OFFICES and row["office"] == access.own_office(actor)
    row["mine"] = raised_for(actor, row["raised_by"], row["raised_key"])
    row["trail"] = [refer(step, "office", "from_office") for step in row["trail"]]
    return refer(row, "office")


@allow(*access.SIGNED_IN)
@query("workPlans", gives="WorkPlan")
def list_plans(
    call: Call, desk: Desk, *, filter: form.WorkPlanFilter, first: First, after: After | None
) -> Row:
    """年度工作要点，近的在前。Annual plans, the latest first.

    Before their adoption for the staff only.
    """
    found = desk.plans.page(_plans(call, filter), BY_YEAR, first, after)
    return {**found, "rows": _plan_rows(desk, found["rows"])}


@allow(*access.SIGNED_IN)
@query()
def count_plans(call: Call, desk: Desk, *, filter: form.WorkPlanFilter) -> int:
    return desk.plans.count(_plans(call, filter))


@allow(*Role)
@query(loads="WorkPlan")
def plans_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.SIGNED_IN:
        return []
    query = all_of({"_id": {"$in": ids}}, _plans(call, {}))
    return _plan_rows(desk, desk.plans.rows(query))


@allow(*access.SIGNED_IN)
@query()
def list_plan_traces(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    item: form.ItemCode,
    first: First,
    after: After | None,
) -> Row:
    """A page of the facts behind an item's count, the oldest first.

    Rows: source, event, event_id, subject, title, on.
    """
    return desk.facts.traces(*_traced(call, desk, plan_id, item), first, after)


@allow(*access.SIGNED_IN)
@query()
def count_plan_traces(call: Call, desk: Desk, *, plan_id: form.PlanId, item: form.ItemCode) -> int:
    plan, traced = _traced(call, desk, plan_id, item)
    return desk.facts.count(plan)[traced.code]


def _traced(call: Call, desk: Desk, plan_id: str, item: str) -> tuple[Plan, Item]:
    """Raises PlanNotFound for a plan that the viewer may not see, or an item it lacks."""
    found = desk.plans.find(all_of({"_id": plan_id}, _plans(call, {})), BY_YEAR)
    for plan in found:
        for one in plan.items:
            if one.code == item:
                return plan, one
    raise errors.PlanNotFound("未找到该项任务")


def _plans(call: Call, filter: form.WorkPlanFilter) -> Query:
    seen: Query = {} if call.actor.role in access.STAFF else {"state": {"$ne": "DRAFT"}}
    return all_of(seen, given(filter, {}))


def _plan_rows(desk: Desk, rows: list[Row]) -> list[Row]:
    """With what is counted now, from the facts themselves."""
    plans = {plan.id: plan for plan in desk.plans.by_ids(row["id"] for row in rows)}
    for row in rows:
        done = desk.facts.count(plans[row["id"]])
        row["items"] = [
            {**item, "plan_id": row["id"], "done": done.get(item["code"], 0)}
            for item in row["items"]
        ]
    return rows
