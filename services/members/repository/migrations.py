"""Changes of the members service's stored data; the first brings the master data (service.py)."""

from __future__ import annotations

from services.members.repository.documents import searched_words
from services.members.repository.memberships import MEMBERS
from shared.persistence.database import Database, Document
from shared.persistence.migrations import each_anew


def words_as_they_are_asked(database: Database) -> None:
    """Names without inner blanks, widths and traditional characters are found."""

    def change(row: Document) -> Document:
        searched = (row.get("work_unit"), row.get("title"), *row.get("skills", ()))
        return searched_words(row["name"], row["member_no"], searched)

    each_anew(database.collection(MEMBERS), change)
