"""The annual plan: its way, its three dates, progress from facts alone (0.1–0.8, section 7.11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.office.domain import document_errors as errors
from services.office.domain.plan_facts import REVERSALS, SOURCES, Counts, fact, undone
from services.office.domain.plans import Item, Plan, PlanState
from shared.contracts import names, sample_event
from shared.contracts.functions import DutyFunction
from tests.unit.office.documents import AT, CLERK

MOTIONS = Item(
    "MOTIONS",
    "6.1",
    "报送两件建议案",
    2,
    DutyFunction.PARTICIPATION,
    Counts("consultations", names.MOTION_DELIVERED, {}),
)
PLENARY = Item(
    "PLENARY",
    "0.1",
    "全体会议",
    1,
    DutyFunction.CONSULTATION,
    Counts("office", names.MEETING_ATTENDANCE_CONFIRMED, {"kind": "PLENARY"}),
)


def plan(*items: Item) -> Plan:
    drafted = Plan("plan-2017", 15, 2017, "", (), (), CLERK, AT)
    drafted.draft("2017年工作要点", ["聚力创新", "聚焦富民"], items or (MOTIONS, PLENARY))
    return drafted


def forwarded() -> Plan:
    one = plan()
    one.adopt("区政协十五届一次常委会议", date(2017, 1, 6), CLERK, AT)
    one.send(date(2017, 1, 9), CLERK, AT)
    days = (date(2017, 1, 25), date(2017, 1, 26))
    one.forward("中共苏州市吴江区委员会", *days, "document-2", CLERK, AT)
    return one


def test_adopted_forwarded_and_printed_are_three_days() -> None:
    one = forwarded()
    assert (one.adopted_on, one.forwarded_on, one.printed_on) == (
        date(2017, 1, 6),
        date(2017, 1, 25),
        date(2017, 1, 26),
    )
    one.execute(CLERK, AT)
    one.conclude("各项任务完成", CLERK, AT)
    assert [data["state"] for _, data in one.events] == [
        "ADOPTED",
        "SENT_TO_PARTY",
        "FORWARDED",
        "EXECUTING",
        "REVIEWED",
    ]
    assert one.state is PlanState.REVIEWED


def test_the_day_of_sending_need_not_be_known() -> None:
    one = plan()
    one.adopt("区政协十五届一次常委会议", date(2017, 1, 6), CLERK, AT)
    one.send(None, CLERK, AT)
    early = (date(2017, 1, 5), date(2017, 1, 26))
    with pytest.raises(errors.PlanUnfit):
        one.forward("中共苏州市吴江区委员会", *early, None, CLERK, AT)
    days = (date(2017, 1, 25), date(2017, 1, 26))
    one.forward("中共苏州市吴江区委员会", *days, None, CLERK, AT)
    assert (one.sent_on, one.forwarded_on) == (None, date(2017, 1, 25))


def test_no_step_is_skipped_and_no_day_is_before_the_last() -> None:
    one = plan()
    with pytest.raises(errors.WrongPlanState):
        one.execute(CLERK, AT)
    one.adopt("区政协十五届一次常委会议", date(2017, 1, 6), CLERK, AT)
    with pytest.raises(errors.PlanUnfit):
        one.send(date(2017, 1, 5), CLERK, AT)
    with pytest.raises(errors.PlanUnfit):
        one.send(date(2017, 2, 7), CLERK, AT)


def test_an_adopted_plan_is_not_rewritten() -> None:
    one = forwarded()
    with pytest.raises(errors.WrongPlanState):
        one.draft("新要点", [], [MOTIONS])


@pytest.mark.parametrize(
    "counts",
    [
        Counts("identity", "account_created", {}),
        Counts("consultations", names.MOTION_DELIVERED, {"kind": "PLENARY"}),
    ],
)
def test_an_item_counts_facts_that_are_heard(counts: Counts) -> None:
    with pytest.raises(errors.PlanUnfit):
        plan(Item("X", "1.1", "任务", 1, DutyFunction.SUPERVISION, counts))


def test_codes_of_items_are_unique_and_there_is_one() -> None:
    with pytest.raises(errors.PlanUnfit):
        plan(MOTIONS, MOTIONS)
    empty = Plan("plan-2018", 15, 2018, "", (), (), CLERK, AT)
    with pytest.raises(errors.PlanUnfit):
        empty.draft("2018年工作要点", [], [])


def test_progress_is_told_once_for_each_change() -> None:
    one = plan()
    assert one.progress({"MOTIONS": 1})
    one.events.clear()
    assert not one.progress({"MOTIONS": 1})
    assert one.progress({"MOTIONS": 0, "PLENARY": 1})
    assert [(data["item"], data["done"], data["target"]) for _, data in one.events] == [
        ("MOTIONS", 0, 2),
        ("PLENARY", 1, 1),
    ]


@pytest.mark.parametrize(("source", "event"), list(SOURCES))
def test_every_counted_event_names_its_fact(source: str, event: str) -> None:
    heard = sample_event(source, event)
    told = fact(source, event, heard.id, heard.subject, heard.data)
    again = fact(source, event, "another-event", heard.subject, heard.data)
    assert told.id == again.id
    assert told.year == 2017


@pytest.mark.parametrize(("source", "event"), list(REVERSALS))
def test_every_reversal_names_the_fact_it_takes_back(source: str, event: str) -> None:
    reversal = REVERSALS[source, event]
    original = sample_event(*reversal.of)
    told = fact(*reversal.of, original.id, original.subject, original.data)
    same: dict[str, Any] = {name: original.data[name] for name in reversal.id}
    assert undone(source, event, {**sample_event(source, event).data, **same}) == told.id


def test_a_plan_that_is_returned_is_reworked_and_handed_in_again() -> None:
    one = plan()
    with pytest.raises(errors.WrongPlanState):
        one.give_back("请补充民主监督内容", date(2017, 2, 1), CLERK, AT)
    one.adopt("区政协十五届一次常委会议", date(2017, 1, 6), CLERK, AT)
    one.send(date(2017, 1, 9), CLERK, AT)
    with pytest.raises(errors.PlanUnfit):
        one.give_back("请补充民主监督内容", date(2017, 1, 8), CLERK, AT)
    one.give_back("请补充民主监督内容", date(2017, 1, 20), CLERK, AT)
    assert (one.state, one.adopted_on, one.sent_on) == (PlanState.DRAFT, None, None)
    assert one.trail[-1].note == "请补充民主监督内容"
    assert one.events[-1][1]["reason"] == "请补充民主监督内容"
    one.draft("2017年工作要点（修改稿）", [], [MOTIONS])
    one.adopt("区政协十五届二次常委会议", date(2017, 1, 23), CLERK, AT)
    one.send(None, CLERK, AT)
    assert one.state is PlanState.SENT_TO_PARTY
