"""Section 5's master data, put in once by migration 1; later editions get numbers of their own."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from services.members.domain.organisation import Kind, Organisation, UnitType
from services.members.repository.organisations import Organisations
from services.members.repository.sectors import SECTORS
from shared.call import Call
from shared.persistence import Database

FOLDER = Path(__file__).parents[1] / "master_data"
SERVICE = "members"


def load(database: Database, at: datetime) -> None:
    """The sectors, and every organisation with its first `organisation_changed`."""
    for row in read("sectors"):
        code = row.pop("code")
        database.collection(SECTORS).update_one({"_id": code}, {"$setOnInsert": row}, upsert=True)
    organisations = Organisations(database)
    call = Call.system(SERVICE)
    for number, row in enumerate(organisation_rows(), start=1):
        organisation = _organisation({**row, "sort_no": number})
        organisation.announce()
        organisations.add_once(call, organisation, at)


def organisation_rows() -> list[dict[str, Any]]:
    """All organisations of the data files, in the order in which lists show them."""
    return [
        row
        for name in ("parties", "committees", "towns", "sector_groups", "units", "supervising")
        for row in read(name)
    ]


def read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())
    return rows


def _organisation(row: dict[str, Any]) -> Organisation:
    unit_type = row.get("unit_type")
    return Organisation(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "unit_type": UnitType(unit_type) if unit_type else None,
        }
    )
