"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory, roster, topics

FILES, ITEMS, LINKS = "outcome_files", "outcome_items", "dossier_links"
SUMMARIES = "outcome_summaries"
NODES, EDGES = "dossier_nodes", "dossier_edges"

ID = ("_id", ASCENDING)
BY_OPENING = [("opened_at", DESCENDING), ID]
BY_SENDING = [("sent_at", DESCENDING), ID]
BY_PROMISE = [("promised_on", DESCENDING), ID]
BY_NAME = [("name", ASCENDING), ID]


def _by(order: list[tuple[str, int]], *names: str) -> list[IndexModel]:
    """The order alone, and after each of these fields."""
    return [IndexModel(order), *(IndexModel([(name, ASCENDING), *order]) for name in names)]


SEEN = ("source", "organisations", "authors", "units", "sides", "openness")
INDEXES = {
    FILES: [
        *_by(BY_OPENING, *SEEN, "year", "state", "organiser", "topic_codes", "words"),
        IndexModel([("node", ASCENDING)]),
    ],
    ITEMS: [
        *_by(BY_SENDING, *SEEN, "year", "state", "outcome_id", "topic_codes", "kind", "words"),
        IndexModel([("units", ASCENDING), ("state", ASCENDING), *BY_SENDING]),
        *(
            IndexModel(
                [*((name, ASCENDING) for name in when), *BY_SENDING],
                partialFilterExpression={when[0]: True},
            )
            for when in (("overdue",), ("major",))
        ),
        *(
            IndexModel(
                [*((name, ASCENDING) for name in names), *BY_SENDING],
                # By comparison: a filter by type would keep finds off the index.
                partialFilterExpression={"inspect_in": {"$gt": 0}},
            )
            for names in (("inspect_in",), ("units", "inspect_in"))
        ),
        # The timers: each finds what it has not acted on.
        IndexModel([("overdue", ASCENDING), ("state", ASCENDING), ("due_at", ASCENDING)]),
        IndexModel([("reminded", ASCENDING), ("state", ASCENDING), ("due_at", ASCENDING)]),
        IndexModel([("carry_year", ASCENDING), ID]),
        IndexModel([("track_at", ASCENDING), ID]),
        # Promises: the public page, and its figures of a year.
        *(
            IndexModel(
                [*((name, ASCENDING) for name in names), *BY_PROMISE],
                partialFilterExpression={"source": "COMMITMENT"},
            )
            for names in ((), ("unit",), ("promise",), ("promise_year",))
        ),
        IndexModel([("files_told", ASCENDING)]),
    ],
    LINKS: [
        IndexModel([("from_node", ASCENDING), ("stands", ASCENDING)]),
        IndexModel([("to_node", ASCENDING), ("stands", ASCENDING)]),
    ],
    SUMMARIES: [IndexModel([("reminded", ASCENDING), ("due_at", ASCENDING), ID])],
    NODES: _by(BY_NAME, "topic_codes", "words"),
    EDGES: [
        IndexModel([("a", ASCENDING)]),
        IndexModel([("b", ASCENDING)]),
    ],
    roster.MEMBERS: roster.INDEXES,
    directory.ORGANISATIONS: directory.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {
    NODES,
    EDGES,
    roster.MEMBERS,
    directory.ORGANISATIONS,
    topics.TOPICS,
}
OUTBOX = {FILES, ITEMS, LINKS, SUMMARIES}
