"""Enums of publicity."""

from __future__ import annotations

from gateway.manifests import enum

PublicityContentState = enum("PublicityContentState")
PublicityChannel = enum("PublicityChannel")
PublicationState = enum("PublicationState")
InterviewMedium = enum("InterviewMedium")
ProposalInterviewState = enum("ProposalInterviewState")
