"""What the operations of opinions are given: lists and figures."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.opinions.domain import figures, states
from services.opinions.schemas import common
from shared.operations import about
from shared.operations.arguments import OfTopic
from shared.schemas import Choice, Flag, Id, Many

State = Annotated[states.OpinionState, about(Choice(states.OpinionState), "状态。State.")]
By = Annotated[figures.Grouping, about(Choice(figures.Grouping), "分组方式。Grouping.")]


class OpinionFilter(TypedDict, total=False):
    """社情民意信息的筛选。Filter of items."""

    states: Annotated[
        list[states.OpinionState],
        about(Many(Choice(states.OpinionState), 1, 14), "状态之一。In one of these states."),
    ]
    channel: Annotated[states.Channel, about(Choice(states.Channel), "收集渠道。Channel.")] | None
    origin: Annotated[states.Origin, about(Choice(states.Origin), "来源。Origin.")] | None
    urgency: Annotated[states.Urgency, about(Choice(states.Urgency), "紧急程度。Urgency.")] | None
    organisation: (
        Annotated[str, about(Id("Organisation"), "反映单位。Organisation that reports.")] | None
    )
    topic_code: OfTopic | None
    year: common.Year | None
    own: Annotated[bool, about(Flag(), "只看本人或本组织的。One's own only.")] | None
    good_year: (
        Annotated[
            int,
            about(
                common.Year.__metadata__[0].field,
                "该年度推荐或评定的优秀信息。Good items of this year.",
            ),
        ]
        | None
    )
