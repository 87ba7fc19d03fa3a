"""Reading what people decide about points: requests by hand, appeals, rules, years."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from services.performance.commands.manual import CONFIRMS
from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.drafts import RuleDraft, RulesState, rules_id
from services.performance.domain.members import Group
from services.performance.domain.ranking import Standing, ranked
from services.performance.domain.rules import RuleSet, WhatIf
from services.performance.domain.scoring import ScoreSheet
from services.performance.domain.years import Year
from services.performance.queries.points import (
    SEES_ALL,
    SEES_GROUP,
    SEES_RANKING,
    VIEWERS,
    Page,
    Row,
)
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.persistence.paging import decode_cursor, encode_cursor

NEWEST_REQUEST = [("requested_at", -1), ("_id", 1)]
NEWEST_APPEAL = [("submitted_at", -1), ("_id", 1)]
NEWEST_TALK = [("due_at", -1), ("_id", 1)]
NEWEST_CHANGE = [("listed_at", -1), ("_id", 1)]
SEES_DRAFTS = frozenset({Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL})
Filter = dict[str, Any]


@allow(*VIEWERS)
def requests_page(call: Call, desk: Desk, filter: Filter, first: int, after: str | None) -> Page:
    """Points by hand, newest first: all for the office, own and own group's for others."""
    return desk.manual.page(_requests(call, desk, filter), NEWEST_REQUEST, first, after)


@allow(*VIEWERS)
def count_requests(call: Call, desk: Desk, filter: Filter) -> int:
    return desk.manual.count(_requests(call, desk, filter))


@allow(*Role)
def requests_by_ids(call: Call, desk: Desk, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in VIEWERS:
        return []
    return desk.manual.rows({"$and": [{"_id": {"$in": ids}}, _requests(call, desk, {})]})


@allow(*Role)
def appeals_by_ids(call: Call, desk: Desk, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in MEMBER_ROLES | SEES_ALL:
        return []
    return desk.appeals.rows({"$and": [{"_id": {"$in": ids}}, _appeals(call, {})]})


@allow(*MEMBER_ROLES, *SEES_ALL)
def appeals_page(call: Call, desk: Desk, filter: Filter, first: int, after: str | None) -> Page:
    """Appeals, newest first: all for the office and the Chairpersons' Council, one's own."""
    return desk.appeals.page(_appeals(call, filter), NEWEST_APPEAL, first, after)


@allow(*MEMBER_ROLES, *SEES_ALL)
def count_appeals(call: Call, desk: Desk, filter: Filter) -> int:
    return desk.appeals.count(_appeals(call, filter))


@allow(*SEES_ALL)
def late_changes_page(
    call: Call, desk: Desk, filter: Filter, first: int, after: str | None
) -> Page:
    return desk.late_changes.page(_given(filter), NEWEST_CHANGE, first, after)


@allow(*SEES_ALL)
def count_late_changes(call: Call, desk: Desk, filter: Filter) -> int:
    return desk.late_changes.count(_given(filter))


@allow(*VIEWERS)
def talks_page(call: Call, desk: Desk, filter: Filter, first: int, after: str | None) -> Page:
    """Talks after weak years, newest first: one's own, the convener's group's, all."""
    return desk.talks.page(_talks(call, filter), NEWEST_TALK, first, after)


@allow(*VIEWERS)
def count_talks(call: Call, desk: Desk, filter: Filter) -> int:
    return desk.talks.count(_talks(call, filter))


@allow(*Role)
def talks_by_ids(call: Call, desk: Desk, ids: list[str]) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in VIEWERS:
        return []
    return desk.talks.rows({"$and": [{"_id": {"$in": ids}}, _talks(call, {})]})


@allow(*VIEWERS)
def rule_sets(call: Call, desk: Desk) -> list[Row]:
    """All versions, oldest first; drafts for those who write or decide them."""
    built_in = [
        {"version": d["version"], "state": RulesState.APPROVED.value, "document": d}
        for d in desk.rules.documents()
    ]
    drafts = call.actor.role in SEES_DRAFTS
    written = [
        _draft_row(draft)
        for draft in desk.rules.all()
        if drafts or draft.state is RulesState.APPROVED
    ]
    return [*built_in, *written]


@allow(*VIEWERS)
def years(call: Call, desk: Desk) -> list[Year]:
    """Those that are open to appeal or frozen, newest first."""
    return list(reversed(desk.years.all()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A member's place by the rules in force, and by others."""

    now: Standing
    then: Standing


@allow(*SEES_RANKING)
def what_if_page(call: Call, desk: Desk, filter: Filter, first: int, after: str | None) -> Page:
    """All who are compared, by their place under the other rules. Raises RulesNotFound."""
    scheme = WhatIf(desk.book, _rule_set(desk, filter["version_no"]))
    of_year = desk.reading.year(filter["year"])
    members = desk.reading.compared_in(of_year)
    now = {s.sheet.member_id: s for s in ranked(desk.reading.sheets(members, of_year))}
    then = ranked(desk.reading.sheets(members, of_year, scheme))
    begin = int(decode_cursor(after, 1)[0]) if after is not None else 0
    rows = [
        (Comparison(now[standing.sheet.member_id], standing), encode_cursor([place]))
        for place, standing in enumerate(then[begin : begin + first], begin + 1)
    ]
    return {"rows": rows, "has_next": len(then) > begin + first}


@allow(*SEES_RANKING)
def count_what_if(call: Call, desk: Desk, filter: Filter) -> int:
    """Raises RulesNotFound."""
    _rule_set(desk, filter["version_no"])
    return len(desk.reading.compared_in(desk.reading.year(filter["year"])))


@allow(*SEES_RANKING)
def what_if_score(
    call: Call, desk: Desk, member_id: str, year: int | None, version_no: int
) -> ScoreSheet:
    """One member's explained score by other rules. Raises RulesNotFound."""
    scheme = WhatIf(desk.book, _rule_set(desk, version_no))
    [sheet] = desk.reading.sheets([desk.member(member_id)], year, scheme)
    return sheet


def _rule_set(desk: Desk, version_no: int) -> RuleSet:
    known = desk.book.version(version_no)
    if known is not None:
        return known
    draft = desk.rules.get(rules_id(version_no))
    if draft is None:
        raise errors.RulesNotFound(field="version")
    return RuleSet.parse(draft.document)


def _draft_row(draft: RuleDraft) -> Row:
    return {
        "id": draft.id,
        "version": draft.version_no,
        "state": draft.state.value,
        "document": draft.document,
        "drafted_at": draft.drafted_at,
        "decided_at": draft.decided_at,
        "document_no": draft.document_no,
        "decided_on": draft.decided_on,
        "reason": draft.reason,
    }


def _requests(call: Call, desk: Desk, filter: Filter) -> Filter:
    actor = call.actor
    if actor.role in SEES_ALL:
        return _given(filter)
    seen = {actor.member_id} if actor.role in MEMBER_ROLES and actor.member_id else set()
    if actor.role in CONFIRMS:
        seen |= set(desk.members.ids_in(_groups(actor)))
    return {"$and": [_given(filter), {"member_id": {"$in": sorted(seen)}}]}


def _groups(actor: Actor) -> list[Group]:
    """The groups of the acting role's scope."""
    return [
        Group(kind, actor.scope[kind.lower()])
        for kind in SEES_GROUP.get(actor.role, ())
        if kind.lower() in actor.scope
    ]


def _talks(call: Call, filter: Filter) -> Filter:
    actor = call.actor
    if actor.role in SEES_ALL:
        return _given(filter)
    seen: list[Filter] = [{"member_id": actor.member_id}] if actor.member_id else []
    if actor.role is Role.SECTOR_CONVENER and "sector_group" in actor.scope:
        seen.append({"sector_group": actor.scope["sector_group"]})
    return {"$and": [_given(filter), {"$or": seen or [{"_id": None}]}]}


def _appeals(call: Call, filter: Filter) -> Filter:
    if call.actor.role in SEES_ALL:
        return _given(filter)
    return {"$and": [_given(filter), {"member_id": call.actor.member_id}]}


def _given(filter: Filter) -> Filter:
    return {
        name: value.value if isinstance(value, Enum) else value
        for name, value in filter.items()
        if value is not None
    }
