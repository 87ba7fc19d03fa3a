"""Values that rows hold and no rule needs, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class Grouping(Labelled, name="OutcomeGrouping"):
    """成果统计的分组。What the figures are grouped by."""

    SOURCE = "SOURCE", "来源", "Source"
    UNIT = "UNIT", "责任单位", "Responsible unit"
    STATE = "STATE", "状态", "State"
    KIND = "KIND", "成果种类", "Kind of outcome"


class EdgeGround(Labelled, name="DossierEdgeGround"):
    """关联的依据。What an edge rests on."""

    FACT = "FACT", "来源事实", "A fact that a service told"
    HAND = "HAND", "人工关联", "A link made by hand, with a reason"
