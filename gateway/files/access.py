"""Who may read a file.

Nobody holds it yet: its uploader alone. Once records hold it, the service of each is asked, on
behalf of the viewer, and one yes is enough; without an answer the file stays closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

import orjson
from pymongo.errors import PyMongoError

from gateway.context import Rpc
from gateway.files.errors import FileUnknown
from gateway.files.store import FileStore, Row, held_by
from shared.actor import Actor
from shared.errors import Forbidden, NotFound, Unavailable

METHOD = "may_read_file"  # (file_id, subject) → bool, of every service that holds files


async def may_read(rpc: Rpc, actor: Actor, correlation_id: str, row: Row) -> bool:
    """Raises Unavailable when a service that has to decide does not answer."""
    holders = held_by(row)
    if not holders:
        return bool(row["uploader"] == actor.account_id)
    answers = await asyncio.gather(
        *(_ask(rpc, actor, correlation_id, row["_id"], holder) for holder in holders),
        return_exceptions=True,
    )
    if any(answer is True for answer in answers):
        return True
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return False


async def require_usable(
    store: FileStore, actor: Actor, holder: str, named: Mapping[str, Collection[str]]
) -> None:
    """Before a command that makes `holder` ("<service>:<record>") hold files.

    named: input field → file ids. A file can be used by the account that uploaded it and by the
    record that holds it already. Files that nobody holds are reserved first, so that none can go
    before the command's event arrives. Raises FileUnknown naming the field, or Unavailable.
    """
    ids = {file_id for listed in named.values() for file_id in listed}
    try:
        await store.reserve(ids)
        found = await store.find(ids)
    except PyMongoError as error:
        raise Unavailable from error
    usable = {
        file_id
        for file_id, row in found.items()
        if row["uploader"] == actor.account_id or holder in {h["key"] for h in held_by(row)}
    }
    for field, listed in named.items():
        if not usable.issuperset(listed):
            raise FileUnknown(field=field)


async def _ask(rpc: Rpc, actor: Actor, correlation_id: str, file_id: str, holder: Row) -> bool:
    question: dict[str, Any] = {"file_id": file_id, "subject": holder["subject"]}
    body = orjson.dumps({"args": [], "kwargs": question})
    try:
        answer = await rpc.send(
            holder["owner"], METHOD, body, token=actor.token, correlation_id=correlation_id
        )
    except (NotFound, Forbidden):
        return False
    return answer is True
