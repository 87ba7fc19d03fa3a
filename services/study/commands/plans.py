"""The yearly plan: drafted by the office or a committee, approved by the Chairpersons' Council."""

from __future__ import annotations

from typing import Any

from services.study.commands import access
from services.study.commands.changing import found
from services.study.commands.ports import Desk
from services.study.domain.plans import Plan, Theme
from shared.actor import allow
from shared.call import Call

Row = dict[str, Any]


def plan_id(term: int, year: int) -> str:
    return f"{term}-{year}"


@allow(*access.DRAFTERS)
def write_plan(
    call: Call, desk: Desk, *, year: int, title: str, text: str, themes: list[Row]
) -> str:
    """Write the year's plan, or write it again until it is approved; its id."""
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
            plan.write(title, text, listed)
            desk.plans.save(call, plan, at)
        return key

    return desk.plans.run(call, once)


@allow(*access.DRAFTERS)
def propose_plan(call: Call, desk: Desk, *, plan_id: str) -> str:
    return _change(call, desk, plan_id, lambda plan: plan.propose())


@allow(*access.APPROVERS)
def decide_plan(
    call: Call, desk: Desk, *, plan_id: str, approved: bool, opinion: str | None
) -> str:
    at, by = desk.clock.now(), access.account(call.actor)
    return _change(call, desk, plan_id, lambda plan: plan.decide(approved, opinion, by, at))


@allow(*access.DRAFTERS)
def summarise_plan(call: Call, desk: Desk, *, plan_id: str, summary: str) -> str:
    return _change(call, desk, plan_id, lambda plan: plan.summarise(summary))


def _change(call: Call, desk: Desk, plan_id: str, act: Any) -> str:
    def once() -> str:
        plan = found(desk.plans, plan_id)
        act(plan)
        desk.plans.save(call, plan, desk.clock.now())
        return plan_id

    return desk.plans.run(call, once)
