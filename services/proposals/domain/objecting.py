"""The proposal committee objects to what the supervising office decided, once (decision 54).

To how a request to hand a share back was decided, while nobody works on it; or to a reply that has
passed the check, which is then not delivered before the objection is answered.
"""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import answering, errors, handling, returning
from services.proposals.domain import procedure_errors as refused
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentState,
    DueDates,
    Objection,
    ObjectionAbout,
)
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Check
from shared.contracts import names

A = AssignmentState
About = ObjectionAbout


def object_to(
    proposal: Proposal, about: ObjectionAbout, unit: str, reason: str, at: datetime, by: By
) -> None:
    """Raises NotObjectable, ObjectedBefore, ReasonMissing."""
    errors.require_reason(reason)
    share = _decided(proposal, unit) if about is About.RETURN else _checked(proposal, unit)
    key = (about, share.no, proposal.round)
    if key in [(o.about, o.assignment_no, o.round) for o in proposal.objections]:
        raise refused.ObjectedBefore
    number = len(proposal.objections) + 1
    objection = Objection(number, about, unit, share.no, proposal.round, reason, at, by.account_id)
    proposal.objections.append(objection)
    told = {"about": about.value, "objection_no": number, "reason": reason}
    handling.tell(proposal, names.ASSIGNMENT_OBJECTED, share, **told)


def reject(proposal: Proposal, about: ObjectionAbout, unit: str, reason: str, at: datetime) -> None:
    """By the supervising office: what was decided stands."""
    objection = _open(proposal, about, unit)
    errors.require_reason(reason)
    answering.settle_objection(proposal, objection, False, reason, at)


def uphold_reply(proposal: Proposal, unit: str, reason: str, at: datetime, by: By) -> None:
    """The reply goes back to be redone (V19)."""
    _open(proposal, About.REPLY, unit)
    answering.check(proposal, unit, Check(False, reason, False, at, by.account_id))


def uphold_return(
    proposal: Proposal,
    unit: str,
    new_unit: str | None,
    reason: str,
    due: DueDates,
    at: datetime,
) -> None:
    """It is decided otherwise: the share goes to `new_unit`, which is bound; none: it ends."""
    objection = _open(proposal, About.RETURN, unit)
    errors.require_reason(reason)
    returning.decide_anew(proposal, _share(proposal, objection), new_unit, reason, due, at)
    answering.settle_objection(proposal, objection, True, reason, at)


def _open(proposal: Proposal, about: ObjectionAbout, unit: str) -> Objection:
    objection = proposal.objection_to(about, unit)
    if objection is None:
        raise refused.NoObjection
    return objection


def _share(proposal: Proposal, objection: Objection) -> Assignment:
    return next(a for a in proposal.assignments if a.no == objection.assignment_no)


def _decided(proposal: Proposal, unit: str) -> Assignment:
    """The unit's share whose return was decided by the office itself, and is not yet at work."""
    asked = [a for a in proposal.assignments if a.unit == unit and a.return_request]
    share = asked[-1] if asked else None
    if share is None or share.dispute or share.return_request is None:
        raise refused.NotObjectable
    heir = returning.heir_of(proposal, share)
    if share.return_request.accepted is None or (heir and heir.state not in returning.IDLE):
        raise refused.NotObjectable
    return share


def _checked(proposal: Proposal, unit: str) -> Assignment:
    share, reply = proposal.assignment_of(unit), proposal.reply_of(unit)
    if reply is None or not reply.passed or reply.delivered_at:
        raise refused.NotObjectable
    return share
