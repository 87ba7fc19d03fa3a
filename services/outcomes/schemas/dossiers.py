"""What the operations of outcomes are given: dossiers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from shared.operations import Answer, about
from shared.operations.arguments import OfTopic
from shared.schemas import Id, Text

LINK = Answer("link", "DossierLink", "关联。The link afterwards.")

NodeId = Annotated[
    str,
    about(
        Text(1, 300),
        "档案节点或对象的编号。Id of a node of a dossier, or global id of what it is.",
    ),
]
LinkedTo = Annotated[str, about(Text(1, 300), "关联到的节点或对象。The other one.")]
Topic = Annotated[str, about(Text(2, 60), "议题名称，如二次供水。Name of the topic.")]
LinkId = Annotated[str, about(Id("DossierLink"), "关联编号。Global id of the link.")]
DossierId = Annotated[
    str,
    about(
        Text(1, 300),
        "议题，或任一对象的编号。A topic's node, or the id of any matter in the dossier.",
    ),
]


class DossierFilter(TypedDict, total=False):
    """议题档案筛选条件。All of these must hold."""

    topic_code: OfTopic | None
    text: Annotated[str, about(Text(1, 60), "议题名称中的词。Words of the topic.")] | None
