"""Organisations in MongoDB."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from pymongo import ASCENDING, IndexModel

from services.members.domain.errors import OrganisationNotFound
from services.members.domain.organisation import Kind, Organisation, UnitType
from shared.call import Call
from shared.contracts.sides import Side
from shared.persistence import Aggregates, Database, execute

Document = dict[str, Any]

ORGANISATIONS = "organisations"
INDEXES = {
    ORGANISATIONS: [
        IndexModel([("kind", ASCENDING), ("is_active", ASCENDING), ("sort_no", ASCENDING)]),
        IndexModel([("kind", ASCENDING), ("name", ASCENDING)], unique=True),
        IndexModel([("party", ASCENDING)]),
        IndexModel([("sector", ASCENDING)]),
        IndexModel([("merged_into", ASCENDING)]),
        IndexModel([("parent", ASCENDING)]),
    ]
}
ROW_FIELDS = (
    "kind",
    "name",
    "short_name",
    "name_en",
    "code",
    "unit_type",
    "joint_conference",
    "sectors",
    "zone",
    "parent",
    "side",
    "may_be_addressed",
    "may_be_supervised",
    "may_handle",
    "is_active",
    "merged_into",
    "ended_on",
)
IN_ORDER = [("sort_no", ASCENDING), ("_id", ASCENDING)]


class Organisations:
    def __init__(self, database: Database) -> None:
        self._aggregates = Aggregates(database, ORGANISATIONS)

    def get(self, organisation_id: str) -> Organisation:
        """Raises OrganisationNotFound."""
        doc = self._aggregates.get(organisation_id)
        if doc is None:
            raise OrganisationNotFound
        return organisation_of(doc)

    def exists(self, organisation_id: str) -> bool:
        return self._aggregates.get(organisation_id) is not None

    def named(self, kind: Kind, name: str | None) -> Organisation | None:
        doc = self._aggregates.collection.find_one({"kind": kind.value, "name": name})
        return organisation_of(doc) if doc else None

    def known(self, ids: Iterable[str]) -> dict[str, Organisation]:
        """Those of `ids` that exist, by id."""
        found = self._aggregates.collection.find({"_id": {"$in": list(ids)}})
        return {doc["_id"]: organisation_of(doc) for doc in found}

    def ids_of(self, party: str | None, sector: str) -> tuple[str, ...]:
        """The parties and organisations that count a member of this party and sector as theirs."""
        mine: list[Document] = [{"sector": sector}]
        if party is not None:
            mine.append({"party": party})
        found = self._aggregates.collection.find({"$or": mine}, {"_id": 1}).sort("_id", 1)
        return tuple(doc["_id"] for doc in found)

    def heir(self, organisation_id: str) -> str | None:
        """The organisation itself, or what it was merged into in the end; None if that ended."""
        seen: set[str] = set()
        wanted: str | None = organisation_id
        while wanted is not None and wanted not in seen:
            seen.add(wanted)
            found = self.known([wanted]).get(wanted)
            if found is None or found.is_active:
                return found.id if found else None
            wanted = found.merged_into
        return None

    def merged_into(self, ids: Iterable[str]) -> set[str]:
        """The organisations that became part of one of `ids`."""
        found = self._aggregates.collection.find({"merged_into": {"$in": list(ids)}}, {"_id": 1})
        return {doc["_id"] for doc in found}

    def of_before_uses(self) -> list[Organisation]:
        """Those stored before what they may be used for was."""
        found = self._aggregates.collection.find({"may_handle": {"$exists": False}})
        return [organisation_of(doc) for doc in found]

    def all(self) -> dict[str, Organisation]:
        """All of every kind, ended ones too, by id: some hundreds."""
        return {doc["_id"]: organisation_of(doc) for doc in self._aggregates.collection.find()}

    # -- writing ---------------------------------------------------------------------------

    def run(self, call: Call, use_case: Callable[[], str]) -> str:
        return execute(call, self._aggregates, use_case)

    def add(self, call: Call, organisation: Organisation, at: datetime) -> None:
        self._aggregates.insert(call, document(organisation), organisation.events, at)

    def add_once(self, call: Call, organisation: Organisation, at: datetime) -> None:
        """Store master data, unless it is there already."""
        doc = document(organisation)
        del doc["commands"], doc["version"]
        self._aggregates.insert_once(call, doc, organisation.events, at)

    def save(self, call: Call, organisation: Organisation, at: datetime) -> None:
        self._aggregates.save(
            call, document(organisation), organisation.version, organisation.events, at
        )

    def edit(
        self,
        call: Call,
        organisation_id: str,
        at: datetime,
        change: Callable[[Organisation], object],
    ) -> str:
        """Load, `change` and save. Its id."""

        def once() -> str:
            organisation = self.get(organisation_id)
            change(organisation)
            self.save(call, organisation, at)
            return organisation_id

        return self.run(call, once)

    # -- lists -----------------------------------------------------------------------------

    def rows(
        self, kinds: Collection[str] | None, include_ended: bool, asked: Mapping[str, Any]
    ) -> list[Document]:
        """Rows of `kinds` (all if not told), in the committee's order; asked: equal fields."""
        wanted: Document = {"kind": {"$in": list(kinds)}} if kinds else {}
        wanted.update(asked)
        if not include_ended:
            wanted["is_active"] = True
        return self._rows(wanted)

    def rows_by_ids(self, ids: Collection[str]) -> list[Document]:
        return self._rows({"_id": {"$in": list(ids)}})

    def _rows(self, wanted: Document) -> list[Document]:
        found = self._aggregates.collection.find(wanted, dict.fromkeys(ROW_FIELDS, 1))
        return [{"id": doc.pop("_id"), **doc} for doc in found.sort(IN_ORDER)]


def document(organisation: Organisation) -> Document:
    doc = {
        key: value.value if isinstance(value, Enum) else value
        for key, value in asdict(organisation).items()
    }
    del doc["events"]
    doc["_id"] = doc.pop("id")
    return doc


def organisation_of(doc: Mapping[str, Any]) -> Organisation:
    fields = {name: doc[name] for name in Organisation.__dataclass_fields__ if name in doc}
    unit_type, side = doc["unit_type"], doc.get("side")
    return Organisation(
        **{
            **fields,
            "id": doc["_id"],
            "kind": Kind(doc["kind"]),
            "unit_type": UnitType(unit_type) if unit_type else None,
            "side": Side(side) if side else None,
        }
    )
