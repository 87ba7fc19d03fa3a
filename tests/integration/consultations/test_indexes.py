"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from services.consultations.commands.alarms import ring_alarms
from services.consultations.commands.ports import Desk
from services.consultations.domain.motions import Motion
from services.consultations.domain.plans import Plan
from services.consultations.domain.record import Consultation
from services.consultations.domain.research import Research
from services.consultations.domain.states import (
    ConsultationForm,
    ConsultationState,
    ViewChannel,
)
from services.consultations.domain.views import View
from services.consultations.queries import consultations as reads
from services.consultations.queries import motions as lists
from services.consultations.service import SETTINGS, desk_of
from shared.actor import PUBLIC_ACTOR, Role
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence import Database, SettingsStore
from tests.integration.acting import Clock, call

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
LU = "m-15-0088"
OFFICE = call(Role.OFFICE, "account-office")
MEMBER = call(Role.MEMBER, "account-lu", LU)
COMMITTEE = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
PARTY = call(Role.ORG_STAFF, "account-party", organisation="org-minjian")
UNIT = call(Role.UNIT_OFFICER, "account-zjj", unit="unit-zjj")
SUPERVISING = call(Role.SUPERVISING_OFFICE, "account-qwb", side="PARTY")
VISITOR = Call(PUBLIC_ACTOR, "correlation-1")
SYSTEM = Call.system("consultations")
Question = Callable[[Desk], object]


def paged(query: Any, by: Call, **filter: Any) -> Question:
    return lambda desk: query(by, desk, filter=filter, first=20, after=None)


CONSULTATIONS = {
    "office": paged(reads.list_consultations, OFFICE),
    "a member": paged(reads.list_consultations, MEMBER),
    "own": paged(reads.list_consultations, MEMBER, own=True),
    "a committee's own": paged(reads.list_consultations, COMMITTEE, own=True),
    "a party": paged(reads.list_consultations, PARTY),
    "a unit": paged(reads.list_consultations, UNIT),
    "visitors": paged(reads.list_consultations, VISITOR),
    "of a form": paged(reads.list_consultations, OFFICE, form=ConsultationForm.REMOTE),
    "of an organiser": paged(reads.list_consultations, OFFICE, organiser="org-minjian"),
    "in states": paged(reads.list_consultations, OFFICE, states=[ConsultationState.HELD]),
    "on a topic": paged(reads.list_consultations, OFFICE, topic_code="WATER"),
}
MOTIONS = {
    "motions": paged(lists.list_motions, OFFICE),
    "a member's motions": paged(lists.list_motions, MEMBER),
    "own motions": paged(lists.list_motions, MEMBER, own=True),
    "a committee's motions": paged(lists.list_motions, COMMITTEE, organiser="com-economy"),
    "motions of a year": paged(lists.list_motions, OFFICE, year=2017),
    "motions handed in": paged(lists.list_motions, SUPERVISING),
    "public motions": paged(lists.list_motions, VISITOR),
    "projects": paged(lists.list_projects, OFFICE),
    "a member's projects": paged(lists.list_projects, MEMBER, own=True),
    "a party's projects": paged(lists.list_projects, PARTY),
    "projects of a topic": paged(lists.list_projects, OFFICE, topic_code="WATER"),
}
QUESTIONS: dict[str, Question] = {
    **CONSULTATIONS,
    **MOTIONS,
    "plans": lambda d: reads.list_plans(OFFICE, d, first=20, after=None),
    "published plans": lambda d: reads.list_plans(VISITOR, d, first=20, after=None),
    "views": lambda d: reads.list_views(OFFICE, d, consultation="c-1", first=20, after=None),
    "shown views": lambda d: reads.list_views(VISITOR, d, consultation="c-1", first=20, after=None),
    "figures": lambda d: reads.consultation_figures(OFFICE, d, year=2017),
    "files": lambda d: reads.held_files(SYSTEM, d, ids=["file-1"]),
    "a file": lambda d: reads.may_read_file(OFFICE, d, file_id="file-1", subject="c-1"),
    "a meeting's": lambda d: d.consultations.of_meeting("c-1"),
    "timers": lambda d: ring_alarms(SYSTEM, d),
}


@pytest.fixture(scope="module")
def desk(database: Database) -> Desk:
    settings = SettingsStore(database)
    settings.declare(SETTINGS)
    made = desk_of(database, settings, Clock(NOW), WorkCalendar())
    said: dict[str, Any] = {"term": 15, "year": 2017, "title": "扶贫", "created_at": NOW}
    thematic = ConsultationForm.THEMATIC
    made.consultations.add(OFFICE, Consultation(id="c-1", form=thematic, public=True, **said), NOW)
    made.plans.add(OFFICE, Plan(id="plan-15-2017", **said), NOW)
    made.projects.add(OFFICE, Research(id="r-1", organiser="com-economy", **said), NOW)
    made.motions.add(OFFICE, Motion(id="m-1", organiser="com-economy", **said), NOW)
    view = View(
        id="v-1",
        term=15,
        consultation_id="c-1",
        organisers=(),
        text="减少材料",
        channel=ViewChannel.FORM,
        received_at=NOW,
    )
    made.views.add(OFFICE, view, NOW)
    return made


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_serves_it(desk: Desk, database: Database, question: str) -> None:
    db = database.db
    db.command("profile", 2)
    try:
        QUESTIONS[question](desk)
    finally:
        db.command("profile", 0)
    scans = [
        (row["ns"], row.get("command", {}).get("filter"))
        for row in db["system.profile"].find({"planSummary": {"$regex": "COLLSCAN"}})
        if not row["ns"].endswith((".settings", ".system.profile"))
    ]
    db["system.profile"].drop()
    assert scans == []
