"""Circulation (传阅) of a document: a list of people, and a receipt of each who has read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.office.domain import document_errors as errors


@dataclass(frozen=True)
class Reader:
    """A person on the list, by key (`member:…`, `account:…`)."""

    key: str
    read_at: datetime | None = None
    note: str | None = None
    urged: int = 0  # how often


def circulate(readers: Sequence[Reader], keys: Sequence[str]) -> tuple[Reader, ...]:
    """The list with these added; whoever is on it stays as they are."""
    known = {reader.key for reader in readers}
    fresh = [Reader(key) for key in dict.fromkeys(keys) if key not in known]
    return (*readers, *fresh)


def read(
    readers: Sequence[Reader], keys: Collection[str], at: datetime, note: str | None
) -> tuple[tuple[Reader, ...], list[str]]:
    """The list after whoever owns `keys` has read it, and whose receipt is new.

    The first receipt stands. Raises NotReader for one who is not on the list.
    """
    own = [reader for reader in readers if reader.key in keys]
    if not own:
        raise errors.NotReader
    fresh = [reader.key for reader in own if reader.read_at is None]
    after = tuple(
        replace(reader, read_at=at, note=note) if reader.key in fresh else reader
        for reader in readers
    )
    return after, fresh


def urge(readers: Sequence[Reader]) -> tuple[tuple[Reader, ...], list[str]]:
    """The list with everyone who has not read it urged once more, and who they are."""
    late = waiting(readers)
    after = tuple(
        replace(reader, urged=reader.urged + 1) if reader.key in late else reader
        for reader in readers
    )
    return after, late


def waiting(readers: Sequence[Reader]) -> list[str]:
    return [reader.key for reader in readers if reader.read_at is None]
