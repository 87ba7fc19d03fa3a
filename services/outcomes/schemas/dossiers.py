"""What the operations of outcomes are given: dossiers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from shared.operations import Answer, about
from shared.operations.arguments import OfTopic
from shared.schemas import Id, Text

LINK = Answer("link", "DossierLink", "关联。The link afterwards.")

NodeId = Annotated[str, about(Id("DossierNode"), "档案节点编号。Global id of the node.")]
LinkedTo = Annotated[
    str, about(Id("DossierNode"), "关联到的节点，与议题二者取一。The other node, or a topic.")
]
Topic = Annotated[str, about(Text(2, 60), "议题名称，如二次供水。Name of the topic.")]
LinkId = Annotated[str, about(Id("DossierLink"), "关联编号。Global id of the link.")]
DossierId = Annotated[
    str, about(Id("DossierNode"), "议题或任一节点。A topic, or any matter in the dossier.")
]


class DossierFilter(TypedDict, total=False):
    """议题档案筛选条件。All of these must hold."""

    topic_code: OfTopic | None
    text: Annotated[str, about(Text(1, 60), "议题名称中的词。Words of the topic.")] | None
