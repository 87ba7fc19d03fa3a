"""Plain aggregates: a dataclass for each document, one write each (decision 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar, get_args

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from shared.aggregate import Aggregate
from shared.call import Call
from shared.persistence import deciding
from shared.persistence.aggregates import Aggregates, execute
from shared.persistence.database import Database
from shared.persistence.paging import page
from shared.persistence.parsing import Parse, parsed, parsers

Document = dict[str, Any]
Order = Sequence[tuple[str, int]]
HIDDEN = {"pending_events": 0, "commands": 0, deciding.FIELD: 0}
NOT_STORED = frozenset({"events", "commands", "version"})
R = TypeVar("R", bound=Aggregate)
F = TypeVar("F", bound=Any)  # an aggregate with `tell_files`


class Records(Generic[R]):
    """One collection of one kind of record: `class Plans(Records[Plan], name="plans")`.

    Stored values become what the kind's annotations say. Its id is `id`, or `id_field`.
    hidden: what a raw row leaves out, such as the words that a record is found by.
    """

    hidden: ClassVar[Mapping[str, int]] = HIDDEN

    _kind: type[Any]
    _name: str
    _id: str
    _parse: Mapping[str, Parse]
    _fields: frozenset[str]

    def __init_subclass__(cls, name: str | None = None, id_field: str = "id") -> None:
        super().__init_subclass__()
        if name is not None:  # else of no kind yet, and of no collection
            [cls._kind] = get_args(cls.__orig_bases__[0])  # type: ignore[attr-defined]
            cls._name, cls._id = name, id_field
            cls._parse = parsers(cls._kind)
            cls._fields = frozenset(field.name for field in fields(cls._kind))

    def __init__(self, database: Database) -> None:
        self._database = database
        self._aggregates = Aggregates(database, self._name)

    @property
    def collection(self) -> Collection[Document]:
        return self._aggregates.collection

    def get(self, record_id: str) -> R | None:
        found = self._aggregates.get(record_id)
        return self._record(found) if found else None

    def find(self, query: Document, order: Order) -> list[R]:
        return [self._record(row) for row in self.collection.find(query).sort(list(order))]

    def row(self, record_id: str) -> Document:
        """The raw row of a record that exists."""
        [found] = self.rows({"_id": record_id})
        return found

    def rows(self, query: Document) -> list[Document]:
        """Raw rows; for queries that name their ids."""
        return [{**row, "id": row.pop("_id")} for row in self.collection.find(query, self.hidden)]

    def by_ids(self, ids: Iterable[str]) -> list[R]:
        return self.find({"_id": {"$in": list(ids)}}, [("_id", 1)])

    def page(self, query: Document, order: Order, first: int, after: str | None) -> Document:
        """A page of raw rows."""
        return page(self.collection, query, order, first, after, dict(self.hidden))

    def count(self, query: Document) -> int:
        return self.collection.count_documents(query)

    def run(self, call: Call, use_case: Callable[[], str], *, look_first: bool = True) -> str:
        """Once for each command id, and again after a lost race (`execute`)."""
        return execute(call, self._aggregates, use_case, look_first=look_first)

    def add(
        self, call: Call, record: R, at: datetime, session: ClientSession | None = None
    ) -> None:
        self._aggregates.insert(call, self._document(record), record.events, at, session)

    def add_once(self, call: Call, record: R, at: datetime) -> bool:
        """For timers: True if it is new."""
        return self._aggregates.insert_once(call, self._document(record), record.events, at)

    def save(
        self, call: Call, record: R, at: datetime, session: ClientSession | None = None
    ) -> None:
        document = {**self._document(record), "commands": record.commands}
        self._aggregates.save(call, document, record.version, record.events, at, session)

    def in_transaction(self, work: Callable[[ClientSession], None]) -> None:
        self._database.run_in_transaction(work)

    def _document(self, record: R) -> Document:
        row = asdict(record)
        stored = {
            name: value.value if isinstance(value, Enum) else value
            for name, value in row.items()
            if name not in NOT_STORED
        }
        return {"_id": getattr(record, self._id), **stored}

    def _record(self, row: Document) -> R:
        values = {name: row[name] for name in self._fields & row.keys()}
        record: R = self._kind(**parsed(values, self._parse))
        return record


class WithFiles(Records[F]):
    """Records that hold files: each write names those that came or went (decision 20)."""

    def held(self, file_ids: Iterable[str]) -> set[str]:
        """Those of the files that any of these records holds."""
        asked = list(file_ids)
        found = self.collection.distinct("files_told", {"files_told": {"$in": asked}})
        return set(found) & set(asked)

    def _document(self, record: F) -> Document:
        record.tell_files()  # every write comes by here before it takes the record's events
        return super()._document(record)
