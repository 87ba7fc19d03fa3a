"""Training of the staff (队伍素质, 15.1): what an account took part in, in hours, per year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.office.domain import document_errors as errors
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass
class Training(Aggregate):
    """One course; `staff` are accounts. A correction replaces the record and keeps the reason."""

    id: str
    term: int
    title: str
    organiser: str
    begins_on: date
    ends_on: date
    half_hours: int  # 学时 may be halves; whole numbers add up exactly
    staff: tuple[str, ...]
    recorded_by: str | None
    recorded_at: datetime
    withdrawn_reason: str | None = None

    @property
    def year(self) -> int:
        """The year that its hours count in."""
        return self.ends_on.year

    def record(self, at: datetime) -> None:
        """Raises TrainingUnfit."""
        if not self.begins_on <= self.ends_on <= at.date():
            raise errors.TrainingUnfit(
                "培训结束日期不能早于开始日期，也不能晚于今天", field="endsOn"
            )
        if not self.staff or len(set(self.staff)) < len(self.staff):
            raise errors.TrainingUnfit("参训人员不能为空或重复", field="staff")
        self.tell(names.TRAINING_RECORDED)

    def withdraw(self, reason: str) -> None:
        """A wrong record does not count any more; it stays readable."""
        if self.withdrawn_reason is not None:
            raise errors.TrainingUnfit("该培训记录已撤销")
        self.withdrawn_reason = reason
        self.tell(names.TRAINING_WITHDRAWN)

    def header(self) -> dict[str, Any]:
        return {
            "training_id": self.id,
            "title": self.title,
            "staff": list(self.staff),
            "half_hours": self.half_hours,
            "ends_on": self.ends_on,
        }


@dataclass(frozen=True)
class Hours:
    """What an account has in a year."""

    account_id: str
    courses: int
    half_hours: int


def add_up(trainings: list[Training]) -> list[Hours]:
    """Hours of each account, most first; withdrawn records count for nothing."""
    sums: dict[str, tuple[int, int]] = {}
    for training in trainings:
        if training.withdrawn_reason is None:
            for account in training.staff:
                courses, halves = sums.get(account, (0, 0))
                sums[account] = (courses + 1, halves + training.half_hours)
    found = [Hours(account, *sum_) for account, sum_ in sums.items()]
    return sorted(found, key=lambda hours: (-hours.half_hours, hours.account_id))
