"""Import of a roster in two steps: a check that writes nothing to memberships, then its rows one
by one, each by the commands that the office would have given itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.members.commands import nominations, profiles
from services.members.commands.ports import Roster
from services.members.domain.errors import ImportRowOutdated
from services.members.domain.imports import RosterImport
from services.members.domain.membership import JoinedVia, member_id
from services.members.domain.planning import plan, plan_all, typed
from services.members.domain.rows import Do, Outcome, SheetRow, Step, Words
from services.members.domain.snapshot import Snapshot
from services.members.domain.term import Term
from services.members.schemas import common
from services.members.schemas import imports as form
from services.members.schemas.sheet import read_row
from shared.actor import Actor, Role, allow
from shared.call import Call, CommandId
from shared.errors import AppError, Conflict, Unavailable
from shared.ids import new_id
from shared.operations import command

ROWS_AT_ONCE = 25  # of one turn of the timer, so that a process can stop soon


@allow(Role.OFFICE)
@command(answers=form.ROSTER_IMPORT)
def check_roster_import(
    call: Call,
    desk: Roster,
    *,
    term: common.TermNo | None,
    file_name: form.FileName,
    sha256: form.Sha256,
    rows: form.Rows,
) -> str:
    """What the rows of a sheet would do; the id of the import that holds it.

    rows: {"row": line of the sheet, "cells": {column: text}}; read: cells → values (schemas/sheet).
    Raises TermNotFound, TermClosed.
    """

    def once() -> str:
        of_term = desk.term(term)
        of_term.require_open()
        words = _words(desk, of_term)
        sheet = [
            replace(read_row(row["row"], row["cells"], words), hidden=row.get("hidden", False))
            for row in rows
        ]
        at = desk.clock.now()
        plans = plan_all(sheet, snapshot(desk, of_term, sheet, at))
        made = RosterImport(
            id=new_id(),
            term=of_term.no,
            file_name=file_name,
            sha256=sha256,
            counts=dict(Counter(plan.action.value for plan in plans)),
            checked_at=at,
            checked_by=str(call.actor.account_id),
        )
        desk.imports.add(call, made, zip(sheet, plans, strict=True), at)
        return made.id

    return desk.imports.run(call, once)


@allow(Role.OFFICE)
@command("applyRosterImport", answers=form.ROSTER_IMPORT)
def apply_roster_import(
    call: Call, desk: Roster, *, import_id: form.ImportId, skip_errors: form.SkipErrors
) -> str:
    """导入已检查的名册（办公室），进度见 rosterImport。Apply what was checked.

    Begin to do what the check said; sent again it changes nothing. Raises ImportNotFound,
    ImportExpired, ImportHasErrors, TermClosed.
    """
    at = desk.clock.now()

    def change(made: RosterImport) -> bool:
        return made.apply(
            at,
            str(call.actor.account_id),
            call.correlation_id,
            skip_errors=skip_errors,
            expired=desk.imports.expired(import_id),
        )

    return desk.imports.edit(call, import_id, at, change)


@allow(Role.SYSTEM)
def work_on_imports(call: Call, desk: Roster) -> None:
    """Do some rows of an import that was begun, in the name of who began it.

    Safe to run by several replicas and again after a crash: the commands of a row have ids made
    from (import, row, step), so each is done once.
    """
    made = desk.imports.claim()
    if made is None:
        return
    desk.imports.settle(made.id)
    rows = desk.imports.waiting(made.id, ROWS_AT_ONCE)
    for row in rows:
        _do_row(desk, made, row)
    if not rows:
        desk.imports.edit(call, made.id, desk.clock.now(), _finish(desk.clock.now()))
    desk.imports.release(made.id)


def _finish(at: datetime) -> Callable[[RosterImport], bool]:
    return lambda made: made.finish(at)


def _do_row(desk: Roster, made: RosterImport, row: Mapping[str, Any]) -> None:
    try:
        if not row.get("started") and not _start(desk, made, row):
            return
        for number, step in enumerate(row["steps"]):
            call = _call(made, f"{row['_id']}:{number}")
            STEPS[Do(step["do"])](call, desk, row["member_id"], step["arguments"])
    except (Unavailable, Conflict):
        raise  # the row waits for the next turn
    except AppError as error:
        desk.imports.finish_row(row["_id"], Outcome.REFUSED, error.items)
    else:
        desk.imports.finish_row(row["_id"], Outcome.APPLIED)


def _start(desk: Roster, made: RosterImport, row: Mapping[str, Any]) -> bool:
    """From here on the row's steps are done to their end; False if it is refused instead.

    Another replica may have begun it since it was read: then what has changed is its own work.
    """
    try:
        _require_as_checked(desk, made, row)
    except ImportRowOutdated as outdated:
        desk.imports.refuse_row(row["_id"], outdated.items)
        return False
    return desk.imports.start_row(row["_id"])


def _require_as_checked(desk: Roster, made: RosterImport, row: Mapping[str, Any]) -> None:
    """Raises ImportRowOutdated unless the row would still do what the report said."""
    sheet_row = SheetRow(row["number"], row["values"])
    of_term = desk.term(made.term)
    now = plan(sheet_row, snapshot(desk, of_term, [sheet_row], desk.clock.now()))
    if now.problems:
        raise ImportRowOutdated.because(now.problems)
    if now.steps != tuple(Step(Do(step["do"]), step["arguments"]) for step in row["steps"]):
        raise ImportRowOutdated


def _call(made: RosterImport, id: str) -> Call:
    account = str(made.applied_by)
    actor = Actor(account, Role.OFFICE)
    return Call(actor, str(made.correlation_id), command=CommandId(account, id, fingerprint=id))


# -- the commands of a row -----------------------------------------------------------------


def _nominate(call: Call, desk: Roster, _member_id: str, given: Mapping[str, Any]) -> None:
    nominations.nominate_member(call, desk, **typed(given))


def _appoint(call: Call, desk: Roster, id: str, given: Mapping[str, Any]) -> None:
    joined_on = given.get("joined_on")
    nominations.appoint_member(
        call,
        desk,
        member_id=id,
        joined_via=JoinedVia(given["joined_via"]),
        joined_on=datetime.fromisoformat(joined_on) if joined_on else None,
    )


def _change_profile(call: Call, desk: Roster, id: str, given: Mapping[str, Any]) -> None:
    changes: Any = typed(given)
    profiles.change_profile(call, desk, member_id=id, changes=changes)


def _change_posts(call: Call, desk: Roster, id: str, given: Mapping[str, Any]) -> None:
    profiles.change_post(call, desk, member_id=id, posts=given["posts"])


STEPS: Mapping[Do, Callable[[Call, Roster, str, Mapping[str, Any]], None]] = {
    Do.NOMINATE: _nominate,
    Do.APPOINT: _appoint,
    Do.CHANGE_PROFILE: _change_profile,
    Do.CHANGE_POSTS: _change_posts,
}


# -- what planning needs -------------------------------------------------------------------


def snapshot(desk: Roster, term: Term, rows: Iterable[SheetRow], at: datetime) -> Snapshot:
    """The memberships and persons that the rows may touch, by a handful of queries."""
    values = [row.values for row in rows]
    numbers = {v[key] for v in values for key in ("member_no", "former_member_no") if v.get(key)}
    names = {v["name"] for v in values if v.get("name")}
    store = desk.memberships
    named = store.many(map(member_id, numbers))
    persons = {p.id: p for p in store.persons_named(names)}
    persons |= {p.id: p for p in store.persons({m.person_id for m in named} - persons.keys())}
    found = [*store.of_persons(persons), *store.seated(term.no)]
    return Snapshot(
        term=term,
        at=at,
        organisations=desk.organisations.all(),
        memberships={membership.id: membership for membership in found},
        persons=persons,
    )


def _words(desk: Roster, term: Term) -> Words:
    """A sector or organisation goes by its name, its short name, or (a sector) its code."""
    sectors = {
        word: row["code"]
        for row in desk.sectors.rows(term.sector_set)
        for word in (row["short_name"], row["name"], row["code"])
    }
    organisations: dict[Any, dict[str, str]] = {}
    for each in desk.organisations.all().values():
        if each.is_active:
            known = organisations.setdefault(each.kind, {})
            known |= {word: each.id for word in (each.short_name, each.name) if word}
    return Words(sectors, organisations)
