"""Changes of a profile: what a member may ask for, and the one request that may be pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.members.domain.errors import FieldNotSelfEditable
from shared.errors import Refused
from shared.labels import Labelled

# What a member may ask to change (2.1: self-edit waits for staff); all else is the office's.
SELF_EDITABLE = frozenset(
    {
        "phone",
        "birth_date",
        "ethnic_group",
        "religion",
        "affiliation",
        "work_unit",
        "title",
        "inside_system",
        "skills",
    }
)


class ChangeState(Labelled, name="ProfileChangeState"):
    """资料变更状态。State of a profile change."""

    PENDING = "PENDING", "待确认", "Waits for the office"
    CONFIRMED = "CONFIRMED", "已确认", "In force"
    REFUSED = "REFUSED", "未通过", "Refused by the office"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn by the member"


@dataclass(frozen=True)
class ProfileChange:
    """The latest request of a member; `changes` maps fields to their wished values."""

    id: str
    changes: Mapping[str, Any]
    requested_at: datetime
    state: ChangeState = ChangeState.PENDING
    decided_at: datetime | None = None
    reason: str | None = None

    @property
    def pending(self) -> bool:
        return self.state is ChangeState.PENDING


def check_self_editable(changes: Mapping[str, Any]) -> None:
    """Raises Refused with a FieldNotSelfEditable for each field that only the office changes."""
    problems = [
        FieldNotSelfEditable(field=camel(name)) for name in changes if name not in SELF_EDITABLE
    ]
    if problems:
        raise Refused.of(problems)


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
