"""Reading liaison. What a viewer may not see is refused by the service."""

from __future__ import annotations

from gateway.base import by_id
from gateway.liaison.activities import Activity
from gateway.liaison.conferences import ConferenceItem, JointConference, WorkBriefing
from gateway.liaison.contacts import ContactLinkPlan, Lead, MemberContact
from gateway.liaison.exchange import Circle, Exchange, Representative
from gateway.liaison.homes import MembersHome, Reception


class LiaisonQuery:
    contact_link_plan = by_id(ContactLinkPlan, "一次联系安排。Links proposed together.")
    member_contact = by_id(MemberContact, "一次联系记录。A contact record.")
    lead = by_id(Lead, "一件转办事项。A matter that was forwarded.")
    activity = by_id(Activity, "一项活动。An activity.")
    members_home = by_id(MembersHome, "一个委员之家，无须登录。A home, for everybody.")
    reception = by_id(Reception, "一次接待。A reception.")
    joint_conference = by_id(JointConference, "一次联席会议。A joint conference.")
    conference_item = by_id(ConferenceItem, "一项联席会议事项。An item.")
    work_briefing = by_id(WorkBriefing, "一份工作通报。A work briefing.")
    exchange = by_id(Exchange, "一次联谊交往。A visit or a delegation.")
    representative = by_id(Representative, "一名代表人士。A representative.")
    circle = by_id(Circle, "一个交流小组。A topic group.")


QUERIES = [LiaisonQuery]
