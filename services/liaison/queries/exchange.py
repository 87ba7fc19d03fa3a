"""Reading visits, representatives and topic groups; restricted parts are looked at apart."""

from __future__ import annotations

from services.liaison.commands import access
from services.liaison.commands.changing import found
from services.liaison.commands.ports import Desk
from services.liaison.domain.exchange import Exchange
from services.liaison.schemas import common
from services.liaison.schemas import exchange as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.organisers import organisation_of
from shared.persistence.audit import AuditKind
from shared.persistence.shaping import NOTHING, Row, both, given, refer, shown, without

NEWEST = [("on", -1), ("_id", 1)]
LATEST_LISTED = [("listed_at", -1), ("_id", 1)]
LATEST_OPENED = [("opened_at", -1), ("_id", 1)]
LATEST_POSTS = [("at", -1), ("_id", 1)]
EXCHANGE_VIEWERS = tuple(dict.fromkeys((*access.KEEPERS, *MEMBER_ROLES, Role.INFO_EDITOR)))
REGISTER_VIEWERS = tuple(dict.fromkeys((*access.KEEPERS, *MEMBER_ROLES)))
EXCHANGE_FILTER = ("kind", "year", "organiser", "level")
REGISTER_FILTER = ("category", "town", "keeper", "state")
CIRCLE_FILTER = ("kind", "state", "topic")


@allow(*EXCHANGE_VIEWERS)
@query("exchanges", gives="Exchange")
def list_exchanges(
    call: Call, desk: Desk, *, filter: form.ExchangeFilter, first: First, after: After | None
) -> Row:
    """联谊交往，近的在前。Visits and delegations.

    Whom was visited and the notes are not in it.
    """
    query = both(given(filter, *EXCHANGE_FILTER), _exchanges(call.actor))
    page = desk.exchanges.page(query, NEWEST, first, after)
    return shown(page, [_exchange(call.actor, row) for row in page["rows"]])


@allow(*EXCHANGE_VIEWERS)
@query()
def count_exchanges(call: Call, desk: Desk, *, filter: form.ExchangeFilter) -> int:
    return desk.exchanges.count(both(given(filter, *EXCHANGE_FILTER), _exchanges(call.actor)))


@allow(*Role)
@query(loads="Exchange")
def exchanges_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in EXCHANGE_VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, _exchanges(call.actor))
    return [_exchange(call.actor, row) for row in desk.exchanges.rows(query)]


@allow(*EXCHANGE_VIEWERS)
@query()
def exchange_notes(call: Call, desk: Desk, *, exchange_id: form.WrittenId) -> Row:
    """Whom was visited, and the notes: for the writer, those named, the leaders. Audited."""
    record: Exchange = found(desk.exchanges, exchange_id)
    actor = call.actor
    if not _may_look(actor, record.writer, record.named):
        raise Forbidden("限阅记录只对记录人、指定阅看人和主席会议成员开放")
    desk.audit.record(call, "look_at_exchange_notes", exchange_id, AuditKind.LOOK, of="Exchange")
    return {"visited": record.visited, "notes": record.notes}


@allow(*REGISTER_VIEWERS)
@query("representatives", gives="Representative")
def list_representatives(
    call: Call, desk: Desk, *, filter: form.RepresentativeFilter, first: First, after: After | None
) -> Row:
    """“三新”代表人士。Representatives of the three new.

    Without personal data: all, or those one keeps in touch with.
    """
    query = _registered(call.actor, filter)
    page = desk.representatives.page(query, LATEST_LISTED, first, after)
    return shown(page, [_representative(row) for row in page["rows"]])


@allow(*REGISTER_VIEWERS)
@query()
def count_representatives(call: Call, desk: Desk, *, filter: form.RepresentativeFilter) -> int:
    return desk.representatives.count(_registered(call.actor, filter))


@allow(*Role)
@query(loads="Representative")
def representatives_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in REGISTER_VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, _register(call.actor))
    return [_representative(row) for row in desk.representatives.rows(query)]


@allow(*REGISTER_VIEWERS)
@query()
def representative_details(
    call: Call, desk: Desk, *, representative_id: form.RepresentativeId
) -> Row:
    """Name, phone, notes, meetings: for who keeps the register, and the keeper. Audited."""
    record = found(desk.representatives, representative_id)
    if call.actor.role not in access.KEEPERS and not call.actor.is_self(record.keeper):
        raise Forbidden("只有登记人员和联系人可以查看")
    desk.audit.record(
        call, "look_at_representative", representative_id, AuditKind.LOOK, of="Representative"
    )
    row = desk.representatives.row(representative_id)
    return {**row["private"], "meetings": row["meetings"]}


@allow(*access.VIEWERS)
@query("circles", gives="Circle")
def list_circles(
    call: Call, desk: Desk, *, filter: form.CircleFilter, first: First, after: After | None
) -> Row:
    """交流小组和联谊会。Topic groups and associations."""
    page = desk.circles.page(_circles(call.actor, desk, filter), LATEST_OPENED, first, after)
    return shown(page, [_circle(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_circles(call: Call, desk: Desk, *, filter: form.CircleFilter) -> int:
    return desk.circles.count(_circles(call.actor, desk, filter))


@allow(*Role)
@query(loads="Circle")
def circles_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [_circle(call.actor, row) for row in desk.circles.rows({"_id": {"$in": ids}})]


@allow(*access.VIEWERS)
@query()
def list_posts(
    call: Call,
    desk: Desk,
    *,
    circle_id: common.CircleId,
    first: First,
    after: After | None,
) -> Row:
    """The board, the latest first: for the group, its organiser and who sees all."""
    _require_reader(call.actor, desk, circle_id)
    page = desk.posts.page({"circle_id": circle_id}, LATEST_POSTS, first, after)
    return shown(page, [_post(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_posts(call: Call, desk: Desk, *, circle_id: common.CircleId) -> int:
    _require_reader(call.actor, desk, circle_id)
    return desk.posts.count({"circle_id": circle_id})


def may_see_exchange(actor: Actor) -> Row:
    """The exchanges whose files somebody may see: of restricted ones, only those named."""
    if actor.role not in EXCHANGE_VIEWERS:
        return NOTHING
    if actor.role in access.CHAIRS:
        return {}
    free = both({"kind": {"$ne": "CONDOLENCE"}}, _exchanges(actor))
    named = {"$or": [{"writer": actor.account_id}, {"named": actor.own}]}
    return {"$or": [free, named]}


def _may_look(actor: Actor, writer: str, named: tuple[str, ...] | list[str]) -> bool:
    return (
        actor.role in access.CHAIRS
        or actor.account_id == writer
        or actor.self_among(named) is not None
    )


def _exchanges(actor: Actor) -> Row:
    if actor.role in access.SEES_ALL:
        return {}
    seen: list[Row] = [{name: actor.own} for name in ("participants", "leader", "named")]
    if (own := organisation_of(actor)) is not None:
        seen.append({"organiser": own})
    return {"$or": seen}


def _exchange(actor: Actor, row: Row) -> Row:
    look = _may_look(actor, row["writer"], row["named"])
    open_files = row["kind"] != "CONDOLENCE" or look
    return {
        **without(
            refer(row, "organiser", "leader"), "visited", "notes", "named", "writer", "files_told"
        ),
        "files": row["files"] if open_files else [],
        "has_notes": bool(row["notes"] or row["visited"]),
        "may_look": look,
        "may_change": actor.account_id == row["writer"],
    }


def _registered(actor: Actor, filter: form.RepresentativeFilter) -> Row:
    """What the filter asks for of what the viewer may see."""
    unkept: Row = {"keeper": None} if filter.get("without_keeper") else {}
    return both(given(filter, *REGISTER_FILTER), unkept, _register(actor))


def _register(actor: Actor) -> Row:
    if actor.role in {*access.KEEPERS, *access.CHAIRS}:
        return {}
    return {"keeper": actor.own}


def _representative(row: Row) -> Row:
    return {
        **without(refer(row, "town", "keeper"), "private", "meetings"),
        "meetings_count": len(row["meetings"]),
    }


def _circles(actor: Actor, desk: Desk, filter: form.CircleFilter) -> Row:
    query = {**given(filter, *CIRCLE_FILTER), **desk.topics.asked(filter)}
    return {**query, "members": actor.own} if filter.get("joined") else query


def _circle(actor: Actor, row: Row) -> Row:
    joined = actor.self_among(row["members"]) is not None
    return {
        **refer(row, "organiser"),
        "members_count": len(row["members"]),
        "joined": joined,
        "may_run": access.may_run(actor, (row["organiser"],)),
    }


def _post(actor: Actor, row: Row) -> Row:
    return {**row, "member_id": row["author"], "own": actor.is_self(row["author"])}


def _require_reader(actor: Actor, desk: Desk, circle_id: str) -> None:
    circle = found(desk.circles, circle_id)
    joined = actor.self_among(circle.members)
    runs = access.may_run(actor, (circle.organiser,))
    if not (joined or runs or actor.role in access.SEES_ALL):
        raise Forbidden("交流内容只对小组成员开放")
