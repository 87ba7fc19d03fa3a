"""Every question about documents, affairs, plans, rules and training is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from services.office.commands import incoming
from services.office.domain.document_kinds import Kind, Urgency, WorkOrder
from services.office.queries import library as shelf
from services.office.queries import papers as reads
from services.office.queries import work
from shared.clock import SHANGHAI
from shared.contracts import names
from tests.integration.office.desk import CLERK, ECONOMY, LU, SYSTEM, UNIT, Office, member
from tests.integration.office.papers import (
    draft,
    executing_plan,
    instructed,
    item,
    know_organisations,
)

MINE = member(LU)
ITEM = item("PLENARY", 1, "office", names.MEETING_ATTENDANCE_CONFIRMED, kind="PLENARY")
PLAN = "plan-15-2017"
Ask = Callable[[Office], object]
ORDERED = (reads.list_incoming, work.list_affairs)
SOON = datetime(2017, 6, 1, tzinfo=SHANGHAI)


def listed(method: Callable[..., object], by: object, **filter: object) -> Ask:
    ordered = {"order_by": WorkOrder.NEWEST} if method in ORDERED else {}
    return lambda o: method(by, o.desk, filter=dict(filter), first=20, after=None, **ordered)


def by_due(method: Callable[..., object], by: object, **filter: object) -> Ask:
    due = {"first": 20, "after": None, "order_by": WorkOrder.DUE}
    return lambda o: method(by, o.desk, filter=dict(filter), **due)


QUESTIONS: dict[str, Ask] = {
    "outgoing": listed(reads.list_outgoing, CLERK),
    "outgoing of a kind": listed(reads.list_outgoing, CLERK, kind=Kind.NOTICE),
    "outgoing in a state": listed(reads.list_outgoing, CLERK, state="DRAFTED"),
    "outgoing of a year": listed(reads.list_outgoing, CLERK, year=2017),
    "a committee's outgoing": listed(reads.list_outgoing, ECONOMY),
    "a unit's": listed(reads.list_outgoing, UNIT),
    "without a receipt of a unit's": listed(reads.list_outgoing, UNIT, unreceipted=True),
    "incoming": listed(reads.list_incoming, CLERK),
    "incoming in a state": listed(reads.list_incoming, CLERK, state="NOTED"),
    "incoming by urgency": listed(reads.list_incoming, CLERK, urgency=Urgency.FLASH),
    "a committee's incoming": listed(reads.list_incoming, ECONOMY),
    "a reader's": listed(reads.list_incoming, MINE),
    "unread": listed(reads.list_incoming, MINE, unread=True),
    "outgoing of a number": listed(reads.list_outgoing, CLERK, number="吴政协〔2017〕3号"),
    "outgoing of a title": listed(reads.list_outgoing, UNIT, title="视察"),
    "incoming of a number": listed(reads.list_incoming, CLERK, number="吴政办发〔2017〕31号"),
    "incoming of a title": listed(reads.list_incoming, MINE, title="河长制"),
    "a sender's": listed(reads.list_incoming, CLERK, sender="sup-qzfb"),
    "a named sender's": listed(reads.list_incoming, CLERK, sender_name="苏州市政协办公室"),
    "incoming by due date": by_due(reads.list_incoming, CLERK, open=True, due_before=SOON),
    "a committee's by due date": by_due(reads.list_incoming, ECONOMY),
    "affairs of a title": listed(work.list_affairs, CLERK, title="用车"),
    "affairs by due date": by_due(work.list_affairs, ECONOMY, open=True, due_before=SOON),
    "reminders": lambda o: incoming.remind_of_documents(SYSTEM, o.desk),
    "registered": lambda o: o.desk.incoming.registered("区委办", "1号", "x"),
    "affairs": listed(work.list_affairs, CLERK),
    "an office's affairs": listed(work.list_affairs, ECONOMY),
    "a member's affairs": listed(work.list_affairs, MINE),
    "affairs in a state": listed(work.list_affairs, CLERK, state="RAISED"),
    "plans": listed(work.list_plans, MINE),
    "a year's plans": listed(work.list_plans, CLERK, year=2017),
    "progress": lambda o: work.plans_by_ids(CLERK, o.desk, ids=[PLAN]),
    "traces": lambda o: work.list_plan_traces(
        CLERK, o.desk, plan_id=PLAN, item="PLENARY", first=20, after=None
    ),
    "rules": listed(shelf.list_internal_rules, CLERK),
    "rules in force": listed(shelf.list_internal_rules, CLERK, in_force=True),
    "trainings": listed(shelf.list_trainings, CLERK, year=2017),
    "own trainings": listed(shelf.list_trainings, ECONOMY),
    "hours": lambda o: shelf.training_hours(CLERK, o.desk, year=2017),
    "held files": lambda o: reads.held_papers(o.desk, ["file-1"]),
    "a file": lambda o: reads.may_read_paper(CLERK, o.desk, "file-1", "x"),
    "organisations": lambda o: o.desk.directory.of_kind("SUPERVISING_OFFICE"),
}
SMALL = {"settings"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(office: Office, name: str) -> None:
    know_organisations(office)
    draft(office)
    instructed(office)
    executing_plan(office, ITEM)
    database = office.database.db
    database.command("profile", 2)
    try:
        partial(QUESTIONS[name], office)()
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL
