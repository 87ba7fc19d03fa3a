"""Reading what people decide about points: requests by hand, appeals, rules, years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from services.performance.commands.manual import CONFIRMS
from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.drafts import RulesState, rules_id
from services.performance.domain.members import Group
from services.performance.domain.ranking import ranked
from services.performance.domain.rules import RuleSet, WhatIf
from services.performance.queries.points import SEES_ALL, SEES_GROUP, SEES_RANKING, VIEWERS
from services.performance.queries.rows import (
    Page,
    Row,
    comparison_row,
    rules_row,
    sheet_row,
    year_row,
)
from services.performance.schemas import common
from services.performance.schemas import desk as form
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.paging import decode_cursor, encode_cursor

NEWEST_REQUEST = [("requested_at", -1), ("_id", 1)]
NEWEST_APPEAL = [("submitted_at", -1), ("_id", 1)]
NEWEST_TALK = [("due_at", -1), ("_id", 1)]
NEWEST_CHANGE = [("listed_at", -1), ("_id", 1)]
SEES_DRAFTS = LEADERS | {Role.OFFICE}
Filter = Mapping[str, Any]


@allow(*VIEWERS)
@query("pointsRequests", gives="PointsRequest")
def list_requests(
    call: Call,
    desk: Desk,
    *,
    first: First,
    after: After | None,
    **filter: Unpack[form.RequestFilter],
) -> Page:
    """人工记分申请，新的在前。Requests for points by hand, newest first.

    All for the office, own and own group's for others.
    """
    return desk.manual.page(_requests(call, desk, filter), NEWEST_REQUEST, first, after)


@allow(*VIEWERS)
@query()
def count_requests(call: Call, desk: Desk, **filter: Unpack[form.RequestFilter]) -> int:
    return desk.manual.count(_requests(call, desk, filter))


@allow(*Role)
@query(loads="PointsRequest")
def requests_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in VIEWERS:
        return []
    return desk.manual.rows({"$and": [{"_id": {"$in": ids}}, _requests(call, desk, {})]})


@allow(*Role)
@query(loads="PointsAppeal")
def appeals_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in MEMBER_ROLES | SEES_ALL:
        return []
    return desk.appeals.rows({"$and": [{"_id": {"$in": ids}}, _appeals(call, {})]})


@allow(*MEMBER_ROLES, *SEES_ALL)
@query("pointsAppeals", gives="PointsAppeal")
def list_appeals(
    call: Call,
    desk: Desk,
    *,
    first: First,
    after: After | None,
    **filter: Unpack[form.AppealFilter],
) -> Page:
    """积分申诉，新的在前；委员只见本人的。Appeals, newest first; members see their own."""
    return desk.appeals.page(_appeals(call, filter), NEWEST_APPEAL, first, after)


@allow(*MEMBER_ROLES, *SEES_ALL)
@query()
def count_appeals(call: Call, desk: Desk, **filter: Unpack[form.AppealFilter]) -> int:
    return desk.appeals.count(_appeals(call, filter))


@allow(*SEES_ALL)
@query("lateChanges", gives="LateChange")
def list_late_changes(
    call: Call, desk: Desk, *, first: First, after: After | None, **filter: Unpack[form.LateFilter]
) -> Page:
    """封存后变动，新的在前。Changes after a freeze, newest first."""
    return desk.late_changes.page(_given(filter), NEWEST_CHANGE, first, after)


@allow(*SEES_ALL)
@query()
def count_late_changes(call: Call, desk: Desk, **filter: Unpack[form.LateFilter]) -> int:
    return desk.late_changes.count(_given(filter))


@allow(*VIEWERS)
@query("performanceTalks", gives="PerformanceTalk")
def list_talks(
    call: Call, desk: Desk, *, first: First, after: After | None, **filter: Unpack[form.TalkFilter]
) -> Page:
    """履职谈话，新的在前；委员只见本人的。Talks after weak years, newest first.

    One's own, the convener's group's, all.
    """
    return desk.talks.page(_talks(call, filter), NEWEST_TALK, first, after)


@allow(*VIEWERS)
@query()
def count_talks(call: Call, desk: Desk, **filter: Unpack[form.TalkFilter]) -> int:
    return desk.talks.count(_talks(call, filter))


@allow(*Role)
@query(loads="PerformanceTalk")
def talks_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in VIEWERS:
        return []
    return desk.talks.rows({"$and": [{"_id": {"$in": ids}}, _talks(call, {})]})


@allow(*VIEWERS)
@query("scoringRules", gives="[ScoringRules!]")
def rule_sets(call: Call, desk: Desk) -> list[Row]:
    """各版本积分办法，旧的在前。Versions of the rules, oldest first.

    Drafts for those who write or decide them.
    """
    drafts = call.actor.role in SEES_DRAFTS
    return [
        *(rules_row(document) for document in desk.rules.documents()),
        *(
            rules_row(draft.document, draft)
            for draft in desk.rules.all()
            if drafts or draft.state is RulesState.APPROVED
        ),
    ]


@allow(*VIEWERS)
@query("pointsYears", gives="[PointsYear!]")
def performance_years(call: Call, desk: Desk) -> list[Row]:
    """已公示或封存的年度，新的在前。Years with a draft or frozen, newest first."""
    return [year_row(year) for year in reversed(desk.years.all())]


@allow(*SEES_RANKING)
@query("whatIfRanking", gives="WhatIfEntry")
def list_what_if(
    call: Call,
    desk: Desk,
    *,
    version_no: form.OtherVersion,
    year: common.OfYear | None,
    first: First,
    after: After | None,
) -> Page:
    """按另一版本办法试算的排名。The ranking of a year by other rules, beside the present one.

    All who are compared, by their place under the other rules. Raises RulesNotFound.
    """
    scheme = WhatIf(desk.book, _rule_set(desk, version_no))
    of_year = desk.reading.year(year)
    members = desk.reading.compared_in(of_year)
    now = {s.sheet.member_id: s for s in ranked(desk.reading.sheets(members, of_year))}
    then = ranked(desk.reading.sheets(members, of_year, scheme))
    begin = decode_cursor(after, int)[0] if after is not None else 0
    rows = [
        comparison_row(now[standing.sheet.member_id], standing, encode_cursor([place]))
        for place, standing in enumerate(then[begin : begin + first], begin + 1)
    ]
    return {"rows": rows, "has_next": len(then) > begin + first}


@allow(*SEES_RANKING)
@query()
def count_what_if(
    call: Call, desk: Desk, *, version_no: form.OtherVersion, year: common.OfYear | None
) -> int:
    """Raises RulesNotFound."""
    _rule_set(desk, version_no)
    return len(desk.reading.compared_in(desk.reading.year(year)))


@allow(*SEES_RANKING)
@query("whatIfScore", gives="Score")
def what_if_score(
    call: Call,
    desk: Desk,
    *,
    member_id: common.MemberId,
    year: common.OfYear | None,
    version_no: form.OtherVersion,
) -> Row:
    """按另一版本办法试算的积分及理由。A member's explained score by other rules.

    Raises RulesNotFound.
    """
    scheme = WhatIf(desk.book, _rule_set(desk, version_no))
    [sheet] = desk.reading.sheets([desk.member(member_id)], year, scheme)
    return sheet_row(sheet)


def _rule_set(desk: Desk, version_no: int) -> RuleSet:
    known = desk.book.version(version_no)
    if known is not None:
        return known
    draft = desk.rules.get(rules_id(version_no))
    if draft is None:
        raise errors.RulesNotFound(field="version")
    return RuleSet.parse(draft.document)


def _requests(call: Call, desk: Desk, filter: Filter) -> Row:
    actor = call.actor
    if actor.role in SEES_ALL:
        return _given(filter)
    seen = set(actor.memberships) if actor.role in MEMBER_ROLES else set()
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


def _talks(call: Call, filter: Filter) -> Row:
    actor = call.actor
    if actor.role in SEES_ALL:
        return _given(filter)
    seen: list[Row] = [{"member_id": actor.own}]
    if actor.role is Role.SECTOR_CONVENER and "sector_group" in actor.scope:
        seen.append({"sector_group": actor.scope["sector_group"]})
    return {"$and": [_given(filter), {"$or": seen}]}


def _appeals(call: Call, filter: Filter) -> Row:
    if call.actor.role in SEES_ALL:
        return _given(filter)
    return {"$and": [_given(filter), {"member_id": call.actor.own}]}


def _given(filter: Filter) -> Row:
    return {name: value for name, value in filter.items() if value is not None}
