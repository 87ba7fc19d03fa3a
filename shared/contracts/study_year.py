"""Events of the study year: plan, classes, certificates, papers, materials, questions."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

PLAN: dict[str, Any] = {"plan_id": "15-2017", "year": 2017}
CLASS: dict[str, Any] = {"class_id": "study-class-1", "title": "委员学习轮训班（第一期）"}
CERTIFICATE: dict[str, Any] = {
    **CLASS,
    "member_id": "m-15-0088",
    "number": "吴政协培〔2017〕1号",
}
PAPER: dict[str, Any] = {
    "paper_id": "study-paper-1",
    "authors": ["m-15-0088"],
    "title": "协商民主建设学习体会",
}
MATERIAL: dict[str, Any] = {"material_id": "material-1", "title": "关于加强政协协商民主建设的意见"}
QUESTION: dict[str, Any] = {
    "question_id": "question-1",
    "material_id": "material-1",
    "unit": "unit-slj",
    "member_id": "m-15-0088",
}


class PlanData(Data):
    plan_id = fields.Str(required=True)
    year = fields.Int(required=True)


class PlanDecided(PlanData):
    approved = fields.Bool(required=True)


class SessionClosed(Data):
    session_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organiser = fields.Str(required=True)
    attended = fields.Int(required=True)


class ClassData(Data):
    class_id = fields.Str(required=True)
    title = fields.Str(required=True)


class ClassOpened(ClassData):
    """`again`: members who did not complete one of the term, and are asked to this."""

    enrol_by = fields.AwareDateTime(required=True)
    again = fields.List(fields.Str())


class ClassMissed(ClassData):
    """`members` had a place and did not complete it."""

    members = fields.List(fields.Str(), required=True)


class ClassCancelled(ClassData):
    """`members` had enrolled or were waiting."""

    reason = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)


class PlaceGiven(ClassData):
    """Somebody on the waiting list has a place now."""

    member_id = fields.Str(required=True)


class PlacesChanged(ClassData):
    """Since its meeting was asked for: members who are to be invited to it, and who no longer."""

    invited = fields.List(fields.Str(), required=True)
    withdrawn = fields.List(fields.Str(), required=True)


class ClassFinished(ClassData):
    """`required` were enrolled, `completed` of them have completed it."""

    required = fields.Int(required=True)
    completed = fields.Int(required=True)


class Certificate(ClassData):
    member_id = fields.Str(required=True)
    number = fields.Str(required=True)


class PaperJudged(Data):
    paper_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    title = fields.Str(required=True)


class MaterialData(Data):
    material_id = fields.Str(required=True)
    title = fields.Str(required=True)


class MaterialInReview(MaterialData):
    organiser = fields.Str(required=True)


class MaterialReturned(MaterialData):
    author = fields.Str(required=True)  # account


class MaterialIssued(MaterialData):
    kind = fields.Str(required=True)


class MaterialRecalled(MaterialData):
    reason = fields.Str(required=True)


class QuestionData(Data):
    """The words of question and answer stay in the service."""

    question_id = fields.Str(required=True)
    material_id = fields.Str(required=True)
    unit = fields.Str(required=True)
    member_id = fields.Str(required=True)


class StudyFilesChanged(Data):
    """As `proposal_files_changed`, of a material or a paper (decision 20)."""

    material_id = fields.Str()
    paper_id = fields.Str()
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


def _study(name: str, title: str, schema: type[Data], sample: dict[str, Any]) -> None:
    contract("study", name, title, sample)(schema)


_study(names.STUDY_PLAN_PROPOSED, "学习计划提请审定", PlanData, PLAN)
_study(names.STUDY_PLAN_DECIDED, "学习计划审定", PlanDecided, {**PLAN, "approved": True})
_study(
    names.STUDY_SESSION_CLOSED,
    "学习活动小结",
    SessionClosed,
    {
        "session_id": "study-session-1",
        "title": "协商民主专题学习",
        "organiser": "com-economy",
        "attended": 28,
    },
)
_study(
    names.STUDY_CLASS_OPENED,
    "轮训班开放报名",
    ClassOpened,
    {**CLASS, "enrol_by": "2017-03-31T18:00:00+08:00", "again": []},
)
_study(
    names.STUDY_CLASS_CANCELLED,
    "轮训班取消",
    ClassCancelled,
    {**CLASS, "reason": "报名人数不足", "members": ["m-15-0088"]},
)
_study(names.STUDY_PLACE_GIVEN, "轮训班候补递补", PlaceGiven, {**CLASS, "member_id": "m-15-0088"})
_study(
    names.STUDY_CLASS_PLACES_CHANGED,
    "轮训班学员变动",
    PlacesChanged,
    {**CLASS, "invited": ["m-15-0031"], "withdrawn": ["m-15-0088"]},
)
_study(
    names.STUDY_CLASS_MISSED,
    "轮训班未结业",
    ClassMissed,
    {**CLASS, "members": ["m-15-0088"]},
)
_study(
    names.STUDY_CLASS_FINISHED,
    "轮训班结束",
    ClassFinished,
    {**CLASS, "required": 50, "completed": 48},
)
_study(names.STUDY_CERTIFICATE_ISSUED, "颁发结业证书", Certificate, CERTIFICATE)
_study(names.STUDY_CERTIFICATE_REVOKED, "撤销结业证书", Certificate, CERTIFICATE)
_study(names.STUDY_PAPER_SUBMITTED, "提交学习文章", PaperJudged, PAPER)
_study(names.STUDY_PAPER_DECLINED, "学习文章未采用", PaperJudged, PAPER)
_study(
    names.MATERIAL_SENT_FOR_REVIEW,
    "学习资料送审",
    MaterialInReview,
    {**MATERIAL, "organiser": "office-general"},
)
_study(
    names.MATERIAL_RETURNED,
    "学习资料退回修改",
    MaterialReturned,
    {**MATERIAL, "author": "account-1"},
)
_study(names.MATERIAL_ISSUED, "编发学习资料", MaterialIssued, {**MATERIAL, "kind": "POLICY"})
_study(
    names.MATERIAL_RECALLED, "撤回学习资料", MaterialRecalled, {**MATERIAL, "reason": "内容有更新"}
)
_study(names.STUDY_QUESTION_ASKED, "向部门提问", QuestionData, QUESTION)
_study(names.STUDY_QUESTION_ANSWERED, "部门答复提问", QuestionData, QUESTION)
_study(
    names.STUDY_FILES_CHANGED,
    "学习资料附件变化",
    StudyFilesChanged,
    {"material_id": "material-1", "attached": ["file-1"], "detached": []},
)
