"""What a message says and is about, in general."""

from __future__ import annotations

from dataclasses import dataclass

from shared.labels import Labelled


class Category(Labelled, name="NotificationCategory"):
    """消息类别。What a message is about."""

    COSIGNATURE = "COSIGNATURE", "联名", "Co-signatures"
    PROPOSAL = "PROPOSAL", "提案", "Proposals"
    PERFORMANCE = "PERFORMANCE", "履职积分", "Performance points"
    MEETING = "MEETING", "会议", "Meetings"
    STUDY = "STUDY", "学习培训", "Study and training"
    OUTCOME = "OUTCOME", "成果转化", "Outcomes and their adoption"
    LIAISON = "LIAISON", "联络交流", "Liaison and exchange"
    OPINION = "OPINION", "社情民意", "Public opinion"
    CONSULTATION = "CONSULTATION", "协商议政", "Consultations and motions"
    SUPERVISION = "SUPERVISION", "民主监督", "Democratic supervision"
    PUBLICITY = "PUBLICITY", "宣传文史", "Publicity and history"
    DOCUMENT = "DOCUMENT", "公文", "Documents"
    AFFAIR = "AFFAIR", "办事", "Affairs"
    WORK_PLAN = "WORK_PLAN", "工作要点", "The annual work plan"
    MEMBERSHIP = "MEMBERSHIP", "委员资格", "Membership"
    ACCOUNT = "ACCOUNT", "账号安全", "The account and its roles"


@dataclass(frozen=True, slots=True)
class Template:
    """A message's texts with `{field}` for fields of the event, and the record it links to."""

    category: Category
    title: str
    text: str
    link_kind: str
    link_field: str


def proposal(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "PROPOSAL", "proposal_id")
