"""Enums of consultations."""

from __future__ import annotations

from gateway.manifests import enum

ConsultationForm = enum("ConsultationForm")
ConsultationState = enum("ConsultationState")
ConsultationPlanState = enum("ConsultationPlanState")
ConsultationSpeechForm = enum("ConsultationSpeechForm")
ConsultationOpinionKind = enum("ConsultationOpinionKind")
ConsultationLimit = enum("ConsultationLimit")
PublicViewState = enum("PublicViewState")
PublicViewChannel = enum("PublicViewChannel")
ResearchState = enum("ResearchState")
MotionState = enum("MotionState")
