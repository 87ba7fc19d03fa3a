"""What facts of the members service change here. Safe twice, late and out of order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.commands.ports import Desk, change
from services.proposals.domain.proposal import Proposal
from shared.call import Call
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "proposals"


class _Nothing(Exception):
    """Nothing to change: a repeated event."""


def note_member(event: Event, desk: Desk) -> None:
    """Keep the group codes of the member (full state: older versions do not win)."""
    data = event.data
    row = {"state": data["state"], "groups": data["groups"]}
    desk.directory.note_member(data["member_id"], event.version, row)


def note_session(event: Event, desk: Desk) -> None:
    data = event.data
    moments = ("opens_at", "cut_off_at", "plenary_from", "plenary_to")
    row: dict[str, Any] = {name: datetime.fromisoformat(data[name]) for name in moments}
    key = f"{event.term}-{data['no']}"
    desk.directory.note_session(key, event.version, {**row, "term": event.term, "no": data["no"]})


def member_left(event: Event, desk: Desk) -> None:
    """Decision 17: who left no longer co-signs what is not yet filed."""
    note_member(event, desk)
    if replay_target.get():  # a replay rebuilds projections only
        return
    member_id, call = event.data["member_id"], event.call(SERVICE)
    for proposal_id in desk.proposals.signed_by(member_id):
        _release(call, desk, proposal_id, member_id)


def _release(call: Call, desk: Desk, proposal_id: str, member_id: str) -> None:
    def act(proposal: Proposal, at: datetime) -> None:
        if not proposal.release(member_id, at, desk.decide_by(at)):
            raise _Nothing

    try:
        change(call, desk, proposal_id, {}, act)
    except _Nothing:
        return
