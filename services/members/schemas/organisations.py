"""What changes of organisations are given."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.members.domain import organisation
from services.members.schemas.common import SectorCode, Texts
from shared.contracts import sides
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Matching, ProperName, Text

ORGANISATION = Answer("organisation", "Organisation", "组织机构。The organisation afterwards.")
MOST_SECTORS = 99

Key = Annotated[
    str,
    about(
        Matching("[a-z][a-z0-9-]{2,40}", "编号由小写字母、数字和横线组成"),
        "内部编号，如 unit-slj。Id in the master data: small letters and hyphens.",
        called="key",
    ),
]
Kind = Annotated[organisation.Kind, about(Choice(organisation.Kind), "类别。Kind.")]
Name = Annotated[str, about(ProperName(2, 60), "名称。Name in Chinese.")]
UnitType = Annotated[
    organisation.UnitType,
    about(Choice(organisation.UnitType), "承办单位类别。What a handling unit is."),
]
OrganisationId = Annotated[str, about(Id("Organisation"), "组织机构编号。Id of the organisation.")]
Into = Annotated[
    str, about(Id("Organisation"), "并入的组织机构编号。Id of the one that takes over.")
]
ShortName = Annotated[str, about(ProperName(1, 20), "简称。Short name in Chinese.")]
EnglishName = Annotated[str, about(Text(1, 120), "英文名称。Name in English.")]
Code = Annotated[
    str,
    about(Text(1, 20), "党派代码，或承办单位复文字号用字。Party code, or word of reply numbers."),
]
Sectors = Annotated[
    list[str],
    about(
        Texts(SectorCode(), MOST_SECTORS),
        "界别活动小组所含界别代码。Codes of a sector group's sectors.",
    ),
]
JointConference = Annotated[
    bool,
    about(Flag(), "是否参加联席会议。Whether it takes part in the joint conference."),
]


Parent = Annotated[str, about(Id("Organisation"), "上级组织机构。Organisation above it.")]
Side = Annotated[sides.Side, about(Choice(sides.Side), "归口：党委或政府。Party or government.")]
MayBeAddressed = Annotated[
    bool, about(Flag(), "可否作为收文单位，默认依类别。Documents may be sent to it.")
]
MayBeSupervised = Annotated[
    bool, about(Flag(), "可否作为被监督单位，默认依类别。It may be supervised.")
]
MayHandle = Annotated[
    bool, about(Flag(), "可否承办提案，默认依类别。It may be asked to handle proposals.")
]


class Details(TypedDict, total=False):
    """What an organisation may have beside its name."""

    short_name: ShortName | None
    name_en: EnglishName | None
    code: Code | None
    sectors: Sectors
    joint_conference: JointConference
    parent: Parent | None
    side: Side | None
    may_be_addressed: MayBeAddressed
    may_be_supervised: MayBeSupervised
    may_handle: MayHandle


class OrganisationInput(Details, total=False):
    """组织机构资料；未填的项不变。Fields of an organisation; those left out stay as they are."""

    name: Name


Changes = Annotated[OrganisationInput, about(Of(OrganisationInput), "新的资料。New values.")]
