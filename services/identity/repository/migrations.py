"""Changes of stored documents, each run once at the start of the service."""

from __future__ import annotations

from datetime import datetime

from services.identity.repository.accounts import Accounts
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts.groups import PARTIES
from shared.persistence.database import Database, Document, Migration
from shared.persistence.migrations import each_anew


def _let_the_suspended_in(database: Database) -> None:
    """Who was suspended under former rules may see own cases through as well (decision 17)."""
    accounts, at = Accounts(database), datetime.now(SHANGHAI)
    for row in database.collection("accounts").find({"memberships.state": "SUSPENDED"}, {"_id": 1}):
        accounts.edit(Call.system("identity"), row["_id"], at, lambda a: a.follow_again(at))


def parties_into_organisations(database: Database) -> None:
    """Decision 45: the roles of organisations have `organisation` only, no party's code."""

    def change(account: Document) -> Document:
        return {"grants": [_renamed(grant) for grant in account["grants"]]}

    each_anew(database.collection("accounts"), change)


def _renamed(grant: Document) -> Document:
    organisation = PARTIES.get(grant["scope"].get("party", ""))
    return {**grant, "scope": {"organisation": organisation}} if organisation else grant


MIGRATIONS: list[Migration] = [(1, _let_the_suspended_in), (2, parties_into_organisations)]
