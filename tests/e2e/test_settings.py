"""Committee settings by GraphQL (decision 11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.actor import PUBLIC_ACTOR, Actor
from tests.e2e.conftest import NOW
from tests.e2e.story import Story
from tests.world import DIRECTOR, OFFICE, STAFF

LISTED = '{ settings(service: "proposals") { key label rule value default } }'
CHANGE = """
  mutation ($input: ChangeSettingInput!) {
    changeSetting(input: $input) { settings { key value } errors { reason field message } }
  }
"""


def change(story: Story, actor: Actor, **changes: Any) -> dict[str, Any]:
    given = {
        "service": "proposals",
        "key": "suggestions_max",
        "value": 12,
        "validFrom": (NOW + timedelta(days=30)).isoformat(),
        "approval": "主席会议2017年第2次会议",
        **changes,
    }
    token = story.world.stack.token(actor)
    return story.world.stack.graphql(CHANGE, {"input": given}, token)


def test_settings_are_listed_with_their_rule_and_value(story: Story) -> None:
    rows = story.ask(story.member("陆晓芸"), LISTED)["settings"]
    assert {row["key"]: (row["value"], row["rule"]) for row in rows} == {
        "title_least": (8, "V1"),
        "title_most": (60, "V1"),
        "field_economic": ("com-economy", "decision 53"),
        "field_social": ("com-legal、com-education", "decision 53"),
        "field_urban_rural": ("com-urban", "decision 53"),
        "field_cultural": ("com-education", "decision 53"),
        "field_political_legal": ("com-legal", "decision 53"),
        "reason_nf11": (True, "V14"),
        "reason_nf12": (True, "V14"),
        "class_d": (False, "2.2"),
        "consult_contacts": (2, "V16"),
        "contact_attempts": (2, "V16"),
        "dissatisfied_rounds": (1, "T19"),
        "carry_overs_a_year": (1, "2.2"),
        "body_max": (2000, "V4"),
        "suggestions_max": (10, "V3"),
        "review_days": (10, "DL1"),
        "return_window_days": (7, "decision 22"),
        "shortfall_days": (3, "decision 22"),
        "resubmission_days": (60, "decision 41"),
        "resubmission_warning_days": (15, "decision 41"),
        "decision_days": (5, "decision 41"),
        "appeal_days": (15, "decision 28"),
        "sign_days": (10, "DL3"),
        "co_opinion_months": (1, "DL4"),
        "reply_months": (3, "DL5"),
        "evaluation_days": (30, "DL7"),
        "evaluation_reminders": ([7, 14, 25], "DL7"),
        "assignment_days": (30, "DL2"),
        "longest_months": (6, "DL6"),
        "second_reply_days": (30, "DL8"),
        "report_month": (11, "DL9"),
        "report_day": (30, "DL9"),
        "warning_days": ([30, 15, 7, 1], "DL10"),
        "drafts_max": (50, "decision 11"),
        "overdue_every_days": (7, "DL10"),
        "notice_days": (15, "DL10"),
        "escalation_days": (30, "DL10"),
        "appraisal_items": ("办理态度、办理措施、办理效果", "2.2"),
        "appraisal_min_ballots": (5, "decision 29"),
    }


def test_a_setting_changes_from_its_day_on(story: Story) -> None:
    payload = change(story, OFFICE)["data"]["changeSetting"]
    assert payload["errors"] == []
    assert {row["key"]: row["value"] for row in payload["settings"]}["suggestions_max"] == 12
    now = {row["key"]: row["value"] for row in story.ask(OFFICE, LISTED)["settings"]}
    assert now["suggestions_max"] == 10  # its day has not come
    change(story, OFFICE, value=10)  # as it was, for other stories


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": 500}, "value"),
        ({"value": "12"}, "value"),
        ({"key": "class_d", "value": 1}, "value"),
        ({"key": "field_social", "value": " "}, "value"),
        ({"key": "notice_days", "value": 40}, "value"),  # later than what comes after it
        ({"service": "liaison", "key": "link_load_least", "value": 20}, "value"),
        ({"key": "no_such"}, "key"),
        ({"validFrom": "2016-01-01T00:00:00+08:00"}, "validFrom"),
        ({"approval": " "}, "approval"),
        ({"service": "proposals.submit_proposal"}, "service"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    story: Story, changes: dict[str, Any], field: str
) -> None:
    payload = change(story, DIRECTOR, **changes)["data"]["changeSetting"]
    assert [error["field"] for error in payload["errors"]] == [field]


@pytest.mark.parametrize("actor", [STAFF, PUBLIC_ACTOR])
def test_nobody_else_changes_a_setting(story: Story, actor: Actor) -> None:
    (error,) = change(story, actor)["errors"]
    expected = "UNAUTHENTICATED" if actor is PUBLIC_ACTOR else "FORBIDDEN"
    assert error["extensions"]["code"] == expected
