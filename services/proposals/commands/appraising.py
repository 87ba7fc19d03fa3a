"""Democratic appraisal: the list, the panel, the vote, the figures (2.2, decision 29)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk
from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import (
    APPRAISABLE,
    Appraisal,
    Subject,
    Voter,
    VoterKind,
    voter_key,
)
from services.proposals.domain.ballots import Ballot, Line, RollEntry, RollState
from services.proposals.domain.errors import NotActive
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.contracts.recipients import account_key, member_key
from shared.errors import AppError, Forbidden, InvalidInput, NotFound, Refused, Unauthenticated
from shared.ids import new_id
from shared.persistence import execute

PRO = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
# Row "Appraisal: vote"; a visitor votes by a code. Who is not on the panel finds nothing.
VOTERS = (*MEMBER_ROLES, Role.ORG_STAFF, Role.ORG_HEAD, Role.SUPERVISOR, Role.PUBLIC)
CODE_BYTES = 10  # 80 random bits: nobody guesses a code, so that a fast hash is enough
Act = Callable[[Appraisal, datetime], None]


@allow(Role.PROPOSAL_STAFF)
def plan_appraisal(
    call: Call, desk: Desk, title: str, held_at: datetime, place: str, cases: list[dict[str, Any]]
) -> str:
    """cases: {"proposal_id", "units"}, all units of the case unless told. Raises CaseUnfit,
    CaseListed."""

    def use_case() -> str:
        at = desk.clock.now()
        rules = desk.appraisal_rules(at)
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
        )
        appraisal.plan()
        desk.appraisals.add(call, appraisal, at)
        return appraisal.id

    return execute(call, desk.appraisals.aggregates, use_case)


@allow(Role.PROPOSAL_STAFF)
def cancel_appraisal(call: Call, desk: Desk, appraisal_id: str, reason: str) -> str:
    return _change(call, desk, appraisal_id, lambda a, at: a.cancel(reason, at))


@allow(Role.PROPOSAL_STAFF)
def invite_voters(
    call: Call, desk: Desk, appraisal_id: str, voters: list[dict[str, Any]]
) -> tuple[str, list[dict[str, Any]]]:
    """All of them or none: {"kind", "member_id" or "account_id" or "label", "unit"}.

    With the appraisal's id, the codes of those without an account: {"no", "label", "code"}. They
    are shown this once; the same command again shows none. Raises Refused with the reasons of
    each: VoterUnfit, VoterListed, NotActive, ConflictOfInterest.
    """
    codes = [_new_code() for _ in voters]

    def act(appraisal: Appraisal, at: datetime) -> None:
        panel = [
            _voter(appraisal.last_voter_no + no, given, code)
            for no, (given, code) in enumerate(zip(voters, codes, strict=True), start=1)
        ]
        _check_people(call, desk, appraisal, panel, at)
        appraisal.invite(panel)

    _change(call, desk, appraisal_id, act)
    given = {voter_key(None, None, _hash(code)): code for code in codes}
    return appraisal_id, [
        {"no": voter.no, "label": voter.label, "code": given[voter.key]}
        for voter in desk.appraisals.get(appraisal_id).panel
        if voter.key in given
    ]


@allow(Role.PROPOSAL_STAFF)
def remove_voter(call: Call, desk: Desk, appraisal_id: str, no: int) -> str:
    return _change(call, desk, appraisal_id, lambda a, _: a.remove_voter(no))


@allow(Role.PROPOSAL_STAFF)
def open_vote(call: Call, desk: Desk, appraisal_id: str) -> str:
    def act(appraisal: Appraisal, at: datetime, transaction: Any) -> None:
        appraisal.open(at)
        desk.appraisals.open_roll(appraisal, transaction)

    return _change_together(call, desk, appraisal_id, act)


@allow(*VOTERS)
def cast_ballot(
    call: Call, desk: Desk, appraisal_id: str, lines: list[dict[str, Any]], code: str | None
) -> str:
    """One vote each; roll and ballots in one transaction (decision 29).

    The kernel's command ids are not for this: they keep the time and a hash of the content, from
    which a ballot could be found by trying. The roll keeps a hash of the id alone (some kinds of
    UUID hold a time): the same command again has voted, any other is refused.
    """
    keys = voter_keys(call, code)
    command = _digest(call.command.key) if call.command else None
    entry = desk.appraisals.entry(appraisal_id, keys)
    if entry is None:
        raise NotFound("未找到该评议")
    if _has_voted(entry, command):
        return appraisal_id
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
    return appraisal_id


@allow(Role.PROPOSAL_STAFF)
def count_ballots(call: Call, desk: Desk, appraisal_id: str) -> str:
    """Close the vote and count, both or neither; TooFewBallots below the minimum."""

    def act(appraisal: Appraisal, at: datetime, transaction: Any) -> None:
        desk.appraisals.close_roll(appraisal.id, transaction)
        appraisal.count(desk.appraisals.lines(appraisal.id, transaction), at)

    return _change_together(call, desk, appraisal_id, act)


@allow(*PRO)
def publish_appraisal(call: Call, desk: Desk, appraisal_id: str, public: bool) -> str:
    return _change(call, desk, appraisal_id, lambda a, at: a.publish(at, public=public))


@allow(Role.SYSTEM)
def note_votes(call: Call, desk: Desk) -> list[str]:
    """Tell who has voted, several at once. Each voter once, by the appraisal's version."""
    return [key for key in desk.appraisals.open_ids() if _note(call, desk, key)]


def voter_keys(call: Call, code: str | None) -> list[str]:
    """By which keys the actor may be on a panel. Raises Forbidden for a former member,
    Unauthenticated for a visitor without a code."""
    actor = call.actor
    if actor.former:
        raise Forbidden
    if code is not None:
        return [voter_key(None, None, _hash(code))]
    if actor.account_id is None:
        raise Unauthenticated
    return [
        account_key(actor.account_id),
        *([member_key(actor.member_id)] if actor.member_id else []),
    ]


def _has_voted(entry: RollEntry, command: str | None) -> bool:
    """Whether this very command did; AlreadyVoted for another one, VoteClosed after the vote."""
    if entry.state is RollState.MISSED:
        raise errors.VoteClosed
    if entry.state is RollState.VOTED and (command is None or entry.command != command):
        raise errors.AlreadyVoted
    return entry.state is RollState.VOTED


def _subjects(call: Call, desk: Desk, cases: Sequence[dict[str, Any]]) -> list[Subject]:
    ids = [case["proposal_id"] for case in cases]
    query = {"$and": [{"_id": {"$in": ids}}, access.visible_to(call.actor)]}
    deciding = ("title", "state", "assigned_units")
    rows = {row["id"]: row for row in desk.proposals.rows(query, deciding)}
    if len(set(ids)) < len(ids):
        raise InvalidInput("同一提案不能重复列入", field="cases")
    if set(ids) - set(rows):
        raise NotFound("未找到该提案")
    return [_subject(rows[case["proposal_id"]], case.get("units")) for case in cases]


def _subject(row: dict[str, Any], units: Sequence[str] | None) -> Subject:
    case_units = row["assigned_units"]
    chosen = tuple(units or case_units)
    if row["state"] not in APPRAISABLE or not set(chosen) <= set(case_units):
        raise errors.CaseUnfit(field="cases", details={"proposal_id": row["id"]})
    return Subject(row["id"], row["title"], chosen, tuple(case_units))


def _voter(no: int, given: dict[str, Any], code: str) -> Voter:
    key = voter_key(given.get("member_id"), given.get("account_id"), _hash(code))
    return Voter(no, given["kind"], key, given.get("label", ""), given.get("unit"))


def _check_people(
    call: Call, desk: Desk, appraisal: Appraisal, panel: Sequence[Voter], at: datetime
) -> None:
    """Raises Refused with what stands against each, its field named."""
    blocked = desk.conflicts(call, [voter.key for voter in panel], appraisal.case_units)
    members = [_member_of(voter) for voter in panel]
    ids = sorted(member for member in members if member)
    active = desk.active_members(call, ids, at)
    proposers = _proposers(desk, appraisal)
    problems: list[AppError] = []
    for place, (voter, member) in enumerate(zip(panel, members, strict=True)):
        field = f"voters.{place}"
        if voter.key in blocked or voter.unit in appraisal.case_units:
            problems.append(errors.ConflictOfInterest(field=field))
        elif member and member not in active:
            problems.append(NotActive("评议人员须为在任委员", field=field))
        elif member and not _fits(desk, voter.kind, member, proposers):
            problems.append(errors.VoterUnfit(field=field))
    if problems:
        raise Refused.of(problems)


def _fits(desk: Desk, kind: VoterKind, member: str, proposers: Collection[str]) -> bool:
    """Whether a member is of the kind that the invitation names."""
    if kind is VoterKind.PROPOSER:
        return member in proposers
    groups = desk.directory.groups(member)
    if kind is VoterKind.STANDING_MEMBER:
        return bool(groups.get("standing"))
    if kind is VoterKind.COMMITTEE_MEMBER:
        return bool(groups.get("committees"))
    return member not in proposers


def _proposers(desk: Desk, appraisal: Appraisal) -> set[str]:
    """First proposers and confirmed co-signers of all cases."""
    cases = [desk.proposals.get(subject.proposal_id) for subject in appraisal.subjects]
    return {m for case in cases for m in (case.first_proposer, *case.confirmed) if m}


def _member_of(voter: Voter) -> str | None:
    prefix = member_key("")
    return voter.key.removeprefix(prefix) if voter.key.startswith(prefix) else None


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


def _change(call: Call, desk: Desk, appraisal_id: str, act: Act) -> str:
    def use_case() -> str:
        at = desk.clock.now()
        appraisal = desk.appraisals.get(appraisal_id)
        act(appraisal, at)
        desk.appraisals.save(call, appraisal, at)
        return appraisal.id

    return execute(call, desk.appraisals.aggregates, use_case)


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


def _new_code() -> str:
    """Letters and digits in groups of four, easily typed: `K7QF-2M4X-…`."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _hash(code: str) -> str:
    return _digest(code.replace("-", "").replace(" ", "").upper())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
