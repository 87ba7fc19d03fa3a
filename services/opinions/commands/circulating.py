"""Delivery, levels above, instructions, referrals and results."""

from __future__ import annotations

from services.opinions.commands import access
from services.opinions.commands.changing import change, change_together
from services.opinions.commands.ports import Desk
from services.opinions.domain import circulating, errors, instructing
from services.opinions.domain.record import Instruction
from services.opinions.schemas import circulating as form
from services.opinions.schemas import common
from shared.actor import allow
from shared.call import Call
from shared.operations import command

LEADERS_OFFICE = "SUPERVISING_OFFICE"  # the kind


@allow(*access.EDITORS)
@command("deliverOpinion", answers=common.OPINION)
def deliver_opinion(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, to: form.To, leaders: form.Leaders
) -> str:
    """报送区领导，由区委办、区政府办签收。Deliver it to the offices of the district's leaders.

    Raises Repeated, Unfit for an organisation that is no such office.
    """
    kinds = desk.directory.kinds(to)
    if any(kinds.get(id) != LEADERS_OFFICE for id in to):
        raise errors.Unfit("应报送区委办或区政府办", field="to")
    sides = {id: desk.directory.side(id) for id in dict.fromkeys(to)}
    return change_together(
        call,
        desk,
        opinion_id,
        lambda o, rest, at, _: circulating.deliver(o, rest, sides, leaders, desk.limits, at),
    )


@allow(access.SUPERVISING)
@command("receiveOpinion", answers=common.OPINION)
def receive_opinion(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """签收社情民意信息（区委办、区政府办）。Confirm the receipt, with its time. Raises Repeated."""
    by, side = access.account(call.actor), call.actor.scope.get("side")
    return change(call, desk, opinion_id, lambda o, at: circulating.receive(o, side, by, at))


@allow(*access.EDITORS)
@command("sendOpinionUp", answers=common.OPINION)
def send_up(call: Call, desk: Desk, *, opinion_id: common.OpinionId, level: common.Level) -> str:
    """上报市、省、全国政协。Send it up to a level above. Raises Repeated."""
    return change_together(
        call,
        desk,
        opinion_id,
        lambda o, rest, at, _: circulating.send_up(o, rest, level, desk.limits, at),
    )


@allow(*access.EDITORS)
@command("recordOpinionAdoption", answers=common.OPINION)
def record_adoption(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    level: common.Level,
    form: form.Form,
    used_by: form.UsedBy,
    adopted_on: form.AdoptedOn | None,
) -> str:
    """登记上级采用。Note that a level above uses it, alone or with others.

    Raises NotSentUp, Repeated, Unfit.
    """
    return change(
        call,
        desk,
        opinion_id,
        lambda o, at: circulating.adopt(o, level, form, used_by, adopted_on or at, at),
    )


@allow(*access.EDITORS)
@command("revokeOpinionAdoption", answers=common.OPINION)
def revoke_adoption(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    level: common.Level,
    reason: common.Reason,
) -> str:
    """撤销采用登记。It was another item that was used; its points are undone. Raises Unfit."""
    return change(
        call, desk, opinion_id, lambda o, _: circulating.revoke_adoption(o, level, reason)
    )


@allow(*access.RECORDERS)
@command("recordOpinionInstruction", answers=common.OPINION)
def record_instruction(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    level: form.InstructionLevel,
    leader: form.Leader,
    text: form.InstructionText,
    instructed_on: form.InstructedOn | None,
    document_no: form.DocumentNo,
    unit_id: form.ResponsibleUnit | None,
) -> str:
    """登记领导批示。Record what a leader has instructed on it.

    Raises NotSentUp, Unfit.
    """
    _require_unit(desk, unit_id)
    by = access.account(call.actor)
    return change(
        call,
        desk,
        opinion_id,
        lambda o, at: instructing.instruct(
            o,
            Instruction(
                id=f"{o.id}-{len(o.instructions) + 1}",
                no=len(o.instructions) + 1,
                level=level,
                leader=leader,
                text=text,
                instructed_on=instructed_on or at,
                recorded_by=by,
                document_no=document_no,
                unit=unit_id,
            ),
            desk.limits,
            at,
        ),
    )


@allow(*access.RECORDERS)
@command("revokeOpinionInstruction", answers=common.OPINION)
def revoke_instruction(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    no: form.InstructionNo,
    reason: common.Reason,
) -> str:
    """撤销批示登记。It was recorded by mistake; the points for it are undone. Raises Unfit."""
    return change(
        call,
        desk,
        opinion_id,
        lambda o, at: instructing.revoke_instruction(o, no, reason, at),
    )


@allow(*access.RECORDERS)
@command("referOpinion", answers=common.OPINION)
def refer_opinion(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    unit_id: common.UnitId,
    note: form.Note,
    due_on: form.DueOn | None,
) -> str:
    """转有关部门办理。Refer it to a unit, which gives its result; it never learns who wrote it.

    Raises Repeated, Unfit.
    """
    _require_unit(desk, unit_id)
    return change(
        call,
        desk,
        opinion_id,
        lambda o, at: instructing.refer(o, unit_id, note, due_on, desk.limits, at),
    )


@allow(*access.OFFICERS)
@command("declineOpinionReferral", answers=common.OPINION)
def decline_referral(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, reason: common.Reason
) -> str:
    """退回转办，不属本单位职责。It is not the unit's duty. Raises Unfit."""
    unit = access.unit_of(call.actor)
    return change(call, desk, opinion_id, lambda o, at: instructing.decline(o, unit, reason, at))


@allow(*access.OFFICERS)
@command("giveOpinionResult", answers=common.OPINION)
def give_result(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    result: form.Result,
    adoption: form.Adoption,
    reason: form.NotAdopted,
    files: common.Files,
) -> str:
    """反馈办理结果（承办单位）。Say what the unit has done about it.

    Raises ReasonMissing, Unfit.
    """
    unit = access.unit_of(call.actor)
    return change(
        call,
        desk,
        opinion_id,
        lambda o, at: instructing.give_result(o, unit, result, adoption, reason, files, at),
    )


@allow(*access.EDITORS)
@command("closeOpinion", answers=common.OPINION, batch="closeOpinions")
def close_opinion(call: Call, desk: Desk, *, opinion_id: common.OpinionId, note: form.Note) -> str:
    """办结并告知反映人。Close it; its authors are told what it has come to. Raises ReferralOpen."""
    return change(call, desk, opinion_id, lambda o, at: instructing.close(o, note, at))


def _require_unit(desk: Desk, unit: str | None) -> None:
    """Raises Unfit for one that is not in being, or may not be asked to handle."""
    if unit is None:
        return
    if not desk.directory.kinds([unit]) or desk.directory.unfit([unit], "may_handle"):
        raise errors.Unfit("该单位不能承办", field="unitId")
