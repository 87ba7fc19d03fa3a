"""Who is told of liaison, and which to-dos it opens and ends."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.domain.rows import MEMBERS
from tests.unit.notifications.test_table import closed, opened, told

LEADER, LU, QIAN = "member:m-15-0001", "member:m-15-0088", "member:m-15-0140"
ALL_MEMBERS = [key for to in MEMBERS for key in to({})]
MINJIAN, ZHIGONG = "organisation:org-minjian", "organisation:org-zhigong"
ECONOMY, LILI = "organisation:com-economy", "organisation:town-lili"
OFFICE, EDITOR = "role:OFFICE", "role:INFO_EDITOR"
LEADERS = ["role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"]


@pytest.mark.parametrize(
    ("event_type", "changes", "expected"),
    [
        ("contact_links_proposed", {}, []),
        ("contact_links_decided", {}, [OFFICE]),
        ("contact_link_started", {}, [LU, LEADER]),
        ("contact_link_ended", {}, [LU, LEADER]),
        ("contact_link_orphaned", {}, []),
        ("contact_link_orphan_overdue", {}, [OFFICE, *LEADERS]),
        ("contact_recorded", {}, [LU, LEADER]),
        ("contact_recorded", {"writer": "m-15-0001"}, [LU]),
        ("contact_issue_answered", {}, [LU, LEADER]),
        ("contact_issue_closed", {}, [LU, LEADER]),
        ("lead_answered", {}, [QIAN]),
        ("lead_answered", {"by": None}, []),
        ("activity_applied", {}, []),
        ("activity_returned", {}, [MINJIAN, ZHIGONG]),
        ("activity_published", {}, [MINJIAN, ZHIGONG, LU]),
        (
            "activity_published",
            {"groups": [], "members": []},
            [MINJIAN, ZHIGONG, *ALL_MEMBERS],
        ),
        ("activity_cancelled", {}, [LU]),
        ("activity_help_answered", {}, [MINJIAN, ZHIGONG]),
        ("home_duty_set", {}, [QIAN]),
        ("home_duty_cancelled", {}, [QIAN]),
        ("home_duty_reminder_due", {}, [QIAN]),
        ("home_booked", {}, [LILI]),
        ("home_lead_left", {}, [LILI]),
        ("conference_item_accepted", {}, [MINJIAN]),
        ("conference_item_answered", {}, [MINJIAN]),
        ("conference_item_closed", {}, [OFFICE]),
        ("conference_item_closed", {"owner": "unit-slj"}, ["organisation:unit-slj"]),
        ("conference_item_overdue", {"owner": "unit-slj"}, ["organisation:unit-slj", OFFICE]),
        ("briefing_sent", {}, []),
        ("briefing_urged", {}, [MINJIAN, ZHIGONG]),
        ("representative_entrusted", {}, [LU]),
        ("circle_opened", {}, [QIAN]),
    ],
)
def test_who_is_told(event_type: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert [recipient for recipient, _ in told("liaison", event_type, **changes)] == expected


def test_the_texts_name_what_matters_and_nothing_of_notes() -> None:
    assert told("liaison", "home_duty_set") == [
        (QIAN, "安排您于2017年3月15日09:00在黎里镇委员之家值班，请准时到岗。")
    ]
    assert told("liaison", "home_duty_vacated") == [
        (LILI, "原定2017年3月15日09:00在黎里镇委员之家值班的委员已不再任职，请另行安排。")
    ]
    assert told("liaison", "home_duty_confirmed") == []
    [(recipient, _)] = told("liaison", "home_duty_confirmed", took_part=False)
    assert recipient == QIAN  # who was noted absent may object
    assert [to for to, _ in told("liaison", "representative_vacated")] == [OFFICE]
    assert told("liaison", "conference_item_accepted") == [
        (MINJIAN, "贵单位提出的“提前送达协商材料”已受理，答复期限2017年3月1日18:00。")
    ]
    assert told("liaison", "contact_links_decided", approved=False) == [
        (OFFICE, "提出的联系安排（250对）未通过，请调整。")
    ]
    assert told("liaison", "contact_recorded", writer="m-15-0088") == [
        (LEADER, "对方记录了一次联系，请查看。")
    ]


@pytest.mark.parametrize(
    ("event_type", "changes", "expected"),
    [
        (
            "contact_links_proposed",
            {},
            [f"LINKS_DECISION:link-plan-1:{leader}" for leader in LEADERS],
        ),
        ("contact_link_orphaned", {}, [f"ORPHAN_LINK:m-15-0088:{OFFICE}"]),
        ("contact_issue_converted", {}, [f"LEAD_ANSWER:lead-1:{EDITOR}"]),
        ("contact_issue_converted", {"to": "PROPOSAL_LEAD"}, [f"LEAD_ANSWER:lead-1:{OFFICE}"]),
        ("instruction_received", {}, [f"INSTRUCTION_REPORT:exchange-1:{OFFICE}"]),
        ("home_lead_converted", {"to": "AFFAIR"}, []),
        ("home_reception_recorded", {}, [f"VISITOR_MATTER:reception-1:{QIAN}"]),
        ("home_reception_recorded", {"on_duty": []}, [f"VISITOR_MATTER:reception-1:{LILI}"]),
        ("home_lead_left", {}, [f"VISITOR_MATTER:reception-1:{LILI}"]),
        ("activity_applied", {}, [f"ACTIVITY_DECISION:activity-1:{OFFICE}"]),
        (
            "activity_returned",
            {},
            [f"ACTIVITY_REVISION:activity-1:{key}" for key in (MINJIAN, ZHIGONG)],
        ),
        ("activity_help_asked", {}, [f"ACTIVITY_HELP:activity-1:{ECONOMY}"]),
        (
            "activity_completion_due",
            {},
            [f"ACTIVITY_COMPLETION:activity-1:{key}" for key in (MINJIAN, ZHIGONG)],
        ),
        (
            "home_duty_confirmation_due",
            {},
            [f"HOME_DUTY_CONFIRMATION:home-lili:2017-03-15:{LILI}"],
        ),
        ("home_booked", {}, [f"HOME_BOOKING:booking-1:{LILI}"]),
        ("conference_item_raised", {}, [f"CONFERENCE_ITEM_ACCEPTANCE:item-1:{OFFICE}"]),
        ("conference_item_accepted", {}, [f"CONFERENCE_ITEM_ANSWER:item-1:{OFFICE}"]),
        (
            "conference_item_accepted",
            {"owner": "unit-slj"},
            ["CONFERENCE_ITEM_ANSWER:item-1:organisation:unit-slj"],
        ),
        ("conference_item_answered", {}, [f"CONFERENCE_ITEM_CLOSING:item-1:{MINJIAN}"]),
        (
            "briefing_sent",
            {},
            [f"BRIEFING_RECEIPT:briefing-1:{key}" for key in (MINJIAN, ZHIGONG)],
        ),
    ],
)
def test_what_is_to_be_done(event_type: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert [id for id, _ in opened("liaison", event_type, **changes)] == expected


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("contact_links_decided", {"LINKS_DECISION:link-plan-1:*"}),
        ("contact_link_orphan_closed", {"ORPHAN_LINK:m-15-0088:*"}),
        ("lead_answered", {"LEAD_ANSWER:lead-1:*"}),
        ("activity_published", {"ACTIVITY_DECISION:activity-1:*"}),
        ("activity_applied", {"ACTIVITY_REVISION:activity-1:*"}),
        ("activity_help_answered", {f"ACTIVITY_HELP:activity-1:{ECONOMY}"}),
        ("conference_item_answered", {"CONFERENCE_ITEM_ANSWER:item-1:*"}),
        ("conference_item_closed", {"CONFERENCE_ITEM_CLOSING:item-1:*"}),
        ("briefing_received", {f"BRIEFING_RECEIPT:briefing-1:{MINJIAN}"}),
        ("home_lead_converted", {"VISITOR_MATTER:reception-1:*"}),
        ("home_reception_answered", {"VISITOR_MATTER:reception-1:*"}),
        ("home_duty_set", set()),
        ("home_duty_confirmed", {"HOME_DUTY_CONFIRMATION:home-lili:2017-03-15:*"}),
        ("home_booking_ended", {"HOME_BOOKING:booking-1:*"}),
        ("activity_closed", {"ACTIVITY_COMPLETION:activity-1:*"}),
        (
            "activity_cancelled",
            {
                f"ACTIVITY_{kind}:activity-1:*"
                for kind in ("DECISION", "REVISION", "HELP", "COMPLETION")
            },
        ),
    ],
)
def test_what_is_done(event_type: str, expected: set[str]) -> None:
    assert closed("liaison", event_type) == expected
