"""Reading consultations, their plans and the views of the public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.ports import Desk
from services.consultations.domain.states import AFTER_MEETING, ViewState
from services.consultations.queries import shaping
from services.consultations.schemas import common
from services.consultations.schemas import consultations as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId
from shared.persistence.shaping import NOTHING, both

Row = dict[str, Any]
BY_CREATION = [("created_at", -1), ("_id", 1)]
BY_YEAR = [("year", -1), ("term", -1), ("_id", 1)]
BY_RECEIPT = [("received_at", -1), ("_id", 1)]


@allow(*Role)
@query("consultations", gives="Consultation")
def list_consultations(
    call: Call, desk: Desk, *, filter: form.ConsultationFilter, first: First, after: After | None
) -> Row:
    """协商，新的在前。Consultations, the latest first; visitors see those of published plans."""
    page = desk.consultations.page(_asked(call.actor, desk, filter), BY_CREATION, first, after)
    return {**page, "rows": [shaping.consultation(call.actor, row) for row in page["rows"]]}


@allow(*Role)
@query()
def count_consultations(call: Call, desk: Desk, *, filter: form.ConsultationFilter) -> int:
    return desk.consultations.count(_asked(call.actor, desk, filter))


@allow(*Role)
@query(loads="Consultation")
def consultations_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    found = desk.consultations.rows(both({"_id": {"$in": ids}}, access.visible(call.actor)))
    return [shaping.consultation(call.actor, row) for row in found]


@allow(*Role)
@query("consultationPlans", gives="ConsultationPlan")
def list_plans(call: Call, desk: Desk, *, first: First, after: After | None) -> Row:
    """年度协商计划，新的在前。Annual consultation plans, the latest first."""
    page = desk.plans.page(access.visible_plans(call.actor), BY_YEAR, first, after)
    return {**page, "rows": [shaping.plan(call.actor, row) for row in page["rows"]]}


@allow(*Role)
@query()
def count_plans(call: Call, desk: Desk) -> int:
    return desk.plans.count(access.visible_plans(call.actor))


@allow(*Role)
@query(loads="ConsultationPlan")
def plans_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    found = desk.plans.rows(both({"_id": {"$in": ids}}, access.visible_plans(call.actor)))
    return [shaping.plan(call.actor, row) for row in found]


@allow(*Role)
@query("publicViews", gives="PublicView")
def list_views(
    call: Call,
    desk: Desk,
    *,
    consultation: form.OfConsultation,
    first: First,
    after: After | None,
) -> Row:
    """群众意见，新的在前。Views of the public; those not shown for who moderates only."""
    page = desk.views.page(_views(call.actor, desk, consultation), BY_RECEIPT, first, after)
    return {**page, "rows": [shaping.view(call.actor, row) for row in page["rows"]]}


@allow(*Role)
@query()
def count_views(call: Call, desk: Desk, *, consultation: form.OfConsultation) -> int:
    return desk.views.count(_views(call.actor, desk, consultation))


@allow(*Role)
@query(loads="PublicView")
def views_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    rows = desk.views.rows({"_id": {"$in": ids}})
    return [
        shaping.view(call.actor, row)
        for row in rows
        if row["state"] == ViewState.SHOWN.value or access.moderates(call.actor, row)
    ]


@allow(*access.PROPOSERS, access.SUPERVISING)
@query("consultationFigures", gives="[ConsultationFigures!]")
def consultation_figures(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """年度协商统计，按主办单位，联合主办的各计一次。Figures of a year, by organiser.

    Each of several organisers is credited (11.4).
    """
    rows = desk.consultations.rows(both({"year": year}, access.visible(call.actor)))
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        after = row["state"] in {state.value for state in AFTER_MEETING}
        told = Counter(
            consultations=1,
            held=int(after),
            reported=int(row["report"] is not None),
            present=len(row["present"]) if after else 0,
            speakers=len(row["speakers"]),
            opinions=len(row["report"]["items"]) if row["report"] else 0,
            fed_back=int(row["feedback"] is not None),
        )
        for organiser in row["organisers"]:
            counted.setdefault(organiser, Counter()).update(told)
    names = ("consultations", "held", "reported", "present", "speakers", "opinions", "fed_back")
    return [
        {"organiser_id": id, **{name: found[name] for name in names}}
        for id, found in sorted(counted.items())
    ]


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is of a matter, and of the part of it, that the viewer is shown (20)."""
    actor = call.actor
    for kind, records, seen in (
        ("consultation", desk.consultations, access.visible(actor)),
        ("motion", desk.motions, access.visible_motions(actor)),
        ("project", desk.projects, access.visible_projects(actor)),
    ):
        found = records.rows(both({"_id": subject, "files": file_id}, seen))
        if any(shaping.may_read_file(actor, kind, row, file_id) for row in found):
            return True
    return False


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    stores = (desk.consultations, desk.motions, desk.projects)
    return sorted({id for store in stores for id in store.held(ids)})


def _asked(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    given = {name: value for name, value in filter.items() if value is not None}
    asked = [access.visible(actor), desk.topics.asked(given)]
    given.pop("topic_code", None)
    if given.pop("own", False):
        asked.append(access.own_of(actor))
    if states := given.pop("states", None):
        asked.append({"state": {"$in": [state.value for state in states]}})
    if organiser := given.pop("organiser", None):
        asked.append({"organisers": organiser})
    return {"$and": [given, *asked]}


def _views(actor: Actor, desk: Desk, consultation_id: str) -> Row:
    """All for who moderates them; the others those that are shown, of what they see."""
    found = desk.consultations.rows(both({"_id": consultation_id}, access.visible(actor)))
    if not found:
        return NOTHING
    asked: Row = {"consultation_id": consultation_id}
    if access.moderates(actor, found[0]):
        return asked
    return {**asked, "state": ViewState.SHOWN.value}
