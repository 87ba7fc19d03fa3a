"""Democratic appraisal: the list, the panel, the vote, the figures (2.2, decision 29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.panel import voter_keys
from services.proposals.commands.ports import Desk, change_appraisal
from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import (
    APPRAISABLE,
    Appraisal,
    Subject,
)
from services.proposals.domain.appraisal_reports import due_at
from services.proposals.domain.ballots import Ballot, Line, RollEntry, RollState, digest
from services.proposals.schemas import appraising as form
from services.proposals.schemas import common
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import InvalidInput, NotFound
from shared.ids import new_id
from shared.operations import command
from shared.persistence import execute

# Row "Appraisal: vote"; a visitor votes by a code. Who is not on the panel finds nothing.
VOTERS = (*MEMBER_ROLES, Role.ORG_STAFF, Role.ORG_HEAD, Role.SUPERVISOR, Role.PUBLIC)


@allow(Role.PROPOSAL_STAFF)
@command("planAppraisal", answers=common.APPRAISAL)
def plan_appraisal(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    held_at: common.HeldAt,
    place: common.Place,
    cases: form.Cases,
) -> str:
    """安排民主评议。Plan an appraisal. Raises CaseUnfit, CaseListed.

    cases: {"proposal_id", "unit_ids"}, all units of the case unless told.
    """

    def use_case() -> str:
        at = desk.clock.now()
        rules, times = desk.appraisal_rules(at), desk.report_times(at)
        due = due_at(held_at, times, at)
        subjects = _subjects(call, desk, cases)
        if desk.appraisals.listed_elsewhere([subject.proposal_id for subject in subjects]):
            raise errors.CaseListed(field="cases")
        appraisal = Appraisal(
            id=new_id(),
            term=desk.directory.session_at(at).term,
            title=title,
            held_at=held_at,
            place=place,
            rules=rules,
            subjects=subjects,
            planned_at=at,
            account_id=call.actor.account_id,
            report_due_at=due,
            report_remind_at=due - timedelta(days=times.reminder),
        )
        appraisal.plan()
        desk.appraisals.add(call, appraisal, at)
        return appraisal.id

    return execute(call, desk.appraisals.aggregates, use_case)


@allow(Role.PROPOSAL_STAFF)
@command("cancelAppraisal", answers=common.APPRAISAL)
def cancel_appraisal(
    call: Call, desk: Desk, *, appraisal_id: common.AppraisalId, reason: common.AppraisalReason
) -> str:
    """取消民主评议，限投票开始之前。Cancel it before the vote opens. Raises WrongAppraisalState."""
    return change_appraisal(call, desk, appraisal_id, lambda a, at: a.cancel(reason, at))


@allow(Role.PROPOSAL_STAFF)
@command("openVote", answers=common.APPRAISAL)
def open_vote(call: Call, desk: Desk, *, appraisal_id: common.AppraisalId) -> str:
    """开始投票。Open the vote. Raises PanelTooSmall, WrongAppraisalState."""

    def act(appraisal: Appraisal, at: datetime, transaction: Any) -> None:
        appraisal.open(at)
        desk.appraisals.open_roll(appraisal, transaction)

    return _change_together(call, desk, appraisal_id, act)


@allow(*VOTERS)
@command("castBallot", answers=form.VOTED, logged=False)
def cast_ballot(
    call: Call,
    desk: Desk,
    *,
    appraisal_id: common.AppraisalId,
    lines: form.VotedLines,
    code: common.Code | None,
) -> bool:
    """无记名投票，每人一次。Vote; secret, once for each voter.

    One vote each; roll and ballots in one transaction (decision 29). The kernel's command ids
    are not for this: they keep the time and a hash of the content, from which a ballot could be
    found by trying. The roll keeps a hash of the id alone (some kinds of UUID hold a time): the
    same command again has voted, any other is refused.

    Raises AlreadyVoted, VoteClosed, BallotIncomplete, ConflictOfInterest.
    """
    keys = voter_keys(call, code)
    command = digest(call.command.key) if call.command else None
    entry = desk.appraisals.entry(appraisal_id, keys)
    if entry is None:
        raise NotFound("未找到该评议")
    if _has_voted(entry, command):
        return True
    appraisal = desk.appraisals.get(appraisal_id)
    judged = [Line(row["proposal_id"], row["grade"], tuple(row["scores"])) for row in lines]
    appraisal.check_lines(judged)
    if desk.conflicts(call, keys, appraisal.case_units):
        raise errors.ConflictOfInterest
    ballots = [Ballot(new_id(), appraisal_id, line) for line in judged]
    if not desk.appraisals.vote(appraisal_id, entry.key, command, ballots):
        now = desk.appraisals.entry(appraisal_id, keys)  # what came in between
        if now is None or not _has_voted(now, command):
            raise errors.VoteClosed
    return True


@allow(Role.PROPOSAL_STAFF)
@command("countBallots", answers=common.APPRAISAL)
def count_ballots(call: Call, desk: Desk, *, appraisal_id: common.AppraisalId) -> str:
    """结束投票并计票。Close the vote and count.

    Close the vote and count, both or neither; TooFewBallots below the minimum.

    Raises TooFewBallots, WrongAppraisalState.
    """

    def act(appraisal: Appraisal, at: datetime, transaction: Any) -> None:
        desk.appraisals.close_roll(appraisal.id, transaction)
        appraisal.count(desk.appraisals.lines(appraisal.id, transaction), at)

    return _change_together(call, desk, appraisal_id, act)


@allow(*access.PRO)
@command("publishAppraisal", answers=common.APPRAISAL)
def publish_appraisal(
    call: Call, desk: Desk, *, appraisal_id: common.AppraisalId, public: form.Public
) -> str:
    """公布评议结果。Publish the figures. Raises WrongAppraisalState."""
    return change_appraisal(call, desk, appraisal_id, lambda a, at: a.publish(at, public=public))


@allow(Role.SYSTEM)
def note_votes(call: Call, desk: Desk) -> list[str]:
    """Tell who has voted, several at once. Each voter once, by the appraisal's version."""
    return [key for key in desk.appraisals.open_ids() if _note(call, desk, key)]


def _has_voted(entry: RollEntry, command: str | None) -> bool:
    """Whether this very command did; AlreadyVoted for another one, VoteClosed after the vote."""
    if entry.state is RollState.MISSED:
        raise errors.VoteClosed
    if entry.state is RollState.VOTED and (command is None or entry.command != command):
        raise errors.AlreadyVoted
    return entry.state is RollState.VOTED


def _subjects(call: Call, desk: Desk, cases: Sequence[form.AppraisalCaseInput]) -> list[Subject]:
    ids = [case["proposal_id"] for case in cases]
    query = {"$and": [{"_id": {"$in": ids}}, access.visible_to(call.actor)]}
    deciding = ("title", "state", "assigned_units")
    rows = {row["id"]: row for row in desk.proposals.rows(query, deciding)}
    if len(set(ids)) < len(ids):
        raise InvalidInput("同一提案不能重复列入", field="cases")
    if set(ids) - set(rows):
        raise NotFound("未找到该提案")
    return [_subject(rows[case["proposal_id"]], case.get("unit_ids")) for case in cases]


def _subject(row: dict[str, Any], units: Sequence[str] | None) -> Subject:
    case_units = row["assigned_units"]
    chosen = tuple(units or case_units)
    if row["state"] not in APPRAISABLE or not set(chosen) <= set(case_units):
        raise errors.CaseUnfit(field="cases", details={"proposal_id": row["id"]})
    return Subject(row["id"], row["title"], chosen, tuple(case_units))


def _note(call: Call, desk: Desk, appraisal_id: str) -> bool:
    def write(transaction: Any) -> bool:
        at = desk.clock.now()
        appraisal = desk.appraisals.get(appraisal_id, session=transaction)
        keys = desk.appraisals.unnoted(appraisal_id, transaction)
        if not appraisal.note_votes([key for key in keys if key in appraisal.voters]):
            return False
        desk.appraisals.note(appraisal_id, keys, transaction)
        desk.appraisals.save(call, appraisal, at, transaction)
        return True

    return bool(desk.appraisals.in_transaction(write))


def _change_together(
    call: Call, desk: Desk, appraisal_id: str, act: Callable[[Appraisal, datetime, Any], None]
) -> str:
    """The appraisal and its roll in one transaction."""

    def write(transaction: Any) -> str:
        at = desk.clock.now()
        appraisal = desk.appraisals.get(appraisal_id, session=transaction)
        act(appraisal, at, transaction)
        desk.appraisals.save(call, appraisal, at, transaction)
        return appraisal.id

    return execute(
        call, desk.appraisals.aggregates, lambda: str(desk.appraisals.in_transaction(write))
    )
