"""Enums of opinions."""

from __future__ import annotations

from gateway.manifests import enum

OpinionState = enum("OpinionState")
OpinionChannel = enum("OpinionChannel")
OpinionOrigin = enum("OpinionOrigin")
OpinionUrgency = enum("OpinionUrgency")
OpinionOpenness = enum("OpinionOpenness")
OpinionLevel = enum("OpinionLevel")
OpinionInstructionLevel = enum("OpinionInstructionLevel")
OpinionAdoptionForm = enum("OpinionAdoptionForm")
OpinionRetention = enum("OpinionRetention")
OpinionResultAdoption = enum("OpinionResultAdoption")
OpinionReferralState = enum("OpinionReferralState")
OpinionLimit = enum("OpinionLimit")
OpinionEnd = enum("OpinionEnd")
