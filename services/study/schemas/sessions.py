"""What the operations of study are given: sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.study.domain import sessions
from services.study.schemas import common
from shared.operations import Answer, about
from shared.schemas import Amount, Choice, Flag, GroupKey, Id, Many, Text, When

SESSION = Answer("session", "StudySession", "学习活动。The session afterwards.")

HeldAt = Annotated[datetime, about(When(), "开始时间。Beginning.")]
SessionThemes = Annotated[
    list[str], about(Many(Text(1, 10), 1, 10), "学习主题编号。Codes of themes.")
]
Members = Annotated[
    list[str],
    about(Many(Id("Member"), high=1000), "委员编号。Global ids of members.", default=list),
]
Groups = Annotated[
    list[str],
    about(
        Many(GroupKey(), high=60),
        "组别代码，如 SECTOR:22。Groups of members.",
        default=list,
    ),
]
Materials = Annotated[
    list[str],
    about(Many(Id("StudyMaterial"), high=50), "学习资料。Global ids of materials.", default=list),
]
SessionMaterials = Annotated[
    list[str], about(Many(Id("StudyMaterial"), high=50), "学习资料。All of them.")
]
SessionSummary = Annotated[str, about(Text(1, 10000), "小结。Summary.")]


class PlanSession(TypedDict):
    """What `PlanSession` is given."""

    title: common.Title
    form: Annotated[sessions.Form, about(Choice(sessions.Form), "学习形式。Form.")]
    way: Annotated[sessions.Method, about(Choice(sessions.Method), "学习方法。How.")]
    track: common.Track | None
    speaker: Annotated[str, about(Text(0, 60), "主讲人。Speaker.", default="")]
    ends_at: common.EndsAt | None
    place: common.Place
    mandatory: Annotated[
        bool, about(Flag(), "是否必须参加，默认是。Required of the invited.", default=True)
    ]
    hours: Annotated[float, about(Amount(0, 200), "学时。Hours that presence is worth.")]
