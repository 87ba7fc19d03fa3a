"""Who sees what of appraisals and inspections; nobody sees a figure before publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.appraising import VOTERS
from services.proposals.commands.panel import voter_keys
from services.proposals.commands.ports import Desk
from services.proposals.domain.appraisal import AppraisalState
from services.proposals.domain.ballots import RollEntry, RollState
from services.proposals.domain.evaluation import CloseKind
from services.proposals.queries import proposals
from services.proposals.schemas import appraisals as form
from services.proposals.schemas import common
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.contracts.recipients import account_key, member_key
from shared.operations import query
from shared.operations.arguments import First

Row = dict[str, Any]
Query = dict[str, Any]
EVERYONE = tuple(Role)
CHAIRS = frozenset({Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL})
OFFICES = frozenset({Role.OFFICE, Role.SUPERVISING_OFFICE})
SEES_ALL = access.PRO | CHAIRS | OFFICES
PLANNERS = tuple(access.PRO | CHAIRS)
PUBLISHED = AppraisalState.PUBLISHED.value
COUNTED_ON = (AppraisalState.COUNTED.value, PUBLISHED)
HIDDEN = frozenset({"results", "panel", "noted", "account_id", "last_voter_no", "commands"}) | {
    "report_remind_at",
    "reports_reminded",
    "files_told",
}
# Key proposals that were not appraised yet (2.2 "Key proposal").
KEY_WAITING = ("SELECTED", "LED", "MEETING_HELD")


@allow(*EVERYONE)
@query(loads="Appraisal")
def appraisals_by_ids(call: Call, desk: Desk, *, ids: form.AppraisalIds) -> list[Row]:
    """Rows of those that the viewer may see; the others are absent."""
    query = {"$and": [{"_id": {"$in": ids}}, appraisals_seen(call.actor)]}
    return _shown(call, desk, desk.appraisals.rows(query))


@allow(*EVERYONE)
@query("appraisals", gives="Appraisal")
def list_appraisals(
    call: Call,
    desk: Desk,
    *,
    filter: form.AppraisalFilter,
    first: First,
    after: common.After | None,
) -> Row:
    """可以查看的民主评议。The appraisals that the viewer may see.

    A page of {"rows", "has_next"}, the latest first.
    """
    found = desk.appraisals.page(_appraisals(call, filter), first, after)
    return {**found, "rows": _shown(call, desk, found["rows"])}


@allow(*EVERYONE)
@query()
def count_appraisals(call: Call, desk: Desk, *, filter: form.AppraisalFilter) -> int:
    return desk.appraisals.count(_appraisals(call, filter))


@allow(*VOTERS)
@query()
def appraisal_by_code(
    call: Call, desk: Desk, *, appraisal_id: common.AppraisalId, code: common.Code
) -> Row | None:
    """一场民主评议，无权查看时为空。An appraisal; null where it may not be seen.

    The appraisal for a voter without an account; None for a code that is not of its panel.
    """
    entry = desk.appraisals.entry(appraisal_id, voter_keys(call, code))
    rows = desk.appraisals.rows({"_id": appraisal_id}) if entry else []
    if not rows or entry is None:
        return None
    hidden = {"panel": None, "voted": rows[0]["ballots"]}
    reports = {"reports": rows[0].get("reports", []), "my_vote": entry.state.value}
    return {**_open_part(rows[0], call.actor), **hidden, **reports}


@allow(*PLANNERS)
@query()
def list_appraisal_candidates(
    call: Call,
    desk: Desk,
    *,
    filter: form.NoFilter,
    first: First,
    after: common.After | None,
    fields: common.Fields | None,
) -> Row:
    """待评议的提案：保留意见办结的和重点提案。Cases for the next list.

    A page of the cases for the next list: closed WITH_RESERVATION (AC-10), and key ones.
    """
    query = _candidates(call, desk)
    return proposals.shown_page(call, desk.proposals, query, "UPDATED", first, after, fields)


@allow(*PLANNERS)
@query()
def count_appraisal_candidates(call: Call, desk: Desk, *, filter: form.NoFilter) -> int:
    return desk.proposals.count(_candidates(call, desk))


@allow(*EVERYONE)
@query(loads="Inspection")
def inspections_by_ids(call: Call, desk: Desk, *, ids: form.AppraisalIds) -> list[Row]:
    query = {"$and": [{"_id": {"$in": ids}}, inspections_seen(call.actor)]}
    return desk.inspections.rows(query)


@allow(*EVERYONE)
@query("inspections", gives="Inspection")
def list_inspections(
    call: Call,
    desk: Desk,
    *,
    filter: form.InspectionFilter,
    first: First,
    after: common.After | None,
) -> Row:
    """可以查看的提案办理视察。The inspections that the viewer may see.

    A page of {"rows", "has_next"}, the latest first.
    """
    return desk.inspections.page(_inspections(call, filter), first, after)


@allow(*EVERYONE)
@query()
def count_inspections(call: Call, desk: Desk, *, filter: form.InspectionFilter) -> int:
    return desk.inspections.count(_inspections(call, filter))


@allow(*EVERYONE)
def may_read_inspection_file(call: Call, desk: Desk, *, file_id: str, subject: str) -> bool:
    """Whoever sees an inspection sees its photos and the report's attachments."""
    holding = {"_id": subject, "files_told": file_id}
    rows = desk.inspections.rows({"$and": [holding, inspections_seen(call.actor)]})
    return bool(rows) and file_id in _files(rows[0])


@allow(*EVERYONE)
def may_read_report_file(call: Call, desk: Desk, *, file_id: str, subject: str) -> bool:
    """Whoever is shown a unit's report reads what is attached to it."""
    holding = {"_id": subject, "files_told": file_id}
    rows = desk.appraisals.rows({"$and": [holding, appraisals_seen(call.actor)]})
    shown = [_open_part(row, call.actor) for row in rows]
    return any(file_id in report["files"] for row in shown for report in row["reports"])


@allow(Role.SYSTEM)
def held_inspection_files(_call: Call, desk: Desk, *, ids: list[str]) -> list[str]:
    """Those of these files that any inspection holds, for the gateway before it removes one."""
    return sorted(desk.inspections.held(ids))


def appraisals_seen(actor: Actor) -> Query:
    """The committee, chairpersons and offices all; the panel its own; units those of their cases,
    and everyone what is public, once published."""
    if actor.role in SEES_ALL:
        return {}
    clauses: list[Query] = [{"state": PUBLISHED, "public": True}]
    if (unit := actor.scope.get("unit")) and actor.role in access.UNITS:
        clauses += [
            {"state": PUBLISHED, "subjects.case_units": unit},
            {"subjects.units": unit},  # it hands in its report
        ]
    if keys := _own_keys(actor):
        clauses.append({"panel.key": {"$in": keys}})
    return {"$or": clauses}


def inspections_seen(actor: Actor) -> Query:
    """Those who read all that was filed, the participants, the units of the cases."""
    if actor.former:
        return access.NOTHING
    if actor.role in access.READS_ALL_FILED:
        return {}
    if (unit := actor.scope.get("unit")) and actor.role in access.UNITS:
        return {"units": unit}
    return {"participants": actor.own}


def _files(row: Row) -> set[str]:
    photos = [photo for finding in row["findings"] for photo in finding["photos"]]
    return {*photos, *row["attachments"]}


def _own_keys(actor: Actor) -> list[str]:
    if actor.former or actor.account_id is None:
        return []
    return [
        account_key(actor.account_id),
        *map(member_key, actor.memberships),
    ]


def _appraisals(call: Call, filter: Mapping[str, Any]) -> Query:
    clauses: list[Query] = [appraisals_seen(call.actor)]
    if filter.get("states"):
        clauses.append({"state": {"$in": [state.value for state in filter["states"]]}})
    if "proposal_id" in filter:
        clauses.append({"subjects.proposal_id": filter["proposal_id"]})
    return {"$and": clauses}


def _inspections(call: Call, filter: Mapping[str, Any]) -> Query:
    clauses: list[Query] = [inspections_seen(call.actor)]
    if filter.get("states"):
        clauses.append({"state": {"$in": [state.value for state in filter["states"]]}})
    if "proposal_id" in filter:
        clauses.append({"proposal_ids": filter["proposal_id"]})
    return {"$and": clauses}


def _candidates(call: Call, desk: Desk) -> Query:
    wanted = [
        {"close_kind": CloseKind.WITH_RESERVATION.value},
        {"key.state": {"$in": list(KEY_WAITING)}},
    ]
    fresh = {"_id": {"$nin": desk.appraisals.listed()}}
    return {"$and": [{"$or": wanted}, fresh, access.visible_to(call.actor)]}


def _shown(call: Call, desk: Desk, rows: list[Row]) -> list[Row]:
    """Rows without what nobody may see: figures before publication, who voted before the count."""
    actor = call.actor
    keys, ids = _own_keys(actor), [row["id"] for row in rows]
    own = desk.appraisals.rolls(ids, keys) if keys else {}
    shown = [
        {
            **_open_part(row, actor),
            "my_vote": own[row["id"]].state.value if row["id"] in own else None,
            "panel": None,
            "voted": row["ballots"],
        }
        for row in rows
    ]
    if actor.role not in access.PRO:
        return shown
    rolls = desk.appraisals.whole_rolls(ids)
    return [
        {**part, **_for_committee(row, rolls.get(row["id"], []))}
        for part, row in zip(shown, rows, strict=True)
    ]


def _open_part(row: Row, actor: Actor) -> Row:
    figures = {figure["proposal_id"]: figure for figure in row["results"]}
    published = row["state"] == PUBLISHED
    unit = actor.scope.get("unit") if actor.role in access.UNITS else None
    subjects = [
        {**case, "result": _result(row, figures[case["proposal_id"]]) if published else None}
        for case in row["subjects"]
        if unit is None or unit in case["case_units"]
    ]
    reads = _reads_reports(actor, row)
    reports = [report for report in row.get("reports", ()) if reads or report["unit"] == unit]
    handed_in = {report["unit"] for report in row.get("reports", ())}
    asked = sorted({unit for case in row["subjects"] for unit in case["units"]} - handed_in)
    kept = {name: value for name, value in row.items() if name not in HIDDEN}
    return {
        **kept,
        "subjects": subjects,
        "invited": len(row["panel"]),
        "report_due_at": row.get("report_due_at"),
        "reports": reports,
        "reports_missing": [id for id in asked if reads or id == unit],
    }


def _reads_reports(actor: Actor, row: Row) -> bool:
    """The committee, the supervising office and the panel, those with a code too; a unit reads its
    own, nobody else any."""
    if actor.role in access.PRO or actor.role is Role.SUPERVISING_OFFICE:
        return True
    keys = {voter["key"] for voter in row["panel"]}
    return not keys.isdisjoint(_own_keys(actor))


def _result(row: Row, figure: Row) -> Row:
    labelled = zip(row["rules"]["items"], figure["averages"], strict=True)
    scores = [{"item": item, "average": average} for item, average in labelled]
    return {**figure, "scores": scores}


def _for_committee(row: Row, roll: Sequence[RollEntry]) -> Row:
    """How many have voted, so that it is known when to count, and who is on the panel; who of
    them has voted only after the count."""
    voted = {entry.key: entry.state is RollState.VOTED for entry in roll}
    counted = row["state"] in COUNTED_ON
    panel = [
        {
            "no": voter["no"],
            "kind": voter["kind"],
            "member_id": _named(voter["key"], member_key("")),
            "account_id": _named(voter["key"], account_key("")),
            "label": voter["label"],
            "unit": voter["unit"],
            "voted": voted.get(voter["key"]) if counted else None,
        }
        for voter in row["panel"]
    ]
    return {"panel": panel, "voted": sum(voted.values()) if roll else None}


def _named(key: str, prefix: str) -> str | None:
    return key.removeprefix(prefix) if key.startswith(prefix) else None
