"""Every author is told each step, by nobody's name; and who has to do something about it."""

from __future__ import annotations

import pytest

from services.notifications.domain.opinions import OPINIONS
from services.notifications.domain.texts.opinions import OPINIONS as TEXTS
from shared.contracts import sample_event
from tests.unit.notifications.test_table import closed, opened, told

QIAN, TOWN = "member:m-15-0140", "organisation:town-lili"
AUTHORS = [QIAN, TOWN]
EDITORS = ["role:INFO_EDITOR"]
LEADERS = ["role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"]
OFFICE = ["role:SUPERVISING_OFFICE@side:PARTY"]
OFFICER = ["role:UNIT_OFFICER@unit:unit-slj"]
ID = "opinion-1"
STEPS = {
    "opinion_drafted": AUTHORS,
    "opinion_submitted": [*AUTHORS, *EDITORS],
    "opinion_withdrawn": [*AUTHORS, *EDITORS],
    "opinion_editing_started": AUTHORS,
    "opinion_edited": AUTHORS,
    "opinion_edition_returned": EDITORS,
    "opinion_returned": AUTHORS,
    "opinion_retained": AUTHORS,
    "opinion_combined": AUTHORS,
    "opinion_separated": AUTHORS,
    "opinion_issued": AUTHORS,
    "opinion_issue_revoked": AUTHORS,
    "opinion_delivered": AUTHORS,
    "opinion_received": AUTHORS,
    "opinion_sent_up": AUTHORS,
    "opinion_adopted": AUTHORS,
    "opinion_adoption_revoked": AUTHORS,
    "opinion_instructed": [*AUTHORS, *EDITORS],
    "opinion_instruction_revoked": AUTHORS,
    "opinion_referred": [*AUTHORS, *OFFICER],
    "opinion_referral_declined": [*OFFICE, *EDITORS],
    "opinion_result_given": [*AUTHORS, *OFFICE],
    "opinion_closed": AUTHORS,
    "opinion_good_decided": AUTHORS,
    "opinion_reminder_due": EDITORS,
    "opinion_overdue": [*EDITORS, *LEADERS],
}
OPENED = {
    "opinion_drafted": ("OPINION_DRAFT", [TOWN]),
    "opinion_submitted": ("OPINION_EDIT", EDITORS),
    "opinion_editing_started": ("OPINION_EDIT", EDITORS),
    "opinion_edited": ("OPINION_SIGN", LEADERS),
    "opinion_edition_returned": ("OPINION_EDIT", EDITORS),
    "opinion_returned": ("OPINION_REVISION", [TOWN]),
    "opinion_separated": ("OPINION_EDIT", EDITORS),
    "opinion_issued": ("OPINION_DELIVERY", EDITORS),
    "opinion_issue_revoked": ("OPINION_EDIT", EDITORS),
    "opinion_delivered": ("OPINION_RECEIPT", OFFICE),
    "opinion_instructed": ("OPINION_REFERRAL", OFFICE),
    "opinion_referred": ("OPINION_RESULT", OFFICER),
    "opinion_referral_declined": ("OPINION_REFERRAL", OFFICE),
    "opinion_result_given": ("OPINION_CLOSING", EDITORS),
    "opinion_good_nominated": ("GOOD_OPINION_DECISION", LEADERS),
}
CLOSED = {
    "opinion_submitted": {"OPINION_DRAFT", "OPINION_REVISION"},
    "opinion_discarded": {"OPINION_DRAFT"},
    "opinion_withdrawn": {"OPINION_EDIT", "OPINION_SIGN", "OPINION_REVISION"},
    "opinion_edited": {"OPINION_EDIT"},
    "opinion_edition_returned": {"OPINION_SIGN"},
    "opinion_returned": {"OPINION_EDIT", "OPINION_SIGN"},
    "opinion_retained": {"OPINION_EDIT", "OPINION_SIGN"},
    "opinion_combined": {"OPINION_EDIT", "OPINION_SIGN"},
    "opinion_issued": {"OPINION_EDIT", "OPINION_SIGN"},
    "opinion_issue_revoked": {"OPINION_DELIVERY"},
    "opinion_delivered": {"OPINION_DELIVERY"},
    "opinion_sent_up": {"OPINION_DELIVERY"},
    "opinion_instruction_revoked": {"OPINION_REFERRAL"},
    "opinion_referred": {"OPINION_REFERRAL", "OPINION_CLOSING"},
    "opinion_closed": {"OPINION_CLOSING", "OPINION_REFERRAL"},
    "opinion_good_decided": {"GOOD_OPINION_DECISION"},
}


@pytest.mark.parametrize("event_type", OPINIONS)
def test_who_is_told(event_type: str) -> None:
    expected = STEPS.get(event_type, [])
    assert [recipient for recipient, _ in told("opinions", event_type)] == expected


@pytest.mark.parametrize("event_type", OPENED)
def test_what_is_to_be_done(event_type: str) -> None:
    kind, assignees = OPENED[event_type]
    found = [id for id, _ in opened("opinions", event_type)]
    assert found == [f"{kind}:{ID}:{key}" for key in assignees]


@pytest.mark.parametrize("event_type", CLOSED)
def test_what_is_done(event_type: str) -> None:
    everyones = {key for key in closed("opinions", event_type) if key.endswith(":*")}
    assert everyones == {f"{kind}:{ID}:*" for kind in CLOSED[event_type]}


@pytest.mark.parametrize(
    ("about", "reminded", "late"),
    [
        ("EDIT", EDITORS, [*EDITORS, *LEADERS]),
        ("SIGN", LEADERS, [*EDITORS, *LEADERS]),
        ("DELIVER", EDITORS, [*EDITORS, *LEADERS]),
        ("INFORM", EDITORS, [*EDITORS, *LEADERS]),
        ("FOLLOW", EDITORS, EDITORS),
        ("GOOD", LEADERS, LEADERS),
        ("RESUBMIT", [TOWN], [TOWN]),
        ("RESULT", OFFICER, [*OFFICER, "role:SUPERVISING_OFFICE", *EDITORS]),
    ],
)
def test_alarms_reach_who_has_to_act(about: str, reminded: list[str], late: list[str]) -> None:
    for event_type, expected in (("opinion_reminder_due", reminded), ("opinion_overdue", late)):
        found = told("opinions", event_type, about=about, unit="unit-slj")
        assert [recipient for recipient, _ in found] == expected


def test_what_is_used_in_another_is_delivered_with_that_one() -> None:
    assert opened("opinions", "opinion_issued", lead="opinion-2") == []


def test_whoever_is_neither_member_nor_organisation_is_told_as_an_account() -> None:
    found = told("opinions", "opinion_retained", authors=[], organisations=[], account="account-9")
    assert [recipient for recipient, _ in found] == ["account:account-9"]


def test_what_no_leader_has_is_the_editors_to_refer() -> None:
    [(id, _)] = opened("opinions", "opinion_instructed", sides=[])
    assert id == f"OPINION_REFERRAL:{ID}:role:INFO_EDITOR"


def test_of_several_authors_the_first_revises() -> None:
    said = {"authors": ["m-15-0140", "m-15-0088"], "organisations": []}
    [(id, _)] = opened("opinions", "opinion_returned", **said)
    assert id == f"OPINION_REVISION:{ID}:{QIAN}"
    assert len(told("opinions", "opinion_returned", **said)) == 2


def test_no_text_names_who_reported_it() -> None:
    for template in TEXTS.values():
        assert "{authors}" not in template.text
        assert "{organisations}" not in template.text
    assert sample_event("opinions", "opinion_issued").data["authors"] == ["m-15-0140"]
