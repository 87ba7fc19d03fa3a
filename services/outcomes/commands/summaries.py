"""A year's summary: owed once the year has ended, sent by the office (2.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import days, errors
from services.outcomes.domain.summaries import SentSummary, Summary, summary_id
from services.outcomes.schemas import common
from services.outcomes.schemas import summaries as form
from shared.actor import allow
from shared.call import Call
from shared.operations import command
from shared.persistence.changing import save_unless_lost


@allow(access.OFFICE)
@command("sendOutcomeSummary", answers=form.SUMMARY)
def send_summary(
    call: Call,
    desk: Desk,
    *,
    year: common.Year,
    to: form.To,
    sent_on: form.SentOn,
    document_no: form.DocumentNo,
) -> str:
    """登记年度成果综述已报送区委、区政府或提交大会。Record to whom a year's summary was sent.

    The document is the export `OUTCOME_SUMMARY_DOCX`. Raises SummarySent, SummaryUnfit.
    """
    by = access.account(call.actor)

    def once() -> str:
        at = desk.clock.now()
        if year > days.year_of(at):
            raise errors.SummaryUnfit("该年度尚未开始", field="year")
        if sent_on > at:
            raise errors.SummaryUnfit("报送日期不能晚于今天", field="sentOn")
        standing = desk.summaries.get(summary_id(year))
        summary = standing or _begun(desk, year)
        summary.send(SentSummary(to, sent_on, document_no, by))
        if standing is None:
            desk.summaries.add(call, summary, at)
        else:
            desk.summaries.save(call, summary, at)
        return summary.id

    return desk.summaries.run(call, once)


def fall_due(call: Call, desk: Desk) -> None:
    """The timer: from 31 December on the year's summary is owed, if there were outcomes."""
    at = desk.clock.now()
    this_year = days.year_of(at)
    year = this_year if at >= days.last_day(this_year) else this_year - 1
    summary = desk.summaries.get(summary_id(year))
    if summary is None and not desk.items.count({"year": year}):
        return
    due_at = days.due_in(days.last_day(year), desk.setting("summary_days"))
    if summary is None:
        summary = _begun(desk, year)
        summary.fall_due(due_at)
        desk.summaries.add_once(call, summary, at)
    elif summary.fall_due(due_at):
        save_unless_lost(call, desk.summaries, summary, at)


def remind(call: Call, desk: Desk) -> None:
    """The timer: once, some days before its date."""
    at: datetime = desk.clock.now()
    soon = at + timedelta(days=desk.setting("reminder_days"))
    for summary in desk.summaries.find({"reminded": False, "due_at": {"$lte": soon}}, ORDER):
        summary.remind()
        save_unless_lost(call, desk.summaries, summary, at)


ORDER = [("due_at", 1), ("_id", 1)]


def _begun(desk: Desk, year: int) -> Summary:
    return Summary(summary_id(year), desk.members.current_term(), year)
