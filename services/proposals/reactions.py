"""What facts of the members service change here. Safe twice, late and out of order."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from services.proposals.commands.ports import Desk, change_if
from services.proposals.domain import cosigning, honours, judging, promises, returning
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import PROPOSING, ProposerType
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "proposals"
HANDLING_UNIT = "HANDLING_UNIT"


def note_member(event: Event, desk: Desk) -> None:
    """Keep the group codes of the member (full state: older versions do not win)."""
    data = event.data
    row = {"state": data["state"], "groups": data["groups"], "person_id": data["person_id"]}
    desk.directory.note_member(data["member_id"], event.version, row)


def note_session(event: Event, desk: Desk) -> None:
    data = event.data
    moments = ("opens_at", "cut_off_at", "plenary_from", "plenary_to")
    row: dict[str, Any] = {name: datetime.fromisoformat(data[name]) for name in moments}
    key = f"{event.term}-{data['no']}"
    desk.directory.note_session(key, event.version, {**row, "term": event.term, "no": data["no"]})


def note_unit(event: Event, desk: Desk) -> None:
    """Keep which units and proposing organisations are in being (full state); what a merged unit
    handles moves with it."""
    data = event.data
    if data["kind"] != HANDLING_UNIT and data["kind"] not in PROPOSING:
        return
    row = {name: data.get(name) for name in ("kind", "is_active", "merged_into")}
    unit, heir = data["organisation_id"], data.get("merged_into")
    if data["kind"] == ProposerType.PARTY:
        row["party"] = data.get("code")
    desk.directory.note_unit(unit, event.version, row)
    if heir is None or replay_target.get():
        return
    call = event.call(SERVICE)
    for proposal_id in desk.proposals.cases_of_unit(unit):
        change_if(call, desk, proposal_id, lambda p, _: returning.move_unit(p, unit, heir))


def mark_appraised(event: Event, desk: Desk) -> None:
    """A key proposal has been appraised once the figures about it are published."""
    if replay_target.get():
        return
    call, appraisal = event.call(SERVICE), event.data["appraisal_id"]
    subjects = [subject["proposal_id"] for subject in event.data["subjects"]]
    waiting = {"_id": {"$in": subjects}, "key.state": KeyState.MEETING_HELD.value}
    for row in desk.proposals.rows(waiting, ["state"]):
        change_if(call, desk, row["id"], lambda p, at: honours.mark_appraised(p, appraisal, at))


def verify_promises(event: Event, desk: Desk) -> None:
    """Decision 42: an inspection has reported which promises it saw kept."""
    if replay_target.get():
        return
    call, inspection = event.call(SERVICE), event.data["inspection_id"]
    seen = {row["proposal_id"]: row["commitments"] for row in event.data.get("verified", ())}
    for row in desk.proposals.rows({"_id": {"$in": list(seen)}}, ["state"]):
        verb = partial(promises.verify, seen[row["id"]], inspection)
        change_if(call, desk, row["id"], verb)


def member_absent(event: Event, desk: Desk) -> None:
    """Decisions 17, 62: who died, resigned or was removed no longer evaluates either."""
    member_left(event, desk)
    if replay_target.get():
        return
    member_id, call = event.data["member_id"], event.call(SERVICE)
    for proposal_id in desk.proposals.open_cases_of(member_id):
        change_if(call, desk, proposal_id, lambda p, _: judging.mark_absent(p, member_id))


def member_left(event: Event, desk: Desk) -> None:
    """Decision 17: who left no longer co-signs what is not yet filed."""
    note_member(event, desk)
    if replay_target.get():  # a replay rebuilds projections only
        return
    member_id, call = event.data["member_id"], event.call(SERVICE)
    for proposal_id in desk.proposals.signed_by(member_id):
        change_if(
            call,
            desk,
            proposal_id,
            lambda p, at: cosigning.release(p, member_id, at, desk.decide_by(at)),
        )
