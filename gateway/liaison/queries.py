"""Reading liaison. What a viewer may not see is refused by the service."""

from __future__ import annotations

from typing import Any

from graphene import Field, String
from graphql import GraphQLResolveInfo

from gateway.base import by_id
from gateway.liaison.activities import Activity
from gateway.liaison.conferences import ConferenceItem, JointConference, WorkBriefing
from gateway.liaison.contacts import ContactLinkPlan, Lead, MemberContact
from gateway.liaison.exchange import Circle, Exchange, Representative
from gateway.liaison.homes import MembersHome, Reception, VisitorMatter
from gateway.liaison.loaders import SERVICE

Row = dict[str, Any]


class LiaisonQuery:
    contact_link_plan = by_id(ContactLinkPlan, "一次联系安排。Links proposed together.")
    member_contact = by_id(MemberContact, "一次联系记录。A contact record.")
    lead = by_id(Lead, "一件转办事项。A matter that was forwarded.")
    activity = by_id(Activity, "一项活动。An activity.")
    members_home = by_id(MembersHome, "一个委员之家，无须登录。A home, for everybody.")
    reception = by_id(Reception, "一次接待。A reception.")
    visitor_matter = Field(
        VisitorMatter,
        code=String(required=True, description="查询码。The visitor's code."),
        description="凭查询码看进展，无须登录。How far a visitor's matter is, for its code.",
    )
    joint_conference = by_id(JointConference, "一次联席会议。A joint conference.")
    conference_item = by_id(ConferenceItem, "一项联席会议事项。An item.")
    work_briefing = by_id(WorkBriefing, "一份工作通报。A work briefing.")
    exchange = by_id(Exchange, "一次联谊交往。A visit or a delegation.")
    representative = by_id(Representative, "一名代表人士。A representative.")
    circle = by_id(Circle, "一个交流小组。A topic group.")

    @staticmethod
    async def resolve_visitor_matter(_root: Any, info: GraphQLResolveInfo, code: str) -> Row | None:
        client = info.context.clients.current()
        row: Row | None = await info.context.call(
            SERVICE, "visitor_matter", code=code, client=client
        )
        return row


QUERIES = [LiaisonQuery]
