"""Topic dossiers, as the outcomes service sends them."""

from __future__ import annotations

from typing import Any

from graphene import ID, Boolean, Int, List, NonNull, ObjectType, String

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    global_id,
    labelled,
    loaded_by,
    reference,
)
from gateway.members.organisations import Topical
from gateway.outcomes.enums import DossierEdgeGround, DossierNodeKind

Row = dict[str, Any]
# Kind of a node → the type that a viewer can open, where there is one.
TYPES = {"PROPOSAL": "Proposal", "LEAD": "Lead", "OUTCOME": "OutcomeFile"}
KINDS = {type_name: kind for kind, type_name in TYPES.items()}


def _opened(row: Row) -> str | None:
    type_name = TYPES.get(row["kind"])
    return global_id(type_name, row["ref"]) if type_name else None


class DossierStage(ObjectType):
    """经历的一步。What happened to it."""

    label = String(required=True, description="事项。What, in Chinese.")
    at = DateTime(required=True, description="时间。When.")


class DossierNode(Topical, NodeType):
    """议题档案中的一件事，或议题本身。A matter in a dossier, or a topic."""

    kind, kind_label = labelled(DossierNodeKind, "种类。What it is.", "kind", required=True)
    title = String(required=True, description="标题。Title.")
    number = String(description="案号、期号。Number.")
    term = Int(description="届次。Term.")
    year = Int(description="年度。Year.")
    since = DateTime(description="开始时间。When it began.")
    key = Boolean(required=True, description="是否重点提案。Whether a key proposal.")
    stages = List(NonNull(DossierStage), required=True, description="经过。What happened to it.")
    matters = Int(description="议题下直接关联的件数。Matters under a topic, in the list.")
    opened_id = ID(
        resolver=FromRow(_opened), description="可打开的对象的全局编号。Global id of what it shows."
    )

    get_node = loaded_by("dossier_nodes")


class DossierLink(NodeType):
    """人工建立的关联。A link that was made by hand."""

    reason = String(required=True, description="理由。Reason.")
    at = DateTime(required=True, description="建立时间。When made.")
    stands = Boolean(required=True, description="是否有效。Whether it stands.")
    undone_at = DateTime(description="解除时间。When undone.")
    undo_reason = String(description="解除理由。Why undone.")
    from_matter = reference(
        DossierNode,
        "from_matter",
        key="from_node",
        loader="dossier_nodes",
        description="前者。From.",
    )
    to_matter = reference(
        DossierNode, "to_matter", key="to_node", loader="dossier_nodes", description="后者。To."
    )

    get_node = loaded_by("dossier_links")


class DossierEdge(ObjectType):
    """两件事的先后关联。One matter leads to another."""

    from_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("DossierNode", row["from_id"])),
        description="前者。The former.",
    )
    to_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("DossierNode", row["to_id"])),
        description="后者。The latter.",
    )
    ground, ground_label = labelled(
        DossierEdgeGround, "依据。What it rests on.", "ground", required=True
    )
    reason = String(description="人工关联的理由。Reason of one made by hand.")
    link_id = ID(
        resolver=FromRow(
            lambda row: global_id("DossierLink", row["link_id"]) if row["link_id"] else None
        ),
        description="人工关联的编号，解除时用。Id of a link made by hand.",
    )


class Dossier(ObjectType):
    """议题档案：一件事的来龙去脉，跨服务、跨届次。A dossier: one matter back and forth."""

    nodes = List(NonNull(DossierNode), required=True, description="各件事，早的在前。All matters.")
    edges = List(NonNull(DossierEdge), required=True, description="其间的关联。What leads to what.")
