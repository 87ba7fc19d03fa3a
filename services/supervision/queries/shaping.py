"""Rows as a viewer is shown them. What a unit sees of a supervision is what it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.supervision.commands import access
from services.supervision.domain.debriefings import SUPERVISOR, UNIT
from shared.actor import Actor
from shared.organisers import organisation_of
from shared.persistence.shaping import refer, without

Row = dict[str, Any]
COMMON = ("commands", "pending_events", "files_told", "reminded", "term", "presence")
OF_SUPERVISION = (*COMMON, "created_by", "files", "units", "sites", "team")


def supervision_row(actor: Actor, row: Row) -> Row:
    team = row["team"] or {}
    unit = actor.scope.get("unit") if actor.role in access.UNITS else None
    shown = {
        **without(refer(row, "organiser"), *OF_SUPERVISION),
        "unit_ids": row["units"],
        "site_ids": row["sites"],
        "leader_id": team.get("leader"),
        "member_ids": team.get("members", ()),
        "supervisor_ids": team.get("supervisors", ()),
        "experts": [_named(e, "employer") for e in team.get("experts", ())],
        "opinion": _opinion(row["opinion"]),
        "answers": [_named(a, "unit") for a in row["answers"] if unit in (None, a["unit"])],
        "rechecks": [without(r, "by") for r in row["rechecks"]],
        "report": _report(row["report"]),
        "party_report": _party_report(row["party_report"]),
        "may_run": organisation_of(actor) == row["organiser"],
    }
    if unit is not None:
        shown |= {"report": None, "party_report": None, "decision": None}
    return shown


def finding_row(row: Row) -> Row:
    return {
        **without(refer(row, "unit"), *COMMON, "files", "recorded_by", "title", "organiser"),
        "site_id": row["site_id"],
        "photos": [dict(pair) for pair in row["photos"]],
        "claims": [without(claim, "by") for claim in row["claims"]],
        "checks": [without(check, "by") for check in row["checks"]],
        "reopened": sum(not check["verified"] for check in row["checks"]),
    }


def site_row(row: Row) -> Row:
    return without(refer(row, "town", "unit"), *COMMON)


def inspection_row(row: Row) -> Row:
    return {
        **without(row, *COMMON, "organiser", "sites", "units", "invited", "followed", "attended"),
        "site_ids": row["sites"],
        "attended_ids": row["attended"],
        "sheets": [without(sheet, "by") for sheet in row["sheets"]],
    }


def supervisor_row(actor: Actor, row: Row) -> Row:
    """Relations are private: for who appoints and assigns, and for oneself."""
    own = actor.is_self(row["member_id"]) or (
        row["account_id"] is not None and row["account_id"] == actor.account_id
    )
    sees = own or actor.role in (*access.NOMINATORS, *access.APPROVERS)
    return {
        **without(refer(row, "employer"), *COMMON, "nominated_by", "account_id", "units"),
        "unit_ids": row["units"],
        "relations": [_named(r, "organisation") for r in row["relations"]] if sees else None,
        "reason": row["reason"] if sees else None,
        "decision": row["decision"] if sees else None,
        "end_reason": row["end_reason"] if sees else None,
        "certificate_no": (row["certificate"] or {}).get("no"),
        "nominated_for_id": row["nominated_for"],
        "certificate": None,
        "postings": [_named(p, "unit") for p in row["postings"]],
        "own": own,
    }


def debriefing_row(actor: Actor, row: Row) -> Row:
    """Who rated how is shown to nobody; results once the ratings are over."""
    over = row["state"] in ("RATED", "CLOSED")
    return {
        **without(
            refer(row, "organiser"),
            *COMMON,
            *("files", "units", "supervisors", "supervisor_members", "members", "followed"),
            *("papers", "questions", "votes", "attended", "supervision_id"),
        ),
        "unit_ids": row["units"],
        "supervisor_ids": row["supervisors"],
        "member_ids": row["members"] if actor.role not in access.UNITS else [],
        "papers": [_sided(without(p, "by"), p["side"], p["of"]) for p in row["papers"]],
        "questions": [
            _sided(
                {**without(q, "to_side", "to"), "asked_by_id": q["asked_by"]}, q["to_side"], q["to"]
            )
            for q in row["questions"]
        ],
        "ratings": _ratings(row["votes"]) if over else [],
        "rated": len({vote["rater"] for vote in row["votes"]}),
        "may_run": organisation_of(actor) == row["organiser"],
    }


def checklist_row(row: Row) -> Row:
    return {**without(refer(row, "organiser"), *COMMON), "version": row["version"]}


def _opinion(opinion: Row | None) -> Row | None:
    if opinion is None:
        return None
    items = [
        {
            **without(item, "unit", "authors", "findings"),
            "unit_id": item["unit"],
            "author_ids": item["authors"],
            "finding_ids": item["findings"],
        }
        for item in opinion["items"]
    ]
    return {
        **without(opinion, "signed_by", "copy_to"),
        "items": items,
        "copy_ids": opinion["copy_to"],
    }


def _report(report: Row | None) -> Row | None:
    return report and {**without(report, "main_authors"), "author_ids": report["main_authors"]}


def _party_report(report: Row | None) -> Row | None:
    return report and {**without(report, "main"), "main_ids": report["main"]}


def _named(row: Mapping[str, Any], name: str) -> Row:
    return {**without(row, name), f"{name}_id": row[name]}


def _sided(row: Row, side: str, of: str) -> Row:
    return {
        **without(row, "side", "of"),
        "unit_id": of if side == UNIT else None,
        "supervisor_id": of if side == SUPERVISOR else None,
    }


def _ratings(votes: list[Row]) -> list[Row]:
    rows = []
    for side, of in sorted({(v["side"], v["of"]) for v in votes}):
        own = [v for v in votes if (v["side"], v["of"]) == (side, of)]
        counts = {
            name.lower(): sum(v["rating"] == name for v in own)
            for name in ("SATISFIED", "BASIC", "DISSATISFIED")
        }
        notes = [v["note"] for v in own if v["note"]]
        rows.append(_sided({**counts, "notes": notes}, side, of))
    return rows
