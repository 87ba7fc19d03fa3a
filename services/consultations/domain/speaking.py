"""畅所欲言: the speakers' list, written statements, views of the public, papers (7.4, 7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.meeting import is_open, speakers_of
from services.consultations.domain.record import Consultation, Speaker, Statement
from services.consultations.domain.states import (
    AFTER_MEETING,
    UNDER_WAY,
    ConsultationState,
    Limit,
)
from shared.contracts import names

S = ConsultationState
MOST_STATEMENTS = 500


def list_speakers(consultation: Consultation, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """The list in its order. A turn that was taken stays. Raises WrongState, Unfit."""
    consultation.require(UNDER_WAY)
    if any(bool(row["member_id"]) == bool(row["organisation"]) for row in rows):
        raise errors.Unfit("发言人应为委员或单位之一", field="speakers")
    whose = [(row["member_id"], row["organisation"]) for row in rows]
    if len(set(whose)) < len(whose):
        raise errors.Unfit("发言名单中有重复", field="speakers")
    kept = {(one.member_id, one.organisation): one for one in consultation.speakers}
    done = [who for who, one in kept.items() if one.spoken_at or one.passed]
    if set(done) - set(whose):
        raise errors.Unfit("已经发言的不能移出名单", field="speakers")
    former = {one.member_id for one in speakers_of(consultation)}
    consultation.speakers = [
        Speaker(
            no,
            row["member_id"],
            row["organisation"],
            row["topic"],
            row["form"],
            *_taken(kept.get((row["member_id"], row["organisation"]))),
        )
        for no, row in enumerate(rows, 1)
    ]
    consultation.name_participants()
    fresh = [one.member_id for one in speakers_of(consultation) if one.member_id not in former]
    meeting = consultation.meeting
    consultation.tell(
        names.CONSULTATION_SPEAKERS_SET,
        meeting_id=meeting.id if meeting else consultation.id,
        invited=fresh if meeting and not meeting.written else [],
        speakers=[one.member_id for one in consultation.speakers if one.member_id],
        organisations=[one.organisation for one in consultation.speakers if one.organisation],
    )


def _taken(one: Speaker | None) -> tuple[datetime | None, str]:
    return (one.spoken_at, one.passed) if one else (None, "")


def turn_of(consultation: Consultation) -> Speaker | None:
    """Whose turn it is; nobody's once all have spoken."""
    waiting = (one for one in consultation.speakers if not one.spoken_at and not one.passed)
    return next(waiting, None)


def pass_turn(consultation: Consultation, reason: str, at: datetime) -> None:
    """The next one's turn; whoever is passed may still state at the end. Raises Closed, Unfit."""
    if not is_open(consultation, at):
        raise errors.Closed
    speaker = turn_of(consultation)
    if speaker is None:
        raise errors.Unfit("名单上的人都已发言")
    speaker.passed = reason
    tell_turn(consultation)


def state(
    consultation: Consultation,
    member_id: str | None,
    organisation: str | None,
    text: str,
    files: Sequence[str],
    at: datetime,
) -> None:
    """A written statement: of a meeting by anybody invited until the report is sent, in a
    written consultation in one's turn, and of who is not on the list at any time while it is open.

    Said again it takes the place of the former one. Raises Closed, NotYourTurn.
    """
    meeting = consultation.meeting
    speaker_no = None
    if meeting is not None and meeting.written:
        if not is_open(consultation, at):
            raise errors.Closed
        speaker_no = _take_turn(consultation, member_id, organisation, at)
    elif consultation.state not in {*UNDER_WAY, S.HELD}:
        raise errors.Closed("协商专报已报送，不再接收书面意见")
    own = [
        one
        for one in consultation.statements
        if (one.member_id, one.organisation) == (member_id, organisation)
    ]
    if own:
        own[0].text, own[0].files, own[0].at = text, tuple(files), at
    elif len(consultation.statements) >= MOST_STATEMENTS:
        raise errors.Unfit(f"书面意见不超过{MOST_STATEMENTS}份")
    else:
        no = len(consultation.statements) + 1
        consultation.statements.append(
            Statement(no, member_id, organisation, text, at, tuple(files), speaker_no)
        )
    consultation.name_participants()
    consultation.tell(names.CONSULTATION_STATED, member_id=member_id, organisation=organisation)
    if speaker_no is not None:
        tell_turn(consultation)


def _take_turn(
    consultation: Consultation, member_id: str | None, organisation: str | None, at: datetime
) -> int | None:
    listed = [
        one
        for one in consultation.speakers
        if (one.member_id, one.organisation) == (member_id, organisation)
    ]
    if not listed or listed[0].spoken_at or listed[0].passed:
        return None  # not on the list, a second word, or a turn that went by: at any time
    turn = turn_of(consultation)
    if turn is None or turn.no != listed[0].no:
        raise errors.NotYourTurn
    turn.spoken_at = at
    return turn.no


def tell_turn(consultation: Consultation) -> None:
    turn = turn_of(consultation)
    if turn is not None:
        consultation.tell(
            names.CONSULTATION_TURN_CAME,
            turn=turn.no,
            member_id=turn.member_id,
            organisation=turn.organisation,
            closes_at=consultation.meeting.ends_at if consultation.meeting else None,
        )


def send_papers(consultation: Consultation, files: Sequence[str], at: datetime) -> None:
    """协商材料: to all who are invited; sent again where they are changed. Raises WrongState."""
    consultation.require({S.PREPARING, S.NOTIFIED})
    consultation.papers, consultation.papers_sent_at = tuple(files), at
    consultation.stop(Limit.PAPERS, at)
    consultation.tell(names.CONSULTATION_PAPERS_SENT, participants=list(consultation.participants))


def ask_the_public(consultation: Consultation, until: datetime | None, at: datetime) -> None:
    """Views of the public are taken until then; else no more. Raises WrongState, Unfit."""
    consultation.require(UNDER_WAY)
    if until is not None and until <= at:
        raise errors.Unfit("截止时间应在现在以后", field="until")
    consultation.views_until = until
    if until is not None:
        consultation.tell(names.CONSULTATION_VIEWS_OPENED, until=until)


def require_views(consultation: Consultation, at: datetime) -> None:
    """Raises Closed."""
    until = consultation.views_until
    if until is None or at >= until or consultation.state in AFTER_MEETING:
        raise errors.Closed
