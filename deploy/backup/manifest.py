"""The manifest of a backup: written last, verified first."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bson.timestamp import Timestamp

FORMAT = 1
NAME = "manifest.json"
BROKER = "broker.json"


class BackupError(Exception):
    """Why there is no backup, or no restore; one line for the operator."""


@dataclass(frozen=True)
class Kept:
    """One collection; `database` is without the deployment's prefix."""

    database: str
    name: str
    count: int
    sha256: str  # of the file of documents
    metadata_sha256: str

    @property
    def documents(self) -> str:
        return f"{self.database}/{self.name}.bson.gz"

    @property
    def metadata(self) -> str:
        return f"{self.database}/{self.name}.metadata.json.gz"


@dataclass(frozen=True)
class Manifest:
    """`cluster_time` is the moment of the databases: (seconds since 1970, number in the second)."""

    taken_at: str  # ISO 8601, when the backup began
    cluster_time: tuple[int, int]
    collections: tuple[Kept, ...]
    broker_sha256: str

    @property
    def timestamp(self) -> Timestamp:
        return Timestamp(*self.cluster_time)

    def write(self, folder: Path) -> None:
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        (folder / NAME).write_text(f"{text}\n")


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose files are all there and unchanged; raises BackupError."""
    try:
        given = json.loads((folder / NAME).read_text())
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} is no backup: {error}") from error
    if given.pop("format", None) != FORMAT:
        raise BackupError(f"{folder} has another format than {FORMAT}")
    given["cluster_time"] = tuple(given["cluster_time"])
    given["collections"] = tuple(Kept(**kept) for kept in given["collections"])
    manifest = Manifest(**given)
    _verify(folder, manifest)
    return manifest


def _verify(folder: Path, manifest: Manifest) -> None:
    wanted = {BROKER: manifest.broker_sha256}
    for kept in manifest.collections:
        wanted |= {kept.documents: kept.sha256, kept.metadata: kept.metadata_sha256}
    for name, sha256 in wanted.items():
        if not (folder / name).is_file():
            raise BackupError(f"{name} is missing in {folder}")
        if digest(folder / name) != sha256:
            raise BackupError(f"{name} in {folder} is damaged")


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
