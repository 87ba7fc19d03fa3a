"""What nominations and changes of a profile or of posts are given."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from marshmallow import ValidationError, fields

from services.members.domain import labels, membership, placement
from services.members.domain.posts import PostKind
from services.members.schemas.common import MemberNumber, SectorCode, Texts
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Day, Flag, Id, Many, Matching, Number, ProperName, Text, When

MOST_COMMITTEES_SENT = 10  # how many fit, the domain says
ID_NUMBER_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_NUMBER_CHECKS = "10X98765432"


class BirthDay(Day):
    """A day of birth, which loads as its text, as persons hold it."""

    default_error_messages = {"invalid": "日期格式应为 2017-02-06"}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(date(1900, 1, 1), past=True, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).isoformat()


# -- a profile -----------------------------------------------------------------------------

Name = Annotated[str, about(ProperName(1, 40), "姓名。Name.")]
Gender = Annotated[labels.Gender, about(Choice(labels.Gender), "性别。Gender.")]
EthnicGroup = Annotated[str, about(Text(1, 20), "民族。Ethnic group.")]
BirthDate = Annotated[str, about(BirthDay(), "出生日期。Day of birth.")]
Phone = Annotated[
    str, about(Matching(r"1\d{10}", "手机号应为11位数字"), "手机号，11位。Mobile phone, 11 digits.")
]
WechatOpenid = Annotated[str, about(Text(1, 64), "微信标识。WeChat openid.")]
Religion = Annotated[str, about(Text(1, 20), "宗教信仰。Religion.")]
Sector = Annotated[str, about(SectorCode(), "界别代码，如 22。Code of the sector.")]
SectorGroup = Annotated[str, about(Id("Organisation"), "界别活动小组编号。Id of the sector group.")]
Committees = Annotated[
    list[str],
    about(
        Texts(Id("Organisation"), MOST_COMMITTEES_SENT),
        "专委会编号，至多两个。Ids of special committees, two at most.",
    ),
]
Town = Annotated[
    str, about(Id("Organisation"), "镇（街道）工委编号。Id of the town working committee.")
]
Affiliation = Annotated[
    placement.Affiliation,
    about(Choice(placement.Affiliation), "政治面貌。Political affiliation."),
]
WorkUnit = Annotated[str, about(Text(0, 80), "工作单位。Work unit.")]
WorkUnitId = Annotated[
    str,
    about(
        Id("Organisation"),
        "工作单位为承办单位时的编号，用于回避。Handling unit that employs the member, to see "
        "conflicts of interest.",
    ),
]
Title = Annotated[str, about(Text(0, 80), "单位职务。Title in the work unit.")]
InsideSystem = Annotated[bool, about(Flag(), "是否体制内。Inside or outside the system.")]
Overseas = Annotated[bool, about(Flag(), "是否港澳台侨。From HK, Macao, Taiwan or overseas.")]
Skills = Annotated[list[str], about(Texts(Text(1, 20), 20), "专业特长。Skills.")]
TermsServed = Annotated[
    int, about(Number(1, 20), "连任届数。Number of terms served, this one included.")
]
NotScored = Annotated[bool, about(Flag(), "是否不记分。Whether exempt from points.")]


class Own(TypedDict, total=False):
    """What members may ask to change themselves, beside their affiliation."""

    phone: Phone | None
    birth_date: BirthDate | None
    ethnic_group: EthnicGroup | None
    religion: Religion | None
    work_unit: WorkUnit | None
    title: Title | None
    inside_system: InsideSystem | None
    skills: Skills


class SelfEditInput(Own, total=False):
    """委员可自行申请修改的资料。Fields that members may ask to change themselves."""

    affiliation: Affiliation


class Profile(Own, total=False):
    """All but what every membership has, sector and affiliation."""

    name: Name
    gender: Gender
    wechat_openid: WechatOpenid | None
    sector_group: SectorGroup | None
    committees: Committees
    town: Town | None
    work_unit_id: WorkUnitId | None
    overseas: Overseas
    terms_served: TermsServed
    not_scored: NotScored


class MemberProfileInput(Profile, total=False):
    """委员资料；未填的项不变。Fields of a member; those left out stay as they are."""

    affiliation: Affiliation
    sector: Sector


MemberChanges = Annotated[
    MemberProfileInput, about(Of(MemberProfileInput), "新的资料。New values.")
]
OwnChanges = Annotated[SelfEditInput, about(Of(SelfEditInput), "新的资料。New values.")]
OwnId = Annotated[str, about(Id("Member"), hidden=True)]
ChangeId = Annotated[str, about(Id(), "变更编号。Id of the profile change that was looked at.")]

# -- a nomination --------------------------------------------------------------------------

MemberNo = Annotated[str, about(MemberNumber(), "委员证号，如 15-0088。Member number.")]
KnownPerson = Annotated[
    str,
    about(Id(), "已有人员的编号；否则填写姓名、性别。A known person; else give name and gender."),
]
JoinedVia = Annotated[
    membership.JoinedVia, about(Choice(membership.JoinedVia), "产生方式。How the member joins.")
]
JoinedOn = Annotated[
    datetime, about(When(), "增补就任时间，默认现在。Of a co-option; now unless told.")
]


class Nomination(Profile):
    """A whole new membership; sector and affiliation are needed."""

    sector: Sector
    affiliation: Affiliation


# -- posts and identity --------------------------------------------------------------------


class HeldPostInput(TypedDict):
    """担任的职务。A post to hold."""

    post: Annotated[PostKind, about(Choice(PostKind), "职务。Post.")]
    organisation: (
        Annotated[
            str,
            about(
                Id("Organisation"),
                "任职的专委会、小组或镇。Committee, group or town that it is held in.",
            ),
        ]
        | None
    )


Posts = Annotated[
    list[HeldPostInput],
    about(
        Many(Of(HeldPostInput), high=10),
        "全部职务，空则免去所有职务。All posts; empty for none.",
    ),
]


def _checked(number: str) -> None:
    """GB 11643: seventeen digits and a check character."""
    if not re.fullmatch(r"\d{17}[\dX]", number) or _check_character(number) != number[-1]:
        raise ValidationError("身份证号不正确")


def _check_character(number: str) -> str:
    total = sum(w * int(d) for w, d in zip(ID_NUMBER_WEIGHTS, number[:-1], strict=True))
    return ID_NUMBER_CHECKS[total % 11]


IdNumber = Annotated[str, about(fields.Str(validate=_checked))]
