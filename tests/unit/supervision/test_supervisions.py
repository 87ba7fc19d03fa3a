"""From a draft to its end: opinion, feedback, re-checks, the report to the Party."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.supervision.domain import errors, opining, planning, rectifying, reporting
from services.supervision.domain.interests import Standing, kin
from services.supervision.domain.record import Team
from services.supervision.domain.states import (
    Adoption,
    End,
    Step,
    SupervisionState,
)
from shared.contracts import names
from tests.unit.supervision.samples import (
    DUE,
    HBJ,
    LATER,
    LEADER,
    MEMBER,
    NOW,
    SLJ,
    SOON,
    check,
    fed_back,
    issued,
    items,
    said,
    supervision,
    told,
    with_team,
)

S = SupervisionState


def test_a_draft_is_approved_or_sent_back() -> None:
    made = supervision()
    with pytest.raises(errors.WrongState):
        planning.decide(made, True, "同意", 2, NOW)
    planning.submit(made, SOON, NOW)
    assert (made.waits_for, made.due_at) == (Step.APPROVAL, SOON)
    with pytest.raises(errors.WrongState):
        planning.write(made, {"title": "别的"})
    planning.decide(made, False, "请补充点位", 2, NOW)
    assert (made.state, made.waits_for) == (S.DRAFT, None)
    assert told(made, names.SUPERVISION_RETURNED)[0]["reason"] == "请补充点位"
    planning.write(made, {"plan": "检查三十处河湖。"})
    planning.submit(made, SOON, NOW)
    planning.decide(made, True, "同意", 2, NOW)
    assert (made.state, made.approved_at) == (S.APPROVED, NOW)


@pytest.mark.parametrize("missing", ["units", "plan"])
def test_without_a_unit_or_a_plan_nothing_is_sent(missing: str) -> None:
    made = supervision(**{missing: () if missing == "units" else ""})
    with pytest.raises(errors.Unfit) as refused:
        planning.submit(made, SOON, NOW)
    assert refused.value.field == missing


def test_the_office_is_asked_for_a_number_and_told_twice_changes_nothing() -> None:
    made = with_team()
    with pytest.raises(errors.Unfit):
        opining.send(made, SOON, NOW)
    foreign = items()
    foreign[0].unit = "unit-zjj"
    with pytest.raises(errors.Unfit):
        opining.draft(made, "意见", foreign, ())
    opining.draft(made, "意见", items(), ("sup-qzfb",))
    opining.send(made, SOON, NOW)
    opining.sign(made, False, "请补充依据", "account-zhou", NOW)
    assert made.opinion is not None
    assert (made.opinion.returned, made.opinion.sent_at) == ("请补充依据", None)
    opining.send(made, SOON, NOW)
    opining.sign(made, True, "同意", "account-zhou", NOW)
    [signed] = told(made, names.SUPERVISION_OPINION_SIGNED)
    assert (signed["main"], signed["copy_to"]) == ([SLJ, HBJ], ["sup-qzfb"])
    assert "1. 问题：岸坡垃圾\n依据：河道管理条例" in signed["text"]
    assert opining.issue(made, "吴政协监〔2017〕1号", NOW)
    assert not opining.issue(made, "吴政协监〔2017〕2号", NOW)
    assert (made.state, made.opinion.no) == (S.OPINION_ISSUED, "吴政协监〔2017〕1号")
    assert (made.waits_for, made.due_at) == (Step.FEEDBACK, LATER)


def test_a_unit_answers_its_own_opinions_each_one() -> None:
    made = issued()
    rectifying.answer(made, SLJ, "七月底前完成清理。", NOW)
    assert made.state is S.RECTIFYING
    with pytest.raises(errors.Unfit):
        rectifying.answer(made, "unit-zjj", "不相关单位", NOW)
    with pytest.raises(errors.Unfit):
        rectifying.feed_back(made, SLJ, "已整改", said(2), (), SOON, NOW)
    with pytest.raises(errors.Unfit):
        one = said(1, Adoption.NOT_ADOPTED)[0]
        bare = type(one)(1, Adoption.NOT_ADOPTED, "未做")
        rectifying.feed_back(made, SLJ, "未整改", [bare], (), SOON, NOW)
    rectifying.feed_back(made, SLJ, "已整改", said(1), (), SOON, NOW)
    assert (made.state, made.missing) == (S.RECTIFYING, (HBJ,))
    with pytest.raises(errors.Repeated):
        rectifying.feed_back(made, SLJ, "已整改", said(1), (), SOON, NOW)
    late = LATER + timedelta(days=1)
    rectifying.feed_back(made, HBJ, "已整改", said(2), (), SOON, late)
    assert (made.state, made.waits_for, made.due_at) == (S.FED_BACK, Step.RECHECK, SOON)
    first, second = told(made, names.SUPERVISION_FED_BACK)
    assert (first["complete"], first["late"]) == (False, False)
    assert (second["complete"], second["late"]) == (True, True)


def test_a_claim_is_no_verification() -> None:
    made = fed_back()
    with pytest.raises(errors.NotVerified) as refused:
        check(made, {1: True, 2: True}, unverified=1)
    assert refused.value.details == {"findings": 1}
    assert made.state is S.FED_BACK
    with pytest.raises(errors.Unfit):
        check(made, {1: True})
    check(made, {1: True, 2: True})
    assert (made.state, made.waits_for) == (S.RECHECKED, None)
    rectifying.close(made, "整改到位", NOW)
    assert (made.state, made.end) == (S.CLOSED, End.RECTIFIED)
    assert told(made, names.SUPERVISION_CLOSED)[0]["rechecks"] == 1


def test_after_the_second_failed_re_check_comes_the_report_and_it_ends_with_its_number() -> None:
    made = fed_back()
    check(made, {1: True, 2: False})
    assert (made.state, made.round, made.missing) == (S.RECTIFYING, 2, (HBJ,))
    assert (made.waits_for, made.due_at) == (Step.FEEDBACK, LATER)
    with pytest.raises(errors.Unfit):
        rectifying.answer(made, SLJ, "本轮没有意见", NOW)
    rectifying.feed_back(made, HBJ, "再次整改", said(2), (), SOON, NOW)
    check(made, {2: False})
    assert (made.state, made.waits_for, made.due_at) == (S.RECHECKED, Step.PARTY_REPORT, SOON)
    with pytest.raises(errors.RechecksUsed):
        rectifying.close(made, "办结", NOW)
    rectifying.report_to_party(made, "两次回头看未到位", ["sup-qwb"], NOW)
    with pytest.raises(errors.Repeated):
        rectifying.report_to_party(made, "两次回头看未到位", ["sup-qwb"], NOW)
    assert rectifying.note_report(made, "吴政协〔2017〕9号", NOW)
    assert not rectifying.note_report(made, "吴政协〔2017〕9号", NOW)
    assert (made.state, made.end) == (S.CLOSED, End.REPORTED)
    assert len(told(made, names.SUPERVISION_CLOSED)) == 1


def test_what_passed_needs_no_report_to_the_party() -> None:
    made = fed_back()
    check(made, {1: True, 2: True})
    with pytest.raises(errors.WrongState):
        rectifying.report_to_party(made, "整改情况", ["sup-qwb"], NOW)


def test_a_report_counts_for_its_authors_until_it_is_revoked() -> None:
    made = with_team()
    with pytest.raises(errors.Unfit):
        reporting.write(made, "监督报告", "正文", ["m-15-0001"], (), NOW)
    reporting.write(made, "监督报告", "正文", [LEADER, MEMBER], ("file-1",), NOW)
    reporting.decide(made, False, "请补充数据", NOW)
    with pytest.raises(errors.WrongState):
        reporting.decide(made, True, "同意", NOW)
    reporting.write(made, "监督报告", "正文", [LEADER], (), NOW)
    reporting.decide(made, True, "同意", NOW)
    with pytest.raises(errors.WrongState):
        reporting.write(made, "监督报告", "改写", [LEADER], (), NOW)
    reporting.revoke(made, "数据有误")
    [accepted], [revoked] = told(made, names.REPORT_ACCEPTED), told(made, names.REPORT_REVOKED)
    for data in (accepted, revoked):
        assert (data["main_authors"], data["occurrence_no"]) == ([LEADER], 1)
    reporting.write(made, "监督报告", "正文", [LEADER], (), NOW)
    reporting.decide(made, True, "同意", NOW)
    assert told(made, names.REPORT_ACCEPTED)[1]["occurrence_no"] == 2


def test_a_merged_unit_s_duties_are_its_heir_s() -> None:
    made = issued()
    planning.replace_unit(made, HBJ, SLJ)
    assert (made.units, made.asked) == ((SLJ,), (SLJ,))
    [changed] = told(made, names.SUPERVISION_UNIT_CHANGED)
    assert (changed["unit"], changed["former"], changed["due_at"]) == (SLJ, HBJ, LATER)


def test_what_is_out_is_not_cancelled() -> None:
    made = with_team()
    planning.cancel(made, "并入下年度", NOW)
    assert made.state is S.CANCELLED
    with pytest.raises(errors.WrongState):
        planning.cancel(issued(), "并入下年度", NOW)
    with pytest.raises(errors.WrongState):
        planning.form_team(issued(), Team(LEADER, ()), NOW)


def test_reminders_and_alarms_name_who_is_missing() -> None:
    made = issued()
    rectifying.feed_back(made, SLJ, "已整改", said(1), (), SOON, NOW)
    made.remind()
    made.pass_due()
    for event in (names.SUPERVISION_REMINDER_DUE, names.SUPERVISION_OVERDUE):
        [data] = told(made, event)
        assert (data["step"], data["missing"], data["due_at"]) == ("FEEDBACK", [HBJ], LATER)
    assert DUE < LATER


def test_kin_goes_up_down_and_through_mergers_but_not_to_sisters() -> None:
    known = [
        Standing("bureau", None, None),
        Standing("company", "bureau", None),
        Standing("sister", "bureau", None),
        Standing("old-company", None, "company"),
        Standing("other", None, None),
    ]
    assert kin(["company"], known) == {"company", "bureau", "old-company"}
    assert kin(["bureau"], known) == {"bureau", "company", "sister", "old-company"}
    assert kin(["old-company"], known) == {"old-company", "company", "bureau"}
    assert kin(["other"], known) == {"other"}
    assert kin([], known) == set()
