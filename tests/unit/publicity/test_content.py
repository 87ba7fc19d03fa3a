"""Three reviews by three people; each channel by itself; a model's points follow what is out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.publicity.domain import content as manuscript
from services.publicity.domain import errors, interviews, publishing
from services.publicity.domain.content import Content
from services.publicity.domain.interviews import Interview
from services.publicity.domain.states import (
    Channel,
    ContentState,
    InterviewState,
    Medium,
    PublicationState,
)
from shared.clock import SHANGHAI

NOW = datetime(2017, 6, 1, 9, tzinfo=SHANGHAI)
LU = "m-15-0088"
S, C, P = ContentState, Channel, PublicationState


def draft(**changes: Any) -> Content:
    said: dict[str, Any] = {
        "id": "content-1",
        "title": "让老小区喝上放心水",
        "column": "委员风采",
        "body": "第一段。\n\n第二段。",
        "written_by": "account-lu",
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Content(**{**said, **changes})


def approved(**changes: Any) -> Content:
    made = draft(**changes)
    manuscript.submit(made, NOW)
    for step, by in ((S.REVIEW_1, "a"), (S.REVIEW_2, "b"), (S.REVIEW_3, "c")):
        manuscript.review(made, step, by, True, "同意", NOW)
    return made


def queued(*channels: Channel, **changes: Any) -> Content:
    made = approved(**changes)
    for channel in channels:
        issue = "2017年第1期" if channel is C.MAGAZINE else None
        publishing.plan(made, channel, NOW, "b", NOW, None, None, issue)
    made.events.clear()
    return made


def told(record: Content | Interview) -> list[str]:
    return [event for event, _ in record.events]


def test_three_people_review_and_the_author_is_none_of_them() -> None:
    made = draft()
    manuscript.submit(made, NOW)
    for by in ("account-lu",):
        with pytest.raises(errors.SamePerson):
            manuscript.review(made, S.REVIEW_1, by, True, "同意", NOW)
    manuscript.review(made, S.REVIEW_1, "a", True, "同意", NOW)
    with pytest.raises(errors.SamePerson):
        manuscript.review(made, S.REVIEW_2, "a", True, "同意", NOW)
    with pytest.raises(errors.WrongState):  # out of its turn
        manuscript.review(made, S.REVIEW_3, "c", True, "同意", NOW)
    manuscript.review(made, S.REVIEW_2, "b", True, "同意", NOW)
    manuscript.review(made, S.REVIEW_3, "c", True, "同意", NOW)
    assert made.state is S.APPROVED
    assert told(made) == [
        "content_submitted",
        "content_review_passed",
        "content_review_passed",
        "content_approved",
    ]


def test_what_is_sent_back_begins_anew_and_its_reasons_stay() -> None:
    made = draft()
    manuscript.submit(made, NOW)
    manuscript.review(made, S.REVIEW_1, "a", True, "同意", NOW)
    manuscript.review(made, S.REVIEW_2, "b", False, "请核对数据", NOW)
    assert (made.state, made.events[-1][1]["reason"]) == (S.DRAFT, "请核对数据")
    manuscript.write(made, NOW, body="已核对。")
    manuscript.submit(made, NOW)
    manuscript.review(made, S.REVIEW_1, "b", True, "同意", NOW)  # another round
    assert [(r.round, r.by, r.passed) for r in made.reviews] == [
        (1, "a", True),
        (1, "b", False),
        (2, "b", True),
    ]
    with pytest.raises(errors.WrongState):
        manuscript.write(made, NOW, body="审核中不能改。")


def test_nothing_shows_a_member_without_consent_and_a_new_text_asks_anew() -> None:
    made = draft(members=(LU,))
    manuscript.consent(made, LU, True)
    manuscript.write(made, NOW, body="换了正文。")
    assert made.consents == ()
    manuscript.submit(made, NOW)
    assert made.events[-1][1]["members"] == [LU]
    for step, by in ((S.REVIEW_1, "a"), (S.REVIEW_2, "b"), (S.REVIEW_3, "c")):
        manuscript.review(made, step, by, True, "同意", NOW)
    with pytest.raises(errors.ConsentMissing):
        publishing.plan(made, C.WEBSITE, NOW, "b", NOW, None, None, None)
    manuscript.consent(made, LU, True)
    publishing.plan(made, C.WEBSITE, NOW, "b", NOW, None, None, None)
    publishing.publish(made, C.WEBSITE, NOW)
    with pytest.raises(errors.WrongState):  # it is out: an editor takes it down
        manuscript.consent(made, LU, False)


def test_a_channel_that_fails_leaves_the_others_and_is_tried_later_and_later() -> None:
    made = queued(C.WEBSITE, C.WECHAT, C.MAGAZINE)
    publishing.publish(made, C.WEBSITE, NOW)
    waits = []
    for _ in range(3):
        publishing.fail(made, C.WECHAT, "微信系统繁忙", 3, NOW)
        waits.append(made.on(C.WECHAT).next_at)
    assert waits == [NOW + timedelta(minutes=1), NOW + timedelta(minutes=2), None]
    assert [data["final"] for _, data in made.events[1:]] == [False, False, True]
    assert (made.online, made.on(C.MAGAZINE).state, made.due_at) == (True, P.QUEUED, None)
    publishing.retry(made, C.WECHAT, "b", NOW)
    assert (made.on(C.WECHAT).attempts, made.due_at) == (0, NOW)
    with pytest.raises(errors.WrongState):
        publishing.retry(made, C.WEBSITE, "b", NOW)


def test_who_tries_has_claimed_it() -> None:
    made = queued(C.WEBSITE, C.WECHAT)
    publishing.claim(made, [one.channel for one in publishing.due(made, NOW)], NOW)
    assert publishing.due(made, NOW) == []


def test_an_issue_belongs_to_the_magazine_alone() -> None:
    made = approved()
    for channel, issue in ((C.MAGAZINE, None), (C.WEBSITE, "2017年第1期")):
        with pytest.raises(errors.Unfit):
            publishing.plan(made, channel, NOW, "b", NOW, None, None, issue)


def test_corrected_and_taken_down_with_reason_and_trace() -> None:
    made = queued(C.WEBSITE, C.WECHAT)
    publishing.publish(made, C.WEBSITE, NOW)
    publishing.publish(made, C.WECHAT, NOW, "http://mp/1")
    with pytest.raises(errors.Unfit):
        publishing.correct(made, C.WECHAT, None, "更正。", "有误", "b", NOW)
    publishing.correct(made, C.WEBSITE, None, "更正。", "有误", "b", NOW)
    assert made.online
    publishing.take_down(made, C.WEBSITE, "失实", "b", NOW)
    with pytest.raises(errors.WrongState):
        publishing.take_down(made, C.WEBSITE, "失实", "b", NOW)
    assert not made.online
    assert [(c.state, c.reason) for c in made.on(C.WEBSITE).trace] == [
        (P.QUEUED, None),
        (P.PUBLISHED, None),
        (P.CORRECTED, "有误"),
        (P.TAKEN_DOWN, "失实"),
    ]


def test_a_model_is_told_once_and_taken_back_with_the_last_channel() -> None:
    made = queued(C.WEBSITE, C.WECHAT, members=(LU,), consents=(LU,), is_model=True)
    publishing.publish(made, C.WEBSITE, NOW)
    publishing.publish(made, C.WECHAT, NOW)
    publishing.take_down(made, C.WEBSITE, "失实", "b", NOW)
    assert "publicity_model_revoked" not in told(made)
    publishing.take_down(made, C.WECHAT, "失实", "b", NOW)
    models = [data for event, data in made.events if event.startswith("publicity_model")]
    assert models == [{"model_id": "content-1", "members": [LU], "occurrence_no": 1}] * 2
    with pytest.raises(errors.Unfit):
        manuscript.submit(draft(is_model=True), NOW)


def test_an_interview_is_planned_recorded_aired_in_this_order() -> None:
    made = Interview(
        "interview-1", "proposal-1", "二次供水", Medium.RADIO, "区电台", NOW, NOW, "a", (LU,)
    )
    interviews.plan(made)
    with pytest.raises(errors.WrongState):
        interviews.air(made, NOW, None, NOW)
    with pytest.raises(errors.Unfit):
        interviews.record(made, NOW + timedelta(days=1), "", NOW)
    interviews.record(made, NOW, "录音三十分钟", NOW)
    with pytest.raises(errors.Unfit):
        interviews.air(made, NOW - timedelta(hours=1), None, NOW)
    interviews.air(made, NOW, "http://radio/1", NOW)
    assert made.state is InterviewState.AIRED
    assert told(made) == ["interview_planned", "interview_recorded", "interview_aired"]
