"""Reading study. What a viewer may not see is refused by the service."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Boolean, Field, InputObjectType, Int, List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import connection, local_id, localise, paged, resolve_page
from gateway.study.enums import (
    CourseTrack,
    MaterialKind,
    MaterialState,
    PaperKind,
    PaperState,
    PolicyLevel,
    QuizState,
    RotationClassState,
    StudyGroupKind,
    StudySessionState,
)
from gateway.study.library import Quiz, StudyMaterial, StudyPaper, StudyQuestion
from gateway.study.loaders import SERVICE
from gateway.study.types import (
    RotationClass,
    StudyCertificate,
    StudyFigures,
    StudyPlan,
    StudyRecord,
    StudySession,
    ThemeCoverage,
    TrainingCoverage,
)

Row = dict[str, Any]
YEAR = "年度。Year."
ORGANISER = "组织单位。Of this organisation."
FILTER = "筛选。Filter."


def _year() -> Argument:
    return Argument(Int, required=True, description=YEAR)


class StudySessionFilter(InputObjectType):
    """学习活动筛选条件。All of these must hold."""

    year = Int(description=YEAR)
    organiser = ID(description=ORGANISER)
    state = StudySessionState(description="状态。State.")
    theme = String(description="学习主题编号。On this theme.")
    invited = Boolean(description="仅通知本人的。Only those that the viewer is asked to.")


class RotationClassFilter(InputObjectType):
    """轮训班筛选条件。All of these must hold."""

    year = Int(description=YEAR)
    organiser = ID(description=ORGANISER)
    state = RotationClassState(description="状态。State.")
    enrolled = Boolean(description="仅本人报名的。Only those that the viewer enrolled in.")


class StudyMaterialFilter(InputObjectType):
    """学习资料筛选条件。All of these must hold."""

    kind = MaterialKind(description="种类。Kind.")
    level = PolicyLevel(description="发布层级。Level.")
    track = CourseTrack(description="课程方向。Course track.")
    state = MaterialState(description="状态。State.")
    theme = String(description="学习主题编号。On this theme.")
    organiser = ID(description=ORGANISER)


class StudyQuestionFilter(InputObjectType):
    """提问筛选条件。All of these must hold."""

    material_id = ID(description="知情通报。Of this briefing pack.")
    unit = ID(description="部门。To this department.")


class StudyPaperFilter(InputObjectType):
    """笔记和文章筛选条件。All of these must hold."""

    kind = PaperKind(description="种类。Kind.")
    state = PaperState(description="状态。State.")
    author = ID(description="作者。Of this member.")
    session_id = ID(description="学习活动。About this session.")


class QuizFilter(InputObjectType):
    """测验筛选条件。All of these must hold."""

    organiser = ID(description=ORGANISER)
    state = QuizState(description="状态。State.")


class StudyQuery:
    study_plan = Field(
        StudyPlan, year=_year(), description="年度学习计划，未审定的仅起草和审定者可见。The plan."
    )
    study_session = Field(
        StudySession,
        id=ID(required=True, description="编号。Id of the session."),
        description="一次学习活动。A study session.",
    )
    study_sessions = paged(
        connection(StudySession),
        "学习活动，近的在前。Study sessions, the latest first.",
        filter=Argument(StudySessionFilter, description=FILTER),
    )
    rotation_class = Field(
        RotationClass,
        id=ID(required=True, description="编号。Id of the class."),
        description="一期轮训班。A rotation class.",
    )
    rotation_classes = paged(
        connection(RotationClass),
        "轮训班，近的在前。Rotation classes, the latest first.",
        filter=Argument(RotationClassFilter, description=FILTER),
    )
    study_certificate = Field(
        StudyCertificate,
        number=String(required=True, description="结业证号。Number."),
        code=String(required=True, description="验证码。Code printed on it."),
        description="验证结业证书，无须登录。Verify a certificate, without signing in.",
    )
    study_materials = paged(
        connection(StudyMaterial),
        "学习资料，新的在前。Materials, the latest first.",
        filter=Argument(StudyMaterialFilter, description=FILTER),
    )
    study_questions = paged(
        connection(StudyQuestion),
        "向部门的提问，新的在前。Questions to departments, the latest first.",
        filter=Argument(StudyQuestionFilter, description=FILTER),
    )
    study_papers = paged(
        connection(StudyPaper),
        "学习笔记和文章，新的在前。Notes and papers, the latest first.",
        filter=Argument(StudyPaperFilter, description=FILTER),
    )
    quizzes = paged(
        connection(Quiz),
        "学习测验，新的在前。Quizzes, the latest first.",
        filter=Argument(QuizFilter, description=FILTER),
    )
    study_record = Field(
        StudyRecord,
        member_id=ID(required=True, description="委员编号。Global id of the member."),
        year=_year(),
        description="委员年度学习记录，本人和办公室、领导可见。A member's study of a year.",
    )
    theme_coverage = List(
        NonNull(ThemeCoverage),
        year=_year(),
        description="学习主题覆盖情况，办公室和领导可见。Who has studied which theme.",
    )
    training_coverage = Field(
        TrainingCoverage, description="本届轮训覆盖情况，办公室和领导可见。Who has been trained."
    )
    study_statistics = List(
        NonNull(StudyFigures),
        kind=Argument(StudyGroupKind, required=True, description="组别。Kind of group."),
        year=_year(),
        description="各组别学习统计；组织者只见本组织。Study by group of members.",
    )

    @staticmethod
    async def resolve_study_plan(_root: Any, info: GraphQLResolveInfo, year: int) -> Row | None:
        row: Row | None = await info.context.call(SERVICE, "study_plan", year=year)
        return row

    @staticmethod
    async def resolve_study_session(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await StudySession.get_node(info, local_id(id, "StudySession", "id"))

    @staticmethod
    def resolve_study_sessions(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_sessions", first, {"organiser": "Organisation"}, **asked)

    @staticmethod
    async def resolve_rotation_class(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await RotationClass.get_node(info, local_id(id, "RotationClass", "id"))

    @staticmethod
    def resolve_rotation_classes(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_classes", first, {"organiser": "Organisation"}, **asked)

    @staticmethod
    async def resolve_study_certificate(
        _root: Any, info: GraphQLResolveInfo, number: str, code: str
    ) -> Row | None:
        row: Row | None = await info.context.call(SERVICE, "certificate", number=number, code=code)
        return row

    @staticmethod
    def resolve_study_materials(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_materials", first, {"organiser": "Organisation"}, **asked)

    @staticmethod
    def resolve_study_questions(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        ids = {"material_id": "StudyMaterial", "unit": "Organisation"}
        return _page(info, "list_questions", first, ids, **asked)

    @staticmethod
    def resolve_study_papers(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        ids = {"author": "Member", "session_id": "StudySession"}
        return _page(info, "list_papers", first, ids, **asked)

    @staticmethod
    def resolve_quizzes(
        _root: Any, info: GraphQLResolveInfo, first: int, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_quizzes", first, {"organiser": "Organisation"}, **asked)

    @staticmethod
    async def resolve_study_record(
        _root: Any, info: GraphQLResolveInfo, member_id: str, year: int
    ) -> Row:
        member = local_id(member_id, "Member", "memberId")
        row: Row = await info.context.call(SERVICE, "study_record", member_id=member, year=year)
        return row

    @staticmethod
    async def resolve_theme_coverage(_root: Any, info: GraphQLResolveInfo, year: int) -> list[Row]:
        rows: list[Row] = await info.context.call(SERVICE, "theme_coverage", year=year)
        return rows

    @staticmethod
    async def resolve_training_coverage(_root: Any, info: GraphQLResolveInfo) -> Row:
        row: Row = await info.context.call(SERVICE, "training_coverage")
        return row

    @staticmethod
    async def resolve_study_statistics(
        _root: Any, info: GraphQLResolveInfo, kind: Any, year: int
    ) -> list[Row]:
        rows: list[Row] = await info.context.call(
            SERVICE, "organisation_statistics", kind=kind, year=year
        )
        return rows


def _page(
    info: GraphQLResolveInfo,
    method: str,
    first: int,
    ids: dict[str, str],
    after: str | None = None,
    filter: Row | None = None,
) -> Awaitable[Row]:
    chosen = localise(filter or {}, ids)
    return resolve_page(info, SERVICE, method, filter=chosen, first=first, after=after)


class ViewerStudy:
    study_certificates = List(
        NonNull(StudyCertificate), description="本人的结业证书。The viewer's own certificates."
    )

    @staticmethod
    async def resolve_study_certificates(viewer: Row, info: GraphQLResolveInfo) -> list[Row]:
        if viewer["member_id"] is None:
            return []
        rows: list[Row] = await info.context.call(
            SERVICE, "certificates_of", member_id=viewer["member_id"]
        )
        return rows


QUERIES = [StudyQuery]
VIEWER = [ViewerStudy]
