"""Changes of stored accounts, each run once at the start of the service."""

from __future__ import annotations

from shared.contracts.groups import PARTIES
from shared.persistence.database import Database, Document, Migration
from shared.persistence.migrations import each_anew


def parties_into_organisations(database: Database) -> None:
    """Decision 45: the roles of organisations have `organisation` only, no party's code."""

    def change(account: Document) -> Document:
        return {"grants": [_renamed(grant) for grant in account["grants"]]}

    each_anew(database.collection("accounts"), change)


def _renamed(grant: Document) -> Document:
    organisation = PARTIES.get(grant["scope"].get("party", ""))
    return {**grant, "scope": {"organisation": organisation}} if organisation else grant


MIGRATIONS: list[Migration] = [(20, parties_into_organisations)]
