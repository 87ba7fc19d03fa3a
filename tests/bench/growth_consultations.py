"""Lists of consultations, motions and public views with 100,000 of each, against 1,000."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pymongo

from services.consultations.domain.motions import Motion
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import (
    ConsultationForm,
    ConsultationState,
    MotionState,
    ViewChannel,
    ViewState,
)
from services.consultations.domain.views import View
from services.consultations.queries import consultations, motions
from services.consultations.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Consultations,
    Motions,
    Views,
)
from shared import settings
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.clock import FixedClock
from shared.persistence import Database, connect
from shared.persistence.topics import Topics
from tests.bench.growth import ENDED, FEW, MANY, Asked, growth
from tests.bench.platform import Bench
from tests.bench.report import Figure

ORGANISERS, FORMS = 10, tuple(ConsultationForm)
STATES = (ConsultationState.HELD, ConsultationState.REPORTED, ConsultationState.CLOSED)
OFFICE = Actor("a", Role.OFFICE)
MEMBER = Actor("a", Role.MEMBER, {}, "p-7", "m-7")
PARTY = Actor("a", Role.ORG_STAFF, {"organisation": "org-3"})
OWN = {"own": True}
Listing = tuple[Any, Actor, dict[str, Any]]
LISTS: dict[str, Listing] = {
    "office": (consultations.list_consultations, OFFICE, {}),
    "office by state": (consultations.list_consultations, OFFICE, {"states": [STATES[1]]}),
    "office by organiser": (consultations.list_consultations, OFFICE, {"organiser": "org-3"}),
    "member": (consultations.list_consultations, MEMBER, {}),
    "member own": (consultations.list_consultations, MEMBER, OWN),
    "party": (consultations.list_consultations, PARTY, {}),
    "visitor": (consultations.list_consultations, PUBLIC_ACTOR, {}),
    "motions of the office": (motions.list_motions, OFFICE, {}),
    "motions of a member": (motions.list_motions, MEMBER, {}),
    "own motions": (motions.list_motions, MEMBER, OWN),
    "motions for visitors": (motions.list_motions, PUBLIC_ACTOR, {}),
}


def measure(bench: Bench) -> list[Figure]:
    few, many = (_database(bench, count) for count in (FEW, MANY))
    try:
        for database, count in ((few, FEW), (many, MANY)):
            _seed(database, count)
        return [growth("consultation_list_growth", _lists(), few, many)]
    finally:
        for database in (few, many):
            database.client.drop_database(database.db.name)
            database.client.close()


def _lists() -> list[Asked]:
    views = Asked("views of one consultation", _views)
    return [views, *(Asked(name, _list(*listing)) for name, listing in LISTS.items())]


def _desk(database: Database) -> Any:
    return SimpleNamespace(
        consultations=Consultations(database),
        motions=Motions(database),
        views=Views(database),
        topics=Topics(database),
        clock=FixedClock(ENDED),
    )


def _list(query: Any, actor: Actor, filter: Any) -> Callable[[Database], Any]:
    return lambda database: query(
        Call(actor, "bench"), _desk(database), filter=filter, first=20, after=None
    )


def _views(database: Database) -> Any:
    call, desk = Call(OFFICE, "bench"), _desk(database)
    return consultations.list_views(call, desk, consultation="c-000003", first=20, after=None)


def _seed(database: Database, count: int) -> None:
    stores: tuple[tuple[Any, Callable[[int, int], Any]], ...] = (
        (Consultations(database), _consultation),
        (Motions(database), _motion),
        (Views(database), _view),
    )
    for store, made in stores:
        numbers = iter(range(count))
        while some := list(islice(numbers, 2_000)):
            rows = [{**store._document(made(number, count)), "version": 1} for number in some]
            store.collection.insert_many(rows, ordered=False)
    with pymongo.timeout(900):  # what takes longer than any operation of a service may
        database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)


def _said(number: int, count: int) -> dict[str, Any]:
    at = ENDED - timedelta(days=365 * 10) * (1 - number / count)
    return {"term": 15, "year": at.year, "title": "精准开展扶贫工作", "created_at": at}


def _consultation(number: int, count: int) -> Consultation:
    return Consultation(
        id=f"c-{number:06d}",
        form=FORMS[number % len(FORMS)],
        state=STATES[number // ORGANISERS % len(STATES)],
        organisers=(f"org-{number % ORGANISERS}",),
        proposer=f"m-{number % 20}",
        public=number % 2 == 0,
        **_said(number, count),
    )


def _motion(number: int, count: int) -> Motion:
    return Motion(
        id=f"motion-{number:06d}",
        organiser=f"org-{number % ORGANISERS}",
        state=MotionState.CLOSED,
        main_authors=(f"m-{number % 20}",),
        text="一、健全信用信息归集。" * 20,
        public=number % 2 == 0,
        **_said(number, count),
    )


def _view(number: int, count: int) -> View:
    return View(
        id=f"v-{number:06d}",
        term=15,
        consultation_id=f"c-{number % 20:06d}",
        organisers=("org-3",),
        text="减少材料" * 10,
        channel=ViewChannel.FORM,
        received_at=ENDED - timedelta(days=365 * 10) * (1 - number / count),
        state=ViewState.SHOWN,
    )


def _database(bench: Bench, count: int) -> Database:
    process = settings.read({**bench.stack.environment, "DB_PREFIX": f"bench-co-{count}-"})
    return Database(connect(process), "consultations", process)
