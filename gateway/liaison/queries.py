"""Reading liaison. What a viewer may not see is refused by the service."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Boolean, Field, InputObjectType, Int, List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import connection, local_id, localise, paged, resolve_page
from gateway.liaison.activities import (
    Activity,
    LiaisonYear,
    OrganisationLiaison,
    TownLiaison,
    TownOnMap,
)
from gateway.liaison.conferences import ConferenceItem, JointConference, WorkBriefing
from gateway.liaison.contacts import (
    ContactHealth,
    ContactLink,
    ContactLinkPlan,
    Lead,
    MemberContact,
)
from gateway.liaison.enums import (
    ActivityKind,
    ActivityState,
    BookingState,
    CircleKind,
    CircleState,
    ConferenceItemKind,
    ConferenceItemState,
    ContactLinkPlanState,
    ContactLinkState,
    ContactTier,
    ExchangeKind,
    ExchangeLevel,
    HomeDutyState,
    JointConferenceState,
    LeadOrigin,
    LeadState,
    LeadTarget,
    MembersHomeState,
    ReceptionChannel,
    ReceptionState,
    RegisterState,
    RepresentativeCategory,
)
from gateway.liaison.exchange import Circle, Exchange, Representative
from gateway.liaison.homes import HomeDuty, MembersHome, Reception, VisitBooking, VisitorMatter
from gateway.liaison.loaders import SERVICE

Row = dict[str, Any]
YEAR = "年度。Year."
STATE = "状态。State."
KIND = "种类。Kind."
TOWN = "镇（街道）。Of this town."
HOME = "委员之家。Of this home."
TOPIC = "议题。On this topic."


class ContactLinkFilter(InputObjectType):
    """联系关系筛选条件。All of these must hold."""

    state = ContactLinkState(description=STATE)
    tier = ContactTier(description="层级。Level.")
    leader_id = ID(description="联系人。Of this leading member.")
    member_id = ID(description="被联系的委员。Of this led member.")


class ContactLinkPlanFilter(InputObjectType):
    """联系安排筛选条件。All of these must hold."""

    state = ContactLinkPlanState(description=STATE)


class MemberContactFilter(InputObjectType):
    """联系记录筛选条件。All of these must hold."""

    link_id = ID(description="联系关系。Of this link.")
    year = Int(description=YEAR)


class LeadFilter(InputObjectType):
    """转办事项筛选条件。All of these must hold."""

    to = LeadTarget(description="去向。Where to.")
    origin = LeadOrigin(description="来源。Where from.")
    state = LeadState(description=STATE)
    topic = String(description=TOPIC)


class ActivityFilter(InputObjectType):
    """活动筛选条件。All of these must hold."""

    year = Int(description=YEAR)
    kind = ActivityKind(description=KIND)
    organiser = ID(description="主办单位。Of this organiser.")
    state = ActivityState(description=STATE)
    town = ID(description=TOWN)
    home_id = ID(description=HOME)
    circle_id = ID(description="交流小组。Of this group.")
    topic = String(description=TOPIC)
    signed_up = Boolean(description="仅本人报名的。Only those the viewer signed up for.")
    took_part = Boolean(description="仅本人参加的。Only those the viewer took part in.")


class MembersHomeFilter(InputObjectType):
    """委员之家筛选条件。All of these must hold."""

    town = ID(description=TOWN)
    state = MembersHomeState(description=STATE)


class HomeDutyFilter(InputObjectType):
    """值班筛选条件。All of these must hold."""

    home_id = ID(description=HOME)
    member_id = ID(description="值班委员。Of this member.")
    state = HomeDutyState(description=STATE)
    year = Int(description=YEAR)


class ReceptionFilter(InputObjectType):
    """接待记录筛选条件。All of these must hold."""

    home_id = ID(description=HOME)
    town = ID(description=TOWN)
    state = ReceptionState(description=STATE)
    channel = ReceptionChannel(description="渠道。How the visitor came.")
    year = Int(description=YEAR)


class VisitBookingFilter(InputObjectType):
    """预约筛选条件。All of these must hold."""

    home_id = ID(description=HOME)
    state = BookingState(description=STATE)


class JointConferenceFilter(InputObjectType):
    """联席会议筛选条件。All of these must hold."""

    year = Int(description=YEAR)
    state = JointConferenceState(description=STATE)


class ConferenceItemFilter(InputObjectType):
    """联席会议事项筛选条件。All of these must hold."""

    conference_id = ID(description="联席会议。Of this conference.")
    organisation = ID(description="提出单位。Raised by this organisation.")
    owner = ID(description="负责单位。Answered by this organisation.")
    kind = ConferenceItemKind(description=KIND)
    state = ConferenceItemState(description=STATE)
    year = Int(description=YEAR)


class WorkBriefingFilter(InputObjectType):
    """工作通报筛选条件。All of these must hold."""

    recipient = ID(description="接收单位。Sent to this organisation.")


class ExchangeFilter(InputObjectType):
    """联谊交往筛选条件。All of these must hold."""

    kind = ExchangeKind(description=KIND)
    year = Int(description=YEAR)
    organiser = ID(description="组织单位。Of this organiser.")
    level = ExchangeLevel(description="层级。Level.")


class RepresentativeFilter(InputObjectType):
    """代表人士筛选条件。All of these must hold."""

    category = RepresentativeCategory(description="类别。Category.")
    town = ID(description=TOWN)
    keeper = ID(description="联系委员。Kept by this member.")
    without_keeper = Boolean(description="仅无人联系的。Only those whom nobody keeps.")
    state = RegisterState(description=STATE)


class CircleFilter(InputObjectType):
    """交流小组筛选条件。All of these must hold."""

    kind = CircleKind(description=KIND)
    state = CircleState(description=STATE)
    topic = String(description=TOPIC)
    joined = Boolean(description="仅本人加入的。Only those the viewer is in.")


def _list(kind: Any, filter: Any, description: str) -> Field:
    given = Argument(filter, description="筛选。Filter.")
    field: Field = paged(connection(kind), description, filter=given)
    return field


def _one(kind: Any, description: str) -> Field:
    return Field(
        kind, id=ID(required=True, description="编号。Global id."), description=description
    )


def _year() -> Argument:
    return Argument(Int, required=True, description=YEAR)


class LiaisonQuery:
    contact_links = _list(
        ContactLink,
        ContactLinkFilter,
        "联系关系：本人的，办公室和主席会议成员可见全部。Contact links: one's own, or all.",
    )
    contact_link_plan = _one(ContactLinkPlan, "一次联系安排。Links proposed together.")
    contact_link_plans = _list(
        ContactLinkPlan, ContactLinkPlanFilter, "联系安排，新的在前。Links proposed together."
    )
    member_contact = _one(MemberContact, "一次联系记录。A contact record.")
    member_contacts = _list(
        MemberContact,
        MemberContactFilter,
        "联系记录：双方和指定委员可见，主席会议成员的查看留痕。Contact records.",
    )
    contact_health = List(
        NonNull(ContactHealth),
        description="两级联系情况，办公室和主席会议成员可见。Health of the contact system.",
    )
    lead = _one(Lead, "一件转办事项。A matter that was forwarded.")
    leads = _list(
        Lead, LeadFilter, "转办事项，新的在前；按议题即为议题档案。Forwarded matters, by topic too."
    )
    activity = _one(Activity, "一项活动。An activity.")
    activities = _list(Activity, ActivityFilter, "活动，近的在前。Activities, the latest first.")
    liaison_year = Field(
        LiaisonYear,
        organisation=ID(required=True, description="界别活动小组或工委。The group or town."),
        year=_year(),
        description="界别活动小组或镇（街道）工委的年度工作。The year of a group or a town.",
    )
    organisation_liaison = List(
        NonNull(OrganisationLiaison),
        year=_year(),
        description="各组织的联络工作；组织只见本组织。Liaison of each organisation.",
    )
    town_liaison = List(
        NonNull(TownLiaison),
        year=_year(),
        description="各镇（街道）的联络工作；工委只见本镇。Liaison of each town.",
    )
    liaison_map = List(
        NonNull(TownOnMap),
        description="委员之家和活动地图，无须登录。Homes and activities by town, for everybody.",
    )
    members_home = _one(MembersHome, "一个委员之家，无须登录。A home, for everybody.")
    members_homes = _list(
        MembersHome, MembersHomeFilter, "委员之家，无须登录。Members' Homes, for everybody."
    )
    home_duties = _list(HomeDuty, HomeDutyFilter, "值班，近的在前。Days on duty, the latest first.")
    reception = _one(Reception, "一次接待。A reception.")
    receptions = _list(Reception, ReceptionFilter, "接待记录，新的在前。Receptions, newest first.")
    visit_bookings = _list(
        VisitBooking, VisitBookingFilter, "群众预约，工委和当日值班委员可见。Visitors' bookings."
    )
    visitor_matter = Field(
        VisitorMatter,
        code=String(required=True, description="查询码。The visitor's code."),
        description="凭查询码看进展，无须登录。How far a visitor's matter is, for its code.",
    )
    joint_conference = _one(JointConference, "一次联席会议。A joint conference.")
    joint_conferences = _list(
        JointConference, JointConferenceFilter, "联席会议，近的在前。Joint conferences."
    )
    conference_item = _one(ConferenceItem, "一项联席会议事项。An item.")
    conference_items = _list(
        ConferenceItem, ConferenceItemFilter, "联席会议事项，新的在前。Items, the latest first."
    )
    work_briefing = _one(WorkBriefing, "一份工作通报。A work briefing.")
    work_briefings = _list(
        WorkBriefing, WorkBriefingFilter, "工作通报，新的在前。Work briefings, the latest first."
    )
    exchange = _one(Exchange, "一次联谊交往。A visit or a delegation.")
    exchanges = _list(Exchange, ExchangeFilter, "联谊交往，近的在前。Visits and delegations.")
    representative = _one(Representative, "一名代表人士。A representative.")
    representatives = _list(
        Representative, RepresentativeFilter, "“三新”代表人士。Representatives of the three new."
    )
    circle = _one(Circle, "一个交流小组。A topic group.")
    circles = _list(Circle, CircleFilter, "交流小组和联谊会。Topic groups and associations.")

    @staticmethod
    async def resolve_contact_health(_root: Any, info: GraphQLResolveInfo) -> list[Row]:
        rows: list[Row] = await info.context.call(SERVICE, "contact_health")
        return rows

    @staticmethod
    async def resolve_liaison_year(
        _root: Any, info: GraphQLResolveInfo, organisation: str, year: int
    ) -> Row:
        id = local_id(organisation, "Organisation", "organisation")
        row: Row = await info.context.call(SERVICE, "workspace", organisation=id, year=year)
        return row

    @staticmethod
    async def resolve_organisation_liaison(
        _root: Any, info: GraphQLResolveInfo, year: int
    ) -> list[Row]:
        rows: list[Row] = await info.context.call(SERVICE, "organisation_statistics", year=year)
        return rows

    @staticmethod
    async def resolve_town_liaison(_root: Any, info: GraphQLResolveInfo, year: int) -> list[Row]:
        rows: list[Row] = await info.context.call(SERVICE, "town_statistics", year=year)
        return rows

    @staticmethod
    async def resolve_liaison_map(_root: Any, info: GraphQLResolveInfo) -> list[Row]:
        rows: list[Row] = await info.context.call(SERVICE, "liaison_map")
        return rows

    @staticmethod
    async def resolve_visitor_matter(_root: Any, info: GraphQLResolveInfo, code: str) -> Row | None:
        client = info.context.clients.current()
        row: Row | None = await info.context.call(
            SERVICE, "visitor_matter", code=code, client=client
        )
        return row


# Field → its type; the viewer's own right to see it is the loader's.
ONE: dict[str, Any] = {
    "contact_link_plan": ContactLinkPlan,
    "member_contact": MemberContact,
    "lead": Lead,
    "activity": Activity,
    "members_home": MembersHome,
    "reception": Reception,
    "joint_conference": JointConference,
    "conference_item": ConferenceItem,
    "work_briefing": WorkBriefing,
    "exchange": Exchange,
    "representative": Representative,
    "circle": Circle,
}
# Field → the service's method, the filter's ids and their types.
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "contact_links": ("list_links", {"leader_id": "Member", "member_id": "Member"}),
    "contact_link_plans": ("list_plans", {}),
    "member_contacts": ("list_contacts", {"link_id": "ContactLink"}),
    "leads": ("list_leads", {}),
    "activities": (
        "list_activities",
        {
            "organiser": "Organisation",
            "town": "Organisation",
            "home_id": "MembersHome",
            "circle_id": "Circle",
        },
    ),
    "members_homes": ("list_homes", {"town": "Organisation"}),
    "home_duties": ("list_duties", {"home_id": "MembersHome", "member_id": "Member"}),
    "receptions": ("list_receptions", {"home_id": "MembersHome", "town": "Organisation"}),
    "visit_bookings": ("list_bookings", {"home_id": "MembersHome"}),
    "joint_conferences": ("list_conferences", {}),
    "conference_items": (
        "list_items",
        {
            "conference_id": "JointConference",
            "organisation": "Organisation",
            "owner": "Organisation",
        },
    ),
    "work_briefings": ("list_briefings", {"recipient": "Organisation"}),
    "exchanges": ("list_exchanges", {"organiser": "Organisation"}),
    "representatives": ("list_representatives", {"town": "Organisation", "keeper": "Member"}),
    "circles": ("list_circles", {}),
}


def _resolve_one(kind: Any) -> Any:
    async def resolve(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        row: Row | None = await kind.get_node(info, local_id(id, kind._meta.name, "id"))
        return row

    return staticmethod(resolve)


def _resolve_page(method: str, ids: dict[str, str]) -> Any:
    def resolve(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        filter: Row | None = None,
    ) -> Awaitable[Row]:
        chosen = localise(filter or {}, ids)
        return resolve_page(info, SERVICE, method, filter=chosen, first=first, after=after)

    return staticmethod(resolve)


for _name, _kind in ONE.items():
    setattr(LiaisonQuery, f"resolve_{_name}", _resolve_one(_kind))
for _name, (_method, _ids) in PAGES.items():
    setattr(LiaisonQuery, f"resolve_{_name}", _resolve_page(_method, _ids))

QUERIES = [LiaisonQuery]
