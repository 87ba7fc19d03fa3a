"""Members, as the members service sends them; what the viewer may not see is null."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    Date,
    DateTime,
    FromRow,
    NodeType,
    connection,
    label_field,
    labelled,
    loaded_by,
)
from gateway.members.enums import (
    Affiliation,
    Gender,
    JoinedVia,
    MemberPost,
    MemberState,
    ProfileChangeState,
)
from gateway.members.loaders import SERVICE
from gateway.members.organisations import (
    Organisation,
    Sector,
    Term,
    load_organisation,
    load_organisations,
)

Row = dict[str, Any]

# Fields of a profile change and their Chinese names.
CHANGEABLE = {
    "phone": "手机号",
    "birth_date": "出生日期",
    "ethnic_group": "民族",
    "religion": "宗教信仰",
    "affiliation": "政治面貌",
    "work_unit": "工作单位",
    "title": "单位职务",
    "inside_system": "体制内",
    "skills": "专业特长",
}
AFFILIATIONS = label_field(Affiliation, "affiliation")


class HeldPost(ObjectType):
    """担任的职务。A post that a member holds."""

    post = Field(MemberPost, required=True, description="职务。Post.")
    label = label_field(MemberPost, "post", "职务中文名称。Chinese label of the post.")
    organisation = Field(
        Organisation, description="任职的专委会、小组或镇。Committee, group or town it is held in."
    )

    @staticmethod
    def resolve_organisation(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row.get("organisation"))


class MemberStage(ObjectType):
    """委员资格的一个阶段。A state that the membership went through."""

    state, state_label = labelled(MemberState, "状态。State.", required=True)
    since = DateTime(required=True, description="起始时间。From when it held.")
    reason = String(description="原因。Reason.")
    document_no = String(description="文号。Number of the document behind it.")


class MemberPrivateData(ObjectType):
    """委员的非公开资料，默认遮掩；reveal 时显示全部，每次均记录在案。

    Private data, masked unless revealed; each revealed look is audited. A field that the viewer
    may not see is null.
    """

    phone = String(description="手机号，默认遮掩为 138****1234。Mobile phone; masked by default.")
    birth_year = Int(description="出生年份，遮掩时。Year of birth, where the day is masked.")
    birth_date = Date(description="出生日期，遮掩时为空。Day of birth; null while masked.")
    religion_recorded = Boolean(
        description="是否登记宗教信仰，遮掩时。Whether a religion is recorded, while masked."
    )
    religion = String(description="宗教信仰，遮掩时为空。Religion; null while masked.")
    wechat_openid = String(description="微信标识，遮掩时为空。WeChat openid; null while masked.")
    id_number_recorded = Boolean(
        description="是否已登记身份证号。Whether an identity number is recorded; never the number."
    )
    history = List(
        NonNull(MemberStage), description="履职经历。States that the membership went through."
    )


class ProfileChangeItem(ObjectType):
    """资料变更的一项。One field of a profile change."""

    field = String(required=True, description="字段。Name of the field.")
    label = String(required=True, description="字段中文名称。Chinese name of the field.")
    value = String(description="拟改为。Value asked for.")


class ProfileChange(ObjectType):
    """委员本人提出的资料变更。A change of the profile that the member asked for."""

    id = ID(
        required=True,
        resolver=FromRow(lambda row: row["change_id"]),
        description="变更编号。Id of the change, to confirm or refuse it by.",
    )
    state, state_label = labelled(ProfileChangeState, "状态。State.", required=True)
    requested_at = DateTime(required=True, description="提出时间。When it was asked for.")
    decided_at = DateTime(description="办理时间。When it was decided.")
    reason = String(description="未通过的理由。Reason of a refusal.")
    items = List(
        NonNull(ProfileChangeItem), required=True, description="变更内容。What is to change."
    )

    @staticmethod
    def resolve_items(row: Row, _info: GraphQLResolveInfo) -> list[Row]:
        return [
            {"field": _camel(name), "label": label, "value": _text(name, row["changes"][name])}
            for name, label in CHANGEABLE.items()
            if name in row["changes"]
        ]


class Member(NodeType):
    """委员：一人在一届中的委员资格。A person's membership of one term."""

    member_no = String(description="委员证号，如 15-0088。Member number.")
    name = String(required=True, description="姓名。Name.")
    person_id = ID(description="人员编号，终身不变。Id of the person, the same for life.")
    term = Int(description="届次。Number of the term.")
    state, state_label = labelled(MemberState, "状态。State.")
    sector = Field(Sector, description="界别。Sector.")
    posts = List(NonNull(HeldPost), description="政协职务。Posts in the CPPCC.")
    standing = Boolean(description="是否常委会组成人员。Whether on the Standing Committee.")
    sector_group = Field(Organisation, description="界别活动小组。Sector group.")
    committees = List(NonNull(Organisation), description="所在专委会。Special committees.")
    town = Field(Organisation, description="所在镇（街道）工委。Town working committee.")
    organisations = List(NonNull(Organisation), description="所属党派团体。Party and organisation.")
    party = String(description="党派代码，如 04。Party code.")
    affiliation, affiliation_label = labelled(
        Affiliation, "政治面貌。Political affiliation.", "affiliation"
    )
    gender, gender_label = labelled(Gender, "性别。Gender.", "gender")
    ethnic_group = String(description="民族。Ethnic group.")
    work_unit = String(description="工作单位。Work unit.")
    work_unit_organisation = Field(
        Organisation, description="所在承办单位，如有。Handling unit that the member works for."
    )
    title = String(description="单位职务。Title in the work unit.")
    inside_system = Boolean(description="是否体制内。Inside or outside the system.")
    overseas = Boolean(description="是否港澳台侨。From HK, Macao, Taiwan or overseas.")
    skills = List(NonNull(String), description="专业特长。Skills.")
    terms_served = Int(description="连任届数。Number of terms served, this one included.")
    new = Boolean(description="是否新任。Whether in the first term.")
    not_scored = Boolean(description="是否不记分。Whether exempt from points.")
    joined_via, joined_via_label = labelled(
        JoinedVia, "产生方式。How the member joined.", "joined_via"
    )
    joined_on = DateTime(description="就任时间。When the membership began.")
    ended_on = DateTime(description="离任时间。When the membership ended.")
    private_data = Field(
        MemberPrivateData,
        reveal=Boolean(
            default_value=False,
            description="显示全部并记录在案。Show it in full; the look is audited.",
        ),
        description="非公开资料，无权查看时为空。Private data; null where it may not be seen.",
    )
    profile_change = Field(
        ProfileChange,
        description="最近一次资料变更，限本人和办公室。Latest change; for oneself and the office.",
    )

    get_node = loaded_by("members")

    @staticmethod
    def resolve_sector_group(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row.get("sector_group"))

    @staticmethod
    def resolve_work_unit_organisation(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row.get("work_unit_id"))

    @staticmethod
    def resolve_town(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row.get("town"))

    @staticmethod
    def resolve_committees(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]] | None:
        return _all(info, row.get("committees"))

    @staticmethod
    def resolve_organisations(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]] | None:
        return _all(info, row.get("organisations"))

    @staticmethod
    def resolve_private_data(
        row: Row, info: GraphQLResolveInfo, reveal: bool = False
    ) -> Awaitable[Row | None]:
        loaders = info.context.loaders
        loader = loaders.member_private_data if reveal else loaders.member_masked_data
        found: Awaitable[Row | None] = loader.load(row["id"])
        return found

    @staticmethod
    def resolve_profile_change(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row | None]:
        found: Awaitable[Row | None] = info.context.loaders.member_profile_changes.load(row["id"])
        return found


MemberConnection = connection(Member)
TYPES = [Member, Organisation, Term]


def _all(info: GraphQLResolveInfo, ids: list[str] | None) -> Awaitable[list[Row]] | None:
    return None if ids is None else load_organisations(info, ids)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def _text(name: str, value: Any) -> str | None:
    if name == "affiliation":
        return str(AFFILIATIONS.resolver({"affiliation": value}, None))
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else value


__all__ = ["SERVICE", "TYPES", "Member", "MemberConnection"]
