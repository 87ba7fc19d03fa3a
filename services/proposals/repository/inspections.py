"""Inspections in MongoDB."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from services.proposals.domain.inspection import Inspection
from services.proposals.repository.documents import converter, plain
from services.proposals.repository.indexes import DOWN, INSPECTIONS, UP
from shared.call import Call
from shared.errors import NotFound
from shared.persistence import Aggregates, Database, page
from shared.persistence.database import Document

ORDER = [("held_at", DOWN), ("_id", UP)]
HIDDEN = {"files_told": 0, "pending_events": 0, "commands": 0}


class Inspections:
    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, INSPECTIONS)

    def get(self, inspection_id: str) -> Inspection:
        found = self.aggregates.get(inspection_id)
        if found is None:
            raise NotFound("未找到该视察")
        return converter.structure({**found, "id": found["_id"]}, Inspection)

    def add(self, call: Call, inspection: Inspection, at: datetime) -> None:
        self.aggregates.insert(call, plain(inspection), inspection.events, at)

    def save(self, call: Call, inspection: Inspection, at: datetime) -> None:
        inspection.tell_files()
        document = {**plain(inspection), "commands": inspection.commands}
        self.aggregates.save(call, document, inspection.version, inspection.events, at)

    def page(self, query: Document, first: int, after: str | None) -> Document:
        return page(self.aggregates.collection, query, ORDER, first, after, HIDDEN)

    def count(self, query: Document) -> int:
        return self.aggregates.collection.count_documents(query)

    def rows(self, query: Mapping[str, Any]) -> list[Document]:
        found = self.aggregates.collection.find(query, HIDDEN).limit(100)
        return [{**row, "id": row.pop("_id")} for row in found]

    def held(self, file_ids: Collection[str]) -> set[str]:
        """Those of the files that any inspection holds."""
        query = {"files_told": {"$in": list(file_ids)}}
        return set(self.aggregates.collection.distinct("files_told", query)) & set(file_ids)
