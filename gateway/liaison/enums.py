"""Enums of liaison."""

from __future__ import annotations

from gateway.manifests import enum

ContactTier = enum("ContactTier")
LinkGround = enum("LinkGround")
ContactLinkState = enum("ContactLinkState")
ContactLinkPlanState = enum("ContactLinkPlanState")
LinkEndReason = enum("LinkEndReason")
MemberContactWay = enum("MemberContactWay")
ContactIssueState = enum("ContactIssueState")
LeadTarget = enum("LeadTarget")
LeadOrigin = enum("LeadOrigin")
LeadState = enum("LeadState")
ActivityKind = enum("ActivityKind")
ActivityState = enum("ActivityState")
NormDuty = enum("NormDuty")
MembersHomeState = enum("MembersHomeState")
HomeDutyState = enum("HomeDutyState")
ReceptionChannel = enum("ReceptionChannel")
ReceptionState = enum("ReceptionState")
BookingState = enum("BookingState")
VisitorState = enum("VisitorState")
JointConferenceState = enum("JointConferenceState")
ConferenceItemKind = enum("ConferenceItemKind")
ConferenceItemState = enum("ConferenceItemState")
ExchangeKind = enum("ExchangeKind")
ExchangeLevel = enum("ExchangeLevel")
RepresentativeCategory = enum("RepresentativeCategory")
RegisterState = enum("RegisterState")
CircleKind = enum("CircleKind")
CircleState = enum("CircleState")
