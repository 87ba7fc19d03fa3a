"""A roster over a database of its own, and what tests do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from services.members.cipher import DataCipher
from services.members.commands import nominations, profiles, terms
from services.members.commands.ports import Roster
from services.members.domain.membership import JoinedVia
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind
from services.members.repository import (
    INDEXES,
    OUTBOX,
    Absences,
    Imports,
    Memberships,
    Organisations,
    Sectors,
    Terms,
    Topics,
    master_data,
)
from services.members.schemas.profiles import HeldPostInput
from services.members.service import SETTINGS
from shared import contracts
from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.clock import SHANGHAI, FixedClock
from shared.messaging.wire import fingerprint
from shared.persistence import Audit, Database, SettingsStore

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
TERM_START = datetime(2017, 1, 1, tzinfo=SHANGHAI)
SECTOR_SET = ["01", "04", "08", "15", "22", "27"]
MASTER_KEYS = (bytes(range(32)),)


def actor(role: Role, member_id: str | None = None, **scope: str) -> Actor:
    return Actor(f"account-{role.value.lower()}", role, scope, member_id=member_id)


def call(role: Role = Role.OFFICE, member_id: str | None = None, **scope: str) -> Call:
    return Call(actor(role, member_id, **scope), "correlation-1")


def command(id: str, content: Mapping[str, Any], role: Role = Role.OFFICE) -> Call:
    """A call with a client's command id."""
    who = actor(role)
    known = CommandId(who.account_id or "", id, fingerprint("command", content))
    return Call(who, "correlation-1", command=known)


@dataclass
class Case:
    """The use cases of the office, over a database that only the test has."""

    database: Database
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))

    def __post_init__(self) -> None:
        loads = (master_data.load, master_data.load_directory)
        migrations = [(no, partial(load, at=NOW)) for no, load in enumerate(loads, start=1)]
        self.database.prepare(INDEXES, migrations=migrations, outbox=OUTBOX)
        sectors, cipher = Sectors(self.database), DataCipher(lambda: MASTER_KEYS)
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.roster = Roster(
            memberships=Memberships(self.database, sectors, cipher),
            organisations=Organisations(self.database),
            terms=Terms(self.database),
            topics=Topics(self.database),
            sectors=sectors,
            imports=Imports(self.database, cipher),
            cipher=cipher,
            clock=self.clock,
            audit=Audit(self.database),
            absences=Absences(self.database),
            settings=settings,
        )

    def empty(self) -> None:
        """No members, no terms, the master data as they were put in; the clock at NOW."""
        for name in (
            "members",
            "persons",
            "terms",
            "audit",
            "presences",
            "removal_reviews",
            "roster_imports",
            "roster_import_rows",
        ):
            self.database.collection(name).delete_many({})
        changed = self.database.collection("organisations").delete_many({"version": {"$gt": 1}})
        added = self.database.collection("organisations").delete_many({"sort_no": 0})
        if changed.deleted_count or added.deleted_count:
            master_data.load(self.database, NOW)
        self.clock.advance(NOW - self.clock.now())

    def open_term(self, no: int = 15, starts_on: datetime = TERM_START) -> str:
        return terms.open_term(
            call(), self.roster, no=no, starts_on=starts_on, sector_set=SECTOR_SET
        )

    def nominate(self, number: int, term: int = 15, **changes: Any) -> str:
        given = {
            "name": f"委员{number:04d}",
            "gender": "FEMALE",
            "sector": "22",
            "affiliation": Affiliation.MASSES,
            **changes,
        }
        if "person_id" in given:
            given = {key: value for key, value in given.items() if key not in ("name", "gender")}
        return nominations.nominate_member(
            call(), self.roster, member_no=f"{term}-{number:04d}", term=term, **given
        )

    def appoint(self, member_id: str) -> str:
        return nominations.appoint_member(
            call(),
            self.roster,
            member_id=member_id,
            joined_via=JoinedVia.TERM_START,
            joined_on=None,
        )

    def member(self, number: int, *posts: HeldPostInput, **changes: Any) -> str:
        """An active member."""
        id = self.appoint(self.nominate(number, **changes))
        if posts:
            profiles.change_post(call(), self.roster, member_id=id, posts=list(posts))
        return id

    def doc(self, member_id: str) -> dict[str, Any]:
        found = self.database.collection("members").find_one({"_id": member_id})
        assert found is not None
        return found

    def events(self, aggregate_id: str, collection: str = "members") -> list[dict[str, Any]]:
        """The events of an aggregate in the order in which they wait for the relay; each satisfies
        its contract."""
        doc = self.database.collection(collection).find_one({"_id": aggregate_id})
        assert doc is not None
        for event in doc["pending_events"]:
            contracts.validate("members", event["type"], event["data"])
        return list(doc["pending_events"])

    def types(self, aggregate_id: str, collection: str = "members") -> list[str]:
        return [event["type"] for event in self.events(aggregate_id, collection)]

    def later(self, **by: float) -> datetime:
        self.clock.advance(timedelta(**by))
        return self.clock.now()


def post(kind: PostKind, organisation: str | None = None) -> HeldPostInput:
    return {"post": kind, "organisation": organisation}
