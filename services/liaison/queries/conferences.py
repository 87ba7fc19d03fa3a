"""Reading the joint conference, its items, and work briefings."""

from __future__ import annotations

from services.liaison.commands import access
from services.liaison.commands.conferences import OWNERS, RAISERS
from services.liaison.commands.ports import Desk
from services.liaison.schemas import conferences as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import NOTHING, Row, both, given, refer, shown, without

NEWEST = [("held_at", -1), ("_id", 1)]
LATEST_ITEMS = [("raised_at", -1), ("_id", 1)]
LATEST_SENT = [("sent_at", -1), ("_id", 1)]
ITEM_VIEWERS = tuple(dict.fromkeys((*access.VIEWERS, *OWNERS)))
BRIEFED = tuple(dict.fromkeys((*access.PARTNERS, *access.CHAIRS, Role.INFO_EDITOR)))
ITEM_FILTER = ("conference_id", "organisation", "owner", "kind", "state", "year")


@allow(*access.VIEWERS)
@query("jointConferences", gives="JointConference")
def list_conferences(
    call: Call, desk: Desk, *, filter: form.JointConferenceFilter, first: First, after: After | None
) -> Row:
    """联席会议，近的在前。Joint conferences."""
    page = desk.conferences.page(given(filter, "year", "state"), NEWEST, first, after)
    return shown(page, [_conference(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_conferences(call: Call, desk: Desk, *, filter: form.JointConferenceFilter) -> int:
    return desk.conferences.count(given(filter, "year", "state"))


@allow(*Role)
@query(loads="JointConference")
def conferences_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [_conference(call.actor, row) for row in desk.conferences.rows({"_id": {"$in": ids}})]


@allow(*ITEM_VIEWERS)
@query("conferenceItems", gives="ConferenceItem")
def list_items(
    call: Call, desk: Desk, *, filter: form.ConferenceItemFilter, first: First, after: After | None
) -> Row:
    """联席会议事项，新的在前。Items, the latest first.

    All for members, parties and who sees all; owners see their own.
    """
    query = both(given(filter, *ITEM_FILTER), _items(call.actor))
    page = desk.items.page(query, LATEST_ITEMS, first, after)
    return shown(page, [_item(call.actor, row) for row in page["rows"]])


@allow(*ITEM_VIEWERS)
@query()
def count_items(call: Call, desk: Desk, *, filter: form.ConferenceItemFilter) -> int:
    return desk.items.count(both(given(filter, *ITEM_FILTER), _items(call.actor)))


@allow(*Role)
@query(loads="ConferenceItem")
def items_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in ITEM_VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, _items(call.actor))
    return [_item(call.actor, row) for row in desk.items.rows(query)]


@allow(*BRIEFED)
@query("workBriefings", gives="WorkBriefing")
def list_briefings(
    call: Call, desk: Desk, *, filter: form.WorkBriefingFilter, first: First, after: After | None
) -> Row:
    """工作通报，新的在前。Work briefings, the latest first.

    All for who sees all, else those sent to one's own organisation.
    """
    query = both(_asked(call.actor, filter), _briefings(call.actor))
    page = desk.briefings.page(query, LATEST_SENT, first, after)
    return shown(page, [_briefing(call.actor, row) for row in page["rows"]])


@allow(*BRIEFED)
@query()
def count_briefings(call: Call, desk: Desk, *, filter: form.WorkBriefingFilter) -> int:
    return desk.briefings.count(both(_asked(call.actor, filter), _briefings(call.actor)))


@allow(*Role)
@query(loads="WorkBriefing")
def briefings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in BRIEFED:
        return []
    query = both({"_id": {"$in": ids}}, _briefings(call.actor))
    return [_briefing(call.actor, row) for row in desk.briefings.rows(query)]


def may_see_briefing(actor: Actor) -> Row:
    """The briefings that somebody may see, for files."""
    return _briefings(actor) if actor.role in BRIEFED else NOTHING


def _conference(actor: Actor, row: Row) -> Row:
    invited = row["invited"]
    return {
        **without(refer(row, "organiser"), "invited", "present", "attended", "taken", "followed"),
        "participant_ids": row["participants"],
        "invited_count": len(invited),
        "attended_count": len(row["attended"]),
        "own_invited": actor.self_among(invited) is not None,
        "may_run": actor.role is access.OFFICE,
    }


def _items(actor: Actor) -> Row:
    everyone = {*access.SEES_ALL, *access.ORGS, *MEMBER_ROLES}
    return {} if actor.role in everyone else {"owner": access.stands_for(actor) or ""}


def _item(actor: Actor, row: Row) -> Row:
    own = access.stands_for(actor)
    office = actor.role is access.OFFICE
    return {
        **without(refer(row, "organisation", "owner"), "raised_by"),
        "may_answer": row["state"] == "ACCEPTED" and (office or own == row["owner"]),
        "may_close": row["state"] == "ANSWERED"
        and actor.role in RAISERS
        and (own == row["organisation"] or actor.account_id == row["raised_by"]),
    }


def _asked(actor: Actor, filter: form.WorkBriefingFilter) -> Row:
    wanted = given(filter, recipient="recipients")
    if filter.get("unconfirmed"):
        return {**wanted, "waiting": access.stands_for(actor) or ""}
    return wanted


def _briefings(actor: Actor) -> Row:
    if actor.role in access.SEES_ALL:
        return {}
    return {"recipients": access.stands_for(actor) or ""}


def _briefing(actor: Actor, row: Row) -> Row:
    """Who has received it, or owes a receipt, is for who sees all; others see whether they have."""
    own = access.stands_for(actor)
    sees_all = actor.role in access.SEES_ALL
    at = {receipt["organisation"]: receipt["at"] for receipt in row["receipts"]}
    rows = [{"organisation_id": id, "received_at": at.get(id)} for id in row["recipients"]]
    listed = [r for r in rows if r["received_at"] or r["organisation_id"] in row["waiting"]]
    return {
        **without(row, "recipients", "receipts", "waiting", "files_told", "sent_by"),
        "receipts": [r for r in listed if sees_all or r["organisation_id"] == own],
        "recipients_count": len(listed),
        "received_count": len(row["receipts"]),
        "received_at": at.get(own) if own else None,
    }
