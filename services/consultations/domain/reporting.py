"""After the meeting: minutes with dissent as it was said, the report under its number, feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.consultations.domain import errors
from services.consultations.domain.limits import Limits
from services.consultations.domain.matters import Feedback, Instruction
from services.consultations.domain.record import Consultation, Dissent, Minutes, OpinionItem, Report
from services.consultations.domain.states import ConsultationState, Limit
from shared.contracts import names
from shared.days import SHANGHAI

S = ConsultationState


def write_minutes(
    consultation: Consultation,
    text: str,
    dissents: Sequence[Dissent],
    files: Sequence[str],
    by: str,
    at: datetime,
) -> None:
    """会议纪要. A dissent, once it stands there, stays as it was said (7.4).

    Raises WrongState, Unfit for a dissent that is changed or left out.
    """
    consultation.require({S.HELD, S.REPORTED, S.FED_BACK, S.TRACKING})
    former = consultation.minutes.dissents if consultation.minutes else ()
    if tuple(dissents[: len(former)]) != tuple(former):
        raise errors.Unfit("不同意见如实记录，记入后不得修改或删除", field="dissents")
    consultation.minutes = Minutes(text, tuple(dissents), tuple(files), by, at)
    consultation.tell(
        names.CONSULTATION_MINUTED,
        participants=list(consultation.participants),
        dissenting=[one.member_id for one in dissents if one.member_id],
    )


def number(report: Report) -> str:
    """协商专报 2017年第3期."""
    return f"协商专报 {report.year}年第{report.no}期"


def require_reportable(consultation: Consultation) -> None:
    """Raises WrongState; Incomplete without minutes."""
    consultation.require({S.HELD})
    if consultation.minutes is None:
        raise errors.Incomplete("请先整理会议纪要", field="minutes")


def send_report(
    consultation: Consultation,
    no: int,
    limits: Limits,
    at: datetime,
    *,
    title: str,
    text: str,
    items: Sequence[OpinionItem],
    signer: str,
    files: Sequence[str],
) -> None:
    """协商专报 to the Party committee and the government; its opinions go to outcomes by the fact.

    no: the next of the year's series, taken in the transaction of this write.
    """
    require_reportable(consultation)
    year = at.astimezone(SHANGHAI).year
    report = Report(year, no, title, text, tuple(items), signer, at, tuple(files))
    consultation.report = report
    consultation.move(S.REPORTED, at)
    consultation.stop(Limit.REPORT, at)
    consultation.watch(at, limits.feedback(at))
    consultation.tell(
        names.CONSULTATION_REPORTED,
        report_no=number(report),
        text=text,
        authors=authors(items),
        items=items_told(items),
        participants=list(consultation.participants),
        feedback_due_at=consultation.due(Limit.FEEDBACK),
    )


def authors(items: Sequence[OpinionItem]) -> list[str]:
    return list(dict.fromkeys(author for item in items for author in item.authors))


def items_told(items: Sequence[OpinionItem]) -> list[dict[str, object]]:
    """As the outcomes service takes them over."""
    return [
        {
            "no": item.no,
            "text": item.text,
            "kind": item.kind.value if item.kind else None,
            "unit": item.unit,
            "authors": list(item.authors),
        }
        for item in items
    ]


def instructed(consultation: Consultation, told: Instruction) -> bool:
    """A leader's instruction on it, as outcomes tells; True if that is news."""
    return note_instruction(consultation.instructions, told)


def note_instruction(known: list[Instruction], told: Instruction) -> bool:
    """Keep it; what is revoked stays so, whichever was heard first."""
    for one in known:
        if one.id == told.id:
            if one.revoked or not told.revoked:
                return False
            one.revoked = True
            return True
    known.append(told)
    return True


def give_feedback(consultation: Consultation, feedback: Feedback, at: datetime) -> None:
    """采纳反馈: what became of it, told to all who took part. Raises WrongState."""
    consultation.move(S.FED_BACK, at)
    consultation.feedback = feedback
    consultation.stop(Limit.FEEDBACK, at)
    consultation.tell(names.CONSULTATION_FED_BACK, participants=list(consultation.participants))


def track(consultation: Consultation, at: datetime) -> None:
    consultation.move(S.TRACKING, at)


def close(consultation: Consultation, reason: str, at: datetime) -> None:
    """All that it asked for has come to its end. Raises WrongState."""
    consultation.move(S.CLOSED, at, reason)
    consultation.give_up(at)
    consultation.tell(
        names.CONSULTATION_CLOSED, reason=reason, participants=list(consultation.participants)
    )
