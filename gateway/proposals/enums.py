"""Enums of proposals with their Chinese labels."""

from __future__ import annotations

from gateway.manifests import enum

ProposalState = enum("ProposalState")
ProposerType = enum("ProposerType")
ProposalCategory = enum("ProposalCategory")
SessionMark = enum("SessionMark")
Openness = enum("Openness")
CosignatureState = enum("CosignatureState")
ProposalOrder = enum("ProposalOrder")
AssignmentMode = enum("AssignmentMode")
AssignmentPart = enum("AssignmentPart")
AssignmentState = enum("AssignmentState")
ContactWay = enum("ContactWay")
ResultClass = enum("ResultClass")
ReplyOpenness = enum("ReplyOpenness")
ReviewVerdict = enum("ReviewVerdict")
ObjectionAbout = enum("ObjectionAbout")
AdoptionState = enum("AdoptionState")
CommitmentStatus = enum("CommitmentStatus")
CommitmentGround = enum("CommitmentGround")
Grade = enum("Grade")
HeardBy = enum("HeardBy")
Pertinence = enum("Pertinence")
CloseKind = enum("CloseKind")
Lateness = enum("Lateness")
Trigger = enum("SecondReplyTrigger")
NotFiledReason = enum("NotFiledReason")
Disposition = enum("Disposition")
ProposalOriginKind = enum("ProposalOriginKind")
