"""The yearly plan: drafted by the office or a committee, approved by the Chairpersons' Council."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from services.study.commands import access
from services.study.commands.changing import found
from services.study.commands.ports import Desk
from services.study.domain.plans import Plan, Theme
from services.study.schemas import common
from services.study.schemas import plans as form
from shared.actor import allow
from shared.call import Call
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing

Row = dict[str, Any]


def plan_id(term: int, year: int) -> str:
    return f"{term}-{year}"


@allow(*access.DRAFTERS)
@command("writeStudyPlan", answers=form.PLAN)
def write_plan(
    call: Call,
    desk: Desk,
    *,
    year: common.Year,
    title: common.Title,
    text: form.PlanText,
    themes: form.PlanThemes,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """编写年度学习计划，审定前可重写。Write the year's plan, again until it is approved."""
    term = desk.members.current_term()
    key, listed = plan_id(term, year), [Theme(**theme) for theme in themes]

    def once() -> str:
        at = desk.clock.now()
        plan = desk.plans.get(key)
        if plan is None:
            plan = Plan(key, term, year, title, text, [], access.account(call.actor))
            plan.write(title, text, listed)
            desk.plans.add(call, plan, at)
        else:
            changing.require_version(plan, expected_version)
            plan.write(title, text, listed)
            desk.plans.save(call, plan, at)
        return key

    return desk.plans.run(call, once)


@allow(*access.DRAFTERS)
@command("proposeStudyPlan", answers=form.PLAN)
def propose_plan(call: Call, desk: Desk, *, plan_id: form.PlanId) -> str:
    """提请审定学习计划。Ask the Chairpersons' Council to approve it."""
    return _change(call, desk, plan_id, lambda plan: plan.propose())


@allow(*access.APPROVERS, approves=True)
@command("decideStudyPlan", answers=form.PLAN)
def decide_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    approved: form.Approved,
    opinion: common.Opinion | None,
) -> str:
    """审定学习计划（主席会议）。Approve it, or give it back."""
    at, by = desk.clock.now(), access.account(call.actor)
    return _change(call, desk, plan_id, lambda plan: plan.decide(approved, opinion, by, at))


@allow(*access.DRAFTERS)
@command("summariseStudyPlan", answers=form.PLAN)
def summarise_plan(call: Call, desk: Desk, *, plan_id: form.PlanId, summary: form.Summary) -> str:
    """年度学习总结。Summarise the year."""
    return _change(call, desk, plan_id, lambda plan: plan.summarise(summary))


def _change(call: Call, desk: Desk, plan_id: str, act: Callable[[Plan], None]) -> str:
    load = partial(found, desk.plans, plan_id)
    return changing.change(call, desk, desk.plans, load, lambda plan, _: act(plan))
