"""Closed lists of the members service with their labels."""

from __future__ import annotations

from gateway.manifests import enum

MemberState = enum("MemberState")
MemberPost = enum("MemberPost")
Gender = enum("Gender")
Affiliation = enum("Affiliation")
JoinedVia = enum("JoinedVia")
ProfileChangeState = enum("ProfileChangeState")
OrganisationKind = enum("OrganisationKind")
OrganisationSide = enum("OrganisationSide")
UnitType = enum("UnitType")
TermState = enum("TermState")
RemovalGround = enum("RemovalGround")
RemovalReviewState = enum("RemovalReviewState")
