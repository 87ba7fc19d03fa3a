"""What the reads of the roster are given."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from marshmallow import fields

from services.members.domain.labels import MemberOrder
from services.members.domain.posts import PostKind
from services.members.domain.states import State
from shared.operations import about
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

OrderBy = Annotated[
    MemberOrder,
    about(Choice(MemberOrder), "顺序。Order of the list.", default=MemberOrder.MEMBER_NO),
]
Fields = Annotated[list[str], about(Many(fields.Str()), hidden=True)]
Moment = Annotated[datetime, about(When())]
Units = Annotated[list[str], about(Many(Id(), high=1000))]


class MemberFilter(TypedDict, total=False):
    """委员列表的筛选条件。Which members to list; all conditions must hold."""

    term: (
        Annotated[
            int, about(Number(), "届次，默认本届。Of this term; the current one unless told.")
        ]
        | None
    )
    sector: (
        Annotated[str, about(Text(1, 128), "界别代码，如 22。Of this sector, by its code.")] | None
    )
    sector_group: (
        Annotated[str, about(Id("Organisation"), "界别活动小组编号。Of this sector group.")] | None
    )
    committee: (
        Annotated[str, about(Id("Organisation"), "专委会编号。Of this special committee.")] | None
    )
    town: (
        Annotated[
            str, about(Id("Organisation"), "镇（街道）工委编号。Of this town working committee.")
        ]
        | None
    )
    party: (
        Annotated[str, about(Text(1, 128), "党派代码，如 04。Of this party, by its code.")] | None
    )
    post: Annotated[PostKind, about(Choice(PostKind), "职务。Holding this post.")] | None
    states: (
        Annotated[
            list[State],
            about(Many(Choice(State)), "状态，默认在任。In one of these; in office unless told."),
        ]
        | None
    )
    text: (
        Annotated[
            str,
            about(
                Text(1, 40),
                "姓名（可为一部分）、单位、职务、特长。Words of name, unit, title, skills.",
            ),
        ]
        | None
    )
    change_pending: (
        Annotated[
            bool,
            about(
                Flag(),
                "有待确认的资料变更，限办公室。With a pending profile change; for the office.",
            ),
        ]
        | None
    )
