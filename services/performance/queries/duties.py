"""Duties of many members in one list; committees, towns and parties see their own people."""

from __future__ import annotations

from typing import Any

from services.performance.commands.ports import Desk
from services.performance.domain.members import Group
from services.performance.queries.points import SEES_ALL, SEES_GROUP
from services.performance.queries.rows import Page
from services.performance.schemas import duties as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.contracts.groups import own_groups
from shared.operations import query
from shared.operations.arguments import After, First, LatestFirst, Since, Until

PARTIES = frozenset({Role.ORG_STAFF, Role.ORG_HEAD})  # their people's duties, not their points
VIEWERS = SEES_ALL | SEES_GROUP.keys() | PARTIES


@allow(*VIEWERS)
@query("duties", gives="DutyOfMember")
def list_people_duties(
    call: Call,
    desk: Desk,
    *,
    filter: form.DutyFilter,
    since: Since | None,
    until: Until | None,
    latest_first: LatestFirst,
    first: First,
    after: After | None,
) -> Page:
    """委员履职记录；专委会、工委、召集人、党派只见本组织委员的。Duties of members by day.

    Those of the own people for committees, towns, conveners and parties. Absences are among it.
    """
    asked = _asked(call.actor, desk, filter, since, until)
    return desk.duties.listed(asked, latest_first, first, after)


@allow(*VIEWERS)
@query()
def count_people_duties(
    call: Call,
    desk: Desk,
    *,
    filter: form.DutyFilter,
    since: Since | None,
    until: Until | None,
    latest_first: LatestFirst,
) -> int:
    return desk.duties.count(_asked(call.actor, desk, filter, since, until))


def _asked(actor: Actor, desk: Desk, filter: form.DutyFilter, since: Any, until: Any) -> Page:
    asked: Page = {name: value for name, value in filter.items() if value is not None}
    span = {"$gte": since, "$lt": until}
    if day := {sign: moment for sign, moment in span.items() if moment is not None}:
        asked["on"] = day
    if actor.role in SEES_ALL:
        return asked
    own = {"member_id": {"$in": desk.members.ids_in(_groups(actor, desk))}}
    return {"$and": [own, asked]} if asked else own


def _groups(actor: Actor, desk: Desk) -> list[Group]:
    if actor.role in PARTIES:
        organisation = actor.scope.get("organisation", "")
        keys = own_groups(organisation, desk.directory.code(organisation))
        return [Group.parse(key) for key in sorted(keys)]
    kinds = SEES_GROUP[actor.role]
    return [Group(kind, actor.scope[kind.lower()]) for kind in kinds if kind.lower() in actor.scope]
