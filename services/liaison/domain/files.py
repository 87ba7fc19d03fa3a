"""Which files came to a record or went, for the gateway (decision 20); before each write."""

from __future__ import annotations

from typing import Any

from shared.contracts import names


def tell_files(record: Any) -> None:
    held, told = set(record.files), set(record.files_told)
    if held != told:
        changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
        record.events.append((names.LIAISON_FILES_CHANGED, {"record_id": record.id, **changes}))
        record.files_told = tuple(sorted(held))
