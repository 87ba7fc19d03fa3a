"""Files that nobody has held for a day go (decision 20).

Safe with several replicas: a file is removed by a conditional write that only one of them does.
An event may be late, so the services themselves are asked before anything is removed; while one
of them does not answer, all files stay.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import orjson
from pymongo.errors import PyMongoError

from gateway.context import Rpc
from gateway.files.attachments import OWNERS
from gateway.files.store import FileStore
from shared.actor import ServiceTokens, TokenSigner
from shared.errors import AppError
from shared.ids import new_id
from shared.logging import get_logger

METHOD = "held_files"  # (ids) → those that any record holds, of every service in OWNERS
SECONDS = 5.0  # between two looks; each is one find by index
MOST = 100  # files in one look
log = get_logger(__name__)


class Sweep:
    """`run` for ever, or look `once`."""

    def __init__(self, store: FileStore, rpc: Rpc, keys_dir: Path) -> None:
        self._store = store
        self._rpc = rpc
        self._keys_dir = keys_dir

    async def run(self) -> None:
        while True:
            try:
                await self.once()
            except (AppError, PyMongoError, OSError) as error:
                log.warning("sweep_interrupted", error=error)
            await asyncio.sleep(SECONDS)

    async def once(self) -> int:
        """The number of files removed."""
        loose = await self._store.loose(MOST)
        if not loose:
            return 0
        held = await self._held(loose)
        if held:
            log.warning("held_without_event", files=sorted(held))
            await self._store.reserve(held)
        removed = [id for id in loose if id not in held and await self._store.remove_loose(id)]
        log.info("loose_files_removed", count=len(removed))
        return len(removed)

    async def _held(self, ids: Collection[str]) -> set[str]:
        body = orjson.dumps({"args": [], "kwargs": {"ids": list(ids)}})
        answers = await asyncio.gather(
            *(
                self._rpc.send(
                    owner, METHOD, body, token=self._tokens.current(), correlation_id=new_id()
                )
                for owner in OWNERS
            )
        )
        return {file_id for answer in answers for file_id in answer}

    @cached_property
    def _tokens(self) -> ServiceTokens:
        return ServiceTokens(TokenSigner.load(self._keys_dir, "gateway"))
