"""Findings and sites as GeoJSON (RFC 7946): WGS 84, longitude first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def feature(id: str, point: Row, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": [point["longitude"], point["latitude"]]},
        "properties": dict(properties),
    }
