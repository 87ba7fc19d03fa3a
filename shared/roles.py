"""The roles that people and services act in. Standard library only: domains use it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """The roles of decision 15, each with the Chinese name by which everything shows it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        # No label in Role("MEMBER"), the look-up, which a type checker takes for this call.
        role = str.__new__(cls, value)
        role._value_ = value
        role.label = label
        return role

    MEMBER = "MEMBER", "委员"
    STANDING_MEMBER = "STANDING_MEMBER", "常委"
    CHAIR_COUNCIL = "CHAIR_COUNCIL", "主席会议成员"
    SECRETARY_GENERAL = "SECRETARY_GENERAL", "秘书长"
    COMMITTEE_STAFF = "COMMITTEE_STAFF", "专委会工作人员"
    COMMITTEE_DIRECTOR = "COMMITTEE_DIRECTOR", "专委会主任"
    PROPOSAL_STAFF = "PROPOSAL_STAFF", "提案委工作人员"
    PROPOSAL_DIRECTOR = "PROPOSAL_DIRECTOR", "提案委主任"
    OFFICE = "OFFICE", "政协办公室"
    INFO_EDITOR = "INFO_EDITOR", "信息编辑"
    TOWN_STAFF = "TOWN_STAFF", "镇（街道）工委工作人员"
    TOWN_HEAD = "TOWN_HEAD", "镇（街道）工委主任"
    SECTOR_CONVENER = "SECTOR_CONVENER", "界别活动小组召集人"
    ORG_STAFF = "ORG_STAFF", "党派团体工作人员"
    ORG_HEAD = "ORG_HEAD", "党派团体负责人"
    UNIT_OFFICER = "UNIT_OFFICER", "承办单位联络员"
    UNIT_LEADER = "UNIT_LEADER", "承办单位负责人"
    SUPERVISING_OFFICE = "SUPERVISING_OFFICE", "区委办/区政府办(督查)"
    SUPERVISOR = "SUPERVISOR", "民主监督员"
    PUBLIC = "PUBLIC", "访客"
    SYSTEM = "SYSTEM", "系统"
    SYSTEM_ADMIN = "SYSTEM_ADMIN", "系统管理员"
    SECURITY_ADMIN = "SECURITY_ADMIN", "安全管理员"
    AUDIT_ADMIN = "AUDIT_ADMIN", "审计管理员"
