"""Figures of members' duties, by group, and who has been silent (section 4, statistics)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.performance.commands.ports import Desk
from services.performance.domain.figures import By, Tally, figures
from services.performance.domain.members import Group, GroupKind, Member
from services.performance.domain.years import ends
from services.performance.queries.points import (
    SEES_ALL,
    SEES_GROUP,
    VIEWERS,
    may_see,
    visible,
)
from services.performance.queries.rows import Page, Row, figures_row
from services.performance.schemas import common
from services.performance.schemas import statistics as form
from shared.actor import MEMBER_ROLES, Actor, allow
from shared.call import Call
from shared.contracts.functions import DutyFunction
from shared.contracts.setting_changes import CONTACTS_A_YEAR
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First
from shared.persistence.paging import decode_cursor, encode_cursor

SILENT_DAYS = "silent_days"
EVERYONE = "ALL"


@dataclass(frozen=True)
class _Year:
    """What the tallies of one year are made of."""

    members: Sequence[Member]
    sums: Mapping[str, Any]
    links: Sequence[tuple[str, str, int]]
    trained: frozenset[str]
    silent: frozenset[str]
    planned: frozenset[str]
    summarised: frozenset[str]
    until: datetime
    enough: int

    def tally(self, member_ids: Iterable[str]) -> Tally:
        ids = list(member_ids)
        mine = set(ids)
        links = {link: contacts for link, member, contacts in self.links if member in mine}
        return Tally(
            ids,
            self.sums,
            links,
            self.trained,
            self.silent,
            self.planned,
            self.summarised,
            self.enough,
        )

    def figures_of(self, member_ids: Iterable[str]) -> Row:
        return figures_row(figures(self.tally(member_ids)))


@allow(*VIEWERS)
@query()
def duty_statistics(
    call: Call,
    desk: Desk,
    *,
    by: form.By,
    year: common.OfYear | None,
    group_id: form.GroupKey | None,
    parts: form.Parts | None,
) -> list[Row]:
    """A row for each group of the kind, or for `group_id` alone, with the year before.

    All groups for those who see all; their own for others; by FUNCTION of all members. parts: how
    the asker divides the members by GENDER, for who sees all. Raises Forbidden.
    """
    of_year = desk.reading.year(year)
    if by is By.FUNCTION:
        return _by_functions(desk, of_year, group_id)
    if by is By.GENDER:
        return _by_parts(call, desk, of_year, parts or ())
    allowed = _allowed(call.actor, desk, by, of_year)
    within = _narrowed(by, group_id, allowed)
    now, before = (_gather(desk, y, within) for y in (of_year, of_year - 1))
    grouped = [_grouped(found.members, by) for found in (now, before)]
    keys = [
        key
        for key in sorted(grouped[0])
        if (allowed is None or key in allowed) and group_id in (None, key)
    ]
    return [
        _row(key, now.figures_of(grouped[0][key]), before.figures_of(grouped[1].get(key, ())))
        for key in keys
    ]


@allow(*VIEWERS)
@query("memberDutyFigures", gives="DutyStatistics")
def member_figures(
    call: Call, desk: Desk, *, member_id: common.MemberOrSelf | None, year: common.OfYear | None
) -> Row:
    """一位委员的履职数据。One member's figures.

    Raises Forbidden outside the viewer's own or group.
    """
    of_year = desk.reading.year(year)
    member = visible(call, desk.reading, member_id or desk.reading.own(call.actor, of_year))
    now, before = (_of_members(desk, y, [member]) for y in (of_year, of_year - 1))
    id = member.member_id
    return _row(id, now.figures_of([id]), before.figures_of([id]))


@allow(*VIEWERS)
@query("memberDuties", gives="MemberDuty")
def list_duties(
    call: Call,
    desk: Desk,
    *,
    member_id: common.MemberId,
    year: common.OfYear | None,
    first: First,
    after: After | None,
) -> Page:
    """一位委员的履职记录，旧的在前。What a member did in a year, oldest first.

    Absences are among it.
    """
    visible(call, desk.reading, member_id)
    return desk.duties.page_of(member_id, desk.reading.year(year), first, after)


@allow(*VIEWERS)
@query()
def count_duties(
    call: Call, desk: Desk, *, member_id: common.MemberId, year: common.OfYear | None
) -> int:
    visible(call, desk.reading, member_id)
    return desk.duties.count_of(member_id, desk.reading.year(year))


@allow(*SEES_ALL, *SEES_GROUP)
@query("silentMembers", gives="SilentMember")
def list_silent(call: Call, desk: Desk, *, first: First, after: After | None) -> Page:
    """长期无履职记录的委员。Members in office without any duty of late.

    None in the last days (setting); by their ids.

    All for those who see all; of the own group for others.
    """
    silent = _silent_members(call, desk)
    if after is not None:
        last = decode_cursor(after, str)[0]
        silent = [member_id for member_id in silent if member_id > last]
    shown = silent[:first]
    last_days = desk.duties.last_days(shown)
    rows = [
        {"member_id": id, "last_duty_on": last_days.get(id), "cursor": encode_cursor([id])}
        for id in shown
    ]
    return {"rows": rows, "has_next": len(silent) > first}


@allow(*SEES_ALL, *SEES_GROUP)
@query()
def count_silent(call: Call, desk: Desk) -> int:
    return len(_silent_members(call, desk))


def _silent_members(call: Call, desk: Desk) -> list[str]:
    now = desk.clock.now()
    members = desk.members.ranked_in(now.year)
    seen = sorted(m.member_id for m in members if may_see(call.actor, m))
    heard = desk.duties.heard_of(seen, _silence(desk, now), now)
    return [member_id for member_id in seen if member_id not in heard]


def _silence(desk: Desk, until: datetime) -> datetime:
    days: int = desk.setting(SILENT_DAYS)
    return until - timedelta(days=days)


def _row(key: str, now: Row, before: Row) -> Row:
    """A group's figures of a year, with those of the year before."""
    return {"key": key, **now, "previous": before}


def _by_parts(call: Call, desk: Desk, year: int, parts: Sequence[form.DutyPart]) -> list[Row]:
    if call.actor.role not in SEES_ALL:
        raise Forbidden
    now, before = (_gather(desk, y, ()) for y in (year, year - 1))
    known = [{m.member_id for m in found.members} for found in (now, before)]
    return [
        _row(
            part["key"],
            now.figures_of(id for id in part["member_ids"] if id in known[0]),
            before.figures_of(id for id in part["member_ids"] if id in known[1]),
        )
        for part in parts
    ]


def _by_functions(desk: Desk, year: int, wanted: str | None) -> list[Row]:
    """What all members did, function by function (decision 56)."""
    years = [_gather(desk, y, ()) for y in (year, year - 1)]
    rows = []
    for function in DutyFunction:
        if wanted in (None, function.value):
            now, before = (_of_function(desk, found, function) for found in years)
            rows.append(_row(function.value, now, before))
    return rows


def _of_function(desk: Desk, found: _Year, function: DutyFunction) -> Row:
    ids = [member.member_id for member in found.members]
    heard = desk.duties.heard_of(ids, _silence(desk, found.until), found.until, function)
    tally = found.tally(ids).of_function(function, frozenset(ids) - heard)
    return figures_row(figures(tally))


def _gather(desk: Desk, year: int, within: Sequence[Group]) -> _Year:
    return _of_members(desk, year, desk.members.ranked_in(year, within))


def _of_members(desk: Desk, year: int, members: Sequence[Member]) -> _Year:
    ids = [member.member_id for member in members]
    until = min(desk.clock.now(), ends(year))
    heard = desk.duties.heard_of(ids, _silence(desk, until), until)
    planned, summarised = desk.duties.years_written(year)
    return _Year(
        members=members,
        sums=desk.duties.sums(year, ids),
        links=desk.duties.links(ids, year, until),
        trained=desk.duties.trained(max((m.term for m in members), default=0), ids),
        silent=frozenset(ids) - heard,
        planned=_of_groups(members, planned),
        summarised=_of_groups(members, summarised),
        until=until,
        enough=desk.setting(CONTACTS_A_YEAR.name),
    )


def _of_groups(members: Iterable[Member], groups: frozenset[str]) -> frozenset[str]:
    """The members of these sector groups: what a group writes is its members' (2.9)."""
    return frozenset(
        member.member_id
        for member in members
        if any(g.kind is GroupKind.SECTOR_GROUP and g.id in groups for g in member.groups)
    )


def _grouped(members: Iterable[Member], by: By) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {EVERYONE: []} if by is By.ALL else {}
    for member in members:
        for key in _keys(member, by):
            found.setdefault(key, []).append(member.member_id)
    return found


def _keys(member: Member, by: By) -> list[str]:
    """The groups of the kind that the member is in."""
    if by is By.ALL:
        return [EVERYONE]
    if by.value in GroupKind.__members__:
        return [group.id for group in member.groups if group.kind == by.value]
    named = (trait.partition(":") for trait in member.traits)
    return [value for kind, _, value in named if kind == by.value]


def _allowed(actor: Actor, desk: Desk, by: By, year: int) -> set[str] | None:
    """The groups of the kind that the viewer may see, the own ones as of the year; None for all.

    Raises Forbidden for none.
    """
    if actor.role in SEES_ALL or (by is By.ALL and actor.role in VIEWERS):
        return None
    scoped = [
        actor.scope[kind.lower()]
        for kind in SEES_GROUP.get(actor.role, ())
        if kind.value == by.value and kind.lower() in actor.scope
    ]
    own: list[str] = []
    if actor.role in MEMBER_ROLES and actor.memberships:
        own = _keys(desk.member(desk.reading.own(actor, year)), by)
    if not scoped and not own:
        raise Forbidden("只能查看本组的履职统计")
    return {*scoped, *own}


def _narrowed(by: By, group_id: str | None, allowed: set[str] | None) -> list[Group]:
    """Groups that the members can be found by, so that few are read; none for everyone."""
    if by.value not in GroupKind.__members__:
        return []
    wanted = {group_id} if group_id is not None else allowed or set()
    return [Group(GroupKind(by.value), id) for id in sorted(wanted)]
