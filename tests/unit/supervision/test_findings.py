"""Findings with their proof; supervisors; debriefings; figures; the map."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from services.supervision.domain import debriefings, errors, findings, maps, supervisors
from services.supervision.domain.debriefings import SUPERVISOR, UNIT, Debriefing, Paper
from services.supervision.domain.figures import Grouping, tallied
from services.supervision.domain.findings import Value
from services.supervision.domain.states import (
    DebriefingState,
    FindingState,
    Rating,
    SupervisorState,
)
from services.supervision.domain.supervisors import Supervisor
from shared.contracts import names
from shared.presence import Told
from tests.unit.supervision.samples import (
    DUE,
    HBJ,
    LATER,
    NOW,
    PHOSPHORUS,
    SLJ,
    SOON,
    assigned,
    finding,
    told,
)

F = FindingState
CLEAN = replace(PHOSPHORUS, value=0.2)
PAIRS = {1: "after-1", 2: "after-2"}


def claimed() -> Any:
    made = assigned()
    findings.claim(made, "已清理", PAIRS, [CLEAN], "account-slj", NOW)
    return made


def test_a_photo_before_needs_one_after_and_a_value_its_new_measure() -> None:
    made = assigned()
    with pytest.raises(errors.PhotosMissing):
        findings.claim(made, "已清理", {1: "after-1"}, [CLEAN], "account-slj", NOW)
    with pytest.raises(errors.Unfit) as refused:
        findings.claim(made, "已清理", PAIRS, [], "account-slj", NOW)
    assert "总磷" in refused.value.message
    findings.claim(made, "已清理", PAIRS, [CLEAN], "account-slj", NOW)
    assert made.state is F.RECTIFIED
    assert [(p.before, p.after) for p in made.photos] == [
        ("file-1", "after-1"),
        ("file-2", "after-2"),
    ]
    made.tell_files()
    assert made.files_told == ("after-1", "after-2", "file-1", "file-2")


@pytest.mark.parametrize(
    "after",
    [
        {1: "file-1", 2: "after-2"},
        {1: "file-2", 2: "after-2"},
        {1: "after-1", 2: "after-1"},
    ],
)
def test_a_photo_after_is_another_one_for_each_pair(after: dict[int, str]) -> None:
    made = assigned()
    with pytest.raises(errors.PhotosMissing) as refused:
        findings.claim(made, "已清理", after, [CLEAN], "account-slj", NOW)
    assert refused.value.field == "photos"
    assert (made.state, made.claims, made.photos[0].after) == (F.ASSIGNED, [], None)


def test_nobody_verifies_what_is_beyond_its_limit() -> None:
    made = claimed()
    with pytest.raises(errors.NotVerified):
        findings.judge(made, True, "复测", [PHOSPHORUS], LATER, "account-lead", NOW)
    assert (made.state, made.checks) == (F.RECTIFIED, [])
    findings.judge(made, True, "复测", [CLEAN], LATER, "account-lead", NOW)
    assert made.state is F.VERIFIED


@pytest.mark.parametrize(
    ("claim", "check"),
    [
        ([replace(PHOSPHORUS, limit=None)], []),
        ([replace(PHOSPHORUS, limit=99)], []),
        ([PHOSPHORUS], [Value("溶解氧", 6.1, "mg/L")]),
        ([CLEAN], [replace(PHOSPHORUS, limit=99)]),
        ([CLEAN], [replace(PHOSPHORUS, limit=None)]),
    ],
)
def test_the_limit_is_the_findings_whatever_is_typed(
    claim: list[Value], check: list[Value]
) -> None:
    made = assigned()
    findings.claim(made, "已清理", PAIRS, claim, "account-slj", NOW)
    with pytest.raises(errors.NotVerified) as refused:
        findings.judge(made, True, "复测", check, LATER, "account-lead", NOW)
    assert "总磷" in refused.value.message
    assert (made.state, made.checks) == (F.RECTIFIED, [])


def test_the_newest_measure_of_each_indicator_counts_by_the_findings_limit() -> None:
    nitrogen = Value("氨氮", 1.8, "mg/L", 1.0)
    made = finding(values=(PHOSPHORUS, nitrogen))
    findings.record(made, [])
    findings.confirm(made, True, None)
    findings.assign(made, SLJ, DUE, NOW)
    low = replace(nitrogen, value=0.9, limit=0.1)
    findings.claim(made, "已清理", {}, [PHOSPHORUS, low], "account-slj", NOW)
    assert made.claims[0].values == (PHOSPHORUS, replace(nitrogen, value=0.9))
    findings.judge(made, True, "复测", [replace(CLEAN, limit=None)], LATER, "account-lead", NOW)
    assert (made.state, made.checks[0].values) == (F.VERIFIED, (CLEAN,))


@pytest.mark.parametrize("values", [[replace(CLEAN, unit="μg/L")], [CLEAN, CLEAN]])
def test_a_measure_is_in_the_findings_unit_and_given_once(values: list[Value]) -> None:
    made = assigned()
    with pytest.raises(errors.Unfit) as refused:
        findings.claim(made, "已清理", PAIRS, values, "account-slj", NOW)
    assert refused.value.field == "values"
    findings.claim(made, "已清理", PAIRS, [CLEAN], "account-slj", NOW)
    with pytest.raises(errors.Unfit) as refused:
        findings.judge(made, True, "复测", values, LATER, "account-lead", NOW)
    assert (refused.value.field, made.state, made.checks) == ("values", F.RECTIFIED, [])
    with pytest.raises(errors.Unfit):
        findings.record(finding(values=(PHOSPHORUS, CLEAN)), [])


def test_reopened_it_has_a_new_date_and_may_be_claimed_again() -> None:
    made = claimed()
    made.overdue = made.reminded = True
    with pytest.raises(errors.Unfit):
        findings.judge(made, False, "仍有垃圾", [], NOW, "account-lead", NOW)
    findings.judge(made, False, "仍有垃圾", [], LATER, "account-lead", NOW)
    assert (made.state, made.due_at, made.overdue, made.reminded) == (
        F.REOPENED,
        LATER,
        False,
        False,
    )
    findings.claim(made, "再次清理", PAIRS, [CLEAN], "account-slj", NOW)
    findings.judge(made, True, "已整改", [], LATER, "account-lead", NOW)
    findings.reopen(made, "反弹", LATER, "account-lead", NOW)
    assert (made.state, made.reopened) == (F.REOPENED, 2)
    assert [d["occurrence_no"] for d in told(made, names.FINDING_REOPENED)] == [1, 3]


def test_what_is_no_problem_is_dropped_with_a_reason() -> None:
    made = finding()
    with pytest.raises(errors.Unfit):
        findings.confirm(made, False, None)
    findings.confirm(made, False, "现场无此问题")
    with pytest.raises(errors.WrongState):
        findings.assign(made, SLJ, DUE, NOW)


def test_figures_count_claims_apart_from_proof() -> None:
    verified, reopened, open_one = claimed(), claimed(), assigned()
    at = NOW + timedelta(days=10)
    findings.judge(verified, True, "已整改", [], LATER, "account-lead", at)
    findings.judge(reopened, False, "仍有垃圾", [], LATER, "account-lead", at)
    open_one.unit = HBJ
    rows = [asdict(one) for one in (verified, reopened, open_one, finding())]
    [total] = tallied(rows, Grouping.TOTAL, LATER + timedelta(days=2))
    counts = ("found", "assigned", "rectified", "verified", "reopened", "overdue")
    assert [total[name] for name in counts] == [4, 3, 2, 1, 1, 2]
    assert (total["rectified_rate"], total["verified_rate"]) == (66.67, 33.33)
    assert total["average_days"] == 10.0
    of_units = tallied(rows, Grouping.UNIT, NOW)
    assert [(row["unit_id"], row["assigned"]) for row in of_units] == [(HBJ, 1), (SLJ, 2)]
    [empty] = tallied([], Grouping.TOTAL, NOW)
    assert (empty["found"], empty["verified_rate"], empty["average_days"]) == (0, None, None)


def test_geojson_has_longitude_first() -> None:
    feature = maps.feature("site:1", {"latitude": 31.0, "longitude": 120.7}, {"name": "太浦河"})
    assert feature["geometry"] == {"type": "Point", "coordinates": [120.7, 31.0]}
    assert maps.collection([feature])["type"] == "FeatureCollection"


def supervisor() -> Supervisor:
    return Supervisor("supervisor-1", 15, "account-urban", "com-urban", NOW, member_id="m-15-0066")


def test_a_supervisor_is_appointed_assigned_and_ended() -> None:
    made = supervisor()
    with pytest.raises(errors.WrongState):
        supervisors.post(made, [SLJ], NOW)
    supervisors.decide(made, True, "同意", NOW)
    with pytest.raises(errors.Unfit):
        supervisors.certify(made, "吴政协监聘〔2017〕1号", "c0de", NOW, NOW)
    supervisors.certify(made, "吴政协监聘〔2017〕1号", "c0de", LATER, NOW)
    supervisors.post(made, [SLJ, HBJ], NOW)
    assert made.state is SupervisorState.ASSIGNED
    supervisors.replace_unit(made, HBJ, SLJ)
    assert made.units == (SLJ,)
    supervisors.post(made, [], NOW)
    assert made.state.value == "APPOINTED"
    supervisors.end(made, True, "泄露工作秘密", NOW)
    assert (made.state.value, len(made.units)) == ("DISMISSED", 0)
    with pytest.raises(errors.WrongState):
        supervisors.end(made, False, "再次", NOW)


def test_who_is_refused_is_no_supervisor() -> None:
    made = supervisor()
    supervisors.decide(made, False, "名额已满", NOW)
    assert (made.state, made.in_office) == (SupervisorState.REFUSED, False)


def debriefing() -> Debriefing:
    return Debriefing(
        id="debriefing-1",
        term=15,
        year=2017,
        organiser="com-urban",
        title="述职交流",
        units=(SLJ,),
        supervisors=("supervisor-1",),
        supervisor_members=("m-15-0066",),
        members=("m-15-0012",),
        held_at=LATER,
        ends_at=None,
        place="区政协",
        report_by=DUE,
    )


def paper(side: str, of: str) -> Paper:
    return Paper(side, of, "述职报告", (), NOW, "account")


def test_a_debriefing_needs_both_sides_and_is_rated_once_by_each() -> None:
    made = debriefing()
    debriefings.plan(made)
    [plan] = told(made, names.DEBRIEFING_PLANNED)
    assert [row["member_id"] for row in plan["invited"]] == ["m-15-0012", "m-15-0066"]
    debriefings.report(made, paper(UNIT, SLJ))
    assert made.state is DebriefingState.PLANNED
    with pytest.raises(errors.Unfit):
        debriefings.report(made, paper(UNIT, HBJ))
    debriefings.report(made, paper(SUPERVISOR, "supervisor-1"))
    assert made.state.value == "REPORTS_IN"
    debriefings.ask(made, UNIT, SLJ, "m-15-0012", "清淤何时完成？", NOW)
    with pytest.raises(errors.Unfit):
        debriefings.answer(made, 1, UNIT, HBJ, "代答", NOW)
    debriefings.answer(made, 1, UNIT, SLJ, "八月底。", NOW)
    with pytest.raises(errors.Repeated):
        debriefings.answer(made, 1, UNIT, SLJ, "九月底。", NOW)
    ratings = {
        (UNIT, SLJ): (Rating.SATISFIED, ""),
        (SUPERVISOR, "supervisor-1"): (Rating.BASIC, ""),
    }
    with pytest.raises(errors.WrongState):
        debriefings.rate(made, "member:m-15-0012", ratings, NOW)
    assert debriefings.take_presence(made, [Told("m-15-0012", 1, None, 1, 0)])
    with pytest.raises(errors.WrongState):
        debriefings.settle(made)
    debriefings.rate(made, "member:m-15-0012", ratings, NOW)
    with pytest.raises(errors.Repeated):
        debriefings.rate(made, "member:m-15-0012", ratings, NOW)
    debriefings.settle(made)
    [rated] = told(made, names.DEBRIEFING_RATED)
    assert rated["ratings"] == [
        {"side": "supervisor", "of": "supervisor-1", "satisfied": 0, "basic": 1, "dissatisfied": 0},
        {"side": "unit", "of": SLJ, "satisfied": 1, "basic": 0, "dissatisfied": 0},
    ]
    debriefings.close(made, "双方述职充分")
    assert made.state.value == "CLOSED"


def test_a_debriefing_that_nobody_came_to_is_not_held() -> None:
    made = debriefing()
    debriefings.take_presence(made, [Told("m-15-0012", 1, None, 0, 0)])
    assert (made.state, told(made, names.DEBRIEFING_HELD)) == (DebriefingState.PLANNED, [])
    assert debriefings.take_presence(made, [Told("m-15-0012", 2, 1, 1, 0)])
    assert (made.state, made.attended) == (DebriefingState.HELD, ("m-15-0012",))
    among_units = replace(debriefing(), members=(), supervisor_members=())
    assert debriefings.take_presence(among_units, [])
    assert among_units.state is DebriefingState.HELD


def test_late_news_of_its_meeting_change_nothing() -> None:
    made = debriefing()
    moved = LATER + timedelta(days=1)
    assert debriefings.follow(made, "NOTIFIED", moved, None, 5)
    assert not debriefings.follow(made, "NOTIFIED", SOON, None, 4)
    assert made.held_at == moved
    assert debriefings.follow(made, "CANCELLED", moved, "并会", 6)
    assert (made.state, made.reason) == (DebriefingState.CANCELLED, "并会")


def test_the_reminder_names_the_units_that_owe_a_report() -> None:
    made = debriefing()
    debriefings.report(made, paper(SUPERVISOR, "supervisor-1"))
    debriefings.remind(made)
    assert told(made, names.DEBRIEFING_REMINDER_DUE)[0]["missing_units"] == [SLJ]
