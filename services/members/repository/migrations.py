"""Changes of the members service's stored data; the first brings the master data (service.py)."""

from __future__ import annotations

from datetime import datetime

from services.members.repository.documents import searched_words
from services.members.repository.memberships import MEMBERS, Memberships
from services.members.repository.sealed import Cipher
from services.members.repository.sectors import Sectors
from shared.call import Call
from shared.contracts import names
from shared.persistence.database import Database, Document
from shared.persistence.migrations import each_anew


def words_as_they_are_asked(database: Database) -> None:
    """Names without inner blanks, widths and traditional characters are found."""

    def change(row: Document) -> Document:
        searched = (row.get("work_unit"), row.get("title"), *row.get("skills", ()))
        return searched_words(row["name"], row["member_no"], searched)

    each_anew(database.collection(MEMBERS), change)


def states_with_organisations(database: Database, at: datetime, cipher: Cipher) -> None:
    """Decision 45: each open membership tells its state once more, with the organisations that
    count the member; conveners get their sector by it, authors of collectives are checked by it."""
    memberships = Memberships(database, Sectors(database), cipher)
    told = "tells_organisations"
    rows, call = database.collection(MEMBERS), Call.system("members")
    for row in rows.find({"open": True, told: {"$exists": False}}, {"_id": 1}):
        memberships.edit(call, row["_id"], at, lambda m: m.tell(names.MEMBER_PROFILE_CHANGED))
        rows.update_one({"_id": row["_id"]}, {"$set": {told: True}})
