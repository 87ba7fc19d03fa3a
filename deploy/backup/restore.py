"""`python -m deploy.backup.restore FOLDER`: put a backup into an empty platform.

Servers run, services do not: they start when this has ended. What was on its way between services
at the moment of the backup is in no queue any more, so each relay then publishes the events of the
last REPUBLISH_DAYS (3) days before that moment once more; handlers take them for repetitions.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from bson import decode_file_iter, json_util
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient, WriteConcern
from pymongo.errors import PyMongoError

from deploy.backup import broker, manifest
from deploy.backup.broker import Broker
from deploy.backup.dump import RAW, connect, databases
from deploy.backup.manifest import BROKER, BackupError, Kept, Manifest
from shared import settings, traces
from shared.messaging import republication, topology
from shared.settings import Settings

AT_ONCE = 500  # documents in one write
DAY = 86_400


def restore(process: Settings, way: Broker, folder: Path, days: float) -> Manifest:
    """Fill an empty platform; raises BackupError, before anything is written if it is not empty
    or the backup not whole."""
    found = manifest.read(folder)
    with connect(process) as client:
        try:
            _require_empty(client, process.db_prefix, way)
            broker.restore(way, json.loads((folder / BROKER).read_text()))
            for kept in found.collections:
                _fill(client, process.db_prefix, kept, folder)
            _republish(client, process.db_prefix, found, days)
        except PyMongoError as error:
            raise BackupError(
                f"the restore failed, drop what it made: {traces.told(error)}"
            ) from error
    return found


def _require_empty(client: MongoClient[Any], prefix: str, way: Broker) -> None:
    standing = databases(client, prefix)
    if standing:
        raise BackupError(f"not empty, nothing was changed: databases {', '.join(standing)}")
    names = [queue["name"] for queue in way.export().get("queues", ())]
    # A cluster's broker begins with its delay queues (deploy/cluster/rights.py).
    queues = [name for name in names if not topology.is_delay_queue(name)]
    if queues:
        raise BackupError(f"not empty, nothing was changed: queues {', '.join(queues[:5])} …")


def _fill(client: MongoClient[Any], prefix: str, kept: Kept, folder: Path) -> None:
    database = client[f"{prefix}{kept.database}"]
    with gzip.open(folder / kept.metadata, "rt", encoding="utf-8") as text:
        metadata = json_util.loads(text.read(), json_options=json_util.CANONICAL_JSON_OPTIONS)
    database.command({"create": kept.name, **metadata["options"]})
    target = database.get_collection(
        kept.name, codec_options=RAW, write_concern=WriteConcern(w="majority", j=True)
    )
    count = 0
    with gzip.open(folder / kept.documents, "rb") as file:
        for batch in _batches(decode_file_iter(cast(IO[bytes], file), RAW)):
            target.insert_many(batch)
            count += len(batch)
    if count != kept.count:
        raise BackupError(f"{kept.documents} holds {count} documents, not {kept.count}")
    indexes = [index for index in metadata["indexes"] if index["name"] != "_id_"]
    if indexes:
        database.command("createIndexes", kept.name, indexes=indexes)


def _batches(documents: Iterator[RawBSONDocument]) -> Iterator[list[RawBSONDocument]]:
    while batch := list(islice(documents, AT_ONCE)):
        yield batch


def _republish(client: MongoClient[Any], prefix: str, found: Manifest, days: float) -> None:
    since = found.cluster_time[0] - days * DAY
    for producer in {kept.database for kept in found.collections if kept.name == "event_log"}:
        republication.request(client[f"{prefix}{producer}"], since)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    days = os.environ.get("REPUBLISH_DAYS") or "3"
    try:
        if not days.isdecimal():
            raise BackupError(f"REPUBLISH_DAYS={days!r} is not usable: a number of days is wanted")
        found = restore(settings.load(), broker.of(os.environ), Path(arguments[0]), days=int(days))
    except BackupError as error:
        print(error, file=sys.stderr)
        return 1
    documents = sum(kept.count for kept in found.collections)
    print(f"restored as of {found.taken_at}: {documents} documents; the services may start")
    return 0


if __name__ == "__main__":
    traces.guard()
    raise SystemExit(main(sys.argv[1:]))
