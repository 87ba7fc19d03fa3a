"""One service's MongoDB database: clients, collections, transactions, counters, preparation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from traceback import clear_frames
from typing import Any, TypeVar

import pymongo
from bson.codec_options import CodecOptions
from pymongo import ASCENDING, IndexModel, MongoClient, ReturnDocument, WriteConcern
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import PyMongoError

from shared import settings
from shared.calendar import WorkCalendar
from shared.clock import SHANGHAI
from shared.persistence import audit, deciding, ended_sessions
from shared.persistence.grouped import Group
from shared.persistence.kept import Kept
from shared.persistence.migrations import Migration, migrate, require_known

T = TypeVar("T")
Document = dict[str, Any]
Indexes = Mapping[str, Sequence[IndexModel]]

OPERATION_MS = 10_000
DECISION_DAYS = 5  # working days (decision 41)
PROBE_SECONDS = 2.0
COUNTERS = "counters"
OUTBOX_INDEX = "outbox"  # the relay finds the collections with pending events by this name
HAS_PENDING = {"pending_events.0": {"$exists": True}}
# Of the collections that the kernel keeps in every database.
KERNEL_INDEXES: Indexes = {
    "event_log": [IndexModel([("type", 1), ("logged_at", 1)])],
    audit.COLLECTION: audit.INDEXES,
    ended_sessions.COLLECTION: ended_sessions.INDEXES,
    "settings": [IndexModel([("key", 1), ("valid_from", -1)])],
    "setting_changes": [
        IndexModel([("proposed_at", -1), ("_id", -1)]),
        IndexModel([("key", 1), ("proposed_at", -1), ("_id", -1)]),
        IndexModel([("state", 1), ("proposed_at", -1), ("_id", -1)]),
    ],
}
KERNEL_OUTBOX = frozenset({"setting_changes"})

# The replay whose fresh collections this greenlet or thread works on; None outside a replay.
replay_target: ContextVar[str | None] = ContextVar("replay_target", default=None)


def connect(process: settings.Settings) -> MongoClient[Any]:
    """A client of the replica set; every operation ends within OPERATION_MS."""
    return MongoClient(
        process.mongo_uri,
        timeoutMS=OPERATION_MS,
        serverSelectionTimeoutMS=5_000,
        tz_aware=True,
        retryWrites=True,
        appname="smart-cppcc",
    )


def primary_answers(client: MongoClient[Any]) -> bool:
    """True if a primary takes commands now; raises PyMongoError within PROBE_SECONDS if not."""
    with pymongo.timeout(PROBE_SECONDS):
        return bool(client.admin.command("ping")["ok"])


def fresh_name(collection: str, replay_id: str) -> str:
    """The copy of a projection that a replay builds beside the current one."""
    return f"{collection}__{replay_id}"


@contextmanager
def replaying(replay_id: str) -> Iterator[None]:
    """Inside, projections resolve to the replay's fresh copies and no event is recorded."""
    token = replay_target.set(replay_id)
    try:
        yield
    finally:
        replay_target.reset(token)


def decide_by(at: datetime, days: int = DECISION_DAYS) -> datetime:
    """Working days on from when it was asked for (decision 41)."""
    return WorkCalendar().add_working_days(at, days)


class Database:
    """The database of `service`; datetimes are read in Shanghai time."""

    def __init__(self, client: MongoClient[Any], service: str, process: settings.Settings) -> None:
        self.client = client
        self.service = service
        self.db = client.get_database(
            f"{process.db_prefix}{service}",
            codec_options=CodecOptions(tz_aware=True, tzinfo=SHANGHAI),
            write_concern=WriteConcern(w="majority", j=True),
        )
        self.projections: frozenset[str] = frozenset()
        self._indexes: Indexes = {}
        self._outbox: frozenset[str] = frozenset()
        self._groups: dict[str, Group] = {}
        self._kept: defaultdict[str, Kept] = defaultdict(Kept)
        # Events that are told and not kept; the process that has a connection puts its own here.
        self.tell: Callable[[Document], None] = lambda _event: None
        # Until when what is asked for now is to be decided; a process with settings asks them.
        self.decide_by: Callable[[datetime], datetime] = decide_by

    @property
    def outbox(self) -> frozenset[str]:
        """The collections of aggregates that tell events."""
        return self._outbox

    def collection(self, name: str) -> Collection[Document]:
        return self.db[name]

    def projection(self, name: str) -> Collection[Document]:
        """A collection that a replay rebuilds; look it up on every use (decision 6)."""
        replay_id = replay_target.get()
        return self.db[fresh_name(name, replay_id) if replay_id else name]

    def writes(self, collection: Collection[Document]) -> Group:
        """Through it inserts and upserts that meet go out together."""
        found = self._groups.get(collection.name)
        return found or self._groups.setdefault(collection.name, Group(collection))

    def kept(self, projection: str) -> Kept:
        """What was found in a projection lately. Inside a replay nothing is kept."""
        return Kept() if replay_target.get() else self._kept[projection]

    def prepare(
        self,
        indexes: Indexes,
        migrations: Sequence[Migration] = (),
        projections: set[str] | frozenset[str] = frozenset(),
        outbox: set[str] | frozenset[str] = frozenset(),
    ) -> None:
        """Create the indexes, then run each numbered migration that has not run yet.

        Raises DataTooNew if a later version has left data that this one cannot work with.
        `outbox` names the collections whose documents carry pending_events and command ids.
        Safe to run at every start and by several replicas at once.
        """
        require_known(self, migrations)
        indexes, outbox = {**indexes, **KERNEL_INDEXES}, {*outbox, *KERNEL_OUTBOX}
        self._indexes, self._outbox = indexes, frozenset(outbox)
        self.projections = frozenset(projections)
        existing = set(self.db.list_collection_names())
        for name in {*indexes, *outbox, COUNTERS} - existing:
            self._create_collection(name)
        for name in {*indexes, *outbox}:
            self.create_indexes(name, self.collection(name))
        audit.renew(self.collection(audit.COLLECTION))
        migrate(self, migrations)

    def create_indexes(self, name: str, target: Collection[Document]) -> None:
        """The declared indexes of collection `name`, on `target` (itself or a fresh copy)."""
        models = list(self._indexes.get(name, ()))
        if name in self._outbox:
            models += [
                IndexModel(
                    [("pending_events.id", ASCENDING)],
                    name=OUTBOX_INDEX,
                    partialFilterExpression=HAS_PENDING,
                ),
                # Unique over all documents: one command id makes one write (decision 7).
                IndexModel(
                    [("commands.key", ASCENDING)],
                    name="commands",
                    unique=True,
                    partialFilterExpression={"commands.0": {"$exists": True}},
                ),
            ]
        if deciding.waits_in(self.service, {name} & self._outbox):
            models.append(deciding.INDEX)
        if models:
            target.create_indexes(models)

    def _create_collection(self, name: str) -> None:
        try:
            self.db.create_collection(name)
        except PyMongoError:  # another replica was faster
            if name not in self.db.list_collection_names():
                raise

    def run_in_transaction(self, work: Callable[[ClientSession], T]) -> T:
        """`work(session)` in one transaction, run again by the driver on transient conflicts."""
        with self.client.start_session() as session:
            return session.with_transaction(
                partial(_attempt, work), write_concern=WriteConcern(w="majority", j=True)
            )

    def next_number(self, session: ClientSession, counter: str, start: int = 1) -> int:
        """The next number of a gap-free series; take it in the same transaction as the document.

        `start` is the first number of a series that has none yet.
        """
        row = self.collection(COUNTERS).find_one_and_update(
            {"_id": counter},
            [{"$set": {"value": {"$add": [{"$ifNull": ["$value", start - 1]}, 1]}}}],
            upsert=True,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        return int(row["value"]) if row else start


def _attempt(work: Callable[[ClientSession], T], session: ClientSession) -> T:
    """`work(session)`; if it fails, all that it had read is free at once.

    pymongo keeps an error in an object that the error's own frames refer to. Only a full
    collection would find that cycle, with the batch of every try that lost a race.
    """
    try:
        return work(session)
    except PyMongoError as error:
        clear_frames(error.__traceback__)
        raise
