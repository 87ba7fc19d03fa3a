"""Input of the study service's commands and queries."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.study.domain import classes, materials, papers, quizzes, sessions
from shared.contracts.groups import is_group
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_IDS = validate.Length(max=1000, error="一次至多1000个")
YEARS = validate.Range(2000, 2100, error="年度应在2000至2100之间")
HOURS = validate.Range(0, 200, error="学时应在0至200之间")
SIZES = validate.Range(1, 100, error="每页条数应为1至100")


def _ids(most: int = 1000, **kwargs: Any) -> fields.List[Any]:
    return fields.List(Id(), validate=validate.Length(max=most, error=f"至多{most}个"), **kwargs)


def _year(**kwargs: Any) -> fields.Int:
    return fields.Int(strict=True, validate=YEARS, **kwargs)


def _maybe(kind: Any) -> Choice:
    return Choice(kind, load_default=None, allow_none=True)


def _state(kind: Any) -> fields.Str:
    return fields.Str(
        allow_none=True, validate=validate.OneOf([s.value for s in kind], error="不在可选范围内")
    )


def _require_group(key: str) -> None:
    if not is_group(key):
        raise ValidationError("组别代码不正确")


def _int(low: int, high: int, **kwargs: Any) -> fields.Int:
    said = f"应在{low}至{high}之间"
    return fields.Int(strict=True, validate=validate.Range(low, high, error=said), **kwargs)


class Ids(InputSchema):
    ids = fields.List(Id(), required=True, validate=MOST_IDS)


class Page(InputSchema):
    first = fields.Int(strict=True, load_default=20, validate=SIZES)
    after = Text(1, 1000, load_default=None, allow_none=True)


class OfFile(InputSchema):
    file_id = Id(required=True)
    subject = Id(required=True)


class OfYear(InputSchema):
    year = _year(required=True)


# Plans


class ThemeInput(InputSchema):
    code = Text(1, 10, required=True)
    title = Text(2, 200, required=True)
    required = fields.Bool(load_default=False)


class WritePlan(OfYear):
    title = Text(2, 100, required=True)
    text = Text(0, 10_000, load_default="")
    themes = fields.List(
        fields.Nested(ThemeInput),
        required=True,
        validate=validate.Length(1, 50, error="学习主题应为1至50个"),
    )


class OfPlan(InputSchema):
    plan_id = Id(required=True)


class DecidePlan(OfPlan):
    approved = fields.Bool(required=True)
    opinion = Text(1, 1000, load_default=None, allow_none=True)


class SummarisePlan(OfPlan):
    summary = Text(1, 10_000, required=True)


# Sessions


class PlanSession(InputSchema):
    organiser = Id(required=True)
    title = Text(2, 100, required=True)
    themes = fields.List(Text(1, 10), required=True, validate=validate.Length(1, 10))
    form = Choice(sessions.Form, required=True)
    way = Choice(sessions.Method, required=True)
    track = _maybe(sessions.Track)
    speaker = Text(0, 60, load_default="")
    held_at = When(required=True)
    ends_at = When(load_default=None, allow_none=True)
    place = Text(1, 100, required=True)
    mandatory = fields.Bool(load_default=True)
    hours = fields.Float(required=True, validate=HOURS)
    members = _ids(load_default=list)
    groups = fields.List(
        fields.Str(validate=_require_group),
        load_default=list,
        validate=validate.Length(max=60, error="一次至多60个组别"),
    )
    materials = _ids(50, load_default=list)


class OfSession(InputSchema):
    session_id = Id(required=True)


class SetMaterials(OfSession):
    materials = _ids(50, required=True)


class CloseSession(OfSession):
    summary = Text(1, 10_000, required=True)


class SessionFilter(InputSchema):
    year = _year(allow_none=True)
    organiser = Id(allow_none=True)
    state = _state(sessions.SessionState)
    theme = Text(1, 10, allow_none=True)
    invited = fields.Bool()


class CountSessions(InputSchema):
    filter = fields.Nested(SessionFilter, load_default=dict)


class ListSessions(Page, CountSessions):
    pass


class ListAttendance(Page, OfSession):
    filter = fields.Dict(load_default=dict)


class CountAttendance(OfSession):
    filter = fields.Dict(load_default=dict)


# Classes


class OpenClass(InputSchema):
    organiser = Id(required=True)
    batch = _int(1, 100, required=True)
    title = Text(2, 100, required=True)
    held_at = When(required=True)
    ends_at = When(load_default=None, allow_none=True)
    place = Text(1, 100, required=True)
    half_days = _int(1, 60, required=True)
    hours = fields.Float(required=True, validate=HOURS)
    quota = _int(1, 1000, required=True)
    sector_share = _int(1, 100, load_default=20)
    enrol_by = When(required=True)


class OfClass(InputSchema):
    class_id = Id(required=True)


class EnrolMember(OfClass):
    member_id = Id(required=True)


class CancelClass(OfClass):
    reason = Text(2, 500, required=True)


class ClassFilter(InputSchema):
    year = _year(allow_none=True)
    organiser = Id(allow_none=True)
    state = _state(classes.ClassState)
    enrolled = fields.Bool()


class CountClasses(InputSchema):
    filter = fields.Nested(ClassFilter, load_default=dict)


class ListClasses(Page, CountClasses):
    pass


class EnrolmentFilter(InputSchema):
    state = _state(classes.EnrolmentState)


class CountEnrolments(OfClass):
    filter = fields.Nested(EnrolmentFilter, load_default=dict)


class ListEnrolments(Page, CountEnrolments):
    pass


class Verify(InputSchema):
    number = Text(1, 60, required=True)
    code = Text(1, 60, required=True)


class OfMember(InputSchema):
    member_id = Id(required=True)


class Record(OfMember):
    year = _year(required=True)


class Statistics(OfYear):
    kind = fields.Str(
        required=True,
        validate=validate.OneOf(
            ("SECTOR", "SECTOR_GROUP", "COMMITTEE", "TOWN", "PARTY"), error="不在可选范围内"
        ),
    )


# Materials


class WriteMaterial(InputSchema):
    material_id = Id(load_default=None, allow_none=True)
    organiser = Id(required=True)
    kind = Choice(materials.Kind, required=True)
    title = Text(2, 200, required=True)
    text = Text(0, 50_000, load_default="")
    level = _maybe(materials.Level)
    track = _maybe(sessions.Track)
    themes = fields.List(Text(1, 10), load_default=tuple, validate=validate.Length(max=10))
    unit = Id(load_default=None, allow_none=True)
    files = _ids(20, load_default=list)


class OfMaterial(InputSchema):
    material_id = Id(required=True)


class ReviewMaterial(OfMaterial):
    passed = fields.Bool(required=True)
    opinion = Text(1, 1000, load_default=None, allow_none=True)


class RecallMaterial(OfMaterial):
    reason = Text(2, 500, required=True)


class MaterialFilter(InputSchema):
    kind = _state(materials.Kind)
    level = _state(materials.Level)
    track = _state(sessions.Track)
    state = _state(materials.MaterialState)
    theme = Text(1, 10, allow_none=True)
    organiser = Id(allow_none=True)


class CountMaterials(InputSchema):
    filter = fields.Nested(MaterialFilter, load_default=dict)


class ListMaterials(Page, CountMaterials):
    pass


class AskQuestion(OfMaterial):
    text = Text(2, 2000, required=True)


class AnswerQuestion(InputSchema):
    question_id = Id(required=True)
    text = Text(1, 5000, required=True)


class QuestionFilter(InputSchema):
    material_id = Id(allow_none=True)
    unit = Id(allow_none=True)
    member_id = Id(allow_none=True)


class CountQuestions(InputSchema):
    filter = fields.Nested(QuestionFilter, load_default=dict)


class ListQuestions(Page, CountQuestions):
    pass


# Papers and quizzes


class SubmitPaper(InputSchema):
    kind = Choice(papers.Kind, required=True)
    title = Text(2, 100, required=True)
    text = Text(1, 50_000, required=True)
    coauthors = _ids(10, load_default=list)
    session_id = Id(load_default=None, allow_none=True)
    files = _ids(10, load_default=list)


class DecidePaper(InputSchema):
    paper_id = Id(required=True)
    accepted = fields.Bool(required=True)
    opinion = Text(1, 1000, load_default=None, allow_none=True)


class RevokePaper(InputSchema):
    paper_id = Id(required=True)
    opinion = Text(2, 1000, required=True)


class PaperFilter(InputSchema):
    kind = _state(papers.Kind)
    state = _state(papers.PaperState)
    author = Id(allow_none=True)
    session_id = Id(allow_none=True)


class CountPapers(InputSchema):
    filter = fields.Nested(PaperFilter, load_default=dict)


class ListPapers(Page, CountPapers):
    pass


class QuizQuestion(InputSchema):
    text = Text(2, 500, required=True)
    options = fields.List(Text(1, 200), required=True, validate=validate.Length(2, 10))
    right = fields.List(_int(0, 9), required=True, validate=validate.Length(1, 10))


class OpenQuiz(InputSchema):
    title = Text(2, 100, required=True)
    organiser = Id(required=True)
    subject = Id(load_default=None, allow_none=True)
    questions = fields.List(
        fields.Nested(QuizQuestion), required=True, validate=validate.Length(1, 50)
    )


class OfQuiz(InputSchema):
    quiz_id = Id(required=True)


class TakeQuiz(OfQuiz):
    choices = fields.List(fields.List(_int(0, 9)), required=True, validate=validate.Length(1, 50))


class QuizFilter(InputSchema):
    organiser = Id(allow_none=True)
    subject = Id(allow_none=True)
    state = _state(quizzes.QuizState)


class CountQuizzes(InputSchema):
    filter = fields.Nested(QuizFilter, load_default=dict)


class ListQuizzes(Page, CountQuizzes):
    pass
