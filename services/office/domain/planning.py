"""A new meeting, as it is planned here or by another service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.office.domain.half_days import Hours, ending
from services.office.domain.invitees import Invitee, merged
from services.office.domain.meetings import Meeting


def planned(
    *,
    id: str,
    term: int,
    kind: str,
    purpose: dict[str, str],
    organiser: str,
    title: str,
    held_at: datetime,
    place: str,
    mandatory: bool,
    half_days: int,
    ends_at: datetime | None,
    answer_by: datetime | None,
    created_by: str | None,
    invited: Iterable[Invitee],
    answer_lead: timedelta,
    hours: Hours,
    own_groups: Iterable[str],
) -> Meeting:
    """A new meeting, not yet announced; raises MeetingUnfit. Answers are due a day before."""
    return Meeting(
        id=id,
        term=term,
        kind=kind,
        purpose=purpose,
        organiser=organiser,
        title=title,
        held_at=held_at,
        ends_at=ends_at or ending(held_at, half_days, hours),
        place=place,
        mandatory=mandatory,
        half_days=half_days,
        hours=hours,
        own_groups=tuple(sorted(own_groups)),
        answer_by=answer_by or held_at - answer_lead,
        created_by=created_by,
        invited=merged([], invited),
    )
