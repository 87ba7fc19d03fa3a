"""Guides of topics in MongoDB: one for each year."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain.guide import TopicGuide, guide_id
from services.proposals.repository.documents import converter
from services.proposals.repository.indexes import GUIDES
from shared.call import Call
from shared.persistence import Aggregates, Database

NOT_STORED = ("id", "commands", "events", "version")


class Guides:
    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, GUIDES)

    def get(self, year: int) -> TopicGuide | None:
        found = self.aggregates.get(guide_id(year))
        return converter.structure({**found, "id": found["_id"]}, TopicGuide) if found else None

    def save(self, call: Call, guide: TopicGuide, at: datetime) -> None:
        row = converter.unstructure(guide)
        kept = {name: value for name, value in row.items() if name not in NOT_STORED}
        document = {"_id": guide.id, **kept}
        if guide.version == 0:
            self.aggregates.insert(call, document, guide.events, at)
        else:
            document["commands"] = guide.commands
            self.aggregates.save(call, document, guide.version, guide.events, at)
