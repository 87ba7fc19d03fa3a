"""Frozen years: their documents, the members' snapshots, what came later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from pymongo.client_session import ClientSession

from services.performance.domain.members import Group
from services.performance.domain.snapshots import Snapshot
from services.performance.domain.talks import Talk
from services.performance.domain.years import LateChange, Year, year_id
from services.performance.repository.indexes import LATE_CHANGES, SNAPSHOTS, TALKS, YEARS
from shared.persistence import Database
from shared.persistence.records import Records

Document = dict[str, Any]


class Years(Records[Year], name=YEARS):
    def of(self, year: int) -> Year | None:
        return self.get(year_id(year))

    def all(self) -> list[Year]:
        return self.find({}, [("_id", 1)])


class LateChanges(Records[LateChange], name=LATE_CHANGES, id_field="entry_id"):
    def known(self, year: int) -> set[str]:
        """The entries of a year that are listed or decided."""
        return set(self.collection.distinct("_id", {"year": year}))


class Talks(Records[Talk], name=TALKS):
    def of_year(self, year: int) -> dict[str, Talk]:
        """Member → talk."""
        return {talk.member_id: talk for talk in self.find({"year": year}, [("_id", 1)])}


class Snapshots:
    """One document for each member, year and revision; never changed, never deleted."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(SNAPSHOTS)

    def add(self, snapshots: Iterable[Snapshot], session: ClientSession) -> None:
        """Those that stand are left: a freeze that is run again writes the same."""
        rows = [{"_id": s.id, **_document(s)} for s in snapshots]
        if rows:
            self._collection.insert_many(rows, session=session)

    def latest(self, year: int, member_ids: Sequence[str]) -> dict[str, Snapshot]:
        """The last revision of each member that has one."""
        query = {"year": year, "member_id": {"$in": list(member_ids)}}
        return self._latest(query)

    def of_year(self, year: int, groups: Sequence[Group] = ()) -> dict[str, Snapshot]:
        """The last revision of every member of the year, or of those in any of `groups`."""
        within = {"groups": {"$in": [group.key for group in groups]}} if groups else {}
        return self._latest({"year": year, **within})

    def revisions(self, year: int) -> list[Snapshot]:
        """All of a year, in the order of members and revisions."""
        return self._all({"year": year})

    def of_member(self, year: int, member_id: str) -> list[Snapshot]:
        """The revisions of a member, the freeze first."""
        return self._all({"year": year, "member_id": member_id})

    def _all(self, query: Document) -> list[Snapshot]:
        order = [("member_id", 1), ("revision", 1)]
        return [_snapshot(row) for row in self._collection.find(query).sort(order)]

    def _latest(self, query: Document) -> dict[str, Snapshot]:
        found = self._collection.find(query).sort([("member_id", 1), ("revision", 1)])
        return {row["member_id"]: _snapshot(row) for row in found}


def _document(snapshot: Snapshot) -> Document:
    row = asdict(snapshot)
    return {**row, "groups": [group.key for group in snapshot.groups]}


def _snapshot(row: Document) -> Snapshot:
    del row["_id"]
    groups = tuple(Group.parse(key) for key in row["groups"])
    return Snapshot(**{**row, "groups": groups, "entry_ids": tuple(row["entry_ids"])})
