"""Organisations of every kind: parties, committees, towns, sector groups, handling units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.members.domain.errors import (
    NothingToChange,
    OrganisationInactive,
    OrganisationKindUnfit,
)
from shared.aggregate import Aggregate
from shared.contracts import names
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


class UnitType(Labelled):
    """承办单位类别。What a handling unit is."""

    DEPARTMENT = "DEPARTMENT", "部门", "Department"
    TOWN = "TOWN", "镇区", "Town or zone"
    PUBLIC_UTILITY = "PUBLIC_UTILITY", "公用事业单位", "Public utility"


# The kinds whose members the roster lists by group; they cannot end while they have members.
MEMBERED = frozenset({Kind.COMMITTEE, Kind.TOWN_COMMITTEE, Kind.SECTOR_GROUP})
CHANGEABLE = ("name", "short_name", "name_en", "code", "sectors", "joint_conference")


@dataclass
class Organisation(Aggregate):
    """`code`: party code "04", or a handling unit's word for its document numbers 复文字号.

    party, sector: who belongs to it (a party by code, an organisation by sector); sectors: those
    of a sector group; zone: the development zone that a town forms one body with (5.4).
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
    sort_no: int = 0
    is_active: bool = True
    merged_into: str | None = None
    ended_on: datetime | None = None
    term: int = 0  # the CPPCC term in which it was last changed

    def counts(self, party: str | None, sector: str) -> bool:
        """Whether a member of this party and sector is one of its own."""
        return self.sector == sector or (party is not None and self.party == party)

    def announce(self) -> None:
        """Record the full state: a new organisation, or one of the first master data."""
        self.tell(names.ORGANISATION_CHANGED)

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
            "is_active": self.is_active,
            "merged_into": self.merged_into,
        }
