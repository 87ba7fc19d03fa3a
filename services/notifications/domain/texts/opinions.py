"""The texts of messages of public opinion. None names who reported it."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _opinion(title: str, text: str) -> Template:
    return Template(Category.OPINION, title, text, "OPINION", "opinion_id")


OPINIONS: dict[str, Template] = {
    "OPINION_DRAFTED": _opinion(
        "转来社情民意草稿", "《{title}》已转为社情民意信息草稿，请完善后提交。"
    ),
    "OPINION_SUBMITTED": _opinion("社情民意已收到", "您反映的《{title}》已收到，将尽快编辑。"),
    "OPINION_URGENT": _opinion("收到紧急社情民意", "收到紧急社情民意《{title}》，请立即编辑。"),
    "OPINION_WITHDRAWN": _opinion("社情民意已撤回", "社情民意《{title}》已撤回：{reason}"),
    "OPINION_EDITING_STARTED": _opinion("社情民意正在编辑", "您反映的《{title}》正在编辑核稿。"),
    "OPINION_EDITED": _opinion("社情民意已送签发", "您反映的《{title}》已编辑完成，送签发。"),
    "OPINION_EDITION_RETURNED": _opinion(
        "社情民意退回编辑", "签发人退回《{title}》，请修改：{reason}"
    ),
    "OPINION_RETURNED": _opinion(
        "社情民意退回修改", "您反映的《{title}》需要修改，请在{resubmit_by}前重新提交：{reason}"
    ),
    "OPINION_RETAINED": _opinion("社情民意留存", "您反映的《{title}》已留存参考，未编报：{reason}"),
    "OPINION_COMBINED": _opinion(
        "社情民意综合采用", "您反映的《{title}》将与其他信息综合编报，并为您记名。"
    ),
    "OPINION_SEPARATED": _opinion("社情民意单独编辑", "您反映的《{title}》改为单独编辑。"),
    "OPINION_ISSUED": _opinion("社情民意已编报", "您反映的《{title}》已编入{issue_no}。"),
    "OPINION_ISSUE_REVOKED": _opinion(
        "社情民意撤销编报", "《{title}》的编报（{issue_no}）已撤销，重新编辑：{reason}"
    ),
    "OPINION_DELIVERED": _opinion("社情民意已报送领导", "{issue_no}《{title}》已报送区领导。"),
    "OPINION_RECEIVED": _opinion("社情民意已签收", "您反映的《{title}》已由区领导的办公室签收。"),
    "OPINION_SENT_UP": _opinion("社情民意已上报", "您反映的《{title}》已上报（{level}）。"),
    "OPINION_ADOPTED": _opinion("社情民意被采用", "您反映的《{title}》被{level}采用。"),
    "OPINION_ADOPTION_REVOKED": _opinion(
        "社情民意撤销采用", "《{title}》的{level}采用记录已撤销：{reason}"
    ),
    "OPINION_INSTRUCTED": _opinion("社情民意获领导批示", "您反映的《{title}》获{level}领导批示。"),
    "OPINION_INSTRUCTED_EDITORS": _opinion(
        "社情民意获领导批示", "《{title}》获{level}领导批示，请跟踪办理。"
    ),
    "OPINION_INSTRUCTION_REVOKED": _opinion(
        "社情民意批示撤销", "《{title}》的{level}批示记录已撤销：{reason}"
    ),
    "OPINION_REFERRED": _opinion(
        "社情民意已转办", "您反映的《{title}》已转有关部门办理，{due_on}前反馈。"
    ),
    "OPINION_REFERRED_TO_YOU": _opinion(
        "收到社情民意转办", "社情民意《{title}》转你单位办理，请在{due_on}前反馈结果。"
    ),
    "OPINION_REFERRAL_DECLINED": _opinion(
        "社情民意转办退回", "《{title}》的转办被承办单位退回，请另行转办：{reason}"
    ),
    "OPINION_RESULT_GIVEN": _opinion(
        "社情民意有办理结果", "您反映的《{title}》有了办理结果，请查看。"
    ),
    "OPINION_RESULT_FOR_OFFICES": _opinion(
        "社情民意有办理结果", "社情民意《{title}》的承办单位已反馈结果。"
    ),
    "OPINION_CLOSED": _opinion("社情民意办结", "您反映的《{title}》已办结。"),
    "GOOD_OPINION_SELECTED": _opinion(
        "评为优秀社情民意", "您反映的《{title}》被评为{year}年度优秀社情民意信息。"
    ),
    "GOOD_OPINION_TAKEN_BACK": _opinion(
        "取消优秀社情民意", "《{title}》不再列为{year}年度优秀社情民意信息。"
    ),
    "GOOD_OPINION_NOT_SELECTED": _opinion(
        "未评为优秀社情民意", "推荐的《{title}》未评为{year}年度优秀社情民意信息。"
    ),
    "OPINION_DUE": _opinion("社情民意即将到期", "《{title}》的{about}将于{due_at}到期。"),
    "OPINION_LATE": _opinion("社情民意超过时限", "《{title}》的{about}已超过{due_at}的期限。"),
    "OPINION_REVISION_DUE": _opinion(
        "请修改社情民意", "退回修改的《{title}》请在{due_at}前重新提交。"
    ),
    "OPINION_REVISION_LATE": _opinion(
        "社情民意未按时修改", "退回修改的《{title}》已超过{due_at}的期限，仍可修改提交或撤回。"
    ),
    "OPINION_RESULT_DUE": _opinion(
        "请反馈社情民意办理结果", "《{title}》的办理结果请在{due_at}前反馈。"
    ),
    "OPINION_RESULT_LATE": _opinion(
        "社情民意办理结果已逾期", "《{title}》的办理结果已超过{due_at}的期限，请尽快反馈。"
    ),
    "OPINION_RESULT_LATE_WATCHED": _opinion(
        "承办单位未按时反馈", "《{title}》的承办单位未在{due_at}前反馈结果，请催办。"
    ),
}
