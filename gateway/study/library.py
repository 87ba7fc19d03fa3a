"""Materials, questions, papers and quizzes, as the study service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled, loaded_by, reference, references
from gateway.files.types import File, files_of
from gateway.members.organisations import Organisation
from gateway.members.types import Member
from gateway.study.enums import (
    CourseTrack,
    MaterialKind,
    MaterialState,
    PaperKind,
    PaperState,
    PolicyLevel,
    QuizState,
)
from gateway.study.types import of_member, organiser

Row = dict[str, Any]


def _unit() -> Field:
    return reference(
        Organisation,
        "department",
        key="unit_id",
        loader="organisations",
        description="部门。The department.",
    )


class StudyMaterial(NodeType):
    """学习资料。A material: policy, course, how-to, reading, briefing pack."""

    kind, kind_label = labelled(MaterialKind, "种类。Kind.", "kind", required=True)
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="正文。Text.")
    level, level_label = labelled(PolicyLevel, "发布层级。Level of a policy's issuer.", "level")
    track = Field(CourseTrack, description="课程方向。Course track.")
    themes = List(NonNull(String), required=True, description="学习主题编号。Codes of themes.")
    organiser = organiser()
    department = _unit()
    files = List(NonNull(File), description="附件。Files.")
    state, state_label = labelled(MaterialState, "状态。State.", required=True)
    opinion = String(description="审核意见。Opinion of the review.")
    issued_at = DateTime(description="编发时间。When issued.")
    recalled_at = DateTime(description="撤回时间。When recalled.")
    reason = String(description="撤回理由。Why it was recalled.")
    read_at = DateTime(description="本人阅知时间。When the viewer confirmed reading it.")
    readers_count = Int(required=True, description="阅知人数。Who confirmed reading it.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")

    get_node = loaded_by("study_materials")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class StudyQuestion(NodeType):
    """向部门的提问。A question to a department."""

    text = String(required=True, description="问题。Question.")
    member = of_member()
    material = reference(
        StudyMaterial,
        "material",
        key="material_id",
        loader="study_materials",
        description="知情通报，无权查看时为空。The briefing pack.",
    )
    asked_at = DateTime(required=True, description="提问时间。When asked.")
    answer = String(description="答复。Answer.")
    answered_at = DateTime(description="答复时间。When answered.")

    get_node = loaded_by("study_questions")


class StudyPaper(NodeType):
    """学习笔记或文章。A note or a paper."""

    kind, kind_label = labelled(PaperKind, "种类。Kind.", "kind", required=True)
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="正文。Text.")
    authors = references(Member, "authors", loader="members", description="作者。Authors.")
    files = List(NonNull(File), description="附件。Files.")
    state, state_label = labelled(PaperState, "状态。State.", required=True)
    submitted_at = DateTime(required=True, description="提交时间。When handed in.")
    hours = Float(required=True, description="折算学时。Hours of study.")
    decided_at = DateTime(description="审定时间。When judged.")
    opinion = String(description="审定意见。Opinion.")

    get_node = loaded_by("study_papers")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class QuizQuestion(ObjectType):
    """测验题。A question of a quiz."""

    text = String(required=True, description="题目。Question.")
    options = List(NonNull(String), required=True, description="选项。Options.")
    right = List(
        NonNull(Int), description="正确选项，结束后可见。Positions of the right ones, once closed."
    )
    right_share = Float(description="答对比例。Percent that answered it rightly.")


class Quiz(NodeType):
    """学习测验，仅作反馈，不计分。A quiz: feedback, never points."""

    title = String(required=True, description="名称。Title.")
    organiser = organiser()
    state, state_label = labelled(QuizState, "状态。State.", required=True)
    questions = List(NonNull(QuizQuestion), required=True, description="题目。Questions.")
    answers_count = Int(description="作答人数。Who has answered.")
    created_at = DateTime(required=True, description="发布时间。When opened.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")

    get_node = loaded_by("quizzes")
