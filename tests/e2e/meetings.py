"""A meeting that another service asked for, as the office holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gateway.base import local_id
from tests.e2e.story import Story
from tests.waiting import eventually
from tests.world import OFFICE


def hold(
    story: Story, meeting: str, present: Iterable[str], begins: datetime, half_days: int = 1
) -> None:
    """It is announced, it is noted who came to all of it, and that is confirmed.

    `begins` is a morning at nine; afternoons begin at two. Moves the clock.
    """
    office = story.world.stack.db("office")["meetings"]
    eventually(lambda: office.find_one({"_id": local_id(meeting, "Meeting")}))
    story.run(OFFICE, "notifyMeeting", "meeting { state }", meetingId=meeting)
    members = [story.gid(name) for name in present]
    for number in range(half_days):
        day, half = divmod(number, 2)
        story.world.stack.move_clock(begins + timedelta(days=day, hours=5 * half))
        given = {"meetingId": meeting, "halfDay": number + 1}
        story.run(OFFICE, "openCheckIn", "meeting { state }", **given)
        story.run(OFFICE, "checkInMembers", "meeting { state }", members=members, **given)
    story.run(OFFICE, "holdMeeting", "meeting { state }", meetingId=meeting)
    story.run(OFFICE, "confirmAttendance", "meeting { state }", meetingId=meeting)
