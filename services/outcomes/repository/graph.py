"""Dossiers as projections: what is known of each matter, and what leads to what."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from services.outcomes.domain.files import node_id
from services.outcomes.domain.kinds import NodeKind
from services.outcomes.domain.nodes import Node, Said, edges_of, key_of
from services.outcomes.repository.indexes import EDGES, NODES
from shared.messaging.events import Event
from shared.persistence import Database
from shared.persistence.paging import page
from shared.words.searching import title_words

Row = dict[str, Any]
LEFT_OUT = frozenset({"groups", "vote", "occurred_on", "function"})
ORDER = [("name", 1), ("_id", 1)]


class Graph:
    """Both collections are rebuilt by a replay from the same facts (decision 6)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event, said: Said) -> str:
        """Keep the fact under its own key; again, late or out of order: the same. The node's id."""
        ref = str(event.data[said.ref])
        node = node_id(said.kind, ref)
        fact = {
            "type": event.type,
            "version": event.version,
            "at": event.occurred_on,
            "term": event.term,
            "data": {k: v for k, v in event.data.items() if k not in LEFT_OUT},
        }
        key = key_of(event.type, event.version, event.data, said)
        row = {f"facts.{key}": fact, "kind": said.kind.value, "ref": ref}
        nodes = self._database.projection(NODES)
        nodes.update_one({"_id": node}, {"$set": row}, upsert=True)
        found = edges_of(node, event.data)
        for a, b in found:
            edge = {"$setOnInsert": {"a": a, "b": b}}
            self._database.projection(EDGES).update_one({"_id": f"{a}>{b}"}, edge, upsert=True)
        codes = event.data.get("topic_codes") or event.data.get("topics") or []
        for a, _ in found:
            self.name_topic_of(a, codes)
        return node

    def name_topic_of(self, topic: str, codes: Collection[str] = ()) -> None:
        """A topic is in the list of dossiers by its words; codes gather from what is under it.

        Nothing where the node is none.
        """
        if not topic.startswith(f"{NodeKind.TOPIC}:"):
            return
        name = topic.split(":", 1)[1]
        row = {"kind": NodeKind.TOPIC.value, "ref": name, "name": name, "words": title_words(name)}
        change: Row = {"$set": row}
        if codes:
            change["$addToSet"] = {"topic_codes": {"$each": list(codes)}}
        self._database.projection(NODES).update_one({"_id": topic}, change, upsert=True)

    def node(self, id: str) -> Node | None:
        row = self._database.projection(NODES).find_one({"_id": id})
        return Node.of(row) if row else None

    def nodes(self, ids: Collection[str]) -> list[Node]:
        found = self._database.projection(NODES).find({"_id": {"$in": list(ids)}})
        return [Node.of(row) for row in found]

    def edges(self, ids: Collection[str], most: int) -> list[tuple[str, str]]:
        """Those that begin or end at one of these."""
        ends = {"$in": list(ids)}
        edges = self._database.projection(EDGES)
        found = edges.find({"$or": [{"a": ends}, {"b": ends}]}, {"a": 1, "b": 1}).limit(most)
        return [(row["a"], row["b"]) for row in found]

    def topics(self, query: Row, first: int, after: str | None) -> Row:
        nodes = self._database.projection(NODES)
        asked = {"name": {"$type": "string"}, **query}
        return page(nodes, asked, ORDER, first, after, {"name": 1, "topic_codes": 1})

    def count_topics(self, query: Row) -> int:
        nodes = self._database.projection(NODES)
        return nodes.count_documents({"name": {"$type": "string"}, **query})

    def sizes(self, topics: Collection[str]) -> dict[str, int]:
        """topic → how many matters lie directly under it."""
        group = {"$group": {"_id": "$a", "count": {"$sum": 1}}}
        found = self._database.projection(EDGES).aggregate(
            [{"$match": {"a": {"$in": list(topics)}}}, group]
        )
        return {row["_id"]: row["count"] for row in found}
