"""What an item may be, with the labels that people read (2.7)."""

from __future__ import annotations

from collections.abc import Mapping

from shared.labels import Labelled


class OpinionState(Labelled):
    """社情民意信息状态。State of an item of public opinion."""

    DRAFT = "DRAFT", "草稿", "Draft"
    SUBMITTED = "SUBMITTED", "已提交", "Submitted"
    RETURNED = "RETURNED", "退回修改", "Returned for revision"
    EDITING = "EDITING", "编辑核稿", "Being edited"
    COMBINED = "COMBINED", "综合采用", "Used in another item"
    RETAINED = "RETAINED", "留存（未录用）", "Retained, not used"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"
    ISSUED = "ISSUED", "签发编报", "Issued"
    DELIVERED = "DELIVERED", "已报送区领导", "Delivered to the district's leaders"
    SENT_UP = "SENT_UP", "已上报", "Sent up"
    INSTRUCTED = "INSTRUCTED", "领导批示", "Instructed by a leader"
    REFERRED = "REFERRED", "转有关部门办理", "Referred to a unit"
    RESULT_GIVEN = "RESULT_GIVEN", "已反馈办理结果", "The unit's result is there"
    CLOSED = "CLOSED", "已办结", "Closed"


S = OpinionState
# What an editor has not decided about, or has kept for later.
BEFORE_ISSUE = frozenset({S.SUBMITTED, S.EDITING})
# After the issue the state follows from what has been done with it (`record.settle`).
ISSUED = frozenset(
    {S.ISSUED, S.DELIVERED, S.SENT_UP, S.INSTRUCTED, S.REFERRED, S.RESULT_GIVEN, S.CLOSED}
)
CIRCULATED = ISSUED - {S.ISSUED}
# Allowed moves before the issue, and into and out of it: the verbs hold to it.
TRANSITIONS: Mapping[OpinionState, frozenset[OpinionState]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.SUBMITTED: frozenset({S.EDITING, S.RETURNED, S.RETAINED, S.COMBINED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.EDITING: frozenset({S.ISSUED, S.RETURNED, S.RETAINED, S.COMBINED, S.WITHDRAWN}),
    S.RETAINED: frozenset({S.EDITING, S.COMBINED}),
    S.COMBINED: frozenset({S.EDITING, S.WITHDRAWN}),
    S.ISSUED: frozenset({S.EDITING}),
}


class Channel(Labelled, name="OpinionChannel"):
    """收集渠道。How an item was collected (10.1)."""

    MEMBER = "MEMBER", "委员", "A member"
    COMMITTEE = "COMMITTEE", "专委会", "A special committee"
    TOWN = "TOWN", "镇（街道）工委", "A town or street working committee"
    SECTOR = "SECTOR", "界别", "A sector group"
    PARTY = "PARTY", "党派团体", "A party or organisation"
    SUPERVISOR = "SUPERVISOR", "民主监督员", "A democratic supervisor"


class Origin(Labelled, name="OpinionOrigin"):
    """来源。What an item was made from."""

    WRITTEN = "WRITTEN", "直接撰写", "Written as such"
    PROPOSAL = "PROPOSAL", "提案转来", "A proposal that was not filed"
    CONTACT = "CONTACT", "委员联系转来", "An issue raised with a contact"
    RECEPTION = "RECEPTION", "委员之家接待转来", "A visitor of a Members' Home"


class Urgency(Labelled, name="OpinionUrgency"):
    """紧急程度。Urgency."""

    NORMAL = "NORMAL", "一般", "Normal"
    URGENT = "URGENT", "紧急", "Urgent"


class Openness(Labelled, name="OpinionOpenness"):
    """公开范围。Who may read the edited text; never who wrote it, and never the public."""

    INTERNAL = "INTERNAL", "不公开", "Not open"
    MEMBERS = "MEMBERS", "委员可阅", "Open to members"


class Form(Labelled, name="OpinionAdoptionForm"):
    """采用形式。Used alone or together with others."""

    SINGLE = "SINGLE", "单篇", "Alone"
    COMBINED = "COMBINED", "综合", "Combined with others"


class Level(Labelled, name="OpinionLevel"):
    """上报层级。Level above the district."""

    CITY = "CITY", "市级", "City"
    PROVINCE = "PROVINCE", "省级", "Province"
    NATION = "NATION", "全国", "Nation"


class InstructionLevel(Labelled, name="OpinionInstructionLevel"):
    """批示层级。Level of the leader who instructs."""

    DISTRICT = "DISTRICT", "区级", "District"
    CITY = "CITY", "市级", "City"
    PROVINCE = "PROVINCE", "省级", "Province"
    NATION = "NATION", "全国", "Nation"


class Retention(Labelled, name="OpinionRetention"):
    """留存理由。Why an item is not used."""

    KNOWN = "KNOWN", "情况已掌握或已解决", "Known, or settled already"
    DUPLICATE = "DUPLICATE", "与已编报信息重复", "Reported before"
    UNFOUNDED = "UNFOUNDED", "事实不清或未能核实", "Facts not clear or not confirmed"
    NARROW = "NARROW", "个别事项，不具普遍性", "One person's matter"
    OUT_OF_SCOPE = "OUT_OF_SCOPE", "不属社情民意信息范围", "No matter of public opinion"
    OTHER = "OTHER", "其他", "Other"


class Adoption(Labelled, name="OpinionResultAdoption"):
    """采纳情况。What a unit has taken up."""

    ADOPTED = "ADOPTED", "采纳", "Adopted"
    PARTLY_ADOPTED = "PARTLY_ADOPTED", "部分采纳", "Adopted in part"
    NOT_ADOPTED = "NOT_ADOPTED", "未采纳", "Not adopted"


class ReferralState(Labelled, name="OpinionReferralState"):
    """转办状态。State of a referral."""

    OPEN = "OPEN", "办理中", "Under way"
    DECLINED = "DECLINED", "不属职责，已退回", "Not the unit's duty"
    ANSWERED = "ANSWERED", "已反馈", "Result given"


class End(Labelled, name="OpinionEnd"):
    """办结情形。What the item had come to when it was closed."""

    RESULT_GIVEN = "RESULT_GIVEN", "有关部门已反馈结果", "With a unit's result"
    INSTRUCTED = "INSTRUCTED", "领导已批示", "With an instruction"
    SENT_UP = "SENT_UP", "已上报", "Sent up"
    DELIVERED = "DELIVERED", "已供领导参阅", "Read by the leaders"
