"""What the information editors do, and who signs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.opinions.commands import access
from services.opinions.commands.changing import change, change_together, found
from services.opinions.commands.ports import Desk
from services.opinions.domain import editing, errors, honours, signing
from services.opinions.domain.record import Opinion, Text
from services.opinions.schemas import common
from services.opinions.schemas import editing as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import unless_stale


@allow(*access.EDITORS)
@command("startOpinionEditing", answers=common.OPINION)
def start_editing(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """开始编辑核稿；留存的可重新启用。Take an item up; a retained one, too."""
    by = access.account(call.actor)
    return change(call, desk, opinion_id, lambda o, at: editing.start(o, by, at))


@allow(*access.EDITORS)
@command("editOpinion", answers=common.OPINION)
def edit_opinion(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    title: common.Title,
    facts: common.Facts,
    suggestion: common.Suggestion,
    openness: form.Openness,
    expected_version: ExpectedVersion | None,
) -> str:
    """编辑文稿，与反映人原稿分开保存。Write the edited version; the author's own stays beside it.

    Raises TooLong, Incomplete, NotEdited while it is to be signed, StaleVersion.
    """
    text, by = Text(title, facts, suggestion), access.account(call.actor)
    longest = desk.setting("longest_edition")
    if text.length > longest:
        raise errors.TooLong(f"编辑稿合计不超过{longest}字", field="facts")
    if not facts:
        raise errors.Incomplete("请填写情况反映", field="facts")
    act = unless_stale(expected_version, lambda o, at: editing.edit(o, text, openness, by, at))
    return change(call, desk, opinion_id, act)


@allow(*access.EDITORS)
@command("sendOpinionForSignature", answers=common.OPINION)
def send_for_signature(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """送签发。Send the edited version to be signed. Raises NotEdited."""
    return change(call, desk, opinion_id, lambda o, at: editing.send(o, desk.limits, at))


@allow(*access.EDITORS)
@command("returnOpinion", answers=common.OPINION)
def return_opinion(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, reason: common.Reason
) -> str:
    """退回反映人修改。Give it back to its author, for revision."""

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, _session: Any) -> None:
        editing.give_back(opinion, reason, desk.limits, at)
        _release(opinion, rest, at)

    return change_together(call, desk, opinion_id, act)


@allow(*access.EDITORS)
@command("retainOpinion", answers=common.OPINION, batch="retainOpinions")
def retain_opinion(
    call: Call,
    desk: Desk,
    *,
    opinion_id: common.OpinionId,
    retention: form.Retention,
    reason: common.Reason,
) -> str:
    """留存（未录用），告知理由。Do not use it; its author is told why."""

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, _session: Any) -> None:
        editing.retain(opinion, retention, reason, at)
        _release(opinion, rest, at)

    return change_together(call, desk, opinion_id, act)


@allow(*access.EDITORS)
@command("combineOpinions", answers=common.OPINION)
def combine_opinions(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, others: form.Others
) -> str:
    """综合采用：把几件编入一件，各反映人都记名。Use several items in one, all credited.

    Raises Unfit for the item itself among the others, WrongState.
    """
    if opinion_id in others:
        raise errors.Unfit("不能与自身综合", field="others")

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, _session: Any) -> None:
        for other in rest:
            editing.combine(opinion, other, at)

    return change_together(call, desk, opinion_id, act, list(dict.fromkeys(others)))


@allow(*access.EDITORS)
@command("separateOpinion", answers=common.OPINION)
def separate_opinion(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """从综合信息中拆出，单独编辑。Take it out of the item that it is used in."""
    into = found(call, desk, opinion_id).combined_into
    if into is None:
        raise errors.WrongState("该信息未被综合采用")

    def act(opinion: Opinion, leads: list[Opinion], at: datetime, _session: Any) -> None:
        [lead] = leads
        if opinion.combined_into != lead.id:
            raise errors.WrongState("该信息未被综合采用")
        editing.separate(lead, opinion, at)

    return change_together(call, desk, opinion_id, act, [into])


@allow(*access.SIGNERS, approves=True)
@command("signOpinion", answers=common.OPINION)
def sign_opinion(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, signer: form.Signer
) -> str:
    """签发编报并编号（秘书长、副主席）。Sign it; it is issued under the year's next number.

    Raises NotEdited, SignerIsAuthor.
    """
    by = access.account(call.actor)

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, session: Any) -> None:
        signing.require_signable(opinion, call.actor.memberships)
        year = at.astimezone(SHANGHAI).year
        no = opinion.issue.no if opinion.issue else desk.opinions.next_number(session, year)
        signing.sign(opinion, rest, no, by, signer, at)

    return change_together(call, desk, opinion_id, act)


@allow(*access.SIGNERS, approves=True)
@command("returnOpinionEdition", answers=common.OPINION)
def return_edition(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, reason: common.Reason
) -> str:
    """退回编辑再改（签发人）。The signer wants the edited version changed. Raises NotEdited."""
    return change(call, desk, opinion_id, lambda o, at: signing.send_back(o, reason, at))


@allow(*access.SIGNERS)
@command("revokeOpinionIssue", answers=common.OPINION)
def revoke_issue(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, reason: common.Reason
) -> str:
    """报送前撤销签发（签发人），期号保留。Take an issue back before it goes out.

    It keeps its number. Raises WrongState once it went out.
    """

    def act(opinion: Opinion, rest: list[Opinion], at: datetime, _session: Any) -> None:
        signing.revoke(opinion, rest, reason, at)

    return change_together(call, desk, opinion_id, act)


@allow(*access.EDITORS)
@command("nominateGoodOpinion", answers=common.OPINION)
def nominate_good(call: Call, desk: Desk, *, opinion_id: common.OpinionId) -> str:
    """推荐为年度优秀信息。Propose it as one of the year's good items. Raises Repeated."""
    return change(call, desk, opinion_id, lambda o, at: honours.nominate(o, desk.limits, at))


@allow(*access.SIGNERS, approves=True)
@command("decideGoodOpinion", answers=common.OPINION)
def decide_good(
    call: Call, desk: Desk, *, opinion_id: common.OpinionId, selected: common.Selected
) -> str:
    """评定或取消年度优秀信息。Decide on a good item, or take that back. Raises Unfit, Repeated."""
    by = access.account(call.actor)
    return change(call, desk, opinion_id, lambda o, at: honours.decide(o, selected, by, at))


def _release(opinion: Opinion, rest: list[Opinion], at: datetime) -> None:
    for other in rest:
        editing.release(opinion, other, at)
