"""Every command of study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, Float, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.study.enums import (
    CourseTrack,
    MaterialKind,
    PaperKind,
    PolicyLevel,
    StudyForm,
    StudyMethod,
)
from gateway.study.library import Quiz, StudyMaterial, StudyPaper, StudyQuestion
from gateway.study.loaders import SERVICE
from gateway.study.types import RotationClass, StudyPlan, StudySession

Ids = Mapping[str, str]
ORGANISER = "组织单位。Global id of who organises it."
TITLE = "名称。Title."
OPINION = "意见。Opinion."
PLAN: Ids = {"plan_id": "StudyPlan"}
SESSION: Ids = {"session_id": "StudySession"}
CLASS: Ids = {"class_id": "RotationClass"}
MATERIAL: Ids = {"material_id": "StudyMaterial"}
PAPER: Ids = {"paper_id": "StudyPaper"}


class StudyThemeInput(InputObjectType):
    """学习主题。A theme of the plan."""

    code = String(required=True, description="编号。Code within the plan.")
    title = String(required=True, description="主题。Theme.")
    required = Boolean(description="是否必学专题。Whether everybody studies it.")


class _Plan(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "plan"
    ids: ClassVar[Ids] = PLAN
    plan = Field(StudyPlan, description="计划。The plan afterwards.")


class _OfPlan:
    plan_id = ID(required=True, description="计划编号。Global id of the plan.")


class WriteStudyPlan(_Plan):
    """编写年度学习计划，审定前可重写。Write the year's plan, again until it is approved."""

    class Input:
        year = Int(required=True, description="年度。Year.")
        title = String(required=True, description=TITLE)
        text = String(description="内容。Text.")
        themes = List(NonNull(StudyThemeInput), required=True, description="学习主题。Themes.")

    method = "write_plan"
    ids: ClassVar[Ids] = {}


class ProposeStudyPlan(_Plan):
    """提请审定学习计划。Ask the Chairpersons' Council to approve it."""

    class Input(_OfPlan):
        pass

    method = "propose_plan"


class DecideStudyPlan(_Plan):
    """审定学习计划（主席会议）。Approve it, or give it back."""

    class Input(_OfPlan):
        approved = Boolean(required=True, description="是否通过。Whether it is approved.")
        opinion = String(description=OPINION)

    method = "decide_plan"


class SummariseStudyPlan(_Plan):
    """年度学习总结。Summarise the year."""

    class Input(_OfPlan):
        summary = String(required=True, description="总结。Summary.")

    method = "summarise_plan"


class _Session(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "session"
    ids: ClassVar[Ids] = SESSION
    session = Field(StudySession, description="学习活动。The session afterwards.")


class PlanStudySession(_Session):
    """安排学习活动，会议由办公室通知。Plan a session; its meeting is announced in the office."""

    class Input:
        organiser = ID(required=True, description=ORGANISER)
        title = String(required=True, description=TITLE)
        themes = List(NonNull(String), required=True, description="学习主题编号。Codes of themes.")
        form = StudyForm(required=True, description="学习形式。Form.")
        way = StudyMethod(required=True, description="学习方法。How.")
        track = CourseTrack(description="课程方向。Course track.")
        speaker = String(description="主讲人。Speaker.")
        held_at = DateTime(required=True, description="开始时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(required=True, description="地点。Place.")
        mandatory = Boolean(description="是否必须参加，默认是。Required of the invited.")
        hours = Float(required=True, description="学时。Hours that presence is worth.")
        members = List(NonNull(ID), description="委员编号。Global ids of members.")
        groups = List(NonNull(String), description="组别代码，如 SECTOR:22。Groups of members.")
        materials = List(NonNull(ID), description="学习资料。Global ids of materials.")

    method = "plan_session"
    ids: ClassVar[Ids] = {
        "organiser": "Organisation",
        "members": "Member",
        "materials": "StudyMaterial",
    }


class SetStudySessionMaterials(_Session):
    """设置学习活动的资料。Set the materials of a session."""

    class Input:
        session_id = ID(required=True, description="编号。Global id of the session.")
        materials = List(NonNull(ID), required=True, description="学习资料。All of them.")

    method = "set_session_materials"
    ids: ClassVar[Ids] = {**SESSION, "materials": "StudyMaterial"}


class CloseStudySession(_Session):
    """学习小结。Close a session with its summary."""

    class Input:
        session_id = ID(required=True, description="编号。Global id of the session.")
        summary = String(required=True, description="小结。Summary.")

    method = "close_session"


class _Class(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "rotation_class"
    ids: ClassVar[Ids] = CLASS
    rotation_class = Field(RotationClass, description="轮训班。The class afterwards.")


class _OfClass:
    class_id = ID(required=True, description="编号。Global id of the class.")


class OpenRotationClass(_Class):
    """开设轮训班，开放报名。Open a class for enrolment."""

    class Input:
        organiser = ID(required=True, description=ORGANISER)
        batch = Int(required=True, description="批次。Batch.")
        title = String(required=True, description=TITLE)
        held_at = DateTime(required=True, description="开班时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(required=True, description="地点。Place.")
        half_days = Int(required=True, description="半天数。Half-days.")
        hours = Float(required=True, description="学时。Hours that completion is worth.")
        quota = Int(required=True, description="名额。Places.")
        sector_share = Int(description="界别占名额上限（%），默认20。Percent for one sector.")
        enrol_by = DateTime(required=True, description="报名截止。Enrolment ends.")

    method = "open_class"
    ids: ClassVar[Ids] = {"organiser": "Organisation"}


class EnrolInClass(_Class):
    """报名（委员本人）。Enrol: a place, or the waiting list."""

    class Input(_OfClass):
        pass

    method = "enrol"


class EnrolMemberInClass(_Class):
    """代委员报名。Enrol a member."""

    class Input(_OfClass):
        member_id = ID(required=True, description="委员编号。Global id of the member.")

    method = "enrol_member"
    ids: ClassVar[Ids] = {**CLASS, "member_id": "Member"}


class WithdrawFromClass(_Class):
    """取消报名（委员本人），由候补递补。Give the place back."""

    class Input(_OfClass):
        pass

    method = "withdraw"


class CloseEnrolment(_Class):
    """报名截止，请办公室办会。Close enrolment; the office is asked for the meeting."""

    class Input(_OfClass):
        pass

    method = "close_enrolment"


class CancelRotationClass(_Class):
    """取消轮训班（报名期间）。Call a class off while it is open."""

    class Input(_OfClass):
        reason = String(required=True, description="理由。Reason.")

    method = "cancel_class"


class CertifyRotationClass(_Class):
    """颁发结业证书。Issue certificates to who completed the class."""

    class Input(_OfClass):
        pass

    method = "certify_class"


class _Material(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "material"
    ids: ClassVar[Ids] = MATERIAL
    holder = "material_id"
    material = Field(StudyMaterial, description="资料。The material afterwards.")


class _OfMaterial:
    material_id = ID(required=True, description="编号。Global id of the material.")


class WriteStudyMaterial(_Material):
    """编写学习资料。Write a material, new or again while it is a draft."""

    class Input:
        material_id = ID(description="编号，新编时不填。Global id; none for a new one.")
        organiser = ID(required=True, description=ORGANISER)
        kind = MaterialKind(required=True, description="种类。Kind.")
        title = String(required=True, description="标题。Title.")
        text = String(description="正文。Text.")
        level = PolicyLevel(description="发布层级，政策文件必填。Level of a policy's issuer.")
        track = CourseTrack(description="课程方向。Course track.")
        themes = List(NonNull(String), description="学习主题编号。Codes of themes.")
        unit = ID(description="部门，知情通报必填。The department of a briefing pack.")
        files = List(NonNull(ID), description="附件。Files.")

    method = "write_material"
    ids: ClassVar[Ids] = {
        **MATERIAL,
        "organiser": "Organisation",
        "unit": "Organisation",
        "files": "File",
    }


class SendStudyMaterial(_Material):
    """送审学习资料。Send a material for review."""

    class Input(_OfMaterial):
        pass

    method = "send_material"


class ReviewStudyMaterial(_Material):
    """审核学习资料（非编写人）。Review a material; passed, it is issued."""

    class Input(_OfMaterial):
        passed = Boolean(required=True, description="是否通过。Whether it passes.")
        opinion = String(description=OPINION)

    method = "review_material"


class RecallStudyMaterial(_Material):
    """撤回学习资料。Recall a material."""

    class Input(_OfMaterial):
        reason = String(required=True, description="理由。Reason.")

    method = "recall_material"


class ConfirmMaterialRead(_Material):
    """阅知学习资料，不计分。Confirm reading it; it earns nothing."""

    class Input(_OfMaterial):
        pass

    method = "read_material"


class _Question(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "question"
    question = Field(StudyQuestion, description="提问。The question afterwards.")


class AskDepartment(_Question):
    """就知情通报向部门提问。Ask a department about its briefing pack."""

    class Input(_OfMaterial):
        text = String(required=True, description="问题。Question.")

    method = "ask_question"
    ids: ClassVar[Ids] = MATERIAL


class AnswerStudyQuestion(_Question):
    """部门答复提问。Answer a question, as the department."""

    class Input:
        question_id = ID(required=True, description="编号。Global id of the question.")
        text = String(required=True, description="答复。Answer.")

    method = "answer_question"
    ids: ClassVar[Ids] = {"question_id": "StudyQuestion"}


class _Paper(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "paper"
    ids: ClassVar[Ids] = PAPER
    paper = Field(StudyPaper, description="笔记或文章。The paper afterwards.")


class SubmitStudyPaper(_Paper):
    """分享笔记或提交文章。Share a note, or hand a paper in."""

    class Input:
        kind = PaperKind(required=True, description="种类。Kind.")
        title = String(required=True, description="标题。Title.")
        text = String(required=True, description="正文。Text.")
        coauthors = List(NonNull(ID), description="合作者。Global ids of members.")
        session_id = ID(description="学习活动。The session that it is about.")
        files = List(NonNull(ID), description="附件。Files.")

    method = "submit_paper"
    ids: ClassVar[Ids] = {"coauthors": "Member", "session_id": "StudySession", "files": "File"}


class DecideStudyPaper(_Paper):
    """审定学习文章。Accept or decline a paper."""

    class Input:
        paper_id = ID(required=True, description="编号。Global id of the paper.")
        accepted = Boolean(required=True, description="是否采用。Whether it is accepted.")
        opinion = String(description=OPINION)

    method = "decide_paper"


class RevokeStudyPaper(_Paper):
    """撤销采用。Accept it no longer; what it earned is undone."""

    class Input:
        paper_id = ID(required=True, description="编号。Global id of the paper.")
        opinion = String(required=True, description=OPINION)

    method = "revoke_paper"


class QuizQuestionInput(InputObjectType):
    """测验题。A question of a quiz."""

    text = String(required=True, description="题目。Question.")
    options = List(NonNull(String), required=True, description="选项。Options.")
    right = List(NonNull(Int), required=True, description="正确选项的位置，从0起。Right positions.")


class _Quiz(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "quiz"
    quiz = Field(Quiz, description="测验。The quiz afterwards.")


class OpenQuiz(_Quiz):
    """发布测验，仅作反馈。Open a quiz: feedback, never points."""

    class Input:
        title = String(required=True, description=TITLE)
        organiser = ID(required=True, description=ORGANISER)
        questions = List(NonNull(QuizQuestionInput), required=True, description="题目。Questions.")

    method = "open_quiz"
    ids: ClassVar[Ids] = {"organiser": "Organisation"}


class CloseQuiz(_Quiz):
    """结束测验。Close a quiz; the right answers show."""

    class Input:
        quiz_id = ID(required=True, description="编号。Global id of the quiz.")

    method = "close_quiz"
    ids: ClassVar[Ids] = {"quiz_id": "Quiz"}


class TakeQuiz(CommandMutation):
    """作答（委员本人）。Take a quiz; the first answer stands for the figures."""

    class Input:
        quiz_id = ID(required=True, description="编号。Global id of the quiz.")
        choices = List(
            NonNull(List(NonNull(Int))), required=True, description="各题所选。Chosen positions."
        )

    service = SERVICE
    method = "take_quiz"
    ids: ClassVar[Ids] = {"quiz_id": "Quiz"}
    right = List(NonNull(Boolean), description="各题是否答对。Which were right.")
    quiz = Field(Quiz, description="测验。The quiz.")


MUTATIONS: list[Any] = [
    WriteStudyPlan,
    ProposeStudyPlan,
    DecideStudyPlan,
    SummariseStudyPlan,
    PlanStudySession,
    SetStudySessionMaterials,
    CloseStudySession,
    OpenRotationClass,
    EnrolInClass,
    EnrolMemberInClass,
    WithdrawFromClass,
    CloseEnrolment,
    CancelRotationClass,
    CertifyRotationClass,
    WriteStudyMaterial,
    SendStudyMaterial,
    ReviewStudyMaterial,
    RecallStudyMaterial,
    ConfirmMaterialRead,
    AskDepartment,
    AnswerStudyQuestion,
    SubmitStudyPaper,
    DecideStudyPaper,
    RevokeStudyPaper,
    OpenQuiz,
    CloseQuiz,
    TakeQuiz,
]
