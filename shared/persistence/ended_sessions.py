"""Sessions that have ended while their access tokens still hold: they open nothing any more.

identity tells every service (`account_session_ended`). What was heard stands in the service's own
database, so that all its replicas know it; each looks there when a call comes and its last look
is older than LOOK_SECONDS.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pymongo import ASCENDING, IndexModel

from shared.actor import ACCESS_TOKEN_SECONDS, Actor
from shared.errors import Unauthenticated

if TYPE_CHECKING:
    from shared.persistence.database import Database

COLLECTION = "ended_sessions"
INDEXES = [IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)]
LOOK_SECONDS = 2.0
# By then the last token that was given before the end has run out, by any machine's clock.
KEPT = timedelta(seconds=ACCESS_TOKEN_SECONDS + 60)


class EndedSessions:
    """Those that ended in the last ten minutes, as far as this service has heard.

    clock: real time, in epoch seconds.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._known: frozenset[str] = frozenset()
        self._looked_at = float("-inf")

    def note(self, session_id: str, ended_at: datetime) -> None:
        """Heard of: twice is once, and what ended long ago needs no remembering."""
        expires_at = ended_at + KEPT
        if expires_at <= datetime.fromtimestamp(self._clock(), UTC):
            return
        told: dict[str, Any] = {"$set": {"expires_at": expires_at}}
        self._database.collection(COLLECTION).update_one({"_id": session_id}, told, upsert=True)

    def require_live(self, actor: Actor) -> None:
        """Raises Unauthenticated for an actor whose session has ended.

        Visitors and services have no session.
        """
        if actor.session_id is not None and actor.session_id in self._current():
            raise Unauthenticated("登录已失效，请重新登录")

    def _current(self) -> frozenset[str]:
        now = self._clock()
        if now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now  # first: calls that come meanwhile take what was known before
            rows = self._database.collection(COLLECTION).find({}, {"_id": 1})
            self._known = frozenset(row["_id"] for row in rows)
        return self._known
