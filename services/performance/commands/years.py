"""Closing a year: the draft, the freeze, and what comes after it (section 4, "Year")."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.ledger import Entry
from services.performance.domain.members import Member
from services.performance.domain.scoring import score
from services.performance.domain.snapshots import Snapshot, take
from services.performance.domain.talks import due
from services.performance.domain.years import (
    APPEAL_DAYS,
    FREEZE_DAYS,
    LateChange,
    Year,
    YearState,
    digest_of,
    draft_due,
    freeze_due,
    late,
)
from services.performance.queries.rows import Row, year_row
from services.performance.schemas import common
from services.performance.schemas import years as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.errors import Conflict
from shared.operations import command


@allow(Role.OFFICE, Role.SYSTEM)
@command("publishPointsDraft", answers=form.YEAR)
def publish_draft(call: Call, desk: Desk, *, year: common.Year) -> Row:
    """公示年度积分（办公室；到期自动）。Show a year's points for appeal; due by itself too.

    Raises YearNotOver, YearStateUnfit.
    """

    def once() -> str:
        at = desk.clock.now()
        if (known := desk.years.of(year)) is not None:
            raise errors.YearStateUnfit.of(known.state)
        days = desk.setting(APPEAL_DAYS)
        found = Year.publish(year, desk.members.latest_term(), at, days)
        desk.years.add(call, found, at)
        return found.id

    return _row(desk, desk.years.run(call, once))


@allow(Role.OFFICE, Role.SYSTEM)
@command("freezePointsYear", answers=form.YEAR)
def freeze_year(call: Call, desk: Desk, *, year: common.Year) -> Row:
    """封存年度积分（办公室；到期自动）。Freeze a year in a signed snapshot; due by itself too.

    Raises YearNotFound, YearStateUnfit, AppealsOpen.
    """

    def once() -> str:
        found = desk.years.of(year)
        if found is None:
            raise errors.YearNotFound
        at = desk.clock.now()
        found.require_freezable(at, _unsettled(desk, year))
        snapshots = _snapshots(desk, year)
        digests = {snapshot.member_id: snapshot.digest for snapshot in snapshots}
        statement = {"year": year, "digest": digest_of(digests), "frozen_at": at.isoformat()}
        entries = sum(len(snapshot.entry_ids) for snapshot in snapshots)
        found.freeze(at, digests, entries, desk.seal.sign_statement(statement))
        talks = due(snapshots, desk.talks.of_year(year - 1), found.term, at)

        def write(session: Any) -> None:
            desk.years.save(call, found, at, session)
            desk.snapshots.add(snapshots, session)
            for talk in talks:
                desk.talks.add(_part(call), talk, at, session)

        desk.years.in_transaction(write)
        return found.id

    return _row(desk, desk.years.run(call, once))


@allow(*LEADERS, approves=True)
@command("decideLateChange", answers=form.CHANGE)
def decide_late_change(
    call: Call,
    desk: Desk,
    *,
    entry_id: common.EntryId,
    approved: form.Approved,
    reason: common.Reason,
) -> Row:
    """审定封存后变动（主席会议）。Whether an entry that came after the freeze counts.

    If it does, by an amendment, signed too. Raises LateChangeNotFound, AlreadyDecided.
    """

    def once() -> str:
        change = desk.late_changes.get(entry_id)
        if change is None:
            raise errors.LateChangeNotFound
        at = desk.clock.now()
        change.decide(approved, reason, str(call.actor.account_id), at)
        amended = _amend(desk, change, at) if approved else None

        def write(session: Any) -> None:
            desk.late_changes.save(call, change, at, session)
            if amended is not None:
                year, snapshot = amended
                desk.years.save(_part(call), year, at, session)
                desk.snapshots.add([snapshot], session)

        desk.late_changes.in_transaction(write)
        return entry_id

    return desk.late_changes.row(desk.late_changes.run(call, once))


@allow(Role.SYSTEM)
def turn_years(call: Call, desk: Desk) -> None:
    """What is due by itself: drafts, freezes, and the list of what came after a freeze."""
    at = desk.clock.now()
    freeze_days, appeal_days = desk.setting(FREEZE_DAYS), desk.setting(APPEAL_DAYS)
    known = {found.year: found for found in desk.years.all()}
    for year in (y for y in desk.ledger.years() if y < at.year):
        found = known.get(year)
        if found is None:
            # Of years before the last the office decides: what came late may have no end yet.
            if year == at.year - 1 and at >= draft_due(year, freeze_days, appeal_days):
                publish_draft(call, desk, year=year)
        elif found.state is YearState.FROZEN:
            _list_late_changes(call, desk, found, at)
        elif at >= freeze_due(found, freeze_days) and not _unsettled(desk, year):
            freeze_year(call, desk, year=year)


def _row(desk: Desk, year_id: str) -> Row:
    found = desk.years.get(year_id)
    assert found is not None  # it was just written
    return year_row(found)


def _unsettled(desk: Desk, year: int) -> bool:
    return desk.appeals.open_in(year) or desk.manual.open_from_appeals(year)


def _snapshots(desk: Desk, year: int) -> list[Snapshot]:
    """One of every member who is compared, and of everyone else who has entries."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in desk.ledger.of_year(year):
        entries[entry.member_id].append(entry)
    ranked = {member.member_id: member for member in desk.members.ranked_in(year)}
    others = [member_id for member_id in entries if member_id not in ranked]
    members = [*ranked.values(), *desk.reading.members_of(others)]
    return [
        _snapshot(desk, member, year, entries[member.member_id], member.member_id in ranked)
        for member in members
    ]


def _snapshot(
    desk: Desk, member: Member, year: int, entries: list[Entry], ranked: bool, revision: int = 0
) -> Snapshot:
    return take(member, score(entries, desk.book, year, member), entries, ranked, revision)


def _amend(desk: Desk, change: LateChange, at: datetime) -> tuple[Year, Snapshot]:
    """The member's next revision with the approved entry, and the year that tells of it."""
    year = desk.years.of(change.year)
    entry = desk.ledger.entry(change.entry_id)
    if year is None or entry is None:  # between a replay's swap and now
        raise Conflict
    former = desk.snapshots.latest(change.year, [change.member_id]).get(change.member_id)
    member = former.member if former else desk.member(change.member_id)
    counted = set(former.entry_ids if former else ()) | {entry.entry_id}
    entries = desk.ledger.of_members([member.member_id], change.year)
    snapshot = _snapshot(
        desk,
        member,
        change.year,
        [e for e in entries if e.entry_id in counted],
        former.ranked if former else False,
        former.revision + 1 if former else 1,
    )
    statement = {
        "year": change.year,
        "snapshot": snapshot.id,
        "digest": snapshot.digest,
        "entry": entry.entry_id,
        "amended_at": at.isoformat(),
    }
    signature = desk.seal.sign_statement(statement)
    year.amendments.append(
        {
            "snapshot": snapshot.id,
            "member_id": member.member_id,
            "entry_id": entry.entry_id,
            "digest": snapshot.digest,
            "signature": signature,
            "at": at,
        }
    )
    return year, snapshot


def _list_late_changes(call: Call, desk: Desk, year: Year, at: datetime) -> None:
    """A count tells whether there is anything new, so that most looks cost one query."""
    known = year.entries + desk.late_changes.count({"year": year.year})
    if desk.ledger.size_of_year(year.year) == known:
        return
    listed = desk.late_changes.known(year.year)
    counted = {
        member: frozenset(s.entry_ids) for member, s in desk.snapshots.of_year(year.year).items()
    }
    for member_id, entry_id in late(desk.ledger.ids_of_year(year.year), counted):
        if entry_id not in listed:
            change = LateChange(entry_id, member_id, year.term, year.year, at)
            desk.late_changes.add_once(call, change, at)


def _part(call: Call) -> Call:
    """The same cause, without the command id: the first document alone keeps it."""
    return Call(call.actor, call.correlation_id, call.causation_id)
