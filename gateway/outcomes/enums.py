"""Enums of outcomes."""

from __future__ import annotations

from gateway.manifests import enum

OutcomeSource = enum("OutcomeSource")
OutcomeFileState = enum("OutcomeFileState")
OutcomeItemState = enum("OutcomeItemState")
OutcomeAdoption = enum("OutcomeAdoption")
OutcomeEnd = enum("OutcomeEnd")
OutcomeKind = enum("OutcomeKind")
ConversionRoute = enum("ConversionRoute")
OutcomeInstructionLevel = enum("OutcomeInstructionLevel")
OutcomeOpenness = enum("OutcomeOpenness")
SummaryReader = enum("SummaryReader")
PromiseState = enum("PromiseState")
TrackingEntryKind = enum("TrackingEntryKind")
DossierNodeKind = enum("DossierNodeKind")
DossierEdgeGround = enum("DossierEdgeGround")
