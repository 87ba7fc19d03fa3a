"""Visits, representatives and topic groups, as the liaison service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
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
from gateway.liaison.enums import (
    CircleKind,
    CircleState,
    ExchangeKind,
    ExchangeLevel,
    RegisterState,
    RepresentativeCategory,
)
from gateway.liaison.loaders import SERVICE
from gateway.members.organisations import Topical
from gateway.members.types import Member

Row = dict[str, Any]


class ExchangeNotes(ObjectType):
    """限阅记录，每次查看都留痕。Restricted notes; each look is audited."""

    visited = String(required=True, description="走访对象。Whom was visited.")
    notes = String(required=True, description="记录。Notes.")


class Exchange(NodeType):
    """走访、视察、来往代表团、上级指导和汇报。A visit, a delegation, an instruction or a report."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    kind, kind_label = labelled(ExchangeKind, "种类。Kind.", "kind", required=True)
    title = String(required=True, description="标题。Title.")
    on = DateTime(required=True, description="日期。When.")
    place = String(required=True, description="地点。Place.")
    counterpart = String(required=True, description="对方单位。The other side.")
    level, level_label = labelled(ExchangeLevel, "层级。Level.", "level")
    organiser = fields.organisation("organiser", "organiser_id", "组织单位。Organiser.")
    led_by = fields.member("led_by", "leader_id", "带队委员。Who led it.")
    participant_list = references(
        Member, "participants", loader="members", description="参加委员。Who took part."
    )
    summary = String(required=True, description="概况。Summary.")
    files = List(NonNull(File), description="附件。Files.")
    answered = Boolean(
        required=True, description="上级指导是否已汇报。Whether an instruction was reported on."
    )
    due_at = DateTime(description="上级指导的汇报期限。By when an instruction is reported on.")
    has_notes = Boolean(
        required=True, description="是否有限阅记录。Whether there are restricted notes."
    )
    may_look = Boolean(
        required=True, description="能否查看限阅记录。Whether the viewer may read them."
    )
    may_change = Boolean(required=True, description="能否修改。Whether the viewer may change it.")
    restricted = Field(
        ExchangeNotes,
        description="限阅记录，仅记录人、指定委员和主席会议成员可见。For those named alone.",
    )

    get_node = loaded_by("exchanges")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])

    @staticmethod
    async def resolve_restricted(row: Row, info: GraphQLResolveInfo) -> Row | None:
        if not row["may_look"]:
            return None
        notes: Row = await info.context.call(SERVICE, "exchange_notes", exchange_id=row["id"])
        return notes


class RepresentativeMeeting(ObjectType):
    """一次联系。A meeting with a representative."""

    on = DateTime(required=True, description="日期。When.")
    member = fields.member("member", "by", "联系委员。Who met.")
    text = String(required=True, description="内容。Text.")


class RepresentativeDetails(ObjectType):
    """代表人士的个人信息，每次查看都留痕。Personal data; each look is audited."""

    name = String(required=True, description="姓名。Name.")
    phone = String(required=True, description="电话。Phone.")
    notes = String(required=True, description="备注。Notes.")
    meetings = List(
        NonNull(RepresentativeMeeting), required=True, description="联系记录。Meetings."
    )


class Representative(NodeType):
    """“三新”代表人士，不含个人信息。A representative of the three new, without personal data."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    category, category_label = labelled(
        RepresentativeCategory, "类别。Category.", "category", required=True
    )
    workplace = String(
        required=True,
        resolver=FromRow(lambda row: row["organisation"]),
        description="所在组织。Where the person works.",
    )
    field_of_work = String(required=True, description="领域。Field.")
    town = fields.town()
    keeper = fields.member("keeper", "keeper_id", "联系委员。Who keeps in touch.")
    listed_at = DateTime(required=True, description="登记时间。When listed.")
    last_met_on = DateTime(description="最近联系。Latest meeting.")
    meetings_count = Int(required=True, description="联系次数。Meetings.")
    state, state_label = labelled(RegisterState, "状态。State.", required=True)
    details = Field(
        RepresentativeDetails,
        description="个人信息，登记人员和联系委员可见。For who keeps the register, and the keeper.",
    )

    get_node = loaded_by("representatives")

    @staticmethod
    async def resolve_details(row: Row, info: GraphQLResolveInfo) -> Row:
        details: Row = await info.context.call(
            SERVICE, "representative_details", representative_id=row["id"]
        )
        return details


class CirclePost(ObjectType):
    """交流板上的发言。A post on the board."""

    id = String(
        required=True,
        resolver=FromRow(lambda row: global_id("CirclePost", row["id"])),
        description="编号。Id of the post.",
    )
    written_by = fields.member("written_by", "member_id", "发言人。Author.")
    text = String(required=True, description="内容。Text.")
    at = DateTime(required=True, description="时间。When.")
    removed = Boolean(required=True, description="是否已删除。Whether removed.")
    reason = String(description="删除的理由。Why it was removed.")
    own = Boolean(required=True, description="是否本人发言。Whether the viewer wrote it.")
    reply_to = String(
        resolver=FromRow(
            lambda row: global_id("CirclePost", row["reply_to"]) if row["reply_to"] else None
        ),
        description="回复的发言。The post that it answers.",
    )


class Circle(Topical, NodeType):
    """议题小组或联谊会。A topic group or an association."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    kind, kind_label = labelled(CircleKind, "种类。Kind.", "kind", required=True)
    name = String(required=True, description="名称。Name.")
    about = String(required=True, description="说明。About.")
    topic = String(required=True, description="议题。Topic.")
    organiser = fields.organisation("organiser", "organiser_id", "主办单位。Organiser.")
    member_list = references(Member, "members", loader="members", description="成员。Members.")
    members_count = Int(required=True, description="成员数。How many.")
    opened_at = DateTime(required=True, description="建立时间。When opened.")
    state, state_label = labelled(CircleState, "状态。State.", required=True)
    joined = Boolean(required=True, description="本人是否成员。Whether the viewer is in it.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")
    posts = paged(connection(CirclePost), "交流板，新的在前，成员可见。The board, for its members.")

    get_node = loaded_by("circles")

    @staticmethod
    def resolve_posts(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        return resolve_page(
            info, SERVICE, "list_posts", first=first, after=after, circle_id=row["id"]
        )
