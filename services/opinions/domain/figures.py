"""Figures of a year: how much came by which way, what became of it, which limits were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.opinions.domain.clocks import Limit
from services.opinions.domain.states import Form, Level, OpinionState
from shared.labels import Labelled

Row = Mapping[str, Any]
S = OpinionState


class Grouping(Labelled, name="OpinionGrouping"):
    """社情民意统计的分组。What the figures are grouped by."""

    TOTAL = "TOTAL", "合计", "Total"
    CHANNEL = "CHANNEL", "收集渠道", "Channel"
    ORGANISATION = "ORGANISATION", "反映单位", "Organisation"
    MEMBER = "MEMBER", "委员", "Member"
    LEVEL = "LEVEL", "采用层级", "Level"
    TOPIC = "TOPIC", "主题", "Topic"


# Figure → how many an item adds to it. Level "" is all of them.
COUNTS: Mapping[str, Callable[[Row], int]] = {
    "submitted": lambda row: 1,
    "urgent": lambda row: row["urgency"] == "URGENT",
    "issued_single": lambda row: row["issued_as"] == Form.SINGLE.value,
    "issued_combined": lambda row: row["issued_as"] == Form.COMBINED.value,
    "retained": lambda row: row["state"] == S.RETAINED.value,
    "returned": lambda row: row["counts"].get("RETURN", 0) > 0,
    "delivered": lambda row: bool(row["deliveries"]),
    "sent_up": lambda row: any(a["sent_at"] is not None for a in row["above"]),
    "adopted_single": lambda row: _adopted(row, Form.SINGLE),
    "adopted_combined": lambda row: _adopted(row, Form.COMBINED),
    "adopted_city": lambda row: _adopted_at(row, Level.CITY),
    "adopted_province": lambda row: _adopted_at(row, Level.PROVINCE),
    "adopted_nation": lambda row: _adopted_at(row, Level.NATION),
    "instructed": lambda row: any(i["revoked_reason"] is None for i in row["instructions"]),
    "referred": lambda row: bool(row["referrals"]),
    "results": lambda row: any(r["state"] == "ANSWERED" for r in row["referrals"]),
    "closed": lambda row: row["closed_at"] is not None,
    "good": lambda row: bool(row["good"] and row["good"]["selected_at"]),
}
RATES = {
    "edited_in_time_rate": Limit.EDIT,
    "delivered_in_time_rate": Limit.DELIVER,
    "informed_in_time_rate": Limit.INFORM,
    "results_in_time_rate": Limit.RESULT,
}


@dataclass
class Tally:
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    kept: dict[Limit, int] = field(default_factory=dict)
    due: dict[Limit, int] = field(default_factory=dict)

    def add(self, row: Row, at: datetime) -> None:
        for name, count in COUNTS.items():
            self.counts[name] += int(count(row))
        for clock in row["clocks"]:
            kept = _kept(clock, at)
            if kept is not None:
                about = Limit(clock["about"])
                self.due[about] = self.due.get(about, 0) + 1
                self.kept[about] = self.kept.get(about, 0) + kept

    def row(self, key: str) -> dict[str, Any]:
        """Rates are percent of what was due by now; nothing due is null (decision 43)."""
        rates = {name: self._rate(limit) for name, limit in RATES.items()}
        return {"key": key, **self.counts, **rates}

    def _rate(self, about: Limit) -> float | None:
        due = self.due.get(about, 0)
        return round(100 * self.kept.get(about, 0) / due, 2) if due else None


def tallied(rows: Iterable[Row], by: Grouping, at: datetime) -> list[dict[str, Any]]:
    """A row for each group, in the order of their keys; an item may be in several groups."""
    found: dict[str, Tally] = {Grouping.TOTAL.value: Tally()} if by is Grouping.TOTAL else {}
    for row in rows:
        for key in _keys(row, by):
            found.setdefault(key, Tally()).add(row, at)
    return [
        {
            **found[key].row(key),
            "organisation_id": key if by is Grouping.ORGANISATION else None,
            "member_id": key if by is Grouping.MEMBER else None,
        }
        for key in sorted(found)
    ]


def _keys(row: Row, by: Grouping) -> Iterator[str]:
    if by is Grouping.TOTAL:
        yield Grouping.TOTAL.value
    elif by is Grouping.CHANNEL:
        yield row["channel"]
    elif by is Grouping.ORGANISATION:
        if row["organisation"]:
            yield row["organisation"]
    elif by is Grouping.MEMBER:
        yield from row["authors"]
    elif by is Grouping.TOPIC:
        yield from row["topic_codes"]
    else:
        if row["deliveries"]:
            yield "DISTRICT"
        yield from (a["level"] for a in row["above"] if a["sent_at"] or a["form"])


def _adopted(row: Row, form: Form) -> bool:
    return any(a["form"] == form.value for a in row["above"])


def _adopted_at(row: Row, level: Level) -> bool:
    return any(a["level"] == level.value and a["form"] is not None for a in row["above"])


def _kept(clock: Row, at: datetime) -> bool | None:
    if clock["void"]:
        return None
    if clock["stopped_at"] is not None:
        return bool(clock["stopped_at"] < clock["late_at"])
    return False if at >= clock["late_at"] else None
