"""All of the gateway's files: the store, the door, and what runs beside them."""

from __future__ import annotations

import asyncio
import contextlib

from gateway.auth import Verifier
from gateway.context import Rpc
from gateway.files.attachments import Attachments
from gateway.files.http import FileHandler
from gateway.files.links import Links
from gateway.files.scanning import scanner
from gateway.files.store import FileStore
from gateway.files.sweep import Sweep
from gateway.revocations import Revocations
from shared.settings import Settings

LEAVE_SECONDS = 2.0


class Files:
    """`start` and `close` belong inside the event loop; without them only the door is open."""

    def __init__(
        self, process: Settings, rpc: Rpc, verifier: Verifier, revocations: Revocations
    ) -> None:
        self._process = process
        self.store = FileStore(process)
        self.links = Links(process.keys_dir)
        self.handler = FileHandler(
            self.store,
            verifier,
            revocations,
            rpc,
            self.links,
            scanner(process.clamd_uri),
            limit=process.largest_file,
        )
        self._sweep = Sweep(self.store, rpc, process.keys_dir)
        self._sweeping: asyncio.Task[None] | None = None
        self._attachments: Attachments | None = None

    def start(self) -> None:
        self._sweeping = asyncio.create_task(self._sweep.run())
        self._attachments = Attachments(self._process, self.store)
        self._attachments.start()

    def alive(self) -> bool:
        """False once the thread that follows the services' events has died."""
        return self._attachments is None or self._attachments.is_alive()

    async def ready(self) -> dict[str, bool]:
        """What requests for files need, by name."""
        consuming = self._attachments is not None and self._attachments.consuming
        return {"consumers": consuming, "database": await self.store.primary_answers()}

    async def close(self) -> None:
        if self._attachments is not None:
            self._attachments.stop()
            await asyncio.to_thread(self._attachments.join, LEAVE_SECONDS)
        if self._sweeping is not None:
            self._sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeping
        await self.store.close()
