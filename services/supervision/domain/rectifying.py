"""Rectification (整改), feedback (反馈), re-check (回头看), the report to the Party, the end.

Consultative: what units say is recorded, nobody is ordered. The team re-checks, never the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.supervision.domain import errors
from services.supervision.domain.record import (
    Answer,
    Item,
    PartyReport,
    Recheck,
    Supervision,
)
from services.supervision.domain.states import Adoption, End, Step, SupervisionState
from shared.contracts import names
from shared.days import over

S = SupervisionState


@dataclass(frozen=True)
class Said:
    """What a unit says to one opinion."""

    no: int
    adoption: Adoption
    result: str
    reason: str = ""


def answer(supervision: Supervision, unit: str, plan: str, at: datetime) -> None:
    """A unit's plan of rectification; with the first one rectification begins."""
    supervision.require(S.OPINION_ISSUED, S.RECTIFYING)
    row = _row(supervision, unit)
    if row.fed_back_at is not None:
        raise errors.Repeated("本轮整改已反馈")
    row.plan, row.planned_at = plan, at
    if supervision.state is S.OPINION_ISSUED:
        supervision.move(S.RECTIFYING, at)
    supervision.tell(names.SUPERVISION_ANSWERED, unit=unit, round=supervision.round)


def feed_back(
    supervision: Supervision,
    unit: str,
    text: str,
    said: Sequence[Said],
    files: Sequence[str],
    recheck_by: datetime,
    at: datetime,
) -> None:
    """A unit's feedback, opinion by opinion; with the last one the team's re-check is due.

    Raises Unfit unless each of the unit's open opinions is answered, and for one not taken up
    without a reason.
    """
    supervision.require(S.OPINION_ISSUED, S.RECTIFYING)
    row = _row(supervision, unit)
    if row.fed_back_at is not None:
        raise errors.Repeated("本轮整改已反馈")
    own = {item.no: item for item in _open_items(supervision) if item.unit == unit}
    if {one.no for one in said} != set(own) or len(said) != len(own):
        raise errors.Unfit("请逐条反馈本单位的监督意见", field="items", details={"no": sorted(own)})
    for one in said:
        if one.adoption is Adoption.NOT_ADOPTED and not one.reason:
            raise errors.Unfit("未采纳的请说明理由", field="items", details={"no": one.no})
    for one in said:
        item = own[one.no]
        item.adoption, item.result, item.reason = one.adoption, one.result, one.reason
        item.fed_back_at = at
    row.text, row.files, row.fed_back_at = text, tuple(files), at
    if supervision.missing:
        if supervision.state is S.OPINION_ISSUED:
            supervision.move(S.RECTIFYING, at)
    else:
        supervision.move(S.FED_BACK, at)
    due = supervision.due_at
    if not supervision.missing:
        supervision.wait(Step.RECHECK, recheck_by)
    supervision.tell(
        names.SUPERVISION_FED_BACK,
        unit=unit,
        round=supervision.round,
        late=due is not None and over(due, at),
        complete=not supervision.missing,
        due_at=recheck_by,
        items=[
            {
                "no": o.no,
                "adoption": o.adoption.value,
                "result": o.result,
                "reason": o.reason,
                "text": own[o.no].measure,
                "unit": unit,
                "authors": list(own[o.no].authors),
            }
            for o in said
        ],
    )


def recheck(
    supervision: Supervision,
    verdicts: Mapping[int, bool],
    text: str,
    files: Sequence[str],
    unverified: int,
    due_at: datetime,
    report_by: datetime,
    by: str,
    at: datetime,
) -> None:
    """The team looks again: each open opinion is carried out, or not.

    unverified: findings that the team has not verified; a claim is none (7.9). Passed, it can be
    closed; failed, it goes back with a new date, or to the Party committee after the last one.
    Raises NotVerified, Unfit.
    """
    supervision.require(S.FED_BACK)
    items = {item.no: item for item in _open_items(supervision)}
    if set(verdicts) != set(items):
        raise errors.Unfit("请逐条给出回头看结论", field="verdicts", details={"no": sorted(items)})
    passed = all(verdicts.values())
    if passed and unverified:
        raise errors.NotVerified(details={"findings": unverified})
    verified = [items[no] for no, done in sorted(verdicts.items()) if done]
    for item in verified:
        item.verified_at = at
    no = len(supervision.rechecks) + 1
    supervision.rechecks.append(Recheck(no, passed, text, at, by, tuple(files)))
    last = no >= supervision.rechecks_allowed
    if passed or last:
        supervision.move(S.RECHECKED, at)
        supervision.wait(*((None, None) if passed else (Step.PARTY_REPORT, report_by)))
    else:
        if due_at <= at:
            raise errors.Unfit("整改期限应晚于现在", field="dueAt")
        supervision.move(S.RECTIFYING, at)
        supervision.round += 1
        supervision.wait(Step.FEEDBACK, due_at)
    supervision.tell(
        names.SUPERVISION_RECHECKED,
        recheck_no=no,
        passed=passed,
        last=last,
        due_at=supervision.due_at,
        missing=list(supervision.missing) if supervision.state is S.RECTIFYING else [],
        verified=[
            {"no": i.no, "text": i.measure, "unit": i.unit, "authors": list(i.authors)}
            for i in verified
        ],
    )


def report_to_party(supervision: Supervision, text: str, main: Sequence[str], at: datetime) -> None:
    """After the last re-check failed; the office is asked to number and send it."""
    supervision.require(S.RECHECKED)
    if supervision.rechecks[-1].passed:
        raise errors.WrongState("整改已到位，无需向区委报告")
    if supervision.party_report is not None:
        raise errors.Repeated("已向区委报告")
    supervision.party_report = PartyReport(text, tuple(main), at)
    supervision.wait(None)
    supervision.tell(
        names.SUPERVISION_REPORTED,
        report_ref=party_ref(supervision.id),
        report_title=f"关于“{supervision.title}”整改情况的报告",
        text=text,
        main=list(main),
        copy_to=[],
    )


def party_ref(supervision_id: str) -> str:
    """Names the report to the office, beside the opinion of the same supervision."""
    return f"{supervision_id}/party-report"


def note_report(supervision: Supervision, no: str, issued_at: datetime) -> bool:
    """The report is out: that is the end (2.6). Whether it is news."""
    report = supervision.party_report
    if report is None or report.issued_at is not None:
        return False
    report.no, report.issued_at = no, issued_at
    _close(supervision, End.REPORTED, report.text, issued_at)
    return True


def close(supervision: Supervision, summary: str, at: datetime) -> None:
    """What the team found rectified. Raises RechecksUsed where a report has to be made."""
    supervision.require(S.RECHECKED)
    if not supervision.rechecks[-1].passed:
        raise errors.RechecksUsed
    _close(supervision, End.RECTIFIED, summary, at)


def _close(supervision: Supervision, end: End, summary: str, at: datetime) -> None:
    supervision.move(S.CLOSED, at)
    supervision.end, supervision.summary, supervision.closed_at = end, summary, at
    supervision.wait(None)
    supervision.tell(names.SUPERVISION_CLOSED, end=end.value, rechecks=len(supervision.rechecks))


def _open_items(supervision: Supervision) -> list[Item]:
    assert supervision.opinion is not None
    return [item for item in supervision.opinion.items if item.verified_at is None]


def _row(supervision: Supervision, unit: str) -> Answer:
    """Raises Unfit for a unit that this round asks nothing of."""
    if unit not in supervision.asked:
        raise errors.Unfit("本轮没有本单位的监督意见", field="supervisionId")
    for row in supervision.answers:
        if row.unit == unit and row.round == supervision.round:
            return row
    row = Answer(unit, supervision.round)
    supervision.answers.append(row)
    return row
