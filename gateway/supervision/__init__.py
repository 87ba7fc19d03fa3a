"""民主监督。Supervisions, findings on the map, supervisors, debriefings."""

from __future__ import annotations
