"""Import of a roster in two steps: a check that writes nothing to memberships, then its rows one
by one, each by the commands that the office would have given itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.members.commands import nominations, profiles
from services.members.commands.ports import Roster
from services.members.domain.errors import ImportRowOutdated
from services.members.domain.imports import RosterImport
from services.members.domain.membership import JoinedVia, member_id
from services.members.domain.planning import plan, plan_all, posts_of, typed
from services.members.domain.rows import Do, Outcome, SheetRow, Step, Words
from services.members.domain.snapshot import Snapshot
from services.members.domain.term import Term
from shared.actor import Actor, Role, allow
from shared.call import Call, CommandId
from shared.errors import AppError, Conflict, Unavailable
from shared.ids import new_id

ROWS_AT_ONCE = 25  # of one turn of the timer, so that a process can stop soon
Cells = Mapping[str, str]
Read = Callable[[int, Cells, Words], SheetRow]


@allow(Role.OFFICE)
def check_roster_import(
    call: Call,
    roster: Roster,
    *,
    term: int | None,
    file_name: str,
    sha256: str,
    rows: Sequence[Mapping[str, Any]],
    read: Read,
) -> str:
    """What the rows of a sheet would do; the id of the import that holds it.

    rows: {"row": line of the sheet, "cells": {column: text}}; read: cells → values (schemas/sheet).
    Raises TermNotFound, TermClosed.
    """

    def once() -> str:
        of_term = roster.term(term)
        of_term.require_open()
        words = _words(roster, of_term)
        sheet = [read(row["row"], row["cells"], words) for row in rows]
        at = roster.clock.now()
        plans = plan_all(sheet, snapshot(roster, of_term, sheet, at))
        made = RosterImport(
            id=new_id(),
            term=of_term.no,
            file_name=file_name,
            sha256=sha256,
            counts=dict(Counter(plan.action.value for plan in plans)),
            checked_at=at,
            checked_by=str(call.actor.account_id),
        )
        roster.imports.add(call, made, zip(sheet, plans, strict=True), at)
        return made.id

    return roster.imports.run(call, once)


@allow(Role.OFFICE)
def apply_roster_import(call: Call, roster: Roster, *, import_id: str, skip_errors: bool) -> str:
    """Begin to do what the check said; sent again it changes nothing.

    Raises ImportNotFound, ImportExpired, ImportHasErrors, TermClosed.
    """
    at = roster.clock.now()

    def change(made: RosterImport) -> bool:
        return made.apply(
            at,
            str(call.actor.account_id),
            call.correlation_id,
            skip_errors=skip_errors,
            expired=roster.imports.expired(import_id),
        )

    return roster.imports.edit(call, import_id, at, change)


@allow(Role.SYSTEM)
def work_on_imports(call: Call, roster: Roster) -> None:
    """Do some rows of an import that was begun, in the name of who began it.

    Safe to run by several replicas and again after a crash: the commands of a row have ids made
    from (import, row, step), so each is done once.
    """
    made = roster.imports.claim()
    if made is None:
        return
    roster.imports.settle(made.id)
    rows = roster.imports.waiting(made.id, ROWS_AT_ONCE)
    for row in rows:
        _do_row(roster, made, row)
    if not rows:
        roster.imports.edit(call, made.id, roster.clock.now(), _finish(roster.clock.now()))
    roster.imports.release(made.id)


def _finish(at: datetime) -> Callable[[RosterImport], bool]:
    return lambda made: made.finish(at)


def _do_row(roster: Roster, made: RosterImport, row: Mapping[str, Any]) -> None:
    try:
        if not row.get("started") and not _start(roster, made, row):
            return
        for number, step in enumerate(row["steps"]):
            call = _call(made, f"{row['_id']}:{number}")
            STEPS[Do(step["do"])](call, roster, row["member_id"], step["arguments"])
    except (Unavailable, Conflict):
        raise  # the row waits for the next turn
    except AppError as error:
        roster.imports.finish_row(row["_id"], Outcome.REFUSED, error.items)
    else:
        roster.imports.finish_row(row["_id"], Outcome.APPLIED)


def _start(roster: Roster, made: RosterImport, row: Mapping[str, Any]) -> bool:
    """From here on the row's steps are done to their end; False if it is refused instead.

    Another replica may have begun it since it was read: then what has changed is its own work.
    """
    try:
        _require_as_checked(roster, made, row)
    except ImportRowOutdated as outdated:
        roster.imports.refuse_row(row["_id"], outdated.items)
        return False
    return roster.imports.start_row(row["_id"])


def _require_as_checked(roster: Roster, made: RosterImport, row: Mapping[str, Any]) -> None:
    """Raises ImportRowOutdated unless the row would still do what the report said."""
    sheet_row = SheetRow(row["number"], row["values"])
    of_term = roster.term(made.term)
    now = plan(sheet_row, snapshot(roster, of_term, [sheet_row], roster.clock.now()))
    if now.problems:
        raise ImportRowOutdated.because(now.problems)
    if now.steps != tuple(Step(Do(step["do"]), step["arguments"]) for step in row["steps"]):
        raise ImportRowOutdated


def _call(made: RosterImport, id: str) -> Call:
    account = str(made.applied_by)
    actor = Actor(account, Role.OFFICE)
    return Call(actor, str(made.correlation_id), command=CommandId(account, id, fingerprint=id))


# -- the commands of a row -----------------------------------------------------------------


def _nominate(call: Call, roster: Roster, _member_id: str, given: Mapping[str, Any]) -> None:
    nominations.nominate_member(call, roster, **typed(given))


def _appoint(call: Call, roster: Roster, id: str, given: Mapping[str, Any]) -> None:
    joined_on = given.get("joined_on")
    nominations.appoint_member(
        call,
        roster,
        member_id=id,
        joined_via=JoinedVia(given["joined_via"]),
        joined_on=datetime.fromisoformat(joined_on) if joined_on else None,
    )


def _change_profile(call: Call, roster: Roster, id: str, given: Mapping[str, Any]) -> None:
    profiles.change_profile(call, roster, member_id=id, changes=typed(given))


def _change_posts(call: Call, roster: Roster, id: str, given: Mapping[str, Any]) -> None:
    profiles.change_post(call, roster, member_id=id, posts=posts_of(given["posts"]))


STEPS: Mapping[Do, Callable[[Call, Roster, str, Mapping[str, Any]], None]] = {
    Do.NOMINATE: _nominate,
    Do.APPOINT: _appoint,
    Do.CHANGE_PROFILE: _change_profile,
    Do.CHANGE_POSTS: _change_posts,
}


# -- what planning needs -------------------------------------------------------------------


def snapshot(roster: Roster, term: Term, rows: Iterable[SheetRow], at: datetime) -> Snapshot:
    """The memberships and persons that the rows may touch, by a handful of queries."""
    values = [row.values for row in rows]
    numbers = {v[key] for v in values for key in ("member_no", "former_member_no") if v.get(key)}
    names = {v["name"] for v in values if v.get("name")}
    store = roster.memberships
    named = store.many(map(member_id, numbers))
    persons = {p.id: p for p in store.persons_named(names)}
    persons |= {p.id: p for p in store.persons({m.person_id for m in named} - persons.keys())}
    found = [*store.of_persons(persons), *store.seated(term.no)]
    return Snapshot(
        term=term,
        at=at,
        organisations=roster.organisations.all(),
        memberships={membership.id: membership for membership in found},
        persons=persons,
    )


def _words(roster: Roster, term: Term) -> Words:
    """A sector or organisation goes by its name, its short name, or (a sector) its code."""
    sectors = {
        word: row["code"]
        for row in roster.sectors.rows(term.sector_set)
        for word in (row["short_name"], row["name"], row["code"])
    }
    organisations: dict[Any, dict[str, str]] = {}
    for each in roster.organisations.all().values():
        if each.is_active:
            known = organisations.setdefault(each.kind, {})
            known |= {word: each.id for word in (each.short_name, each.name) if word}
    return Words(sectors, organisations)
