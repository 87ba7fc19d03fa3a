"""Enums of supervision."""

from __future__ import annotations

from gateway.manifests import enum

SupervisionState = enum("SupervisionState")
SupervisionForm = enum("SupervisionForm")
SupervisionStep = enum("SupervisionStep")
SupervisionEnd = enum("SupervisionEnd")
SupervisionAdoption = enum("SupervisionAdoption")
SupervisionFindingState = enum("SupervisionFindingState")
FindingSeverity = enum("FindingSeverity")
SupervisionSiteKind = enum("SupervisionSiteKind")
ChecklistResult = enum("ChecklistResult")
SupervisionInspectionState = enum("SupervisionInspectionState")
SupervisorState = enum("SupervisorState")
DebriefingState = enum("DebriefingState")
