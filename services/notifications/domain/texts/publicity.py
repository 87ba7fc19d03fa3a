"""The texts of messages of publicity."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _content(title: str, text: str) -> Template:
    return Template(Category.PUBLICITY, title, text, "PUBLICITY_CONTENT", "content_id")


def _interview(title: str, text: str) -> Template:
    return Template(Category.PUBLICITY, title, text, "PROPOSAL_INTERVIEW", "interview_id")


PUBLICITY: dict[str, Template] = {
    "CONTENT_RETURNED": _content("稿件退回修改", "《{title}》退回修改：{reason}。"),
    "CONTENT_APPROVED": _content("稿件审定", "《{title}》已经三审审定，将安排发布。"),
    "CONTENT_CONSENT_REFUSED": _content(
        "委员不同意宣传", "《{title}》介绍的委员不同意发布，请修改稿件。"
    ),
    "CONTENT_PUBLISHED": _content("稿件已发布", "《{title}》已发布，请查看。"),
    "CONTENT_CORRECTED": _content("稿件更正", "《{title}》已更正：{reason}。"),
    "CONTENT_TAKEN_DOWN": _content("稿件撤下", "《{title}》已撤下：{reason}。"),
    "INTERVIEW_PLANNED": _interview(
        "邀请参加提案访谈", "请您参加“{title}”访谈，{station}，计划于{planned_at}进行。"
    ),
    "INTERVIEW_AIRED": _interview("提案访谈已播出", "您参加的“{title}”访谈已由{station}播出。"),
}
