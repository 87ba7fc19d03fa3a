"""Events of the liaison service beside those that members are credited for.

Notes of contacts and visits, visitors and representatives never travel.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.liaison import ACTIVITY_KINDS, HELD_ON, LINK

TIERS = ("STANDING", "ORDINARY")
TARGETS = ("OPINION", "PROPOSAL_LEAD", "AFFAIR")
ORIGINS = ("CONTACT", "RECEPTION")
PUBLISHED_KINDS = (*ACTIVITY_KINDS, "SOCIAL_SERVICE")
DUE = "2017-03-01T18:00:00+08:00"
PLAN = {"plan_id": "link-plan-1", "tier": "ORDINARY", "size": 250}
ORPHAN = {"member_id": "m-15-0088", "tier": "ORDINARY", "occurrence_no": 1}
ISSUE = {**LINK, "contact_id": "contact-1", "issue_no": 1}
LEAD: dict[str, Any] = {
    "lead_id": "lead-1",
    "to": "OPINION",
    "origin": "RECEPTION",
    "source_id": "reception-1",
    "home_id": "home-lili",
    "town": "town-lili",
    "topic": "二次供水",
    "title": "楼顶水箱长期无人清洗",
    "text": "居民反映多个小区楼顶水箱多年未清洗，水质变差。",
    "by": "m-15-0140",
    "due_at": DUE,
}
ACTIVITY: dict[str, Any] = {
    "activity_id": "activity-1",
    "title": "界别协商：民营企业融资",
    "kind": "CONSULTATION",
    "organisers": ["org-minjian", "org-zhigong"],
    "held_at": HELD_ON,
}
HOME = {"home_id": "home-lili", "home": "黎里镇委员之家", "town": "town-lili"}
DUTY = {
    "duty_id": "home-lili:2017-03-15",
    "home_id": "home-lili",
    "home": "黎里镇委员之家",
    "member_id": "m-15-0140",
    "held_at": "2017-03-15T09:00:00+08:00",
}
BOOKING = {"booking_id": "booking-1", **HOME}
BOOKING_ENDS = ("RECEIVED", "CANCELLED", "MISSED")
ITEM: dict[str, Any] = {
    "item_id": "item-1",
    "conference_id": "conference-1",
    "organisation": "org-minjian",
    "owner": "office-general",
    "title": "提前送达协商材料",
}
BRIEFING = {"briefing_id": "briefing-1", "title": "2017年第一季度政协工作通报"}


class LinksProposed(Data):
    """`size` links of one level, to be decided together."""

    plan_id = fields.Str(required=True)
    tier = fields.Str(required=True, validate=validate.OneOf(TIERS))
    size = fields.Int(required=True)


class LinksDecided(LinksProposed):
    approved = fields.Bool(required=True)


class Orphan(Data):
    """A member in office without a contact; `occurrence_no` numbers the member's tasks."""

    member_id = fields.Str(required=True)
    tier = fields.Str(required=True, validate=validate.OneOf(TIERS))
    occurrence_no = fields.Int(required=True)


class OrphanDue(Orphan):
    due_at = fields.AwareDateTime(required=True)


class Issue(Data):
    contact_id = fields.Str(required=True)
    link_id = fields.Str(required=True)
    leader_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    issue_no = fields.Int(required=True)


class IssuesPassed(Data):
    """Another leads the member now; `leader_id` is the new one."""

    contact_id = fields.Str(required=True)
    link_id = fields.Str(required=True)
    leader_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    open_issues = fields.Int(required=True)


class Converted(Data):
    """The words that were written for it when it was forwarded; `lead_id` answers to it.

    `by`: the member who forwarded it, none where staff did.
    """

    lead_id = fields.Str(required=True)
    to = fields.Str(required=True, validate=validate.OneOf(TARGETS))
    origin = fields.Str(required=True, validate=validate.OneOf(ORIGINS))
    source_id = fields.Str(required=True)
    home_id = fields.Str(required=True, allow_none=True)
    town = fields.Str(required=True, allow_none=True)
    topic = fields.Str(required=True)
    title = fields.Str(required=True)
    text = fields.Str(required=True)
    by = fields.Str(required=True, allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)


class HomeConverted(Converted):
    """`reception_id` is the source."""

    reception_id = fields.Str(required=True)


class LeadAnswered(Data):
    lead_id = fields.Str(required=True)
    to = fields.Str(required=True, validate=validate.OneOf(TARGETS))
    title = fields.Str(required=True)
    by = fields.Str(required=True, allow_none=True)


class LeadReminder(Data):
    """Nobody has answered it yet."""

    lead_id = fields.Str(required=True)
    to = fields.Str(required=True, validate=validate.OneOf(TARGETS))
    title = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)


class ActivityData(Data):
    """`organisers`: ids of organisations."""

    activity_id = fields.Str(required=True)
    title = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(PUBLISHED_KINDS))
    organisers = fields.List(fields.Str(), required=True)
    held_at = fields.AwareDateTime(required=True)


class ActivityPublished(ActivityData):
    """`groups`: keys of groups that are asked, `members` who they are; all where there are none."""

    sign_up_by = fields.AwareDateTime(required=True)
    groups = fields.List(fields.Str(), required=True)
    members = fields.List(fields.Str(), required=True)


class ActivityReturned(ActivityData):
    opinion = fields.Str(required=True, allow_none=True)


class ActivityCancelled(ActivityData):
    """`members` had signed up."""

    reason = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)


class ActivityMoved(ActivityData):
    """`held_at` and `place` are the new ones; `members` had signed up."""

    moved_from = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)
    reason = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)


class ActivityClosed(ActivityData):
    year = fields.Int(required=True)
    took_part = fields.Int(required=True)


class ActivityHelp(ActivityData):
    help_no = fields.Int(required=True)
    committee = fields.Str(required=True)


class HomeState(Data):
    home_id = fields.Str(required=True)
    home = fields.Str(required=True)
    town = fields.Str(required=True)
    state = fields.Str(required=True)
    reason = fields.Str(required=True, allow_none=True)


class DutyData(Data):
    duty_id = fields.Str(required=True)
    home_id = fields.Str(required=True)
    home = fields.Str(required=True)
    member_id = fields.Str(required=True)
    held_at = fields.AwareDateTime(required=True)


class DutyOfTown(DutyData):
    town = fields.Str(required=True)


class DutyConfirmed(DutyData):
    took_part = fields.Bool(required=True)


class BookingData(Data):
    booking_id = fields.Str(required=True)
    home_id = fields.Str(required=True)
    home = fields.Str(required=True)
    town = fields.Str(required=True)


class Booked(BookingData):
    held_at = fields.AwareDateTime(required=True)


class BookingEnded(BookingData):
    """The visitor was received, cancelled, or did not come."""

    state = fields.Str(required=True, validate=validate.OneOf(BOOKING_ENDS))


class ReceptionAnswered(Data):
    reception_id = fields.Str(required=True)
    home_id = fields.Str(required=True)
    town = fields.Str(required=True)


class LeadLeft(ReceptionAnswered):
    home = fields.Str(required=True)


class ItemData(Data):
    """`conference_id`: none for an opinion given outside of a conference."""

    item_id = fields.Str(required=True)
    conference_id = fields.Str(required=True, allow_none=True)
    organisation = fields.Str(required=True)
    owner = fields.Str(required=True, allow_none=True)
    title = fields.Str(required=True)


class ItemDue(ItemData):
    due_at = fields.AwareDateTime(required=True)


class BriefingData(Data):
    briefing_id = fields.Str(required=True)
    title = fields.Str(required=True)


class BriefingSent(BriefingData):
    organisations = fields.List(fields.Str(), required=True)


class BriefingReceived(BriefingData):
    organisation = fields.Str(required=True)


class ExchangeRecorded(Data):
    """That there was one, nothing of what was said."""

    exchange_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    organiser = fields.Str(required=True)
    level = fields.Str(required=True, allow_none=True)


class Instruction(Data):
    """An instruction from above, which the organiser reports on."""

    exchange_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organiser = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)


class Entrusted(Data):
    """A member keeps in touch with a representative."""

    representative_id = fields.Str(required=True)
    category = fields.Str(required=True)
    member_id = fields.Str(required=True)


class Vacated(Data):
    """Nobody keeps in touch with a representative."""

    representative_id = fields.Str(required=True)
    category = fields.Str(required=True)


class CircleOpened(Data):
    circle_id = fields.Str(required=True)
    title = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)


class LiaisonFilesChanged(Data):
    record_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


def _liaison(name: str, title: str, schema: type[Data], sample: dict[str, Any]) -> None:
    contract("liaison", name, title, sample)(schema)


_liaison(names.CONTACT_LINKS_PROPOSED, "提出联系安排", LinksProposed, PLAN)
_liaison(names.CONTACT_LINKS_DECIDED, "审定联系安排", LinksDecided, {**PLAN, "approved": True})
_liaison(names.CONTACT_LINK_ORPHANED, "委员无人联系", OrphanDue, {**ORPHAN, "due_at": DUE})
_liaison(names.CONTACT_LINK_ORPHAN_OVERDUE, "逾期无人联系", OrphanDue, {**ORPHAN, "due_at": DUE})
_liaison(names.CONTACT_LINK_ORPHAN_CLOSED, "已落实联系", Orphan, ORPHAN)
_liaison(
    names.CONTACT_ISSUE_CONVERTED,
    "联系中的意见转办",
    Converted,
    {**LEAD, "origin": "CONTACT", "source_id": "contact-1", "home_id": None, "town": None},
)
_liaison(names.CONTACT_ISSUE_ANSWERED, "联系中的意见已答复", Issue, ISSUE)
_liaison(names.CONTACT_ISSUE_CLOSED, "联系中的意见已办结", Issue, ISSUE)
_liaison(
    names.CONTACT_ISSUES_PASSED,
    "联系中的意见移交新联系人",
    IssuesPassed,
    {**LINK, "contact_id": "contact-1", "open_issues": 2},
)
_liaison(
    names.HOME_LEAD_CONVERTED,
    "接待事项转办",
    HomeConverted,
    {**LEAD, "reception_id": "reception-1"},
)
_liaison(
    names.HOME_RECEPTION_ANSWERED,
    "接待事项答复",
    ReceptionAnswered,
    {"reception_id": "reception-1", "home_id": "home-lili", "town": "town-lili"},
)
_liaison(
    names.LEAD_ANSWERED,
    "转办事项已答复",
    LeadAnswered,
    {key: LEAD[key] for key in ("lead_id", "to", "title", "by")},
)
_liaison(
    names.LEAD_REMINDER_DUE,
    "转办事项将到期",
    LeadReminder,
    {key: LEAD[key] for key in ("lead_id", "to", "title", "due_at")},
)
INSTRUCTION = {
    "exchange_id": "exchange-1",
    "title": "市政协调研指导",
    "organiser": "office-general",
    "due_at": DUE,
}
_liaison(names.INSTRUCTION_RECEIVED, "上级指导", Instruction, INSTRUCTION)
_liaison(names.INSTRUCTION_REPORTED, "上级指导已汇报", Instruction, INSTRUCTION)
_liaison(names.INSTRUCTION_REMINDER_DUE, "上级指导将到期", Instruction, INSTRUCTION)
_liaison(names.ACTIVITY_APPLIED, "活动申请", ActivityData, ACTIVITY)
_liaison(
    names.ACTIVITY_RETURNED, "活动退回", ActivityReturned, {**ACTIVITY, "opinion": "请补充方案"}
)
_liaison(
    names.ACTIVITY_PUBLISHED,
    "活动发布",
    ActivityPublished,
    {**ACTIVITY, "sign_up_by": DUE, "groups": ["PARTY:04"], "members": ["m-15-0088"]},
)
_liaison(
    names.ACTIVITY_MOVED,
    "活动改期",
    ActivityMoved,
    {
        **ACTIVITY,
        "moved_from": "2017-03-15T09:00:00+08:00",
        "place": "盛泽镇文体中心",
        "reason": "场地检修",
        "members": ["m-15-0088"],
    },
)
_liaison(
    names.ACTIVITY_CANCELLED,
    "活动取消",
    ActivityCancelled,
    {**ACTIVITY, "reason": "场地检修", "members": ["m-15-0088"]},
)
_liaison(
    names.ACTIVITY_CLOSED,
    "活动履职关闭",
    ActivityClosed,
    {**ACTIVITY, "year": 2017, "took_part": 12},
)
_liaison(names.ACTIVITY_COMPLETION_DUE, "请办理活动履职关闭", ActivityData, ACTIVITY)
HELP = {**ACTIVITY, "help_no": 1, "committee": "com-economy"}
_liaison(names.ACTIVITY_HELP_ASKED, "请求专委会协助", ActivityHelp, HELP)
_liaison(names.ACTIVITY_HELP_ANSWERED, "专委会答复协助", ActivityHelp, HELP)
_liaison(
    names.HOME_STATE_CHANGED,
    "委员之家状态变化",
    HomeState,
    {**HOME, "state": "OPEN", "reason": None},
)
_liaison(names.HOME_DUTY_SET, "安排值班", DutyData, DUTY)
_liaison(names.HOME_DUTY_CANCELLED, "取消值班", DutyData, DUTY)
_liaison(names.HOME_DUTY_REMINDER_DUE, "值班提醒", DutyData, DUTY)
OF_TOWN = {**DUTY, "town": "town-lili"}
_liaison(names.HOME_DUTY_VACATED, "值班空缺", DutyOfTown, OF_TOWN)
_liaison(names.HOME_DUTY_CONFIRMATION_DUE, "请确认值班", DutyOfTown, OF_TOWN)
_liaison(names.HOME_DUTY_CONFIRMED, "确认值班", DutyConfirmed, {**DUTY, "took_part": True})
_liaison(names.HOME_BOOKED, "预约接待", Booked, {**BOOKING, "held_at": "2017-03-15T09:00:00+08:00"})
_liaison(names.HOME_BOOKING_ENDED, "预约了结", BookingEnded, {**BOOKING, "state": "RECEIVED"})
_liaison(
    names.HOME_LEAD_LEFT,
    "群众留言",
    LeadLeft,
    {
        "reception_id": "reception-1",
        "home_id": "home-lili",
        "home": "黎里镇委员之家",
        "town": "town-lili",
    },
)
_liaison(names.CONFERENCE_ITEM_RAISED, "联席会议提出事项", ItemData, {**ITEM, "owner": None})
_liaison(names.CONFERENCE_ITEM_ACCEPTED, "联席会议事项受理", ItemDue, {**ITEM, "due_at": DUE})
_liaison(names.CONFERENCE_ITEM_ANSWERED, "联席会议事项答复", ItemDue, {**ITEM, "due_at": DUE})
_liaison(names.CONFERENCE_ITEM_CLOSED, "联席会议事项办结", ItemData, ITEM)
_liaison(names.CONFERENCE_ITEM_OVERDUE, "联席会议事项逾期", ItemDue, {**ITEM, "due_at": DUE})
SENT = {**BRIEFING, "organisations": ["org-minjian", "org-zhigong"]}
_liaison(names.BRIEFING_SENT, "发送工作通报", BriefingSent, SENT)
_liaison(names.BRIEFING_URGED, "催收工作通报", BriefingSent, SENT)
_liaison(
    names.BRIEFING_RECEIVED,
    "签收工作通报",
    BriefingReceived,
    {**BRIEFING, "organisation": "org-minjian"},
)
_liaison(
    names.EXCHANGE_RECORDED,
    "联谊交往记录",
    ExchangeRecorded,
    {
        "exchange_id": "exchange-1",
        "kind": "DELEGATION_IN",
        "organiser": "office-general",
        "level": None,
    },
)
_liaison(
    names.REPRESENTATIVE_ENTRUSTED,
    "联系代表人士",
    Entrusted,
    {
        "representative_id": "representative-1",
        "category": "NEW_ECONOMIC",
        "member_id": "m-15-0088",
    },
)
_liaison(
    names.REPRESENTATIVE_VACATED,
    "代表人士无人联系",
    Vacated,
    {"representative_id": "representative-1", "category": "NEW_ECONOMIC"},
)
_liaison(
    names.CIRCLE_OPENED,
    "建立交流小组",
    CircleOpened,
    {"circle_id": "circle-1", "title": "二次供水议题小组", "members": ["m-15-0140"]},
)
_liaison(
    names.LIAISON_FILES_CHANGED,
    "联络资料附件变化",
    LiaisonFilesChanged,
    {"record_id": "activity-1", "attached": ["file-1"], "detached": []},
)
