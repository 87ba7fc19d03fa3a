"""Files by their ids. Who may see a record may see which files it holds; see `types.py`."""

from __future__ import annotations

from collections.abc import Sequence

from pymongo.errors import PyMongoError

from gateway.context import Context
from gateway.files.store import Row
from shared.errors import Unavailable


async def load_files(context: Context, ids: Sequence[str]) -> list[Row | None]:
    """Rows aligned with the ids, None where there is no such file; raises Unavailable."""
    try:
        found = await context.files.store.find(ids)
    except PyMongoError as error:
        raise Unavailable from error
    return [{**found[id], "id": id} if id in found else None for id in ids]


LOADERS = {"files": load_files}
