"""Reading suggestion motions and research projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.ports import Desk
from services.consultations.queries import shaping
from services.consultations.queries.consultations import BY_CREATION
from services.consultations.schemas import motions as form
from services.consultations.schemas import research as research_form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import both

Row = dict[str, Any]


@allow(*Role)
@query("motions", gives="Motion")
def list_motions(
    call: Call, desk: Desk, *, filter: form.MotionFilter, first: First, after: After | None
) -> Row:
    """建议案，新的在前。Suggestion motions, the latest first."""
    page = desk.motions.page(_motions(call, desk, filter), BY_CREATION, first, after)
    return {**page, "rows": [shaping.motion(call.actor, row) for row in page["rows"]]}


@allow(*Role)
@query()
def count_motions(call: Call, desk: Desk, *, filter: form.MotionFilter) -> int:
    return desk.motions.count(_motions(call, desk, filter))


@allow(*Role)
@query(loads="Motion")
def motions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    found = desk.motions.rows(both({"_id": {"$in": ids}}, access.visible_motions(call.actor)))
    return [shaping.motion(call.actor, row) for row in found]


@allow(*Role)
@query("researchProjects", gives="ResearchProject")
def list_projects(
    call: Call,
    desk: Desk,
    *,
    filter: research_form.ResearchFilter,
    first: First,
    after: After | None,
) -> Row:
    """调研课题，新的在前。Research projects, the latest first."""
    page = desk.projects.page(_projects(call, desk, filter), BY_CREATION, first, after)
    return {**page, "rows": [shaping.project(call.actor, row) for row in page["rows"]]}


@allow(*Role)
@query()
def count_projects(call: Call, desk: Desk, *, filter: research_form.ResearchFilter) -> int:
    return desk.projects.count(_projects(call, desk, filter))


@allow(*Role)
@query(loads="ResearchProject")
def projects_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    found = desk.projects.rows(both({"_id": {"$in": ids}}, access.visible_projects(call.actor)))
    return [shaping.project(call.actor, row) for row in found]


def _motions(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    own = {"main_authors": call.actor.own}
    return both(access.visible_motions(call.actor), *_given(desk, filter, own))


def _projects(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    own = {"participants": call.actor.own}
    return both(access.visible_projects(call.actor), *_given(desk, filter, own))


def _given(desk: Desk, filter: Mapping[str, Any], own: Row) -> list[Row]:
    given = {name: value for name, value in filter.items() if value is not None}
    asked = [desk.topics.asked(given)]
    given.pop("topic_code", None)
    if given.pop("own", False):
        asked.append(own)
    if states := given.pop("states", None):
        asked.append({"state": {"$in": [state.value for state in states]}})
    return [given, *asked]
