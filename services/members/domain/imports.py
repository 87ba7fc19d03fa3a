"""An import of a roster: checked, then applied row by row, each row once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.members.domain.errors import ImportExpired, ImportHasErrors
from services.members.domain.rows import Action
from shared.labels import Labelled


class ImportState(Labelled, name="RosterImportState"):
    """名册导入状态。State of an import."""

    CHECKED = "CHECKED", "已检查", "Checked; nothing is written yet"
    APPLYING = "APPLYING", "导入中", "Rows are being applied"
    APPLIED = "APPLIED", "已导入", "All rows are done"


@dataclass
class RosterImport:
    """counts: rows by action; `file_name` and `sha256` of the file that was read.

    `checked_by`, `applied_by`: accounts. The rows stand in documents of their own.
    """

    id: str
    term: int
    file_name: str
    sha256: str
    counts: Mapping[str, int]
    checked_at: datetime
    checked_by: str
    state: ImportState = ImportState.CHECKED
    skip_errors: bool = False
    applied_at: datetime | None = None
    applied_by: str | None = None
    correlation_id: str | None = None
    finished_at: datetime | None = None
    version: int = 0
    commands: list[dict[str, Any]] = field(default_factory=list)

    def apply(
        self, at: datetime, by: str, correlation_id: str, *, skip_errors: bool, expired: bool
    ) -> bool:
        """Begin; False if it was begun before. Raises ImportExpired, ImportHasErrors."""
        if self.state is not ImportState.CHECKED:
            return False
        if expired:
            raise ImportExpired
        if self.counts.get(Action.ERROR) and not skip_errors:
            raise ImportHasErrors(field="skipErrors")
        self.state, self.skip_errors = ImportState.APPLYING, skip_errors
        self.applied_at, self.applied_by, self.correlation_id = at, by, correlation_id
        return True

    def finish(self, at: datetime) -> bool:
        """All rows are done; False if that was known."""
        if self.state is not ImportState.APPLYING:
            return False
        self.state, self.finished_at = ImportState.APPLIED, at
        return True
