"""The panel of an appraisal: who is invited, by which key each is known."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.proposals.commands.ports import Desk, change_appraisal
from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import Appraisal, Voter, VoterKind, voter_key
from services.proposals.domain.ballots import digest
from services.proposals.domain.errors import NotActive
from services.proposals.schemas import common
from services.proposals.schemas import panel as form
from shared.actor import Role, allow
from shared.call import Call
from shared.contracts.recipients import account_key, member_key
from shared.errors import AppError, Forbidden, Refused, Unauthenticated
from shared.operations import command

CODE_BYTES = 10  # 80 random bits: nobody guesses a code, so that a fast hash is enough


@allow(Role.PROPOSAL_STAFF)
@command("inviteVoters", answers=(form.VOTING_CODES, common.APPRAISAL))
def invite_voters(
    call: Call, desk: Desk, *, appraisal_id: common.AppraisalId, voters: form.Voters
) -> dict[str, Any]:
    """邀请评议人员，全部成功或全部不成功。Put people on the panel, all of them or none.

    All of them or none: {"kind", "member_id" or "account_id" or "label", "unit_id"}. With the
    appraisal's id, the codes of those without an account: {"no", "label", "code"}. They are
    shown this once; the same command again shows none. Raises Refused with the reasons of each:
    VoterUnfit, VoterListed, NotActive, ConflictOfInterest.
    """
    codes = [_new_code() for _ in voters]

    def act(appraisal: Appraisal, at: datetime) -> None:
        panel = [
            _voter(appraisal.last_voter_no + no, given, code)
            for no, (given, code) in enumerate(zip(voters, codes, strict=True), start=1)
        ]
        _check_people(call, desk, appraisal, panel, at)
        appraisal.invite(panel)

    change_appraisal(call, desk, appraisal_id, act)
    given = {voter_key(None, None, _hash(code)): code for code in codes}
    shown = [
        {"no": voter.no, "label": voter.label, "code": given[voter.key]}
        for voter in desk.appraisals.get(appraisal_id).panel
        if voter.key in given
    ]
    return {"appraisal": appraisal_id, "voting_codes": shown}


@allow(Role.PROPOSAL_STAFF)
@command("removeVoter", answers=common.APPRAISAL)
def remove_voter(
    call: Call, desk: Desk, *, appraisal_id: common.AppraisalId, no: form.AppraisalNo
) -> str:
    """移出评议人员，限投票开始之前。Take someone off the panel before the vote opens.

    Raises NoVoter, WrongAppraisalState.
    """
    return change_appraisal(call, desk, appraisal_id, lambda a, _: a.remove_voter(no))


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
        *map(member_key, actor.memberships),
    ]


def _voter(no: int, given: form.VoterInput, code: str) -> Voter:
    key = voter_key(given.get("member_id"), given.get("account_id"), _hash(code))
    return Voter(no, given["kind"], key, given.get("label", ""), given.get("unit_id"))


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
    """First proposers and confirmed co-signers of all cases, by every membership of theirs."""
    cases = [desk.proposals.get(subject.proposal_id) for subject in appraisal.subjects]
    named = {m for case in cases for m in (case.first_proposer, *case.confirmed) if m}
    return desk.directory.same_persons(named)


def _member_of(voter: Voter) -> str | None:
    prefix = member_key("")
    return voter.key.removeprefix(prefix) if voter.key.startswith(prefix) else None


def _new_code() -> str:
    """Letters and digits in groups of four, easily typed: `K7QF-2M4X-…`."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _hash(code: str) -> str:
    return digest(code.replace("-", "").replace(" ", "").upper())
