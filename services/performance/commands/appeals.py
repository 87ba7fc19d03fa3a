"""Appeals of members against the draft of a year, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from services.performance.commands.manual import credit, strike
from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.appeals import Appeal
from services.performance.domain.manual import ManualRequest
from services.performance.schemas import appeals as form
from services.performance.schemas import common
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.ids import new_id
from shared.operations import command


@allow(*MEMBER_ROLES)
@command("submitPointsAppeal", answers=form.APPEAL)
def submit_appeal(
    call: Call, desk: Desk, *, year: common.Year, text: form.AppealText, entry_ids: form.EntryIds
) -> str:
    """对公示的积分提出申诉（委员）。Appeal against one's own points of a year's draft.

    As the member that one was in that year, whoever is re-elected or not (decision 40). Raises
    AppealClosed, EntryNotFound for an entry that is not one's own of that year.
    """

    def once() -> str:
        at = desk.clock.now()
        draft = desk.years.of(year)
        if draft is None:
            raise errors.AppealClosed(field="year")
        draft.require_appealable(at)
        rows = desk.ledger.rows_by_ids(entry_ids)
        named = call.actor.self_among(row["member_id"] for row in rows)
        member_id = named or desk.reading.own(call.actor, year)
        own = [r for r in rows if (r["member_id"], r["year"]) == (member_id, year)]
        if len(own) < len(set(entry_ids)):
            raise errors.EntryNotFound(field="entryIds")
        appeal = Appeal(
            id=new_id(),
            member_id=member_id,
            term=draft.term,
            year=year,
            text=text,
            entry_ids=tuple(dict.fromkeys(entry_ids)),
            recorded_by=tuple(sorted({str(row["actor"].get("account")) for row in own})),
            submitted_by=str(call.actor.account_id),
            submitted_at=at,
        )
        desk.appeals.add(call, appeal, at)
        return appeal.id

    return desk.appeals.run(call, once)


@allow(*MEMBER_ROLES)
@command("withdrawPointsAppeal", answers=form.APPEAL)
def withdraw_appeal(call: Call, desk: Desk, *, appeal_id: form.AppealId) -> str:
    """撤回申诉（委员）。Withdraw one's own appeal.

    Raises AppealNotFound for another's, AlreadyDecided.
    """

    def change(appeal: Appeal, at: datetime) -> None:
        if not call.actor.is_self(appeal.member_id):
            raise errors.AppealNotFound
        appeal.withdraw(at)

    return _change(call, desk, appeal_id, change)


@allow(Role.OFFICE, approves=True)
@command("decidePointsAppeal", answers=form.APPEAL)
def decide_appeal(
    call: Call,
    desk: Desk,
    *,
    appeal_id: form.AppealId,
    upheld: form.Upheld,
    reason: form.Grounds,
    credits: form.Credits,
    strikes: form.Strikes,
) -> str:
    """答复申诉（办公室，非记录人）。Answer an appeal; corrections wait for a second person.

    An appeal may be upheld without them, where the organiser corrects its record. Raises
    AppealNotFound, AlreadyDecided, SamePerson, OwnPoints, and the refusals of points by hand.
    """
    corrections: list[ManualRequest] = []

    def change(appeal: Appeal, at: datetime) -> None:
        if call.actor.is_self(appeal.member_id):
            raise errors.OwnPoints
        appeal.decide(upheld, reason, str(call.actor.account_id), at)
        follows = (appeal.id, appeal.year)
        about: dict[str, Any] = {"member_id": appeal.member_id, "reason": reason, "appeal": follows}
        corrections[:] = [
            *(credit(call, desk, **given, **about) for given in credits if upheld),
            *(strike(call, desk, entry, reason, follows) for entry in strikes if upheld),
        ]
        _check_about(appeal, corrections)

    return _change(call, desk, appeal_id, change, corrections)


def _check_about(appeal: Appeal, corrections: Sequence[ManualRequest]) -> None:
    """An answer corrects the appellant's year, nothing else."""
    for request in corrections:
        if (request.member_id, request.year) != (appeal.member_id, appeal.year):
            raise errors.EntryNotFound("只能更正申诉人该年度的账目", field="corrections")


def _change(
    call: Call,
    desk: Desk,
    appeal_id: str,
    change: Callable[[Appeal, datetime], None],
    corrections: Sequence[ManualRequest] = (),
) -> str:
    def once() -> str:
        appeal = desk.appeals.get(appeal_id)
        if appeal is None:
            raise errors.AppealNotFound
        at = desk.clock.now()
        change(appeal, at)

        def write(session: Any) -> None:
            desk.appeals.save(call, appeal, at, session)
            for request in corrections:
                desk.manual.add(_part(call), request, at, session)

        desk.appeals.in_transaction(write)
        return appeal_id

    return desk.appeals.run(call, once)


def _part(call: Call) -> Call:
    """The same cause, without the command id: the appeal alone keeps it."""
    return Call(call.actor, call.correlation_id, call.causation_id)
