"""The annual plan's way. Nothing here sets progress: facts do (`paper_reactions`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from services.office.commands.paper_ports import Papers
from services.office.domain import document_errors as errors
from services.office.domain.plan_facts import Counts
from services.office.domain.plans import Duty, Item, Plan
from shared.actor import Role, allow
from shared.call import Call

Act = Callable[[Plan, datetime], None]
Row = dict[str, Any]


def plan_id(term: int, year: int) -> str:
    """One plan for each year of a term."""
    return f"plan-{term}-{year}"


@allow(Role.OFFICE)
def draft_plan(
    call: Call, desk: Papers, *, year: int, title: str, themes: list[str], items: list[Row]
) -> str:
    """Write the year's plan, or write it again until it is adopted. Raises PlanUnfit."""
    listed = [_item(row) for row in items]

    def once() -> str:
        at, term = desk.clock.now(), desk.current_term()
        key = plan_id(term, year)
        plan = desk.plans.get(key)
        fresh = Plan(key, term, year, "", (), (), call.actor.account_id, at)
        drafted = plan or fresh
        drafted.draft(title, themes, listed)
        if plan is None:
            desk.plans.add(call, drafted, at)
        else:
            desk.plans.save(call, drafted, at)
        return key

    return desk.plans.run(call, once)


@allow(Role.OFFICE)
def adopt_plan(call: Call, desk: Papers, *, plan_id: str, meeting: str, on: date) -> str:
    """The Standing Committee has adopted it (0.1)."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.adopt(meeting, on, by, at))


@allow(Role.OFFICE)
def send_plan(call: Call, desk: Papers, *, plan_id: str, on: date | None) -> str:
    """To the district Party committee (0.2)."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.send(on, by, at))


@allow(Role.OFFICE)
def forward_plan(
    call: Call,
    desk: Papers,
    *,
    plan_id: str,
    forwarded_by: str,
    forwarded_on: date,
    printed_on: date,
    notice_id: str | None,
) -> str:
    """The Party committee has forwarded it; notice_id: its cover notice, an incoming document."""
    by = call.actor.account_id

    def act(plan: Plan, at: datetime) -> None:
        if notice_id is not None and desk.incoming.get(notice_id) is None:
            raise errors.DocumentNotFound(field="noticeId")
        plan.forward(forwarded_by, forwarded_on, printed_on, notice_id, by, at)

    return _change(call, desk, plan_id, act)


@allow(Role.OFFICE)
def execute_plan(call: Call, desk: Papers, *, plan_id: str) -> str:
    """From now on its progress is told; facts of the year that came earlier count too."""

    def act(plan: Plan, at: datetime) -> None:
        plan.execute(call.actor.account_id, at)
        plan.progress(desk.facts.count(plan))

    return _change(call, desk, plan_id, act)


@allow(Role.CHAIR_COUNCIL)
def review_plan(call: Call, desk: Papers, *, plan_id: str, review: str) -> str:
    """The year's review by the Chairpersons' Council."""
    by = call.actor.account_id
    return _change(call, desk, plan_id, lambda p, at: p.conclude(review, by, at))


def _change(call: Call, desk: Papers, plan_id: str, act: Act) -> str:
    def once() -> str:
        at = desk.clock.now()
        plan = desk.plans.get(plan_id)
        if plan is None:
            raise errors.PlanNotFound
        act(plan, at)
        desk.plans.save(call, plan, at)
        return plan_id

    return desk.plans.run(call, once)


def _item(row: Row) -> Item:
    counts = Counts(row["source"], row["event"], dict(row["where"]))
    return Item(
        code=row["code"],
        point=row["point"],
        phrase=row["phrase"],
        target=row["target"],
        duty=Duty(row["duty"]),
        counts=counts,
        topics=tuple(row["topics"]),
    )
