"""The texts of messages of supervision."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _one(title: str, text: str) -> Template:
    return Template(Category.SUPERVISION, title, text, "SUPERVISION", "supervision_id")


def _finding(title: str, text: str) -> Template:
    return Template(Category.SUPERVISION, title, text, "SUPERVISION_FINDING", "finding_id")


def _supervisor(title: str, text: str) -> Template:
    return Template(Category.SUPERVISION, title, text, "SUPERVISOR", "supervisor_id")


def _debriefing(title: str, text: str) -> Template:
    return Template(Category.SUPERVISION, title, text, "DEBRIEFING", "debriefing_id")


SUPERVISION: dict[str, Template] = {
    "SUPERVISION_APPROVED": _one("专项监督已批准", "“{title}”已列入年度计划，请组建监督组。"),
    "SUPERVISION_RETURNED": _one("专项监督退回修改", "“{title}”退回修改：{reason}。"),
    "SUPERVISION_CANCELLED": _one("专项监督取消", "“{title}”已取消：{reason}。"),
    "SUPERVISION_TEAM": _one("加入监督组", "您已列入“{title}”监督组，请查看方案。"),
    "SUPERVISION_OPINION_RETURNED": _one(
        "监督意见退回修改", "“{title}”的监督意见退回修改：{reason}。"
    ),
    "SUPERVISION_OPINION_SIGNED": _one(
        "监督意见已签发", "“{title}”的监督意见已签发，由办公室编号印发。"
    ),
    "SUPERVISION_OPINION_RECEIVED": _one(
        "收到监督意见", "贵单位收到“{title}”的监督意见（{number}），请于{due_at}前整改并反馈。"
    ),
    "SUPERVISION_OPINION_ISSUED": _one(
        "监督意见已印发", "“{title}”的监督意见已印发，文号{number}。"
    ),
    "SUPERVISION_ANSWERED": _one("单位提出整改方案", "“{title}”有单位提出整改方案，请查看。"),
    "SUPERVISION_FED_BACK": _one("单位反馈整改情况", "“{title}”有单位反馈整改情况，请查看。"),
    "SUPERVISION_PASSED": _one("回头看通过", "“{title}”经监督组回头看，整改到位。"),
    "SUPERVISION_AGAIN": _one(
        "回头看未通过", "“{title}”经回头看仍未到位，请于{due_at}前重新整改并反馈。"
    ),
    "SUPERVISION_FAILED": _one("整改未到位", "“{title}”末次回头看仍未到位，将报告区委。"),
    "SUPERVISION_REPORTED": _one("已报告区委", "“{title}”的整改情况已报告区委，待印发。"),
    "SUPERVISION_CLOSED": _one("专项监督办结", "“{title}”已办结。"),
    "SUPERVISION_DUE": _one("监督办理将到期", "“{title}”请于{due_at}前办理。"),
    "SUPERVISION_LATE": _one("监督办理逾期", "“{title}”{due_at}到期未办，请尽快办理。"),
    "SUPERVISION_UNIT_CHANGED": _one(
        "监督意见由贵单位承接", "因单位合并，“{title}”由贵单位继续办理，请查看。"
    ),
    "SUPERVISION_REPORT_RETURNED": _one("监督报告退回", "“{title}”的监督报告退回：{reason}。"),
    "FINDING_DROPPED": _finding("问题不予认定", "您在“{title}”中记录的问题不予认定：{reason}。"),
    "FINDING_ASSIGNED": _finding(
        "问题交办整改", "“{title}”发现的一个问题请贵单位于{due_at}前整改。"
    ),
    "FINDING_RECTIFIED": _finding(
        "单位称已整改", "“{title}”中您发现的问题，单位称已整改，请现场核实。"
    ),
    "FINDING_VERIFIED": _finding("整改已核实", "“{title}”的一个问题经监督组核实，整改到位。"),
    "FINDING_REOPENED": _finding(
        "问题重新整改", "“{title}”的一个问题核实未通过，请于{due_at}前重新整改：{reason}。"
    ),
    "FINDING_DUE": _finding("问题整改将到期", "“{title}”的一个问题请于{due_at}前整改。"),
    "FINDING_LATE": _finding("问题整改逾期", "“{title}”的一个问题{due_at}到期未整改。"),
    "SUPERVISOR_REFUSED": _supervisor("推荐人选未获聘任", "您推荐的人选未获聘任：{reason}。"),
    "SUPERVISOR_APPOINTED": _supervisor(
        "聘任为民主监督员", "您已获聘民主监督员，聘书编号{certificate_no}。"
    ),
    "SUPERVISOR_SETTLED": _supervisor(
        "推荐人选已聘任", "您推荐的人选已聘任为民主监督员，聘书编号{certificate_no}。"
    ),
    "SUPERVISOR_ASSIGNED": _supervisor("民主监督员派驻", "您的派驻单位有变化，请查看。"),
    "SUPERVISOR_ENDED": _supervisor("民主监督员离任", "您的民主监督员聘任已结束：{reason}。"),
    "DEBRIEFING_COMPLETE": _debriefing("述职报告已齐", "“{title}”双方述职报告已齐，请查看。"),
    "DEBRIEFING_ASKED": _debriefing("述职提问", "“{title}”有委员向贵单位提问，请答复。"),
    "DEBRIEFING_ANSWERED": _debriefing("述职答复", "您在“{title}”中的提问已获答复。"),
    "DEBRIEFING_RATED": _debriefing("述职评价结果", "“{title}”评价已结束，请查看结果。"),
    "DEBRIEFING_DUE": _debriefing("述职报告将到期", "“{title}”请于{due_at}前提交述职报告。"),
}
