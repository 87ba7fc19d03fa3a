"""The reply of a unit, from draft to delivery (T12; V16–V19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from services.proposals.domain import (
    contacts,
    decisions,
    disclosing,
    errors,
    handling,
    procedure_errors,
    promises,
    replies,
)
from services.proposals.domain.assignments import (
    Assignment,
    AssignmentState,
    Lateness,
    Objection,
    ObjectionAbout,
    Part,
)
from services.proposals.domain.details import DERIVED
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Check, Content, Reply, ReplyClass, SignOff
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import over
from shared.errors import DomainError, Refused


@dataclass(frozen=True)
class Terms:
    """Settings that a reply is measured by; `class_d`: whether class D may be given."""

    contacts: contacts.Wanted = field(default_factory=contacts.Wanted)
    class_d: bool = False


TERMS = Terms()


def save(
    proposal: Proposal, unit: str, content: Content, at: datetime, terms: Terms = TERMS
) -> None:
    """Draft and redo; what changes after it was sent up for signature must be sent again."""
    assignment = replying(proposal, unit)
    found = [*_number_problems(proposal, content, at), *_class_problems(content, terms)]
    if found:
        raise Refused.of(found)
    assignment.work()
    reply = proposal.reply_of(unit)
    if reply is None:
        case = proposal.merged.case_title if proposal.merged else proposal.case_title
        title = replies.title_of(case or "", proposal.round)
        reply = Reply(unit, proposal.round, title, content, at)
        proposal.replies.append(reply)
    reply.content, reply.saved_at = content, at
    reply.sign_off_requested_at = None


def request_sign_off(proposal: Proposal, unit: str, at: datetime, terms: Terms = TERMS) -> None:
    """V19: the officer sends the reply up to the unit's leader. Raises Refused with all."""
    assignment, reply = replying(proposal, unit), _drafted(proposal, unit)
    assignment.work()
    _require_signable(proposal, reply, assignment, at, terms)
    reply.sign_off_requested_at, reply.sign_off_refusal, reply.decide_by = at, None, None
    handling.tell(proposal, names.ASSIGNMENT_SIGN_OFF_REQUESTED, assignment)


def refuse_sign_off(proposal: Proposal, unit: str, comment: str) -> None:
    """The leader sends it back to the officer."""
    assignment, reply = replying(proposal, unit), _drafted(proposal, unit)
    _require_requested(reply)
    errors.require_reason(comment, "comment")
    reply.sign_off_requested_at, reply.sign_off_refusal = None, comment
    handling.tell(proposal, names.ASSIGNMENT_SIGN_OFF_REFUSED, assignment, comment=comment)


def sign(proposal: Proposal, unit: str, sign_off: SignOff, terms: Terms = TERMS) -> None:
    """V18, V19: the leader signs; the reply goes to the supervising office's check."""
    assignment, reply = replying(proposal, unit), _drafted(proposal, unit)
    _require_requested(reply)
    _require_signable(proposal, reply, assignment, sign_off.signed_at, terms)
    if proposal.proposer_type in COLLECTIVES and not sign_off.in_charge:
        raise errors.LeaderInCharge(field="inCharge")
    assignment.move(AssignmentState.REPLY_IN_CHECK)
    reply.sign_off, reply.decide_by = sign_off, None
    handling.tell(proposal, names.ASSIGNMENT_REPLY_SIGNED, assignment)


def check(proposal: Proposal, unit: str, found: Check, terms: Terms = TERMS) -> None:
    """V19 and the consent of decision 27; a failed check sends it back for redo."""
    assignment, reply = replying(proposal, unit), _drafted(proposal, unit)
    again = reply.passed and found.passed  # what has passed may be sent back until it is delivered
    if assignment.state is not AssignmentState.REPLY_IN_CHECK or again:
        raise errors.WrongAssignmentState.of(assignment.state)
    if not found.passed:
        errors.require_reason(found.comment, "comment")
    elif left := _unanswered(proposal, unit):
        raise left
    elif not found.consent and (lack := contacts.missing(proposal, unit, terms.contacts)):
        raise lack
    reply.checks.append(found)
    if found.passed:
        handling.tell(proposal, names.ASSIGNMENT_REPLY_CHECKED, assignment)
        return
    reply.sign_off = reply.sign_off_requested_at = None
    assignment.move(AssignmentState.REPLY_REJECTED)
    handling.tell(proposal, names.ASSIGNMENT_REPLY_REJECTED, assignment, comment=found.comment)
    if objection := proposal.objection_to(ObjectionAbout.REPLY, unit):
        settle_objection(proposal, objection, True, found.comment, found.checked_at)


def settle_objection(
    proposal: Proposal, objection: Objection, upheld: bool, reason: str, at: datetime
) -> None:
    """Decision 54: the supervising office has answered the proposal committee."""
    objection.settle(upheld, reason, at)
    share = next(a for a in proposal.assignments if a.no == objection.assignment_no)
    told = {"about": objection.about.value, "objection_no": objection.no, "upheld": upheld}
    handling.tell(proposal, names.ASSIGNMENT_OBJECTION_ANSWERED, share, **told, reason=reason)


def deliver(proposal: Proposal, unit: str, at: datetime, evaluate_by: datetime) -> None:
    """To the proposers; with the last one needed, T12 follows by itself."""
    assignment, reply = replying(proposal, unit), _drafted(proposal, unit)
    if not reply.passed:
        raise errors.NotChecked
    if proposal.objection_to(ObjectionAbout.REPLY, unit):
        raise procedure_errors.ObjectionOpen
    if left := _unanswered(proposal, unit):
        raise left
    if over(assignment.due_at, at):
        overdue(proposal, assignment, at)
    assignment.move(AssignmentState.DELIVERED)
    reply.delivered_at = at
    if extension := assignment.open_extension:  # nothing is left to decide
        extension.granted, extension.decision, extension.decided_at = False, "已答复", at
    content = reply.content
    assert content.result_class is not None
    handling.tell(
        proposal,
        names.ASSIGNMENT_DELIVERED,
        assignment,
        doc_no=content.doc_no,
        result_class=content.result_class.value,
        **disclosing.begin(proposal, reply),
    )
    promises.take_outcomes(proposal, content.outcomes, unit)
    for promise in content.promises:
        promises.make(proposal, unit, promise.text, promise.due_on, at)
    asked = [proposal.assignment_of(each) for each in proposal.asked_units]
    if all(each.state is AssignmentState.DELIVERED for each in asked):
        _replied(proposal, at, evaluate_by)


def overdue(proposal: Proposal, assignment: Assignment, at: datetime) -> None:
    """DL10: found late, by the alarm or, if that was slower, by the delivery itself; once."""
    if assignment.overdue_at:
        return
    assignment.overdue_at, assignment.lateness = at, Lateness.OVERDUE
    held = decisions.undecided(proposal, assignment.no)
    due_at = assignment.due_at
    handling.tell(proposal, names.PROPOSAL_OVERDUE, assignment, due_at=due_at, **held)
    promises.miss(proposal, assignment.unit)


def replying(proposal: Proposal, unit: str) -> Assignment:
    assignment = proposal.assignment_of(unit)
    if not assignment.replies:
        raise errors.NotReplying
    return assignment


def _drafted(proposal: Proposal, unit: str) -> Reply:
    reply = proposal.reply_of(unit)
    if reply is None:
        raise errors.NoReply
    return reply


def _require_requested(reply: Reply) -> None:
    if reply.sign_off_requested_at is None or reply.sign_off is not None:
        raise errors.NotSignedOff("没有待签发的答复")


def _require_signable(
    proposal: Proposal, reply: Reply, assignment: Assignment, at: datetime, terms: Terms
) -> None:
    every = assignment.part is not Part.SEPARATE
    today, suggestions = at.date().isoformat(), len(proposal.text.suggestions)
    found: list[DomainError] = [
        *replies.problems(reply.content, suggestions, every, today),
        *_number_problems(proposal, reply.content, at),
        *_class_problems(reply.content, terms),
        *_contact_problems(proposal, assignment.unit, terms),
        *promises.problems(proposal, reply),
    ]
    if left := _unanswered(proposal, assignment.unit):
        found.append(left)
    if found:
        raise Refused.of(found)


def _unanswered(proposal: Proposal, unit: str) -> DomainError | None:
    """Decision 44: separate replies answer every suggestion together; what the others, all of them
    checked, have left is for the last one."""
    if proposal.round > 1 or proposal.assignment_of(unit).part is not Part.SEPARATE:
        return None
    others = [proposal.reply_of(each) for each in proposal.asked_units if each != unit]
    given = [reply for reply in [*others, proposal.reply_of(unit)] if reply]
    if not all(reply and reply.passed for reply in others):
        return None
    answered = {answer.suggestion for reply in given for answer in reply.content.answers}
    missing = sorted(set(range(1, len(proposal.text.suggestions) + 1)) - answered)
    if not missing:
        return None
    named = "、".join(str(number) for number in missing)
    text = f"各承办单位均未答复第{named}条建议，请一并答复"
    return errors.AnswersMissing(text, field="answers", details={"missing": missing})


def _contact_problems(proposal: Proposal, unit: str, terms: Terms) -> Iterable[DomainError]:
    """V16; attempts are enough to be checked, where consent is decided on."""
    attempted = contacts.attempted(proposal, unit, terms.contacts)
    if not contacts.made(proposal, unit) and not attempted:
        yield errors.ContactMissing(
            f"须有与提案人的联系记录，或在{terms.contacts.attempts}个不同日期联系未果"
        )


def _number_problems(proposal: Proposal, content: Content, at: datetime) -> Iterable[DomainError]:
    """Decision 13: a number is of a year in which the case was handled."""
    begun = (proposal.assigned_at or at).year
    year = replies.year_of(content.doc_no)
    if year is not None and not begun <= year <= at.year:
        span = f"{begun}" if begun == at.year else f"{begun}至{at.year}"
        yield errors.DocNoForm(f"复文字号的年份应为{span}年", field="docNo")


def _class_problems(content: Content, terms: Terms) -> Iterable[DomainError]:
    if content.result_class is ReplyClass.D and not terms.class_d:
        yield procedure_errors.ClassOff(field="resultClass")


def _replied(proposal: Proposal, at: datetime, evaluate_by: datetime) -> None:
    """T12, T17."""
    # A unit that gave up the main part keeps its draft.
    delivered = [r for r in proposal.replies if r.round == proposal.round and r.delivered_at]
    proposal.result_class = max(r.content.result_class or "" for r in delivered)
    proposal.evaluate_by = evaluate_by
    current = proposal.rounds[-1]
    current.replied_at, current.result_class = at, proposal.result_class
    proposal.recognised_class = None
    if proposal.round == 1:
        proposal.replied_at = at
        state, event = State.REPLIED, names.PROPOSAL_REPLIED
    else:
        proposal.second_replied_at = at
        state, event = State.SECOND_REPLIED, names.PROPOSAL_SECOND_REPLIED
    proposal.move(state, at, DERIVED)
    proposal.tell(
        event,
        round=proposal.round,
        units=[r.unit for r in delivered],
        cosigners=proposal.confirmed,
        evaluator=proposal.evaluator,
        result_class=proposal.result_class,
        evaluate_by=evaluate_by,
    )
