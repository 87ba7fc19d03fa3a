"""The sectors 界别 of the master data; a term uses a subset of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from shared.persistence import Database

SECTORS = "sectors"
NAMES = ("name", "short_name", "name_en")
Row = dict[str, Any]  # "code" and NAMES


class Sectors:
    """Some dozens of rows that change with the master data only: read once, kept."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(SECTORS)
        self._rows: dict[str, Row] = {}

    def rows(self, codes: Collection[str] | None = None) -> list[Row]:
        """The sectors with `codes`, all of them if not told, in the order of codes."""
        known = self._known(codes or ())
        return [known[code] for code in sorted(known) if codes is None or code in codes]

    def row(self, code: str) -> Row:
        return self._known([code])[code]

    def codes(self) -> frozenset[str]:
        return frozenset(self._known(()))

    def _known(self, wanted: Collection[str]) -> dict[str, Row]:
        """Read anew where a code is missing: a migration of a newer replica may have added it."""
        if not self._rows or not set(wanted) <= self._rows.keys():
            found = self._collection.find({}, dict.fromkeys(NAMES, 1))
            self._rows = {doc["_id"]: {"code": doc.pop("_id"), **doc} for doc in found}
        return self._rows
