"""The timer: who has not answered, and whose meeting begins, is reminded once."""

from __future__ import annotations

from datetime import timedelta

from services.office.commands.ports import Desk
from services.office.domain import reminders
from shared.call import Call
from shared.errors import Conflict


def remind_invited(call: Call, desk: Desk) -> list[str]:
    """Ids of the meetings of which somebody was reminded.

    Two replicas that find the same meeting: one's write wins, the other's is left.
    """
    at = desk.clock.now()
    leads = {
        reminders.ANSWER: timedelta(hours=desk.setting("answer_reminder_hours")),
        reminders.START: timedelta(hours=desk.setting("start_reminder_hours")),
    }
    reminded = []
    for meeting in desk.meetings.to_remind(at, max(leads.values())):
        about = reminders.due(meeting, leads, at)
        for what in about:
            reminders.remind(meeting, what)
        if about:
            try:
                desk.meetings.save(call, meeting, at)
            except Conflict:
                continue
            reminded.append(meeting.id)
    return reminded
