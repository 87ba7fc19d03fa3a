"""Reading Members' Homes: what hangs on the wall is public, visitors are not."""

from __future__ import annotations

from datetime import datetime

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.commands.receptions import count_look, dashed, normal
from services.liaison.domain.homes import DutyState, HomeState
from services.liaison.domain.receptions import SHOWN
from services.liaison.schemas import common
from services.liaison.schemas import homes as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import query
from shared.operations.arguments import After, First, Ids, LatestFirst
from shared.organisers import organisation_of
from shared.persistence.shaping import (
    NOTHING,
    Row,
    between,
    both,
    given,
    refer,
    shown,
    turned,
    without,
)

BY_TOWN = [("town", 1), ("_id", 1)]
BY_DAY = [("on", -1), ("_id", 1)]
NEWEST = [("at", -1), ("_id", 1)]
LATEST_BOOKINGS = [("starts_at", -1), ("_id", 1)]
PUBLIC = [HomeState.OPEN.value, HomeState.SUSPENDED.value]
READS_RECEPTIONS = access.VIEWERS
READS_ALL = frozenset({*access.SEES_ALL, *access.COMMITTEES})
MOST_DUTIES = 100


@allow(*Role)
@query("membersHomes", gives="MembersHome")
def list_homes(
    call: Call, desk: Desk, *, filter: form.MembersHomeFilter, first: First, after: After | None
) -> Row:
    """委员之家，无须登录。Members' Homes, for everybody.

    By town; those in preparation or closed are for their town and who sees all.
    """
    query = both(given(filter, "town", "state"), _homes(call.actor))
    page = desk.homes.page(query, BY_TOWN, first, after)
    return shown(page, [shown_home(call.actor, row) for row in page["rows"]])


@allow(*Role)
@query()
def count_homes(call: Call, desk: Desk, *, filter: form.MembersHomeFilter) -> int:
    return desk.homes.count(both(given(filter, "town", "state"), _homes(call.actor)))


@allow(*Role)
@query(loads="MembersHome")
def homes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = both({"_id": {"$in": ids}}, _homes(call.actor))
    return [shown_home(call.actor, row) for row in desk.homes.rows(query)]


@allow(*access.VIEWERS)
@query("homeDuties", gives="HomeDuty")
def list_duties(
    call: Call,
    desk: Desk,
    *,
    filter: form.HomeDutyFilter,
    first: First,
    after: After | None,
    latest_first: LatestFirst = True,
) -> Row:
    """值班，近的在前。Days on duty, the latest first."""
    page = desk.duties.page(_duties(desk, filter), turned(BY_DAY, latest_first), first, after)
    return shown(page, [_duty(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_duties(
    call: Call,
    desk: Desk,
    *,
    filter: form.HomeDutyFilter,
    latest_first: LatestFirst = True,  # asked like the page, as many in either order
) -> int:
    return desk.duties.count(_duties(desk, filter))


@allow(*Role)
@query(loads="HomeDuty")
def duties_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [_duty(call.actor, row) for row in desk.duties.rows({"_id": {"$in": ids}})]


@allow(*READS_RECEPTIONS)
@query("receptions", gives="Reception")
def list_receptions(
    call: Call, desk: Desk, *, filter: form.ReceptionFilter, first: First, after: After | None
) -> Row:
    """接待记录，新的在前。Receptions, newest first.

    Those one has held, of one's own town, or all for who sees all.
    """
    query = both(_reception_query(desk, filter), _receptions(call.actor))
    page = desk.receptions.page(query, NEWEST, first, after)
    return shown(page, [_reception(call.actor, row) for row in page["rows"]])


@allow(*READS_RECEPTIONS)
@query()
def count_receptions(call: Call, desk: Desk, *, filter: form.ReceptionFilter) -> int:
    return desk.receptions.count(both(_reception_query(desk, filter), _receptions(call.actor)))


@allow(*Role)
@query(loads="Reception")
def receptions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in READS_RECEPTIONS:
        return []
    query = both({"_id": {"$in": ids}}, _receptions(call.actor))
    return [_reception(call.actor, row) for row in desk.receptions.rows(query)]


@allow(*access.RECEIVE)
@query("visitBookings", gives="VisitBooking")
def list_bookings(
    call: Call, desk: Desk, *, filter: form.VisitBookingFilter, first: First, after: After | None
) -> Row:
    """群众预约，工委和当日值班委员可见。Visitors' bookings.

    For the town, and for members those of the days on which they are on duty.
    """
    query = both(given(filter, "home_id", "state"), _bookings(call.actor, desk))
    page = desk.bookings.page(query, LATEST_BOOKINGS, first, after)
    return shown(page, [_booking(row) for row in page["rows"]])


@allow(*access.RECEIVE)
@query()
def count_bookings(call: Call, desk: Desk, *, filter: form.VisitBookingFilter) -> int:
    return desk.bookings.count(both(given(filter, "home_id", "state"), _bookings(call.actor, desk)))


@allow(*Role)
@query(loads="VisitBooking")
def bookings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.RECEIVE:
        return []
    query = both({"_id": {"$in": ids}}, _bookings(call.actor, desk))
    return [_booking(row) for row in desk.bookings.rows(query)]


@allow(*Role)
@query("visitorMatter", gives="VisitorMatter")
def visitor_matter(call: Call, desk: Desk, *, code: form.Code, client: common.Client) -> Row | None:
    """凭查询码看进展，无须登录。How far a visitor's matter is, for its code.

    Nothing else is shown (AC-24).
    """
    count_look(call, desk, client)
    held = {"code": normal(code)}
    for reception in desk.receptions.find(held, [("_id", 1)]):
        return {"state": SHOWN[reception.state]}
    for booking in desk.bookings.find(held, [("_id", 1)]):
        return {"state": SHOWN[booking.state]}
    return None


DUTY_FILTER = ("home_id", "member_id", "state", "year")
RECEPTION_FILTER = ("home_id", "town", "state", "channel", "year")


def _reception_query(desk: Desk, filter: form.ReceptionFilter) -> Row:
    return {**given(filter, *RECEPTION_FILTER), **desk.topics.asked(filter)}


def _duties(desk: Desk, filter: form.HomeDutyFilter) -> Row:
    wanted = {**given(filter, *DUTY_FILTER), **between(filter, "on", _day)}
    if filter.get("unconfirmed"):
        over = {"state": DutyState.PLANNED.value, "starts_at": {"$lt": desk.clock.now()}}
        return both(wanted, over)
    return wanted


def _day(at: datetime) -> str:
    return at.astimezone(SHANGHAI).date().isoformat()


def _homes(actor: Actor) -> Row:
    if actor.role in access.SEES_ALL:
        return {}
    public = {"state": {"$in": PUBLIC}}
    own = organisation_of(actor)
    return {"$or": [public, {"town": own}]} if own else public


def shown_home(actor: Actor, row: Row) -> Row:
    """Who its members are is on the wall; a visitor reads names through the public roster."""
    return {**refer(row, "town"), "may_run": organisation_of(actor) == row["town"]}


def _duty(actor: Actor, row: Row) -> Row:
    return {
        **without(row, "parts", "took_part", "corrections", "confirmed_by", "reminded", "town"),
        "may_confirm": organisation_of(actor) == row["town"],
    }


def _receptions(actor: Actor) -> Row:
    if actor.role in READS_ALL:
        return {}
    seen: list[Row] = []
    if actor.memberships and actor.role in MEMBER_ROLES:
        seen.append({"on_duty": actor.own})
    if actor.role in access.TOWNS:
        seen.append({"town": organisation_of(actor)})
    return {"$or": seen} if seen else NOTHING


def _reception(actor: Actor, row: Row) -> Row:
    """The visitor's own data and code are for who received the visitor, and the town."""
    mine = actor.self_among(row["on_duty"]) is not None
    hosts = mine or organisation_of(actor) == row["town"] or actor.account_id == row["recorded_by"]
    visitor = row["visitor"] if hosts else {}
    return {
        **without(refer(row, "town"), "visitor", "code", "recorded_by", "leads"),
        "lead_ids": list(row["leads"].values()),
        "visitor_name": visitor.get("name") or None,
        "visitor_phone": visitor.get("phone") or None,
        "code": dashed(row["code"]) if hosts else None,
        "may_run": hosts,
    }


def _bookings(actor: Actor, desk: Desk) -> Row:
    if actor.role in access.TOWNS:
        return {"town": organisation_of(actor)}
    own = {"member_id": actor.own, "state": "PLANNED"}
    days = desk.duties.page(own, BY_DAY, MOST_DUTIES, None)["rows"]
    pairs = [{"home_id": day["home_id"], "on": day["on"]} for day in days]
    return {"$or": pairs} if pairs else NOTHING


def _booking(row: Row) -> Row:
    return {
        **without(row, "visitor", "town"),
        "visitor_name": row["visitor"]["name"] or None,
        "visitor_phone": row["visitor"]["phone"] or None,
        "code": dashed(row["code"]),
    }
