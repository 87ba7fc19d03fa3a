"""Names of settings that there is one of for each value, and what use cases check alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from services.proposals.domain import errors
from services.proposals.domain.refusal import NotFiledReason
from services.proposals.domain.states import Category


class Units(Protocol):
    def active_units(self, ids: Collection[str]) -> set[str]: ...


class KnowsUnits(Protocol):
    @property
    def directory(self) -> Units: ...


def reason_setting(reason: NotFiledReason) -> str:
    """The setting by which a committee uses a local reason, or not."""
    return f"reason_{reason.value.lower()}"


def field_setting(category: Category) -> str:
    """The setting that names the committees of a category's field, separated by 、."""
    return f"field_{category.value.lower()}"


def require_units(desk: KnowsUnits, units: Collection[str], field: str) -> None:
    """Raises UnitUnknown for one that is not in being."""
    if unknown := sorted(set(units) - desk.directory.active_units(units)):
        raise errors.UnitUnknown(field=field, details={"units": unknown})
