"""Enums of the office."""

from __future__ import annotations

from gateway.manifests import enum

MeetingKind = enum("MeetingKind")
MeetingState = enum("MeetingState")
AnswerState = enum("MeetingAnswerState")
LeaveReason = enum("LeaveReason")
AttendanceStatus = enum("AttendanceStatus")
AttendanceRole = enum("AttendanceRole")
SpeechForm = enum("SpeechForm")
DocumentKind = enum("DocumentKind")
DocumentUrgency = enum("DocumentUrgency")
DocumentRetention = enum("DocumentRetention")
OutgoingDocumentState = enum("OutgoingDocumentState")
IncomingDocumentState = enum("IncomingDocumentState")
AffairKind = enum("AffairKind")
AffairState = enum("AffairState")
WorkPlanState = enum("WorkPlanState")
DutyFunction = enum("DutyFunction")
