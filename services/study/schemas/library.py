"""What the operations of study are given: library."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.study.domain import materials, papers, quizzes
from services.study.schemas import common
from shared.operations import about
from shared.schemas import Choice, Flag, Id, Text


class StudyMaterialFilter(TypedDict, total=False):
    """学习资料筛选条件。All of these must hold."""

    kind: Annotated[materials.Kind, about(Choice(materials.Kind), "种类。Kind.")] | None
    level: Annotated[materials.Level, about(Choice(materials.Level), "发布层级。Level.")] | None
    track: common.Track | None
    state: (
        Annotated[materials.MaterialState, about(Choice(materials.MaterialState), "状态。State.")]
        | None
    )
    theme: Annotated[str, about(Text(1, 10), "学习主题编号。On this theme.")] | None
    read: Annotated[bool, about(Flag(), "本人已读或未读。Read by the viewer, or not.")] | None
    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Of this organisation.")] | None


class StudyQuestionFilter(TypedDict, total=False):
    """提问筛选条件。All of these must hold."""

    material_id: (
        Annotated[str, about(Id("StudyMaterial"), "知情通报。Of this briefing pack.")] | None
    )
    unit: Annotated[str, about(Id("Organisation"), "部门。To this department.")] | None
    answered: Annotated[bool, about(Flag(), "已答复或待答复。Answered, or not yet.")] | None
    member_id: Annotated[str, about(Id(), hidden=True)] | None


class StudyPaperFilter(TypedDict, total=False):
    """笔记和文章筛选条件。All of these must hold."""

    kind: Annotated[papers.Kind, about(Choice(papers.Kind), "种类。Kind.")] | None
    state: Annotated[papers.PaperState, about(Choice(papers.PaperState), "状态。State.")] | None
    author: Annotated[str, about(Id("Member"), "作者。Of this member.")] | None
    session_id: Annotated[str, about(Id("StudySession"), "学习活动。About this session.")] | None


class QuizFilter(TypedDict, total=False):
    """测验筛选条件。All of these must hold."""

    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Of this organisation.")] | None
    subject: Annotated[str, about(Id(), hidden=True)] | None
    state: Annotated[quizzes.QuizState, about(Choice(quizzes.QuizState), "状态。State.")] | None
