"""The texts of messages of meetings, documents, affairs and work plans."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _meeting(title: str, text: str) -> Template:
    return Template(Category.MEETING, title, text, "MEETING", "meeting_id")


def _outgoing(title: str, text: str) -> Template:
    return Template(Category.DOCUMENT, title, text, "OUTGOING_DOCUMENT", "document_id")


def _incoming(title: str, text: str) -> Template:
    return Template(Category.DOCUMENT, title, text, "INCOMING_DOCUMENT", "document_id")


def _affair(title: str, text: str) -> Template:
    return Template(Category.AFFAIR, title, text, "AFFAIR", "affair_id")


def _plan(title: str, text: str) -> Template:
    return Template(Category.WORK_PLAN, title, text, "WORK_PLAN", "plan_id")


OFFICE: dict[str, Template] = {
    "MEETING_NOTIFIED": _meeting(
        "会议通知", "{title}定于{held_at}在{place}举行，请在{answer_by}前答复。"
    ),
    "MEETING_RESCHEDULED": _meeting(
        "会议改期",
        "{title}由{moved_from}改至{held_at}在{place}举行（{reason}），此前的答复作废，"
        "请在{answer_by}前重新答复。",
    ),
    "MEETING_CANCELLED": _meeting("会议取消", "原定{held_at}举行的{title}已取消：{reason}。"),
    "MEETING_INVITATION_WITHDRAWN": _meeting(
        "不再邀请参会", "{title}（{held_at}）参会人员有调整，您不必参加。"
    ),
    "LEAVE_GRANTED": _meeting("请假获准", "您对{title}的请假已获准。"),
    "LEAVE_REFUSED": _meeting("请假未获准", "您对{title}的请假未获准，请按时参加。"),
    "MEETING_ANSWER_DUE": _meeting(
        "请答复会议通知", "{title}的报名答复将于{answer_by}截止，请尽快答复。"
    ),
    "MEETING_BEGINS": _meeting("会议即将开始", "{title}将于{held_at}在{place}举行，请准时参加。"),
    "ATTENDANCE_CORRECTED": _meeting("出席记录更正", "您的一次会议出席记录已更正，请查看。"),
    "DOCUMENT_RETURNED": _outgoing("公文退回", "您拟稿的公文《{title}》已退回：{reason}"),
    "DOCUMENT_ISSUED": _outgoing("收到公文", "{number}《{title}》已印发贵单位，请阅收并回执。"),
    "DOCUMENT_OWN_ISSUED": _outgoing("公文已印发", "您拟稿的公文《{title}》已印发，文号{number}。"),
    "DOCUMENT_RECEIPT_URGED": _outgoing("公文待回执", "{number}《{title}》尚未回执，请尽快阅收。"),
    "DOCUMENT_CIRCULATED": _incoming("来文传阅", "请阅来文《{title}》。"),
    "DOCUMENT_TO_HANDLE": _incoming("来文承办", "来文《{title}》交由贵单位承办，请按批示办理。"),
    "DOCUMENT_HANDED_ON": _incoming("来文改交", "来文《{title}》已改交其他机构承办。"),
    "DOCUMENT_URGED": _incoming("来文催办", "来文《{title}》催办第{count}次，请尽快阅办。"),
    "DOCUMENT_DUE": _incoming("来文即将到期", "来文《{title}》应于{due_at}前办结，请抓紧阅办。"),
    "DOCUMENT_LATE": _incoming("来文已逾期", "来文《{title}》已逾期{days_late}天，请立即阅办。"),
    "AFFAIR_RAISED": _affair("新的事项", "有新的事项待办理：{title}。"),
    "AFFAIR_ACCEPTED": _affair("事项已受理", "您提出的事项“{title}”已受理。"),
    "AFFAIR_HANDED_OVER": _affair("事项移交", "事项“{title}”移交贵机构办理：{reason}"),
    "AFFAIR_MOVED": _affair("事项已移交", "您提出的事项“{title}”已移交其他内设机构办理：{reason}"),
    "AFFAIR_REJECTED": _affair("事项不予受理", "您提出的事项“{title}”不予受理：{reason}"),
    "AFFAIR_DONE": _affair("事项已办结", "您提出的事项“{title}”已办结，请评价。"),
    "PLAN_EXECUTING": _plan("工作要点开始执行", "《{title}》开始执行，各项任务的进度将自动统计。"),
    "PLAN_RETURNED": _plan("工作要点退回", "《{title}》由区委退回修改：{reason}"),
    "PLAN_PROGRESSED": _plan(
        "年度任务进度", "{year}年度任务“{phrase}”已完成{done}项，目标{target}项。"
    ),
    "PLAN_TARGET_REACHED": _plan(
        "年度任务完成", "{year}年度任务“{phrase}”已完成{done}项，达到目标{target}项。"
    ),
}
