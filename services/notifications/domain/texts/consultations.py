"""The texts of messages of consultations and motions."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _consultation(title: str, text: str) -> Template:
    return Template(Category.CONSULTATION, title, text, "CONSULTATION", "consultation_id")


def _plan(title: str, text: str) -> Template:
    return Template(Category.CONSULTATION, title, text, "CONSULTATION_PLAN", "plan_id")


def _research(title: str, text: str) -> Template:
    return Template(Category.CONSULTATION, title, text, "RESEARCH", "report_id")


def _motion(title: str, text: str) -> Template:
    return Template(Category.CONSULTATION, title, text, "MOTION", "motion_id")


CONSULTATIONS: dict[str, Template] = {
    "TOPIC_RECEIVED": _consultation("协商议题已收到", "您提出的协商议题“{title}”已收到。"),
    "TOPIC_TAKEN_UP": _consultation("议题列入协商计划", "协商议题“{title}”已列入年度协商计划。"),
    "CONSULTATION_OFF": _consultation("协商取消", "“{title}”不再安排协商：{reason}"),
    "CONSULTATION_POSTPONED": _consultation("协商延期", "“{title}”的协商延期：{reason}"),
    "CONSULTATION_MOVED": _consultation(
        "协商会议改期", "“{title}”协商会议改为{held_at}，原答复作废，请重新答复：{reason}"
    ),
    "CONSULTATION_OPENED": _consultation(
        "书面协商开始", "“{title}”书面协商已开始，请在{closes_at}前发表意见。"
    ),
    "CONSULTATION_SPEAKER": _consultation("列入发言名单", "您已列入“{title}”协商的发言名单。"),
    "CONSULTATION_TURN": _consultation("轮到发言", "“{title}”书面协商轮到您发言。"),
    "CONSULTATION_PAPERS": _consultation("协商材料", "“{title}”的协商材料已送达，请阅。"),
    "CONSULTATION_MINUTED": _consultation("协商纪要", "“{title}”的会议纪要已整理，请阅。"),
    "CONSULTATION_REPORTED": _consultation(
        "协商专报已报送", "“{title}”的意见已以{report_no}报送区委、区政府。"
    ),
    "CONSULTATION_FED_BACK": _consultation(
        "协商成果反馈", "“{title}”的协商成果有了采纳反馈，请阅。"
    ),
    "CONSULTATION_CLOSED": _consultation("协商办结", "“{title}”的协商已办结：{reason}"),
    "CONSULTATION_DUE": _consultation("协商事项临期", "“{title}”有事项将于{due_at}到期，请抓紧。"),
    "CONSULTATION_LATE": _consultation("协商事项超期", "“{title}”有事项已于{due_at}到期，请尽快。"),
    "PLAN_RETURNED": _plan("协商计划退回", "{title}退回修改：{reason}"),
    "PLAN_DUE": _plan("协商计划待审议", "{title}应于{due_at}前审议。"),
    "RESEARCH_TEAM": _research("参加调研课题", "您已列入“{title}”调研组。"),
    "RESEARCH_RETURNED": _research("调研报告退回", "“{title}”的调研报告退回修改：{reason}"),
    "RESEARCH_ACCEPTED": _research("调研报告采用", "“{title}”的调研报告已采用。"),
    "RESEARCH_REVOKED": _research("调研报告撤销采用", "“{title}”的调研报告不再采用：{reason}"),
    "RESEARCH_DROPPED": _research("课题终止", "课题“{title}”已终止：{reason}"),
    "RESEARCH_DUE": _research("调研报告待审定", "“{title}”的调研报告应于{due_at}前审定。"),
    "MOTION_RETURNED": _motion("建议案退回", "建议案《{title}》退回修改：{reason}"),
    "MOTION_ADOPTED": _motion("建议案通过", "建议案《{title}》已经常委会议通过。"),
    "MOTION_DELIVERED": _motion("建议案已报送", "建议案《{title}》已以{number}报送。"),
    "MOTION_INSTRUCTED": _motion("建议案获批示", "建议案《{title}》获领导批示。"),
    "MOTION_FED_BACK": _motion("建议案反馈", "建议案《{title}》有了采纳反馈，请阅。"),
    "MOTION_CLOSED": _motion("建议案办结", "建议案《{title}》已办结：{reason}"),
    "MOTION_DROPPED": _motion("建议案撤题", "建议案《{title}》已撤题：{reason}"),
    "MOTION_DUE": _motion("建议案事项临期", "建议案《{title}》有事项将于{due_at}到期。"),
    "MOTION_LATE": _motion("建议案事项超期", "建议案《{title}》有事项已于{due_at}到期。"),
}
