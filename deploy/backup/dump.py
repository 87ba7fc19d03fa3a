"""All databases as they stood at one cluster time, into a folder."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bson import json_util
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from bson.timestamp import Timestamp
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.backup.manifest import Kept, digest
from shared.settings import Settings

SYSTEM = {"admin", "config", "local"}
RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)
FASTEST = 1  # of gzip's levels
# SnapshotUnavailable: a collection was made, renamed or dropped about that moment.
# NamespaceNotFound: it is gone. SnapshotTooOld is final: see docs/adr/0010.
AGAIN = {26, 246}
TRIES = 5


def connect(process: Settings) -> MongoClient[Any]:
    """A client whose operations may take their time, as the building of an index does."""
    return MongoClient(process.mongo_uri, serverSelectionTimeoutMS=5_000, appname="backup")


def databases(client: MongoClient[Any], prefix: str) -> list[str]:
    """The platform's databases, by full name."""
    names = set(client.list_database_names()) - SYSTEM
    return sorted(name for name in names if name.startswith(prefix))


def dump(client: MongoClient[Any], prefix: str, folder: Path) -> tuple[Timestamp, tuple[Kept, ...]]:
    """Write all collections; (their cluster time, what was written).

    A change of the collections themselves meanwhile, such as the end of a replay, makes it begin
    again. Raises OperationFailure when it takes longer than the server keeps its history.
    """
    for run in range(1, TRIES + 1):
        collections = _collections(client, prefix)
        moment = client.admin.command("hello")["lastWrite"]["majorityOpTime"]["ts"]
        try:
            kept = tuple(
                _dump(client, prefix, database, described, moment, folder)
                for database, described in collections
            )
        except OperationFailure as error:
            if error.code not in AGAIN or run == TRIES:
                raise
            continue
        if _collections(client, prefix) == collections:
            return moment, kept
    raise OperationFailure(f"collections came and went during each of {TRIES} tries")


def _collections(client: MongoClient[Any], prefix: str) -> list[tuple[str, dict[str, Any]]]:
    """(database, what the server says of the collection), in a stable order."""
    return [
        (name, dict(described))
        for name in databases(client, prefix)
        for described in sorted(client[name].list_collections(), key=lambda row: row["name"])
        if described["type"] == "collection" and not described["name"].startswith("system.")
    ]


def _dump(
    client: MongoClient[Any],
    prefix: str,
    database: str,
    described: dict[str, Any],
    moment: Timestamp,
    folder: Path,
) -> Kept:
    short, name = database.removeprefix(prefix), described["name"]
    blank = Kept(short, name, 0, "", "")
    documents, metadata = folder / blank.documents, folder / blank.metadata
    documents.parent.mkdir(mode=0o700, exist_ok=True)
    count = 0
    with gzip.open(documents, "wb", FASTEST) as file:
        for document in _find(client, database, name, moment):
            file.write(document.raw)
            count += 1
    content = {
        "collectionName": name,
        "options": described["options"],
        "indexes": list(client[database][name].list_indexes()),
    }
    with gzip.open(metadata, "wt", FASTEST, encoding="utf-8") as text:
        text.write(json_util.dumps(content, json_options=json_util.CANONICAL_JSON_OPTIONS))
    return Kept(short, name, count, digest(documents), digest(metadata))


def _find(
    client: MongoClient[Any], database: str, name: str, moment: Timestamp
) -> Iterator[RawBSONDocument]:
    concern = {"level": "snapshot", "atClusterTime": moment}
    raw = client.get_database(database, codec_options=RAW)
    return raw.cursor_command("find", name, readConcern=concern, codec_options=RAW)
