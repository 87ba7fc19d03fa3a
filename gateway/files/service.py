"""All of the gateway's files: the store, the door, and what runs beside them."""

from __future__ import annotations

from gateway.auth import Verifier
from gateway.context import Rpc
from gateway.files.http import FileHandler
from gateway.files.links import Links
from gateway.files.store import FileStore
from shared.settings import Settings


class Files:
    """`start` and `close` belong inside the event loop."""

    def __init__(self, process: Settings, rpc: Rpc, verifier: Verifier) -> None:
        self.store = FileStore(process)
        self.links = Links(process.keys_dir)
        self.handler = FileHandler(
            self.store, verifier, rpc, self.links, limit=process.largest_file
        )

    def start(self) -> None:
        pass

    async def close(self) -> None:
        await self.store.close()
