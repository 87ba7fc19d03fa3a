"""Organisations of every kind: parties, committees, towns, sector groups, handling units."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.members.domain.errors import (
    NothingToChange,
    OrganisationInactive,
    OrganisationKindUnfit,
    OrganisationParentUnfit,
)
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.contracts.sides import Side
from shared.labels import Labelled


class Kind(Labelled, name="OrganisationKind"):
    """组织机构类别。Kind of an organisation."""

    PARTY = "PARTY", "民主党派", "Democratic party"  # the eight democratic parties
    ORGANISATION = "ORGANISATION", "团体", "Organisation"  # 工商联, 无党派
    COMMITTEE = "COMMITTEE", "专委会", "Special committee"
    CPPCC_OFFICE = "CPPCC_OFFICE", "政协机关处室", "Office of the CPPCC"
    TOWN_COMMITTEE = "TOWN_COMMITTEE", "镇（街道）工委", "Town working committee"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组", "Sector group"
    HANDLING_UNIT = "HANDLING_UNIT", "承办单位", "Handling unit"
    # 区委办, 区政府办(督查)
    SUPERVISING_OFFICE = "SUPERVISING_OFFICE", "督办单位", "Supervising office"
    # Row 0.3: of zones 党工委, of towns 党委
    PARTY_COMMITTEE = "PARTY_COMMITTEE", "党委、党工委", "Party committee of a zone or town"
    # Row 0.5: whom a district document is copied to
    DISTRICT_BODY = "DISTRICT_BODY", "区级机关", "Body of the district"
    ENTERPRISE = "ENTERPRISE", "区属企业", "Enterprise of the district"
    SCHOOL = "SCHOOL", "学校", "School"
    HOSPITAL = "HOSPITAL", "医院", "Hospital"
    PEOPLES_ORGANISATION = "PEOPLES_ORGANISATION", "人民团体", "People's organisation"
    AFFILIATED_UNIT = "AFFILIATED_UNIT", "区直属单位", "Directly affiliated unit"


@dataclass(frozen=True)
class Uses:
    """What an organisation may be used for (decision 57)."""

    addressed: bool = True  # documents are sent to it
    supervised: bool = False
    handles: bool = False  # it is asked to handle what members propose


# What follows from the kind unless an organisation says otherwise.
USES: Mapping[Kind, Uses] = {
    Kind.PARTY: Uses(),
    Kind.ORGANISATION: Uses(),
    Kind.COMMITTEE: Uses(),
    Kind.CPPCC_OFFICE: Uses(),
    Kind.TOWN_COMMITTEE: Uses(),
    Kind.SECTOR_GROUP: Uses(addressed=False),  # its members are told, it has no office
    Kind.HANDLING_UNIT: Uses(supervised=True, handles=True),
    Kind.SUPERVISING_OFFICE: Uses(),
    Kind.PARTY_COMMITTEE: Uses(supervised=True),
    Kind.DISTRICT_BODY: Uses(),
    Kind.ENTERPRISE: Uses(supervised=True),
    Kind.SCHOOL: Uses(supervised=True),
    Kind.HOSPITAL: Uses(supervised=True),
    Kind.PEOPLES_ORGANISATION: Uses(supervised=True, handles=True),
    Kind.AFFILIATED_UNIT: Uses(supervised=True, handles=True),
}


class UnitType(Labelled):
    """承办单位类别。What a handling unit is."""

    DEPARTMENT = "DEPARTMENT", "部门", "Department"
    TOWN = "TOWN", "镇区", "Town or zone"
    PUBLIC_UTILITY = "PUBLIC_UTILITY", "公用事业单位", "Public utility"


# The kinds whose members the roster lists by group; they cannot end while they have members.
MEMBERED = frozenset({Kind.COMMITTEE, Kind.TOWN_COMMITTEE, Kind.SECTOR_GROUP})
USE_FIELDS = ("may_be_addressed", "may_be_supervised", "may_handle")
CHANGEABLE = (
    *("name", "short_name", "name_en", "code", "sectors", "joint_conference"),
    *("parent", "side", *USE_FIELDS),
)


@dataclass
class Organisation(Aggregate):
    """`code`: party code "04", or a handling unit's word for its document numbers 复文字号.

    party, sector: who belongs to it (a party by code, an organisation by sector); sectors: those
    of a sector group; zone: the development zone that a town forms one body with (5.4); parent:
    id of the organisation above it. What it may be used for is said, or follows from the kind.
    """

    id: str
    kind: Kind
    name: str
    short_name: str | None = None
    name_en: str | None = None
    code: str | None = None
    unit_type: UnitType | None = None
    joint_conference: bool = False
    party: str | None = None
    sector: str | None = None
    sectors: list[str] = field(default_factory=list)
    zone: str | None = None
    parent: str | None = None
    side: Side | None = None
    may_be_addressed: bool | None = None
    may_be_supervised: bool | None = None
    may_handle: bool | None = None
    sort_no: int = 0
    is_active: bool = True
    merged_into: str | None = None
    ended_on: datetime | None = None
    term: int = 0  # the CPPCC term in which it was last changed

    def __post_init__(self) -> None:
        uses = USES[self.kind]
        for name, usual in zip(USE_FIELDS, dataclasses.astuple(uses), strict=True):
            if getattr(self, name) is None:
                setattr(self, name, usual)

    def counts(self, party: str | None, sector: str) -> bool:
        """Whether a member of this party and sector is one of its own."""
        return self.sector == sector or (party is not None and self.party == party)

    def announce(self) -> None:
        """Record the full state: a new organisation, or one of the first master data."""
        self.tell(names.ORGANISATION_CHANGED)

    def stand_below(self, parent: Organisation) -> None:
        """Raises OrganisationParentUnfit: below another one in being, in no circle of two."""
        if parent.id == self.id or not parent.is_active or parent.parent == self.id:
            raise OrganisationParentUnfit(field="parent")
        self.parent = parent.id

    def change(self, changes: Mapping[str, Any]) -> None:
        """New values of CHANGEABLE fields; raises OrganisationInactive, NothingToChange."""
        self._require_active()
        fresh = {
            name: value
            for name, value in changes.items()
            if name in CHANGEABLE and getattr(self, name) != value
        }
        if not fresh:
            raise NothingToChange
        for name, value in fresh.items():
            setattr(self, name, value)
        self.tell(names.ORGANISATION_CHANGED)

    def end(self, at: datetime) -> None:
        """It is dissolved; raises OrganisationInactive."""
        self._require_active()
        self.is_active, self.ended_on = False, at
        self.tell(names.ORGANISATION_CHANGED)

    def merge_into(self, successor: Organisation, at: datetime) -> None:
        """`successor` takes over (decision 17); raises OrganisationInactive, …KindUnfit."""
        self._require_active()
        if not successor.is_active:
            raise OrganisationInactive("并入的组织机构已撤销", field="into")
        if successor.id == self.id or successor.kind is not self.kind:
            raise OrganisationKindUnfit("只能并入同类的另一个组织机构", field="into")
        self.is_active, self.merged_into, self.ended_on = False, successor.id, at
        self.tell(names.ORGANISATION_CHANGED)

    def _require_active(self) -> None:
        if not self.is_active:
            raise OrganisationInactive

    def header(self) -> dict[str, Any]:
        return {
            "organisation_id": self.id,
            "kind": self.kind,
            "name": self.name,
            "code": self.code,
            "unit_type": self.unit_type,
            "parent": self.parent,
            "side": self.side,
            **{name: getattr(self, name) for name in USE_FIELDS},
            "is_active": self.is_active,
            "merged_into": self.merged_into,
        }
