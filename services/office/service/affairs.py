"""Affairs, annual plans, internal rules and the staff's training."""

from __future__ import annotations

from typing import Any

from services.office.commands import affairs, library, plans
from services.office.queries import library as shelf
from services.office.queries import work
from services.office.schemas import fields
from services.office.schemas import papers as forms
from services.office.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read, rpc


class AffairMethods(Base):
    @rpc
    def raise_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.Raise.parse(payload)
        return self._affair(call, affairs.raise_affair(call, self.deps.papers, **data))

    @rpc
    def accept_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.OfAffair.parse(payload)
        return self._affair(call, affairs.accept_affair(call, self.deps.papers, **data))

    @rpc
    def start_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.OfAffair.parse(payload)
        return self._affair(call, affairs.start_affair(call, self.deps.papers, **data))

    @rpc
    def reject_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.RejectAffair.parse(payload)
        return self._affair(call, affairs.reject_affair(call, self.deps.papers, **data))

    @rpc
    def hand_over_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.HandOver.parse(payload)
        return self._affair(call, affairs.hand_over_affair(call, self.deps.papers, **data))

    @rpc
    def finish_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.Finish.parse(payload)
        return self._affair(call, affairs.finish_affair(call, self.deps.papers, **data))

    @rpc
    def rate_affair(self, call: Call, **payload: Any) -> Row:
        data = forms.Rate.parse(payload)
        return self._affair(call, affairs.rate_affair(call, self.deps.papers, **data))

    @read
    def list_affairs(self, call: Call, **payload: Any) -> Row:
        return work.list_affairs(call, self.deps.papers, **forms.ListAffairs.parse(payload))

    @read
    def count_affairs(self, call: Call, **payload: Any) -> int:
        return work.count_affairs(call, self.deps.papers, **forms.CountAffairs.parse(payload))

    @read
    def affairs_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return work.affairs_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    def _affair(self, call: Call, affair_id: str) -> Row:
        """The affair as the one who acted sees it now; its id alone if no longer seen."""
        rows = work.affairs_by_ids(call, self.deps.papers, ids=[affair_id])
        return rows[0] if rows else {"id": affair_id}


class PlanMethods(Base):
    @rpc
    def draft_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.DraftPlan.parse(payload)
        return self._plan(call, plans.draft_plan(call, self.deps.papers, **data))

    @rpc
    def adopt_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.Adopt.parse(payload)
        return self._plan(call, plans.adopt_plan(call, self.deps.papers, **data))

    @rpc
    def send_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.Send.parse(payload)
        return self._plan(call, plans.send_plan(call, self.deps.papers, **data))

    @rpc
    def forward_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.Forward.parse(payload)
        return self._plan(call, plans.forward_plan(call, self.deps.papers, **data))

    @rpc
    def execute_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.OfPlan.parse(payload)
        return self._plan(call, plans.execute_plan(call, self.deps.papers, **data))

    @rpc
    def review_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.Review.parse(payload)
        return self._plan(call, plans.review_plan(call, self.deps.papers, **data))

    @read
    def list_plans(self, call: Call, **payload: Any) -> Row:
        return work.list_plans(call, self.deps.papers, **forms.ListPlans.parse(payload))

    @read
    def count_plans(self, call: Call, **payload: Any) -> int:
        return work.count_plans(call, self.deps.papers, **forms.CountPlans.parse(payload))

    @read
    def plans_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return work.plans_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    @read
    def list_plan_traces(self, call: Call, **payload: Any) -> Row:
        return work.list_plan_traces(call, self.deps.papers, **forms.ListTraces.parse(payload))

    @read
    def count_plan_traces(self, call: Call, **payload: Any) -> int:
        return work.count_plan_traces(call, self.deps.papers, **forms.CountTraces.parse(payload))

    def _plan(self, call: Call, plan_id: str) -> Row:
        [row] = work.plans_by_ids(call, self.deps.papers, ids=[plan_id])
        return row


class LibraryMethods(Base):
    @rpc
    def publish_rule(self, call: Call, **payload: Any) -> Row:
        data = forms.PublishRule.parse(payload)
        return self._rule(call, library.publish_rule(call, self.deps.papers, **data))

    @rpc
    def repeal_rule(self, call: Call, **payload: Any) -> Row:
        data = forms.Repeal.parse(payload)
        return self._rule(call, library.repeal_rule(call, self.deps.papers, **data))

    @rpc
    def record_training(self, call: Call, **payload: Any) -> Row:
        data = forms.RecordTraining.parse(payload)
        return self._training(library.record_training(call, self.deps.papers, **data))

    @rpc
    def withdraw_training(self, call: Call, **payload: Any) -> Row:
        data = forms.WithdrawTraining.parse(payload)
        return self._training(library.withdraw_training(call, self.deps.papers, **data))

    @read
    def list_internal_rules(self, call: Call, **payload: Any) -> Row:
        return shelf.list_rules(call, self.deps.papers, **forms.ListRules.parse(payload))

    @read
    def count_internal_rules(self, call: Call, **payload: Any) -> int:
        return shelf.count_rules(call, self.deps.papers, **forms.CountRules.parse(payload))

    @read
    def internal_rules_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return shelf.rules_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    @read
    def list_trainings(self, call: Call, **payload: Any) -> Row:
        return shelf.list_trainings(call, self.deps.papers, **forms.ListTrainings.parse(payload))

    @read
    def count_trainings(self, call: Call, **payload: Any) -> int:
        return shelf.count_trainings(call, self.deps.papers, **forms.CountTrainings.parse(payload))

    @read
    def trainings_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return shelf.trainings_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    @read
    def training_hours(self, call: Call, **payload: Any) -> list[Row]:
        return shelf.training_hours(call, self.deps.papers, **forms.OfYear.parse(payload))

    def _rule(self, call: Call, rule_id: str) -> Row:
        [row] = shelf.rules_by_ids(call, self.deps.papers, ids=[rule_id])
        return row

    def _training(self, training_id: str) -> Row:
        return self.deps.papers.trainings.row(training_id)
