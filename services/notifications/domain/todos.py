"""To-dos: their kinds, and how opening and closing facts meet in any order (decision 19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.contracts import names

PART = "#"  # stands in no id
EVERYONE = "*"  # the assignee under whom a closing for all assignees is noted


class TodoKind(StrEnum):
    """What is to be done."""

    COSIGN_ANSWER = "COSIGN_ANSWER"
    COSIGN_RECONFIRM = "COSIGN_RECONFIRM"
    SHORTFALL_DECISION = "SHORTFALL_DECISION"
    CONFIRM_ENTRY = "CONFIRM_ENTRY"
    SEAL = "SEAL"
    RESUBMIT = "RESUBMIT"
    REVIEW = "REVIEW"
    FILING_DECISION = "FILING_DECISION"
    WITHDRAWAL_DECISION = "WITHDRAWAL_DECISION"
    ROLE_APPROVAL = "ROLE_APPROVAL"
    APPEAL_DECISION = "APPEAL_DECISION"
    APPEAL_CONFIRMATION = "APPEAL_CONFIRMATION"
    ASSIGNMENT_PLAN = "ASSIGNMENT_PLAN"
    ASSIGNMENT_DECISION = "ASSIGNMENT_DECISION"
    RECEIVE = "RECEIVE"
    CO_OPINION = "CO_OPINION"
    REPLY = "REPLY"
    SIGN_OFF = "SIGN_OFF"
    REPLY_CHECK = "REPLY_CHECK"
    DELIVER = "DELIVER"
    EVALUATE = "EVALUATE"
    RETURN_DECISION = "RETURN_DECISION"
    DISPUTE_STATEMENT = "DISPUTE_STATEMENT"
    EXTENSION_DECISION = "EXTENSION_DECISION"
    MEDIATION = "MEDIATION"
    COMMITMENT_DECISION = "COMMITMENT_DECISION"
    KEY_SELECTION = "KEY_SELECTION"
    KEY_LEADER = "KEY_LEADER"
    PLAGIARISM_DECISION = "PLAGIARISM_DECISION"
    PLAGIARISM_CONFIRMATION = "PLAGIARISM_CONFIRMATION"
    APPRAISAL_VOTE = "APPRAISAL_VOTE"
    APPRAISAL_PUBLICATION = "APPRAISAL_PUBLICATION"
    POINTS_REQUEST = "POINTS_REQUEST"
    POINTS_APPEAL = "POINTS_APPEAL"
    RULES_DECISION = "RULES_DECISION"
    LATE_CHANGE = "LATE_CHANGE"
    REMOVAL_REVIEW = "REMOVAL_REVIEW"
    TALK = "TALK"
    STUDY_PLAN_DECISION = "STUDY_PLAN_DECISION"
    PAPER_DECISION = "PAPER_DECISION"
    MATERIAL_REVIEW = "MATERIAL_REVIEW"
    DEPARTMENT_ANSWER = "DEPARTMENT_ANSWER"
    LINKS_DECISION = "LINKS_DECISION"
    ORPHAN_LINK = "ORPHAN_LINK"
    LEAD_ANSWER = "LEAD_ANSWER"
    VISITOR_MATTER = "VISITOR_MATTER"
    ACTIVITY_DECISION = "ACTIVITY_DECISION"
    ACTIVITY_REVISION = "ACTIVITY_REVISION"
    ACTIVITY_HELP = "ACTIVITY_HELP"
    ACTIVITY_COMPLETION = "ACTIVITY_COMPLETION"
    HOME_DUTY_CONFIRMATION = "HOME_DUTY_CONFIRMATION"
    HOME_BOOKING = "HOME_BOOKING"
    CONFERENCE_ITEM_ACCEPTANCE = "CONFERENCE_ITEM_ACCEPTANCE"
    CONFERENCE_ITEM_ANSWER = "CONFERENCE_ITEM_ANSWER"
    CONFERENCE_ITEM_CLOSING = "CONFERENCE_ITEM_CLOSING"
    BRIEFING_RECEIPT = "BRIEFING_RECEIPT"
    MEETING_ANSWER = "MEETING_ANSWER"
    LEAVE_DECISION = "LEAVE_DECISION"
    DOCUMENT_CHECK = "DOCUMENT_CHECK"
    DOCUMENT_COUNTERSIGN = "DOCUMENT_COUNTERSIGN"
    DOCUMENT_SIGN = "DOCUMENT_SIGN"
    DOCUMENT_ISSUE = "DOCUMENT_ISSUE"
    DOCUMENT_RECEIPT = "DOCUMENT_RECEIPT"
    DOCUMENT_REGISTER = "DOCUMENT_REGISTER"
    DOCUMENT_ROUTE = "DOCUMENT_ROUTE"
    DOCUMENT_INSTRUCT = "DOCUMENT_INSTRUCT"
    DOCUMENT_DISTRIBUTE = "DOCUMENT_DISTRIBUTE"
    DOCUMENT_READ = "DOCUMENT_READ"
    DOCUMENT_HANDLE = "DOCUMENT_HANDLE"
    AFFAIR = "AFFAIR"
    AFFAIR_RATING = "AFFAIR_RATING"


@dataclass(frozen=True, slots=True)
class TodoText:
    """A kind's sentence with `{field}` of the event; `subject_field` is the id it links to.

    `part` names a field that tells several to-dos of one record and assignee apart.
    """

    text: str
    link_kind: str = "PROPOSAL"
    subject_field: str = "proposal_id"
    part: str | None = None

    def subject(self, data: Mapping[str, Any]) -> str:
        """What the to-do is about: an id, or `id#part`."""
        subject = str(data[self.subject_field])
        return f"{subject}{PART}{data[self.part]}" if self.part else subject


TODO_TEXTS: dict[TodoKind, TodoText] = {
    TodoKind.COSIGN_ANSWER: TodoText("请确认或谢绝联名：《{title}》"),
    TodoKind.COSIGN_RECONFIRM: TodoText("内容有修改，请重新确认联名：《{title}》"),
    TodoKind.SHORTFALL_DECISION: TodoText("请决定是否改为个人提案：《{title}》"),
    TodoKind.CONFIRM_ENTRY: TodoText("请核对并确认代录的提案：《{title}》"),
    TodoKind.SEAL: TodoText("请盖章确认集体提案：《{title}》"),
    TodoKind.RESUBMIT: TodoText("请按审查意见修改后重新提交：《{title}》"),
    TodoKind.REVIEW: TodoText("请审查提案：《{title}》"),
    TodoKind.FILING_DECISION: TodoText("请决定是否立案：《{title}》"),
    TodoKind.WITHDRAWAL_DECISION: TodoText("请审批撤案申请：《{title}》"),
    TodoKind.ROLE_APPROVAL: TodoText("请审批角色授权：{role}", "ROLE_GRANT", "grant_id"),
    TodoKind.APPEAL_DECISION: TodoText("请决定不予立案的复议：《{title}》"),
    TodoKind.APPEAL_CONFIRMATION: TodoText("请确认复议决定：《{title}》"),
    TodoKind.ASSIGNMENT_PLAN: TodoText("请提出交办方案：《{title}》"),
    TodoKind.ASSIGNMENT_DECISION: TodoText("请决定交办方案：《{title}》"),
    TodoKind.RECEIVE: TodoText("请签收承办件：《{title}》"),
    TodoKind.CO_OPINION: TodoText("请向主办单位提交会办意见：《{title}》"),
    TodoKind.REPLY: TodoText("请办理并答复提案：《{title}》"),
    TodoKind.SIGN_OFF: TodoText("请签发提案答复：《{title}》"),
    TodoKind.REPLY_CHECK: TodoText("请审核提案答复：《{title}》", part="unit"),
    TodoKind.DELIVER: TodoText("答复已审核通过，请送达提案人：《{title}》"),
    TodoKind.EVALUATE: TodoText("请评价提案办理和答复：《{title}》"),
    TodoKind.RETURN_DECISION: TodoText("请决定退办申请：《{title}》", part="unit"),
    TodoKind.DISPUTE_STATEMENT: TodoText("请就承办争议提交书面说明：《{title}》"),
    TodoKind.EXTENSION_DECISION: TodoText("请审批延期申请：《{title}》", part="unit"),
    TodoKind.MEDIATION: TodoText("请主持三方面商：《{title}》"),
    TodoKind.COMMITMENT_DECISION: TodoText("请决定未兑现的承诺：《{title}》", part="commitment_no"),
    TodoKind.KEY_SELECTION: TodoText("请决定是否列为重点提案：《{title}》"),
    TodoKind.KEY_LEADER: TodoText("请确定重点提案的领办督办领导：《{title}》"),
    TodoKind.PLAGIARISM_DECISION: TodoText("请就反映的抄袭问题提出认定意见：《{title}》"),
    TodoKind.PLAGIARISM_CONFIRMATION: TodoText("请确认抄袭认定意见：《{title}》"),
    TodoKind.APPRAISAL_VOTE: TodoText("请参加民主评议投票：{title}", "APPRAISAL", "appraisal_id"),
    TodoKind.APPRAISAL_PUBLICATION: TodoText(
        "请公布民主评议结果：{title}", "APPRAISAL", "appraisal_id"
    ),
    TodoKind.POINTS_REQUEST: TodoText(
        "请复核人工记分：{year}年度，规则{rule_code}", "POINTS_REQUEST", "request_id"
    ),
    TodoKind.POINTS_APPEAL: TodoText("请答复{year}年度积分申诉", "POINTS_APPEAL", "appeal_id"),
    TodoKind.RULES_DECISION: TodoText(
        "请审定积分办法第{version}版，{active_from}起施行", "SCORING_RULES", "version"
    ),
    TodoKind.TALK: TodoText(
        "请与{year}年度待改进的委员谈话，并记录", "PERFORMANCE_TALK", "talk_id"
    ),
    TodoKind.STUDY_PLAN_DECISION: TodoText("请审定{year}年度学习计划", "STUDY_PLAN", "plan_id"),
    TodoKind.PAPER_DECISION: TodoText("请审定学习文章：{title}", "STUDY_PAPER", "paper_id"),
    TodoKind.MATERIAL_REVIEW: TodoText("请审核学习资料：{title}", "STUDY_MATERIAL", "material_id"),
    TodoKind.DEPARTMENT_ANSWER: TodoText(
        "请答复委员就知情通报提出的问题", "STUDY_QUESTION", "question_id"
    ),
    TodoKind.LINKS_DECISION: TodoText(
        "请审定联系安排（{size}对联系关系）", "CONTACT_LINK_PLAN", "plan_id"
    ),
    TodoKind.ORPHAN_LINK: TodoText("请为委员落实联系人", "MEMBER", "member_id"),
    TodoKind.LEAD_ANSWER: TodoText("请办理转来的社情民意线索：{title}", "LEAD", "lead_id"),
    TodoKind.VISITOR_MATTER: TodoText(
        "请转办或答复来访群众反映的情况", "RECEPTION", "reception_id"
    ),
    TodoKind.ACTIVITY_DECISION: TodoText("请审核活动申请：{title}", "ACTIVITY", "activity_id"),
    TodoKind.ACTIVITY_REVISION: TodoText("请修改活动申请：{title}", "ACTIVITY", "activity_id"),
    TodoKind.ACTIVITY_HELP: TodoText("请答复活动协助请求：{title}", "ACTIVITY", "activity_id"),
    TodoKind.ACTIVITY_COMPLETION: TodoText(
        "请确认参加情况并办理履职关闭：{title}", "ACTIVITY", "activity_id"
    ),
    TodoKind.HOME_DUTY_CONFIRMATION: TodoText(
        "请确认{held_at}在{home}的值班", "HOME_DUTY", "duty_id"
    ),
    TodoKind.HOME_BOOKING: TodoText(
        "请接待{held_at}预约到{home}的群众，并登记", "VISIT_BOOKING", "booking_id"
    ),
    TodoKind.CONFERENCE_ITEM_ACCEPTANCE: TodoText(
        "请受理联席会议事项：{title}", "CONFERENCE_ITEM", "item_id"
    ),
    TodoKind.CONFERENCE_ITEM_ANSWER: TodoText(
        "请答复联席会议事项：{title}", "CONFERENCE_ITEM", "item_id"
    ),
    TodoKind.CONFERENCE_ITEM_CLOSING: TodoText(
        "请对联席会议事项的答复作出评价：{title}", "CONFERENCE_ITEM", "item_id"
    ),
    TodoKind.BRIEFING_RECEIPT: TodoText("请签收工作通报：{title}", "BRIEFING", "briefing_id"),
    TodoKind.MEETING_ANSWER: TodoText(
        "请答复会议通知：{title}，{held_at}，{place}", "MEETING", "meeting_id"
    ),
    TodoKind.LEAVE_DECISION: TodoText("请审批会议请假：{title}", "MEETING", "meeting_id"),
    TodoKind.REMOVAL_REVIEW: TodoText(
        "请提请常委会审议：委员无故缺席达到规定次数", "REMOVAL_REVIEW", "review_id"
    ),
    TodoKind.LATE_CHANGE: TodoText(
        "请审定{year}年度封存后的积分变动", "PERFORMANCE_ENTRY", "entry_id"
    ),
    TodoKind.DOCUMENT_CHECK: TodoText("请核稿：《{title}》", "OUTGOING_DOCUMENT", "document_id"),
    TodoKind.DOCUMENT_COUNTERSIGN: TodoText(
        "请会签公文：《{title}》", "OUTGOING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_SIGN: TodoText("请签发公文：《{title}》", "OUTGOING_DOCUMENT", "document_id"),
    TodoKind.DOCUMENT_ISSUE: TodoText(
        "请编号并印发公文：《{title}》", "OUTGOING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_RECEIPT: TodoText(
        "请阅收公文并回执：{number}《{title}》", "OUTGOING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_REGISTER: TodoText(
        "请登记来文：《{title}》", "INCOMING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_ROUTE: TodoText(
        "请对来文提出拟办意见：《{title}》", "INCOMING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_INSTRUCT: TodoText(
        "请批办来文：《{title}》", "INCOMING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_DISTRIBUTE: TodoText(
        "请按批示传阅或交办来文：《{title}》", "INCOMING_DOCUMENT", "document_id"
    ),
    TodoKind.DOCUMENT_READ: TodoText("请阅来文：《{title}》", "INCOMING_DOCUMENT", "document_id"),
    TodoKind.DOCUMENT_HANDLE: TodoText(
        "请承办来文：《{title}》", "INCOMING_DOCUMENT", "document_id"
    ),
    TodoKind.AFFAIR: TodoText("请办理事项：{title}", "AFFAIR", "affair_id"),
    TodoKind.AFFAIR_RATING: TodoText("事项已办结，请评价：{title}", "AFFAIR", "affair_id"),
}


@dataclass(frozen=True, slots=True)
class TodoKey:
    """What makes a to-do one: what is asked, about which record, of whom."""

    kind: TodoKind
    subject: str
    assignee: str

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.subject}:{self.assignee}"

    def of(self, assignee: str) -> TodoKey:
        """The same to-do of another assignee."""
        return TodoKey(self.kind, self.subject, assignee)


@dataclass(frozen=True, slots=True)
class Opening:
    """A fact that makes a to-do wait; `version` is that of the aggregate whose fact it is."""

    key: TodoKey
    version: int
    text: str
    due_at: datetime | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """A fact that ends a to-do: of one assignee, or of EVERYONE who has it."""

    key: TodoKey
    version: int


@dataclass(slots=True)
class Todo:
    """One to-do, open while the newest fact about it is an opening.

    Only the highest versions of either side count, so that late, repeated and reordered facts
    leave the same to-do behind; of one write, the closing wins.
    """

    key: TodoKey
    term: int
    opened: int = 0
    closed: int = 0
    text: str = ""
    due_at: datetime | None = None
    opened_at: datetime | None = None
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list, compare=False)

    @property
    def is_open(self) -> bool:
        return self.opened > self.closed

    def open(self, opening: Opening, closed_for_everyone: int) -> None:
        """Wait for an answer, unless a later closing, own or for everyone, is known already."""
        before = self.is_open
        if opening.version > self.opened:
            self.opened = opening.version
            self.text = opening.text
            self.due_at = opening.due_at
            self.opened_at = opening.opened_at
        self.closed = max(self.closed, closed_for_everyone)
        self._record(before)

    def close(self, version: int) -> None:
        """End what was opened before `version`."""
        before = self.is_open
        self.closed = max(self.closed, version)
        self._record(before)

    def _record(self, before: bool) -> None:
        if self.is_open != before:
            change = {
                "todo_id": self.key.id,
                "assignee": self.key.assignee,
                "kind": self.key.kind.value,
                "state": "OPEN" if self.is_open else "DONE",
            }
            self.events.append((names.TODO_CHANGED, change))
