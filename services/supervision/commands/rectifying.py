"""Rectification, feedback, re-check, reports, the end (2.6)."""

from __future__ import annotations

from datetime import datetime

from services.supervision.commands import access
from services.supervision.commands.changing import change, change_own
from services.supervision.commands.ports import Desk
from services.supervision.domain import errors, rectifying, reporting
from services.supervision.domain.record import Supervision
from services.supervision.domain.rectifying import Said
from services.supervision.schemas import common
from services.supervision.schemas import supervisions as form
from shared.actor import allow
from shared.call import Call
from shared.operations import command


@allow(*access.UNITS)
@command("answerSupervisionOpinion", answers=common.SUPERVISION)
def answer_opinion(
    call: Call, desk: Desk, *, supervision_id: common.SupervisionId, plan: common.LongText
) -> str:
    """被监督单位提出整改方案。A unit's plan of rectification. Raises WrongState, Repeated."""
    unit = access.unit_of(call.actor)
    return change(call, desk, supervision_id, lambda s, at: rectifying.answer(s, unit, plan, at))


@allow(*access.UNITS)
@command("feedBackSupervision", answers=common.SUPERVISION)
def feed_back(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    text: common.LongText,
    items: form.Feedback,
    files: common.Files,
) -> str:
    """被监督单位逐条反馈整改情况。A unit's feedback, opinion by opinion.

    Raises Unfit, WrongState, Repeated.
    """
    unit = access.unit_of(call.actor)
    said = [Said(**item) for item in items]

    def act(supervision: Supervision, at: datetime) -> None:
        recheck_by = desk.due_in(at, "recheck_days")
        rectifying.feed_back(supervision, unit, text, said, files, recheck_by, at)

    return change(call, desk, supervision_id, act)


@allow(*access.TEAM)
@command("recheckSupervision", answers=common.SUPERVISION)
def recheck(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    verdicts: form.Verdicts,
    text: common.LongText,
    files: common.Files,
    due_at: common.DueAt | None,
) -> str:
    """回头看（原监督组）：逐条结论，未到位的重新整改。The team re-checks, never the unit.

    Raises NotVerified while a finding is only claimed, WrongState, Unfit.
    """

    def act(supervision: Supervision, at: datetime) -> None:
        access.require_members_of_team(call, desk, supervision)
        said = {one["no"]: one["done"] for one in verdicts}
        if len(said) < len(verdicts):
            raise errors.Unfit("同一条意见只能有一个结论", field="verdicts")
        rectifying.recheck(
            supervision,
            said,
            text,
            files,
            desk.findings.unsettled(supervision.id),
            due_at or desk.due_in(at, "second_rectification_days"),
            desk.decide_by(at),
            access.account(call.actor),
            at,
        )

    return change(call, desk, supervision_id, act)


@allow(*access.APPROVERS, approves=True)
@command("reportSupervisionToParty", answers=common.SUPERVISION)
def report_to_party(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    text: common.LongText,
    main: form.To,
) -> str:
    """末次回头看仍未到位的，报告区委（主席会议）。Report to the Party committee.

    Raises WrongState, Repeated.
    """
    desk_kinds = desk.directory.kinds(main)
    if set(main) - set(desk_kinds):
        raise errors.UnitUnfit("请选择在册单位", field="main")
    return change(
        call, desk, supervision_id, lambda s, at: rectifying.report_to_party(s, text, main, at)
    )


@allow(*access.DRAFTERS)
@command("closeSupervision", answers=common.SUPERVISION)
def close_supervision(
    call: Call, desk: Desk, *, supervision_id: common.SupervisionId, summary: common.LongText
) -> str:
    """回头看到位后办结。Close what is rectified. Raises WrongState, RechecksUsed."""
    return change_own(call, desk, supervision_id, lambda s, at: rectifying.close(s, summary, at))


@allow(*access.RECORDERS)
@command("writeSupervisionReport", answers=common.SUPERVISION)
def write_report(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    title: common.Title,
    text: common.LongText,
    main_authors: form.MainAuthors,
    files: common.Files,
) -> str:
    """提交监督报告及主要执笔人。Hand in the report with its main authors. Raises Unfit."""

    def act(supervision: Supervision, at: datetime) -> None:
        access.require_team(call, desk, supervision)
        reporting.write(supervision, title, text, main_authors, files, at)

    return change(call, desk, supervision_id, act)


@allow(*access.APPROVERS, approves=True)
@command("decideSupervisionReport", answers=common.SUPERVISION)
def decide_report(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    approved: common.Approved,
    opinion: common.Words,
) -> str:
    """审定监督报告，采用的计执笔人积分。Accept the report, or send it back. Raises WrongState."""
    return change(
        call, desk, supervision_id, lambda s, at: reporting.decide(s, approved, opinion, at)
    )


@allow(*access.APPROVERS, approves=True)
@command("revokeSupervisionReport", answers=common.SUPERVISION)
def revoke_report(
    call: Call, desk: Desk, *, supervision_id: common.SupervisionId, reason: common.Reason
) -> str:
    """撤销采用监督报告，积分随之撤销。Revoke the acceptance; points are undone.

    Raises WrongState.
    """
    return change(call, desk, supervision_id, lambda s, _: reporting.revoke(s, reason))
