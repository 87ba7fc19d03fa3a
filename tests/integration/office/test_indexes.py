"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.office.commands import feeds, reminders
from services.office.queries import meetings as reads
from tests.integration.office.desk import CHAIR, CLERK, ECONOMY, LU, SYSTEM, Office, re_elected

MINE = re_elected(LU)  # of several memberships


def listed(by: Any, **asked: Any) -> Callable[[Office], object]:
    filter: Any = asked
    return lambda o: reads.list_meetings(
        by, o.desk, filter=filter, latest_first=True, first=20, after=None
    )


QUESTIONS: dict[str, Callable[[Office], object]] = {
    "all": listed(CLERK),
    "of a kind": listed(CHAIR, kind="COMMITTEE"),
    "in a state": listed(CLERK, state="PLANNED"),
    "of an organiser": listed(CLERK, organiser="com-economy"),
    "an organiser's own": listed(ECONOMY),
    "a member's": listed(MINE),
    "invited": listed(MINE, invited=True),
    "counted": lambda o: reads.count_meetings(MINE, o.desk, filter={}),
    "by ids": lambda o: reads.meetings_by_ids(MINE, o.desk, ids=["x"]),
    "records": lambda o: reads.meeting_records_by_ids(MINE, o.desk, ids=["x"]),
    "tallies": lambda o: reads.tallies_by_ids(CLERK, o.desk, ids=["x"]),
    "held files": lambda o: reads.held_files(SYSTEM, o.desk, ids=["file-1"]),
    "a file": lambda o: reads.may_read_file(MINE, o.desk, file_id="file-1", subject="x"),
    "groups": lambda o: o.desk.members.of_groups(["SECTOR:22"]),
    "everybody": lambda o: o.desk.members.of_groups(["ALL"]),
    "the term": lambda o: o.desk.members.current_term(),
    "reminders": lambda o: reminders.remind_invited(SYSTEM, o.desk),
    "a feed": lambda o: feeds.own_feed(MINE, o.desk),
    "check-ins": lambda o: o.desk.check_ins.of_meeting("x"),
}
SMALL = {"settings"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(office: Office, name: str) -> None:
    database = office.database.db
    office.notified()
    office.database.kept("members").drop()  # else the term is known
    database.command("profile", 2)
    try:
        QUESTIONS[name](office)
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL, [row.get("command") for row in asked if "COLLSCAN" in str(row)]
