"""The roles that people and services act in. Standard library only: domains use it."""

from __future__ import annotations

from shared.labels import Labelled


class Role(Labelled):
    """身份（角色）。Role in which an account acts."""

    # Decision 15; the Chinese names are those by which everything shows a role.
    MEMBER = "MEMBER", "委员", "Member"
    STANDING_MEMBER = "STANDING_MEMBER", "常委", "Standing member"
    CHAIR_COUNCIL = "CHAIR_COUNCIL", "主席会议成员", "Chairpersons' Council"
    SECRETARY_GENERAL = "SECRETARY_GENERAL", "秘书长", "Secretary-general"
    COMMITTEE_STAFF = "COMMITTEE_STAFF", "专委会工作人员", "Special committee staff"
    COMMITTEE_DIRECTOR = "COMMITTEE_DIRECTOR", "专委会主任", "Special committee director"
    PROPOSAL_STAFF = "PROPOSAL_STAFF", "提案委工作人员", "Proposal committee staff"
    PROPOSAL_DIRECTOR = "PROPOSAL_DIRECTOR", "提案委主任", "Proposal committee director"
    OFFICE = "OFFICE", "政协办公室", "CPPCC office"
    INFO_EDITOR = "INFO_EDITOR", "信息编辑", "Information editor"
    TOWN_STAFF = "TOWN_STAFF", "镇（街道）工委工作人员", "Town working committee staff"
    TOWN_HEAD = "TOWN_HEAD", "镇（街道）工委主任", "Head of a town working committee"
    SECTOR_CONVENER = "SECTOR_CONVENER", "界别活动小组召集人", "Sector group convener"
    ORG_STAFF = "ORG_STAFF", "党派团体工作人员", "Party or organisation staff"
    ORG_HEAD = "ORG_HEAD", "党派团体负责人", "Head of a party or organisation"
    UNIT_OFFICER = "UNIT_OFFICER", "承办单位联络员", "Handling unit liaison officer"
    UNIT_LEADER = "UNIT_LEADER", "承办单位负责人", "Handling unit leader"
    SUPERVISING_OFFICE = "SUPERVISING_OFFICE", "区委办/区政府办(督查)", "Supervising office"
    SUPERVISOR = "SUPERVISOR", "民主监督员", "Democratic supervisor"
    PUBLIC = "PUBLIC", "访客", "Visitor"
    SYSTEM = "SYSTEM", "系统", "The system itself"
    SYSTEM_ADMIN = "SYSTEM_ADMIN", "系统管理员", "System administrator"
    SECURITY_ADMIN = "SECURITY_ADMIN", "安全管理员", "Security administrator"
    AUDIT_ADMIN = "AUDIT_ADMIN", "审计管理员", "Audit administrator"
