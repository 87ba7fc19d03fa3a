"""The meeting, which the office holds under the consultation's id, and the written consultation.

What happens to the meeting is heard from the office: announced, moved, called off, attended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.limits import Limits
from services.consultations.domain.record import Consultation, Invited, Meeting
from services.consultations.domain.states import (
    AFTER_MEETING,
    ConsultationForm,
    ConsultationState,
    Limit,
    SpeechForm,
)
from shared.contracts import names
from shared.presence import Told, newest
from shared.presence import attended as present_of

S = ConsultationState
PREPARED = frozenset({S.IN_PLAN, S.PREPARING, S.POSTPONED})


def plan(
    consultation: Consultation,
    limits: Limits,
    at: datetime,
    *,
    held_at: datetime,
    ends_at: datetime,
    place: str,
    half_days: int,
    members: Sequence[str],
) -> None:
    """Ask the office for the meeting. Those on the speakers' list are invited as speakers.

    Raises WrongState, Unfit for times that are past or turned round, Incomplete.
    """
    consultation.require(PREPARED)
    _require_times(held_at, ends_at, at)
    if consultation.form is ConsultationForm.REMOTE:
        raise errors.Unfit("网络（远程）协商请开启书面协商", field="heldAt")
    if consultation.meeting is not None:
        raise errors.WrongState("会议已安排，改期请在会议中办理")
    if not consultation.organisers:
        raise errors.Incomplete("请先确定主办单位", field="organisers")
    consultation.sittings += 1
    asked = {one.member_id: one for one in speakers_of(consultation)}
    invited = [*asked.values(), *(Invited(id) for id in members if id not in asked)]
    id = consultation.id
    if consultation.sittings > 1:
        id = f"{consultation.id}-{consultation.sittings}"
    consultation.meeting = Meeting(id, held_at, ends_at, place, half_days, tuple(invited))
    if consultation.state is not S.PREPARING:
        consultation.move(S.PREPARING, at)
    consultation.watch(at, *limits.before_meeting(held_at, at))
    consultation.name_participants()
    consultation.tell(
        names.CONSULTATION_PLANNED,
        meeting_id=id,
        kind="CONSULTATION",
        organiser=consultation.organisers[0],
        held_at=held_at,
        ends_at=ends_at,
        place=place,
        mandatory=False,
        half_days=half_days,
        invited=[{"member_id": one.member_id, "role": one.role} for one in invited],
        units=_units(consultation),
    )


def speakers_of(consultation: Consultation) -> list[Invited]:
    """The members on the list who speak in person."""
    found = [
        one.member_id
        for one in consultation.speakers
        if one.member_id and one.form is SpeechForm.ORAL
    ]
    return [Invited(id, "SPEAKER") for id in dict.fromkeys(found)]


def _units(consultation: Consultation) -> list[str]:
    """Departments that are heard, organisers who share it, and whoever speaks for another."""
    spoken = [one.organisation for one in consultation.speakers if one.organisation]
    found = [*consultation.departments, *consultation.organisers[1:], *spoken]
    return list(dict.fromkeys(id for id in found if id != consultation.organisers[0]))


def announced(consultation: Consultation, told: Meeting, at: datetime) -> bool:
    """The office has given notice. True if that is news."""
    known = consultation.meeting
    if known is None or known.id != told.id or consultation.state is not S.PREPARING:
        return False
    consultation.move(S.NOTIFIED, at)
    consultation.meeting = replace(
        known, held_at=told.held_at, ends_at=told.ends_at, place=told.place
    )
    consultation.stop(Limit.NOTICE, at)
    consultation.tell(names.CONSULTATION_NOTIFIED, held_at=told.held_at, place=told.place)
    return True


def moved(
    consultation: Consultation,
    told: Meeting,
    reason: str,
    version: int,
    limits: Limits,
    at: datetime,
) -> bool:
    """Moved in the office, which voids every answer: the papers' date follows the meeting.

    version: the meeting's, of that move; one that was heard before, or is older, changes nothing.
    """
    known = consultation.meeting
    if known is None or known.id != told.id or version <= known.moved:
        return False
    if consultation.state not in (S.PREPARING, S.NOTIFIED):
        return False
    if consultation.state is S.PREPARING:
        consultation.move(S.NOTIFIED, at)
        consultation.stop(Limit.NOTICE, at)
    consultation.moves.append(
        {"from": known.held_at, "to": told.held_at, "reason": reason, "version": version}
    )
    consultation.meeting = replace(
        known, held_at=told.held_at, ends_at=told.ends_at, place=told.place, moved=version
    )
    if consultation.papers_sent_at is None:
        fresh = [c for c in limits.before_meeting(told.held_at, at) if c.about is Limit.PAPERS]
        consultation.give_up(at, Limit.PAPERS)
        consultation.watch(at, *fresh)
    consultation.tell(names.CONSULTATION_MOVED, held_at=told.held_at, reason=reason)
    return True


def called_off(consultation: Consultation, meeting_id: str, reason: str, at: datetime) -> bool:
    """Called off in the office: the topic stays, to be held at another time."""
    known = consultation.meeting
    if known is None or known.id != meeting_id or consultation.state in AFTER_MEETING:
        return False
    consultation.move(S.POSTPONED, at, reason)
    consultation.give_up(at)
    consultation.meeting, consultation.papers_sent_at = None, None
    consultation.tell(names.CONSULTATION_POSTPONED, meeting_id=meeting_id, reason=reason)
    return True


def attended(
    consultation: Consultation,
    meeting_id: str,
    told: Sequence[Told],
    held_on: datetime | None,
    limits: Limits,
    at: datetime,
) -> bool:
    """The organiser has confirmed who came: it is held if anybody did. True if that is news.

    held_on: None for a correction, which names some members alone; one that is heard before its
    confirmation is kept, and does not hold the meeting yet.
    """
    known = consultation.meeting
    if known is None or known.id != meeting_id:
        return False
    before = (consultation.state, consultation.presence, known.held_on)
    known = consultation.meeting = replace(known, held_on=held_on or known.held_on)
    consultation.presence = newest(consultation.presence, told)
    consultation.present = present_of(consultation.presence)
    consultation.name_participants()
    awaited = consultation.state in (S.PREPARING, S.NOTIFIED)
    if awaited and known.held_on is not None and consultation.present:
        _hold(consultation, known.held_on, limits, at)
    return (consultation.state, consultation.presence, known.held_on) != before


def _hold(consultation: Consultation, held_on: datetime, limits: Limits, at: datetime) -> None:
    consultation.move(S.HELD, at)
    consultation.held_on = held_on
    consultation.give_up(at, Limit.NOTICE, Limit.PAPERS, Limit.STATEMENTS)
    consultation.watch(at, limits.report(held_on, at))
    consultation.tell(
        names.CONSULTATION_HELD,
        held_on=held_on,
        present=len(consultation.present),
        participants=list(consultation.participants),
        report_due_at=consultation.due(Limit.REPORT),
    )


# -- remote and written -----------------------------------------------------------------------


def open_written(
    consultation: Consultation,
    limits: Limits,
    at: datetime,
    *,
    closes_at: datetime,
    members: Sequence[str],
) -> None:
    """Statements over days, in the order of the list, until it closes. Raises WrongState, Unfit."""
    consultation.require(PREPARED)
    if consultation.form is not ConsultationForm.REMOTE:
        raise errors.Unfit("只有网络（远程）协商可以书面进行", field="closesAt")
    _require_times(at, closes_at, at)
    if not consultation.organisers:
        raise errors.Incomplete("请先确定主办单位", field="organisers")
    consultation.sittings += 1
    listed = [one.member_id for one in consultation.speakers if one.member_id]
    invited = tuple(Invited(id) for id in dict.fromkeys([*listed, *members]))
    consultation.meeting = Meeting(
        f"{consultation.id}-{consultation.sittings}", at, closes_at, invited=invited, written=True
    )
    if consultation.state is not S.PREPARING:
        consultation.move(S.PREPARING, at)
    consultation.move(S.NOTIFIED, at)
    consultation.watch(at, limits.closing(closes_at, at))
    consultation.name_participants()
    consultation.tell(
        names.CONSULTATION_OPENED,
        closes_at=closes_at,
        participants=list(consultation.participants),
    )


def is_open(consultation: Consultation, at: datetime) -> bool:
    """Whether statements of a written consultation are taken."""
    meeting = consultation.meeting
    return bool(
        consultation.state is S.NOTIFIED
        and meeting
        and meeting.written
        and meeting.held_at <= at < meeting.ends_at
    )


def close_written(consultation: Consultation, limits: Limits, at: datetime) -> None:
    """It is over, at its time or when its organiser says so: who stated took part, each once.

    Raises WrongState; Incomplete if nobody has stated anything.
    """
    meeting = consultation.meeting
    consultation.require({S.NOTIFIED})
    if meeting is None or not meeting.written:
        raise errors.WrongState("这不是书面协商")
    stated = [one.member_id for one in consultation.statements if one.member_id]
    if not consultation.statements:
        raise errors.Incomplete("尚无人发表意见，可以延期")
    consultation.present = tuple(dict.fromkeys(stated))
    consultation.meeting = replace(meeting, ends_at=min(at, meeting.ends_at))
    _hold(consultation, consultation.meeting.ends_at, limits, at)
    if consultation.present:
        rows = [
            {"member_id": id, "took_part": True, "occurrence_no": 1} for id in consultation.present
        ]
        _tell_part(consultation, rows)


def _tell_part(consultation: Consultation, rows: list[dict[str, Any]]) -> None:
    consultation.events.append(
        (
            names.ACTIVITY_PARTICIPATION_CONFIRMED,
            {
                "activity_id": consultation.id,
                "kind": "CONSULTATION",
                "held_on": consultation.held_on,
                "rows": rows,
            },
        )
    )


def _require_times(held_at: datetime, ends_at: datetime, at: datetime) -> None:
    if held_at < at or ends_at <= held_at:
        raise errors.Unfit("时间应在现在以后，结束晚于开始", field="heldAt")
