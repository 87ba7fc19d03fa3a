"""The texts of messages of cases: assignment, replies, promises, appraisal, inspection."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template, proposal


def _appraisal(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "APPRAISAL", "appraisal_id")


def _inspection(title: str, text: str) -> Template:
    return Template(Category.PROPOSAL, title, text, "INSPECTION", "inspection_id")


HANDLING: dict[str, Template] = {
    "PROPOSAL_ASSIGNED": proposal(
        "提案已交办", "您提交的提案《{title}》（{case_no}）已交承办单位办理，应于{due_at}前答复。"
    ),
    "COSIGNED_ASSIGNED": proposal(
        "联名提案已交办", "您联名的提案《{title}》（{case_no}）已交承办单位办理。"
    ),
    "CASE_ASSIGNED": proposal(
        "新的承办件", "提案《{title}》（{case_no}）交由贵单位办理，请在{sign_due_at}前签收。"
    ),
    "ASSIGNMENT_REFUSED": proposal(
        "交办方案退回", "提案《{title}》的交办方案已退回，请查看理由后重新提出。"
    ),
    "CASES_ASSIGNED": proposal(
        "新的承办件",
        "提案《{title}》（{case_no}，含并案{followers}件）已交办贵单位，请在{sign_due_at}前一并签收。",
    ),
    "UNIT_URGED": proposal("催办", "提案《{title}》催办：{text}（期限{due_at}）。"),
    "CASE_ADDED": proposal(
        "新的承办件", "提案《{title}》增加贵单位参与办理，请在{sign_due_at}前签收。"
    ),
    "UNIT_ADDED": proposal("提案增加承办单位", "您提交的提案《{title}》增加了一家承办单位。"),
    "ASSIGNMENT_CHANGED": proposal(
        "交办会调整了交办方案", "提案《{title}》（{case_no}）已交办，交办会调整了方案，请查看。"
    ),
    "ASSIGNMENT_DEEMED": proposal(
        "承办件视同签收", "提案《{title}》逾期未签收，已视同签收，请抓紧办理。"
    ),
    "HANDLING_STARTED": proposal("提案开始办理", "您提交的提案《{title}》已由承办单位签收办理。"),
    "CO_OPINION_GIVEN": proposal("收到会办意见", "提案《{title}》的会办单位已提交会办意见。"),
    "CONTACT_RECORDED": proposal(
        "承办单位登记了联系情况",
        "承办单位就提案《{title}》登记了{held_on}的联系情况，请确认；与实际不符的，可提出异议。",
    ),
    "CONTACT_DISPUTED": proposal(
        "联系记录有异议", "提案人对提案《{title}》{held_on}的联系记录有异议，请查看。"
    ),
    "SIGN_OFF_REFUSED": proposal("答复签发退回", "提案《{title}》的答复未获签发，请修改后再送签。"),
    "REPLY_REJECTED": proposal(
        "答复审核退回", "提案《{title}》的答复审核未通过，请查看意见后重新拟写。"
    ),
    "REPLY_CHECKED": proposal("答复审核通过", "提案《{title}》的答复已审核通过，请送达提案人。"),
    "REPLY_DELIVERED": proposal(
        "收到一份答复", "您提交的提案《{title}》收到一家承办单位的答复（{doc_no}）。"
    ),
    "SWAP_PROPOSED": proposal(
        "拟互换主办、会办单位",
        "提案《{title}》拟互换主办、会办（{reason}），请负责人答复。",
    ),
    "SWAP_REFUSED": proposal(
        "不同意互换主办、会办单位", "有承办单位不同意互换提案《{title}》的主办、会办：{reason}。"
    ),
    "NOW_MAIN": proposal("改为主办单位", "提案《{title}》改由贵单位主办，请在{due_at}前答复。"),
    "NOW_CO": proposal(
        "改为会办单位", "提案《{title}》改由贵单位会办，请在{co_due_at}前提交会办意见。"
    ),
    "MAIN_CHANGED": proposal("提案主办单位变更", "您提交的提案《{title}》已互换主办、会办单位。"),
    "PARTS_SWAPPED": proposal("主办、会办单位已互换", "提案《{title}》的主办、会办单位已互换。"),
    "OBJECTION_ANSWERED": proposal(
        "异议已答复", "督查部门已答复您对提案《{title}》提出的异议：{upheld}，{reason}。"
    ),
    "REPLY_OPENNESS": proposal(
        "答复公开方式已定", "贵单位对提案《{title}》的答复的公开方式为：{openness}。"
    ),
    "PROPOSAL_REPLIED": proposal(
        "提案已答复，请您评价", "提案《{title}》已答复，请在{evaluate_by}前评价办理态度和办理结果。"
    ),
    "COSIGNED_REPLIED": proposal(
        "联名提案已答复", "您联名的提案《{title}》已答复，您也可以提交评价意见。"
    ),
    "EVALUATION_ASKED": proposal(
        "请您评价提案答复", "您联名的提案《{title}》改由您评价，请在{evaluate_by}前完成。"
    ),
    "DISPUTE_OPENED": proposal(
        "承办争议待裁定", "提案《{title}》第二次申请退办，请组织三方面商，报区领导裁定。"
    ),
    "DISPUTE_OPENED_STAFF": proposal(
        "提案承办有争议", "提案《{title}》第二次申请退办，已提请区领导裁定。"
    ),
    "DISPUTE_STATED": proposal(
        "收到承办争议说明", "提案《{title}》的承办单位已提交书面说明，请报区领导裁定。"
    ),
    "DISPUTE_DECIDED": proposal("承办争议已裁定", "提案《{title}》的承办争议已由区领导裁定。"),
    "RETURN_REFUSED": proposal(
        "退办申请未获同意", "提案《{title}》的退办申请未获同意，请抓紧办理。"
    ),
    "RETURN_ACCEPTED": proposal("退办申请已同意", "提案《{title}》已改由其他单位办理。"),
    "CASE_REASSIGNED": proposal("新的承办件", "提案《{title}》改由贵单位办理，请按期签收。"),
    "UNIT_DISSOLVED": proposal(
        "承办单位已撤销", "提案《{title}》的一家承办单位已撤销，请确定由谁承接。"
    ),
    "CASE_INHERITED": proposal(
        "承接其他单位的提案", "提案《{title}》的原承办单位已并入贵单位或已撤销，现由贵单位办理。"
    ),
    "EXTENSION_REFUSED": proposal(
        "延期申请未获同意", "提案《{title}》的延期申请未获同意，请按期答复。"
    ),
    "EXTENDED": proposal("延期申请已同意", "提案《{title}》的答复期限延至{due_at}。"),
    "PROPOSAL_EXTENDED": proposal(
        "提案延期答复", "经批准，您提交的提案《{title}》的答复期限延至{due_at}。"
    ),
    "CO_OVERDUE": proposal(
        "会办意见逾期", "提案《{title}》的会办意见应于{due_at}前提交，现已逾期。"
    ),
    "CO_OVERDUE_MAIN": proposal("会办意见逾期", "提案《{title}》有会办单位逾期未提交会办意见。"),
    "CO_OVERDUE_OFFICE": proposal(
        "会办意见逾期", "提案《{title}》有会办单位逾期未提交会办意见，请督促。"
    ),
    "CO_OPINION_REMINDER": proposal(
        "会办意见将到期", "请于{due_at}前提交提案《{title}》的会办意见。"
    ),
    "DECISION_REMINDER": proposal(
        "有事项待您决定", "提案《{title}》有事项待您决定：{about}，请在{due_at}前办理。"
    ),
    "UNDECIDED": proposal(
        "待您决定的事项已影响期限",
        "提案《{title}》{due_at}到期的事项仍待您决定：{undecided}。期限不因待决而顺延，请尽快办理。",
    ),
    "RESUBMISSION_REMINDER": proposal(
        "退回的提案即将按撤案处理",
        "您的提案《{title}》退回后尚未重新提交，{due_at}前仍未提交的，系统将按撤案处理。",
    ),
    "PROPOSAL_LAPSED": proposal(
        "提案按撤案处理", "您的提案《{title}》退回后逾期未重新提交，系统已按撤案处理。"
    ),
    "REVIEW_LATE": proposal("审查期限已到", "提案《{title}》应于{due_at}前完成审查。"),
    "ASSIGNMENT_LATE": proposal("交办期限已到", "提案《{title}》应于{due_at}前交办。"),
    "REPLY_REMINDER": proposal("答复将到期", "请于{due_at}前答复提案《{title}》。"),
    "REPLY_LATE": proposal("答复已逾期", "提案《{title}》的答复已逾期{days_late}天，请尽快答复。"),
    "COMMITMENT_REMINDER": proposal(
        "承诺将到期", "贵单位就提案《{title}》作出的承诺将于{due_at}到期，请做好二次答复准备。"
    ),
    "EVALUATION_REMINDER": proposal(
        "请评价提案答复", "提案《{title}》的答复尚未评价，请于{due_at}前完成。"
    ),
    "REPLY_OVERDUE": proposal(
        "答复逾期", "提案《{title}》应于{due_at}前答复，现已逾期，请尽快答复。"
    ),
    "REPLY_OVERDUE_OFFICE": proposal("提案答复逾期", "提案《{title}》逾期未答复，请督促。"),
    "SUPERVISION_NOTICE": proposal(
        "督办通知", "提案《{title}》逾期未答复或承诺未兑现，现予督办，请立即办理。"
    ),
    "SUPERVISION_NOTICE_OFFICE": proposal("已发督办通知", "已就提案《{title}》发出督办通知。"),
    "OVERDUE_ESCALATED": proposal(
        "逾期提请区领导", "提案《{title}》逾期{days_late}天未答复，已提请区领导并列入公布名单。"
    ),
    "OVERDUE_ESCALATED_OFFICE": proposal(
        "逾期提请区领导", "提案《{title}》逾期{days_late}天未答复，请报区领导。"
    ),
    "SECOND_REPLY_DUE": proposal(
        "启动二次答复", "您提交的提案《{title}》已启动二次答复，承办单位将再次答复您。"
    ),
    "SECOND_REPLY_ASKED": proposal("请作二次答复", "请于{due_at}前对提案《{title}》作出二次答复。"),
    "PROPOSAL_REOPENED": proposal("提案重新启动办理", "您提交的提案《{title}》已重新启动办理。"),
    "PROPOSAL_ESCALATED": proposal(
        "提案提请督办", "您提交的提案《{title}》已提请督办，将由主席会议成员主持三方面商。"
    ),
    "CASE_ESCALATED": proposal(
        "提案提请督办", "提案《{title}》已提请督办，请配合主席会议成员主持的三方面商。"
    ),
    "MEDIATION_HELD": proposal("三方面商记录", "提案《{title}》于{held_on}召开了三方面商会。"),
    "SUPPLEMENT_SETTLED": proposal(
        "补充意见已研究", "您对提案《{title}》的补充意见已经研究，不再次办理：{reason}。"
    ),
    "COMMITMENT_CLAIMED": proposal(
        "承诺兑现待核实",
        "承办单位报告就提案《{title}》作出的承诺已兑现，尚待核实：{text}。",
    ),
    "COMMITMENT_MET": proposal("承诺已兑现", "承办单位就提案《{title}》作出的承诺已兑现：{text}。"),
    "COMMITMENT_MISSED": proposal(
        "承诺未兑现", "承办单位就提案《{title}》作出的承诺未按期兑现：{text}。"
    ),
    "COMMITMENT_MISSED_UNIT": proposal(
        "承诺未兑现", "贵单位就提案《{title}》作出的承诺未按期兑现：{text}。"
    ),
    "COMMITMENT_CHANGED": proposal(
        "承诺有变更", "承办单位就提案《{title}》作出的承诺有变更：{text}。"
    ),
    "COMMITMENT_RENEWED": proposal(
        "承诺重定期限", "提案《{title}》的承诺（{text}）经批准改为{new_due_on}前完成。"
    ),
    "COMMITMENT_RELEASED": proposal(
        "承诺已了结", "提案《{title}》的承诺（{text}）已说明理由了结。"
    ),
    "CLASS_RECOGNISED": proposal(
        "办理结果类别已认定", "您提交的提案《{title}》的办理结果认定为{recognised_class}类。"
    ),
    "PROPOSAL_ARCHIVED": proposal("提案已归档", "您提交的提案《{title}》已归档。"),
    "PROPOSAL_REHANDLED": proposal(
        "提案将重新办理", "您提交的提案《{title}》将由承办单位重新办理。"
    ),
    "CASE_REHANDLED": proposal(
        "提案需重新办理", "提案《{title}》需重新办理，请按期重新办理并再次答复。"
    ),
    "PROPOSAL_CLOSED": proposal("提案已办结", "您提交的提案《{title}》已办结。"),
    "COSIGNED_CLOSED": proposal("联名提案已办结", "您联名的提案《{title}》已办结。"),
    "CASE_CLOSED": proposal(
        "提案已办结", "贵单位承办的提案《{title}》已办结，有委员评价的可查看。"
    ),
    "APPRAISAL_PLANNED": _appraisal(
        "提案将接受民主评议",
        "贵单位承办的提案列入民主评议“{title}”，时间{held_at}，地点{place}，请准备汇报。",
    ),
    "APPRAISAL_SET": _appraisal(
        "已安排民主评议", "已安排民主评议“{title}”，时间{held_at}，地点{place}。"
    ),
    "APPRAISAL_REPORTED": _appraisal(
        "被评议单位已提交汇报", "民主评议“{title}”的被评议单位已提交书面汇报，请查阅。"
    ),
    "APPRAISAL_REPORT_DUE": _appraisal(
        "评议汇报即将到期", "民主评议“{title}”的书面汇报须在{due_at}前提交，请抓紧。"
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
}
