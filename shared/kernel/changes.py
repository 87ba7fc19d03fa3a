"""A change of a setting: asked for, and in force once another person has approved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import DESCENDING

from shared.actor import Actor
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.errors import DomainError, NotFound
from shared.labels import Labelled
from shared.persistence.records import Records

LATEST = (("proposed_at", DESCENDING), ("_id", DESCENDING))


class ChangeNotFound(NotFound):
    """There is no such change of a setting."""

    code = "SETTING_CHANGE_NOT_FOUND"
    message = "没有这项设置调整"


class ChangeDecided(DomainError):
    """The change has been decided."""

    code = "SETTING_CHANGE_DECIDED"
    message = "这项设置调整已经办结"


class OwnChange(DomainError):
    """Whoever proposed a change does not decide on it."""

    code = "OWN_SETTING_CHANGE"
    message = "设置调整须由另一人审批"


class ChangeState(Labelled, name="SettingChangeState"):
    """设置调整状态。State of a change of a setting."""

    WAITING = "WAITING", "待批准", "Waits for approval"
    APPROVED = "APPROVED", "已批准", "Approved"
    REFUSED = "REFUSED", "未批准", "Refused"


@dataclass
class SettingChange(Aggregate):
    """former: the value before, as it was proposed and, once approved, as it was replaced.
    valid_from: None until it is decided where it is to hold at once."""

    id: str
    key: str
    label: str
    former: Any
    value: Any
    reason: str
    valid_from: datetime | None
    proposed_by: str
    proposed_role: str
    proposer_person: str | None
    proposed_at: datetime
    approvers: list[str]
    state: ChangeState = ChangeState.WAITING
    decided_by: str | None = None
    decided_role: str | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None

    def header(self) -> dict[str, Any]:
        return {
            "change_id": self.id,
            "key": self.key,
            "label": self.label,
            "account_id": self.proposed_by,
            "approvers": self.approvers,
        }

    def decide(self, actor: Actor, approved: bool, reason: str | None, at: datetime) -> None:
        """Raises ChangeDecided, OwnChange."""
        if self.state is not ChangeState.WAITING:
            raise ChangeDecided
        same_person = self.proposer_person is not None and self.proposer_person == actor.person_id
        if same_person or self.proposed_by == actor.account_id:
            raise OwnChange
        self.state = ChangeState.APPROVED if approved else ChangeState.REFUSED
        self.decided_by, self.decided_role = actor.account_id, actor.role.value
        self.decided_at, self.decision_reason = at, reason
        told: dict[str, Any] = {}
        if approved:
            self.valid_from = max(self.valid_from or at, at)
            told = {"value": self.value, "valid_from": self.valid_from}
        self.tell(names.SETTING_CHANGE_DECIDED, approved=approved, **told)


def proposed(actor: Actor, at: datetime, **given: Any) -> SettingChange:
    change = SettingChange(
        proposed_by=str(actor.account_id),
        proposed_role=actor.role.value,
        proposer_person=actor.person_id,
        proposed_at=at,
        **given,
    )
    change.tell(names.SETTING_CHANGE_PROPOSED)
    return change


class SettingChanges(Records[SettingChange], name="setting_changes"):
    """All changes that were ever asked for, with what became of them."""
