"""How much of a delivered reply the public sees: the unit proposes, the committee decides
(decision 52)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Disclosure, Reply, ReplyOpenness
from services.proposals.domain.states import Openness
from shared.contracts import names


def begin(proposal: Proposal, reply: Reply) -> dict[str, Any]:
    """With the delivery the committee has to decide, unless nobody sees the proposal itself.

    Answers what the event of the delivery tells of it.
    """
    proposed = reply.content.openness
    told = {"reply_no": number_of(proposal, reply), "openness": proposed and proposed.value}
    if proposal.details.openness is Openness.OPEN:
        reply.disclosure = Disclosure()
    return told


def decide(
    proposal: Proposal,
    unit: str,
    round: int,
    openness: ReplyOpenness,
    summary: str,
    reason: str,
    at: datetime,
    by: By,
) -> None:
    """By the committee's staff; a later decision takes the place of the former.

    Without a summary of its own the unit's is shown. Raises NoReply, OpennessReason,
    ReplyIncomplete.
    """
    mine = (r for r in proposal.replies if (r.unit, r.round) == (unit, round) and r.delivered_at)
    reply = next(mine, None)
    if reply is None:
        raise errors.NoReply("没有已送达的该轮答复", field="unitId")
    shown = (summary.strip() or reply.content.summary) if openness is ReplyOpenness.SUMMARY else ""
    if openness is ReplyOpenness.SUMMARY and not shown.strip():
        raise errors.ReplyIncomplete("摘要公开的，请填写摘要", field="summary")
    if openness is ReplyOpenness.NOT and not reason.strip():
        raise errors.OpennessReason("不公开的，请写明理由", field="reason")
    reply.disclosure = Disclosure(openness, shown, reason, at, by.account_id)
    proposal.tell(
        names.REPLY_OPENNESS_DECIDED,
        unit=unit,
        round=round,
        reply_no=number_of(proposal, reply),
        openness=openness.value,
        proposed=reply.content.openness and reply.content.openness.value,
    )


def number_of(proposal: Proposal, reply: Reply) -> int:
    """Its number within the proposal, from 1."""
    return proposal.replies.index(reply) + 1
