"""Section 5's master data, put in once by migration 1; later editions get numbers of their own."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from services.members.domain.organisation import Kind, Organisation, UnitType
from services.members.domain.topic import Topic
from services.members.repository.organisations import Organisations
from services.members.repository.sectors import SECTORS
from services.members.repository.topics import Topics
from shared.call import Call
from shared.contracts.sides import Side
from shared.persistence import Database

FOLDER = Path(__file__).parents[1] / "master_data"
SERVICE = "members"
TOPICS_FROM = "2017-01-01"  # the year of the plan that names them


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


def load_directory(database: Database, at: datetime) -> None:
    """The directory's later kinds (decision 57), what the former ones may be used for and whose
    side they are on; and the taxonomy of topics (decision 56). Each tells its state."""
    organisations, call = Organisations(database), Call.system(SERVICE)
    sides = {row["id"]: Side(row["side"]) for row in organisation_rows() if "side" in row}
    for former in organisations.of_before_uses():
        former.side = sides.get(former.id)
        former.announce()
        organisations.save(call, former, at)
    for number, row in enumerate(read("directory"), start=len(organisation_rows()) + 1):
        organisation = _organisation({**row, "sort_no": number})
        organisation.announce()
        organisations.add_once(call, organisation, at)
    topics = Topics(database)
    for number, row in enumerate(read("topics"), start=1):
        topic = Topic(**{"parent": None, "valid_from": TOPICS_FROM, **row, "sort_no": number})
        topic.announce()
        topics.add_once(call, topic, at)


def organisation_rows() -> list[dict[str, Any]]:
    """The organisations of the first data files, in the order in which lists show them."""
    return [
        row
        for name in ("parties", "committees", "towns", "sector_groups", "units", "supervising")
        for row in read(name)
    ]


def read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())
    return rows


def _organisation(row: dict[str, Any]) -> Organisation:
    unit_type, side = row.get("unit_type"), row.get("side")
    return Organisation(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "unit_type": UnitType(unit_type) if unit_type else None,
            "side": Side(side) if side else None,
        }
    )
