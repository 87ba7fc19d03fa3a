"""Reading publicity. What a viewer may not see is not in the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.publicity.commands import access
from services.publicity.commands.ports import Desk
from services.publicity.queries.shaping import content_row, interview_row
from services.publicity.schemas import contents as form
from services.publicity.schemas import interviews as talk
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import both, given, shown

Row = dict[str, Any]
BY_CHANGE = [("changed_at", -1), ("_id", 1)]
BY_PLAN = [("planned_at", -1), ("_id", 1)]
AIRED: Row = {"state": "AIRED"}


@allow(*Role)
@query("publicityContents", gives="PublicityContent")
def list_contents(
    call: Call, desk: Desk, *, filter: form.ContentFilter, first: First, after: After | None
) -> Row:
    """宣传稿件，近期修改的在前；无须登录可看网站已发布的。Manuscripts, the latest changed first.

    Without an account: what the website shows.
    """
    page = desk.contents.page(_asked(call, filter), BY_CHANGE, first, after)
    return shown(page, [content_row(call.actor, row) for row in page["rows"]])


@allow(*Role)
@query()
def count_contents(call: Call, desk: Desk, *, filter: form.ContentFilter) -> int:
    return desk.contents.count(_asked(call, filter))


@allow(*Role)
@query(loads="PublicityContent")
def contents_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = both({"_id": {"$in": ids}}, access.visible(call.actor))
    return [content_row(call.actor, row) for row in desk.contents.rows(query)]


@allow(*Role)
@query("proposalInterviews", gives="ProposalInterview")
def list_interviews(
    call: Call, desk: Desk, *, filter: talk.InterviewFilter, first: First, after: After | None
) -> Row:
    """提案访谈，计划近的在前；无须登录可看已播出的。Interviews; without an account those aired."""
    page = desk.interviews.page(_of(call, filter), BY_PLAN, first, after)
    return shown(page, [interview_row(row) for row in page["rows"]])


@allow(*Role)
@query()
def count_interviews(call: Call, desk: Desk, *, filter: talk.InterviewFilter) -> int:
    return desk.interviews.count(_of(call, filter))


@allow(*Role)
@query(loads="ProposalInterview")
def interviews_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = both({"_id": {"$in": ids}}, _seen(call))
    return [interview_row(row) for row in desk.interviews.rows(query)]


def _asked(call: Call, filter: Mapping[str, Any]) -> Row:
    return both(given(filter, "state", "column"), access.visible(call.actor))


def _of(call: Call, filter: Mapping[str, Any]) -> Row:
    return both(given(filter, "state", "proposal"), _seen(call))


def _seen(call: Call) -> Row:
    """Who has no account, or belongs to a unit, sees what was aired."""
    known = (*access.MEMBERS, *access.WRITERS)
    return {} if call.actor.role in known else AIRED
