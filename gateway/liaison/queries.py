"""Reading liaison. What a viewer may not see is refused by the service."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field, String
from graphql import GraphQLResolveInfo

from gateway.base import local_id
from gateway.liaison.activities import Activity
from gateway.liaison.conferences import ConferenceItem, JointConference, WorkBriefing
from gateway.liaison.contacts import ContactLinkPlan, Lead, MemberContact
from gateway.liaison.exchange import Circle, Exchange, Representative
from gateway.liaison.homes import MembersHome, Reception, VisitorMatter
from gateway.liaison.loaders import SERVICE

Row = dict[str, Any]


def _one(kind: Any, description: str) -> Field:
    """One record; the viewer's own right to see it is the loader's."""

    async def resolve(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        row: Row | None = await kind.get_node(info, local_id(id, kind._meta.name, "id"))
        return row

    return Field(
        kind,
        id=ID(required=True, description="编号。Global id."),
        description=description,
        resolver=resolve,
    )


class LiaisonQuery:
    contact_link_plan = _one(ContactLinkPlan, "一次联系安排。Links proposed together.")
    member_contact = _one(MemberContact, "一次联系记录。A contact record.")
    lead = _one(Lead, "一件转办事项。A matter that was forwarded.")
    activity = _one(Activity, "一项活动。An activity.")
    members_home = _one(MembersHome, "一个委员之家，无须登录。A home, for everybody.")
    reception = _one(Reception, "一次接待。A reception.")
    visitor_matter = Field(
        VisitorMatter,
        code=String(required=True, description="查询码。The visitor's code."),
        description="凭查询码看进展，无须登录。How far a visitor's matter is, for its code.",
    )
    joint_conference = _one(JointConference, "一次联席会议。A joint conference.")
    conference_item = _one(ConferenceItem, "一项联席会议事项。An item.")
    work_briefing = _one(WorkBriefing, "一份工作通报。A work briefing.")
    exchange = _one(Exchange, "一次联谊交往。A visit or a delegation.")
    representative = _one(Representative, "一名代表人士。A representative.")
    circle = _one(Circle, "一个交流小组。A topic group.")

    @staticmethod
    async def resolve_visitor_matter(_root: Any, info: GraphQLResolveInfo, code: str) -> Row | None:
        client = info.context.clients.current()
        row: Row | None = await info.context.call(
            SERVICE, "visitor_matter", code=code, client=client
        )
        return row


QUERIES = [LiaisonQuery]
