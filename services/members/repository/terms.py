"""Terms with their sessions in MongoDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.members.domain.errors import TermNotFound
from services.members.domain.term import Session, Term, TermState
from shared.call import Call
from shared.persistence import Aggregates, Database, execute

Document = dict[str, Any]

TERMS = "terms"
INDEXES = {TERMS: [IndexModel([("state", ASCENDING), ("no", ASCENDING)])]}


class Terms:
    """A handful of documents: read whole."""

    def __init__(self, database: Database) -> None:
        self._aggregates = Aggregates(database, TERMS, term=lambda doc: int(doc["no"]))

    def get(self, term_id: str) -> Term:
        """Raises TermNotFound."""
        doc = self._aggregates.get(term_id)
        if doc is None:
            raise TermNotFound
        return term_of(doc)

    def all(self) -> list[Term]:
        """In the order of their numbers."""
        return [term_of(doc) for doc in self._aggregates.collection.find().sort("no", 1)]

    def in_state(self, state: TermState) -> list[Term]:
        return [term_of(d) for d in self._aggregates.collection.find({"state": state.value})]

    def run(self, call: Call, use_case: Callable[[], str]) -> str:
        return execute(call, self._aggregates, use_case)

    def add(self, call: Call, term: Term, at: datetime) -> None:
        self._aggregates.insert(call, document(term), term.events, at)

    def edit(self, call: Call, term_id: str, at: datetime, change: Callable[[Term], object]) -> str:
        """Load, `change` and save; not saved if the change returns False. Its id."""

        def once() -> str:
            term = self.get(term_id)
            if change(term) is not False:
                self._aggregates.save(call, document(term), term.version, term.events, at)
            return term_id

        return self.run(call, once)


def document(term: Term) -> Document:
    doc = asdict(term)
    del doc["events"]
    return {**doc, "_id": term.id, "state": term.state.value}


def term_of(doc: Mapping[str, Any]) -> Term:
    fields = {name: doc[name] for name in Term.__dataclass_fields__ if name in doc}
    return Term(
        **{
            **fields,
            "state": TermState(doc["state"]),
            "sessions": [Session(**row) for row in doc["sessions"]],
        }
    )
