"""Reading documents, affairs, plans, rules and training, as far as the viewer may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.office.commands import paper_access as access
from services.office.commands.affairs import visible_to
from services.office.commands.paper_ports import Papers
from services.office.domain import document_errors as errors
from services.office.domain.plans import Item, Plan
from services.office.domain.training import add_up
from shared.actor import Actor, Role, allow
from shared.call import Call

Row = dict[str, Any]
Query = dict[str, Any]

BY_DRAFT = [("drafted_at", -1), ("_id", 1)]
BY_RECEIPT = [("signed_for_at", -1), ("_id", 1)]
BY_RAISING = [("raised_at", -1), ("_id", 1)]
BY_YEAR = [("year", -1), ("_id", 1)]
BY_TITLE = [("title", 1), ("_id", 1)]
BY_END = [("ends_on", -1), ("_id", 1)]
STAFF = (*access.OFFICES, Role.SECRETARY_GENERAL, Role.CHAIR_COUNCIL)


# -- outgoing ------------------------------------------------------------------------------------


@allow(*access.READERS)
def list_outgoing(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of the outgoing documents that the viewer may see, the newest first."""
    found = desk.outgoing.page(_outgoing(call, desk, filter), BY_DRAFT, first, after)
    return _with(found, lambda row: _outgoing_row(call.actor, desk, row))


@allow(*access.READERS)
def count_outgoing(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.outgoing.count(_outgoing(call, desk, filter))


@allow(*Role)
def outgoing_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.READERS:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, access.sees_outgoing(call.actor, desk)]}
    return [_outgoing_row(call.actor, desk, row) for row in desk.outgoing.rows(query)]


def _outgoing(call: Call, desk: Papers, filter: Row) -> Query:
    names = {"year": "number_year", "recipient": "recipients"}
    return _all(access.sees_outgoing(call.actor, desk), _given(filter, names))


def _outgoing_row(actor: Actor, desk: Papers, row: Row) -> Row:
    """Its way through the office is for those who work on it; a recipient sees own receipts."""
    row.pop("files_told", None)
    own = access.own_organisations(actor, desk)
    row["own_receipt_at"] = _own_receipt(row, own)
    works = actor.role in access.ALL or (row["drafted_for"] and row["drafted_for"] in own)
    if not works:
        row["trail"] = []
        row["receipts"] = [r for r in row["receipts"] if r["organisation"] in own]
    row["receipts"] = [_named(receipt, "organisation") for receipt in row["receipts"]]
    return _named(row, "drafted_for")


def _own_receipt(row: Row, own: list[str]) -> datetime | None:
    return next((r["at"] for r in row["receipts"] if r["organisation"] in own), None)


# -- incoming ------------------------------------------------------------------------------------


@allow(*access.READERS)
def list_incoming(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of the incoming documents that the viewer may see, the newest first."""
    found = desk.incoming.page(_incoming(call, filter), BY_RECEIPT, first, after)
    return _with(found, lambda row: _incoming_row(call.actor, row))


@allow(*access.READERS)
def count_incoming(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.incoming.count(_incoming(call, filter))


@allow(*Role)
def incoming_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.READERS:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, access.sees_incoming(call.actor)]}
    return [_incoming_row(call.actor, row) for row in desk.incoming.rows(query)]


def _incoming(call: Call, filter: Row) -> Query:
    unread = filter.pop("unread", False)
    clauses = [access.sees_incoming(call.actor), _given(filter, {})]
    if unread:
        mine = {"key": {"$in": access.keys_of(call.actor)}, "read_at": None}
        clauses.append({"readers": {"$elemMatch": mine}})
    return _all(*clauses)


def _incoming_row(actor: Actor, row: Row) -> Row:
    """Who else has read it is for the office and the leaders."""
    row.pop("files_told", None)
    keys = access.keys_of(actor)
    own = [reader for reader in row["readers"] if reader["key"] in keys]
    row["own_read_at"] = own[0]["read_at"] if own else None
    row["to_read"] = any(reader["read_at"] is None for reader in own)
    if actor.role not in access.ALL:
        row["readers"] = own
    row["readers"] = [_reader(reader) for reader in row["readers"]]
    return _named(row, "sender", "handler")


def _reader(row: Row) -> Row:
    """With the member or the account that its key names."""
    kind, _, id = row["key"].partition(":")
    return {**row, "member_id": None, "account_id": None, f"{kind}_id": id}


# -- affairs -------------------------------------------------------------------------------------


@allow(*access.SIGNED_IN)
def list_affairs(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of the affairs that the viewer may see, the newest first."""
    found = desk.affairs.page(_affairs(call, filter), BY_RAISING, first, after)
    return _with(found, lambda row: _affair_row(call.actor, row))


@allow(*access.SIGNED_IN)
def count_affairs(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.affairs.count(_affairs(call, filter))


@allow(*Role)
def affairs_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.SIGNED_IN:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, visible_to(call.actor)]}
    return [_affair_row(call.actor, row) for row in desk.affairs.rows(query)]


def _affairs(call: Call, filter: Row) -> Query:
    mine = filter.pop("mine", False)
    own = {"raised_by": call.actor.account_id} if mine else {}
    return _all(visible_to(call.actor), own, _given(filter, {}))


def _affair_row(actor: Actor, row: Row) -> Row:
    row["may_work"] = actor.role in access.OFFICES and row["office"] == access.own_office(actor)
    row["mine"] = row["raised_by"] == actor.account_id
    row["trail"] = [_named(step, "office", "from_office") for step in row["trail"]]
    return _named(row, "office")


# -- plans ---------------------------------------------------------------------------------------


@allow(*access.SIGNED_IN)
def list_plans(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of the annual plans, the newest first; before their adoption for the staff only."""
    found = desk.plans.page(_plans(call, filter), BY_YEAR, first, after)
    return {**found, "rows": _plan_rows(desk, found["rows"])}


@allow(*access.SIGNED_IN)
def count_plans(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.plans.count(_plans(call, filter))


@allow(*Role)
def plans_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.SIGNED_IN:
        return []
    query = _all({"_id": {"$in": ids}}, _plans(call, {}))
    return _plan_rows(desk, desk.plans.rows(query))


@allow(*access.SIGNED_IN)
def list_plan_traces(
    call: Call, desk: Papers, *, filter: Row, first: int, after: str | None
) -> Row:
    """A page of the facts behind an item's count, the oldest first.

    filter: plan_id, item (its code). Rows: source, event, event_id, subject, title, on.
    """
    return desk.facts.traces(*_traced(call, desk, **filter), first, after)


@allow(*access.SIGNED_IN)
def count_plan_traces(call: Call, desk: Papers, *, filter: Row) -> int:
    plan, item = _traced(call, desk, **filter)
    return desk.facts.count(plan)[item.code]


def _traced(call: Call, desk: Papers, plan_id: str, item: str) -> tuple[Plan, Item]:
    """Raises PlanNotFound for a plan that the viewer may not see, or an item it lacks."""
    found = desk.plans.find(_all({"_id": plan_id}, _plans(call, {})), BY_YEAR)
    for plan in found:
        for one in plan.items:
            if one.code == item:
                return plan, one
    raise errors.PlanNotFound("未找到该项任务")


def _plans(call: Call, filter: Row) -> Query:
    seen: Query = {} if call.actor.role in STAFF else {"state": {"$ne": "DRAFT"}}
    return _all(seen, _given(filter, {}))


def _plan_rows(desk: Papers, rows: list[Row]) -> list[Row]:
    """With what is counted now, from the facts themselves."""
    plans = {plan.id: plan for plan in desk.plans.by_ids(row["id"] for row in rows)}
    for row in rows:
        done = desk.facts.count(plans[row["id"]])
        row["items"] = [
            {**item, "plan_id": row["id"], "done": done.get(item["code"], 0)}
            for item in row["items"]
        ]
    return rows


# -- rules and training --------------------------------------------------------------------------


@allow(*STAFF)
def list_rules(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of internal rules by title; with `in_force` those that hold today."""
    found = desk.rules.page(_rules(desk, filter), BY_TITLE, first, after)
    return {**found, "rows": _rule_rows(desk, found["rows"])}


@allow(*STAFF)
def count_rules(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.rules.count(_rules(desk, filter))


@allow(*Role)
def rules_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    if call.actor.role not in STAFF:
        return []
    return _rule_rows(desk, desk.rules.rows({"_id": {"$in": ids}}))


def _rules(desk: Papers, filter: Row) -> Query:
    in_force = filter.pop("in_force", False)
    today = desk.clock.now().date().isoformat()
    open_ended = [{"valid_to": None}, {"valid_to": {"$gte": today}}]
    holds = {"versions": {"$elemMatch": {"valid_from": {"$lte": today}, "$or": open_ended}}}
    return _all(_given(filter, {}), holds if in_force else {})


def _rule_rows(desk: Papers, rows: list[Row]) -> list[Row]:
    """With the number of the version that holds today."""
    today = desk.clock.now().date()
    held = {rule.id: rule.in_force(today) for rule in desk.rules.by_ids(row["id"] for row in rows)}
    for row in rows:
        row.pop("files_told")
        version = held.get(row["id"])
        row["in_force_no"] = version.no if version else None
    return rows


@allow(*STAFF)
def list_trainings(call: Call, desk: Papers, *, filter: Row, first: int, after: str | None) -> Row:
    """A page of training records, the newest first: all for office and leaders, else own."""
    return desk.trainings.page(_trainings(call, filter), BY_END, first, after)


@allow(*STAFF)
def count_trainings(call: Call, desk: Papers, *, filter: Row) -> int:
    return desk.trainings.count(_trainings(call, filter))


@allow(*Role)
def trainings_by_ids(call: Call, desk: Papers, *, ids: list[str]) -> list[Row]:
    if call.actor.role not in STAFF:
        return []
    return desk.trainings.rows(_all({"_id": {"$in": ids}}, _trainings(call, {})))


@allow(*STAFF)
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
    return _all(own, _given(filter, {"account_id": "staff"}))


# -- files ---------------------------------------------------------------------------------------


def may_read_paper(call: Call, desk: Papers, file_id: str, subject: str) -> bool:
    """Whether the file is in a document or rule that the viewer may see (decision 20)."""
    named = [{"_id": subject}, {"files_told": file_id}]
    if call.actor.role in access.READERS:
        outgoing = _all(*named, access.sees_outgoing(call.actor, desk))
        incoming = _all(*named, access.sees_incoming(call.actor))
        if desk.outgoing.count(outgoing) or desk.incoming.count(incoming):
            return True
    return call.actor.role in STAFF and desk.rules.count(_all(*named)) > 0


def held_papers(desk: Papers, ids: list[str]) -> set[str]:
    return desk.outgoing.held(ids) | desk.incoming.held(ids) | desk.rules.held(ids)


def _given(filter: Mapping[str, Any], renamed: Mapping[str, str]) -> Query:
    values = {renamed.get(name, name): value for name, value in filter.items()}
    return {name: value for name, value in values.items() if value is not None}


def _all(*clauses: Query) -> Query:
    """Every clause holds; empty ones ask for nothing."""
    asked = [clause for clause in clauses if clause]
    return {"$and": asked} if asked else {}


def _named(row: Row, *fields: str) -> Row:
    """With organisations under `…_id`, where a reference looks for them."""
    moved = {f"{name}_id": row[name] for name in fields}
    return {**{name: value for name, value in row.items() if name not in fields}, **moved}


def _with(found: Row, shape: Callable[[Row], Row]) -> Row:
    return {**found, "rows": [shape(row) for row in found["rows"]]}
