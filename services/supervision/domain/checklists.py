"""The library of rules and checklists (监督制度和检查清单, 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.aggregate import Aggregate


@dataclass
class Checklist(Aggregate):
    """rules: what the lines rest on; a supervision copies the lines, and keeps them."""

    id: str
    term: int
    organiser: str
    title: str
    topic_codes: tuple[str, ...]
    rules: str
    lines: tuple[str, ...]
    written_at: datetime
    is_active: bool = True
