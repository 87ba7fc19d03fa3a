"""Rows as a viewer is shown them. Outside, a manuscript is what the website shows."""

from __future__ import annotations

from typing import Any

from services.publicity.commands import access
from services.publicity.domain.states import Channel
from shared.actor import Actor
from shared.persistence.shaping import without

Row = dict[str, Any]
COMMON = ("commands", "pending_events")
OF_CONTENT = (*COMMON, "written_by", "members", "consents", "model_told", "models_told", "due_at")


def content_row(actor: Actor, row: Row) -> Row:
    writer = actor.account_id is not None and row["written_by"] == actor.account_id
    shows = actor.self_among(row["members"])
    sees = actor.role in access.INSIDE or writer
    site = next((p for p in row["publications"] if p["channel"] == Channel.WEBSITE.value), None)
    out = {
        **without(row, *OF_CONTENT, "publications", "reviews", "round"),
        "member_ids": row["members"],
        "consented_ids": row["consents"] if sees else [m for m in row["consents"] if m == shows],
        "publications": [_publication(p) for p in row["publications"]] if sees else [],
        "reviews": [without(r, "by") for r in row["reviews"]] if sees else [],
        "own": writer,
        "published_at": row["online_at"],
    }
    if row["online"] and site:
        out |= {
            "site_title": site["title"] or row["title"],
            "site_body": site["body"] or row["body"],
        }
    else:
        out |= {"site_title": None, "site_body": None}
    if not (sees or shows):
        out |= {"title": out["site_title"], "body": out["site_body"], "event": None}
    return out


def interview_row(row: Row) -> Row:
    return {
        **without(row, *COMMON, "created_by", "proposal", "guests"),
        "proposal_id": row["proposal"],
        "guest_ids": row["guests"],
    }


def _publication(one: Row) -> Row:
    return {
        **without(one, "draft_ref", "job_ref", "trace"),
        "trace": [without(step, "by") for step in one["trace"]],
    }
