"""Committee settings by GraphQL: proposed by one, approved by another (decisions 11, 49)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.actor import PUBLIC_ACTOR, Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.story import Story
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

LISTED = '{ settings(service: "proposals") { key label rule value default proposers approvers } }'
CHANGE = "change { id service state former value reason validFrom proposedRole decidedRole }"
SECRETARY = Actor("account-secretary", Role.SECRETARY_GENERAL)
TODOS = "{ viewer { todos(kind: SETTING_APPROVAL) { edges { node { text link { id } } } } } }"
HISTORY = """
  query ($state: SettingChangeState) {
    settingChanges(service: "proposals", filter: {key: "suggestions_max", state: $state}) {
      totalCount
      edges { node { id former value state stateLabel reason decisionReason
                     proposer { label } decider { label } proposedAt decidedAt } }
    }
  }
"""


def change(story: Story, actor: Actor = DIRECTOR, **changes: Any) -> dict[str, Any]:
    given = {
        "service": "proposals",
        "key": "suggestions_max",
        "value": 12,
        "validFrom": (NOW + timedelta(days=30)).isoformat(),
        "reason": "主席会议2017年第2次会议",
        **changes,
    }
    return story.run(actor, "changeSetting", CHANGE, **given)["change"]


def decide(story: Story, actor: Actor, id: str, approved: bool = True, **more: Any) -> Any:
    given = {"service": "proposals", "changeId": id, "approved": approved, **more}
    return story.run(actor, "decideSettingChange", CHANGE, **given)["change"]


def listed(story: Story) -> dict[str, Any]:
    return {row["key"]: row for row in story.ask(STAFF, LISTED)["settings"]}


def waiting(story: Story) -> dict[str, str]:
    edges = story.ask(SECRETARY, TODOS)["viewer"]["todos"]["edges"]
    return {edge["node"]["link"]["id"]: edge["node"]["text"] for edge in edges}


def test_settings_are_listed_with_rule_value_and_keepers(story: Story) -> None:
    rows = listed(story)
    assert rows["body_max"] == {
        "key": "body_max",
        "label": "提案正文字数上限",
        "rule": "V4",
        "value": 2000,
        "default": 2000,
        "proposers": ["PROPOSAL_DIRECTOR"],
        "approvers": ["SECRETARY_GENERAL"],
    }
    assert rows["evaluation_reminders"]["value"] == [7, 14, 25]
    assert rows["appraisal_items"]["value"] == "办理态度、办理措施、办理效果"


def test_a_change_holds_from_its_day_on_once_another_has_approved_it(story: Story) -> None:
    asked = change(story)
    assert (asked["state"], asked["former"], asked["value"]) == ("WAITING", 10, 12)
    eventually(lambda: waiting(story).get(asked["id"]) == "请审批设置调整：建议条目上限")
    assert story.ask(SECRETARY, "query ($id: ID!) { node(id: $id) { id } }", id=asked["id"])
    decided = decide(story, SECRETARY, asked["id"])
    assert (decided["state"], decided["decidedRole"]) == ("APPROVED", "SECRETARY_GENERAL")
    eventually(lambda: asked["id"] not in waiting(story))
    assert listed(story)["suggestions_max"]["value"] == 10  # its day has not come
    story.world.stack.move_clock(NOW + timedelta(days=31))
    try:
        assert listed(story)["suggestions_max"]["value"] == 12
        back = change(story, value=10, validFrom=None)  # as it was, for other stories
        decide(story, SECRETARY, back["id"])
        assert listed(story)["suggestions_max"]["value"] == 10
    finally:
        story.world.stack.move_clock(NOW)


def test_a_refusal_changes_nothing_and_is_kept_with_its_reason(story: Story) -> None:
    asked = change(story, value=11, validFrom=None)
    decide(story, SECRETARY, asked["id"], False, reason="暂不调整")
    rows = story.ask(OFFICE, HISTORY, state="REFUSED")["settingChanges"]
    assert rows["totalCount"] == len(rows["edges"])
    newest = rows["edges"][0]["node"]
    assert (newest["id"], newest["value"], newest["decisionReason"]) == (
        asked["id"],
        11,
        "暂不调整",
    )
    assert newest["decidedAt"] is not None
    assert listed(story)["suggestions_max"]["value"] == 10


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": 500}, "value"),
        ({"value": "12"}, "value"),
        ({"key": "reply_months", "value": 12, "validFrom": None}, "value"),
        ({"key": "appraisal_items", "value": " "}, "value"),
        ({"key": "warning_days", "value": []}, "value"),
        ({"key": "class_d", "value": 1}, "value"),
        ({"key": "field_social", "value": " "}, "value"),
        ({"key": "notice_days", "value": 40}, "value"),  # later than what comes after it
        ({"key": "no_such"}, "key"),
        ({"validFrom": "2016-01-01T00:00:00+08:00"}, "validFrom"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    story: Story, changes: dict[str, Any], field: str
) -> None:
    given = {"service": "proposals", "key": "suggestions_max", "value": 12, "reason": "需要"}
    query = """
      mutation ($input: ChangeSettingInput!) {
        changeSetting(input: $input) { errors { field message } }
      }
    """
    payload = story.ask(DIRECTOR, query, input={**given, **changes})["changeSetting"]
    assert [error["field"] for error in payload["errors"]] == [field]


@pytest.mark.parametrize("actor", [STAFF, OFFICE, SECRETARY, PUBLIC_ACTOR])
def test_nobody_else_proposes_a_change(story: Story, actor: Actor) -> None:
    given = {"service": "proposals", "key": "suggestions_max", "value": 12, "reason": "需要"}
    expected = "UNAUTHENTICATED" if actor is PUBLIC_ACTOR else "FORBIDDEN"
    assert story.turned_away(actor, "changeSetting", **given) == expected
