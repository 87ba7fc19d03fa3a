"""What of a matter its viewer is shown."""

from __future__ import annotations

from typing import Any

from services.consultations.commands import access
from services.consultations.domain.states import MotionState
from shared.actor import Actor, Role
from shared.persistence.shaping import without

Row = dict[str, Any]
NEVER = ("files", "files_told", "next_alarm_at", "counts", "writer", "term", "clocks")
# For those who have a part in it, and whoever reads everything.
INSIDE = ("statements", "minutes", "papers", "participants", "present", "background", "feedback")


def consultation(actor: Actor, row: Row) -> Row:
    """Statements, minutes and papers only for who is inside; the report for members and units."""
    whole = access.inside(actor, row)
    shown = without(row, *NEVER, "presence", "plan_id")
    report = row["report"]
    if not whole:
        shown |= {name: None for name in INSIDE}
    if actor.role is Role.PUBLIC:
        report = None
        shown |= {"speakers": None, "instructions": None, "reason": ""}
    waiting = [one for one in row["speakers"] if not one["spoken_at"] and not one["passed"]]
    written = bool(row["meeting"] and row["meeting"]["written"])
    return shown | {
        "report": {**report, "items": [_item(one) for one in report["items"]]} if report else None,
        "report_no": number(report),
        "speakers": [_speaker(one) for one in shown["speakers"] or ()],
        "turn": _speaker(waiting[0]) if written and waiting and whole else None,
        "statements": _all(shown["statements"], _who),
        "minutes": _minutes(shown["minutes"]),
        "meeting": _meeting(row["meeting"], whole),
        "organiser_ids": row["organisers"],
        "department_ids": row["departments"],
        "proposer_id": row["proposer"] if whole else None,
        "proposed_for_id": row["proposed_for"] if whole else None,
        "plan_ref": row["plan_id"],
        "present_ids": shown["present"],
        "dues": [_clock(one) for one in row["clocks"]] if whole else [],
        "is_organiser": access.organises(actor, tuple(row["organisers"])),
    }


def number(report: Row | None) -> str | None:
    return f"协商专报 {report['year']}年第{report['no']}期" if report else None


def motion(actor: Actor, row: Row) -> Row:
    shown = without(row, *NEVER)
    visitor = actor.role is Role.PUBLIC or actor.role not in access.VIEWERS
    if visitor:
        shown |= {"instructions": [], "feedback": None, "attachments": [], "reason": ""}
    return shown | {
        "items": [_item(one) for one in row["items"]],
        "organiser_id": row["organiser"],
        "main_ids": row["main"],
        "copy_to_ids": row["copy_to"],
        "author_ids": row["main_authors"],
        "proposer_id": None if visitor else row["proposer"],
        "meeting_ref": (row["adoption"] or {}).get("meeting_id"),
        "dues": [] if visitor else [_clock(one) for one in row["clocks"]],
        "is_own": access.organises(actor, (row["organiser"],)),
        "drafting": row["state"] in (MotionState.RESEARCHING.value, MotionState.DRAFTED.value),
    }


def project(actor: Actor, row: Row) -> Row:
    report = row["report"]
    return without(row, *NEVER) | {
        "organiser_id": row["organiser"],
        "leader_id": row["leader"],
        "team_ids": row["team"],
        "department_ids": row["departments"],
        "motion_ref": row["motion_id"],
        "consultation_ref": row["consultation_id"],
        "visits": [
            {**without(one, "occurrences"), "member_ids": one["members"], "unit_ids": one["units"]}
            for one in row["visits"]
        ],
        "report": {**report, "author_ids": report["main_authors"]} if report else None,
        "is_own": access.organises(actor, (row["organiser"],)),
    }


def plan(actor: Actor, row: Row) -> Row:
    return without(row, *NEVER) | {
        "topic_ids": row["topics"],
        "decisions": [{**one, "topic_ids": one["topics"]} for one in row["decisions"]],
    }


def view(actor: Actor, row: Row) -> Row:
    """For moderators the home it came in at, and the name; that for all where it is agreed to."""
    moderates = access.moderates(actor, row)
    shown = without(row, "moderated_by", "entered_by", "organisers")
    name = row["name"] if moderates or row["named"] else ""
    return shown | {
        "name": name,
        "reason": row["reason"] if moderates else "",
        "home_id": row["home_id"] if moderates else None,
    }


def may_read_file(actor: Actor, kind: str, row: Row, file_id: str) -> bool:
    """Of a consultation its report for all who see it but visitors, the rest for who is inside."""
    if actor.role is Role.PUBLIC:
        return False
    if kind != "consultation" or access.inside(actor, row):
        return True
    return bool(row["report"]) and file_id in row["report"]["files"]


def _all(rows: list[Row] | None, shape: Any) -> list[Row] | None:
    return None if rows is None else [shape(one) for one in rows]


def _who(one: Row) -> Row:
    return {**one, "organisation_id": one["organisation"]}


def _speaker(one: Row) -> Row:
    return _who(one)


def _item(one: Row) -> Row:
    return {**one, "unit_id": one["unit"], "author_ids": one["authors"]}


def _minutes(minutes: Row | None) -> Row | None:
    return {**minutes, "dissents": [_who(one) for one in minutes["dissents"]]} if minutes else None


def _meeting(held: Row | None, whole: bool) -> Row | None:
    if held is None:
        return None
    return without(held, "invited", "moved", "held_on") | {
        "meeting_ref": None if held["written"] or not whole else held["id"]
    }


def _clock(one: Row) -> Row:
    names = ("about", "due_at", "stopped_at", "late", "void")
    return {name: one[name] for name in names}
