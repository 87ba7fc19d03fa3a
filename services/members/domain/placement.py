"""Where a member stands: sector, groups, party; and what fits together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.members.domain.errors import GroupUnfit, SectorUnfit, TooManyCommittees
from services.members.domain.organisation import Kind, Organisation
from shared.errors import DomainError, Refused
from shared.labels import Labelled

MOST_COMMITTEES = 2


class Affiliation(Labelled):
    """政治面貌。Political affiliation."""

    CPC = "CPC", "中共党员", "Communist Party of China"
    MINGE = "MINGE", "民革", "Revolutionary Committee of the Chinese Kuomintang"
    MINMENG = "MINMENG", "民盟", "China Democratic League"
    MINJIAN = "MINJIAN", "民建", "China National Democratic Construction Association"
    MINJIN = "MINJIN", "民进", "China Association for Promoting Democracy"
    NONGGONG = "NONGGONG", "农工党", "Chinese Peasants' and Workers' Democratic Party"
    ZHIGONG = "ZHIGONG", "致公党", "China Zhi Gong Party"
    JIUSAN = "JIUSAN", "九三学社", "Jiusan Society"
    TAIMENG = "TAIMENG", "台盟", "Taiwan Democratic Self-Government League"
    NON_PARTY = "NON_PARTY", "无党派人士", "Personage without party affiliation"
    MASSES = "MASSES", "群众", "No affiliation"


# Party codes are those of the sectors of the same name (5.3); CPC and masses are no such group.
PARTY_CODES: Mapping[Affiliation, str] = {
    Affiliation.MINGE: "02",
    Affiliation.MINMENG: "03",
    Affiliation.MINJIAN: "04",
    Affiliation.MINJIN: "05",
    Affiliation.NONGGONG: "06",
    Affiliation.ZHIGONG: "07",
    Affiliation.JIUSAN: "08",
    Affiliation.TAIMENG: "09",
    Affiliation.NON_PARTY: "10",
}


@dataclass(frozen=True)
class Placement:
    """Group codes of a member; exactly one sector.

    `organisations` are the parties and organisations that count the member as theirs; it follows
    from party and sector.
    """

    sector: str
    affiliation: Affiliation
    sector_group: str | None = None
    committees: tuple[str, ...] = ()
    town: str | None = None
    organisations: tuple[str, ...] = ()

    @property
    def party(self) -> str | None:
        """The party's code, "04"."""
        return PARTY_CODES.get(self.affiliation)

    @property
    def scopes(self) -> list[str]:
        """`kind:id` of every group, as the scopes of acting roles name them."""
        return [
            f"{kind}:{id}"
            for kind, id in (
                ("sector", self.sector),
                ("sector_group", self.sector_group),
                *(("committee", committee) for committee in self.committees),
                ("town", self.town),
                ("party", self.party),
                *(("organisation", organisation) for organisation in self.organisations),
            )
            if id
        ]

    @property
    def named(self) -> list[str]:
        """The ids of the organisations that it names."""
        return [id for id in (self.sector_group, *self.committees, self.town) if id]


def wanted_placement(given: Mapping[str, Any], former: Placement | None = None) -> Placement:
    """The placement that `given` asks for, over the `former` one; its `organisations` are empty.

    given: sector, affiliation, sector_group, committees, town; others are passed over.
    """

    def wanted(name: str) -> Any:
        return given[name] if name in given else getattr(former, name, None)

    return Placement(
        sector=wanted("sector"),
        affiliation=wanted("affiliation"),
        sector_group=wanted("sector_group"),
        committees=tuple(dict.fromkeys(wanted("committees") or ())),
        town=wanted("town"),
    )


def check_work_unit(unit: Organisation | None) -> None:
    """Raises GroupUnfit for a work unit that is no handling unit in being."""
    if not _fits(unit, Kind.HANDLING_UNIT):
        raise GroupUnfit(field="workUnitId")


def check_placement(
    placement: Placement, sector_set: Collection[str], known: Mapping[str, Organisation]
) -> None:
    """Raises Refused with every misfit: sector not of the term, group of a wrong kind or ended.

    known: the organisations that the placement names, by id.
    """
    problems = list(_problems(placement, sector_set, known))
    if problems:
        raise Refused.of(problems)


def _problems(
    placement: Placement, sector_set: Collection[str], known: Mapping[str, Organisation]
) -> Iterator[DomainError]:
    if placement.sector not in sector_set:
        yield SectorUnfit(field="sector")
    if len(set(placement.committees)) > MOST_COMMITTEES:
        yield TooManyCommittees(field="committees")
    wanted = (
        ("sectorGroup", Kind.SECTOR_GROUP, placement.sector_group),
        *(("committees", Kind.COMMITTEE, committee) for committee in placement.committees),
        ("town", Kind.TOWN_COMMITTEE, placement.town),
    )
    for field, kind, id in wanted:
        if id and not _fits(known.get(id), kind):
            yield GroupUnfit(field=field)
    group = known.get(placement.sector_group or "")
    if group and group.sectors and placement.sector not in group.sectors:
        yield GroupUnfit("该界别活动小组不含此界别", field="sectorGroup")


def _fits(organisation: Organisation | None, kind: Kind) -> bool:
    return organisation is not None and organisation.is_active and organisation.kind is kind
