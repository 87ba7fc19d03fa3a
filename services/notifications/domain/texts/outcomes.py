"""The texts of messages of outcomes."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


def _file(title: str, text: str) -> Template:
    return Template(Category.OUTCOME, title, text, "OUTCOME", "outcome_id")


def _item(title: str, text: str) -> Template:
    return Template(Category.OUTCOME, title, text, "OUTCOME_ITEM", "item_id")


OUTCOMES: dict[str, Template] = {
    "OUTCOME_SUMMARY_DUE": Template(
        Category.OUTCOME,
        "年度成果综述将到期",
        "{year}年成果综述请于{due_at}前报送区委、区政府和下一次全体会议。",
        "OUTCOME_SUMMARY",
        "summary_id",
    ),
    "OUTCOME_CLOSED": _file("成果全部办结", "“{title}”的各条意见已全部办结。"),
    "OUTCOME_CONVERTED": _file("成果转化", "“{title}”新增一项转化记录，请查看。"),
    "OUTCOME_INSTRUCTED": _file("成果获领导批示", "您参与的“{title}”获领导批示，请查看。"),
    "OUTCOME_INSTRUCTION_REVOKED": _file("成果批示撤销", "“{title}”的一项批示已撤销：{reason}。"),
    "OUTCOME_SENT": _item("意见已报送", "您在“{title}”中的意见已报送，反馈期限{due_at}。"),
    "OUTCOME_REFERRED": _item("意见转办", "“{title}”的一条意见请贵单位于{due_at}前反馈。"),
    "OUTCOME_REFERRED_ON": _item("意见已转办", "您在“{title}”中的意见已转责任单位办理。"),
    "OUTCOME_ADOPTED": _item("意见获采纳", "您在“{title}”中的意见已获采纳，请查看答复。"),
    "OUTCOME_NOT_ADOPTED": _item("意见未采纳", "您在“{title}”中的意见未采纳，理由：{reason}。"),
    "OUTCOME_REASON_ACCEPTED": _item("意见办结", "“{title}”一条意见的未采纳理由已获认可。"),
    "OUTCOME_REASON_REFUSED": _item(
        "请重新答复意见",
        "“{title}”一条意见的理由未获认可，请于{due_at}前重新答复：{reason}。",
    ),
    "OUTCOME_PROGRESSED": _item("意见办理进展", "“{title}”的一条意见有新的办理进展，请查看。"),
    "OUTCOME_NOT_VERIFIED": _item(
        "核实未通过", "“{title}”的一条意见核实未通过，请于{due_at}前落实：{reason}。"
    ),
    "OUTCOME_VERIFIED": _item("意见已落实", "您在“{title}”中的意见已落实并经核实。"),
    "OUTCOME_REOPENED": _item("意见重新办理", "“{title}”的一条意见重新办理，请查看。"),
    "OUTCOME_OVERDUE": _item(
        "意见办理逾期",
        "“{title}”的一条意见{due_at}到期未办，列入{inspect_in}年视察计划。",
    ),
    "OUTCOME_UNIT_CHANGED": _item(
        "意见转由贵单位办理", "因单位合并，“{title}”的一条意见由贵单位继续办理，请查看。"
    ),
    "OUTCOME_DUE": _item("意见办理将到期", "“{title}”的一条意见请于{due_at}前办理。"),
}
