"""Take a backup of the running platform."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

from pymongo.errors import PyMongoError

from deploy.backup import broker
from deploy.backup.broker import Broker
from deploy.backup.dump import connect, dump
from deploy.backup.manifest import BROKER, BackupError, Manifest, digest
from shared import traces
from shared.clock import SHANGHAI
from shared.settings import Settings

UNFINISHED = ".unfinished"


def take(process: Settings, way: Broker, parent: Path) -> Path:
    """A new folder below `parent`, named after the time; raises BackupError.

    Under its name it is whole: until then the name ends in `.unfinished`, and a failure removes it.
    """
    began = datetime.now(SHANGHAI)
    folder = parent / f"{began:%Y%m%dT%H%M%S%z}"
    growing = folder.with_name(folder.name + UNFINISHED)
    growing.mkdir(mode=0o700, parents=True)
    try:
        _fill(process, way, growing, began)
        growing.rename(folder)
    except (PyMongoError, OSError) as error:
        raise BackupError(f"the backup failed: {traces.told(error)}") from error
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    return folder


def _fill(process: Settings, way: broker.Broker, folder: Path, began: datetime) -> None:
    definitions = folder / BROKER
    definitions.write_text(json.dumps(way.export(), indent=1))
    with connect(process) as client:
        moment, collections = dump(client, process.db_prefix, folder)
    Manifest(
        taken_at=began.isoformat(timespec="seconds"),
        cluster_time=(moment.time, moment.inc),
        collections=collections,
        broker_sha256=digest(definitions),
    ).write(folder)
