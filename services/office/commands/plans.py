"""The annual plan's way. Nothing here sets progress: facts do (`paper_reactions`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.office.commands.ports import Desk
from services.office.domain import document_errors as errors
from services.office.domain.plan_facts import Counts
from services.office.domain.plans import Item, Plan
from services.office.schemas import common
from services.office.schemas import plans as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing

Act = Callable[[Plan, datetime], None]
Row = dict[str, Any]


def plan_id(term: int, year: int) -> str:
    """One plan for each year of a term."""
    return f"plan-{term}-{year}"


@allow(Role.OFFICE)
@command("draftWorkPlan", answers=form.PLAN)
def draft_plan(
    call: Call,
    desk: Desk,
    *,
    year: common.Year,
    title: common.Title,
    themes: form.Themes,
    items: form.Items,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """起草年度工作要点，通过前可修改（办公室）。Write the year's plan. Raises PlanUnfit."""
    listed = [_item(row) for row in items]

    def once() -> str:
        at, term = desk.clock.now(), desk.members.current_term()
        key = plan_id(term, year)
        plan = desk.plans.get(key)
        fresh = Plan(key, term, year, "", (), (), call.actor.account_id, at)
        drafted = plan or fresh
        changing.require_version(drafted, expected_version)
        drafted.draft(title, themes, listed)
        if plan is None:
            desk.plans.add(call, drafted, at)
        else:
            desk.plans.save(call, drafted, at)
        return key

    return desk.plans.run(call, once)


@allow(Role.OFFICE)
@command("adoptWorkPlan", answers=form.PLAN)
def adopt_plan(
    call: Call, desk: Desk, *, plan_id: form.PlanId, meeting: form.AdoptedBy, on: form.AdoptedOn
) -> str:
    """记录常委会议通过（办公室）。The Standing Committee has adopted it."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.adopt(meeting, on, by, at))


@allow(Role.OFFICE)
@command("sendWorkPlan", answers=form.PLAN)
def send_plan(call: Call, desk: Desk, *, plan_id: form.PlanId, on: form.SentOn | None) -> str:
    """报送区委（办公室）。Sent to the district Party committee."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.send(on, by, at))


@allow(Role.OFFICE)
@command("returnWorkPlan", answers=form.PLAN)
def return_plan(
    call: Call, desk: Desk, *, plan_id: form.PlanId, reason: common.Reason, on: form.ReturnedOn
) -> str:
    """记录区委退回修改（办公室），修改后重新通过并报送。The Party committee has returned it.

    It is a draft again, to be reworked, adopted and handed in once more.
    """
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.give_back(reason, on, by, at))


@allow(Role.OFFICE)
@command("forwardWorkPlan", answers=form.PLAN)
def forward_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    forwarded_by: form.ForwardedBy,
    forwarded_on: form.ForwardedOn,
    printed_on: common.PrintedOn,
    notice_id: form.NoticeId | None,
) -> str:
    """记录区委批转（办公室）。The Party committee has forwarded it."""
    by = call.actor.account_id

    def act(plan: Plan, at: datetime) -> None:
        if notice_id is not None and desk.incoming.get(notice_id) is None:
            raise errors.DocumentNotFound(field="noticeId")
        plan.forward(forwarded_by, forwarded_on, printed_on, notice_id, by, at)

    return _change(call, desk, plan_id, act)


@allow(Role.OFFICE)
@command("executeWorkPlan", answers=form.PLAN)
def execute_plan(call: Call, desk: Desk, *, plan_id: form.PlanId) -> str:
    """开始执行（办公室）。Begin to carry it out.

    From now on its progress is told; facts of the year that came earlier count too.
    """

    def act(plan: Plan, at: datetime) -> None:
        plan.execute(call.actor.account_id, at)
        plan.progress(desk.facts.count(plan))

    return _change(call, desk, plan_id, act)


@allow(*LEADERS)
@command("reviewWorkPlan", answers=form.PLAN)
def review_plan(call: Call, desk: Desk, *, plan_id: form.PlanId, review: form.Review) -> str:
    """年度总结（主席会议成员）。The year's review."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.conclude(review, by, at))


def _change(call: Call, desk: Desk, plan_id: str, act: Act) -> str:
    load = changing.loading(desk.plans, plan_id, errors.PlanNotFound)
    return changing.change(call, desk, desk.plans, load, act)


def _item(row: form.PlanItemInput) -> Item:
    where = {condition["field"]: condition["value"] for condition in row["where"] or ()}
    counts = Counts(row["source"], row["event"], where)
    return Item(
        code=row["code"],
        point=row["point"],
        phrase=row["phrase"],
        target=row["target"],
        duty=row["duty"],
        counts=counts,
        topics=tuple(row["topics"]),
    )
