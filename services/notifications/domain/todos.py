"""To-dos: their kinds, and how opening and closing facts meet in any order (decision 19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.contracts import names
from shared.labels import Labelled

PART = "#"  # stands in no id
EVERYONE = "*"  # the assignee under whom a closing for all assignees is noted


class TodoKind(Labelled):
    """待办种类。What is to be done."""

    COSIGN_ANSWER = "COSIGN_ANSWER", "答复联名邀请", "Answer an invitation to co-sign"
    COSIGN_RECONFIRM = (
        "COSIGN_RECONFIRM",
        "重新确认联名",
        "Confirm again after a change of the text",
    )
    SHORTFALL_DECISION = (
        "SHORTFALL_DECISION",
        "联名不足待决定",
        "Decide what follows from too few co-signers",
    )
    CONFIRM_ENTRY = "CONFIRM_ENTRY", "确认代录提案", "Confirm a proposal entered on one's behalf"
    SEAL = "SEAL", "集体提案盖章确认", "Seal a collective proposal"
    AUTHOR_ANSWER = "AUTHOR_ANSWER", "确认执笔人", "Confirm being named an author"
    RESUBMIT = "RESUBMIT", "修改后重新提交", "Revise and submit again"
    REVIEW = "REVIEW", "审查提案", "Review a proposal"
    FIRST_REVIEW = "FIRST_REVIEW", "提出初审意见", "Leave a first review"
    COMMITTEE_COMMENT = "COMMITTEE_COMMENT", "对口提出意见", "Comment on a proposal of the field"
    FILING_DECISION = "FILING_DECISION", "立案决定", "Decide on filing"
    WITHDRAWAL_DECISION = "WITHDRAWAL_DECISION", "撤案申请审批", "Decide on a request to withdraw"
    ROLE_APPROVAL = "ROLE_APPROVAL", "授权审批", "Approve a role"
    RESET_APPROVAL = "RESET_APPROVAL", "密码重置审批", "Approve a password reset"
    SETTING_APPROVAL = "SETTING_APPROVAL", "设置调整审批", "Approve a change of a setting"
    APPEAL_DECISION = "APPEAL_DECISION", "复议决定", "Decide on an appeal"
    APPEAL_CONFIRMATION = "APPEAL_CONFIRMATION", "确认复议决定", "Confirm the decision on an appeal"
    REFERRAL_CONSENT = (
        "REFERRAL_CONSENT",
        "答复送阅、转信征询",
        "Agree that others get what was not filed",
    )
    REFERRAL_RECEIPT = "REFERRAL_RECEIPT", "确认收到送阅件", "Confirm what was sent for reference"
    ASSIGNMENT_PLAN = "ASSIGNMENT_PLAN", "提出交办方案", "Propose an assignment"
    ASSIGNMENT_DECISION = "ASSIGNMENT_DECISION", "决定交办方案", "Decide on an assignment"
    RECEIVE = "RECEIVE", "签收承办件", "Sign for a case"
    CO_OPINION = "CO_OPINION", "提交会办意见", "Give a co-handling opinion"
    REPLY = "REPLY", "办理并答复", "Handle and reply"
    SIGN_OFF = "SIGN_OFF", "签发答复", "Sign a reply"
    REPLY_CHECK = "REPLY_CHECK", "审核答复", "Check a reply"
    DELIVER = "DELIVER", "送达答复", "Deliver a reply"
    SWAP_CONSENT = "SWAP_CONSENT", "答复主办会办互换", "Consent to changing places"
    OBJECTION_DECISION = "OBJECTION_DECISION", "答复提案委异议", "Answer an objection"
    OPENNESS_DECISION = (
        "OPENNESS_DECISION",
        "决定答复公开方式",
        "Decide how much of a reply is public",
    )
    EVALUATE = "EVALUATE", "评价答复", "Evaluate a reply"
    RETURN_DECISION = "RETURN_DECISION", "决定退办申请", "Decide on a return"
    DISPUTE_STATEMENT = (
        "DISPUTE_STATEMENT",
        "提交承办争议说明",
        "State the unit's side of a dispute",
    )
    REPLACE_UNIT = (
        "REPLACE_UNIT",
        "改派撤销单位的承办件",
        "Give a dissolved unit's share to another",
    )
    EXTENSION_DECISION = "EXTENSION_DECISION", "审批延期申请", "Decide on more time"
    MEDIATION = "MEDIATION", "主持三方面商", "Lead a mediation"
    COMMITMENT_DECISION = (
        "COMMITMENT_DECISION",
        "决定未兑现的承诺",
        "Decide on a promise that was not kept",
    )
    COMMITMENT_CLAIM = (
        "COMMITMENT_CLAIM",
        "核实承诺兑现情况",
        "Recognise whether a promise is kept",
    )
    SUPPLEMENT = "SUPPLEMENT", "研究补充意见", "Consider a supplementary opinion"
    KEY_SELECTION = "KEY_SELECTION", "决定重点提案", "Decide on a key proposal"
    KEY_LEADER = "KEY_LEADER", "确定领办督办领导", "Name who leads a key proposal"
    PLAGIARISM_DECISION = "PLAGIARISM_DECISION", "提出抄袭认定意见", "Decide on plagiarism"
    PLAGIARISM_CONFIRMATION = (
        "PLAGIARISM_CONFIRMATION",
        "确认抄袭认定意见",
        "Confirm a decision on plagiarism",
    )
    APPRAISAL_VOTE = "APPRAISAL_VOTE", "民主评议投票", "Vote in an appraisal"
    APPRAISAL_REPORT = "APPRAISAL_REPORT", "提交评议汇报", "Hand in a report for an appraisal"
    APPRAISAL_PUBLICATION = (
        "APPRAISAL_PUBLICATION",
        "公布评议结果",
        "Publish an appraisal's figures",
    )
    POINTS_REQUEST = "POINTS_REQUEST", "复核人工记分", "Decide on points by hand"
    POINTS_APPEAL = "POINTS_APPEAL", "答复积分申诉", "Answer an appeal on points"
    RULES_DECISION = "RULES_DECISION", "审定积分办法", "Decide on scoring rules"
    LATE_CHANGE = "LATE_CHANGE", "审定封存后变动", "Decide on a change after the freeze"
    PROFILE_CHANGE = "PROFILE_CHANGE", "确认委员资料变更", "Decide on a change of a profile"
    REMOVAL_REVIEW = "REMOVAL_REVIEW", "审议缺席委员", "Review of a member absent too often"
    TALK = "TALK", "履职谈话", "Talk with a member after a weak year"
    STUDY_PLAN_DECISION = "STUDY_PLAN_DECISION", "审定学习计划", "Decide on the year's study plan"
    PAPER_DECISION = "PAPER_DECISION", "审定学习文章", "Judge a paper"
    MATERIAL_REVIEW = "MATERIAL_REVIEW", "审核学习资料", "Review a material"
    DEPARTMENT_ANSWER = "DEPARTMENT_ANSWER", "答复委员提问", "Answer a member's question"
    LINKS_DECISION = "LINKS_DECISION", "审定联系安排", "Decide on contact links"
    ORPHAN_LINK = "ORPHAN_LINK", "落实联系人", "Find a contact for a member"
    LEAD_ANSWER = "LEAD_ANSWER", "办理转办线索", "Deal with a matter that was forwarded"
    INSTRUCTION_REPORT = "INSTRUCTION_REPORT", "汇报上级指导", "Report on an instruction"
    VISITOR_MATTER = "VISITOR_MATTER", "转办或答复来访", "Forward or answer a visitor's matter"
    ACTIVITY_DECISION = "ACTIVITY_DECISION", "审核活动申请", "Decide on an activity"
    ACTIVITY_REVISION = "ACTIVITY_REVISION", "修改活动申请", "Change what was applied for"
    ACTIVITY_HELP = "ACTIVITY_HELP", "答复协助请求", "Answer a request for help"
    ACTIVITY_COMPLETION = "ACTIVITY_COMPLETION", "办理活动履职关闭", "Complete an activity"
    HOME_DUTY_CONFIRMATION = "HOME_DUTY_CONFIRMATION", "确认值班", "Confirm a day on duty"
    HOME_BOOKING = "HOME_BOOKING", "接待预约群众", "Receive a visitor who booked"
    CONFERENCE_ITEM_ACCEPTANCE = (
        "CONFERENCE_ITEM_ACCEPTANCE",
        "受理联席会议事项",
        "Accept an item, with owner and date",
    )
    CONFERENCE_ITEM_ANSWER = "CONFERENCE_ITEM_ANSWER", "答复联席会议事项", "Answer an item"
    CONFERENCE_ITEM_CLOSING = (
        "CONFERENCE_ITEM_CLOSING",
        "评价联席会议事项",
        "Judge the answer to an item",
    )
    BRIEFING_RECEIPT = "BRIEFING_RECEIPT", "签收工作通报", "Confirm a work briefing"
    OUTCOME_ITEMS = "OUTCOME_ITEMS", "登记成果意见", "Write the opinion items of a file down"
    OUTCOME_REFERRAL = "OUTCOME_REFERRAL", "转办成果意见", "Refer an opinion item"
    OUTCOME_ANSWER = "OUTCOME_ANSWER", "答复成果意见", "Answer an opinion item"
    OUTCOME_REASON = "OUTCOME_REASON", "认定未采纳理由", "Judge why an item was not adopted"
    OUTCOME_PROGRESS = "OUTCOME_PROGRESS", "落实成果意见", "Carry an opinion item out"
    OUTCOME_VERIFICATION = "OUTCOME_VERIFICATION", "核实落实情况", "Verify on the spot"
    OUTCOME_CLOSING = "OUTCOME_CLOSING", "办结成果意见", "Close what is verified"
    OUTCOME_TRACKING = "OUTCOME_TRACKING", "年度跟踪成果", "Track an item once a year"
    OUTCOME_SUMMARY = "OUTCOME_SUMMARY", "报送年度成果综述", "Send the year's summary of outcomes"
    OUTCOME_INSPECTION = "OUTCOME_INSPECTION", "列入视察计划", "Plan an inspection of it"
    SUPERVISION_APPROVAL = "SUPERVISION_APPROVAL", "审批专项监督", "Approve a special supervision"
    SUPERVISION_SIGNATURE = "SUPERVISION_SIGNATURE", "签发监督意见", "Sign a supervision opinion"
    SUPERVISION_FEEDBACK = "SUPERVISION_FEEDBACK", "整改并反馈监督意见", "Rectify, and feed back"
    SUPERVISION_RECHECK = "SUPERVISION_RECHECK", "回头看", "Re-check"
    SUPERVISION_PARTY_REPORT = (
        "SUPERVISION_PARTY_REPORT",
        "向区委报告整改情况",
        "Report to the Party committee",
    )
    SUPERVISION_CLOSING = "SUPERVISION_CLOSING", "办结专项监督", "Close a supervision"
    SUPERVISION_REPORT_DECISION = (
        "SUPERVISION_REPORT_DECISION",
        "审定监督报告",
        "Decide on a supervision report",
    )
    FINDING_CONFIRMATION = "FINDING_CONFIRMATION", "确认监督发现的问题", "Confirm a finding"
    FINDING_ASSIGNMENT = "FINDING_ASSIGNMENT", "交办监督发现的问题", "Assign a finding"
    FINDING_RECTIFICATION = "FINDING_RECTIFICATION", "整改监督发现的问题", "Rectify a finding"
    FINDING_VERIFICATION = "FINDING_VERIFICATION", "核实问题整改", "Verify a finding"
    SUPERVISOR_DECISION = (
        "SUPERVISOR_DECISION",
        "聘任民主监督员",
        "Decide on a nominated supervisor",
    )
    CONTENT_FIRST_REVIEW = "CONTENT_FIRST_REVIEW", "初审宣传稿件", "First review of a manuscript"
    CONTENT_SECOND_REVIEW = "CONTENT_SECOND_REVIEW", "复审宣传稿件", "Second review"
    CONTENT_FINAL_REVIEW = "CONTENT_FINAL_REVIEW", "终审宣传稿件", "Third review of a manuscript"
    CONTENT_CONSENT = "CONTENT_CONSENT", "同意宣传本人的稿件", "Agree to a text that shows oneself"
    CONTENT_PLACING = "CONTENT_PLACING", "安排稿件发布渠道", "Plan the channels of a manuscript"
    CONTENT_FAILURE = "CONTENT_FAILURE", "处理稿件发布失败", "See to a channel that failed"
    DEBRIEFING_REPORT = "DEBRIEFING_REPORT", "提交述职报告", "Hand in a debriefing report"
    OPINION_DRAFT = "OPINION_DRAFT", "完善并提交社情民意", "Complete a draft that was turned over"
    OPINION_EDIT = "OPINION_EDIT", "编辑社情民意", "Edit an item of public opinion"
    OPINION_REVISION = "OPINION_REVISION", "修改社情民意", "Revise an item that was returned"
    OPINION_SIGN = "OPINION_SIGN", "签发社情民意", "Sign an item"
    OPINION_DELIVERY = "OPINION_DELIVERY", "报送社情民意", "Deliver an issue"
    OPINION_RECEIPT = "OPINION_RECEIPT", "签收社情民意", "Confirm the receipt of an issue"
    OPINION_REFERRAL = "OPINION_REFERRAL", "转办领导批示", "Refer what a leader has instructed on"
    OPINION_RESULT = "OPINION_RESULT", "反馈社情民意办理结果", "Give a unit's result"
    OPINION_CLOSING = "OPINION_CLOSING", "办结社情民意", "Close an item"
    TOPIC_DECISION = "TOPIC_DECISION", "研究协商议题", "Decide on a topic that was proposed"
    CONSULTATION_PLAN_REVIEW = (
        "CONSULTATION_PLAN_REVIEW",
        "审议年度协商计划",
        "Review the annual consultation plan",
    )
    CONSULTATION_PLAN_DECISION = (
        "CONSULTATION_PLAN_DECISION",
        "登记党委审定的协商计划",
        "Record what the Party committee decided on the plan",
    )
    CONSULTATION_PLAN_PUBLICATION = (
        "CONSULTATION_PLAN_PUBLICATION",
        "公布年度协商计划",
        "Publish the annual consultation plan",
    )
    CONSULTATION_PREPARATION = (
        "CONSULTATION_PREPARATION",
        "筹备协商",
        "Prepare a consultation",
    )
    CONSULTATION_TURN = "CONSULTATION_TURN", "书面协商发言", "Take one's turn"
    CONSULTATION_REPORT = "CONSULTATION_REPORT", "报送协商专报", "Report on a consultation"
    CONSULTATION_FEEDBACK = (
        "CONSULTATION_FEEDBACK",
        "反馈协商成果采纳情况",
        "Give feedback on a consultation",
    )
    VIEW_MODERATION = "VIEW_MODERATION", "审核群众意见", "Moderate views of the public"
    RESEARCH_DECISION = "RESEARCH_DECISION", "审定调研报告", "Decide on a research report"
    MOTION_REVIEW = "MOTION_REVIEW", "审议建议案", "Review a motion"
    MOTION_REVISION = "MOTION_REVISION", "修改建议案", "Revise a motion"
    MOTION_ADOPTION = "MOTION_ADOPTION", "建议案提请常委会议", "Have a motion adopted"
    MOTION_FEEDBACK = "MOTION_FEEDBACK", "反馈建议案采纳情况", "Give feedback on a motion"
    GOOD_OPINION_DECISION = (
        "GOOD_OPINION_DECISION",
        "评定优秀社情民意",
        "Decide on a good item of the year",
    )
    MEETING_ANSWER = "MEETING_ANSWER", "答复会议通知", "Answer an invitation to a meeting"
    LEAVE_DECISION = "LEAVE_DECISION", "审批会议请假", "Decide on leave of a meeting"
    DOCUMENT_CHECK = "DOCUMENT_CHECK", "核稿", "Check a draft"
    DOCUMENT_COUNTERSIGN = "DOCUMENT_COUNTERSIGN", "会签公文", "Countersign a document"
    DOCUMENT_SIGN = "DOCUMENT_SIGN", "签发公文", "Sign a document"
    DOCUMENT_ISSUE = "DOCUMENT_ISSUE", "编号印发公文", "Number and issue a document"
    DOCUMENT_RECEIPT = "DOCUMENT_RECEIPT", "公文回执", "Give a read receipt"
    DOCUMENT_REGISTER = "DOCUMENT_REGISTER", "登记来文", "Register an incoming document"
    DOCUMENT_ROUTE = "DOCUMENT_ROUTE", "拟办来文", "Propose how to handle a document"
    DOCUMENT_INSTRUCT = "DOCUMENT_INSTRUCT", "批办来文", "Instruct on a document"
    DOCUMENT_DISTRIBUTE = "DOCUMENT_DISTRIBUTE", "分送来文", "Circulate a document or hand it on"
    DOCUMENT_READ = "DOCUMENT_READ", "传阅来文", "Read a circulated document"
    DOCUMENT_HANDLE = "DOCUMENT_HANDLE", "承办来文", "Handle a document"
    PLAN_REWORK = "PLAN_REWORK", "修改工作要点", "Rework the annual plan"
    AFFAIR = "AFFAIR", "办理事项", "Do an affair"
    AFFAIR_RATING = "AFFAIR_RATING", "评价事项", "Rate an affair"


@dataclass(frozen=True, slots=True)
class TodoText:
    """A kind's sentence with `{field}` of the event; `subject_field` is the id it links to.

    `part` names a field that tells several to-dos of one record and assignee apart; `together` is
    added where the case has others merged into it.
    """

    text: str
    link_kind: str = "PROPOSAL"
    subject_field: str = "proposal_id"
    part: str | None = None
    together: str = ""

    def sentence(self, data: Mapping[str, Any]) -> str:
        """What it says of this fact, its fields still to be filled in."""
        return self.text + (self.together if data.get("followers") else "")

    def subject(self, data: Mapping[str, Any]) -> str:
        """What the to-do is about: an id, or `id#part`."""
        subject = str(data[self.subject_field])
        return f"{subject}{PART}{data[self.part]}" if self.part else subject


OPINION = ("OPINION", "opinion_id")  # link and subject
CONSULTATION = ("CONSULTATION", "consultation_id")
CONTENT = ("PUBLICITY_CONTENT", "content_id")
CONSULTATION_PLAN = ("CONSULTATION_PLAN", "plan_id")
MOTION = ("MOTION", "motion_id")
TODO_TEXTS: dict[TodoKind, TodoText] = {
    TodoKind.COSIGN_ANSWER: TodoText("请确认或谢绝联名：《{title}》"),
    TodoKind.COSIGN_RECONFIRM: TodoText("内容有修改，请重新确认联名：《{title}》"),
    TodoKind.SHORTFALL_DECISION: TodoText("请决定是否改为个人提案：《{title}》"),
    TodoKind.CONFIRM_ENTRY: TodoText("请核对并确认代录的提案：《{title}》"),
    TodoKind.SEAL: TodoText("请盖章确认集体提案：《{title}》"),
    TodoKind.AUTHOR_ANSWER: TodoText("请确认或谢绝被列为集体提案执笔人：《{title}》"),
    TodoKind.REPLACE_UNIT: TodoText("承办单位已撤销，请确定由谁承接：《{title}》"),
    TodoKind.RESUBMIT: TodoText("请按审查意见修改后重新提交：《{title}》"),
    TodoKind.REVIEW: TodoText("请审查提案：《{title}》"),
    TodoKind.FIRST_REVIEW: TodoText("请提出初审意见：《{title}》"),
    TodoKind.COMMITTEE_COMMENT: TodoText("请对本领域的提案提出意见：《{title}》"),
    TodoKind.FILING_DECISION: TodoText("请决定是否立案：《{title}》"),
    TodoKind.WITHDRAWAL_DECISION: TodoText("请审批撤案申请：《{title}》"),
    TodoKind.ROLE_APPROVAL: TodoText("请审批角色授权：{role}", "ROLE_GRANT", "grant_id"),
    TodoKind.RESET_APPROVAL: TodoText("请审批有审批权账号的密码重置申请", "ACCOUNT", "account_id"),
    TodoKind.SETTING_APPROVAL: TodoText("请审批设置调整：{label}", "SETTING_CHANGE", "change_id"),
    TodoKind.APPEAL_DECISION: TodoText("请决定不予立案的复议：《{title}》"),
    TodoKind.APPEAL_CONFIRMATION: TodoText("请确认复议决定：《{title}》"),
    TodoKind.REFERRAL_CONSENT: TodoText("请答复是否同意将未立案的提案送阅或转为来信：《{title}》"),
    TodoKind.REFERRAL_RECEIPT: TodoText("请确认收到送阅的提案：《{title}》"),
    TodoKind.ASSIGNMENT_PLAN: TodoText("请提出交办方案：《{title}》"),
    TodoKind.ASSIGNMENT_DECISION: TodoText("请决定交办方案：《{title}》"),
    TodoKind.RECEIVE: TodoText("请签收承办件：《{title}》", together="（含并案{followers}件）"),
    TodoKind.CO_OPINION: TodoText("请向主办单位提交会办意见：《{title}》"),
    TodoKind.REPLY: TodoText("请办理并答复提案：《{title}》"),
    TodoKind.SIGN_OFF: TodoText("请签发提案答复：《{title}》"),
    TodoKind.REPLY_CHECK: TodoText("请审核提案答复：《{title}》", part="unit"),
    TodoKind.DELIVER: TodoText("答复已审核通过，请送达提案人：《{title}》"),
    TodoKind.SWAP_CONSENT: TodoText("请答复是否同意主办、会办单位互换：《{title}》"),
    TodoKind.OBJECTION_DECISION: TodoText("请答复提案委的异议：《{title}》", part="objection_no"),
    TodoKind.OPENNESS_DECISION: TodoText("请决定答复的公开方式：《{title}》", part="reply_no"),
    TodoKind.EVALUATE: TodoText("请评价提案办理和答复：《{title}》"),
    TodoKind.RETURN_DECISION: TodoText("请决定退办申请：《{title}》", part="unit"),
    TodoKind.DISPUTE_STATEMENT: TodoText("请就承办争议提交书面说明：《{title}》"),
    TodoKind.EXTENSION_DECISION: TodoText("请审批延期申请：《{title}》", part="unit"),
    TodoKind.MEDIATION: TodoText("请主持三方面商：《{title}》"),
    TodoKind.COMMITMENT_DECISION: TodoText("请决定未兑现的承诺：《{title}》", part="commitment_no"),
    TodoKind.COMMITMENT_CLAIM: TodoText(
        "请核实承办单位报告已兑现的承诺：《{title}》", part="commitment_no"
    ),
    TodoKind.SUPPLEMENT: TodoText(
        "请研究委员的补充意见，决定是否再次办理：《{title}》", part="supplement_no"
    ),
    TodoKind.KEY_SELECTION: TodoText("请决定是否列为重点提案：《{title}》"),
    TodoKind.KEY_LEADER: TodoText("请确定重点提案的领办督办领导：《{title}》"),
    TodoKind.PLAGIARISM_DECISION: TodoText("请就反映的抄袭问题提出认定意见：《{title}》"),
    TodoKind.PLAGIARISM_CONFIRMATION: TodoText("请确认抄袭认定意见：《{title}》"),
    TodoKind.APPRAISAL_VOTE: TodoText("请参加民主评议投票：{title}", "APPRAISAL", "appraisal_id"),
    TodoKind.APPRAISAL_REPORT: TodoText("请提交民主评议汇报：{title}", "APPRAISAL", "appraisal_id"),
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
    TodoKind.OUTCOME_ITEMS: TodoText("请登记“{title}”的各条意见", "OUTCOME", "outcome_id"),
    TodoKind.OUTCOME_REFERRAL: TodoText(
        "请转办或答复“{title}”的一条意见", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_ANSWER: TodoText("请答复“{title}”的一条意见", "OUTCOME_ITEM", "item_id"),
    TodoKind.OUTCOME_REASON: TodoText(
        "请认定“{title}”一条意见的未采纳理由", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_PROGRESS: TodoText(
        "请落实“{title}”的一条意见并报告", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_VERIFICATION: TodoText(
        "请核实“{title}”一条意见的落实情况", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_CLOSING: TodoText(
        "“{title}”的一条意见已核实，请办结", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_TRACKING: TodoText(
        "“{title}”的一条意见{year}年尚无跟踪记录，请回访", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.OUTCOME_SUMMARY: TodoText(
        "请向区委、区政府和下一次全体会议报送{year}年成果综述", "OUTCOME_SUMMARY", "summary_id"
    ),
    TodoKind.OUTCOME_INSPECTION: TodoText(
        "“{title}”的一条意见逾期，请列入{inspect_in}年视察计划", "OUTCOME_ITEM", "item_id"
    ),
    TodoKind.SUPERVISION_APPROVAL: TodoText(
        "请审批列入计划的专项监督：{title}", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_SIGNATURE: TodoText(
        "请签发“{title}”的监督意见", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_FEEDBACK: TodoText(
        "请就“{title}”的监督意见整改并反馈", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_RECHECK: TodoText(
        "请对“{title}”进行回头看", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_PARTY_REPORT: TodoText(
        "请就“{title}”的整改情况报告区委", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_CLOSING: TodoText(
        "“{title}”回头看通过，请办结", "SUPERVISION", "supervision_id"
    ),
    TodoKind.SUPERVISION_REPORT_DECISION: TodoText(
        "请审定“{title}”的监督报告", "SUPERVISION", "supervision_id"
    ),
    TodoKind.FINDING_CONFIRMATION: TodoText(
        "请确认“{title}”发现的一个问题", "SUPERVISION_FINDING", "finding_id"
    ),
    TodoKind.FINDING_ASSIGNMENT: TodoText(
        "请交办“{title}”的一个问题", "SUPERVISION_FINDING", "finding_id"
    ),
    TodoKind.FINDING_RECTIFICATION: TodoText(
        "请整改“{title}”的一个问题并报告", "SUPERVISION_FINDING", "finding_id"
    ),
    TodoKind.FINDING_VERIFICATION: TodoText(
        "请现场核实“{title}”一个问题的整改", "SUPERVISION_FINDING", "finding_id"
    ),
    TodoKind.SUPERVISOR_DECISION: TodoText(
        "请决定推荐的民主监督员人选", "SUPERVISOR", "supervisor_id"
    ),
    TodoKind.DEBRIEFING_REPORT: TodoText(
        "请为“{title}”提交述职报告", "DEBRIEFING", "debriefing_id"
    ),
    TodoKind.CONTENT_FIRST_REVIEW: TodoText("请初审稿件《{title}》", *CONTENT),
    TodoKind.CONTENT_SECOND_REVIEW: TodoText("请复审稿件《{title}》", *CONTENT),
    TodoKind.CONTENT_FINAL_REVIEW: TodoText("请终审稿件《{title}》", *CONTENT),
    TodoKind.CONTENT_CONSENT: TodoText("请决定是否同意发布介绍您的稿件《{title}》", *CONTENT),
    TodoKind.CONTENT_PLACING: TodoText("请安排稿件《{title}》的发布渠道", *CONTENT),
    TodoKind.CONTENT_FAILURE: TodoText("稿件《{title}》发布失败，请处理：{reason}", *CONTENT),
    TodoKind.LEAD_ANSWER: TodoText("请办理转来的线索：{title}", "LEAD", "lead_id"),
    TodoKind.INSTRUCTION_REPORT: TodoText(
        "请汇报上级指导的落实情况：{title}", "EXCHANGE", "exchange_id"
    ),
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
    TodoKind.OPINION_DRAFT: TodoText("请完善并提交社情民意信息：《{title}》", *OPINION),
    TodoKind.OPINION_EDIT: TodoText("请编辑社情民意信息：《{title}》", *OPINION),
    TodoKind.OPINION_REVISION: TodoText("请修改社情民意信息后重新提交：《{title}》", *OPINION),
    TodoKind.OPINION_SIGN: TodoText("请签发社情民意信息：《{title}》", *OPINION),
    TodoKind.OPINION_DELIVERY: TodoText("请报送{issue_no}：《{title}》", *OPINION),
    TodoKind.OPINION_RECEIPT: TodoText("请签收{issue_no}：《{title}》", *OPINION),
    TodoKind.OPINION_REFERRAL: TodoText("请转办领导批示的社情民意：《{title}》", *OPINION),
    TodoKind.OPINION_RESULT: TodoText("请反馈社情民意办理结果：《{title}》", *OPINION),
    TodoKind.OPINION_CLOSING: TodoText("请办结社情民意信息：《{title}》", *OPINION),
    TodoKind.TOPIC_DECISION: TodoText("请研究协商议题：“{title}”", *CONSULTATION),
    TodoKind.CONSULTATION_PLAN_REVIEW: TodoText("请审议：{title}", *CONSULTATION_PLAN),
    TodoKind.CONSULTATION_PLAN_DECISION: TodoText(
        "请报党委审定并登记：{title}", *CONSULTATION_PLAN
    ),
    TodoKind.CONSULTATION_PLAN_PUBLICATION: TodoText("请公布：{title}", *CONSULTATION_PLAN),
    TodoKind.CONSULTATION_PREPARATION: TodoText("请筹备协商：“{title}”", *CONSULTATION),
    TodoKind.CONSULTATION_TURN: TodoText("请在书面协商中发言：“{title}”", *CONSULTATION),
    TodoKind.CONSULTATION_REPORT: TodoText("请整理纪要并报送协商专报：“{title}”", *CONSULTATION),
    TodoKind.CONSULTATION_FEEDBACK: TodoText("请反馈{report_no}“{title}”的采纳情况", *CONSULTATION),
    TodoKind.VIEW_MODERATION: TodoText("请审核收到的群众意见", *CONSULTATION),
    TodoKind.RESEARCH_DECISION: TodoText("请审定调研报告：“{title}”", "RESEARCH", "report_id"),
    TodoKind.MOTION_REVIEW: TodoText("请审议建议案：《{title}》", *MOTION),
    TodoKind.MOTION_REVISION: TodoText("请修改建议案：《{title}》", *MOTION),
    TodoKind.MOTION_ADOPTION: TodoText("请将建议案提请常委会议：《{title}》", *MOTION),
    TodoKind.MOTION_FEEDBACK: TodoText("请反馈建议案{number}《{title}》的采纳情况", *MOTION),
    TodoKind.GOOD_OPINION_DECISION: TodoText("请评定{year}年度优秀社情民意：《{title}》", *OPINION),
    TodoKind.MEETING_ANSWER: TodoText(
        "请答复会议通知：{title}，{held_at}，{place}", "MEETING", "meeting_id"
    ),
    TodoKind.LEAVE_DECISION: TodoText("请审批会议请假：{title}", "MEETING", "meeting_id"),
    TodoKind.PROFILE_CHANGE: TodoText(
        "请确认委员（证号{member_no}）申请的资料变更", "MEMBER", "member_id"
    ),
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
    TodoKind.PLAN_REWORK: TodoText("请修改退回的《{title}》并重新报送", "WORK_PLAN", "plan_id"),
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
