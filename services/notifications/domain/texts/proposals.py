"""The texts of messages of proposals: co-signing, review, filing, honours."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template, proposal


def _cosignature(title: str, text: str) -> Template:
    return Template(Category.COSIGNATURE, title, text, "PROPOSAL", "proposal_id")


PROPOSALS: dict[str, Template] = {
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
    "ENTRY_CONFIRMATION_REQUESTED": proposal(
        "请确认代录的提案", "提案委已按纸质件代您录入提案《{title}》，请核对并确认。"
    ),
    "SEAL_REQUESTED": proposal("集体提案待确认", "集体提案《{title}》待您盖章确认。"),
    "COSIGN_WINDOW": proposal(
        "重新开放联名", "提案《{title}》已重新开放联名，截至{window_until}。"
    ),
    "COSIGN_WINDOW_RECONFIRM": proposal(
        "请重新确认联名", "提案《{title}》已重新开放联名，请在{window_until}前重新确认。"
    ),
    "SEALED": proposal("集体提案已确认", "集体提案《{title}》已盖章确认。"),
    "PROPOSAL_SUBMITTED": proposal(
        "提案已提交", "您提交的提案《{title}》已收到，流水号{serial_no}。"
    ),
    "COSIGNED_SUBMITTED": proposal(
        "联名提案已提交", "您联名的提案《{title}》已提交，流水号{serial_no}。"
    ),
    "PROPOSAL_REVIEW_STARTED": proposal("提案开始审查", "您提交的提案《{title}》已开始审查。"),
    "VERDICT_PROPOSED": proposal("已有初审意见", "提案《{title}》初审建议{verdict}，请决定。"),
    "COMMITTEE_COMMENTED": proposal("专委会已提出意见", "对口专委会已对提案《{title}》提出意见。"),
    "PROPOSAL_RETURNED": proposal(
        "提案退回修改",
        "您提交的提案《{title}》已退回修改，请查看审查意见；重新征集联名截至{window_until}。",
    ),
    "PROPOSAL_FILED": proposal("提案已立案", "您提交的提案《{title}》已立案，提案号{case_no}。"),
    "COSIGNED_FILED": proposal(
        "联名提案已立案", "您联名的提案《{title}》已立案，提案号{case_no}。"
    ),
    "AUTHOR_NAMED": proposal(
        "被列为执笔人", "您被列为集体提案《{title}》的主要执笔人，请在立案前确认或谢绝。"
    ),
    "AUTHOR_DROPPED": proposal("不再列为执笔人", "您不再列为集体提案《{title}》的执笔人。"),
    "AUTHOR_CONFIRMED": proposal("执笔人已确认", "集体提案《{title}》的一位执笔人已确认。"),
    "AUTHOR_DECLINED": proposal("执笔人已谢绝", "集体提案《{title}》的一位执笔人谢绝列名。"),
    "AUTHORED_FILED": proposal(
        "执笔提案已立案", "您执笔的集体提案《{title}》已立案，提案号{case_no}。"
    ),
    "PROPOSAL_FILING_REVOKED": proposal(
        "提案立案已撤销", "您提交的提案《{title}》的立案已撤销，转为重新审查。"
    ),
    "COSIGNED_FILING_REVOKED": proposal(
        "联名提案立案已撤销", "您联名的提案《{title}》的立案已撤销，转为重新审查。"
    ),
    "PROPOSAL_WITHDRAWAL_REFUSED": proposal(
        "撤案申请未获同意", "您提交的提案《{title}》的撤案申请未获同意，请查看理由。"
    ),
    "PROPOSAL_WITHDRAWN": proposal("提案已撤案", "您提交的提案《{title}》已撤案。"),
    "COSIGNED_WITHDRAWN": proposal("联名提案已撤案", "您联名的提案《{title}》已撤案。"),
    "PROPOSAL_NOT_FILED": proposal(
        "提案未予立案",
        "您提交的提案《{title}》未予立案，请查看理由和处理方式；如有异议，可在{appeal_by}前申请复议。",
    ),
    "COSIGNED_NOT_FILED": proposal("联名提案未予立案", "您联名的提案《{title}》未予立案。"),
    "REFERRAL_ASKED": proposal(
        "请答复送阅、转信征询",
        "提案《{title}》未予立案，拟{disposition}；征得您同意后办理，请于{decide_by}前答复。",
    ),
    "REFERRAL_NOT_AGREED": proposal(
        "提案人不同意送阅、转信", "提案人不同意将未立案的提案《{title}》{disposition}。"
    ),
    "REFERRED_TO_UNIT": proposal(
        "收到送阅的提案", "提案《{title}》送贵单位参阅，请于{decide_by}前确认收到。"
    ),
    "REFERRED_AS_LETTER": proposal(
        "提案已转为来信", "您的提案《{title}》已转政协办公室作委员来信办理，办结后答复您。"
    ),
    "REFERRAL_RECEIVED": proposal(
        "参阅单位已收到提案", "您的提案《{title}》已由送阅单位确认收到。"
    ),
    "REFERRAL_ENDED": proposal("送阅、转信终止", "提案《{title}》已重新审查，不再送阅。"),
    "APPEAL_DECIDED": proposal(
        "复议已有决定", "您就提案《{title}》不予立案提出的复议已有决定，请查看。"
    ),
    "KEY_SELECTED": proposal("提案列为重点提案", "您提交的提案《{title}》已列为重点提案。"),
    "COSIGNED_KEY_SELECTED": proposal(
        "联名提案列为重点提案", "您联名的提案《{title}》已列为重点提案。"
    ),
    "KEY_SELECTED_OFFICE": proposal(
        "确定重点提案", "提案《{title}》已列为重点提案，请协调领办督办。"
    ),
    "KEY_DESELECTED": proposal("不再列为重点提案", "您提交的提案《{title}》不再列为重点提案。"),
    "COSIGNED_KEY_DESELECTED": proposal(
        "联名提案不再列为重点提案", "您联名的提案《{title}》不再列为重点提案。"
    ),
    "KEY_LED": proposal("重点提案确定领办督办领导", "重点提案《{title}》已确定领办督办领导。"),
    "CASE_KEY_LED": proposal(
        "承办的重点提案确定领导", "贵单位承办的重点提案《{title}》已确定领办督办领导。"
    ),
    "KEY_MEETING_HELD": proposal("重点提案督办会", "重点提案《{title}》于{held_on}召开了督办会。"),
    "KEY_DONE": proposal("重点提案办结", "您提交的重点提案《{title}》已办结。"),
    "EXCELLENT_AWARDED": proposal(
        "评为优秀提案", "您提交的提案《{title}》评为{year}年度优秀提案。"
    ),
    "COSIGNED_EXCELLENT": proposal(
        "联名提案评为优秀提案", "您联名的提案《{title}》评为{year}年度优秀提案。"
    ),
    "AWARD_REVOKED": proposal(
        "撤销优秀提案", "您提交的提案《{title}》的{year}年度优秀提案已撤销。"
    ),
    "COSIGNED_AWARD_REVOKED": proposal(
        "撤销联名提案的优秀提案", "您联名的提案《{title}》的{year}年度优秀提案已撤销。"
    ),
    "PLAGIARISM_REPORTED": proposal(
        "有人反映提案抄袭", "有人反映您提交的提案《{title}》抄袭，您可以陈述。"
    ),
    "PLAGIARISM_DISMISSED": proposal(
        "不认定抄袭", "关于提案《{title}》的抄袭反映，经核实不予认定。"
    ),
    "PLAGIARISM_CONFIRMED": proposal(
        "提案认定抄袭", "您提交的提案《{title}》认定抄袭，如有异议请在{appeal_by}前申诉。"
    ),
    "COSIGNED_PLAGIARISM": proposal(
        "联名提案认定抄袭", "您联名的提案《{title}》认定抄袭，相应履职积分将冲销。"
    ),
    "PLAGIARISM_UPHELD": proposal("维持抄袭认定", "关于提案《{title}》的申诉，经复核维持原认定。"),
    "PLAGIARISM_OVERTURNED": proposal("撤销抄袭认定", "提案《{title}》的抄袭认定已撤销。"),
    "COSIGNED_OVERTURNED": proposal(
        "联名提案撤销抄袭认定", "您联名的提案《{title}》的抄袭认定已撤销。"
    ),
    "TOPIC_GUIDE_PUBLISHED": Template(
        Category.PROPOSAL,
        "年度选题指南已发布",
        "{year}年度提案选题指南已发布，供撰写提案参考。",
        "TOPIC_GUIDE",
        "guide_id",
    ),
    "PROPOSAL_MERGED": proposal(
        "提案已并案",
        "您提交的提案《{title}》与同类提案并案办理（{case_no}），答复后由您单独评价。",
    ),
    "COSIGNED_MERGED": proposal(
        "联名提案已并案", "您联名的提案《{title}》与同类提案并案办理（{case_no}）。"
    ),
    "LEAD_NAMED": proposal("提案改为主案", "您提交的提案《{title}》改为并案的主案（{case_no}）。"),
}
