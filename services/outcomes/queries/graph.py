"""Topic dossiers: one matter back and forth over services and terms (section 7, item 3).

Each node is shown as far as the viewer may see it; the public goes on only from what it sees.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import errors
from services.outcomes.domain.days import year_of
from services.outcomes.domain.dossiers import MOST_NODES, MOST_STEPS
from services.outcomes.domain.files import node_id
from services.outcomes.domain.kinds import NodeKind
from services.outcomes.domain.labels import EdgeGround
from services.outcomes.domain.nodes import LABELS, Node
from services.outcomes.schemas import dossiers as form
from shared.actor import LEADERS, Actor, Role, allow
from shared.call import Call
from shared.contracts import names
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.organisers import organisation_of
from shared.persistence.shaping import both
from shared.words.searching import query_words

Row = dict[str, Any]
N = NodeKind
MOST_EDGES = 2_000
SEES_CASES = frozenset(
    {access.OFFICE, Role.INFO_EDITOR, access.SUPERVISING, *LEADERS, *access.STAFF}
)
SEES_LEADS = access.PROTECTED | access.STAFF
PUBLIC_FACTS = frozenset(
    {
        names.PROPOSAL_FILED,
        names.PROPOSAL_MERGED,
        names.PROPOSAL_KEY_SELECTED,
        names.PROPOSAL_KEY_DESELECTED,
        names.PROPOSAL_REPLIED,
        names.PROPOSAL_SECOND_REPLIED,
        names.PROPOSAL_CLOSED,
    }
)


@allow(*access.VIEWERS)
@query("dossiers", gives="DossierNode")
def list_dossiers(
    call: Call, desk: Desk, *, filter: form.DossierFilter, first: First, after: After | None
) -> Row:
    """议题档案，按名称。Dossiers by topic, in the order of their names."""
    page = desk.graph.topics(_topics(desk, filter), first, after)
    ids = [row["id"] for row in page["rows"]]
    facts, links = desk.graph.sizes(ids), desk.links.sizes(ids)
    rows = [
        {
            **_topic(row["id"]),
            "cursor": row["cursor"],
            "topic_codes": row.get("topic_codes") or [],
            "matters": facts.get(row["id"], 0) + links.get(row["id"], 0),
        }
        for row in page["rows"]
    ]
    return {**page, "rows": rows}


@allow(*access.VIEWERS)
@query()
def count_dossiers(call: Call, desk: Desk, *, filter: form.DossierFilter) -> int:
    return desk.graph.count_topics(_topics(desk, filter))


@allow(*Role)
@query()
def dossier(call: Call, desk: Desk, *, node: form.DossierId) -> Row | None:
    """{"id", "nodes", "edges"} of everything that hangs together with a node; None for one that
    the viewer does not see."""
    start = _details(call.actor, desk, [node])
    if start.get(node) is None:
        return None
    seen: dict[str, Row | None] = {}
    edges: dict[tuple[str, str], Row] = {}
    frontier = start
    for _ in range(MOST_STEPS):
        seen |= frontier
        public = call.actor.role is Role.PUBLIC
        going = [id for id, row in frontier.items() if row is not None or not public]
        if not going:
            break
        edges |= _edges(desk, going)
        ends = {end for pair in edges for end in pair} - seen.keys()
        frontier = _details(call.actor, desk, sorted(ends)[: max(0, MOST_NODES - len(seen))])
    nodes = [row for row in seen.values() if row is not None]
    shown = {row["id"] for row in nodes}
    return {
        "id": node,
        "nodes": sorted(nodes, key=lambda row: (str(row["since"] or ""), row["id"])),
        "edges": [
            {**edge, "from_id": a, "to_id": b}
            for (a, b), edge in sorted(edges.items())
            if {a, b} <= shown
        ],
    }


@allow(*Role)
@query(loads="DossierNode")
def dossier_nodes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    found = _details(call.actor, desk, ids)
    return [row for row in found.values() if row is not None]


@allow(*Role)
@query(loads="DossierLink")
def dossier_links_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VERIFIERS:
        return []
    rows = desk.links.rows({"_id": {"$in": ids}})
    return [{k: v for k, v in row.items() if k not in ("by", "version")} for row in rows]


def node_of(actor: Actor, desk: Desk, node: str) -> str:
    """A node that the viewer sees. Raises OutcomeNotFound."""
    if _details(actor, desk, [node]).get(node) is None:
        raise errors.OutcomeNotFound
    return node


def _topics(desk: Desk, filter: Mapping[str, Any]) -> Row:
    text = filter.get("text")
    words = {"words": {"$all": query_words(text)}} if text else {}
    return {**desk.topics.asked(filter), **words}


def _edges(desk: Desk, ids: Collection[str]) -> dict[tuple[str, str], Row]:
    """From facts, from files to their sources, and by hand."""
    fact = {"ground": EdgeGround.FACT.value, "reason": None, "link_id": None}
    edges: dict[tuple[str, str], Row] = {pair: fact for pair in desk.graph.edges(ids, MOST_EDGES)}
    of_outcomes = [id.split(":", 1)[1] for id in ids if id.startswith(f"{N.OUTCOME}:")]
    query = {"$or": [{"node": {"$in": list(ids)}}, {"_id": {"$in": of_outcomes}}]}
    held = desk.files.collection.find(query, {"node": 1}).limit(MOST_NODES)
    edges |= {(row["node"], node_id(N.OUTCOME, row["_id"])): fact for row in held}
    for link in desk.links.of(ids, MOST_NODES):
        by_hand = {"ground": EdgeGround.HAND.value, "reason": link.reason, "link_id": link.id}
        edges[link.from_node, link.to_node] = by_hand
    return edges


def _details(actor: Actor, desk: Desk, ids: Collection[str]) -> dict[str, Row | None]:
    """Node id → what the viewer is shown of it, None for what is not for these eyes."""
    rows: dict[str, Row | None] = dict.fromkeys(ids)
    outcomes = [id.split(":", 1)[1] for id in ids if id.startswith(f"{N.OUTCOME}:")]
    if outcomes:
        seen = both({"_id": {"$in": outcomes}}, access.visible(actor))
        for row in desk.files.rows(seen):
            rows[node_id(N.OUTCOME, row["id"])] = _outcome(row)
    for node in desk.graph.nodes(ids):
        rows[node.id] = _matter(actor, node) if _sees(actor, node) else None
    for id in ids:
        # A topic that was named by hand has no facts behind it.
        if rows[id] is None and id.startswith(f"{N.TOPIC}:") and _sees_topics(actor):
            rows[id] = _topic(id)
    return rows


def _sees_topics(actor: Actor) -> bool:
    return actor.role in access.VIEWERS


def _sees(actor: Actor, node: Node) -> bool:
    role, self = actor.role, actor.self_among(node.authors) is not None
    unit = actor.scope.get("unit")
    own_unit = unit is not None and unit in _units(node)
    if node.kind is N.LEAD:
        town = actor.scope.get("town")
        own_town = town is not None and organisation_of(actor) == node.said("town")
        return role in SEES_LEADS or self or own_town
    if node.kind is N.OPINION:
        instructed = node.last(names.OPINION_INSTRUCTED, names.OPINION_DELIVERED) is not None
        return (
            role in access.PROTECTED
            or self
            or (role is access.SUPERVISING and instructed)
            or own_unit
        )
    if node.kind is N.PROPOSAL:
        if role is access.SUPERVISING and access.own_side(actor) is not None:
            side = node.said("side")
            return node.public or side in (None, access.own_side(actor))
        return node.public or role in SEES_CASES or self or own_unit
    return role in access.VIEWERS


def _units(node: Node) -> set[str]:
    found = {fact.data.get("unit") for fact in node.facts}
    found |= {unit for fact in node.facts for unit in fact.data.get("units") or ()}
    return {unit for unit in found if unit}


def _matter(actor: Actor, node: Node) -> Row:
    if node.kind is N.TOPIC:
        return _topic(node.id)
    public = actor.role is Role.PUBLIC
    facts = [f for f in node.facts if not public or f.type in PUBLIC_FACTS]
    stages = [{"label": LABELS[fact.type], "at": fact.at} for fact in facts]
    first = facts[0] if facts else None
    return {
        "id": node.id,
        "kind": node.kind.value,
        "ref": node.ref,
        "title": node.title,
        "number": node.said("case_no") or node.said("issue_no"),
        "term": first.term if first else None,
        "year": year_of(first.at) if first else None,
        "since": first.at if first else None,
        "stages": stages,
        "key": _is_key(node),
        "topic_codes": list(node.topic_codes),
        "matters": None,
    }


def _is_key(node: Node) -> bool:
    last = node.last(names.PROPOSAL_KEY_SELECTED, names.PROPOSAL_KEY_DESELECTED)
    return last is not None and last.type == names.PROPOSAL_KEY_SELECTED


def _topic(id: str) -> Row:
    bare: Row = dict.fromkeys(("number", "term", "year", "since", "matters"))
    name = id.split(":", 1)[1]
    more = {"ref": name, "title": name, "stages": [], "key": False, "topic_codes": []}
    return {"id": id, "kind": N.TOPIC.value, **more, **bare}


def _outcome(row: Row) -> Row:
    return {
        "id": node_id(N.OUTCOME, row["id"]),
        "kind": N.OUTCOME.value,
        "ref": row["id"],
        "title": row["title"],
        "number": None,
        "term": row["term"],
        "year": row["year"],
        "since": row["opened_at"],
        "stages": [],
        "key": False,
        "topic_codes": row["topic_codes"],
        "matters": None,
    }
