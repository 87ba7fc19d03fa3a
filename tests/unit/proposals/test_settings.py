"""What was a constant is a setting: reasons, class D, second replies, title, numbers' years."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting, judging, replying, review, tracking
from services.proposals.domain.refusal import NotFiledReason
from services.proposals.domain.replies import ReplyClass
from services.proposals.wiring import SETTINGS
from shared.errors import DomainError
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands import scenes
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICER,
    SHEN,
    STAFF,
    World,
)
from tests.unit.proposals.commands.world import SETTINGS as DEFAULTS


def code(caught: pytest.ExceptionInfo[DomainError]) -> tuple[str, str | None]:
    return caught.value.code, caught.value.field


def test_the_tests_know_the_defaults() -> None:
    declared = {setting.key: setting.default for setting in SETTINGS}
    different = {key for key in declared if DEFAULTS[key] != declared[key]}
    assert different <= {"field_urban_rural"}  # there the tests have a committee of their own


@pytest.mark.parametrize("reason", [NotFiledReason.NF11, NotFiledReason.NF12])
def test_a_local_reason_can_be_switched_off(reason: NotFiledReason) -> None:
    world = World()
    world.settings.changed[f"reason_{reason.value.lower()}"] = False
    given = {**scenes.NF10, "reason": reason}
    with pytest.raises(DomainError) as caught:
        world.run(review.not_file_proposal, DIRECTOR, world.under_review(), **given)
    assert code(caught) == ("NOT_FILED_REASON_OFF", "reason")
    world.run(review.not_file_proposal, DIRECTOR, world.under_review(), **scenes.NF10)


def test_class_d_is_off_until_it_is_switched_on() -> None:
    world = World()
    key = steps.received(world)
    content: dict[str, Any] = {**steps.REPLY, "result_class": ReplyClass.D, "reason": "供参考"}
    with pytest.raises(DomainError) as caught:
        world.run(replying.save_reply, OFFICER, key, **content)
    assert code(caught) == ("CLASS_D_OFF", "resultClass")
    with pytest.raises(DomainError) as caught:
        world.run(tracking.recognise_class, DIRECTOR, key, ReplyClass.D, "参考")
    assert code(caught) == ("CLASS_D_OFF", "resultClass")
    world.settings.changed["class_d"] = True
    steps.delivered(world, key, result_class=ReplyClass.D, reason="供参考")
    world.run(tracking.recognise_class, DIRECTOR, key, ReplyClass.D, "供参考")


def test_a_titles_length_is_a_setting_and_the_refusal_tells_it() -> None:
    world = World()
    world.settings.changed |= {"title_least": 20, "title_most": 40}
    with pytest.raises(DomainError) as caught:
        world.run(review.submit_proposal, LU, world.draft(title="关于停车的建议"))
    assert code(caught) == ("V1_TITLE_FORM", "title")
    assert "20至40个字" in caught.value.message


def test_a_case_is_carried_over_as_often_a_year_as_the_setting_says() -> None:
    world = World()
    world.settings.changed["carry_overs_a_year"] = 2
    key = steps.replied(world)
    steps.evaluate(world, key)
    for number in (6, 7):
        world.run(tracking.carry_over, STAFF, key, "继续推进")
        steps.delivered(world, key, doc_no=f"吴水提复〔2017〕{number}号")
        steps.evaluate(world, key)
    with pytest.raises(DomainError) as caught:
        world.run(tracking.carry_over, STAFF, key, "继续推进")
    assert code(caught)[0] == "CARRIED_OVER"


@pytest.mark.parametrize("most", [1, 2])
def test_how_often_dissatisfaction_leads_to_another_reply_is_a_setting(most: int) -> None:
    world = World()
    world.settings.changed["dissatisfied_rounds"] = most
    key = steps.replied(world)
    for number in range(most):
        steps.evaluate(world, key, result=steps.BAD)
        assert world.proposal(key).state == "REHANDLING"
        steps.delivered(world, key, doc_no=f"吴水提复〔2017〕{number + 6}号")
    world.run(judging.evaluate_reply, LU, key, **steps.form(steps.BAD))
    assert world.proposal(key).state == "ESCALATED"


def test_a_kept_promise_that_does_not_satisfy_is_escalated_whatever_the_setting() -> None:
    world = World()
    world.settings.changed["dissatisfied_rounds"] = 2
    key = steps.replied(world)
    steps.evaluate(world, key)
    world.run(tracking.carry_over, STAFF, key, "继续推进")
    steps.delivered(world, key, doc_no="吴水提复〔2017〕6号")
    steps.evaluate(world, key, result=steps.BAD)
    assert world.proposal(key).state == "ESCALATED"


# -- doubts: the year of a number, a text changed after the window -------------------------


@pytest.mark.parametrize("year", [1900, 2016, 2018])
def test_a_replys_number_is_of_a_year_of_its_handling(year: int) -> None:
    world = World()
    key = steps.received(world)
    with pytest.raises(DomainError) as caught:
        steps.drafted(world, key, doc_no=f"吴水提复〔{year}〕5号")
    assert code(caught) == ("DOC_NO_FORM", "docNo")
    assert caught.value.message == "复文字号的年份应为2017年"


def test_next_year_both_years_are_right() -> None:
    world = World()
    key = steps.received(world)
    world.clock.advance(timedelta(days=400))
    for year in (2017, 2018):
        steps.drafted(world, key, doc_no=f"吴水提复〔{year}〕5号")
    with pytest.raises(DomainError) as caught:
        steps.drafted(world, key, doc_no="吴水提复〔2019〕5号")
    assert caught.value.message == "复文字号的年份应为2017至2018年"


def test_a_change_that_costs_cosigners_is_warned_of_before_it_is_saved() -> None:
    world = World()
    key = scenes.window_over(world)
    changed = {"situation": "另有数据。"}
    with pytest.raises(DomainError) as caught:
        world.run(drafting.save_draft, LU, key, **changed)
    assert code(caught) == ("COSIGNERS_DROP", "acknowledged")
    assert caught.value.details == {"cosigners": 1}
    assert world.proposal(key).text.situation != "另有数据。"
    world.run(drafting.save_draft, LU, key, needs_consult=True)  # no change of the text
    world.run(drafting.save_draft, LU, key, acknowledged=True, **changed)
    world.run(drafting.save_draft, LU, key, situation="另有新数据。")  # nobody is left to lose
    assert world.proposal(key).confirmed == []


def test_within_the_window_there_is_no_warning() -> None:
    world = World()
    key = world.under_review(world.joint(SHEN))
    world.run(review.return_proposal, STAFF, key, "请补充数据")
    world.run(drafting.save_draft, LU, key, situation="另有数据。")
    with pytest.raises(DomainError) as caught:
        world.run(cosigning.reopen_cosigning, STAFF, key)
    assert code(caught)[0] == "COSIGN_WINDOW_OPEN"


def test_the_committee_opens_the_window_again_and_the_signature_can_be_saved() -> None:
    world = World()
    key = scenes.window_over(world)
    world.run(drafting.save_draft, LU, key, situation="另有数据。", acknowledged=True)
    with pytest.raises(DomainError) as caught:
        world.run(cosigning.confirm_cosignature, SHEN, key)
    assert code(caught)[0] == "V9_COSIGN_CLOSED"
    world.run(cosigning.reopen_cosigning, STAFF, key)
    [told] = [d for name, d in world.proposals.events if name.endswith("window_reopened")]
    assert told["members"] == [SHEN.member_id]
    world.run(cosigning.confirm_cosignature, SHEN, key)
    assert world.proposal(key).confirmed == [SHEN.member_id]


def test_it_is_open_no_longer_than_the_proposal_may_be_submitted() -> None:
    world = World()
    key = scenes.window_over(world)
    world.clock.advance(timedelta(days=50))
    world.run(cosigning.reopen_cosigning, STAFF, key)
    proposal = world.proposal(key)
    assert proposal.window_until == proposal.resubmit_by
