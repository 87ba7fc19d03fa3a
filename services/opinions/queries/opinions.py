"""Reading items and figures. What a viewer may not see is not in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.opinions.commands import access
from services.opinions.commands.ports import Desk
from services.opinions.domain import figures
from services.opinions.domain.figures import Grouping
from services.opinions.queries.shaping import may_read_file as may_read
from services.opinions.queries.shaping import shaped
from services.opinions.schemas import common
from services.opinions.schemas import queries as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId

Row = dict[str, Any]
BY_CREATION = [("created_at", -1), ("_id", 1)]
WITH_FIGURES = (
    *access.EDITORS,
    *access.SIGNERS,
    *access.COMMITTEES,
    *access.TOWNS,
    *access.ORGS,
    Role.SECTOR_CONVENER,
)
NORMED = (*access.EDITORS, *sorted(MEMBER_ROLES))


@allow(*access.VIEWERS)
@query("opinions", gives="Opinion")
def list_opinions(
    call: Call, desk: Desk, *, filter: form.OpinionFilter, first: First, after: After | None
) -> Row:
    """社情民意信息，新的在前。Items of public opinion, the latest first.

    One's own and those one has a part in; editors see all but drafts.
    """
    page = desk.opinions.page(_asked(call.actor, desk, filter), BY_CREATION, first, after)
    return {**page, "rows": [_shaped(call.actor, row) for row in page["rows"]]}


@allow(*access.VIEWERS)
@query()
def count_opinions(call: Call, desk: Desk, *, filter: form.OpinionFilter) -> int:
    return desk.opinions.count(_asked(call.actor, desk, filter))


@allow(*Role)
@query(loads="Opinion")
def opinions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, access.visible(call.actor)]}
    return [_shaped(call.actor, row) for row in desk.opinions.rows(query)]


@allow(*Role)
@query()
def opinions_of_origins(call: Call, desk: Desk, *, refs: Ids) -> list[Row]:
    """Those that the viewer sees of what was made of these proposals or leads (`made_of`)."""
    if call.actor.role not in access.VIEWERS:
        return []
    query = {"$and": [{"origin_ref": {"$in": refs}}, access.visible(call.actor)]}
    page = desk.opinions.page(query, BY_CREATION, 100, None)
    return [{**_shaped(call.actor, row), "made_of": row["origin_ref"]} for row in page["rows"]]


@allow(*WITH_FIGURES)
@query("opinionFigures", gives="[OpinionFigures!]")
def opinion_figures(call: Call, desk: Desk, *, year: common.Year, by: form.By) -> list[Row]:
    """社情民意统计：提交、采用、上级采用、批示、时限。Figures of a year, by group.

    All for the editors and the leaders, by member for the editors only; others those of their own
    organisation.
    """
    actor = call.actor
    if by is Grouping.MEMBER and actor.role not in access.EDITORS:
        raise Forbidden("按委员统计仅供信息编辑使用")
    within: Row = {}
    if actor.role not in access.SEES_FIGURES:
        within = {"organisation": {"$in": access.organisations_of(actor)}}
    return figures.tallied(desk.opinions.counted(year, within), by, desk.clock.now())


@allow(*NORMED)
@query("opinionNorms", gives="[OpinionNorm!]")
def opinion_norms(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """每年应反映的信息数与完成情况。Items to report in a year, and how many were.

    A member one's own; the editors all members in office.
    """
    actor = call.actor
    if actor.role in access.EDITORS:
        members, counted = sorted(desk.members.active()), desk.opinions.submitted_by(year)
    else:
        members = sorted(desk.members.in_office(actor.memberships))
        counted = desk.opinions.submitted_by(year, members)
    standing = desk.members.standing(members)
    targets = {
        True: desk.setting("norm_standing"),
        False: desk.setting("norm_member"),
    }
    return [
        {
            "member_id": id,
            "standing": id in standing,
            "target": targets[id in standing],
            "submitted": counted[id],
            "met": counted[id] >= targets[id in standing],
        }
        for id in members
    ]


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is of an item, and of the part of it, that the viewer is shown (20)."""
    if call.actor.role not in access.VIEWERS:
        return False
    held = {"_id": subject, "files": file_id}
    found = desk.opinions.rows({"$and": [held, access.visible(call.actor)]})
    return any(may_read(call.actor, row, _is_own(call.actor, row), file_id) for row in found)


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return sorted(desk.opinions.held(ids))


def _asked(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    given = {name: value for name, value in filter.items() if value is not None}
    asked = [access.visible(actor), desk.topics.asked(given)]
    given.pop("topic_code", None)
    if given.pop("own", False):
        asked.append(access.own(actor))
    if states := given.pop("states", None):
        asked.append({"state": {"$in": [state.value for state in states]}})
    if good := given.pop("good_year", None):
        asked.append({"good.year": good})
    # Nobody finds out by asking what one is not shown.
    if actor.role not in access.EDITORS and given.keys() & {"organisation", "origin", "channel"}:
        asked.append(access.own(actor))
    return {"$and": [given, *asked]}


def _shaped(actor: Actor, row: Row) -> Row:
    return shaped(actor, row, _is_own(actor, row))


def _is_own(actor: Actor, row: Row) -> bool:
    return (
        actor.self_among(row["authors"]) is not None
        or row["organisation"] in access.organisations_of(actor)
        or (actor.role is Role.SUPERVISOR and row["writer"] == access.account(actor))
    )
