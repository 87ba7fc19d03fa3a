"""Writes of one collection that meet go out together: what comes while one is under way is the
next bulk, and each keeps its own outcome.

Nobody waits for a clock, and no thread is kept for it: whoever finds no write under way makes his
own at once; of those who came meanwhile, the first makes that of all. They may be threads or
greenlets. A journaled write takes little longer for a hundred documents than for one.
"""

from __future__ import annotations

import copy
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import InsertOne, UpdateOne
from pymongo.collection import Collection
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    DuplicateKeyError,
    PyMongoError,
    WriteError,
)

Document = dict[str, Any]
Change = Mapping[str, Any] | Sequence[Mapping[str, Any]]  # an update, or a pipeline
MOST = 100  # of a bulk
DUPLICATE_KEY = 11000


class Group:
    """The inserts and upserts of one collection from this process.

    They raise what the collection itself would: DuplicateKeyError and any other PyMongoError.
    """

    def __init__(self, collection: Collection[Document]) -> None:
        self._collection = collection
        self._lock = threading.Lock()
        self._waiting: deque[_Write] = deque()
        self._under_way = False

    def insert(self, document: Document) -> None:
        self._write(_Insert(document))

    def upsert(self, key: Any, change: Change) -> bool:
        """`change` the document of this id, made if there is none; True if it was made."""
        return self._write(_Upsert(key, change))

    def _write(self, own: _Write) -> bool:
        with self._lock:
            leads, self._under_way = not self._under_way, True
            if not leads:
                own.woken = threading.Lock()
                own.woken.acquire()
                self._waiting.append(own)
        if leads:
            self._carry_out([own])
        else:
            self._wait(own)
        if own.error is not None:
            raise own.error
        return own.made

    def _wait(self, own: _Write) -> None:
        """Until it is done, by another or here with those who wait."""
        try:
            own.woken.acquire()
        except BaseException:  # killed while it waits: nobody may wait for it
            with self._lock:
                waits = own in self._waiting
                if waits:
                    self._waiting.remove(own)
            if not waits and own.leads:
                self._pass_on()
            raise
        if own.leads:
            with self._lock:
                others = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1))]
            self._carry_out([own, *others])

    def _carry_out(self, batch: Sequence[_Write]) -> None:
        """Write all of these, of which the first is the caller's, and let the next go on."""
        try:
            if len(batch) == 1:
                batch[0].alone(self._collection)
                return
            for kind in (_Insert, _Upsert):  # the server has a command for each
                if some := [write for write in batch if isinstance(write, kind)]:
                    self._bulk(some)
        except BaseException as error:
            lost = error if isinstance(error, Exception) else AutoReconnect("killed meanwhile")
            for write in batch[1:]:
                write.error = write.error or copy.copy(lost)
            raise
        finally:
            self._pass_on()
            for write in batch[1:]:
                write.woken.release()

    def _pass_on(self) -> None:
        with self._lock:
            heir = self._waiting.popleft() if self._waiting else None
            self._under_way = heir is not None
        if heir is not None:
            heir.leads = True
            heir.woken.release()

    def _bulk(self, batch: Sequence[_Write]) -> None:
        try:
            done = self._collection.bulk_write([w.operation() for w in batch], ordered=False)
            made, refused = set(done.upserted_ids or ()), {}
        except BulkWriteError as error:
            if error.details["writeConcernErrors"]:
                raise
            made = {item["index"] for item in error.details["upserted"]}
            refused = {item["index"]: _error(item) for item in error.details["writeErrors"]}
        except PyMongoError:
            raise
        except Exception:  # one of them cannot be encoded: nothing was sent, and the others can
            for write in batch:
                try:
                    write.alone(self._collection)
                except Exception as error:
                    write.error = error
            return
        for index, write in enumerate(batch):
            write.made, write.error = index in made, refused.get(index)


class _Write(ABC):
    """One operation, and what became of it."""

    leads = False  # nobody else will carry it out
    made = False
    error: Exception | None = None
    woken: Any  # a lock that is held until it is done, or leads; only of one that waits

    @abstractmethod
    def alone(self, collection: Collection[Document]) -> None:
        """Carried out by itself."""

    @abstractmethod
    def operation(self) -> InsertOne[Document] | UpdateOne:
        """Its part of a bulk."""


class _Insert(_Write):
    def __init__(self, document: Document) -> None:
        self._document = document

    def alone(self, collection: Collection[Document]) -> None:
        collection.insert_one(self._document)

    def operation(self) -> InsertOne[Document]:
        return InsertOne(self._document)


class _Upsert(_Write):
    def __init__(self, key: Any, change: Change) -> None:
        self._found, self._change = {"_id": key}, change

    def alone(self, collection: Collection[Document]) -> None:
        done = collection.update_one(self._found, self._change, upsert=True)
        self.made = done.upserted_id is not None

    def operation(self) -> UpdateOne:
        return UpdateOne(self._found, self._change, upsert=True)


def _error(item: Mapping[str, Any]) -> WriteError:
    kind = DuplicateKeyError if item["code"] == DUPLICATE_KEY else WriteError
    return kind(item["errmsg"], item["code"], item)
