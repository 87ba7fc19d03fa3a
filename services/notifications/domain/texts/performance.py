"""The texts of messages of points."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


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


PERFORMANCE: dict[str, Template] = {
    # An entry's points are its base value: order and caps count only in the yearly score.
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
}
