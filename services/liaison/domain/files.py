"""Which files came to a record or went, for the gateway (decision 20); before each write."""

from __future__ import annotations

from shared.aggregate import Aggregate
from shared.contracts import names


class WithFiles(Aggregate):
    id: str
    files: tuple[str, ...]
    files_told: tuple[str, ...]

    def tell_files(self) -> None:
        held, told = set(self.files), set(self.files_told)
        if held != told:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.events.append((names.LIAISON_FILES_CHANGED, {"record_id": self.id, **changes}))
            self.files_told = tuple(sorted(held))
