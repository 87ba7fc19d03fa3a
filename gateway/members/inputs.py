"""Fields that several inputs of mutations share."""

from __future__ import annotations

from graphene import ID, Boolean, InputObjectType, Int, List, NonNull, String

from gateway.base import Date, DateTime
from gateway.members.enums import Affiliation, Gender, MemberPost

# Global ids among the fields of a profile, as for `localise`.
PROFILE_IDS = {
    "sector_group": "Organisation",
    "committees": "Organisation",
    "town": "Organisation",
    "work_unit_id": "Organisation",
}


class SelfEditable:
    """What members may ask to change themselves."""

    phone = String(description="手机号，11位。Mobile phone, 11 digits.")
    birth_date = Date(description="出生日期。Day of birth.")
    ethnic_group = String(description="民族。Ethnic group.")
    religion = String(description="宗教信仰。Religion.")
    affiliation = Affiliation(description="政治面貌。Political affiliation.")
    work_unit = String(description="工作单位。Work unit.")
    title = String(description="单位职务。Title in the work unit.")
    inside_system = Boolean(description="是否体制内。Inside or outside the system.")
    skills = List(NonNull(String), description="专业特长。Skills.")


class _Profile(SelfEditable):
    name = String(description="姓名。Name.")
    gender = Gender(description="性别。Gender.")
    wechat_openid = String(description="微信标识。WeChat openid.")
    sector = String(description="界别代码，如 22。Code of the sector.")
    sector_group = ID(description="界别活动小组编号。Id of the sector group.")
    committees = List(
        NonNull(ID), description="专委会编号，至多两个。Ids of special committees, two at most."
    )
    town = ID(description="镇（街道）工委编号。Id of the town working committee.")
    work_unit_id = ID(
        description="工作单位为承办单位时的编号，用于回避。Handling unit that employs the member, "
        "to see conflicts of interest."
    )
    overseas = Boolean(description="是否港澳台侨。From HK, Macao, Taiwan or overseas.")
    terms_served = Int(description="连任届数。Number of terms served, this one included.")
    not_scored = Boolean(description="是否不记分。Whether exempt from points.")


class MemberProfileInput(_Profile, InputObjectType):
    """委员资料；未填的项不变。Fields of a member; those left out stay as they are."""


class SelfEditInput(SelfEditable, InputObjectType):
    """委员可自行申请修改的资料。Fields that members may ask to change themselves."""


class Nomination(_Profile):
    """A whole new membership; sector and affiliation are needed."""

    member_no = String(required=True, description="委员证号，如 15-0088。Member number.")
    term = Int(description="届次，默认本届。Number of the term; the current one unless told.")
    person_id = ID(
        description="已有人员的编号；否则填写姓名、性别。A known person; else give name and gender."
    )


class HeldPostInput(InputObjectType):
    """担任的职务。A post to hold."""

    post = MemberPost(required=True, description="职务。Post.")
    organisation = ID(
        description="任职的专委会、小组或镇。Committee, group or town that it is held in."
    )


class SessionDates:
    """The dates of a session."""

    opens_at = DateTime(required=True, description="大会提案开始征集。Proposals from here.")
    cut_off_at = DateTime(required=True, description="大会提案截止。Proposals until here.")
    plenary_from = DateTime(required=True, description="会议开始。Beginning of the plenary.")
    plenary_to = DateTime(required=True, description="会议结束。End of the plenary.")


class OrganisationFields:
    """What the office may change of an organisation."""

    short_name = String(description="简称。Short name in Chinese.")
    name_en = String(description="英文名称。Name in English.")
    code = String(
        description="党派代码，或承办单位复文字号用字。Party code, or word of reply numbers."
    )
    sectors = List(
        NonNull(String), description="界别活动小组所含界别代码。Codes of a sector group's sectors."
    )
    joint_conference = Boolean(
        description="是否参加联席会议。Whether it takes part in the joint conference."
    )


class OrganisationInput(OrganisationFields, InputObjectType):
    """组织机构资料；未填的项不变。Fields of an organisation; those left out stay as they are."""

    name = String(description="名称。Name in Chinese.")
