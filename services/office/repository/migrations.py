"""Changes of the office service's stored data."""

from __future__ import annotations

from services.office.repository.paper_indexes import AFFAIRS, INCOMING, OUTGOING
from services.office.repository.papers import found_by
from shared.persistence.database import Database, Document
from shared.persistence.migrations import each_anew


def found_by_their_words(database: Database) -> None:
    """Documents and affairs are found by words and number, and stand by their due dates."""

    def of_affair(row: Document) -> Document:
        due_at = row.get("wanted_from") or row.get("wanted_until")
        return {"due_at": due_at, **found_by({**row, "due_at": due_at})}

    each_anew(database.collection(OUTGOING), found_by)
    each_anew(database.collection(INCOMING), found_by)
    each_anew(database.collection(AFFAIRS), of_affair)


MIGRATIONS = [(1, found_by_their_words)]
