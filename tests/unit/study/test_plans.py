"""The yearly plan: written, proposed, decided by the Chairpersons' Council, run, summarised."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.study.domain import errors
from services.study.domain.plans import Plan, PlanState, Theme
from shared.contracts import names
from tests.unit.study.samples import AT, CHOSEN, REQUIRED, plan, told

S = PlanState
CHAIR = "account-chair"


def proposed() -> Plan:
    made = plan()
    made.propose()
    return made


def test_required_themes_are_those_that_everybody_studies() -> None:
    assert plan().required == ["T1"]


def test_writing_again_replaces_everything_and_takes_the_proposal_back() -> None:
    made = proposed()
    made.write("2017年学习计划（修改）", "分四季度学习", (CHOSEN, REQUIRED))
    assert (made.title, made.text) == ("2017年学习计划（修改）", "分四季度学习")
    assert (made.themes, made.proposed, made.state) == ([CHOSEN, REQUIRED], False, S.DRAFT)


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        ([REQUIRED, Theme("T1", "协商民主", False)], "学习主题编号重复"),
        ([CHOSEN], "至少应有一个必学专题"),
        ([], "至少应有一个必学专题"),
    ],
)
def test_themes_that_do_not_fit_are_refused(themes: list[Theme], message: str) -> None:
    made = plan()
    with pytest.raises(errors.PlanUnfit, match=message) as refused:
        made.write("改", "改", themes)
    assert (refused.value.code, refused.value.field) == ("STUDY_PLAN_UNFIT", "themes")
    assert (made.title, made.themes) == ("2017年学习计划", [REQUIRED, CHOSEN])


def test_a_plan_is_proposed_once() -> None:
    made = proposed()
    assert told(made, names.STUDY_PLAN_PROPOSED) == [{"plan_id": "15-2017", "year": 2017}]
    with pytest.raises(errors.WrongState, match="计划已提请审定"):
        made.propose()


def test_an_approved_plan_is_told_with_who_decided() -> None:
    made = proposed()
    made.decide(True, None, CHAIR, AT)
    assert (made.state, made.proposed) == (S.APPROVED, False)
    assert (made.decided_by, made.decided_at, made.opinion) == (CHAIR, AT, None)
    assert told(made, names.STUDY_PLAN_DECIDED) == [
        {"plan_id": "15-2017", "year": 2017, "approved": True}
    ]


def test_a_plan_that_is_not_approved_goes_back_with_the_opinion_and_is_proposed_again() -> None:
    made = proposed()
    made.decide(False, "补充专题", CHAIR, AT)
    assert (made.state, made.opinion) == (S.DRAFT, "补充专题")
    with pytest.raises(errors.WrongState, match="计划尚未提请审定"):
        made.decide(True, None, CHAIR, AT)
    made.propose()
    made.decide(True, None, CHAIR, AT)
    assert [row["approved"] for row in told(made, names.STUDY_PLAN_DECIDED)] == [False, True]
    assert (made.state, made.opinion) == (S.APPROVED, None)


def test_the_first_session_that_was_held_sets_it_running_once() -> None:
    made = plan()
    assert made.run() is False  # not approved: nothing is running
    made.propose()
    made.decide(True, None, CHAIR, AT)
    assert [made.run(), made.run()] == [True, False]
    assert made.state is S.RUNNING


def test_a_running_plan_is_summarised() -> None:
    made = plan()
    made.state = S.RUNNING
    made.summarise("全年学习四次")
    assert (made.state, made.summary) == (S.SUMMARISED, "全年学习四次")


STEPS: dict[str, tuple[PlanState, Callable[[Plan], object]]] = {
    "write": (S.DRAFT, lambda p: p.write("题", "文", [REQUIRED])),
    "propose": (S.DRAFT, lambda p: p.propose()),
    "decide": (S.DRAFT, lambda p: p.decide(True, None, CHAIR, AT)),
    "summarise": (S.RUNNING, lambda p: p.summarise("总结")),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_possible_in_one_state_and_refused_in_all_others(
    step: str, state: PlanState
) -> None:
    possible, act = STEPS[step]
    made = plan()
    made.state, made.proposed = state, step == "decide"
    if state is possible:
        act(made)
        return
    with pytest.raises(errors.WrongState) as refused:
        act(made)
    assert refused.value.code == "STUDY_WRONG_STATE"
    assert (made.state, made.events) == (state, [])
