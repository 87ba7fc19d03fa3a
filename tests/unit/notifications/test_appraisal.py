"""Who is told of appraisals and inspections, and which to-dos they open and end."""

from __future__ import annotations

import pytest

from tests.unit.notifications.test_table import closed, opened, told

NAME = "二次供水提案办理民主评议"
VOTERS = ["member:m-15-0088", "member:m-15-0031", "account:account-expert"]
UNIT, OTHER = "role:UNIT_OFFICER@unit:unit-zjj", "role:UNIT_OFFICER@unit:unit-hygs"
STAFF, SUPERVISING = "role:PROPOSAL_STAFF", "role:SUPERVISING_OFFICE"
LEADERS = ["role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"]
FIRST, SECOND = VOTERS[:2]
WHEN = "2017年9月20日"


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("appraisal_planned", [UNIT, OTHER, SUPERVISING]),
        ("appraisal_voters_invited", VOTERS),
        ("appraisal_opened", VOTERS),
        ("appraisal_votes_noted", []),
        ("appraisal_counted", []),
        ("appraisal_published", [*VOTERS, UNIT, OTHER, *LEADERS, SUPERVISING]),
        ("appraisal_cancelled", [*VOTERS, UNIT, SUPERVISING]),
        ("inspection_planned", [FIRST, SECOND, UNIT]),
        ("inspection_reported", [FIRST, SECOND, UNIT, SUPERVISING]),
        ("inspection_cancelled", [FIRST, SECOND, UNIT]),
    ],
)
def test_who_is_told(event_type: str, expected: list[str]) -> None:
    assert [recipient for recipient, _ in told("proposals", event_type)] == expected


def test_a_voter_is_told_that_the_vote_is_open_and_has_a_to_do() -> None:
    text = f"民主评议“{NAME}”已开始投票，投票不记名，每人一次。"
    assert told("proposals", "appraisal_opened") == [(voter, text) for voter in VOTERS]
    assert opened("proposals", "appraisal_opened") == [
        (f"APPRAISAL_VOTE:appraisal-1:{voter}", f"请参加民主评议投票：{NAME}") for voter in VOTERS
    ]


def test_the_to_do_ends_for_who_has_voted_and_for_all_with_the_vote() -> None:
    assert closed("proposals", "appraisal_votes_noted", voters=VOTERS[:1]) == {
        f"APPRAISAL_VOTE:appraisal-1:{FIRST}"
    }
    assert closed("proposals", "appraisal_counted") == {"APPRAISAL_VOTE:appraisal-1:*"}


def test_the_committee_publishes_what_was_counted() -> None:
    assert opened("proposals", "appraisal_counted") == [
        (f"APPRAISAL_PUBLICATION:appraisal-1:{STAFF}", f"请公布民主评议结果：{NAME}")
    ]
    assert closed("proposals", "appraisal_published") == {"APPRAISAL_PUBLICATION:appraisal-1:*"}


def test_no_message_holds_a_figure() -> None:
    [text] = {text for _, text in told("proposals", "appraisal_published")}
    assert text == f"民主评议“{NAME}”的结果已公布，收到选票21张。"
