"""Collections of the identity service, and what serves each query."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.identity.repository.accounts import Accounts
from services.identity.repository.attempts import AttemptCounter
from services.identity.repository.devices import Devices
from services.identity.repository.journal import Journal
from services.identity.repository.migrations import MIGRATIONS
from services.identity.repository.sessions import Sessions
from services.identity.repository.tickets import Tickets

__all__ = [
    "INDEXES",
    "MIGRATIONS",
    "OUTBOX",
    "Accounts",
    "AttemptCounter",
    "Devices",
    "Journal",
    "Sessions",
    "Tickets",
]

OUTBOX = {"accounts", "sessions"}


def _unique_text(field: str) -> IndexModel:
    """Unique where it is text; by comparison, because `$type` would keep finds off the index."""
    return IndexModel(
        [(field, ASCENDING)], unique=True, partialFilterExpression={field: {"$gt": ""}}
    )


def _expiring() -> IndexModel:
    """The server removes the document at its `expires_at`, by real time."""
    return IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)


INDEXES = {
    "accounts": [
        _unique_text("login"),
        _unique_text("member_no"),
        _unique_text("person_id"),
        _unique_text("wechat.openid"),
        _unique_text("wechat_code.hash"),
        IndexModel([("phone", ASCENDING)]),
        IndexModel([("grants.id", ASCENDING)]),
        IndexModel([("label", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("created_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("roles", ASCENDING), ("login", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("state", ASCENDING), ("login", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("awaits_approval", ASCENDING), ("login", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("login", ASCENDING), ("_id", ASCENDING)]),
    ],
    "sessions": [
        IndexModel([("account_id", ASCENDING), ("ended_at", ASCENDING)]),
        IndexModel([("ended_at", ASCENDING)]),
        _expiring(),
    ],
    "refresh_tokens": [IndexModel([("session_id", ASCENDING)]), _expiring()],
    "tickets": [IndexModel([("account_id", ASCENDING)]), _expiring()],
    "attempts": [IndexModel([("who", ASCENDING)]), _expiring()],
    "devices": [
        IndexModel([("account_id", ASCENDING), ("created_at", DESCENDING), ("_id", ASCENDING)]),
        _expiring(),
    ],
    "sign_in_audit": [
        IndexModel([("at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("account_id", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)]),
        IndexModel([("kind", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)]),
    ],
}
