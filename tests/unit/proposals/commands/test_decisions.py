"""Decision 41: what is asked for has a day, told with the request, and one reminder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.commands import honouring, replying, returning, review, tracking
from services.proposals.domain import errors
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.states import State
from shared.clock import SHANGHAI
from shared.days import day_after
from shared.errors import Refused, StaleVersion
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands import honour_scenes, tracking_scenes
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICER,
    START,
    SUPERVISING,
    SYSTEM,
    World,
)

DAY = timedelta(days=1)
# Monday 6 February 2017 and five working days.
DECIDE_BY = datetime(2017, 2, 13, START.hour, START.minute, tzinfo=SHANGHAI)


def withdrawing(world: World) -> str:
    return str(world.run(review.request_withdrawal, LU, world.filed(), "另行提出"))


def appealed(world: World) -> str:
    key = world.under_review()
    reason, disposition = NotFiledReason.NF10, Disposition.TO_SCPO
    world.run(review.not_file_proposal, DIRECTOR, key, reason, disposition, "没有具体建议")
    return str(world.run(review.request_appeal, LU, key, "建议是具体的"))


def appeal_decided(world: World) -> str:
    return str(world.run(review.decide_appeal, DIRECTOR, appealed(world), True, "同意"))


REQUESTS: dict[str, tuple[Callable[[World], str], str]] = {
    "extension": (tracking_scenes.asked_for_time, "assignment_extension_requested"),
    "return": (tracking_scenes.asked_back, "assignment_return_requested"),
    "dispute": (steps.disputed, "assignment_dispute_opened"),
    "plan": (steps.planned, "proposal_assignment_proposed"),
    "withdrawal": (withdrawing, "proposal_withdrawal_requested"),
    "appeal": (appealed, "proposal_appeal_requested"),
    "second person": (appeal_decided, "proposal_appeal_decision_proposed"),
    "plagiarism": (honour_scenes.reported, "proposal_plagiarism_reported"),
    "its second person": (honour_scenes.decided, "proposal_plagiarism_decision_proposed"),
    "sign-off": (
        lambda world: steps.sent_up(world, steps.received(world)),
        "assignment_sign_off_requested",
    ),
    "check": (
        lambda world: steps.signed(world, steps.received(world)),
        "assignment_reply_signed",
    ),
}


def told(world: World, event: str) -> dict[str, Any]:
    """The last fact of this kind."""
    return [data for name, data in world.proposals.events if name == event][-1]


@pytest.mark.parametrize("what", REQUESTS)
def test_a_request_tells_five_working_days_and_reminds_once(what: str) -> None:
    asked, event = REQUESTS[what]
    world = World()
    key = asked(world)
    assert told(world, event)["decide_by"] == DECIDE_BY.isoformat()
    reminders = []
    for _ in range(30):
        world.clock.advance(DAY)
        before = len(world.proposals.events)
        while world.run(tracking.ring_alarms, SYSTEM):
            pass
        for name, data in world.proposals.events[before:]:
            if name == "proposal_reminder_due" and data["due_at"] == DECIDE_BY.isoformat():
                reminders.append((world.clock.now(), data["proposal_id"], data["days_late"]))
    assert reminders == [(DECIDE_BY, key, 0)]


def test_the_second_person_has_a_day_of_its_own(world: World) -> None:
    key = appealed(world)
    world.clock.advance(2 * DAY)
    world.run(review.decide_appeal, DIRECTOR, key, True, "同意")
    decided = told(world, "proposal_appeal_decision_proposed")
    assert decided["decide_by"] == (DECIDE_BY + 2 * DAY).isoformat()


def test_a_decision_ends_it(world: World) -> None:
    key = tracking_scenes.asked_for_time(world)
    world.run(returning.decide_extension, SUPERVISING, key, "unit-1", True, "")
    before = len(world.proposals.events)
    world.clock.advance(7 * DAY)
    world.run(tracking.ring_alarms, SYSTEM)
    assert world.proposals.events[before:] == []


def test_a_request_stored_without_a_day_gets_one_counted_from_its_making(world: World) -> None:
    key = tracking_scenes.asked_for_time(world)
    [share] = world.proposals.documents[key]["assignments"]
    share["extensions"][0].pop("decide_by")
    world.clock.advance(10 * DAY)
    while world.run(tracking.ring_alarms, SYSTEM):
        pass
    [extension] = world.proposal(key).assignment_of("unit-1").extensions
    assert extension.decide_by == DECIDE_BY
    assert told(world, "proposal_reminder_due")["about"] == "EXTENSION_DECISION"


def test_a_returned_proposal_is_withdrawn_after_sixty_days_by_the_system(world: World) -> None:
    key = world.under_review()
    world.run(review.return_proposal, tracking_scenes.STAFF, key, "请补充数据")
    returned = told(world, "proposal_returned")
    assert returned["resubmit_by"] == (START + 60 * DAY).isoformat()
    world.clock.advance(day_after(START + 60 * DAY) - START)
    with pytest.raises(Refused) as caught:  # the timer has not looked yet
        world.run(review.submit_proposal, LU, key)
    assert [item["code"] for item in caught.value.items] == ["RESUBMIT_LATE"]
    world.run(tracking.ring_alarms, SYSTEM)
    assert world.proposal(key).state is State.WITHDRAWN
    assert told(world, "proposal_withdrawn")["by_system"] is True


def test_more_time_may_be_asked_for_until_midnight(world: World) -> None:
    """Decision 66."""
    key = steps.received(world)
    due = world.proposal(key).assignment_of("unit-1").due_at
    until = (due + 20 * DAY).date()
    world.clock.advance(day_after(due) - START)
    with pytest.raises(errors.ExtensionLate):
        world.run(returning.request_extension, OFFICER, key, until, "需会商")
    world.clock.advance(-timedelta(seconds=1))
    world.run(returning.request_extension, OFFICER, key, until, "需会商")


def test_too_long_names_the_latest_day(world: World) -> None:
    key = steps.received(world)
    with pytest.raises(errors.ExtensionTooLong) as caught:
        world.run(returning.request_extension, OFFICER, key, datetime(2018, 1, 1).date(), "需会商")
    assert caught.value.message == "延期后的期限应晚于原期限，最迟可延至2017年8月6日"


def test_of_two_officers_who_write_a_reply_the_later_one_loads_it_again(world: World) -> None:
    key = steps.received(world)
    seen = world.proposal(key).version
    world.run(replying.save_reply, OFFICER, key, expected_version=seen, **steps.REPLY)
    with pytest.raises(StaleVersion) as stale:
        world.run(replying.save_reply, OFFICER, key, expected_version=seen, **steps.REPLY)
    assert stale.value.field == "expectedVersion"
    now = world.proposal(key).version
    world.run(replying.save_reply, OFFICER, key, expected_version=now, **steps.REPLY)
    world.run(replying.save_reply, OFFICER, key, **steps.REPLY)  # who does not say, overwrites


def test_a_wrong_state_is_named(world: World) -> None:
    key = steps.assigned(world)
    with pytest.raises(errors.WrongAssignmentState) as caught:
        world.run(replying.save_reply, OFFICER, key, **steps.REPLY)
    assert caught.value.message == "承办件当前状态为“待签收”，不能进行此操作"
    with pytest.raises(errors.WrongState) as case:
        world.run(honouring.award_excellent, DIRECTOR, world.submitted(), 2017, "号", START.date())
    assert case.value.message == "提案当前状态为“已提交”，不能进行此操作"
