"""Activities, years, figures and the map, as the liaison service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled, loaded_by, references
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.liaison.enums import ActivityKind, ActivityState, NormDuty
from gateway.liaison.homes import MapPoint, MembersHome, of_home
from gateway.members.organisations import Organisation, Topical
from gateway.members.types import Member

Row = dict[str, Any]


class CommitteeHelp(ObjectType):
    """向专委会的协助请求。Help asked of a committee."""

    no = Int(required=True, description="序号。Number.")
    asked_committee = fields.organisation(
        "asked_committee", "committee_id", "专委会。The committee."
    )
    text = String(required=True, description="内容。What for.")
    asked_at = DateTime(required=True, description="请求时间。When asked.")
    answer = String(description="答复。Answer.")
    answered_at = DateTime(description="答复时间。When answered.")


class Activity(Topical, NodeType):
    """活动，可由多个单位主办。An activity of one organiser or more."""

    kind, kind_label = labelled(ActivityKind, "种类。Kind.", "kind", required=True)
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="名称。Title.")
    topic = String(required=True, description="议题。Topic.")
    year = Int(required=True, description="年度。Year.")
    organiser_list = references(
        Organisation, "organiser_ids", loader="organisations", description="主办单位。Organisers."
    )
    town = fields.town()
    home = of_home()
    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    location = Field(MapPoint, description="坐标。Place on the map.")
    text = String(required=True, description="方案。Text.")
    capacity = Int(description="名额。Places.")
    sign_up_by = DateTime(required=True, description="报名截止。Sign-up ends.")
    groups = List(NonNull(String), required=True, description="面向的组别。Groups asked.")
    files = List(NonNull(File), description="附件和证明。Files and proof.")
    state, state_label = labelled(ActivityState, "状态。State.", required=True)
    opinion = String(description="审核意见。Opinion.")
    reason = String(description="取消的理由。Why it was called off.")
    summary = String(description="小结。Summary.")
    helps = List(NonNull(CommitteeHelp), required=True, description="协助请求。Help asked for.")
    signed_up_count = Int(required=True, description="报名人数。Signed up.")
    took_part_count = Int(required=True, description="参加人数。Took part.")
    confirmed = Boolean(
        required=True, description="是否已确认参加情况。Whether participation is confirmed."
    )
    confirmed_at = DateTime(description="确认时间。When confirmed.")
    corrections_count = Int(required=True, description="更正次数。How often corrected.")
    signed_up_members = references(
        Member,
        "signed_up",
        loader="members",
        description="报名的委员，主办单位可见。Who signed up, for the organisers.",
    )
    took_part_members = references(
        Member,
        "took_part",
        loader="members",
        description="参加的委员，主办单位可见。Who took part, for the organisers.",
    )
    own_signed_up = Boolean(
        required=True, description="本人是否报名。Whether the viewer signed up."
    )
    own_took_part = Boolean(
        required=True, description="本人是否参加。Whether the viewer took part."
    )
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")

    get_node = loaded_by("activities")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class NormProgress(ObjectType):
    """一项年度任务的进展。Progress of a duty of the year."""

    duty, duty_label = labelled(NormDuty, "任务。Duty.", "duty", required=True)
    target = Int(required=True, description="目标。Target.")
    done = Int(required=True, description="已完成。Done.")
    met = Boolean(required=True, description="是否达到。Whether met.")


class LiaisonYear(ObjectType):
    """界别活动小组或镇（街道）工委的年度工作。The year of a group or a town."""

    organisation = fields.organisation("organisation", "organisation_id", "组织。The organisation.")
    year = Int(required=True, description="年度。Year.")
    version = Int(
        description="版本，修改时作 expectedVersion。Version, to edit by; null before the first."
    )
    plan = String(required=True, description="计划。Plan.")
    topics = List(
        NonNull(String), required=True, description="区域发展热点、难点问题。Local topics."
    )
    summary = String(required=True, description="总结。Summary.")
    norm = List(
        NonNull(NormProgress), required=True, description="年度任务进展。The norm's progress."
    )
    may_write = Boolean(required=True, description="能否编写。Whether the viewer may write it.")


class OrganisationLiaison(ObjectType):
    """一个组织的联络工作。Liaison of an organisation in a year."""

    organisation = fields.organisation("organisation", "organisation_id", "组织。The organisation.")
    activities = Int(
        required=True,
        description="主办的活动数，联合主办各计一次。Activities; each organiser is credited once.",
    )
    joint = Int(required=True, description="联合主办的活动数。Those organised jointly.")
    services = Int(required=True, description="社会服务数。Social services.")
    participations = Int(required=True, description="参加人次。Participations.")
    items_raised = Int(required=True, description="提出的联席会议事项。Items raised.")
    items_answered = Int(required=True, description="已答复的。Of these answered.")
    items_owned = Int(required=True, description="负责答复的事项。Items it has to answer.")
    items_overdue = Int(required=True, description="其中逾期的。Of these overdue.")


class TownLiaison(ObjectType):
    """一个镇（街道）的联络工作。Liaison of a town in a year."""

    town = fields.town()
    homes = Int(required=True, description="委员之家数。Homes.")
    homes_open = Int(required=True, description="其中开放的。Of these open.")
    duties_done = Int(required=True, description="值班天数。Days on duty.")
    duties_missed = Int(required=True, description="未到岗天数。Days missed.")
    weeks_without_duty = Int(
        required=True, description="无人值班的周数。Weeks with nobody on duty."
    )
    receptions = Int(required=True, description="接待数。Receptions.")
    receptions_forwarded = Int(required=True, description="转办的。Forwarded.")
    receptions_answered = Int(required=True, description="已答复的。Answered.")
    activities = Int(required=True, description="活动数。Activities.")
    quarters_with_study = Int(
        required=True,
        description="开展学习考察或调查的季度数。Quarters with a study tour, survey or research.",
    )


class MapActivity(ObjectType):
    """地图上的活动。An activity on the map."""

    kind, kind_label = labelled(ActivityKind, "种类。Kind.", "kind", required=True)
    title = String(required=True, description="名称。Title.")
    topic = String(required=True, description="议题。Topic.")
    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    location = Field(MapPoint, description="坐标。Place on the map.")
    state, state_label = labelled(ActivityState, "状态。State.", required=True)


class TownOnMap(ObjectType):
    """一个镇（街道）的委员之家和活动。Homes and activities of a town."""

    town = fields.town()
    homes = List(
        NonNull(MembersHome), required=True, description="开放的委员之家。Homes that are open."
    )
    activities = List(
        NonNull(MapActivity),
        required=True,
        description="已发布和进行中的活动。Activities that go on.",
    )
