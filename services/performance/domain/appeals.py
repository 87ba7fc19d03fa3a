"""The right to be heard on points: a member's appeal against the draft of a year (section 7.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.performance.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class AppealState(Labelled, name="PointsAppealState"):
    """积分申诉的状态。State of an appeal."""

    SUBMITTED = "SUBMITTED", "待答复", "Waits for the answer"
    UPHELD = "UPHELD", "成立", "Upheld"
    DISMISSED = "DISMISSED", "不成立", "Dismissed"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"


@dataclass
class Appeal(Aggregate):
    """`entry_ids`: the entries complained of; none where something is missing.

    recorded_by: the accounts behind those entries, who may not decide (separation of duties).
    """

    id: str
    member_id: str
    term: int
    year: int
    text: str
    entry_ids: tuple[str, ...]
    recorded_by: tuple[str, ...]
    submitted_by: str
    submitted_at: datetime
    state: AppealState = AppealState.SUBMITTED
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if not self.version:
            self.tell(names.PERFORMANCE_APPEAL_SUBMITTED)

    def withdraw(self, at: datetime) -> None:
        """By the member. Raises AlreadyDecided."""
        self._end(AppealState.WITHDRAWN, at)
        self.tell(names.PERFORMANCE_APPEAL_WITHDRAWN)

    def decide(self, upheld: bool, reason: str, account: str, at: datetime) -> None:
        """By someone who recorded none of it. Raises AlreadyDecided, SamePerson."""
        if account in {self.submitted_by, *self.recorded_by}:
            raise errors.SamePerson("记录该账目的人和申诉人不能作出答复")
        self._end(AppealState.UPHELD if upheld else AppealState.DISMISSED, at)
        self.decided_by, self.reason = account, reason
        self.tell(names.PERFORMANCE_APPEAL_DECIDED, upheld=upheld)

    def _end(self, state: AppealState, at: datetime) -> None:
        if self.state is not AppealState.SUBMITTED:
            raise errors.AlreadyDecided
        self.state, self.decided_at = state, at

    def header(self) -> dict[str, Any]:
        return {"appeal_id": self.id, "member_id": self.member_id, "year": self.year}
