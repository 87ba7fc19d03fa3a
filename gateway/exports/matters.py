"""What an export is about, for its file's name: the meeting, the class, the period, the unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.exports.wording import session_of
from gateway.manifests import enum
from gateway.proposals.enums import ProposalState

Row = dict[str, Any]
TITLED = {  # type → loader, and what names the record
    "Meeting": ("meetings", "title"),
    "RotationClass": ("rotation_classes", "title"),
    "Opinion": ("opinions", "title"),
    "OutcomeFile": ("outcome_files", "title"),
    "Consultation": ("consultations", "title"),
    "Motion": ("motions", "title"),
    "Supervision": ("supervisions", "title"),
    "Supervisor": ("supervisors", "certificate_no"),
}
NAMED = ("unit_id", "town", "committee", "organisation", "sector_group")  # ids of organisations
GROUPINGS = {
    "DUTY_STATISTICS_XLSX": "DutyGroupKind",
    "PROPOSAL_STATISTICS_XLSX": "StatisticsGrouping",
}


async def matter_of(context: Context, kind: str, subject: str | None, filter: Row) -> str:
    """Its parts with blanks between; empty for all that there is.

    subject: the type of the one record that it is about.
    """
    if subject is not None:
        loader, name = TITLED[subject]
        record = await getattr(context.loaders, loader).load(filter["subject"])
        return (record[name] or "") if record else ""
    filter = {**filter, **(filter.get("members") or {})}
    parts = [*_period(filter), *_words(kind, filter)]
    for name in NAMED:
        if id := filter.get(name):
            found = await context.loaders.organisations.load(id)
            parts.append(found["name"] if found else "")
    return " ".join(part for part in parts if part)


def _period(filter: Mapping[str, Any]) -> list[str]:
    year, term, session = (filter.get(name) for name in ("year", "term", "session"))
    sessions = session_of(term, session) or (f"第{term}届" if term else "")
    return [f"{year}年" if year else "", sessions]


def _words(kind: str, filter: Mapping[str, Any]) -> list[str]:
    states = labels_of(ProposalState)
    found = "、".join(states[str(getattr(s, "value", s))] for s in filter.get("states") or ())
    grouped = labels_of(enum(GROUPINGS[kind]))[filter["by"]] if kind in GROUPINGS else ""
    return [
        found,
        f"按{grouped}" if grouped and filter["by"] != "TOTAL" else "",
        filter.get("text") or "",
    ]
