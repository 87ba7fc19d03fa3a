"""Evaluations: documents of their own, apart from proposals, so that they stay sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.proposals.domain.evaluation import Evaluation
from services.proposals.repository.documents import evaluation_from_document, plain
from services.proposals.repository.indexes import EVALUATIONS
from shared.call import Call
from shared.persistence import Aggregates, Database
from shared.persistence.database import Document

KERNELS = {"pending_events": 0, "commands": 0}


class Evaluations:
    def __init__(self, database: Database) -> None:
        self.aggregates = Aggregates(database, EVALUATIONS)

    def get(self, evaluation_id: str) -> Evaluation | None:
        found = self.aggregates.get(evaluation_id)
        return evaluation_from_document(found) if found else None

    def save(
        self,
        call: Call,
        evaluation: Evaluation,
        at: datetime,
        session: ClientSession | None = None,
    ) -> None:
        document = {**plain(evaluation), "commands": evaluation.commands}
        if evaluation.version == 0:
            self.aggregates.insert(call, document, [], at, session)
        else:
            self.aggregates.save(call, document, evaluation.version, [], at, session)

    def sent(self, proposal_id: str, round: int, session: ClientSession) -> list[Evaluation]:
        """Those of a round that were sent."""
        query = {"proposal_id": proposal_id, "round": round, "sent_at": {"$ne": None}}
        found = self.aggregates.collection.find(query, session=session)
        return [evaluation_from_document(row) for row in found]

    def rows(self, query: Mapping[str, Any]) -> list[Document]:
        """In the order of rounds and evaluators."""
        found = self.aggregates.collection.find(query, KERNELS).sort("_id", 1).limit(1000)
        return [{**row, "id": row.pop("_id")} for row in found]
