"""Refusals of the office service."""

ERROR_CODES = {
    "MEETING_WRONG_STATE": "会议当前状态不能进行此操作。Not in this state of the meeting.",
    "MEETING_UNFIT": "会议安排不符合要求。Times, half-days or people do not make a meeting.",
    "NOTICE_PERIOD_SHORT": (
        "通知时间不足，确需召开请说明理由。The notice period is not kept; say why, and it is sent."
    ),
    "NOT_INVITED": "未被邀请参加该会议。Not invited.",
    "ANSWER_CLOSED": "报名已截止。Answers are closed.",
    "ANSWER_UNFIT": "不能这样答复。Who must come asks for leave.",
    "LEAVE_TOO_LATE": "已过请假期限。Leave has to be asked for earlier.",
    "LEAVE_LIMIT": "请假次数已达上限。Asked too often for one meeting.",
    "LEAVE_NOT_ASKED": "没有待审批的请假。No request for leave is waiting.",
    "LEAVE_UNDECIDED": "还有请假未审批。Requests for leave wait for a decision.",
    "CHECK_IN_TOO_EARLY": "尚未到签到时间。Too early to check in.",
    "CHECK_IN_CLOSED": "签到未开放或已结束。Check-in is not open.",
    "CHECK_IN_CODE_INVALID": "签到码无效或已过期。The code is not ours, or too old.",
    "ATTENDANCE_UNFIT": "出席记录不符合要求。The record of attendance does not fit.",
    "MINUTES_MISSING": "会议纪要尚未形成。There are no minutes yet.",
    "STATEMENT_KEPT": "会议已结束归档。The meeting is closed; statements stand as written.",
}
