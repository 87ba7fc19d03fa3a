"""Guides of topics in MongoDB: one for each year."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain.guide import TopicGuide, guide_id
from services.proposals.repository.documents import converter, plain
from services.proposals.repository.indexes import GUIDES
from shared.call import Call
from shared.persistence import Aggregates, Database


class Guides:
    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, GUIDES)

    def get(self, year: int) -> TopicGuide | None:
        found = self.aggregates.get(guide_id(year))
        return converter.structure({**found, "id": found["_id"]}, TopicGuide) if found else None

    def save(self, call: Call, guide: TopicGuide, at: datetime) -> None:
        document = {**plain(guide), "commands": guide.commands}
        if guide.version == 0:
            self.aggregates.insert(call, document, guide.events, at)
        else:
            self.aggregates.save(call, document, guide.version, guide.events, at)
