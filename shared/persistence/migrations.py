"""Numbered changes of stored data, each done once (docs/adr/0011).

Forward only, by expand and contract: what a version adds, its predecessor can live with, so that
both run during an update and the predecessor can be started again. What the predecessor could not
live with waits for a later version, and is marked as a `Contraction`.

A migration must be resumable: one that died half-way is run again from its beginning, perhaps
beside one that is only slow. So it looks for what is still to change, and changes each document
by one write that another run repeats without harm.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError, PyMongoError

from shared.ids import new_id
from shared.logging import get_logger

if TYPE_CHECKING:
    from shared.persistence.database import Database

COLLECTION = "migrations"
LEASE_SECONDS = 30.0  # how long others wait for one whose process has died
LOOK_SECONDS = 0.2
RUNNING, DONE = "RUNNING", "DONE"

Change = Callable[["Database"], None]
Migration = tuple[int, Change]
log = get_logger(__name__)


class DataTooNew(Exception):
    """The data were changed by a later version in a way that this one cannot work with."""


@dataclass(frozen=True)
class Contraction:
    """A change after which versions that do not know it must not start any more."""

    change: Change

    def __call__(self, database: Database) -> None:
        self.change(database)


def each_anew(
    collection: Collection[Any], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Set what `change` makes of each document, while others go on writing: what somebody has
    written in between is looked at once more, for an older version may have been the writer."""
    for row in collection.find({}):
        found: dict[str, Any] | None = row
        while found is not None:
            same = {"_id": found["_id"], "version": found["version"]}
            if collection.update_one(same, {"$set": change(found)}).matched_count:
                break
            found = collection.find_one({"_id": found["_id"]})


def migrate(database: Database, migrations: Sequence[Migration]) -> list[int]:
    """Run, in their order, all that are not done; the numbers of those that this call ran.

    Of several replicas one runs each, the others wait for it. Raises what a migration raises.
    """
    done = database.collection(COLLECTION)
    return [number for number, change in migrations if _once(database, done, number, change)]


def require_known(database: Database, migrations: Sequence[Migration]) -> None:
    """Raises DataTooNew if a later version has contracted the data, ValueError for wrong numbers.

    What a later version has only expanded is noted in the log.
    """
    numbers = [number for number, _ in migrations]
    if numbers != sorted(set(numbers)):
        raise ValueError(f"migrations are not in ascending order: {numbers}")
    latest = max(numbers, default=0)
    done = database.collection(COLLECTION)
    for row in done.find({"_id": {"$gt": latest}}).sort("_id", 1):
        if row.get("contracts"):
            raise DataTooNew(
                f"migration {row['_id']} of {database.service} is of a later version, "
                f"and this one knows {latest}: start that version again, or restore a backup"
            )
        log.warning("data_of_later_version", migration=row["_id"], known=latest)


def _once(database: Database, done: Collection[Any], number: int, change: Change) -> bool:
    """Whether this call ran the migration; False if it was done, or another did it meanwhile."""
    owner = new_id()
    while not _taken(done, number, owner, isinstance(change, Contraction)):
        row = done.find_one({"_id": number})
        if row is not None and row["state"] == DONE:
            return False
        time.sleep(LOOK_SECONDS)  # another replica is at it
    log.info("migration_begins", number=number)
    try:
        with _kept(done, number, owner):
            change(database)
    except BaseException:
        done.update_one({"_id": number, "owner": owner}, {"$set": {"until": 0.0}})
        raise
    # By whom it was finished does not matter: each run does all that is left.
    finished = {"state": DONE, "done_at": time.time()}
    done.update_one({"_id": number}, {"$set": finished, "$unset": {"owner": "", "until": ""}})
    log.info("migration_done", number=number)
    return True


def _taken(done: Collection[Any], number: int, owner: str, contracts: bool) -> bool:
    """Take the migration: a new one, or one whose holder has not been heard of for a while."""
    now = time.time()
    held = {"owner": owner, "until": now + LEASE_SECONDS}
    try:
        done.insert_one({"_id": number, "state": RUNNING, "contracts": contracts, **held})
        return True
    except DuplicateKeyError:
        # `$not` also finds a row of former versions, which have no `until`.
        over = {"_id": number, "state": RUNNING, "until": {"$not": {"$gte": now}}}
        return done.update_one(over, {"$set": held}).modified_count == 1


@contextmanager
def _kept(done: Collection[Any], number: int, owner: str) -> Iterator[None]:
    """Renew the hold meanwhile, from a thread of its own (a greenlet in a service)."""
    finished = threading.Event()

    def renew() -> None:
        while not finished.wait(LEASE_SECONDS / 3):
            try:
                held = {"$set": {"until": time.time() + LEASE_SECONDS}}
                done.update_one({"_id": number, "owner": owner}, held)
            except PyMongoError as error:
                log.warning("migration_hold_not_renewed", number=number, error=error)

    thread = threading.Thread(target=renew, name=f"migration-{number}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()
