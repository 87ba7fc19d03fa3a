"""Items of public opinion, as the opinions service sends them; what is not shown is null."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    NodeType,
    labelled,
    loaded_by,
    reference,
    references,
)
from gateway.files.types import File, files_of
from gateway.members.organisations import Organisation, Topical
from gateway.members.types import Member
from gateway.opinions.enums import (
    OpinionAdoptionForm,
    OpinionChannel,
    OpinionEnd,
    OpinionInstructionLevel,
    OpinionLevel,
    OpinionLimit,
    OpinionOpenness,
    OpinionOrigin,
    OpinionReferralState,
    OpinionResultAdoption,
    OpinionRetention,
    OpinionState,
    OpinionUrgency,
)

Row = dict[str, Any]


def organisation(attribute: str, key: str, description: str) -> Field:
    """An organisation whose local id the row has under `key`."""
    return reference(
        Organisation, attribute, key=key, loader="organisations", description=description
    )


class OpinionText(ObjectType):
    """反映人原稿。What its author sent in; for the authors and the editors only."""

    title = String(required=True, description="标题。Title.")
    facts = String(required=True, description="情况反映。What is the matter.")
    suggestion = String(required=True, description="意见建议。What is suggested.")


class OpinionEdition(ObjectType):
    """编辑稿，与原稿分开。The editor's version, apart from the author's."""

    title = String(required=True, description="标题。Title.")
    facts = String(required=True, description="情况反映。What is the matter.")
    suggestion = String(required=True, description="意见建议。What is suggested.")
    edited_at = DateTime(required=True, description="编辑时间。When edited.")
    sent_at = DateTime(description="送签发时间。When sent for signature.")


class OpinionIssue(ObjectType):
    """编报。The issue that an item stands in."""

    year = Int(required=True, description="年度。Year.")
    no = Int(required=True, description="期号。Number within the year.")
    form, form_label = labelled(
        OpinionAdoptionForm, "单篇或综合。Alone or combined.", "form", required=True
    )
    issued_at = DateTime(required=True, description="签发时间。When signed.")
    signer_name = String(required=True, description="签发人。Who signed.")


class OpinionReflector(ObjectType):
    """非委员反映人。Who reported it and is no member."""

    name = String(required=True, description="姓名或称呼。Name.")
    note = String(required=True, description="说明。Note.")


class OpinionDelivery(ObjectType):
    """报送区领导。A delivery to an office of the district's leaders."""

    no = Int(required=True, description="序号。Number.")
    office = organisation("office", "to_id", "报送单位。Office that it was delivered to.")
    leaders = String(required=True, description="呈送领导。Which leaders.")
    delivered_at = DateTime(required=True, description="报送时间。When delivered.")
    received_at = DateTime(description="签收时间。When received.")


class OpinionAbove(ObjectType):
    """上报与采用。A level above: sent there, used there."""

    level, level_label = labelled(OpinionLevel, "层级。Level.", "level", required=True)
    sent_at = DateTime(description="上报时间。When sent up.")
    form, form_label = labelled(OpinionAdoptionForm, "采用形式。How it is used, if it is.", "form")
    used_by = String(required=True, description="采用单位或刊物。Who uses it, or where.")
    adopted_at = DateTime(description="采用时间。When it was used.")
    revoked_reason = String(description="撤销采用的理由。Why it counts as used no more.")


class OpinionInstruction(ObjectType):
    """领导批示。A leader's instruction."""

    no = Int(required=True, description="序号。Number.")
    level, level_label = labelled(OpinionInstructionLevel, "层级。Level.", "level", required=True)
    leader = String(required=True, description="批示领导。The leader.")
    text = String(required=True, description="批示内容。What was written.")
    instructed_on = DateTime(required=True, description="批示时间。When.")
    document_no = String(required=True, description="文号。Number of the document.")
    unit = organisation("unit", "unit_id", "批示指定的承办单位。Unit that is to deal with it.")
    revoked_reason = String(description="撤销登记的理由。Why the record was revoked.")


class OpinionReferral(ObjectType):
    """转办。A referral to a unit, and its result."""

    no = Int(required=True, description="序号。Number.")
    unit = organisation("unit", "unit_id", "承办单位。Unit.")
    note = String(required=True, description="说明。Note.")
    referred_at = DateTime(required=True, description="转办时间。When referred.")
    due_on = DateTime(required=True, description="反馈期限。When the result is due.")
    state, state_label = labelled(OpinionReferralState, "状态。State.", required=True)
    result = String(required=True, description="办理结果。Result.")
    adoption, adoption_label = labelled(
        OpinionResultAdoption, "采纳情况。What was taken up.", "adoption"
    )
    reason = String(required=True, description="理由。Why not, or why declined.")
    answered_at = DateTime(description="反馈时间。When answered.")


class OpinionClock(ObjectType):
    """时限。A time limit."""

    about, about_label = labelled(OpinionLimit, "事项。What is due.", "about", required=True)
    due_at = DateTime(required=True, description="期限。When it is due.")
    stopped_at = DateTime(description="完成时间。When it was done.")
    late = Boolean(required=True, description="是否已超期提醒。Whether an alarm has gone off.")
    void = Boolean(required=True, description="是否已不再适用。Whether it was given up.")


class OpinionStep(ObjectType):
    """办理过程的一步。A state that it came into."""

    state, state_label = labelled(OpinionState, "状态。State.", required=True)
    at = DateTime(required=True, description="时间。When.")


class GoodOpinion(ObjectType):
    """年度优秀信息。Of the year's good items."""

    year = Int(required=True, description="年度。Year.")
    nominated_at = DateTime(required=True, description="推荐时间。When proposed.")
    selected_at = DateTime(description="评定时间。When selected.")


class Opinion(Topical, NodeType):
    """社情民意信息，反映人受保护。An item of public opinion; its source is protected."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title, as the viewer may see it.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(OpinionState, "状态。State.", required=True)
    urgency, urgency_label = labelled(
        OpinionUrgency, "紧急程度。Urgency.", "urgency", required=True
    )
    openness, openness_label = labelled(
        OpinionOpenness, "公开范围。Openness.", "openness", required=True
    )
    topic = String(required=True, description="主题词。Topic in free words.")
    channel, channel_label = labelled(OpinionChannel, "收集渠道。Channel.", "channel")
    origin, origin_label = labelled(
        OpinionOrigin, "来源，限反映人和编辑。What it was made from.", "origin"
    )
    origin_ref = String(
        description="来源事项的本地编号，限反映人和编辑。Local id of the proposal or lead."
    )
    original = Field(OpinionText, description="反映人原稿，限反映人和编辑。The author's own text.")
    edited = Field(OpinionEdition, description="编辑稿。The editor's version.")
    issue = Field(OpinionIssue, description="编报。Issue.")
    issue_no = String(description="期号，如“社情民意 2017年第35期”。Number as printed.")
    authors = references(
        Member,
        "author_ids",
        loader="members",
        description="反映人；对领导和有关部门仅显示同意公开的。Authors; to others who agreed only.",
    )
    organisation = organisation(
        "organisation", "organisation_id", "反映单位。Organisation that reports it."
    )
    reflectors = List(
        NonNull(OpinionReflector),
        description="非委员反映人，限反映人和编辑。Who are no members.",
    )
    named = Boolean(description="是否同意显示姓名。Whether the authors agree to be named.")
    voice = Field(File, description="语音，限反映人和编辑。The voice note.")
    photos = List(NonNull(File), description="照片，限反映人和编辑。Photos.")
    proofs = List(NonNull(File), description="办理结果附件。Files of units' results.")
    created_at = DateTime(description="撰写时间。When written.")
    submitted_at = DateTime(description="提交时间。When submitted, the last time.")
    reason = String(description="退回、留存、撤回的理由。Reason of the latest decision.")
    retention, retention_label = labelled(
        OpinionRetention, "留存理由类别。Why it is not used.", "retention"
    )
    combined_into = Field(
        lambda: Opinion,
        resolver=lambda row, info: _opinion(row, info),
        description="综合采用于。The item that it is used in.",
    )
    combined_count = Int(required=True, description="综合进来的件数。Items that are used in it.")
    deliveries = List(NonNull(OpinionDelivery), description="报送区领导。Deliveries.")
    above = List(NonNull(OpinionAbove), description="上报与采用。Levels above.")
    instructions = List(NonNull(OpinionInstruction), description="领导批示。Instructions.")
    referrals = List(NonNull(OpinionReferral), description="转办，承办单位只见自己的。Referrals.")
    clocks = List(NonNull(OpinionClock), description="时限。Time limits.")
    history = List(NonNull(OpinionStep), description="办理过程。What it came through.")
    end, end_label = labelled(OpinionEnd, "办结情形。What it had come to.", "end")
    end_note = String(description="办结说明。Note of the closing.")
    closed_at = DateTime(description="办结时间。When closed.")
    good = Field(GoodOpinion, description="年度优秀信息。Whether of the year's good items.")
    is_own = Boolean(required=True, description="是否本人或本组织反映。Whether the viewer's own.")

    get_node = loaded_by("opinions")

    @staticmethod
    async def resolve_voice(row: Row, info: GraphQLResolveInfo) -> Row | None:
        voice = row.get("voice")
        found = await files_of(info, [voice]) if voice else None
        return found[0] if found else None

    @staticmethod
    def resolve_photos(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row.get("photos"))

    @staticmethod
    def resolve_proofs(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row.get("proofs"))


def _opinion(row: Row, info: GraphQLResolveInfo) -> Any:
    id = row.get("combined_id")
    return info.context.loaders.opinions.load(id) if id else None


class OpinionFigures(ObjectType):
    """社情民意统计的一行，比率为百分比。Figures of a group; rates are percent."""

    key = String(required=True, description="分组代码或编号。Code or local id of the group.")
    organisation = organisation(
        "organisation",
        "organisation_id",
        "反映单位，按单位分组时。The organisation, where grouped by it.",
    )
    member = reference(
        Member,
        "member",
        key="member_id",
        loader="members",
        description="委员，按委员分组时。The member, where grouped by it.",
    )
    submitted = Int(required=True, description="提交件数。Submitted.")
    urgent = Int(required=True, description="紧急件数。Urgent ones.")
    issued_single = Int(required=True, description="单篇编报件数。Issued alone.")
    issued_combined = Int(required=True, description="综合编报件数。Issued with others.")
    retained = Int(required=True, description="留存件数。Retained.")
    returned = Int(required=True, description="曾退回修改件数。Returned at least once.")
    delivered = Int(required=True, description="报送区领导件数。Delivered.")
    sent_up = Int(required=True, description="上报件数。Sent up.")
    adopted_single = Int(required=True, description="上级单篇采用件数。Used above alone.")
    adopted_combined = Int(required=True, description="上级综合采用件数。Used above with others.")
    adopted_city = Int(required=True, description="市级采用件数。Used by the city.")
    adopted_province = Int(required=True, description="省级采用件数。Used by the province.")
    adopted_nation = Int(required=True, description="全国采用件数。Used by the nation.")
    instructed = Int(required=True, description="领导批示件数。Instructed.")
    referred = Int(required=True, description="转办件数。Referred.")
    results = Int(required=True, description="已反馈结果件数。With a result.")
    closed = Int(required=True, description="办结件数。Closed.")
    good = Int(required=True, description="优秀信息件数。Good items.")
    edited_in_time_rate = Float(description="按时编辑率。Edited in time.")
    delivered_in_time_rate = Float(description="按时报送率。Delivered in time.")
    informed_in_time_rate = Float(description="按时告知率。Authors told in time.")
    results_in_time_rate = Float(description="按时反馈率。Results in time.")


class OpinionNorm(ObjectType):
    """委员年度信息任务。Items that a member is to report in a year."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )
    standing = Boolean(required=True, description="是否常委。Whether a standing member.")
    target = Int(required=True, description="任务件数。To be reported.")
    submitted = Int(required=True, description="已提交件数。Reported.")
    met = Boolean(required=True, description="是否完成。Whether it is enough.")
