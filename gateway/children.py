"""Child processes, for what would hold up the event loop or fill the gateway's memory."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path


async def run_child(module: str, folder: Path, seconds: float) -> int:
    """The exit status of `python -m module folder`; raises TimeoutError. No child is left behind.

    It gives its memory back by ending, and says in the log why it failed.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, str(folder)), stdin=asyncio.subprocess.DEVNULL
    )
    try:
        return await asyncio.wait_for(child.wait(), seconds)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
