"""Which facts count towards a plan (0.6, section 7.11): data, not branches.

A fact is kept under its own identity, so that it counts once however often it is told; what a
reversal takes back does not count, whichever of the two comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.domain import document_errors as errors
from shared.contracts import names

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """How an event names the fact: fields of its data.

    id: what makes two events one fact; title and on: for the trace; filters: fields that an item
    may narrow by.
    """

    id: tuple[str, ...]
    title: str | None = None
    on: str = "occurred_on"
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reversal:
    """Takes back the facts of `of` with the same identity."""

    of: tuple[str, str]
    id: tuple[str, ...]


SOURCES: Mapping[tuple[str, str], Source] = {
    ("supervision", names.SUPERVISION_CLOSED): Source(("supervision_id",), "title"),
    ("consultations", names.MOTION_DELIVERED): Source(("motion_id",), "title"),
    ("consultations", names.CONSULTATION_HELD): Source(
        ("consultation_id",), "title", "held_on", ("form",)
    ),
    ("proposals", names.APPRAISAL_PUBLISHED): Source(("appraisal_id",), "title"),
    ("proposals", names.INSPECTION_HELD): Source(("inspection_id",), "title"),
    ("proposals", names.PROPOSAL_KEY_SELECTED): Source(("proposal_id", "occurrence_no"), "title"),
    ("proposals", names.PROPOSAL_KEY_APPRAISED): Source(("proposal_id",), "title"),
    ("study", names.STUDY_CLASS_FINISHED): Source(("class_id",), "title"),
    ("liaison", names.ACTIVITY_CLOSED): Source(("activity_id",), "title", "held_at", ("kind",)),
    ("liaison", names.EXCHANGE_RECORDED): Source(
        ("exchange_id",), None, "occurred_on", ("kind", "level")
    ),
    ("opinions", names.OPINION_ISSUED): Source(
        ("opinion_id", "occurrence_no"), "title", "occurred_on", ("form",)
    ),
    ("office", names.MEETING_ATTENDANCE_CONFIRMED): Source(
        ("meeting_id",), None, "held_on", ("kind",)
    ),
}
REVERSALS: Mapping[tuple[str, str], Reversal] = {
    ("proposals", names.PROPOSAL_KEY_DESELECTED): Reversal(
        ("proposals", names.PROPOSAL_KEY_SELECTED), ("proposal_id", "occurrence_no")
    ),
    ("opinions", names.OPINION_ISSUE_REVOKED): Reversal(
        ("opinions", names.OPINION_ISSUED), ("opinion_id", "occurrence_no")
    ),
}


@dataclass(frozen=True)
class Counts:
    """What an item counts: facts of an event, narrowed by its fields (`{"kind": "PLENARY"}`)."""

    source: str
    event: str
    where: Mapping[str, str]

    def check(self) -> None:
        """Raises PlanUnfit for an event that nobody listens to, or a field it lacks."""
        known = SOURCES.get((self.source, self.event))
        if known is None:
            raise errors.PlanUnfit("不能按该事项统计进度", field="items")
        if set(self.where) - set(known.filters):
            raise errors.PlanUnfit("不能按该字段统计进度", field="items")


@dataclass(frozen=True)
class Fact:
    """One thing done; its id is that of the fact, not of the event."""

    id: str
    source: str
    event: str
    event_id: str
    subject: str
    title: str | None
    on: datetime
    year: int
    fields: Mapping[str, str]


def fact(source: str, event: str, event_id: str, subject: str, data: Data) -> Fact:
    """The fact that an event of SOURCES tells."""
    known = SOURCES[source, event]
    on = datetime.fromisoformat(data[known.on])
    return Fact(
        id=_id(source, event, known.id, data),
        source=source,
        event=event,
        event_id=event_id,
        subject=subject,
        title=data.get(known.title) if known.title else None,
        on=on,
        year=on.year,
        fields={name: data[name] for name in known.filters if data.get(name) is not None},
    )


def undone(source: str, event: str, data: Data) -> str:
    """The id of the fact that an event of REVERSALS takes back."""
    reversal = REVERSALS[source, event]
    return _id(*reversal.of, reversal.id, data)


def _id(source: str, event: str, fields: tuple[str, ...], data: Data) -> str:
    return ":".join([source, event, *(str(data[name]) for name in fields)])
