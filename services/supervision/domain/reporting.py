"""The supervision report (监督报告) and its main authors: C2, undone by a revocation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.supervision.domain import errors
from services.supervision.domain.record import Report, Supervision
from services.supervision.domain.states import WITH_TEAM, SupervisionState
from shared.contracts import names

S = SupervisionState


def write(
    supervision: Supervision,
    title: str,
    text: str,
    authors: Sequence[str],
    files: Sequence[str],
    at: datetime,
) -> None:
    """Handed in for acceptance. Raises Unfit for an author who is not of the team."""
    supervision.require(*WITH_TEAM, S.CLOSED)
    assert supervision.team is not None
    if set(authors) - set(supervision.team.people):
        raise errors.Unfit("报告主要执笔人应为监督组成员", field="mainAuthors")
    known = supervision.report
    if known is not None and known.accepted_at is not None:
        raise errors.WrongState("监督报告已采用，不能修改")
    count = known.occurrence_no if known else 0
    supervision.report = Report(
        title, text, tuple(dict.fromkeys(authors)), tuple(files), at, occurrence_no=count
    )
    supervision.tell(names.SUPERVISION_REPORT_SUBMITTED)


def decide(supervision: Supervision, accepted: bool, words: str, at: datetime) -> None:
    """By the Chairpersons' Council."""
    report = supervision.report
    if report is None or report.submitted_at is None or report.accepted_at is not None:
        raise errors.WrongState("没有待审定的监督报告")
    report.opinion = words
    if not accepted:
        report.submitted_at = None
        supervision.tell(names.SUPERVISION_REPORT_RETURNED, reason=words)
        return
    report.accepted_at = at
    report.occurrence_no += 1
    _tell(supervision, report, names.REPORT_ACCEPTED)


def revoke(supervision: Supervision, reason: str) -> None:
    """Accepted by mistake: what it earned is undone."""
    report = supervision.report
    if report is None or report.accepted_at is None:
        raise errors.WrongState("监督报告尚未采用")
    report.accepted_at, report.submitted_at, report.opinion = None, None, reason
    _tell(supervision, report, names.REPORT_REVOKED)


def _tell(supervision: Supervision, report: Report, event: str) -> None:
    data = {
        "report_id": supervision.id,
        "supervision_id": supervision.id,
        "main_authors": list(report.main_authors),
        "occurrence_no": report.occurrence_no,
        "title": report.title,
        "topic_codes": list(supervision.topic_codes),
    }
    supervision.events.append((event, data))
