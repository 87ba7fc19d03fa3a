"""The joint conference, its items and briefings, as the liaison service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    global_id,
    labelled,
    loaded_by,
    paged,
    references,
    resolve_page,
)
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.liaison.enums import ConferenceItemKind, ConferenceItemState, JointConferenceState
from gateway.liaison.loaders import SERVICE
from gateway.members.organisations import Organisation

Row = dict[str, Any]


class ConferenceItem(NodeType):
    """联席会议事项或改进政协工作的意见。An item, or an opinion on the committee's own work."""

    kind, kind_label = labelled(ConferenceItemKind, "种类。Kind.", "kind", required=True)
    raised_by = fields.organisation("raised_by", "organisation_id", "提出单位。Who raised it.")
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="内容。Text.")
    raised_at = DateTime(required=True, description="提出时间。When raised.")
    state, state_label = labelled(ConferenceItemState, "状态。State.", required=True)
    responsible = fields.organisation("responsible", "owner_id", "负责单位。Who answers.")
    due_at = DateTime(description="答复期限。By when.")
    overdue = Boolean(required=True, description="是否逾期。Whether overdue.")
    answer = String(description="答复。Answer.")
    answered_at = DateTime(description="答复时间。When answered.")
    closed_at = DateTime(description="办结时间。When closed.")
    satisfied = Boolean(description="提出单位是否满意。Whether who raised it is satisfied.")
    comment = String(description="评价意见。Comment.")
    may_answer = Boolean(required=True, description="能否答复。Whether the viewer may answer.")
    may_close = Boolean(required=True, description="能否办结。Whether the viewer may close it.")
    conference_id = String(
        resolver=FromRow(
            lambda row: (
                global_id("JointConference", row["conference_id"]) if row["conference_id"] else None
            )
        ),
        description="联席会议的全局编号。Global id of the conference.",
    )

    get_node = loaded_by("conference_items")


class JointConference(NodeType):
    """联席会议，会议和出席以办公室为准。A joint conference; its meeting has the same local id."""

    no = Int(required=True, description="当年第几次。Number in the year.")
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    year = Int(required=True, description="年度。Year.")
    title = String(required=True, description="名称。Title.")
    organiser = fields.organisation("organiser", "organiser_id", "主办单位。Organiser.")
    held_at = DateTime(required=True, description="时间。When.")
    place = String(required=True, description="地点。Place.")
    participant_list = references(
        Organisation,
        "participant_ids",
        loader="organisations",
        description="参加单位。Organisations that take part.",
    )
    agenda = List(NonNull(String), required=True, description="议程。Agenda.")
    state, state_label = labelled(JointConferenceState, "状态。State.", required=True)
    reason = String(description="取消的理由。Why it was called off.")
    minutes = String(description="纪要。Minutes.")
    invited_count = Int(required=True, description="邀请委员数。Members asked.")
    attended_count = Int(required=True, description="出席委员数。Members present.")
    own_invited = Boolean(required=True, description="是否邀请本人。Whether the viewer is asked.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")
    meeting_id = String(
        resolver=FromRow(lambda row: global_id("Meeting", row["id"])),
        description="会议的全局编号。Global id of its meeting.",
    )
    items = paged(
        connection(ConferenceItem),
        "提出的事项。Items raised.",
        state=Argument(ConferenceItemState, description="状态。In this state."),
    )

    get_node = loaded_by("joint_conferences")

    @staticmethod
    def resolve_items(
        row: Row,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        state: Any = None,
    ) -> Awaitable[Row]:
        filter = {"conference_id": row["id"], **({"state": state} if state else {})}
        return resolve_page(info, SERVICE, "list_items", filter=filter, first=first, after=after)


class BriefingReceipt(ObjectType):
    """一个单位的签收。An organisation's receipt."""

    organisation = fields.organisation("organisation", "organisation_id", "单位。The organisation.")
    received_at = DateTime(description="签收时间。When it confirmed.")


class WorkBriefing(NodeType):
    """工作通报。A work briefing."""

    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="内容。Text.")
    files = List(NonNull(File), description="附件。Files.")
    sent_at = DateTime(required=True, description="发送时间。When sent.")
    receipts = List(
        NonNull(BriefingReceipt),
        required=True,
        description="各单位签收情况；接收单位只见本单位。Who has received it.",
    )
    recipients_count = Int(required=True, description="接收单位数。Recipients.")
    received_count = Int(required=True, description="已签收单位数。Of these confirmed.")
    received_at = DateTime(description="本单位签收时间。When one's own organisation confirmed.")
    urged_at = DateTime(description="最近催收时间。When last urged.")
    urges = Int(required=True, description="催收次数。How often urged.")

    get_node = loaded_by("work_briefings")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])
