"""The Chinese texts of messages, and how values of an event read inside them.

No person is named: a message may reach a channel outside the platform, and names never travel in
events (decision 9). A proposal's title may stand in a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from services.notifications.domain.todos import TodoKind
from shared.labels import Labelled
from shared.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Category(Labelled, name="NotificationCategory"):
    """消息类别。What a message is about."""

    COSIGNATURE = "COSIGNATURE", "联名", "Co-signatures"
    PROPOSAL = "PROPOSAL", "提案", "Proposals"
    PERFORMANCE = "PERFORMANCE", "履职积分", "Performance points"
    MEETING = "MEETING", "会议", "Meetings"
    STUDY = "STUDY", "学习培训", "Study and training"
    LIAISON = "LIAISON", "联络交流", "Liaison and exchange"
    DOCUMENT = "DOCUMENT", "公文", "Documents"
    AFFAIR = "AFFAIR", "办事", "Affairs"
    WORK_PLAN = "WORK_PLAN", "工作要点", "The annual work plan"
    MEMBERSHIP = "MEMBERSHIP", "委员资格", "Membership"
    ACCOUNT = "ACCOUNT", "账号安全", "The account and its roles"


ROLE_LABELS = {role.value: role.label for role in Role}


@dataclass(frozen=True, slots=True)
class Template:
    """A message's texts with `{field}` for fields of the event, and the record it links to."""

    category: Category
    title: str
    text: str
    link_kind: str
    link_field: str


def _cosignature(title: str, text: str) -> Template:
    return Template(Category.COSIGNATURE, title, text, "PROPOSAL", "proposal_id")


def _proposal(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "PROPOSAL", "proposal_id")


def _appraisal(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "APPRAISAL", "appraisal_id")


def _inspection(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "INSPECTION", "inspection_id")


def _points(title: str, text: str) -> Template:
    return Template(Category.PERFORMANCE, title, text, "PERFORMANCE_ENTRY", "entry_id")


def _talk(title: str, text: str) -> Template:
    return Template(Category.PERFORMANCE, title, text, "PERFORMANCE_TALK", "talk_id")


def _rules(title: str, text: str) -> Template:
    return Template(Category.PERFORMANCE, title, text, "SCORING_RULES", "version")


def _year(title: str, text: str) -> Template:
    return Template(Category.PERFORMANCE, title, text, "POINTS_YEAR", "year")


def _appeal(title: str, text: str) -> Template:
    return Template(Category.PERFORMANCE, title, text, "POINTS_APPEAL", "appeal_id")


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


def _class(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "ROTATION_CLASS", "class_id")


def _paper(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_PAPER", "paper_id")


def _material(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_MATERIAL", "material_id")


def _study_plan(title: str, text: str) -> Template:
    return Template(Category.STUDY, title, text, "STUDY_PLAN", "plan_id")


def _link(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "CONTACT_LINK", "link_id")


def _contact(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "CONTACT_RECORD", "contact_id")


def _link_plan(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "CONTACT_LINK_PLAN", "plan_id")


def _activity(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "ACTIVITY", "activity_id")


def _duty(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "HOME_DUTY", "duty_id")


def _item(title: str, text: str) -> Template:
    return Template(Category.LIAISON, title, text, "CONFERENCE_ITEM", "item_id")


def _liaison(title: str, text: str, link_kind: str, link_field: str) -> Template:
    return Template(Category.LIAISON, title, text, link_kind, link_field)


def _membership(title: str, text: str) -> Template:
    return Template(Category.MEMBERSHIP, title, text, "MEMBER", "member_id")


def _account(title: str, text: str) -> Template:
    return Template(Category.ACCOUNT, title, text, "ACCOUNT", "account_id")


TEMPLATES: dict[str, Template] = {
    "COSIGN_INVITED": _cosignature(
        "联名邀请", "邀请您联名提案《{title}》，请在联名截止前确认或谢绝。"
    ),
    "COSIGN_CONFIRMED": _cosignature(
        "有委员确认联名", "提案《{title}》新增一位联名人，现有{confirmed_count}位已确认的联名人。"
    ),
    "COSIGN_DECLINED": _cosignature("有委员谢绝联名", "一位受邀委员谢绝联名提案《{title}》。"),
    "COSIGN_CANCELLED": _cosignature("联名邀请已取消", "提案《{title}》的联名邀请已由发起人取消。"),
    "COSIGN_EXPIRED": _cosignature(
        "联名已截止", "提案《{title}》的联名已截止，您未在截止前确认，不计入联名人。"
    ),
    "COSIGN_NONE_LEFT": _cosignature(
        "联名人数不足",
        "提案《{title}》目前没有已确认的联名人，不符合联名提案的要求，请邀请联名人或改为个人提案。",
    ),
    "COSIGN_WITHDRAWN": _cosignature(
        "有委员撤回联名",
        "提案《{title}》的一位联名人撤回联名，现有{confirmed_count}位已确认的联名人。",
    ),
    "COSIGN_RECONFIRM_NEEDED": _cosignature(
        "请重新确认联名",
        "您联名的提案《{title}》内容有修改，请查看修改之处并重新确认；未重新确认的不计入联名人。",
    ),
    "SHORTFALL_OPENED": _cosignature(
        "联名人数不足，请您决定",
        "提案《{title}》的联名人数已不符合联名提案的要求，请在{decide_by}前决定是否改为个人提案；"
        "逾期未决定的，系统将退回修改。",
    ),
    "ENTRY_CONFIRMATION_REQUESTED": _proposal(
        "请确认代录的提案", "提案委已按纸质件代您录入提案《{title}》，请核对并确认。"
    ),
    "SEAL_REQUESTED": _proposal("集体提案待确认", "集体提案《{title}》待您盖章确认。"),
    "COSIGN_WINDOW": _proposal(
        "重新开放联名", "提案《{title}》已重新开放联名，截至{window_until}。"
    ),
    "COSIGN_WINDOW_RECONFIRM": _proposal(
        "请重新确认联名", "提案《{title}》已重新开放联名，请在{window_until}前重新确认。"
    ),
    "SEALED": _proposal("集体提案已确认", "集体提案《{title}》已盖章确认。"),
    "PROPOSAL_SUBMITTED": _proposal(
        "提案已提交", "您提交的提案《{title}》已收到，流水号{serial_no}。"
    ),
    "COSIGNED_SUBMITTED": _proposal(
        "联名提案已提交", "您联名的提案《{title}》已提交，流水号{serial_no}。"
    ),
    "PROPOSAL_REVIEW_STARTED": _proposal("提案开始审查", "您提交的提案《{title}》已开始审查。"),
    "VERDICT_PROPOSED": _proposal("已有初审意见", "提案《{title}》初审建议{verdict}，请决定。"),
    "COMMITTEE_COMMENTED": _proposal("专委会已提出意见", "对口专委会已对提案《{title}》提出意见。"),
    "PROPOSAL_RETURNED": _proposal(
        "提案退回修改",
        "您提交的提案《{title}》已退回修改，请查看审查意见；重新征集联名截至{window_until}。",
    ),
    "PROPOSAL_FILED": _proposal("提案已立案", "您提交的提案《{title}》已立案，提案号{case_no}。"),
    "COSIGNED_FILED": _proposal(
        "联名提案已立案", "您联名的提案《{title}》已立案，提案号{case_no}。"
    ),
    "AUTHORED_FILED": _proposal(
        "执笔提案已立案", "您执笔的集体提案《{title}》已立案，提案号{case_no}。"
    ),
    "PROPOSAL_FILING_REVOKED": _proposal(
        "提案立案已撤销", "您提交的提案《{title}》的立案已撤销，转为重新审查。"
    ),
    "COSIGNED_FILING_REVOKED": _proposal(
        "联名提案立案已撤销", "您联名的提案《{title}》的立案已撤销，转为重新审查。"
    ),
    "PROPOSAL_WITHDRAWAL_REFUSED": _proposal(
        "撤案申请未获同意", "您提交的提案《{title}》的撤案申请未获同意，请查看理由。"
    ),
    "PROPOSAL_WITHDRAWN": _proposal("提案已撤案", "您提交的提案《{title}》已撤案。"),
    "COSIGNED_WITHDRAWN": _proposal("联名提案已撤案", "您联名的提案《{title}》已撤案。"),
    "PROPOSAL_NOT_FILED": _proposal(
        "提案未予立案",
        "您提交的提案《{title}》未予立案，请查看理由和处理方式；如有异议，可在{appeal_by}前申请复议。",
    ),
    "COSIGNED_NOT_FILED": _proposal("联名提案未予立案", "您联名的提案《{title}》未予立案。"),
    "REFERRAL_ASKED": _proposal(
        "请答复送阅、转信征询",
        "提案《{title}》未予立案，拟{disposition}；征得您同意后办理，请于{decide_by}前答复。",
    ),
    "REFERRAL_NOT_AGREED": _proposal(
        "提案人不同意送阅、转信", "提案人不同意将未立案的提案《{title}》{disposition}。"
    ),
    "REFERRED_TO_UNIT": _proposal(
        "收到送阅的提案", "提案《{title}》送贵单位参阅，请于{decide_by}前确认收到。"
    ),
    "REFERRED_AS_LETTER": _proposal(
        "提案已转为来信", "您的提案《{title}》已转政协办公室作委员来信办理，办结后答复您。"
    ),
    "REFERRAL_RECEIVED": _proposal(
        "参阅单位已收到提案", "您的提案《{title}》已由送阅单位确认收到。"
    ),
    "REFERRAL_ENDED": _proposal("送阅、转信终止", "提案《{title}》已重新审查，不再送阅。"),
    "APPEAL_DECIDED": _proposal(
        "复议已有决定", "您就提案《{title}》不予立案提出的复议已有决定，请查看。"
    ),
    "PROPOSAL_ASSIGNED": _proposal(
        "提案已交办", "您提交的提案《{title}》（{case_no}）已交承办单位办理，应于{due_at}前答复。"
    ),
    "COSIGNED_ASSIGNED": _proposal(
        "联名提案已交办", "您联名的提案《{title}》（{case_no}）已交承办单位办理。"
    ),
    "CASE_ASSIGNED": _proposal(
        "新的承办件", "提案《{title}》（{case_no}）交由贵单位办理，请在{sign_due_at}前签收。"
    ),
    "ASSIGNMENT_REFUSED": _proposal(
        "交办方案退回", "提案《{title}》的交办方案已退回，请查看理由后重新提出。"
    ),
    "CASE_ADDED": _proposal(
        "新的承办件", "提案《{title}》增加贵单位参与办理，请在{sign_due_at}前签收。"
    ),
    "UNIT_ADDED": _proposal("提案增加承办单位", "您提交的提案《{title}》增加了一家承办单位。"),
    "ASSIGNMENT_CHANGED": _proposal(
        "交办会调整了交办方案", "提案《{title}》（{case_no}）已交办，交办会调整了方案，请查看。"
    ),
    "ASSIGNMENT_DEEMED": _proposal(
        "承办件视同签收", "提案《{title}》逾期未签收，已视同签收，请抓紧办理。"
    ),
    "HANDLING_STARTED": _proposal("提案开始办理", "您提交的提案《{title}》已由承办单位签收办理。"),
    "CO_OPINION_GIVEN": _proposal("收到会办意见", "提案《{title}》的会办单位已提交会办意见。"),
    "CONTACT_RECORDED": _proposal(
        "承办单位登记了联系情况",
        "承办单位就提案《{title}》登记了{held_on}的联系情况，请确认；与实际不符的，可提出异议。",
    ),
    "CONTACT_DISPUTED": _proposal(
        "联系记录有异议", "提案人对提案《{title}》{held_on}的联系记录有异议，请查看。"
    ),
    "SIGN_OFF_REFUSED": _proposal(
        "答复签发退回", "提案《{title}》的答复未获签发，请修改后再送签。"
    ),
    "REPLY_REJECTED": _proposal(
        "答复审核退回", "提案《{title}》的答复审核未通过，请查看意见后重新拟写。"
    ),
    "REPLY_CHECKED": _proposal("答复审核通过", "提案《{title}》的答复已审核通过，请送达提案人。"),
    "REPLY_DELIVERED": _proposal(
        "收到一份答复", "您提交的提案《{title}》收到一家承办单位的答复（{doc_no}）。"
    ),
    "SWAP_PROPOSED": _proposal(
        "拟互换主办、会办单位",
        "提案《{title}》拟互换主办、会办（{reason}），请负责人答复。",
    ),
    "SWAP_REFUSED": _proposal(
        "不同意互换主办、会办单位", "有承办单位不同意互换提案《{title}》的主办、会办：{reason}。"
    ),
    "NOW_MAIN": _proposal("改为主办单位", "提案《{title}》改由贵单位主办，请在{due_at}前答复。"),
    "NOW_CO": _proposal(
        "改为会办单位", "提案《{title}》改由贵单位会办，请在{co_due_at}前提交会办意见。"
    ),
    "MAIN_CHANGED": _proposal("提案主办单位变更", "您提交的提案《{title}》已互换主办、会办单位。"),
    "PARTS_SWAPPED": _proposal("主办、会办单位已互换", "提案《{title}》的主办、会办单位已互换。"),
    "OBJECTION_ANSWERED": _proposal(
        "异议已答复", "督查部门已答复您对提案《{title}》提出的异议：{upheld}，{reason}。"
    ),
    "REPLY_OPENNESS": _proposal(
        "答复公开方式已定", "贵单位对提案《{title}》的答复的公开方式为：{openness}。"
    ),
    "PROPOSAL_REPLIED": _proposal(
        "提案已答复，请您评价", "提案《{title}》已答复，请在{evaluate_by}前评价办理态度和办理结果。"
    ),
    "COSIGNED_REPLIED": _proposal(
        "联名提案已答复", "您联名的提案《{title}》已答复，您也可以提交评价意见。"
    ),
    "EVALUATION_ASKED": _proposal(
        "请您评价提案答复", "您联名的提案《{title}》改由您评价，请在{evaluate_by}前完成。"
    ),
    "KEY_SELECTED": _proposal("提案列为重点提案", "您提交的提案《{title}》已列为重点提案。"),
    "COSIGNED_KEY_SELECTED": _proposal(
        "联名提案列为重点提案", "您联名的提案《{title}》已列为重点提案。"
    ),
    "KEY_SELECTED_OFFICE": _proposal(
        "确定重点提案", "提案《{title}》已列为重点提案，请协调领办督办。"
    ),
    "KEY_DESELECTED": _proposal("不再列为重点提案", "您提交的提案《{title}》不再列为重点提案。"),
    "COSIGNED_KEY_DESELECTED": _proposal(
        "联名提案不再列为重点提案", "您联名的提案《{title}》不再列为重点提案。"
    ),
    "KEY_LED": _proposal("重点提案确定领办督办领导", "重点提案《{title}》已确定领办督办领导。"),
    "CASE_KEY_LED": _proposal(
        "承办的重点提案确定领导", "贵单位承办的重点提案《{title}》已确定领办督办领导。"
    ),
    "KEY_MEETING_HELD": _proposal("重点提案督办会", "重点提案《{title}》于{held_on}召开了督办会。"),
    "KEY_DONE": _proposal("重点提案办结", "您提交的重点提案《{title}》已办结。"),
    "EXCELLENT_AWARDED": _proposal(
        "评为优秀提案", "您提交的提案《{title}》评为{year}年度优秀提案。"
    ),
    "COSIGNED_EXCELLENT": _proposal(
        "联名提案评为优秀提案", "您联名的提案《{title}》评为{year}年度优秀提案。"
    ),
    "AWARD_REVOKED": _proposal(
        "撤销优秀提案", "您提交的提案《{title}》的{year}年度优秀提案已撤销。"
    ),
    "COSIGNED_AWARD_REVOKED": _proposal(
        "撤销联名提案的优秀提案", "您联名的提案《{title}》的{year}年度优秀提案已撤销。"
    ),
    "PLAGIARISM_REPORTED": _proposal(
        "有人反映提案抄袭", "有人反映您提交的提案《{title}》抄袭，您可以陈述。"
    ),
    "PLAGIARISM_DISMISSED": _proposal(
        "不认定抄袭", "关于提案《{title}》的抄袭反映，经核实不予认定。"
    ),
    "PLAGIARISM_CONFIRMED": _proposal(
        "提案认定抄袭", "您提交的提案《{title}》认定抄袭，如有异议请在{appeal_by}前申诉。"
    ),
    "COSIGNED_PLAGIARISM": _proposal(
        "联名提案认定抄袭", "您联名的提案《{title}》认定抄袭，相应履职积分将冲销。"
    ),
    "PLAGIARISM_UPHELD": _proposal("维持抄袭认定", "关于提案《{title}》的申诉，经复核维持原认定。"),
    "PLAGIARISM_OVERTURNED": _proposal("撤销抄袭认定", "提案《{title}》的抄袭认定已撤销。"),
    "COSIGNED_OVERTURNED": _proposal(
        "联名提案撤销抄袭认定", "您联名的提案《{title}》的抄袭认定已撤销。"
    ),
    "TOPIC_GUIDE_PUBLISHED": Template(
        Category.PROPOSAL,
        "年度选题指南已发布",
        "{year}年度提案选题指南已发布，供撰写提案参考。",
        "TOPIC_GUIDE",
        "guide_id",
    ),
    "PROPOSAL_MERGED": _proposal(
        "提案已并案",
        "您提交的提案《{title}》与同类提案并案办理（{case_no}），答复后由您单独评价。",
    ),
    "COSIGNED_MERGED": _proposal(
        "联名提案已并案", "您联名的提案《{title}》与同类提案并案办理（{case_no}）。"
    ),
    "LEAD_NAMED": _proposal("提案改为主案", "您提交的提案《{title}》改为并案的主案（{case_no}）。"),
    "DISPUTE_OPENED": _proposal(
        "承办争议待裁定", "提案《{title}》第二次申请退办，请组织三方面商，报区领导裁定。"
    ),
    "DISPUTE_OPENED_STAFF": _proposal(
        "提案承办有争议", "提案《{title}》第二次申请退办，已提请区领导裁定。"
    ),
    "DISPUTE_STATED": _proposal(
        "收到承办争议说明", "提案《{title}》的承办单位已提交书面说明，请报区领导裁定。"
    ),
    "DISPUTE_DECIDED": _proposal("承办争议已裁定", "提案《{title}》的承办争议已由区领导裁定。"),
    "RETURN_REFUSED": _proposal(
        "退办申请未获同意", "提案《{title}》的退办申请未获同意，请抓紧办理。"
    ),
    "RETURN_ACCEPTED": _proposal("退办申请已同意", "提案《{title}》已改由其他单位办理。"),
    "CASE_REASSIGNED": _proposal("新的承办件", "提案《{title}》改由贵单位办理，请按期签收。"),
    "CASE_INHERITED": _proposal(
        "承接合并单位的提案", "提案《{title}》原由并入贵单位的单位承办，现由贵单位办理。"
    ),
    "EXTENSION_REFUSED": _proposal(
        "延期申请未获同意", "提案《{title}》的延期申请未获同意，请按期答复。"
    ),
    "EXTENDED": _proposal("延期申请已同意", "提案《{title}》的答复期限延至{due_at}。"),
    "PROPOSAL_EXTENDED": _proposal(
        "提案延期答复", "经批准，您提交的提案《{title}》的答复期限延至{due_at}。"
    ),
    "CO_OVERDUE": _proposal(
        "会办意见逾期", "提案《{title}》的会办意见应于{due_at}前提交，现已逾期。"
    ),
    "CO_OVERDUE_MAIN": _proposal("会办意见逾期", "提案《{title}》有会办单位逾期未提交会办意见。"),
    "CO_OVERDUE_OFFICE": _proposal(
        "会办意见逾期", "提案《{title}》有会办单位逾期未提交会办意见，请督促。"
    ),
    "CO_OPINION_REMINDER": _proposal(
        "会办意见将到期", "请于{due_at}前提交提案《{title}》的会办意见。"
    ),
    "DECISION_REMINDER": _proposal(
        "有事项待您决定", "提案《{title}》有事项待您决定：{about}，请在{due_at}前办理。"
    ),
    "UNDECIDED": _proposal(
        "待您决定的事项已影响期限",
        "提案《{title}》{due_at}到期的事项仍待您决定：{undecided}。期限不因待决而顺延，请尽快办理。",
    ),
    "RESUBMISSION_REMINDER": _proposal(
        "退回的提案即将按撤案处理",
        "您的提案《{title}》退回后尚未重新提交，{due_at}前仍未提交的，系统将按撤案处理。",
    ),
    "PROPOSAL_LAPSED": _proposal(
        "提案按撤案处理", "您的提案《{title}》退回后逾期未重新提交，系统已按撤案处理。"
    ),
    "REVIEW_LATE": _proposal("审查期限已到", "提案《{title}》应于{due_at}前完成审查。"),
    "ASSIGNMENT_LATE": _proposal("交办期限已到", "提案《{title}》应于{due_at}前交办。"),
    "REPLY_REMINDER": _proposal("答复将到期", "请于{due_at}前答复提案《{title}》。"),
    "REPLY_LATE": _proposal("答复已逾期", "提案《{title}》的答复已逾期{days_late}天，请尽快答复。"),
    "COMMITMENT_REMINDER": _proposal(
        "承诺将到期", "贵单位就提案《{title}》作出的承诺将于{due_at}到期，请做好二次答复准备。"
    ),
    "EVALUATION_REMINDER": _proposal(
        "请评价提案答复", "提案《{title}》的答复尚未评价，请于{due_at}前完成。"
    ),
    "REPLY_OVERDUE": _proposal(
        "答复逾期", "提案《{title}》应于{due_at}前答复，现已逾期，请尽快答复。"
    ),
    "REPLY_OVERDUE_OFFICE": _proposal("提案答复逾期", "提案《{title}》逾期未答复，请督促。"),
    "SUPERVISION_NOTICE": _proposal(
        "督办通知", "提案《{title}》逾期未答复或承诺未兑现，现予督办，请立即办理。"
    ),
    "SUPERVISION_NOTICE_OFFICE": _proposal("已发督办通知", "已就提案《{title}》发出督办通知。"),
    "OVERDUE_ESCALATED": _proposal(
        "逾期提请区领导", "提案《{title}》逾期{days_late}天未答复，已提请区领导并列入公布名单。"
    ),
    "OVERDUE_ESCALATED_OFFICE": _proposal(
        "逾期提请区领导", "提案《{title}》逾期{days_late}天未答复，请报区领导。"
    ),
    "SECOND_REPLY_DUE": _proposal(
        "启动二次答复", "您提交的提案《{title}》已启动二次答复，承办单位将再次答复您。"
    ),
    "SECOND_REPLY_ASKED": _proposal(
        "请作二次答复", "请于{due_at}前对提案《{title}》作出二次答复。"
    ),
    "PROPOSAL_REOPENED": _proposal("提案重新启动办理", "您提交的提案《{title}》已重新启动办理。"),
    "PROPOSAL_ESCALATED": _proposal(
        "提案提请督办", "您提交的提案《{title}》已提请督办，将由主席会议成员主持三方面商。"
    ),
    "CASE_ESCALATED": _proposal(
        "提案提请督办", "提案《{title}》已提请督办，请配合主席会议成员主持的三方面商。"
    ),
    "MEDIATION_HELD": _proposal("三方面商记录", "提案《{title}》于{held_on}召开了三方面商会。"),
    "SUPPLEMENT_SETTLED": _proposal(
        "补充意见已研究", "您对提案《{title}》的补充意见已经研究，不再次办理：{reason}。"
    ),
    "COMMITMENT_CLAIMED": _proposal(
        "承诺兑现待核实",
        "承办单位报告就提案《{title}》作出的承诺已兑现，尚待核实：{text}。",
    ),
    "COMMITMENT_MET": _proposal(
        "承诺已兑现", "承办单位就提案《{title}》作出的承诺已兑现：{text}。"
    ),
    "COMMITMENT_MISSED": _proposal(
        "承诺未兑现", "承办单位就提案《{title}》作出的承诺未按期兑现：{text}。"
    ),
    "COMMITMENT_MISSED_UNIT": _proposal(
        "承诺未兑现", "贵单位就提案《{title}》作出的承诺未按期兑现：{text}。"
    ),
    "COMMITMENT_CHANGED": _proposal(
        "承诺有变更", "承办单位就提案《{title}》作出的承诺有变更：{text}。"
    ),
    "COMMITMENT_RENEWED": _proposal(
        "承诺重定期限", "提案《{title}》的承诺（{text}）经批准改为{new_due_on}前完成。"
    ),
    "COMMITMENT_RELEASED": _proposal(
        "承诺已了结", "提案《{title}》的承诺（{text}）已说明理由了结。"
    ),
    "CLASS_RECOGNISED": _proposal(
        "办理结果类别已认定", "您提交的提案《{title}》的办理结果认定为{recognised_class}类。"
    ),
    "PROPOSAL_ARCHIVED": _proposal("提案已归档", "您提交的提案《{title}》已归档。"),
    "PROPOSAL_REHANDLED": _proposal(
        "提案将重新办理", "您提交的提案《{title}》将由承办单位重新办理。"
    ),
    "CASE_REHANDLED": _proposal(
        "提案需重新办理", "提案《{title}》需重新办理，请按期重新办理并再次答复。"
    ),
    "PROPOSAL_CLOSED": _proposal("提案已办结", "您提交的提案《{title}》已办结。"),
    "COSIGNED_CLOSED": _proposal("联名提案已办结", "您联名的提案《{title}》已办结。"),
    "CASE_CLOSED": _proposal(
        "提案已办结", "贵单位承办的提案《{title}》已办结，有委员评价的可查看。"
    ),
    # An entry's points are its base value: order and caps count only in the yearly score.
    "APPRAISAL_PLANNED": _appraisal(
        "提案将接受民主评议",
        "贵单位承办的提案列入民主评议“{title}”，时间{held_at}，地点{place}，请准备汇报。",
    ),
    "APPRAISAL_SET": _appraisal(
        "已安排民主评议", "已安排民主评议“{title}”，时间{held_at}，地点{place}。"
    ),
    "APPRAISAL_INVITED": _appraisal(
        "邀请参加民主评议", "邀请您参加民主评议“{title}”，时间{held_at}，地点{place}。"
    ),
    "APPRAISAL_OPENED": _appraisal(
        "请参加民主评议投票", "民主评议“{title}”已开始投票，投票不记名，每人一次。"
    ),
    "APPRAISAL_PUBLISHED": _appraisal(
        "民主评议结果已公布", "民主评议“{title}”的结果已公布，收到选票{ballots}张。"
    ),
    "APPRAISAL_CANCELLED": _appraisal("民主评议已取消", "民主评议“{title}”已取消：{reason}。"),
    "INSPECTION_INVITED": _inspection(
        "邀请参加提案办理视察", "邀请您参加“{title}”，时间{held_at}，地点{place}。"
    ),
    "INSPECTION_PLANNED": _inspection(
        "提案办理视察", "贵单位承办的提案列入“{title}”，时间{held_at}，地点{place}。"
    ),
    "INSPECTION_REPORTED": _inspection("视察报告已提交", "“{title}”的视察报告已提交，请查看。"),
    "INSPECTION_CANCELLED": _inspection("视察已取消", "“{title}”已取消：{reason}。"),
    "POINTS_ADDED": _points(
        "履职积分增加",
        "您的履职积分增加：按规则{rule_code}记{points}分，年度总分按先后次序和分项上限计算。",
    ),
    "POINTS_DEDUCTED": _points("履职积分扣减", "您的履职积分扣减：按规则{rule_code}扣{points}分。"),
    "POINTS_UNDONE": _points(
        "履职记分冲销", "您此前按规则{rule_code}记的{points}分已冲销，年度总分重新计算。"
    ),
    "DEDUCTION_UNDONE": _points(
        "履职扣分撤销", "您此前按规则{rule_code}扣的{points}分已撤销，年度总分重新计算。"
    ),
    "POINTS_REQUEST_REFUSED": Template(
        Category.PERFORMANCE,
        "人工记分未通过",
        "您申请的人工记分（{year}年度，规则{rule_code}）未通过复核。",
        "POINTS_REQUEST",
        "request_id",
    ),
    "RULES_APPROVED": _rules(
        "积分办法已审定", "新的履职积分办法（第{version}版）已审定，{active_from}起施行。"
    ),
    "RULES_REFUSED": _rules("积分办法未通过", "提请审定的履职积分办法（第{version}版）未通过。"),
    "POINTS_DRAFT_PUBLISHED": _year(
        "年度积分公示", "{year}年度履职积分已公示，如有异议请在{appeal_until}前提出申诉。"
    ),
    "POINTS_YEAR_FROZEN": _year(
        "年度积分已封存", "{year}年度履职积分已封存，共{members}人，此后变动须经主席会议审定。"
    ),
    "POINTS_APPEAL_UPHELD": _appeal("积分申诉成立", "您对{year}年度积分的申诉成立，请查看答复。"),
    "POINTS_APPEAL_DISMISSED": _appeal(
        "积分申诉未成立", "您对{year}年度积分的申诉未成立，请查看答复理由。"
    ),
    "LATE_CHANGE_APPROVED": _points(
        "封存后变动准予计入", "您{year}年度封存后的一笔积分变动准予计入。"
    ),
    "LATE_CHANGE_REFUSED": _points(
        "封存后变动不予计入", "您{year}年度封存后的一笔积分变动不予计入。"
    ),
    "TALK_DUE": _talk(
        "年度履职待改进", "您{year}年度履职等次为待改进，将安排谈话，听取意见、帮助改进。"
    ),
    "TALK_HELD": _talk("履职谈话已记录", "关于您{year}年度履职的谈话已记录，请查看。"),
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
    "PLAN_PROGRESSED": _plan(
        "年度任务进度", "{year}年度任务“{phrase}”已完成{done}项，目标{target}项。"
    ),
    "PLAN_TARGET_REACHED": _plan(
        "年度任务完成", "{year}年度任务“{phrase}”已完成{done}项，达到目标{target}项。"
    ),
    "STUDY_PLAN_APPROVED": _study_plan("学习计划已审定", "{year}年度学习计划已审定，请查看。"),
    "STUDY_PLAN_RETURNED": _study_plan(
        "学习计划未通过", "提请审定的{year}年度学习计划未通过，请修改。"
    ),
    "CLASS_OPENED": _class("轮训班开放报名", "{title}开放报名，请在{enrol_by}前报名。"),
    "CLASS_CANCELLED": _class("轮训班取消", "{title}已取消：{reason}。"),
    "PLACE_GIVEN": _class("轮训班候补录取", "您已由候补转为{title}的学员。"),
    "CERTIFICATE_ISSUED": _class("结业证书已颁发", "{title}结业证书已颁发，证号{number}。"),
    "CERTIFICATE_REVOKED": _class(
        "结业证书已撤销", "出席记录更正后，{title}结业证书（证号{number}）已撤销。"
    ),
    "PAPER_ACCEPTED": _paper("学习文章已采用", "您提交的学习文章已采用，请查看。"),
    "PAPER_DECLINED": _paper("学习文章未采用", "您提交的学习文章《{title}》未采用，请查看意见。"),
    "PAPER_REVOKED": _paper("学习文章撤销采用", "您的一篇学习文章已撤销采用，请查看意见。"),
    "MATERIAL_RETURNED": _material("学习资料退回修改", "学习资料《{title}》未通过审核，请修改。"),
    "MATERIAL_ISSUED": _material("新的学习资料", "学习资料《{title}》已编发，请阅知。"),
    "MATERIAL_RECALLED": _material("学习资料已撤回", "学习资料《{title}》已撤回：{reason}。"),
    "QUESTION_ANSWERED": Template(
        Category.STUDY,
        "部门已答复",
        "您就知情通报提出的问题已有答复，请查看。",
        "STUDY_QUESTION",
        "question_id",
    ),
    "LINKS_APPROVED": _link_plan("联系安排已审定", "提出的联系安排（{size}对）已审定，即日生效。"),
    "LINKS_SENT_BACK": _link_plan("联系安排未通过", "提出的联系安排（{size}对）未通过，请调整。"),
    "LINK_STARTED": _link("联系关系已建立", "一项联系关系已经建立，请查看联系对象。"),
    "LINK_ENDED": _link("联系关系已结束", "您的一项联系关系已经结束。"),
    "ORPHAN_OVERDUE": _liaison(
        "委员逾期无人联系", "有委员在{due_at}前仍未落实联系人，请尽快办理。", "MEMBER", "member_id"
    ),
    "LINK_CONTACTED": _contact("新的联系记录", "对方记录了一次联系，请查看。"),
    "ISSUE_ANSWERED": _contact("联系中的意见已答复", "联系中提出的意见建议已有答复，请查看。"),
    "ISSUE_CLOSED": _contact("联系中的意见已办结", "联系中提出的意见建议已办结。"),
    "ISSUES_PASSED": _contact(
        "联系中的意见已移交",
        "联系中尚未办结的{open_issues}条意见建议已移交新的联系人办理，请查看。",
    ),
    "LEAD_ANSWERED": _liaison(
        "转办事项已答复", "您转办的“{title}”已有答复，请查看。", "LEAD", "lead_id"
    ),
    "ACTIVITY_RETURNED": _activity("活动申请退回", "活动“{title}”的申请已退回，请按意见修改。"),
    "ACTIVITY_PUBLISHED": _activity("活动已发布", "活动“{title}”已发布，{held_at}举行。"),
    "ACTIVITY_OPEN": _activity(
        "活动开放报名", "活动“{title}”{held_at}举行，请在{sign_up_by}前报名。"
    ),
    "ACTIVITY_CANCELLED": _activity("活动取消", "您报名的活动“{title}”已取消：{reason}。"),
    "ACTIVITY_HELP_ANSWERED": _activity(
        "协助请求已答复", "活动“{title}”的协助请求已有答复，请查看。"
    ),
    "DUTY_SET": _duty("委员之家值班安排", "安排您于{held_at}在{home}值班，请准时到岗。"),
    "DUTY_CANCELLED": _duty("值班取消", "您{held_at}在{home}的值班已取消。"),
    "DUTY_VACATED": _duty("值班空缺", "原定{held_at}在{home}值班的委员已不再任职，请另行安排。"),
    "DUTY_MISSED": _duty(
        "值班缺席", "您{held_at}在{home}的值班已登记为缺席，如有出入请与镇（街道）工委联系。"
    ),
    "DUTY_REMINDER": _duty("值班提醒", "您将于{held_at}在{home}值班。"),
    "VISIT_BOOKED": _liaison(
        "新的接待预约", "有群众预约{held_at}到{home}反映情况。", "MEMBERS_HOME", "home_id"
    ),
    "LEAD_LEFT": _liaison(
        "群众留言", "{home}收到一条群众留言，请处理。", "RECEPTION", "reception_id"
    ),
    "ITEM_ACCEPTED": _item("联席会议事项已受理", "贵单位提出的“{title}”已受理，答复期限{due_at}。"),
    "ITEM_ANSWERED": _item("联席会议事项已答复", "贵单位提出的“{title}”已答复，请查看并评价。"),
    "ITEM_CLOSED": _item("联席会议事项已办结", "事项“{title}”已由提出单位办结。"),
    "ITEM_OVERDUE": _item("联席会议事项逾期", "事项“{title}”应于{due_at}前答复，现已逾期。"),
    "BRIEFING_URGED": _liaison(
        "请签收工作通报", "工作通报《{title}》尚未签收，请查看。", "BRIEFING", "briefing_id"
    ),
    "REPRESENTATIVE_ENTRUSTED": _liaison(
        "联系代表人士", "请您联系一名代表人士，请查看登记。", "REPRESENTATIVE", "representative_id"
    ),
    "REPRESENTATIVE_VACATED": _liaison(
        "代表人士无人联系",
        "一名代表人士的联系委员已不再任职，请另行安排。",
        "REPRESENTATIVE",
        "representative_id",
    ),
    "CIRCLE_OPENED": _liaison("交流小组", "您已加入交流小组“{title}”。", "CIRCLE", "circle_id"),
    "MEMBER_APPOINTED": _membership(
        "欢迎您履职",
        "您已就任政协委员，委员证号{member_no}。在这里可以提交提案、答复联名邀请、查看履职积分。",
    ),
    "MEMBER_POST_CHANGED": _membership("职务变更", "您的政协职务有变更，请查看委员资料。"),
    "MEMBER_SUSPENDED": _membership("暂停履职", "您的委员履职已暂停，如有疑问请联系办公室。"),
    "MEMBER_REINSTATED": _membership("恢复履职", "您的委员履职已恢复。"),
    "MEMBER_RESIGNED": _membership("请辞已办理", "您的请辞已办理，此前参与的提案仍可查看。"),
    "MEMBER_REVOKED": _membership("委员资格已撤销", "您的委员资格已撤销，如有疑问请联系办公室。"),
    "MEMBER_TERM_ENDED": _membership(
        "任期届满", "本届委员任期已届满，感谢您的履职，此前参与的提案仍可查看。"
    ),
    "ACCOUNT_LOCKED": _account(
        "登录已暂时锁定",
        "您的账号多次登录失败，陌生设备在{locked_until}前不能登录，您用过的设备不受影响。"
        "如非本人操作请联系办公室。",
    ),
    "ACCOUNT_ENABLED": _account("账号已启用", "您的账号已重新启用。"),
    "ACCOUNT_SIGNED_OUT_EVERYWHERE": _account(
        "已退出全部登录", "您的账号已在所有设备上退出登录，如非本人操作请联系办公室。"
    ),
    "ACCOUNT_RESET_REQUESTED": _account(
        "有人申请重置您的密码", "有人为您的账号申请重置密码，如非您本人要求请立即联系安全管理员。"
    ),
    "ACCOUNT_CODE_ISSUED": _account(
        "已发放一次性验证码",
        "已为您的账号发放重设密码的一次性验证码，如非您本人要求请立即联系安全管理员。",
    ),
    "ACCOUNT_PASSWORD_RESET": _account(
        "密码已重设", "您的账号已凭一次性验证码重设密码，如非本人操作请立即联系安全管理员。"
    ),
    "ROLE_GRANTED": _account("角色已授予", "您的账号已获得角色：{role}。"),
    "ROLE_REVOKED": _account("角色已收回", "您的账号的角色已收回：{role}。"),
    "ROLE_REFUSED": _account("授权申请未获同意", "角色“{role}”的授权申请未获办公室同意。"),
}


def moment(value: Any) -> str:
    """2017-02-09T17:00:00+08:00 → 2017年2月9日17:00."""
    at = datetime.fromisoformat(value).astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def day(value: Any) -> str:
    """2017-04-12 → 2017年4月12日."""
    on = date.fromisoformat(value)
    return f"{on.year}年{on.month}月{on.day}日"


def magnitude(value: Any) -> str:
    """-2.0 → 2; the sentence says whether it was added or taken."""
    return f"{abs(value):g}"


def todo_label(value: Any) -> str:
    """EXTENSION_DECISION → 审批延期申请."""
    return TodoKind(value).label


def role_label(value: Any) -> str:
    return ROLE_LABELS.get(str(value), str(value))


DISPOSITIONS = {"TO_REFERENCE": "送有关部门参阅", "TO_LETTER": "转为委员来信"}

VERDICTS = {"FILE": "立案", "NOT_FILE": "不予立案", "MERGE": "并案"}
OPENNESS = {"FULL": "全文公开", "SUMMARY": "摘要公开", "NOT": "不公开"}

FORMATS: dict[str, Callable[[Any], str]] = {
    "disposition": DISPOSITIONS.__getitem__,
    "openness": OPENNESS.__getitem__,
    "verdict": VERDICTS.__getitem__,
    "upheld": {True: "异议成立", False: "维持原决定"}.__getitem__,
    "co_due_at": moment,
    "decide_by": moment,
    "window_until": moment,
    "locked_until": moment,
    "active_from": day,
    "appeal_by": moment,
    "appeal_until": moment,
    "due_at": moment,
    "sign_due_at": moment,
    "evaluate_by": moment,
    "held_at": moment,
    "enrol_by": moment,
    "sign_up_by": moment,
    "moved_from": moment,
    "answer_by": moment,
    "held_on": day,
    "new_due_on": day,
    "points": magnitude,
    "role": role_label,
    "about": todo_label,
    "undecided": todo_label,
}


def params(text: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The values of `data` that `text` names, as they read in Chinese."""
    named = [field for _, field, _, _ in Formatter().parse(text) if field]
    return {field: FORMATS.get(field, str)(data[field]) for field in named}


def render(text: str, data: Mapping[str, Any]) -> str:
    """`text` with the values of `data` in it."""
    return text.format_map(params(text, data))
