"""The texts of messages of liaison."""

from __future__ import annotations

from services.notifications.domain.templates import Category, Template


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


LIAISON: dict[str, Template] = {
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
    "LEAD_DUE": _liaison(
        "转办线索将到期", "转办的线索“{title}”尚未答复，请于{due_at}前办理。", "LEAD", "lead_id"
    ),
    "INSTRUCTION_DUE": _liaison(
        "上级指导待汇报", "“{title}”请于{due_at}前汇报落实情况。", "EXCHANGE", "exchange_id"
    ),
    "LEAD_ANSWERED": _liaison(
        "转办事项已答复", "您转办的“{title}”已有答复，请查看。", "LEAD", "lead_id"
    ),
    "ACTIVITY_RETURNED": _activity("活动申请退回", "活动“{title}”的申请已退回，请按意见修改。"),
    "ACTIVITY_PUBLISHED": _activity("活动已发布", "活动“{title}”已发布，{held_at}举行。"),
    "ACTIVITY_OPEN": _activity(
        "活动开放报名", "活动“{title}”{held_at}举行，请在{sign_up_by}前报名。"
    ),
    "ACTIVITY_MOVED": _activity(
        "活动改期", "活动“{title}”由{moved_from}改至{held_at}在{place}举行：{reason}。"
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
}
