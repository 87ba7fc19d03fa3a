"""What is done with an opinion item: referred, answered, carried out, verified, closed (2.5)."""

from __future__ import annotations

from datetime import datetime

from services.outcomes.commands import access
from services.outcomes.commands.changing import change
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import days, errors, items
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import Adoption
from services.outcomes.schemas import common
from services.outcomes.schemas import items as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations import command


@allow(access.SUPERVISING)
@command("referOutcomeItem", answers=form.ITEM)
def refer_item(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    unit: common.Unit,
    due_at: common.DueAt | None,
) -> str:
    """转办给责任单位。Refer an item to the unit that is to answer.

    Raises WrongState, StatedElsewhere, UnitUnfit, DueDateUnfit.
    """
    side = desk.unit(unit)
    own = access.own_side(call.actor)
    if own is not None and side not in (own, None):
        raise errors.UnitUnfit(field="unit")

    def act(item: Item, at: datetime) -> None:
        access.require_side(call.actor, item.side)
        due = days.until(due_at) or desk.clocks(at).feedback
        items.refer(item, unit, side, due, at, access.account(call.actor))

    return change(call, desk, item_id, act)


@allow(access.SUPERVISING)
@command("answerOutcomeItem", answers=form.ITEM)
def answer_item(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    adoption: form.AdoptionGiven,
    result: form.Result,
    reason: common.Reason | None,
    due_at: form.CarriedOutBy | None,
) -> str:
    """答复是否采纳；未采纳须说明理由，由来源方认定。Answer whether it is adopted.

    Raises WrongState, StatedElsewhere, ReasonMissing, DueDateUnfit.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_side(call.actor, item.side)
        clocks = desk.clocks(at)
        refused = adoption is Adoption.NOT_ADOPTED
        due = clocks.decision if refused else days.until(due_at) or clocks.implementation
        by = access.account(call.actor)
        items.answer(item, adoption, result, reason, due, at, by)

    return change(call, desk, item_id, act)


@allow(*access.VERIFIERS, approves=True)
@command("decideOutcomeReason", answers=form.ITEM)
def decide_reason(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    accepted: form.Accepted,
    opinion: common.Opinion,
) -> str:
    """认定未采纳的理由，不认可则请重新答复。Accept the reason, or ask for another answer.

    Raises WrongState.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_keeper(call.actor, item)
        due = desk.clocks(at).feedback
        items.judge_reason(item, accepted, opinion, due, at, access.account(call.actor))

    return change(call, desk, item_id, act)


@allow(Role.UNIT_OFFICER)
@command("reportOutcomeProgress", answers=form.ITEM)
def report_progress(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    text: form.ProgressText,
    percent: form.Percent | None,
    done: form.Done,
    files: common.Files,
) -> str:
    """报告落实进展或已经落实（责任单位）。Tell of progress, or that it is done.

    Raises WrongState, StatedElsewhere.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_unit(call.actor, item.unit)
        verify_by = desk.clocks(at).verification
        by = access.account(call.actor)
        items.report(item, text, percent, done, files, verify_by, at, by)

    return change(call, desk, item_id, act)


@allow(*access.VERIFIERS)
@command("verifyOutcomeItem", answers=form.ITEM)
def verify_item(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    verified: form.Verified,
    text: form.VisitText,
    due_at: form.DoneBy | None,
    files: common.Files,
) -> str:
    """回访核实，不由责任单位和报告人进行。Verify on the spot; never by the unit itself.

    Raises WrongState, StatedElsewhere, OwnVerification, DueDateUnfit.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_keeper(call.actor, item)
        due = days.until(due_at) or desk.clocks(at).implementation
        items.verify(item, verified, text, files, due, at, access.account(call.actor))

    return change(call, desk, item_id, act)


@allow(*access.VERIFIERS)
@command("trackOutcomeItem", answers=form.ITEM)
def track_item(
    call: Call, desk: Desk, *, item_id: common.ItemId, text: form.VisitText, files: common.Files
) -> str:
    """登记跟踪回访，每年至少一次。Write a follow-up down, once a year at least.

    Raises WrongState.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_keeper(call.actor, item)
        items.track(item, text, files, at, access.account(call.actor))

    return change(call, desk, item_id, act)


@allow(*access.SENDERS)
@command("markOutcomeItem", answers=form.ITEM)
def mark_item(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    kind: common.KindOfOutcome | None,
    major: form.IsMajor | None,
) -> str:
    """标明成果种类、是否重大改革举措。Say what kind it is, and whether a major reform."""
    if kind is None and major is None:
        raise InvalidInput("请填写成果种类或是否重大改革举措", field="kind")

    def act(item: Item, _: datetime) -> None:
        access.require_keeper(call.actor, item)
        items.mark(item, kind, major)

    return change(call, desk, item_id, act)


@allow(*access.VERIFIERS)
@command("closeOutcomeItem", answers=form.ITEM, batch="closeOutcomeItems")
def close_item(call: Call, desk: Desk, *, item_id: common.ItemId) -> str:
    """办结已核实的意见。Close what is verified. Raises WrongState."""

    def act(item: Item, at: datetime) -> None:
        access.require_keeper(call.actor, item)
        items.close(item, at, access.account(call.actor))

    return change(call, desk, item_id, act)


@allow(*access.VERIFIERS)
@command("reopenOutcomeItem", answers=form.ITEM)
def reopen_item(
    call: Call,
    desk: Desk,
    *,
    item_id: common.ItemId,
    reason: common.Reason,
    due_at: form.DoneBy | None,
) -> str:
    """重新办理，核实所计积分随之撤销。Open again what was verified or closed.

    Raises WrongState, StatedElsewhere, DueDateUnfit.
    """

    def act(item: Item, at: datetime) -> None:
        access.require_keeper(call.actor, item)
        due = days.until(due_at) or desk.clocks(at).implementation
        items.reopen(item, reason, due, at, access.account(call.actor))

    return change(call, desk, item_id, act)
