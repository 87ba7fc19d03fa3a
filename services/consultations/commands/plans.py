"""The annual consultation plan; with its decision the topics are taken up, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors, plans, topics
from services.consultations.domain.plans import Plan
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import ConsultationState, PlanState
from services.consultations.schemas import common
from services.consultations.schemas import plans as form
from shared.actor import allow
from shared.call import Call
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing
from shared.persistence.changing import Act, apart, require_version


@allow(*access.STAFF)
@command("writeConsultationPlan", answers=common.PLAN)
def write_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.WrittenPlanId | None,
    year: common.Year,
    title: common.Title,
    note: form.PlanNote,
    topics: form.Topics,
    expected_version: ExpectedVersion | None,
) -> str:
    """起草年度协商计划。Draft the plan of a year, or change its draft.

    Raises PlanExists, Unfit for topics that are no longer proposed, StaleVersion.
    """

    def check(at: datetime) -> None:
        known = desk.consultations.by_ids(topics)
        if len(known) < len(set(topics)) or any(
            one.state is not ConsultationState.PROPOSED for one in known
        ):
            raise errors.Unfit("只能列入征题中的议题", field="topics")

    if plan_id is None:
        term = desk.members.current_term()
        id = plans.plan_id(term, year)

        def make(at: datetime) -> Plan:
            if desk.plans.get(id) is not None:
                raise errors.PlanExists
            check(at)
            plan = Plan(id=id, term=term, year=year, title=title, created_at=at)
            plan.note_state(PlanState.DRAFT.value, at)
            plans.write(plan, title, note, topics)
            return plan

        return changing.create(call, desk, desk.plans, make)

    def act(plan: Plan, at: datetime) -> None:
        require_version(plan, expected_version)
        check(at)
        plans.write(plan, title, note, topics)

    return _change(call, desk, plan_id, act)


@allow(*access.STAFF)
@command("sendConsultationPlan", answers=common.PLAN)
def send_plan(call: Call, desk: Desk, *, plan_id: form.PlanId) -> str:
    """协商计划送主席会议审议。Send the draft to the Chairpersons' Council."""
    return _change(call, desk, plan_id, lambda p, at: plans.send(p, desk.limits.review(at), at))


@allow(*access.HEADS, approves=True)
@command("reviewConsultationPlan", answers=common.PLAN)
def review_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    passed: common.Passed,
    reason: common.WhyNot,
) -> str:
    """主席会议审议协商计划。Pass the plan on to the Party committee, or return it."""
    return _change(call, desk, plan_id, lambda p, at: plans.review(p, passed, reason, at))


@allow(access.OFFICE)
@command("decideConsultationPlan", answers=common.PLAN)
def decide_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    approved: form.Approved,
    document_no: common.DocumentNo | None,
    decided_on: common.DecidedOn | None,
    reason: common.WhyNot,
) -> str:
    """登记党委审定结果（文号、日期）。Record what the Party committee has decided.

    Its topics are in the plan from then on. Raises Incomplete without document, date or reason.
    """
    if not approved:
        if not reason:
            raise errors.Incomplete("未审定的请说明理由", field="reason")
        return _change(call, desk, plan_id, lambda p, at: plans.send_back(p, reason, at))
    if document_no is None or decided_on is None:
        raise errors.Incomplete("请填写文号和审定日期", field="documentNo")

    def act(plan: Plan, at: datetime) -> Sequence[str]:
        plans.decide(plan, document_no, _past(decided_on, at), at)
        return plan.topics

    return _with_topics(call, desk, plan_id, act)


@allow(access.OFFICE)
@command("supplementConsultationPlan", answers=common.PLAN)
def supplement_plan(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    topics: form.Topics,
    document_no: common.DocumentNo,
    decided_on: common.DecidedOn,
) -> str:
    """经党委同意增补议题。Add topics in the course of the year, as the Party committee decided."""

    def act(plan: Plan, at: datetime) -> Sequence[str]:
        plans.supplement(plan, topics, document_no, _past(decided_on, at))
        return plan.decisions[-1].topics

    return _with_topics(call, desk, plan_id, act)


@allow(access.OFFICE)
@command("publishConsultationPlan", answers=common.PLAN)
def publish_plan(call: Call, desk: Desk, *, plan_id: form.PlanId) -> str:
    """公布年度协商计划。Publish the plan: everybody may see it, and its topics."""

    def once() -> str:
        def write(session: Any) -> None:
            at = desk.clock.now()
            plan = _found(call, desk, plan_id)
            plans.publish(plan, at)
            desk.plans.save(call, plan, at, session)
            for one in desk.consultations.by_ids(plan.topics):
                one.public = True
                desk.consultations.save(apart(call), one, at, session)

        desk.plans.in_transaction(write)
        return plan_id

    return desk.plans.run(call, once)


def _past(decided_on: datetime, at: datetime) -> datetime:
    if decided_on > at:
        raise errors.Unfit("审定日期不能晚于今天", field="decidedOn")
    return decided_on


def _found(call: Call, desk: Desk, plan_id: str) -> Plan:
    seen = access.visible_plans(call.actor)
    return changing.found(desk.plans, plan_id, errors.MatterNotFound, seen)


def _change(call: Call, desk: Desk, plan_id: str, act: Act[Plan]) -> str:
    return changing.change(call, desk, desk.plans, lambda: _found(call, desk, plan_id), act)


def _with_topics(call: Call, desk: Desk, plan_id: str, act: Any) -> str:
    """`act` gives the topics that are taken up by the same write."""

    def once() -> str:
        def write(session: Any) -> None:
            at = desk.clock.now()
            plan = _found(call, desk, plan_id)
            taken = act(plan, at)
            desk.plans.save(call, plan, at, session)
            for one in _topics(desk, taken):
                topics.take_up(one, plan.id, plan.state is PlanState.PUBLISHED, at)
                one.year = plan.year
                desk.consultations.save(apart(call), one, at, session)

        desk.plans.in_transaction(write)
        return plan_id

    return desk.plans.run(call, once)


def _topics(desk: Desk, ids: Sequence[str]) -> list[Consultation]:
    known = desk.consultations.by_ids(ids)
    if len(known) < len(set(ids)):
        raise errors.MatterNotFound
    return known
