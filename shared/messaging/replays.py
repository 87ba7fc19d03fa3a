"""Rebuilding a consumer's projections from the producers' event logs (decision 6).

The consumer asks each producer's relay for its log and gets it on its own queues, marked with the
replay's id. Replayed events build fresh copies of the projections; live events go on changing the
current ones and, meanwhile, the fresh ones too. When every queue has had all that was sent, the
copies are swapped in. A service that starts for the first time asks for the whole past once and
takes it like late events.
"""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import eventlet
import orjson
from eventlet.semaphore import Semaphore
from nameko.extensions import SharedExtension
from pymongo import IndexModel

from shared.logging import get_logger
from shared.messaging import signatures, topology
from shared.messaging.link import BrokerLink
from shared.messaging.platform import PlatformExtension
from shared.messaging.signatures import INITIAL, Kind
from shared.persistence.database import HAS_PENDING, Database, fresh_name

CURRENT = "current"
LOOK_SECONDS = 1.0  # while one runs
IDLE_SECONDS = 1.8  # from one look for a new one to the next
KNOWN_SECONDS = 2.2  # how long "no replay runs" holds; longer than that
HEARD_SECONDS = 2.5  # from announcing a replay until the log is asked for; longer than that
GRACE_SECONDS = 2.0  # handlers that began before SWAPPING end within this
SWAP_LEASE_SECONDS = 120
STOP_SECONDS = 6.0  # of the ten that a process has to end
log = get_logger(__name__)


class Replays(SharedExtension):
    """The state of this service's replay, kept in its database so that replicas share it."""

    link = BrokerLink()
    platform = PlatformExtension()

    def __init__(self) -> None:
        self._sources: dict[str, dict[str, str]] = defaultdict(dict)  # source → type → queue
        self._stopping = False
        self._swapping = Semaphore()
        self._quiet_until = 0.0  # monotonic; until then no replay unknown here asks for the log

    def register(self, source: str, event_type: str, queue: str) -> None:
        self._sources[source][event_type] = queue

    def _database(self) -> Database:
        return self.platform.get().database

    def _states(self) -> Any:
        return self._database().collection("replays")

    def _progress(self) -> Any:
        return self._database().collection("replay_progress")

    def start_watching(self) -> None:
        """Called once by the consumer at its start."""
        if not self._sources:
            return
        self._progress().create_indexes([IndexModel([("replay_id", 1), ("queue", 1)])])
        self.container.spawn_managed_thread(self._watch, identifier="replays")

    def stop(self) -> None:
        """A swap under way is ended first: until then no event has its effect anywhere."""
        self._stopping = True
        with eventlet.Timeout(STOP_SECONDS, exception=False), self._swapping:
            log.debug("replays_stopped")

    def begin(self) -> str:
        """Begin a replay, in place of one that is under way; its id.

        The log is asked for when every replica knows of the replay, see `targets`.
        """
        database = self._database()
        former = self._states().find_one({"_id": CURRENT})
        if former:
            self._drop(former["replay_id"])
        replay_id = secrets.token_hex(4)
        for name in database.projections:  # also those that no event will touch
            fresh = database.db.create_collection(fresh_name(name, replay_id))
            database.create_indexes(name, fresh)
        queues = {q.replace(".", "/"): None for t in self._sources.values() for q in t.values()}
        self._states().replace_one(
            {"_id": CURRENT},
            {"replay_id": replay_id, "state": "RUNNING", "queues": queues, "since": time.time()},
            upsert=True,
        )
        eventlet.sleep(HEARD_SECONDS)
        self._ask(replay_id, self._sources)
        return replay_id

    def state(self) -> dict[str, Any]:
        """{"state", "replay_id", "done", "expected", "silent"}.

        `silent` are the sources whose relay has not yet sent all; until then expected is None.
        """
        row = self._states().find_one({"_id": CURRENT})
        if row is None:
            return {"state": "IDLE", "replay_id": None, "done": 0, "expected": 0, "silent": []}
        expected = list(row["queues"].values())
        silent = [
            source
            for source, queues in sorted(self._sources.items())
            if any(row["queues"].get(queue.replace(".", "/")) is None for queue in queues.values())
        ]
        return {
            "state": row["state"],
            "replay_id": row["replay_id"],
            "done": self._progress().count_documents({"replay_id": row["replay_id"]}),
            "expected": None if None in expected else sum(expected),
            "silent": silent,
        }

    def targets(self, replayed: str | None) -> list[str | None]:
        """Where an event's effect goes: replay ids, and None for the current collections.

        Fresh first: if a swap comes in between, the effect stands in what is then current.

        That no replay runs is known from the last look, for KNOWN_SECONDS; that one runs is looked
        up each time. A live event that is here while it is still believed that none runs was
        logged before that, thus less than KNOWN_SECONDS after any replay that was not seen was
        announced. The log is asked for HEARD_SECONDS after the announcement: the event is in it.
        """
        if replayed == INITIAL or (replayed is None and time.monotonic() < self._quiet_until):
            return [None]
        while True:
            row = self._look()
            if row is None or row["state"] != "SWAPPING":
                break
            eventlet.sleep(0.1)
        running = row["replay_id"] if row and row["state"] == "RUNNING" else None
        if replayed is not None:
            return [running] if running == replayed else []
        return [running, None] if running else [None]

    def _look(self) -> dict[str, Any] | None:
        """The replay that was begun last; also noted if none runs."""
        asked_at = time.monotonic()  # the answer may be as old as the question
        row: dict[str, Any] | None = self._states().find_one({"_id": CURRENT})
        if row is None or row["state"] == "DONE":
            self._quiet_until = asked_at + KNOWN_SECONDS
        return row

    def done(self, replayed: str, queue: str, event_id: str) -> None:
        """A replayed event had its effect, or is dead."""
        if replayed == INITIAL:
            return
        key = f"{replayed}:{queue}:{event_id}"
        self._progress().update_one(
            {"_id": key}, {"$setOnInsert": {"replay_id": replayed, "queue": queue}}, upsert=True
        )

    def expect(self, replayed: str, queue: str, count: int) -> None:
        """The source has sent `count` events to `queue`, and that was all."""
        if replayed != INITIAL:
            self._states().update_one(
                {"_id": CURRENT, "replay_id": replayed},
                {"$set": {f"queues.{queue.replace('.', '/')}": count}},
            )

    def _ask(self, replay_id: str, sources: Mapping[str, Mapping[str, str]]) -> None:
        deployed = self.platform.get().verifier.issuers()
        for source, queues in sources.items():
            if source not in deployed:  # a service that is not there has no past
                for queue in queues.values():
                    self.expect(replay_id, queue, 0)
                continue
            body = orjson.dumps({"replay_id": replay_id, "queues": queues})
            key = topology.replay_key(source)
            signature = signatures.sign(self.platform.get().signer, Kind.REPLAY_REQUEST, body)
            headers = {signatures.HEADER: signature}
            self.link.publish_confirmed(body, topology.RETRY_EXCHANGE, key, headers)

    def _watch(self) -> None:
        asked = False
        while not self._stopping:
            try:
                if not asked:
                    self._ask_for_the_past()
                    asked = True
                self._finish_if_complete()
            except Exception as error:  # the database or the broker is away: look again later
                log.warning("replay_watch_failed", error=error)
            quiet = asked and time.monotonic() < self._quiet_until
            eventlet.sleep(IDLE_SECONDS if quiet else LOOK_SECONDS)

    def _ask_for_the_past(self) -> None:
        """Once for each handler: a new one gets what was published before it existed."""
        known = set((self._states().find_one({"_id": INITIAL}) or {}).get("queues", ()))
        new = {
            source: {t: queue for t, queue in queues.items() if queue not in known}
            for source, queues in self._sources.items()
        }
        new = {source: queues for source, queues in new.items() if queues}
        if not new:
            return
        self._ask(INITIAL, new)
        asked = [queue for queues in new.values() for queue in queues.values()]
        self._states().update_one(
            {"_id": INITIAL}, {"$addToSet": {"queues": {"$each": asked}}}, upsert=True
        )

    def _finish_if_complete(self) -> None:
        row = self._look()
        if row is None or row["state"] == "DONE":
            return
        state = self.state()
        if row["state"] == "RUNNING":
            if state["expected"] is None or state["done"] < state["expected"]:
                return
        elif time.time() - row["since"] < SWAP_LEASE_SECONDS:
            return  # another replica is at it
        with self._swapping:
            taken = self._states().update_one(
                {"_id": CURRENT, "replay_id": row["replay_id"], "since": row["since"]},
                {"$set": {"state": "SWAPPING", "since": time.time()}},
            )
            if taken.modified_count:
                self._swap(row["replay_id"])

    def _swap(self, replay_id: str) -> None:
        eventlet.sleep(GRACE_SECONDS)
        database = self._database()
        existing = set(database.db.list_collection_names())
        for name in database.projections:
            while database.collection(name).find_one(HAS_PENDING):  # no event may be dropped
                eventlet.sleep(0.2)
            fresh = fresh_name(name, replay_id)
            if fresh in existing:
                database.collection(fresh).rename(name, dropTarget=True)
        self._states().update_one({"_id": CURRENT}, {"$set": {"state": "DONE"}})
        self._progress().delete_many({"replay_id": replay_id})
        log.info("replay_done", replay_id=replay_id)

    def _drop(self, replay_id: str) -> None:
        for name in self._database().projections:
            self._database().collection(fresh_name(name, replay_id)).drop()
        self._progress().delete_many({"replay_id": replay_id})


def of(container: Any) -> Replays:
    """The Replays of a container."""
    found: Replays = Replays().bind(container)
    return found
