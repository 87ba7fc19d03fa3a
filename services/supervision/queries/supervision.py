"""Reading supervision. What a viewer may not see is not in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.supervision.commands import access
from services.supervision.commands.ports import Desk
from services.supervision.queries.shaping import (
    checklist_row,
    debriefing_row,
    inspection_row,
    site_row,
    supervision_row,
    supervisor_row,
)
from services.supervision.schemas import common
from services.supervision.schemas import findings as found
from services.supervision.schemas import supervisions as form
from services.supervision.schemas import supervisors as people
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId, TopicCodes
from shared.persistence.shaping import between, both, given, shown

Row = dict[str, Any]
BY_CREATION = [("created_at", -1), ("_id", 1)]
BY_NAME = [("name", 1), ("_id", 1)]
BY_MEETING = [("held_at", -1), ("_id", 1)]
BY_NOMINATION = [("nominated_at", -1), ("_id", 1)]
BY_WRITING = [("written_at", -1), ("_id", 1)]
PEOPLE = (*access.SEES_ALL, *access.TEAM, *access.ORGS, *access.UNITS, *access.TOWNS)


@allow(*access.VIEWERS)
@query("supervisions", gives="Supervision")
def list_supervisions(
    call: Call, desk: Desk, *, filter: form.SupervisionFilter, first: First, after: After | None
) -> Row:
    """专项民主监督，新的在前。Special supervisions, the latest first.

    A unit sees those whose opinion it got; a member those out, and those of the own team.
    """
    page = desk.supervisions.page(_asked(call, desk, filter), BY_CREATION, first, after)
    return shown(page, [supervision_row(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_supervisions(call: Call, desk: Desk, *, filter: form.SupervisionFilter) -> int:
    return desk.supervisions.count(_asked(call, desk, filter))


@allow(*Role)
@query(loads="Supervision")
def supervisions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, access.visible(call.actor, desk))
    return [supervision_row(call.actor, row) for row in desk.supervisions.rows(query)]


@allow(*access.VIEWERS)
@query("supervisionSites", gives="SupervisionSite")
def list_sites(
    call: Call, desk: Desk, *, filter: found.SiteFilter, first: First, after: After | None
) -> Row:
    """监督点位（河道、湖泊等）。Sites by name."""
    page = desk.sites.page(given(filter, "kind", "town", "unit"), BY_NAME, first, after)
    return shown(page, [site_row(row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_sites(call: Call, desk: Desk, *, filter: found.SiteFilter) -> int:
    return desk.sites.count(given(filter, "kind", "town", "unit"))


@allow(*Role)
@query(loads="SupervisionSite")
def sites_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [site_row(row) for row in desk.sites.rows({"_id": {"$in": ids}})]


@allow(*access.VIEWERS)
@query("supervisionInspections", gives="SupervisionInspection")
def list_inspections(
    call: Call, desk: Desk, *, supervision: common.SupervisionId, first: First, after: After | None
) -> Row:
    """一项监督的监督检查，近的在前。Inspections of a supervision, the latest first."""
    page = desk.inspections.page(_of_supervision(call, desk, supervision), BY_MEETING, first, after)
    return shown(page, [inspection_row(row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_inspections(call: Call, desk: Desk, *, supervision: common.SupervisionId) -> int:
    return desk.inspections.count(_of_supervision(call, desk, supervision))


@allow(*Role)
@query(loads="SupervisionInspection")
def inspections_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    rows = desk.inspections.rows({"_id": {"$in": ids}})
    asked = {"_id": {"$in": sorted({row["supervision_id"] for row in rows})}}
    seen = {r["id"] for r in desk.supervisions.rows(both(asked, access.visible(call.actor, desk)))}
    return [inspection_row(row) for row in rows if row["supervision_id"] in seen]


@allow(*PEOPLE)
@query("supervisors", gives="Supervisor")
def list_supervisors(
    call: Call, desk: Desk, *, filter: people.SupervisorFilter, first: First, after: After | None
) -> Row:
    """民主监督员，新推荐的在前。Supervisors; those nominated only for who nominates or decides."""
    page = desk.supervisors.page(_people(call, desk, filter), BY_NOMINATION, first, after)
    return shown(page, [supervisor_row(call.actor, row) for row in page["rows"]])


@allow(*PEOPLE)
@query()
def count_supervisors(call: Call, desk: Desk, *, filter: people.SupervisorFilter) -> int:
    return desk.supervisors.count(_people(call, desk, filter))


@allow(*Role)
@query(loads="Supervisor")
def supervisors_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in PEOPLE:
        return []
    query = both({"_id": {"$in": ids}}, _seen(call))
    return [supervisor_row(call.actor, row) for row in desk.supervisors.rows(query)]


@allow(*access.POSTERS, *access.TOWNS)
@query("matchSupervisors", gives="[Supervisor!]")
def match_supervisors(
    call: Call, desk: Desk, *, topic_codes: TopicCodes, units: common.Units
) -> list[Row]:
    """按专业领域匹配在聘监督员，回避有利害关系的。Who of the supervisors fits.

    At home in these topics (of an area, in those below), in office, not related to the units;
    those with most of the topics first.
    """
    codes = {code for asked in topic_codes for code in desk.topics.within(asked)}
    rows = desk.supervisors.at_home(codes, desk.clock.now())
    close = desk.kin(units)
    people = sorted({one.member_id for one in rows if one.member_id})
    employed = set(desk.employed_by(call, people, close)) if people and close else set()
    fit = [
        one
        for one in rows
        if one.member_id not in employed
        and one.employer not in close
        and not any(relation.organisation in close for relation in one.relations)
    ]
    fit.sort(key=lambda one: (-len(codes & set(one.fields)), one.id))
    found = {row["id"]: row for row in desk.supervisors.rows({"_id": {"$in": [o.id for o in fit]}})}
    return [supervisor_row(call.actor, found[one.id]) for one in fit]


@allow(Role.SUPERVISOR, *access.POSTERS, *access.APPROVERS)
@query()
def supervisor_certificates(
    call: Call, desk: Desk, *, supervisor_id: people.SupervisorId
) -> list[Row]:
    """The certificate to be printed: of oneself, or for who appoints; none where there is none.

    Rows: {"number", "code", "issued_at", "ends_on", "member_id", "name"}.
    """
    one = desk.supervisors.get(supervisor_id)
    own = access.as_supervisor(call.actor, desk)
    if one is None or one.certificate is None:
        return []
    if call.actor.role is Role.SUPERVISOR and (own is None or own.id != one.id):
        return []
    return [
        {
            "number": one.certificate.no,
            "code": one.certificate.code,
            "issued_at": one.certificate.issued_at,
            "ends_on": one.ends_on,
            "member_id": one.member_id,
            "name": one.name,
        }
    ]


@allow(*access.VIEWERS)
@query("debriefings", gives="Debriefing")
def list_debriefings(
    call: Call, desk: Desk, *, filter: people.DebriefingFilter, first: First, after: After | None
) -> Row:
    """述职交流，近的在前。Debriefing exchanges, the latest first."""
    page = desk.debriefings.page(_debriefings(call, desk, filter), BY_MEETING, first, after)
    return shown(page, [debriefing_row(call.actor, row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_debriefings(call: Call, desk: Desk, *, filter: people.DebriefingFilter) -> int:
    return desk.debriefings.count(_debriefings(call, desk, filter))


@allow(*Role)
@query(loads="Debriefing")
def debriefings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, access.visible_debriefings(call.actor, desk))
    return [debriefing_row(call.actor, row) for row in desk.debriefings.rows(query)]


@allow(*access.VIEWERS)
@query("supervisionChecklists", gives="SupervisionChecklist")
def list_checklists(
    call: Call, desk: Desk, *, filter: found.ChecklistFilter, first: First, after: After | None
) -> Row:
    """监督制度和检查清单库。The library of rules and checklists, the latest first."""
    page = desk.checklists.page(desk.topics.asked(filter), BY_WRITING, first, after)
    return shown(page, [checklist_row(row) for row in page["rows"]])


@allow(*access.VIEWERS)
@query()
def count_checklists(call: Call, desk: Desk, *, filter: found.ChecklistFilter) -> int:
    return desk.checklists.count(desk.topics.asked(filter))


@allow(*Role)
@query(loads="SupervisionChecklist")
def checklists_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [checklist_row(row) for row in desk.checklists.rows({"_id": {"$in": ids}})]


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is of a record that the viewer is shown (decision 20)."""
    actor = call.actor
    if actor.role not in access.VIEWERS:
        return False
    held = {"_id": subject, "files": file_id}
    if desk.findings.rows(both(held, access.visible_findings(actor, desk))):
        return True
    if desk.debriefings.rows(both(held, access.visible_debriefings(actor, desk))):
        return True
    rows = desk.supervisions.rows(both(held, access.visible(actor, desk)))
    if actor.role not in access.UNITS:
        return bool(rows)
    own = actor.scope.get("unit")
    return any(file_id in a["files"] for row in rows for a in row["answers"] if a["unit"] == own)


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    stores = (desk.supervisions, desk.findings, desk.debriefings)
    return sorted(set().union(*(store.held(ids) for store in stores)))


def _asked(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    named = given(filter, "state", "year", "organiser", unit="units")
    return both(
        access.visible(call.actor, desk),
        named,
        desk.topics.asked(filter),
        between(filter, "created_at"),
    )


def _of_supervision(call: Call, desk: Desk, supervision: str) -> Row:
    asked = both({"_id": supervision}, access.visible(call.actor, desk))
    return {"supervision_id": supervision} if desk.supervisions.rows(asked) else access.NOTHING


def _seen(call: Call) -> Row:
    """Nominees are no supervisors yet: for who nominates and decides, and for themselves."""
    actor = call.actor
    if actor.role in (*access.NOMINATORS, *access.APPROVERS):
        return {}
    known = {"state": {"$in": ["APPOINTED", "ASSIGNED", "ENDED", "DISMISSED"]}}
    return {"$or": [known, {"member_id": actor.own}]} if actor.memberships else known


def _people(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    asked = given(filter, "state", unit="units")
    code = filter.get("topic_code")
    at_home: Row = {"fields": {"$in": desk.topics.within(code)}} if code else {}
    return both(_seen(call), asked, at_home)


def _debriefings(call: Call, desk: Desk, filter: Mapping[str, Any]) -> Row:
    return both(access.visible_debriefings(call.actor, desk), given(filter, "state", unit="units"))
