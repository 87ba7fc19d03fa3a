"""What a secret vote leaves behind: the difference that it makes to a whole database.

Whatever is stored while people vote is looked at, in every collection, so that a join of voter
and ballot, or a voter with the time of a ballot, cannot hide in a place that nobody thought of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from tests.stack import Document

ROLL_FIELDS = {"_id", "appraisal_id", "key", "state", "command", "noted"}
BALLOT_FIELDS = {"_id", "appraisal_id", "proposal_id", "grade", "scores"}
TELLING = "appraisal_votes_noted"  # of several voters at once
# Of the appraisal itself only the bookkeeping of that event changes.
BOOKKEEPING = {"version", "noted", "pending_events"}


@dataclass
class Snapshot:
    """All documents of a database by collection and id."""

    database: Database[Document]

    def __post_init__(self) -> None:
        self.before = self._all()

    def _all(self) -> dict[tuple[str, str], Document]:
        names = self.database.list_collection_names()
        return {(n, str(doc["_id"])): doc for n in names for doc in self.database[n].find()}

    def written(self) -> dict[str, list[tuple[Document | None, Document]]]:
        """Collection → (before, now) of what is new or has changed since."""
        changed: dict[str, list[tuple[Document | None, Document]]] = {}
        for place, doc in self._all().items():
            if (old := self.before.get(place)) != doc:
                changed.setdefault(place[0], []).append((old, doc))
        return changed


def check_secrecy(snapshot: Snapshot, appraisal_id: str, group: int) -> int:
    """Raises AssertionError for anything that tells more than that a voter has voted.

    group: the fewest voters that one fact may name. Returns the number of ballots.
    """
    written = snapshot.written()
    assert set(written) <= {"voter_rolls", "ballots", "appraisals", "event_log"}, set(written)
    rolls = written["voter_rolls"]
    ballots = [now for _, now in written["ballots"]]
    for old, now in rolls:
        assert set(now) == ROLL_FIELDS
        assert old is not None and old["state"] == "INVITED" and now["state"] == "VOTED"
        assert all(isinstance(value, str | bool | None) for value in now.values())
    for now in ballots:
        assert set(now) == BALLOT_FIELDS
    facts = [now for _, now in written.get("event_log", [])]
    for old, now in written.get("appraisals", []):
        assert old is not None and now["_id"] == appraisal_id
        assert {name for name in now if now[name] != old.get(name)} <= BOOKKEEPING
        known = [event["id"] for event in old["pending_events"]]
        facts += [event for event in now["pending_events"] if event["id"] not in known]
    assert facts, "nobody was told who has voted"
    _check_facts(facts, group)
    # No id of a ballot is known anywhere else, and no ballot knows a voter.
    ids = {ballot["_id"] for ballot in ballots}
    for name, rows in written.items():
        if name != "ballots":
            assert not ids & {value for _, row in rows for value in _texts(row)}
    # Neither the order of ids nor the natural order is that of casting.
    natural = [row["_id"] for row in snapshot.database["ballots"].find().sort("$natural", 1)]
    assert natural == sorted(natural)
    return len(ballots)


def _check_facts(events: list[Document], group: int) -> None:
    for event in events:
        assert event["type"] == TELLING
        voters = event["data"]["voters"]
        assert len(voters) >= group and voters == sorted(voters)
        assert set(event["data"]) == {"occurred_on", "appraisal_id", "title", "voters"}
        assert event["actor"]["account"] == "service:proposals"


def _texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for inner in value.values() for text in _texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in _texts(inner)}
    return {value} if isinstance(value, str) else set()
