"""Values that rows hold and no rule needs, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class StudyCreditKind(Labelled):
    """学时来源。Where hours of study come from."""

    SESSION = "SESSION", "学习活动", "Session"
    CLASS = "CLASS", "轮训班", "Class"
    PAPER = "PAPER", "文章", "Paper"


class StudyGroupKind(Labelled):
    """统计的组别。Kind of group of the figures."""

    SECTOR = "SECTOR", "界别", "Sector"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组", "Sector group"
    COMMITTEE = "COMMITTEE", "专委会", "Special committee"
    TOWN = "TOWN", "镇（街道）", "Town"
    PARTY = "PARTY", "党派", "Party"
