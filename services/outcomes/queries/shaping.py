"""Rows of files and items as a viewer is shown them."""

from __future__ import annotations

from typing import Any

from services.outcomes.commands import access
from services.outcomes.domain.kinds import Disclosure, Source
from shared.actor import Actor, Role
from shared.persistence.shaping import refer, without

Row = dict[str, Any]
FULL = Disclosure.FULL.value
INTERNAL = ("node", "announced", "opened_by", "closings", "events", "version", "sides")
OF_ITEM = (
    *("carry_year", "track_at", "followed", "handled", "reporters", "files_told", "reminded"),
    *("verifications", "open", "promise_year", "version"),
)


def file_row(actor: Actor, row: Row) -> Row:
    """The public sees of a summary what, who, when and how far; of the rest all but people."""
    public = actor.role is Role.PUBLIC
    full = not public or row["openness"] == FULL
    shown = {
        **without(refer(row, "organiser"), *INTERNAL, "organisations", "units"),
        "organisation_ids": row["organisations"],
        "unit_ids": row["units"],
        "author_ids": row["authors"] if access.sees_authors(actor, row) else [],
        "text": row["text"] if full else "",
        "instructions": [] if public else row["instructions"],
        "conversions": [_conversion(c) for c in row["conversions"] if full and _stands(public, c)],
        "node_id": row["node"],
        "may_keep": access.may_keep(actor, row["organiser"], Source(row["source"])),
    }
    return without(shown, "authors")


def _stands(public: bool, conversion: Row) -> bool:
    return not (public and conversion["withdrawn"])


def _conversion(row: Row) -> Row:
    return without(row, "by", "at")


def item_row(actor: Actor, row: Row) -> Row:
    public = actor.role is Role.PUBLIC
    full = not public or row["openness"] == FULL
    source = Source(row["source"])
    entries = [] if public else [without(entry, "by") for entry in row["entries"]]
    shown = {
        **without(refer(row, "unit", "organiser"), *OF_ITEM, "organisations", "side"),
        "author_ids": row["authors"] if access.sees_authors(actor, row) else [],
        "text": row["text"] if full else None,
        "result": row["result"] if full else None,
        "reason": row["reason"] if full else None,
        "entries": entries,
        "files": row["files"] if full else [],
        "tracked_years": sorted({entry["year"] for entry in row["entries"]}),
        "may_keep": access.may_keep(actor, row["organiser"], source),
        "may_report": row["unit"] is not None and actor.scope.get("unit") == row["unit"],
    }
    return without(shown, "authors")
