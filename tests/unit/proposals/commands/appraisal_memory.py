"""Appraisals with rolls and ballots, and inspections, kept in dictionaries."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.proposals.domain.appraisal import Appraisal
from services.proposals.domain.appraisal_reports import tell_files
from services.proposals.domain.ballots import Ballot, Line, RollEntry, RollState
from services.proposals.domain.guide import TopicGuide, guide_id
from services.proposals.domain.inspection import Inspection
from services.proposals.repository.documents import converter
from shared.call import Call, CommandId
from shared.errors import Conflict, NotFound
from tests.unit.proposals.commands.matching import matches
from tests.unit.proposals.commands.memory import (
    MemoryProposals,
    Row,
    _first_result,
    _payload,
    _written,
)


class MemoryAggregates:
    """Documents of one kind; their events join those of the proposals."""

    kind: Any
    KERNELS = ("id", "commands", "events", "version")

    def __init__(self, proposals: MemoryProposals) -> None:
        self.aggregates: Any = self
        self.documents: dict[str, Row] = {}
        self._proposals = proposals
        self._transaction: object | None = None

    def first_result(self, command: CommandId) -> str | None:
        return _first_result(self.documents, command)

    def add(self, call: Call, aggregate: Any, at: datetime) -> None:
        assert aggregate.id not in self.documents
        self._write(call, aggregate, at)

    def _save(self, call: Call, aggregate: Any, at: datetime) -> None:
        if self.documents[aggregate.id]["version"] != aggregate.version:
            raise Conflict
        self._write(call, aggregate, at)

    def _write(self, call: Call, aggregate: Any, at: datetime) -> None:
        row = converter.unstructure(aggregate)
        kept = {name: value for name, value in row.items() if name not in self.KERNELS}
        document = {"_id": aggregate.id, **kept}
        self.documents[aggregate.id] = _written(
            document, aggregate.version, aggregate.commands, call
        )
        self._proposals.events += [(n, _payload(n, data, at)) for n, data in aggregate.events]

    def _get(self, key: str, query: Mapping[str, Any] | None) -> Any:
        found = self.documents.get(key)
        if found is None or not matches(query or {}, found):
            raise NotFound
        return converter.structure({**copy.deepcopy(found), "id": key}, self.kind)

    def rows(self, query: Mapping[str, Any]) -> list[Row]:
        found = [row for row in self.documents.values() if matches(query, row)]
        return [{**copy.deepcopy(row), "id": row["_id"]} for row in found]

    def page(self, query: Row, first: int, after: str | None) -> Row:
        rows = sorted(self.rows(query), key=lambda row: row["held_at"], reverse=True)
        return {"rows": rows[:first], "has_next": len(rows) > first}

    def count(self, query: Row) -> int:
        return len(self.rows(query))


class MemoryAppraisals(MemoryAggregates):
    kind = Appraisal

    def __init__(self, proposals: MemoryProposals) -> None:
        super().__init__(proposals)
        self.entries: dict[tuple[str, str], Row] = {}
        self.ballots: dict[str, Ballot] = {}

    def get(
        self, appraisal_id: str, query: Mapping[str, Any] | None = None, session: Any = None
    ) -> Appraisal:
        found: Appraisal = self._get(appraisal_id, query)
        return found

    def save(self, call: Call, appraisal: Appraisal, at: datetime, session: Any = None) -> None:
        assert session is self._transaction, "a write beside the transaction"
        tell_files(appraisal)
        self._save(call, appraisal, at)

    def in_transaction(self, work: Callable[[Any], Any]) -> Any:
        """What `work` wrote is undone when it fails."""
        before = copy.deepcopy((self.documents, self.entries, self._proposals.events))
        self._transaction = object()
        try:
            return work(self._transaction)
        except Exception:
            self.documents, self.entries, self._proposals.events = before
            raise
        finally:
            self._transaction = None

    def open_roll(self, appraisal: Appraisal, session: Any) -> None:
        assert session is self._transaction, "a roll beside the transaction"
        for voter in appraisal.panel:
            entry = {"state": RollState.INVITED, "command": None, "noted": False}
            self.entries[appraisal.id, voter.key] = entry

    def close_roll(self, appraisal_id: str, session: Any) -> None:
        for (key, _), entry in self.entries.items():
            if key == appraisal_id and entry["state"] is RollState.INVITED:
                entry["state"] = RollState.MISSED

    def vote(
        self, appraisal_id: str, key: str, command: str | None, ballots: Sequence[Ballot]
    ) -> bool:
        entry = self.entries[appraisal_id, key]
        if entry["state"] is not RollState.INVITED:
            return False
        entry.update(state=RollState.VOTED, command=command)
        self.ballots.update({ballot.id: ballot for ballot in ballots})
        return True

    def entry(self, appraisal_id: str, keys: Iterable[str]) -> RollEntry | None:
        roll = self.whole_rolls([appraisal_id]).get(appraisal_id, [])
        found = [entry for entry in roll if entry.key in keys]
        return found[0] if found else None

    def rolls(self, appraisal_ids: Collection[str], keys: Collection[str]) -> dict[str, RollEntry]:
        found = {key: self.entry(key, keys) for key in appraisal_ids}
        return {key: entry for key, entry in found.items() if entry}

    def whole_rolls(self, appraisal_ids: Collection[str]) -> dict[str, list[RollEntry]]:
        rolls: dict[str, list[RollEntry]] = {}
        for (of, key), entry in sorted(self.entries.items()):
            if of in appraisal_ids:
                found = RollEntry(key, entry["state"], entry["command"])
                rolls.setdefault(of, []).append(found)
        return rolls

    def unnoted(self, appraisal_id: str, session: Any) -> list[str]:
        return [
            key
            for (of, key), entry in self.entries.items()
            if of == appraisal_id and entry["state"] is RollState.VOTED and not entry["noted"]
        ]

    def note(self, appraisal_id: str, keys: Iterable[str], session: Any) -> None:
        for key in keys:
            self.entries[appraisal_id, key]["noted"] = True

    def lines(self, appraisal_id: str, session: Any) -> list[Line]:
        found = sorted(self.ballots.values(), key=lambda ballot: ballot.id)
        return [ballot.line for ballot in found if ballot.appraisal_id == appraisal_id]

    def listed_elsewhere(self, proposal_ids: Collection[str]) -> bool:
        states = {"$in": ["PLANNED", "OPEN", "COUNTED"]}
        query = {"subjects.proposal_id": {"$in": list(proposal_ids)}, "state": states}
        return bool(self.rows(query))

    def listed(self) -> list[str]:
        rows = self.rows({"state": {"$ne": "CANCELLED"}})
        return [subject["proposal_id"] for row in rows for subject in row["subjects"]]

    def open_ids(self) -> list[str]:
        return [row["_id"] for row in self.rows({"state": "OPEN"})]

    def reports_due(self, at: datetime) -> list[str]:
        waiting = self.rows({"state": "PLANNED", "reports_reminded": False})
        return [row["_id"] for row in waiting if row["report_remind_at"] <= at]

    def held(self, file_ids: Collection[str]) -> set[str]:
        told = [row["files_told"] for row in self.documents.values()]
        return {file_id for files in told for file_id in files} & set(file_ids)


class MemoryGuides(MemoryAggregates):
    kind = TopicGuide

    def get(self, year: int) -> TopicGuide | None:
        key = guide_id(year)
        return self._get(key, None) if key in self.documents else None

    def save(self, call: Call, guide: TopicGuide, at: datetime) -> None:
        if guide.version == 0:
            self.add(call, guide, at)
        else:
            self._save(call, guide, at)


class MemoryInspections(MemoryAggregates):
    kind = Inspection

    def get(self, inspection_id: str) -> Inspection:
        found: Inspection = self._get(inspection_id, None)
        return found

    def save(self, call: Call, inspection: Inspection, at: datetime) -> None:
        inspection.tell_files()
        self._save(call, inspection, at)

    def held(self, file_ids: Collection[str]) -> set[str]:
        told = [row["files_told"] for row in self.documents.values()]
        return {file_id for files in told for file_id in files} & set(file_ids)
