"""A placement out of what was given, checked against the term and the organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain import placement as placements
from services.members.domain.placement import Placement, check_placement, wanted_placement
from services.members.domain.term import Term


def place(
    desk: Roster, term: Term, given: Mapping[str, Any], former: Placement | None = None
) -> Placement:
    """The placement that `given` asks for, over the `former` one if there is one.

    given: sector, affiliation, sector_group, committees, town; others are passed over. Raises
    Refused with every misfit.
    """
    bare = wanted_placement(given, former)
    check_placement(bare, term.sector_set, desk.organisations.known(bare.named))
    return replace(bare, organisations=desk.organisations.ids_of(bare.party, bare.sector))


def check_work_unit(desk: Roster, given: Mapping[str, Any]) -> None:
    """Raises GroupUnfit for a work unit that is no handling unit in being."""
    if wanted := given.get("work_unit_id"):
        placements.check_work_unit(desk.organisations.known([wanted]).get(wanted))
