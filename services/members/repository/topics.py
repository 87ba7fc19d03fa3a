"""The taxonomy in MongoDB: some dozens of rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.members.domain.errors import TopicNotFound
from services.members.domain.topic import Topic
from shared.call import Call
from shared.persistence import Aggregates, Database, execute

Document = dict[str, Any]

TOPICS = "topics"
INDEXES = {
    TOPICS: [
        IndexModel([("parent", ASCENDING), ("sort_no", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("sort_no", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("name", ASCENDING)], unique=True),
    ]
}
ROW_FIELDS = ("name", "parent", "valid_from", "valid_to")
IN_ORDER = [("sort_no", ASCENDING), ("_id", ASCENDING)]


class Topics:
    def __init__(self, database: Database) -> None:
        self._aggregates = Aggregates(database, TOPICS)

    def find(self, code: str) -> Topic | None:
        doc = self._aggregates.get(code)
        return topic_of(doc) if doc else None

    def get(self, code: str) -> Topic:
        """Raises TopicNotFound."""
        found = self.find(code)
        if found is None:
            raise TopicNotFound
        return found

    def named(self, name: str) -> bool:
        return self._aggregates.collection.find_one({"name": name}, {"_id": 1}) is not None

    def below(self, code: str, day: date) -> bool:
        """Whether a topic below this area may be chosen on that day, or later."""
        open_then = {"$or": [{"valid_to": None}, {"valid_to": {"$gt": day.isoformat()}}]}
        query = {"parent": code, **open_then}
        return self._aggregates.collection.find_one(query, {"_id": 1}) is not None

    def last_no(self) -> int:
        """The place of the last one in the order of lists."""
        doc = self._aggregates.collection.find_one({}, {"sort_no": 1}, sort=[("sort_no", -1)])
        return doc["sort_no"] if doc else 0

    # -- writing ---------------------------------------------------------------------------

    def run(self, call: Call, use_case: Callable[[], str]) -> str:
        return execute(call, self._aggregates, use_case)

    def add(self, call: Call, topic: Topic, at: datetime) -> None:
        self._aggregates.insert(call, document(topic), topic.events, at)

    def add_once(self, call: Call, topic: Topic, at: datetime) -> None:
        """Store master data, unless it is there already."""
        doc = document(topic)
        del doc["commands"], doc["version"]
        self._aggregates.insert_once(call, doc, topic.events, at)

    def edit(self, call: Call, code: str, at: datetime, change: Callable[[Topic], object]) -> str:
        """Load, `change` and save. Its code."""

        def once() -> str:
            topic = self.get(code)
            change(topic)
            self._aggregates.save(call, document(topic), topic.version, topic.events, at)
            return code

        return self.run(call, once)

    # -- lists -----------------------------------------------------------------------------

    def rows(self, parent: str | None, day: date) -> list[Document]:
        """Those that may be chosen on that day, in order; below `parent` alone if told."""
        text = day.isoformat()
        query: Document = {
            "valid_from": {"$lte": text},
            "$or": [{"valid_to": None}, {"valid_to": {"$gt": text}}],
        }
        return self._rows(query if parent is None else {"parent": parent, **query})

    def rows_by_codes(self, codes: Collection[str]) -> list[Document]:
        return self._rows({"_id": {"$in": list(codes)}})

    def _rows(self, query: Document) -> list[Document]:
        found = self._aggregates.collection.find(query, dict.fromkeys(ROW_FIELDS, 1))
        rows = [{"id": doc["_id"], "code": doc.pop("_id"), **doc} for doc in found.sort(IN_ORDER)]
        return rows


def document(topic: Topic) -> Document:
    doc = asdict(topic)
    del doc["events"]
    doc["_id"] = doc.pop("id")
    return doc


def topic_of(doc: Mapping[str, Any]) -> Topic:
    fields = {name: doc[name] for name in Topic.__dataclass_fields__ if name in doc}
    return Topic(**{**fields, "id": doc["_id"]})
