"""Reading activities and the years of groups and towns."""

from __future__ import annotations

from datetime import timedelta

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain.activities import ActivityState
from services.liaison.domain.years import COUNTED, Norm, norm_setting, progress, workspace_id
from services.liaison.schemas import activities as form
from services.liaison.schemas import common
from shared.actor import Actor, Role, allow
from shared.call import Call
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

NEWEST = [("held_at", -1), ("_id", 1)]
OPEN = [S.value for S in (ActivityState.PUBLISHED, ActivityState.RUNNING, ActivityState.CLOSED)]
PEOPLE = ("signed_up", "took_part", "parts", "corrections", "files_told", "applied_by")
FILTER = ("year", "kind", "state", "town", "home_id", "circle_id", "topic")
SECTOR_GROUP = "SECTOR_GROUP"
BACK, MOST_EVENTS = timedelta(days=90), 500  # of a calendar


@allow(*access.VIEWERS)
@query("activities", gives="Activity")
def list_activities(
    call: Call,
    desk: Desk,
    *,
    filter: form.ActivityFilter,
    first: First,
    after: After | None,
    latest_first: LatestFirst = True,
) -> Row:
    """活动，近的在前。Activities, the latest first.

    What is published, and what one's own organisation asked for.
    """
    page = desk.activities.page(
        _query(call.actor, desk, filter), turned(NEWEST, latest_first), first, after
    )
    return shown(page, [_activity(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_activities(
    call: Call,
    desk: Desk,
    *,
    filter: form.ActivityFilter,
    latest_first: LatestFirst = True,  # asked like the page, as many in either order
) -> int:
    return desk.activities.count(_query(call.actor, desk, filter))


@allow(*Role)
@query(loads="Activity")
def activities_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, _visible(call.actor))
    return [_activity(call.actor, row) for row in desk.activities.rows(query)]


@allow(*access.VIEWERS)
@query("liaisonYear", gives="LiaisonYear")
def workspace(call: Call, desk: Desk, *, organisation: form.GroupOrTown, year: common.Year) -> Row:
    """界别活动小组或镇（街道）工委的年度工作。The year of a group or a town.

    With its norm; open to all who take part in the work.
    """
    id = workspace_id(organisation, year)
    record = desk.workspaces.get(id)
    members = desk.members.of_groups([f"{SECTOR_GROUP}:{organisation}"])
    facts = desk.norms.of(organisation, members, year)
    held = {
        "organisers": organisation,
        "year": year,
        "kind": {"$in": ["INSPECTION", "ETHNIC_INSPECTION"]},
        "confirmed_at": {"$ne": None},
    }
    facts[Norm.INSPECTION] = desk.activities.count(held)
    targets = {norm: desk.setting(norm_setting(norm)) for norm in COUNTED}
    return {
        "id": id,
        "organisation_id": organisation,
        "year": year,
        "version": record.version if record else None,
        "plan": record.plan if record else "",
        "topics": list(record.topics) if record else [],
        "summary": record.summary if record else "",
        "norm": progress(record, facts, targets),
        "may_write": call.actor.role in access.YEARLY
        and organisation_of(call.actor) == organisation,
    }


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def member_calendar(_call: Call, desk: Desk, *, member_ids: Ids) -> list[Row]:
    """What a member, under any of these memberships, has signed up for, for the calendar feed;
    called off ones are among it."""
    since = desk.clock.now() - BACK
    query = {"signed_up": {"$in": member_ids}, "held_at": {"$gte": since}}
    return desk.activities.calendar(query, MOST_EVENTS)


def may_see(actor: Actor) -> Row:
    """The activities that somebody may see, for files."""
    return _visible(actor) if actor.role in access.VIEWERS else NOTHING


def _query(actor: Actor, desk: Desk, filter: form.ActivityFilter) -> Row:
    query = {**given(filter, *FILTER, organiser="organisers"), **between(filter, "held_at")}
    query.update(desk.topics.asked(filter))
    for name in ("signed_up", "took_part"):
        if filter.get(name):
            query[name] = actor.own
    return both(query, _visible(actor))


def _visible(actor: Actor) -> Row:
    if actor.role in access.SEES_ALL:
        return {}
    public = {"state": {"$in": OPEN}}
    own = organisation_of(actor)
    asked = {"helps.committee": own}
    seen: list[Row] = [public, {"signed_up": actor.own}]
    return {"$or": [*seen, {"organisers": own}, asked]} if own else {"$or": seen}


def _activity(actor: Actor, row: Row) -> Row:
    """Names of who signed up and took part are for the organisers and those who see all."""
    runs = access.may_run(actor, row["organisers"])
    named = runs or actor.role in access.SEES_ALL
    own = organisation_of(actor)
    return {
        **without(refer(row, "town"), *PEOPLE),
        "files": row["files"] if named or row["state"] in OPEN else [],
        "organiser_ids": row["organisers"],
        "helps": [
            {**help, "committee_id": help["committee"]}
            for help in row["helps"]
            if named or help["committee"] == own
        ],
        "signed_up_count": len(row["signed_up"]),
        "took_part_count": len(row["took_part"]),
        "signed_up": row["signed_up"] if named else None,
        "took_part": row["took_part"] if named else None,
        "own_signed_up": actor.self_among(row["signed_up"]) is not None,
        "own_took_part": actor.self_among(row["took_part"]) is not None,
        "confirmed": row["confirmed_at"] is not None,
        "corrections_count": len(row["corrections"]),
        "may_run": runs,
    }
