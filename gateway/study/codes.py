"""Refusals of the study service."""

ERROR_CODES = {
    "STUDY_WRONG_STATE": "当前状态不能进行此操作。Not in this state.",
    "STUDY_PLAN_UNFIT": "学习计划或资料不符合要求。The plan or material does not fit.",
    "STUDY_SESSION_UNFIT": "学习活动安排不符合要求。The session or class does not fit.",
    "ENROLMENT_UNFIT": "不能报名。Enrolled already, not enrolled, or not a member in office.",
    "ENROLMENT_CLOSED": "报名已截止。Enrolment is closed.",
    "REVIEWER_IS_AUTHOR": "编写人不能审核自己的资料。Somebody else has to review it.",
    "PAPER_DECIDED": "该文章已审定。The paper has been judged.",
    "QUIZ_UNFIT": "测验内容或答案不符合要求。Questions or answers do not fit.",
    "QUESTION_ANSWERED": "该问题已答复。The question has been answered.",
}
