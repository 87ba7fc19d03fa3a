"""What facts of other services change here."""

from __future__ import annotations

from services.publicity.commands.ports import Desk
from shared.messaging.events import Event


def note_member(event: Event, desk: Desk) -> None:
    """Keep who is a member: manuscripts and interviews name those in office."""
    desk.members.note(event)
