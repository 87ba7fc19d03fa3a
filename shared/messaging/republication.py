"""After a restore: what a producer published lately goes out once more (docs/adr/0010).

The request stands in the producer's own database, written by the restore and carried out by its
relay before anything else. It notes how far it has come, so that it survives the relay.
"""

from __future__ import annotations

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.database import Database

from shared.messaging.outbox import Publish
from shared.persistence.database import Document

COLLECTION = "republication"
REQUEST = {"_id": "request"}
NOTED_EVERY = 500  # events


def request(database: Database[Document], since: float) -> None:
    """Ask for all events that were logged at `since` (epoch seconds) or later."""
    database[COLLECTION].replace_one(REQUEST, {"since": since}, upsert=True)


async def carry_out(database: AsyncDatabase[Document], publish: Publish) -> int:
    """Publish what is asked for, in the order of the log, if anything is; the number of events."""
    wanted = await database[COLLECTION].find_one(REQUEST)
    if wanted is None:
        return 0
    log = database["event_log"]
    # All types are named so that the index on type and time gives them in their order.
    types = await log.distinct("type")
    found = log.find({"type": {"$in": types}, "logged_at": {"$gte": wanted["since"]}})
    number = 0
    async for event in found.sort("logged_at", 1):
        number += 1
        del event["_id"]
        logged_at = event.pop("logged_at")
        await publish(event)
        if number % NOTED_EVERY == 0:
            await database[COLLECTION].update_one(REQUEST, {"$set": {"since": logged_at}})
    await database[COLLECTION].drop()
    return number
