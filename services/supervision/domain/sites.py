"""Sites (监督点位): rivers and lakes with their place, over the years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.supervision.domain.states import SiteKind
from shared.aggregate import Aggregate


@dataclass(frozen=True)
class Point:
    """WGS 84, in degrees."""

    latitude: float
    longitude: float


@dataclass
class Site(Aggregate):
    """unit: who is responsible for it; keeper: 河长, in words; town: organisation."""

    id: str
    term: int
    kind: SiteKind
    name: str
    point: Point
    town: str | None
    unit: str | None
    keeper: str
    note: str
    created_at: datetime
