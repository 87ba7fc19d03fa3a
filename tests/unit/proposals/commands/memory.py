"""The ports of the use cases kept in dictionaries: the repository's promises, without a database.

Documents pass through BSON, so that what cannot be stored fails here too, and each event is held
against its contract before it counts as recorded.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import bson
import orjson
from bson.codec_options import CodecOptions

from services.proposals.domain import errors
from services.proposals.domain.details import Session
from services.proposals.domain.evaluation import Evaluation
from services.proposals.domain.kinds import PROPOSING, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import BEFORE_FILING, OPEN_CASE
from services.proposals.domain.text import Text
from services.proposals.repository.documents import (
    evaluation_from_document,
    from_document,
    plain,
    to_document,
)
from services.proposals.repository.indexes import SHARES
from services.proposals.repository.proposals import LATEST, NOT_ROWS
from services.proposals.repository.worklists import ORDERS as WORK_ORDERS
from services.proposals.repository.worklists import rows_of
from shared import contracts
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.errors import CommandIdReused, Conflict, NotFound, TopicUnfit
from shared.messaging.events import Event
from shared.words.searching import query_words, words
from tests.unit.proposals.commands.matching import matches

Row = dict[str, Any]
OPTIONS: CodecOptions[Row] = CodecOptions(tz_aware=True, tzinfo=SHANGHAI)
LONG_AGO = datetime(1, 1, 1, tzinfo=SHANGHAI)
HIDDEN = {"_id", "commands", *NOT_ROWS}


def through_bson(document: Mapping[str, Any]) -> Row:
    """The document as the database gives it back."""
    return bson.decode(bson.encode(document), OPTIONS)


class MemoryTopics:
    """The taxonomy: code → (area, whether it may be chosen)."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str | None, bool]] = {}

    def note(self, event: Event) -> None:
        self.known[event.data["code"]] = (event.data["parent"], event.data["valid_to"] is None)

    def choose(
        self,
        codes: Iterable[str],
        at: datetime,
        kept: Collection[str] = (),
        field: str = "topicCodes",
    ) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(codes))
        for code in set(chosen) - set(kept):
            if not self.known.get(code, (None, False))[1]:
                raise TopicUnfit(field=field)
        return chosen

    def within(self, code: str) -> list[str]:
        return sorted({code, *(key for key, (area, _) in self.known.items() if area == code)})


class MemoryProposals:
    """`events` and `calls` are those of all writes so far, `counters` the last numbers given;
    `evaluations` lie beside, in the same transactions."""

    def __init__(self, topics: MemoryTopics) -> None:
        self._topics = topics
        self.aggregates: Any = self  # commands ask it for the first result only
        self.evaluations = MemoryEvaluations()
        self.documents: dict[str, Row] = {}
        self.events: list[tuple[str, Row]] = []
        self.calls: list[Call] = []
        self.counters: dict[str, int] = {}
        self.starts: dict[str, int] = {}
        self.reply_numbers: dict[str, str] = {}  # key → owner
        self._texts: dict[tuple[str, int], Row] = {}
        self._transaction: object | None = None

    # -- aggregates ------------------------------------------------------------------------

    def first_result(self, command: CommandId) -> str | None:
        return _first_result(self.documents, command)

    def get(self, proposal_id: str, query: Mapping[str, Any] | None = None) -> Proposal:
        found = self.documents.get(proposal_id)
        if found is None or not matches(query or {}, found):
            raise NotFound
        return from_document(copy.deepcopy(found))

    def add(self, call: Call, proposal: Proposal, at: datetime) -> None:
        assert proposal.id not in self.documents
        self._write(call, proposal, at)

    def save(self, call: Call, proposal: Proposal, at: datetime, session: Any = None) -> None:
        assert session is self._transaction, "a write beside the transaction"
        if self.documents[proposal.id]["version"] != proposal.version:
            raise Conflict
        if call.command and _is_used(self.documents, call.command):
            raise Conflict
        if proposal.text_pinned:
            kept = {"proposal_id": proposal.id, "no": proposal.text_no, **proposal.text.as_row()}
            self._texts[proposal.id, proposal.text_no] = kept
        self._write(call, proposal, at)

    def in_transaction(self, work: Callable[[Any], Any]) -> Any:
        """What `work` wrote is undone when it fails."""
        kept = ("documents", "events", "counters", "reply_numbers", "_texts")
        before = copy.deepcopy({name: getattr(self, name) for name in kept})
        judged = copy.deepcopy(self.evaluations.documents)
        self._transaction = self.evaluations.transaction = object()
        try:
            return work(self._transaction)
        except Exception:
            vars(self).update(before)
            self.evaluations.documents = judged
            raise
        finally:
            self._transaction = self.evaluations.transaction = None

    def next_number(self, session: Any, counter: str) -> int:
        assert session is self._transaction, "a number beside the transaction"
        first = self.starts.get(counter, 1)
        self.counters[counter] = self.counters.get(counter, first - 1) + 1
        return self.counters[counter]

    def set_start(self, counter: str, first: int) -> bool:
        fresh = counter not in self.starts
        if counter in self.counters or self.starts.setdefault(counter, first) != first:
            raise errors.CounterInUse
        return fresh

    def claim_reply_number(self, session: Any, key: str, owner: str, doc_no: str) -> None:
        assert session is self._transaction, "a claim beside the transaction"
        if self.reply_numbers.get(key, owner) != owner:
            raise errors.DocNoTaken(field="docNo", details={"doc_no": doc_no})
        others = {key: other for key, other in self.reply_numbers.items() if other != owner}
        self.reply_numbers = {**others, key: owner}

    def note_judged(self, session: Any, proposal_id: str, *, disagreeing: bool) -> None:
        assert session is self._transaction, "a write beside the transaction"
        if disagreeing:
            self.documents[proposal_id]["disagreement"] = True

    def _write(self, call: Call, proposal: Proposal, at: datetime) -> None:
        proposal.tell_files()
        recorded = [(name, _payload(name, data, at)) for name, data in proposal.events]
        document = _written(to_document(proposal, at), proposal.version, proposal.commands, call)
        self.documents[proposal.id] = {**self.documents.get(proposal.id, {}), **document}
        self.events += recorded
        self.calls.append(call)

    # -- reading ---------------------------------------------------------------------------

    def text(self, proposal_id: str, no: int) -> Text | None:
        row = self._texts.get((proposal_id, no))
        return Text.of(row) if row else None

    def texts(self, proposal_id: str) -> list[Row]:
        rows = [row for (key, _), row in self._texts.items() if key == proposal_id]
        return sorted(rows, key=lambda row: int(row["no"]))

    def topics_within(self, code: str) -> list[str]:
        return self._topics.within(code)

    def words(self, text: str) -> list[str]:
        return query_words(text)

    def rows(self, query: Row, fields: Iterable[str] | None = None) -> list[Row]:
        wanted = None if fields is None else set(fields)
        return [_row(found, wanted) for found in self._found(query)]

    def page(
        self,
        query: Row,
        order_by: str,
        first: int,
        after: str | None,
        fields: Iterable[str] | None,
    ) -> Row:
        assert after is None, "cursors are the kernel's"
        latest, _, ascending = order_by.partition("_")
        found = self._found(query)  # newest first, undated ones last; or the other way round
        order = LATEST[latest]
        found.sort(key=lambda document: document[order] or LONG_AGO, reverse=not ascending)
        wanted = None if fields is None else set(fields)
        rows = [_row(document, wanted) for document in found[:first]]
        return {"rows": rows, "has_next": len(found) > first}

    def count(self, query: Row) -> int:
        return len(self._found(query))

    def similar(self, text: str, query: Row, limit: int) -> list[Row]:
        wanted = set(words(text))
        rows = []
        for found in self._found(query):
            known = set(found["words"])
            if shared := wanted & known:
                likeness = len(shared) / len(wanted | known)
                rows.append({"id": found["_id"], "title": found["title"], "likeness": likeness})
        return sorted(rows, key=lambda row: -float(row["likeness"]))[:limit]

    def held(self, file_ids: Iterable[str]) -> set[str]:
        told = [document["files_told"] for document in self.documents.values()]
        return {file_id for files in told for file_id in files} & set(file_ids)

    def watched(self, at: datetime) -> list[str]:
        due = [(row["look_at"], key) for key, row in self.documents.items() if row["look_at"]]
        return [key for look_at, key in sorted(due) if look_at <= at]

    def claim_look(self, proposal_id: str, at: datetime, until: datetime) -> bool:
        self.documents[proposal_id]["look_at"] = until
        return True

    def look_again(self, proposal_id: str, version: int, at: datetime | None) -> None:
        if self.documents[proposal_id]["version"] == version:
            self.documents[proposal_id]["look_at"] = at

    def cases_of_unit(self, unit: str) -> list[str]:
        query = {"assigned_units": unit, "state": {"$ne": "ARCHIVED"}}
        return [document["_id"] for document in self._found(query)]

    def states_of_cases(self, leads: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.documents.values():
            if row["merged"] and row["merged"]["lead"] in leads:
                found.setdefault(row["merged"]["lead"], []).append(row["state"])
        return found

    def open_cases_of(self, member_id: str) -> list[str]:
        mine = [{"first_proposer": member_id}, {"cosignatures.member_id": member_id}]
        query = {"$or": mine, "state": {"$in": [state.value for state in OPEN_CASE]}}
        return [document["_id"] for document in self._found(query)]

    def signed_by(self, member_id: str) -> list[str]:
        states = {"$in": [state.value for state in BEFORE_FILING]}
        query = {"cosignatures.member_id": member_id, "state": states}
        return [document["_id"] for document in self._found(query)]

    def _found(self, query: Row) -> list[Row]:
        return [copy.deepcopy(row) for row in self.documents.values() if matches(query, row)]


class MemoryWorklists:
    """Rows of the proposals as they are; the sums of boards are the database's (integration)."""

    def __init__(self, proposals: MemoryProposals) -> None:
        self._proposals = proposals

    def page(self, name: str, query: Row, order_by: str, first: int, after: str | None) -> Row:
        assert after is None, "cursors are the kernel's"
        [(day, _), _] = WORK_ORDERS[name]["DUE"]
        rows = sorted(self._found(name, query), key=lambda row: row[day])
        if order_by != "DUE":
            rows.reverse()
        return {
            "rows": [{**r, "id": r["_id"]} for r in rows[:first]],
            "has_next": len(rows) > first,
        }

    def count(self, name: str, query: Row) -> int:
        return len(self._found(name, query))

    def board(self, query: Row, today: datetime, until: datetime) -> dict[str, Row]:
        """Open ones alone."""
        found: dict[str, Row] = {}
        for row in self._found(SHARES, {"open": True, **query}):
            board = found.setdefault(row["unit"], {"open": 0})
            board["open"] += 1
        return found

    def _found(self, name: str, query: Row) -> list[Row]:
        documents = copy.deepcopy(list(self._proposals.documents.values()))
        rows = [row for each in documents for row in rows_of(from_document(each))[name]]
        return [row for row in map(through_bson, rows) if matches(query, row)]


class MemoryEvaluations:
    """Evaluations as documents; `transaction` is that of the proposals, where there is one."""

    def __init__(self) -> None:
        self.aggregates: Any = self
        self.documents: dict[str, Row] = {}
        self.transaction: object | None = None

    def first_result(self, command: CommandId) -> str | None:
        return _first_result(self.documents, command)

    def get(self, evaluation_id: str) -> Evaluation | None:
        found = self.documents.get(evaluation_id)
        return evaluation_from_document(copy.deepcopy(found)) if found else None

    def save(self, call: Call, evaluation: Evaluation, at: datetime, session: Any = None) -> None:
        assert session is self.transaction, "a write beside the transaction"
        if self.documents.get(evaluation.id, {"version": 0})["version"] != evaluation.version:
            raise Conflict
        document = plain(evaluation)
        self.documents[evaluation.id] = _written(
            document, evaluation.version, evaluation.commands, call
        )

    def sent(self, proposal_id: str, round: int, session: Any) -> list[Evaluation]:
        query = {"proposal_id": proposal_id, "round": round, "sent_at": {"$ne": None}}
        found = [row for row in self.documents.values() if matches(query, row)]
        return [evaluation_from_document(copy.deepcopy(row)) for row in found]

    def rows(self, query: Mapping[str, Any]) -> list[Row]:
        found = [row for _, row in sorted(self.documents.items()) if matches(query, row)]
        return [
            {"id": row["_id"], **{k: v for k, v in row.items() if k not in {"_id", "commands"}}}
            for row in copy.deepcopy(found)
        ]


class MemoryDirectory:
    """Snapshots of members, sessions and units; an older one never overwrites a newer one."""

    def __init__(self) -> None:
        self.members: dict[str, Row] = {}
        self.sessions: dict[str, Row] = {}
        self.units: dict[str, Row] = {}
        self.plans: dict[str, Row] = {}

    def groups(self, member_id: str) -> Row:
        return dict(self.members.get(member_id, {}).get("groups", {}))

    def active_units(self, ids: Collection[str]) -> set[str]:
        return {key for key in self._being(ids) if self.units[key].get("handles", True)}

    def may_not_handle(self, ids: Collection[str]) -> set[str]:
        return self._being(ids) - self.active_units(ids)

    def kind_of(self, organisation_id: str) -> str | None:
        kind: str | None = self.units.get(organisation_id, {}).get("kind")
        return kind

    def side_of(self, unit: str) -> str | None:
        side: str | None = self.units.get(unit, {}).get("side")
        return side

    def _being(self, ids: Collection[str]) -> set[str]:
        return {key for key in ids if self.units.get(key, {}).get("is_active")}

    def proposing(self, organisation: str) -> ProposerType | None:
        kind = self.units.get(organisation, {}).get("kind")
        return ProposerType(kind) if kind in PROPOSING else None

    def party_code(self, organisation: str) -> str | None:
        code: str | None = self.units.get(organisation, {}).get("party")
        return code

    def plenary_ends(self) -> dict[tuple[int, int], datetime]:
        return {(row["term"], row["no"]): row["plenary_to"] for row in self.sessions.values()}

    def memberships(self, person_id: str) -> set[str]:
        return {key for key, row in self.members.items() if row.get("person_id") == person_id}

    def same_persons(self, member_ids: Collection[str]) -> set[str]:
        persons = {row.get("person_id") for key, row in self.members.items() if key in member_ids}
        same = {key for key, row in self.members.items() if row.get("person_id") in persons}
        return {*member_ids, *same}

    def session_at(self, at: datetime) -> Session:
        """The newest session that has opened, else the first to come."""
        rows = sorted(self.sessions.values(), key=lambda row: row["opens_at"])
        opened = [row for row in rows if row["opens_at"] <= at]
        if not rows:
            raise errors.NoSession
        row = dict(opened[-1] if opened else rows[0])
        del row["version"]
        return Session(**row)

    def note_member(self, member_id: str, version: int, row: Mapping[str, Any]) -> None:
        _snapshot(self.members, member_id, version, row)

    def note_session(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        _snapshot(self.sessions, key, version, row)

    def note_themes(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        _snapshot(self.plans, key, version, row)

    def themes(self, year: int) -> set[str]:
        rows = [row for row in self.plans.values() if row["year"] == year]
        return {theme for row in rows for theme in row["themes"]}

    def note_unit(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        _snapshot(self.units, key, version, row)


class MemoryAudit:
    def __init__(self) -> None:
        self.entries: list[tuple[str, str | None, Row]] = []

    def record(self, call: Call, action: str, subject: str | None, **more: Any) -> None:
        self.entries.append((action, subject, more["details"]))


def _is_used(documents: Mapping[str, Row], command: CommandId) -> bool:
    held = (known for document in documents.values() for known in document["commands"])
    return any(known["key"] == command.key for known in held)


def _first_result(documents: Mapping[str, Row], command: CommandId) -> str | None:
    for key, document in documents.items():
        for known in document["commands"]:
            if known["key"] == command.key:
                if known["fingerprint"] != command.fingerprint:
                    raise CommandIdReused
                return key
    return None


def _written(document: Row, version: int, commands: list[Row], call: Call) -> Row:
    """The document as it is kept: one version on, with the command that wrote it."""
    sent = call.command
    added = [{"key": sent.key, "fingerprint": sent.fingerprint}] if sent else []
    return through_bson({**document, "version": version + 1, "commands": [*commands, *added]})


def _payload(name: str, data: Mapping[str, Any], at: datetime) -> Row:
    payload: Row = orjson.loads(orjson.dumps({"occurred_on": at, **data}))
    contracts.validate("proposals", name, payload)
    return payload


def _row(document: Row, fields: set[str] | None) -> Row:
    shown = document.keys() - HIDDEN if fields is None else document.keys() & fields
    return {"id": document["_id"], **{name: document[name] for name in shown}}


def _snapshot(rows: dict[str, Row], key: str, version: int, row: Mapping[str, Any]) -> None:
    if rows.get(key, {"version": 0})["version"] < version:
        rows[key] = {"version": version, **row}
