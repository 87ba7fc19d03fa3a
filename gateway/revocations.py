"""Sessions that have ended while their access tokens still hold: they open nothing any more.

Asked for when a request comes and the last answer is older than LOOK_SECONDS: one question for all
requests that wait, and none while nobody asks. While identity is away, tokens hold for what is
left of their ten minutes, as they would without this.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Set
from datetime import UTC, datetime
from pathlib import Path

import orjson

from gateway.context import Rpc
from shared.actor import ACCESS_TOKEN_SECONDS, Actor, ServiceTokens, TokenSigner
from shared.errors import AppError, Unauthenticated
from shared.ids import new_id
from shared.logging import get_logger

SERVICE, METHOD = "identity", "ended_sessions"
ISSUER = "gateway"
LOOK_SECONDS = 2.0
WAIT_SECONDS = 0.5
OVERLAP_SECONDS = 10.0  # clocks of two machines, and writes that were under way at the last look

log = get_logger(__name__)


class Revocations:
    """The sessions that ended in the last ten minutes, as far as identity has said.

    clock: real time, in epoch seconds.
    """

    def __init__(self, rpc: Rpc, keys_dir: Path, clock: Callable[[], float] = time.time) -> None:
        self._rpc = rpc
        self._keys_dir = keys_dir
        self._clock = clock
        self._tokens: ServiceTokens | None = None
        self._ended: dict[str, float] = {}  # session id → when it was first heard of
        self._asked_at = float("-inf")
        self._known_at = float("-inf")  # of the last question that was answered
        self._looking: asyncio.Task[None] | None = None

    async def require_live(self, actor: Actor) -> None:
        """Raises Unauthenticated for an actor whose session has ended.

        Visitors and services have no session.
        """
        if actor.session_id is not None and actor.session_id in await self.current():
            raise Unauthenticated("登录已失效，请重新登录")

    async def current(self) -> Set[str]:
        """The ids of ended sessions, at most LOOK_SECONDS old while identity answers."""
        if self._looking is None and self._clock() - self._asked_at >= LOOK_SECONDS:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None:
            # A client that goes away takes nothing from the others who wait.
            await asyncio.shield(self._looking)
        return self._ended.keys()

    async def _look(self) -> None:
        now = self._asked_at = self._clock()
        oldest = now - ACCESS_TOKEN_SECONDS
        since = max(self._known_at, oldest) - OVERLAP_SECONDS
        try:
            ended = await self._ask(since)
        except (AppError, OSError) as error:
            log.warning("ended_sessions_unknown", error=error)
        else:
            self._known_at = now
            heard = dict.fromkeys(ended, now) | self._ended
            # By then the last token that was given before the end has run out.
            self._ended = {id: at for id, at in heard.items() if at > oldest - OVERLAP_SECONDS}
        finally:
            self._looking = None

    async def _ask(self, since: float) -> list[str]:
        if self._tokens is None:
            self._tokens = ServiceTokens(TokenSigner.load(self._keys_dir, ISSUER))
        moment = datetime.fromtimestamp(since, UTC).isoformat()
        body = orjson.dumps({"args": [], "kwargs": {"since": moment}})
        ended: list[str] = await self._rpc.send(
            SERVICE,
            METHOD,
            body,
            token=self._tokens.current(),
            correlation_id=new_id(),
            timeout=WAIT_SECONDS,
        )
        return ended
