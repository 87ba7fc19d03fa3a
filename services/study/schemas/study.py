"""What the operations of study are given: study."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.study.domain import classes, sessions
from services.study.schemas import common
from shared.operations import about
from shared.operations.arguments import OfTopic, Since, Until
from shared.schemas import Choice, CodeText, Flag, Id, Text

StudyNumber = Annotated[str, about(CodeText(1, 60), "结业证号。Number.")]
Code = Annotated[str, about(Text(1, 60), "验证码。Code printed on it.")]


class StudySessionFilter(TypedDict, total=False):
    """学习活动筛选条件。All of these must hold."""

    year: common.Year | None
    since: Since | None
    until: Until | None
    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Of this organisation.")] | None
    state: (
        Annotated[sessions.SessionState, about(Choice(sessions.SessionState), "状态。State.")]
        | None
    )
    theme: Annotated[str, about(Text(1, 10), "学习主题编号。On this theme.")] | None
    topic_code: OfTopic | None
    invited: Annotated[bool, about(Flag(), "仅通知本人的。Only those that the viewer is asked to.")]


class RotationClassFilter(TypedDict, total=False):
    """轮训班筛选条件。All of these must hold."""

    year: common.Year | None
    since: Since | None
    until: Until | None
    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Of this organisation.")] | None
    state: Annotated[classes.ClassState, about(Choice(classes.ClassState), "状态。State.")] | None
    topic_code: OfTopic | None
    enrolled: Annotated[
        bool, about(Flag(), "仅本人报名的。Only those that the viewer enrolled in.")
    ]


class EnrolmentFilter(TypedDict, total=False):
    """What `EnrolmentFilter` holds."""

    state: Annotated[classes.EnrolmentState, about(Choice(classes.EnrolmentState))] | None
