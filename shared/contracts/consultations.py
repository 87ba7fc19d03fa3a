"""Events of the consultations service beside those that other services act on (motions, reports).

Title, organisations and people's ids travel; what was said and written does not, but for what the
outcomes service takes over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.liaison import ACTIVITY, NOBODY, Activity

LIMITS = ("NOTICE", "PAPERS", "STATEMENTS", "REPORT", "FEEDBACK", "REVIEW", "DECISION")
ITEM_KINDS = ("POLICY", "ACTION", "PROJECT")
DUE = "2017-06-06T09:00:00+08:00"
HELD = "2017-05-25T09:00:00+08:00"
LU, QIAN = "m-15-0088", "m-15-0140"
CONSULTATION: dict[str, Any] = {
    "consultation_id": "consultation-1",
    "title": "精准开展扶贫工作",
    "form": "THEMATIC",
    "organisers": ["com-economy"],
    "proposer": LU,
    "proposed_for": None,
    "account": None,
    "topic_codes": [],
}
VIEW: dict[str, Any] = {
    "view_id": "view-1",
    "consultation_id": "consultation-1",
    "organisers": ["com-economy"],
}
PLAN: dict[str, Any] = {
    "plan_id": "plan-15-2017",
    "plan_year": 2017,
    "title": "2017年度协商计划",
}
RESEARCH: dict[str, Any] = {
    "report_id": "report-1",
    "title": "企业诚信体系建设",
    "organisers": ["com-economy"],
    "team": [LU],
    "topic_codes": [],
}
MOTION: dict[str, Any] = {
    "motion_id": "motion-1",
    "title": "关于完善企业诚信体系的建议案",
    "organisers": ["com-economy"],
    "main_authors": [LU],
    "topic_codes": [],
}
ITEM: dict[str, Any] = {
    "no": 1,
    "text": "建立低收入家庭动态台账",
    "kind": "ACTION",
    "unit": "unit-mzj",
    "authors": [LU],
}
REASON = {"reason": "与区委会议冲突"}
ALARM = {"about": "REPORT", "alarm": f"REPORT:{DUE}", "due_at": DUE}
REVIEW_ALARM = {"alarm": f"REVIEW:{DUE}:False", "due_at": DUE, "late": False}
TOOK_PART = {"participants": [LU, QIAN]}


class Item(Schema):
    """An opinion that is handed over; authors: whose it is."""

    class Meta:
        unknown = EXCLUDE

    no = fields.Int(required=True)
    text = fields.Str(required=True)
    kind = fields.Str(allow_none=True, validate=validate.OneOf(ITEM_KINDS))
    unit = fields.Str(allow_none=True)
    authors = fields.List(fields.Str(), load_default=list)


class ConsultationData(Data):
    """`account`: who proposed it where no member and no organisation did."""

    consultation_id = fields.Str(required=True)
    title = fields.Str(required=True)
    form = fields.Str(required=True)
    organisers = fields.List(fields.Str(), required=True)
    proposer = fields.Str(required=True, allow_none=True)
    proposed_for = fields.Str(required=True, allow_none=True)
    account = fields.Str(required=True, allow_none=True)
    topic_codes = fields.List(fields.Str())


class TakenUp(ConsultationData):
    plan_id = fields.Str(required=True)


class Timed(ConsultationData):
    """`held_at`: when it will be held."""

    held_at = fields.AwareDateTime(required=True)
    place = fields.Str()
    reason = fields.Str()


class Opened(ConsultationData):
    """Remote and written: statements until `closes_at`."""

    closes_at = fields.AwareDateTime(required=True)
    participants = fields.List(fields.Str(), required=True)


class SpeakersSet(ConsultationData):
    """`invited`: members who are new as speakers, for the office to invite to the meeting."""

    meeting_id = fields.Str(required=True)
    invited = fields.List(fields.Str(), required=True)
    speakers = fields.List(fields.Str(), required=True)
    organisations = fields.List(fields.Str(), required=True)


class Spoken(ConsultationData):
    """Of a member, or of an organisation."""

    member_id = fields.Str(required=True, allow_none=True)
    organisation = fields.Str(required=True, allow_none=True)


class TurnCame(Spoken):
    turn = fields.Int(required=True)
    closes_at = fields.AwareDateTime(allow_none=True)


class ForParticipants(ConsultationData):
    participants = fields.List(fields.Str(), required=True)
    reason = fields.Str()


class Minuted(ForParticipants):
    """`dissenting`: members whose dissent stands in the minutes."""

    dissenting = fields.List(fields.Str(), required=True)


class ViewsOpened(ConsultationData):
    until = fields.AwareDateTime(required=True)


class ViewData(Data):
    view_id = fields.Str(required=True)
    consultation_id = fields.Str(required=True)
    organisers = fields.List(fields.Str(), required=True)


class ViewLeft(ViewData):
    channel = fields.Str(required=True)


class ViewModerated(ViewData):
    """`waiting`: others of the consultation that nobody has decided on."""

    shown = fields.Bool(required=True)
    waiting = fields.Int(required=True)


class Reported(ForParticipants):
    """The outcomes service takes over `items`; `authors`: of all of them."""

    report_no = fields.Str(required=True)
    text = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    items = fields.List(fields.Nested(Item), required=True)
    feedback_due_at = fields.AwareDateTime(required=True)


class Off(ConsultationData):
    """The office calls the meeting off."""

    meeting_id = fields.Str(required=True)
    reason = fields.Str(required=True)


class Alarm(ConsultationData):
    about = fields.Str(required=True, validate=validate.OneOf(LIMITS))
    alarm = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)


class FilesChanged(Data):
    record_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


class PlanData(Data):
    plan_id = fields.Str(required=True)
    plan_year = fields.Int(required=True)
    title = fields.Str(required=True)


class PlanSent(PlanData):
    due_at = fields.AwareDateTime(required=True)


class PlanReviewed(PlanData):
    passed = fields.Bool(required=True)
    reason = fields.Str(required=True)


class PlanDecided(PlanData):
    approved = fields.Bool(required=True)
    reason = fields.Str(required=True)


class PlanPublished(PlanData):
    topics = fields.Int(required=True)


class PlanAlarm(PlanData):
    alarm = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)
    late = fields.Bool(required=True)


class ResearchData(Data):
    report_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organisers = fields.List(fields.Str(), required=True)
    team = fields.List(fields.Str(), required=True)
    topic_codes = fields.List(fields.Str())


class ResearchReported(ResearchData):
    main_authors = fields.List(fields.Str(), required=True)
    due_at = fields.AwareDateTime(required=True)


class ResearchReturned(ResearchData):
    main_authors = fields.List(fields.Str(), required=True)
    reason = fields.Str(required=True)


class ResearchDropped(ResearchData):
    reason = fields.Str(required=True)


class ResearchAlarm(ResearchData):
    alarm = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)
    late = fields.Bool(required=True)


class MotionData(Data):
    motion_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organisers = fields.List(fields.Str(), required=True)
    main_authors = fields.List(fields.Str(), required=True)
    topic_codes = fields.List(fields.Str())


class MotionDrafted(MotionData):
    due_at = fields.AwareDateTime(required=True)


class MotionWithReason(MotionData):
    reason = fields.Str(required=True)


class MotionInstructed(MotionData):
    """The instruction itself is a fact of the outcomes service, under the same id."""

    instruction_id = fields.Str(required=True)
    level = fields.Str(required=True)


class MotionAlarm(MotionData):
    about = fields.Str(required=True, validate=validate.OneOf(LIMITS))
    alarm = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)


Row = tuple[str, str, type[Data], Mapping[str, Any]]
C, M = CONSULTATION, MOTION
SPOKEN = {"member_id": QIAN, "organisation": None}
OFF = {"meeting_id": "consultation-1", **REASON}
EVENTS: tuple[Row, ...] = (
    (names.CONSULTATION_PROPOSED, "协商议题提出", ConsultationData, C),
    (names.CONSULTATION_TAKEN_UP, "列入协商计划", TakenUp, {**C, "plan_id": "plan-15-2017"}),
    (names.CONSULTATION_NOTIFIED, "协商会议通知", Timed, {**C, "held_at": HELD, "place": "三楼"}),
    (names.CONSULTATION_MOVED, "协商会议改期", Timed, {**C, "held_at": HELD, **REASON}),
    (names.CONSULTATION_OPENED, "书面协商开启", Opened, {**C, "closes_at": DUE, **TOOK_PART}),
    (
        names.CONSULTATION_SPEAKERS_SET,
        "协商发言名单",
        SpeakersSet,
        {
            **C,
            "meeting_id": "consultation-1",
            "invited": [QIAN],
            "speakers": [QIAN],
            "organisations": [],
        },
    ),
    (
        names.CONSULTATION_TURN_CAME,
        "轮到发言",
        TurnCame,
        {**C, **SPOKEN, "turn": 1, "closes_at": DUE},
    ),
    (names.CONSULTATION_STATED, "书面意见", Spoken, {**C, **SPOKEN}),
    (names.CONSULTATION_PAPERS_SENT, "协商材料送达", ForParticipants, {**C, **TOOK_PART}),
    (names.CONSULTATION_VIEWS_OPENED, "征集群众意见", ViewsOpened, {**C, "until": DUE}),
    (names.CONSULTATION_VIEW_LEFT, "收到群众意见", ViewLeft, {**VIEW, "channel": "FORM"}),
    (
        names.CONSULTATION_VIEW_MODERATED,
        "群众意见审核",
        ViewModerated,
        {**VIEW, "shown": True, "waiting": 0},
    ),
    (
        names.CONSULTATION_MINUTED,
        "协商纪要",
        Minuted,
        {**C, **TOOK_PART, "dissenting": [QIAN]},
    ),
    (
        names.CONSULTATION_REPORTED,
        "协商专报报送",
        Reported,
        {
            **C,
            **TOOK_PART,
            "report_no": "协商专报 2017年第1期",
            "text": "协商会议形成以下意见。",
            "authors": [LU],
            "items": [ITEM],
            "feedback_due_at": DUE,
        },
    ),
    (names.CONSULTATION_FED_BACK, "协商成果反馈", ForParticipants, {**C, **TOOK_PART}),
    (names.CONSULTATION_CLOSED, "协商办结", ForParticipants, {**C, **TOOK_PART, **REASON}),
    (names.CONSULTATION_POSTPONED, "协商延期", Off, {**C, **OFF}),
    (names.CONSULTATION_CANCELLED, "协商取消", Off, {**C, **OFF}),
    (names.CONSULTATION_REMINDER_DUE, "协商时限提醒", Alarm, {**C, **ALARM}),
    (names.CONSULTATION_OVERDUE, "协商时限超期", Alarm, {**C, **ALARM}),
    (
        names.CONSULTATION_FILES_CHANGED,
        "协商所附文件变化",
        FilesChanged,
        {"record_id": "consultation-1", "attached": ["file-1"], "detached": []},
    ),
    (names.CONSULTATION_PLAN_SENT, "协商计划送审", PlanSent, {**PLAN, "due_at": DUE}),
    (
        names.CONSULTATION_PLAN_REVIEWED,
        "协商计划审议",
        PlanReviewed,
        {**PLAN, "passed": True, "reason": ""},
    ),
    (
        names.CONSULTATION_PLAN_DECIDED,
        "协商计划审定",
        PlanDecided,
        {**PLAN, "approved": True, "reason": ""},
    ),
    (names.CONSULTATION_PLAN_PUBLISHED, "协商计划公布", PlanPublished, {**PLAN, "topics": 3}),
    (
        names.CONSULTATION_PLAN_REMINDER_DUE,
        "协商计划审议提醒",
        PlanAlarm,
        {**PLAN, **REVIEW_ALARM},
    ),
    (names.RESEARCH_PLANNED, "课题立题", ResearchData, RESEARCH),
    (
        names.RESEARCH_REPORTED,
        "调研报告送审",
        ResearchReported,
        {**RESEARCH, "main_authors": [LU], "due_at": DUE},
    ),
    (
        names.RESEARCH_RETURNED,
        "调研报告退回",
        ResearchReturned,
        {**RESEARCH, "main_authors": [LU], **REASON},
    ),
    (names.RESEARCH_DROPPED, "课题终止", ResearchDropped, {**RESEARCH, **REASON}),
    (
        names.RESEARCH_REMINDER_DUE,
        "调研报告审定提醒",
        ResearchAlarm,
        {**RESEARCH, **REVIEW_ALARM},
    ),
    (names.MOTION_PLANNED, "建议案列题", MotionData, M),
    (names.MOTION_DRAFTED, "建议案提请审议", MotionDrafted, {**M, "due_at": DUE}),
    (names.MOTION_RETURNED, "建议案退回", MotionWithReason, {**M, **REASON}),
    (names.MOTION_REVIEWED, "建议案审议通过", MotionData, M),
    (
        names.MOTION_INSTRUCTED,
        "建议案获批示",
        MotionInstructed,
        {**M, "instruction_id": "instruction-1", "level": "DISTRICT"},
    ),
    (names.MOTION_FED_BACK, "建议案反馈", MotionData, M),
    (names.MOTION_CLOSED, "建议案办结", MotionWithReason, {**M, **REASON}),
    (names.MOTION_DROPPED, "建议案撤题", MotionWithReason, {**M, **REASON}),
    (names.MOTION_REMINDER_DUE, "建议案时限提醒", MotionAlarm, {**M, **ALARM}),
    (names.MOTION_OVERDUE, "建议案时限超期", MotionAlarm, {**M, **ALARM}),
    # What is no meeting of the office's: visits of research, written consultations (decision 30).
    (names.ACTIVITY_PARTICIPATION_CONFIRMED, "调研、书面协商参加确认", Activity, ACTIVITY),
    (
        names.ACTIVITY_PARTICIPATION_CORRECTED,
        "调研参加更正",
        Activity,
        {**ACTIVITY, "rows": NOBODY},
    ),
)
for _name, _title, _form, _sample in EVENTS:
    contract("consultations", _name, _title, _sample)(_form)
