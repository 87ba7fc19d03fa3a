"""Changes of stored documents, each run once at the start of the service."""

from __future__ import annotations

from datetime import datetime

from services.identity.repository.accounts import Accounts
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence.database import Database, Migration


def _let_the_suspended_in(database: Database) -> None:
    """Who was suspended under former rules may see own cases through as well (decision 17)."""
    accounts, at = Accounts(database), datetime.now(SHANGHAI)
    for row in database.collection("accounts").find({"memberships.state": "SUSPENDED"}, {"_id": 1}):
        accounts.edit(Call.system("identity"), row["_id"], at, lambda a: a.follow_again(at))


MIGRATIONS: list[Migration] = [(1, _let_the_suspended_in)]
