"""Enums of study."""

from __future__ import annotations

from gateway.manifests import enum

StudyPlanState = enum("StudyPlanState")
StudySessionState = enum("StudySessionState")
StudyForm = enum("StudyForm")
StudyMethod = enum("StudyMethod")
CourseTrack = enum("CourseTrack")
RotationClassState = enum("RotationClassState")
EnrolmentState = enum("EnrolmentState")
MaterialState = enum("MaterialState")
MaterialKind = enum("MaterialKind")
PolicyLevel = enum("PolicyLevel")
PaperKind = enum("StudyPaperKind")
PaperState = enum("StudyPaperState")
QuizState = enum("QuizState")
CreditKind = enum("StudyCreditKind")
